"""Intake over HTTP: phones post a hundred events a request to `kawal serve`; processor time of its process.

`python -m bench.wire EXPORT [EVENTS A ROUND]`
"""

import sys
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from http.client import HTTPConnection
from json import loads
from pathlib import Path
from queue import Empty, SimpleQueue
from statistics import median

from bench.aims import at_least
from bench.intake import keys_of, raw_cryptography, raw_sodium, signed_of
from bench.post import Served, begin, cpu_of, cpu_of_server, databases, serving, url_of
from bench.timing import ROUNDS
from kawal.ledger.event import read_event
from kawal_cli.reading import entries, read_heads
from tests.server.postgres import Server

EVENTS_A_REQUEST = 100
CONCURRENCY = 4
WARM_UP = 1_000
ASKED = 0.6
TIMEOUT_S = 60
# The events that say who may speak go in before all others, for four phones keep no order among them.
TEACHING = ("ledger.genesis", "ledger.enrol", "ledger.revoke")


@dataclass
class Took:
    """Seconds of processor time of each round: raw verification, the answering process, and with its database."""

    name: str
    has_server: bool
    cryptography: list[float] = field(default_factory=list)
    sodium: list[float] = field(default_factory=list)
    app: list[float] = field(default_factory=list)
    both: list[float] = field(default_factory=list)

    def aim(self) -> str:
        """All that it costs, the database's server too, against raw verification in the same rounds."""
        name = f"{self.name}, with the server's time" if self.has_server else self.name
        return at_least(f"over HTTP, {name}", median(self.cryptography) / median(self.both), ASKED)


def run(export: Path, size: int = 2_000, rounds: int = ROUNDS) -> str:
    """Measure over slices of the kotak log of an export, and write the section of bench/README.md."""
    lines = list(dict.fromkeys(entries(export / "kotak", read_heads(export / "kotak").newest.size)))[1:]
    teaching = [line for line in lines if read_event(line).event.t.startswith(TEACHING)]
    taught = set(teaching)
    rest = [line for line in lines if line not in taught]
    slices = [rest[at : at + size] for at in range(WARM_UP, WARM_UP + rounds * size, size)]
    keys = keys_of(entries(export / "kotak", 1)) | keys_of(teaching)
    with databases() as found, tempfile.TemporaryDirectory() as folder:
        took = [Took(name, server is not None) for name, server in found]
        for one, (name, server) in zip(took, found, strict=True):
            data, database = Path(folder) / name, url_of(server)
            begin(data, export, database)
            with serving(data, database) as served:
                send(served.port, teaching, phones=1)
                send(served.port, rest[:WARM_UP])
                for many in slices:
                    _round(one, served, server, many, signed_of(many, keys))
    aims = [one.aim() for one in took]
    return "\n".join([*_head(size, rounds), *_table(size, took), "", *aims, ""])


def _round(
    took: Took,
    served: Served,
    server: Server | None,
    lines: Sequence[bytes],
    signed: Sequence[tuple[bytes, bytes, bytes]],
) -> None:
    for raw, work in ((took.cryptography, raw_cryptography), (took.sodium, raw_sodium)):
        began = time.process_time()
        work(signed)
        raw.append(time.process_time() - began)
    app, database = cpu_of(served.pid), cpu_of_server(server)
    send(served.port, lines)
    took.app.append(cpu_of(served.pid) - app)
    took.both.append(took.app[-1] + cpu_of_server(server) - database)


def send(port: int, lines: Sequence[bytes], *, phones: int = CONCURRENCY) -> None:
    """Post lines a hundred a request, from several phones at once, each on a connection of its own."""
    batches: SimpleQueue[Sequence[bytes]] = SimpleQueue()
    for at in range(0, len(lines), EVENTS_A_REQUEST):
        batches.put(lines[at : at + EVENTS_A_REQUEST])
    with ThreadPoolExecutor(phones) as pool:
        list(pool.map(_phone, [port] * phones, [batches] * phones))


def _phone(port: int, batches: "SimpleQueue[Sequence[bytes]]") -> None:
    connection = HTTPConnection("127.0.0.1", port, timeout=TIMEOUT_S)
    with suppress(Empty):
        _post_all(connection, batches)
    connection.close()


def _post_all(connection: HTTPConnection, batches: "SimpleQueue[Sequence[bytes]]") -> None:
    while batch := batches.get_nowait():
        _post(connection, batch)


def send_one(port: int, lines: Sequence[bytes]) -> None:
    """Post lines in one request."""
    connection = HTTPConnection("127.0.0.1", port, timeout=TIMEOUT_S)
    _post(connection, lines)
    connection.close()


def _post(connection: HTTPConnection, lines: Sequence[bytes]) -> None:
    connection.request("POST", "/api/v1/kotak/batches", b"\n".join(lines))
    answers = loads(connection.getresponse().read())["answers"]
    assert [one["reason"] for one in answers if one.get("reason")] == []


def _head(size: int, rounds: int) -> list[str]:
    return [
        "## Intake over HTTP",
        "",
        f"`kawal serve` takes {EVENTS_A_REQUEST} events a request, {CONCURRENCY} requests at a time, each answered",
        f"once durable; {rounds} rounds of {size:,} events. Processor time of the answering process alone; its judge",
        "is a process of its own.",
        "",
        "| work | microseconds an event | events/s of processor time | against the yardstick | with the database's |",
        "|---|---:|---:|---:|---:|",
    ]


def _table(size: int, took: Sequence[Took]) -> list[str]:
    rows = []
    for one in took:
        yardstick = median(one.cryptography)
        both = f"{yardstick / median(one.both):.2f} x" if one.has_server else ""
        for name, seconds, last in (
            ("raw Ed25519 verification, cryptography", yardstick, ""),
            ("raw Ed25519 verification, PyNaCl", median(one.sodium), ""),
            (f"over HTTP, {one.name}", median(one.app), both),
        ):
            ratio = "1.00, the yardstick" if seconds == yardstick else f"{yardstick / seconds:.2f} x"
            rows.append(f"| {name} | {seconds / size * 1e6:.0f} | {size / seconds:,.0f} | {ratio} | {last} |")
    return rows


if __name__ == "__main__":
    print(run(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 2_000))

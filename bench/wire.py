"""Intake over HTTP: phones post a hundred events a request to `kawal serve`; processor time of its process.

`python -m bench.wire EXPORT [EVENTS A ROUND]`
"""

import sys
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, suppress
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
class Post:
    """One running post, and what each round of it took."""

    name: str
    served: Served
    database: Server | None
    app: list[float] = field(default_factory=list)
    both: list[float] = field(default_factory=list)
    walls: list[float] = field(default_factory=list)

    def take(self, lines: Sequence[bytes]) -> None:
        """Post lines, and note what they cost."""
        app, server, wall = cpu_of(self.served.pid), cpu_of_server(self.database), time.perf_counter()
        send(self.served.port, lines)
        self.walls.append(time.perf_counter() - wall)
        self.app.append(cpu_of(self.served.pid) - app)
        self.both.append(self.app[-1] + cpu_of_server(self.database) - server)


def run(export: Path, size: int = 2_000, rounds: int = ROUNDS) -> str:
    """Measure over slices of the kotak log of an export, and write the section of bench/README.md."""
    lines = list(dict.fromkeys(entries(export / "kotak", read_heads(export / "kotak").newest.size)))[1:]
    teaching = [line for line in lines if read_event(line).event.t.startswith(TEACHING)]
    taught = set(teaching)
    rest = [line for line in lines if line not in taught]
    warm, slices = rest[:WARM_UP], [rest[WARM_UP + n * size : WARM_UP + (n + 1) * size] for n in range(rounds)]
    keys = keys_of(entries(export / "kotak", read_heads(export / "kotak").newest.size))
    raw: list[list[float]] = [[], []]
    with ExitStack() as stack:
        posts = _posts(stack, export)
        for post in posts:
            send(post.served.port, teaching, phones=1)
            send(post.served.port, warm)
        for lines in slices:
            signed = signed_of(lines, keys)
            for took, work in zip(raw, (raw_cryptography, raw_sodium), strict=True):
                began = time.process_time()
                work(signed)
                took.append(time.process_time() - began)
            for post in posts:
                post.take(lines)
    yardstick = median(raw[0])
    aims = [at_least(f"over HTTP, {one.name}", yardstick / median(one.app), ASKED) for one in posts]
    return "\n".join([*_head(size, rounds), *_table(size, yardstick, median(raw[1]), posts), "", *aims, ""])


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


def _posts(stack: ExitStack, export: Path) -> list[Post]:
    folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
    posts = []
    for name, server in stack.enter_context(databases()):
        database, data = url_of(server), folder / name
        begin(data, export, database)
        posts.append(Post(name, stack.enter_context(serving(data, database)), server))
    return posts


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


def _table(size: int, yardstick: float, sodium: float, posts: Sequence[Post]) -> list[str]:
    def row(name: str, took: float, ratio: str, both: str = "") -> str:
        return f"| {name} | {took / size * 1e6:.0f} | {size / took:,.0f} | {ratio} | {both} |"

    rows = [
        row("raw Ed25519 verification, cryptography", yardstick, "1.00, the yardstick"),
        row("raw Ed25519 verification, PyNaCl", sodium, f"{yardstick / sodium:.2f} x"),
    ]
    for post in posts:
        app = median(post.app)
        both = f"{yardstick / median(post.both):.2f} x" if post.database else ""
        rows.append(row(f"over HTTP, {post.name}", app, f"{yardstick / app:.2f} x", both))
    return rows


if __name__ == "__main__":
    print(run(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 2_000))

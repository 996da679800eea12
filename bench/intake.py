"""Durable intake: read, verify with PyNaCl, sequence and commit, against raw verification in the same run.

`python -m bench.intake EXPORTED_LOG [EVENTS]`; of a log without ES256 keys, for raw verification knows one kind.
"""

import sys
import tempfile
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import partial
from itertools import count
from pathlib import Path
from statistics import median
from typing import Any, cast

import django
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.conf import settings
from django.db.backends.utils import CursorWrapper
from django.db.utils import ConnectionHandler
from nacl import bindings

from bench.aims import at_least
from bench.post import cpu_of_server
from bench.timing import ROUNDS, Measured, alternate
from kawal.custody.naming import NoBlobs, subjects_of
from kawal.ledger.event import Kid, read_event
from kawal.ledger.events import read_enrol, read_genesis
from kawal.ledger.keys import PublicKey
from kawal.ledger.log_of import LogName
from kawal_cli.reading import entries
from kawal_server.store.engine import Engine
from kawal_server.store.ledger_tables import make_tables
from kawal_server.store.placing import DeviceTip
from kawal_server.store.port import Entry
from kawal_server.store.postgres import PostgresEngine
from kawal_server.store.sequencer import Sequencer
from kawal_server.store.sql_store import SqlStore
from kawal_server.store.sqlite import SqliteEngine
from tests.server.postgres import NoPostgres, Server, a_server

AT = 1_790_000_000
SIZE = 3_000
BATCHES = (256, 1_000)
ASKED_ALONE, ASKED_WITH_INDEXES, ASKED_OF_TWO = 1.10, 0.75, 1.6
Keys = dict[Kid, PublicKey]
_names = count()


class _BareSqlite(SqliteEngine):
    """The leaves and the tree alone."""

    def write_subjects(self, cursor: CursorWrapper, log: LogName, rows: Sequence[tuple[str, int]]) -> None:
        """Nothing."""

    def write_tips(self, cursor: CursorWrapper, log: LogName, tips: Sequence[DeviceTip]) -> None:
        """Nothing."""


class _BarePostgres(PostgresEngine):
    """The same."""

    write_subjects = _BareSqlite.write_subjects
    write_tips = _BareSqlite.write_tips


@dataclass
class Intake:
    """One way to take in all lines; each round goes to a new log. server: whose processes also work, if any."""

    name: str
    store: SqlStore
    lines: Sequence[bytes]
    keys: Keys
    batch: int
    is_indexed: bool
    threads: int = 1
    server: Server | None = None
    server_cpu: list[float] = field(default_factory=list)

    def run(self) -> None:
        log = cast(LogName, f"log-{next(_names)}")
        self.store.open_log(log, "kawal.example/bench")
        before = cpu_of_server(self.server)
        sequencer = Sequencer(self.store)
        batches = [self.lines[at : at + self.batch] for at in range(0, len(self.lines), self.batch)]
        with ThreadPoolExecutor(self.threads) as pool:
            list(pool.map(lambda batch: sequencer.append(log, self._read(batch), AT), batches))
        sequencer.close()
        self.server_cpu.append(cpu_of_server(self.server) - before)
        assert self.store.head(log).size == len(self.lines)

    def _read(self, batch: Sequence[bytes]) -> list[Entry]:
        taken = []
        for line in batch:
            envelope = read_event(line)
            event = envelope.event
            envelope.check(self.keys[event.kid])
            subjects = subjects_of(event, NoBlobs()) if self.is_indexed else ()
            taken.append(Entry(event.eid, event.kid, event.seq, event.t, event.ts, line, envelope.leaf, subjects))
        return taken


def run(log: Path, size: int = SIZE, rounds: int = ROUNDS) -> str:
    """Measure over the first `size` events of an exported log, and write the section of bench/README.md."""
    if not settings.configured:
        settings.configure(USE_TZ=True)
        django.setup()
    lines = list(dict.fromkeys(entries(log, size)))
    keys = keys_of(lines)
    with ExitStack() as stack:
        intakes = _sqlite(stack, lines, keys) + _postgres(stack, lines, keys)
        signed = signed_of(lines, keys)
        raw = (partial(raw_cryptography, signed), partial(raw_sodium, signed))
        measured = alternate([*raw, *(one.run for one in intakes)], rounds)
        for one in intakes:
            one.store.close()
    table = _table(measured[0], measured[1], intakes, measured[2:])
    return "\n".join([*_head(len(lines)), *table, "", *_aims(measured[0], intakes, measured[2:]), ""])


def _sqlite(stack: ExitStack, lines: Sequence[bytes], keys: Keys) -> list[Intake]:
    path = Path(stack.enter_context(tempfile.TemporaryDirectory())) / "kawal.sqlite3"
    pragmas = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA mmap_size=0"
    database = {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": pragmas},
    }
    return _intakes("SQLite", database, _BareSqlite(), SqliteEngine(), lines, keys)


def _postgres(stack: ExitStack, lines: Sequence[bytes], keys: Keys) -> list[Intake]:
    try:
        server = stack.enter_context(a_server())
    except NoPostgres as reason:
        print(f"PostgreSQL is left out: {reason}", file=sys.stderr)
        return []
    return _intakes(
        "PostgreSQL",
        server.database(),
        _BarePostgres(),
        PostgresEngine(),
        lines,
        keys,
        server if server.folder else None,
    )


def _intakes(
    name: str, database: dict[str, Any], bare: Engine, full: Engine, lines: Sequence[bytes], keys: Keys,
    server: Server | None = None,
) -> list[Intake]:  # fmt: skip
    handler = ConnectionHandler({"default": {"CONN_MAX_AGE": None, **database}})

    def store(engine: Engine) -> SqlStore:
        return SqlStore(lambda: handler["default"], engine)

    make_tables(handler["default"])
    one_thread = [
        Intake(f"{name}, batch {batch}, {what}", store(engine), lines, keys, batch, engine is full, 1, server)
        for batch in BATCHES
        for what, engine in (("leaves and tree alone", bare), ("with its indexes", full))
    ]
    two = Intake(f"{name}, batch 256, with its indexes, two threads", store(full), lines, keys, 256, True, 2, server)
    return [*one_thread, two]


def raw_cryptography(signed: Sequence[tuple[bytes, bytes, bytes]]) -> None:
    for key, message, signature in signed:
        Ed25519PublicKey.from_public_bytes(key).verify(signature, message)


def raw_sodium(signed: Sequence[tuple[bytes, bytes, bytes]]) -> None:
    for key, message, signature in signed:
        bindings.crypto_sign_open(signature + message, key)


def keys_of(lines: Iterable[bytes]) -> Keys:
    keys: Keys = {}
    for event in (read_event(line).event for line in lines):
        if event.t == "ledger.genesis":
            keys |= {admin.kid: admin.key for admin in read_genesis(event).admins}
        elif event.t == "ledger.enrol":
            enrol = read_enrol(event)
            keys[enrol.kid] = enrol.key
    return keys


def signed_of(lines: Sequence[bytes], keys: Keys) -> list[tuple[bytes, bytes, bytes]]:
    read = [read_event(line) for line in lines]
    return [(keys[one.event.kid].x, one.signing_input, one.signature) for one in read]


def _head(size: int) -> list[str]:
    return [
        "## Intake",
        "",
        f"{size:,} events read, verified with PyNaCl, sequenced and durably committed; ratios of processor time to raw",
        "verification with `cryptography`. Two threads: their wall time against that of one.",
        "",
        "| work | events/s of processor time | against the yardstick | with the server's | wall, against one thread |",
        "|---|---:|---:|---:|---:|",
    ]


def _table(yardstick: Measured, sodium: Measured, intakes: Sequence[Intake], measured: Sequence[Measured]) -> list[str]:
    size = len(intakes[0].lines)
    rows = [
        f"| raw Ed25519 verification, cryptography | {size / yardstick.cpu:,.0f} | 1.00, the yardstick | | |",
        f"| raw Ed25519 verification, PyNaCl | {size / sodium.cpu:,.0f} | {yardstick.cpu / sodium.cpu:.2f} x | | |",
    ]
    walls = {one.name: took.wall for one, took in zip(intakes, measured, strict=True)}
    for one, took in zip(intakes, measured, strict=True):
        both = f"{yardstick.cpu / (took.cpu + median(one.server_cpu)):.2f} x" if one.server else ""
        single = walls.get(one.name.removesuffix(", two threads"), took.wall)
        wall = f"{single / took.wall:.2f} x" if one.threads > 1 else ""
        rows.append(f"| {one.name} | {size / took.cpu:,.0f} | {yardstick.cpu / took.cpu:.2f} x | {both} | {wall} |")
    return rows


def _aims(yardstick: Measured, intakes: Sequence[Intake], measured: Sequence[Measured]) -> list[str]:
    took = {one.name: each for one, each in zip(intakes, measured, strict=True)}
    lines = []
    for one in intakes:
        if one.threads == 1:
            asked = ASKED_WITH_INDEXES if one.is_indexed else ASKED_ALONE
            cpu = took[one.name].cpu + (median(one.server_cpu) if one.server else 0.0)
            name = f"{one.name}, with the server's time" if one.server else one.name
            lines.append(at_least(f"intake, {name}", yardstick.cpu / cpu, asked))
        else:
            alone = took[one.name.removesuffix(", two threads")].wall
            lines.append(at_least(f"intake, {one.name}, wall", alone / took[one.name].wall, ASKED_OF_TWO))
    return lines


if __name__ == "__main__":
    print(run(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else SIZE))

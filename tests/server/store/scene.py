"""Stores to test, entries to put in them, and the check of a whole ledger that ends every test."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any, cast

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.utils import ConnectionHandler

from kawal.ledger.encoding import b64u, digest
from kawal.ledger.event import Eid, Kid
from kawal.ledger.log_of import LogName
from kawal.ledger.tree import Tree, leaf_hash
from kawal_server.store.port import DeviceHead, Entry, Leaf, Store
from kawal_server.store.postgres import postgres_store
from kawal_server.store.session import Connect
from kawal_server.store.sqlite import sqlite_store

AT = 1_790_000_000
ORIGIN = "kawal.example/pilkada/5303"
_numbers = count()


@dataclass(frozen=True)
class Place:
    """A store, and where its tables stand (None in memory)."""

    store: Store
    database: dict[str, Any] | None = None
    connect: Connect | None = None

    def log(self) -> LogName:
        """A new empty log: as good as a new ledger, since no log knows of another."""
        name = cast(LogName, f"log-{next(_numbers)}")
        self.store.open_log(name, ORIGIN)
        return name

    def connection(self) -> BaseDatabaseWrapper:
        assert self.connect is not None
        return self.connect()


def sqlite_database(path: Path) -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL",
        },
    }


def connector(database: dict[str, Any]) -> Connect:
    """Each thread's own connection to a database that no setting names."""
    handler = ConnectionHandler({"default": dict(database)})
    return lambda: handler["default"]


def store_in(database: dict[str, Any], wrap: Callable[[Connect], Connect] = lambda connect: connect) -> Place:
    connect = connector(database)
    is_sqlite = database["ENGINE"].endswith("sqlite3")
    return Place((sqlite_store if is_sqlite else postgres_store)(wrap(connect)), database, connect)


def entry(device: str = "guard", seq: int = 1, *, t: str = "custody.check", ts: int = AT, boxes: Sequence[str] = (),
          salt: int = 0) -> Entry:  # fmt: skip
    """An event as intake hands it in. The store trusts intake, so nobody signed it; its bytes say all it says."""
    return entry_of(json.dumps([device, seq, t, ts, list(boxes), salt]).encode())


def entry_of(jws: bytes) -> Entry:
    device, seq, t, ts, boxes, _ = json.loads(jws)
    leaf = leaf_hash(jws)
    return Entry(Eid(b64u(leaf)), Kid(digest(device.encode())), seq, t, ts, jws, leaf, tuple(boxes))


def chain(device: str, length: int, start: int = 1) -> list[Entry]:
    """Events of one device that name a few boxes in turn."""
    return [
        entry(device, seq, ts=AT + seq, t=("guard.beat", "custody.check", "ledger.head")[seq % 3],
              boxes=[f"KOTAK-{seq % 5}"] if seq % 2 else [])
        for seq in range(start, start + length)
    ]  # fmt: skip


def add(place: Place, log: LogName, *entries: Entry, at: int = AT) -> list[tuple[int, bool]]:
    return [(one.index, one.is_new) for one in place.store.append(log, entries, received_at=at)]


def check_ledger(store: Store, log: LogName) -> list[Leaf]:
    """No hole, nothing twice, every leaf its own hash, the root RFC 6962's, and the indexes as the leaves say."""
    leaves = store.leaves(log, 0, 10**9)
    head = store.head(log)
    assert [leaf.index for leaf in leaves] == list(range(head.size))
    assert len({leaf.eid for leaf in leaves}) == head.size
    assert [b64u(leaf_hash(leaf.jws)) for leaf in leaves] == [leaf.eid for leaf in leaves]
    assert head.root() == Tree(leaf_hash(leaf.jws) for leaf in leaves).root()
    assert store.device_heads(log) == device_heads_of(leaves)
    for box in {box for leaf in leaves for box in entry_of(leaf.jws).subjects}:
        assert store.named(log, box) == [leaf for leaf in leaves if box in entry_of(leaf.jws).subjects]
    return leaves


def device_heads_of(leaves: Sequence[Leaf]) -> list[DeviceHead]:
    """What the port promises of device heads, in the plainest words."""
    by_kid: dict[Kid, list[Leaf]] = {}
    for leaf in leaves:
        by_kid.setdefault(entry_of(leaf.jws).kid, []).append(leaf)
    heads = []
    for kid, own in sorted(by_kid.items()):
        newest = entry_of(max(own, key=lambda leaf: (entry_of(leaf.jws).seq, leaf.index)).jws)
        last_at = max(leaf.received_at for leaf in own)
        heads.append(DeviceHead(kid, newest.seq, newest.eid, newest.ts, last_at, len(own)))
    return heads

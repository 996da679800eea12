"""The ledger in SQLite: one writer at a time for the whole file, and statements prepared once for many rows.

The connection must be set to WAL and synchronous=FULL, or an acknowledged event may be lost with the power.
"""

import json
from collections.abc import Iterable, Sequence
from itertools import count

from django.db.backends.utils import CursorWrapper

from kawal.ledger.event import Eid
from kawal.ledger.log_of import LogName
from kawal_server.store.engine import JOIN_TIPS
from kawal_server.store.placing import DeviceTip, type_key
from kawal_server.store.port import Entry
from kawal_server.store.session import Connect
from kawal_server.store.sql_store import SqlStore

# CROSS JOIN keeps the order: the few that are asked for first, then the index of the many.
_FIND = """
SELECT leaf.eid, leaf.idx FROM json_each(%s) AS asked
CROSS JOIN ledger_leaf AS leaf ON leaf.log = %s AND leaf.eid = asked.value
"""
_LEAF = """
INSERT INTO ledger_leaf (log, idx, eid, kid, seq, t, ts, received_at, jws)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s)
"""
_SUBJECT = "INSERT INTO ledger_subject (log, subject, idx) VALUES (%s, %s, %s) ON CONFLICT DO NOTHING"
_TIP = f"""
INSERT INTO ledger_device_head AS held (log, kid, seq, idx, eid, ts, received_at, count)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s) {JOIN_TIPS}
"""


class SqliteEngine:
    """SQLite's own words. IMMEDIATE takes the write lock at once: DEFERRED fails as soon as two have read."""

    begin = "BEGIN IMMEDIATE"
    lock_head = ""

    def find(self, cursor: CursorWrapper, log: LogName, eids: Sequence[Eid]) -> dict[Eid, int]:
        """The index of each of these events that the log holds."""
        cursor.execute(_FIND, [json.dumps(eids), log])
        return dict(cursor.fetchall())

    def write_leaves(
        self, cursor: CursorWrapper, log: LogName, entries: Iterable[Entry], first: int, received_at: int
    ) -> None:
        """Write leaves from index `first` on."""
        cursor.executemany(
            _LEAF,
            [
                (log, index, e.eid, e.kid, e.seq, type_key(e.t), e.ts, received_at, e.jws)
                for index, e in zip(count(first), entries, strict=False)
            ],
        )

    def write_subjects(self, cursor: CursorWrapper, log: LogName, rows: Sequence[tuple[str, int]]) -> None:
        """Add (subject key, index) pairs; those that stand there already stay."""
        cursor.executemany(_SUBJECT, [(log, subject, index) for subject, index in rows])

    def write_tips(self, cursor: CursorWrapper, log: LogName, tips: Sequence[DeviceTip]) -> None:
        """Join these tips with the device heads."""
        cursor.executemany(_TIP, [(log, t.kid, t.seq, t.index, t.eid, t.ts, t.received_at, t.count) for t in tips])


def sqlite_store(connect: Connect) -> SqlStore:
    """The store in the SQLite database that `connect` gives."""
    return SqlStore(connect, SqliteEngine())

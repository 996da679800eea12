"""The ledger's tables in a database: every write is one transaction under the lock of its log's head.

Verification is done before; what happens under the lock is a look-up, a few hashes, and rows written many at once.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import repeat
from typing import Any

from django.db.backends.utils import CursorWrapper

from kawal.ledger.event import Eid, Kid
from kawal.ledger.log_of import LogName
from kawal_server.store.engine import Engine
from kawal_server.store.placing import (
    after_prefix,
    grow,
    never_opened,
    other_origin,
    place,
    subject_key,
    subject_rows,
    tips,
)
from kawal_server.store.port import DeviceHead, Entry, Head, Leaf, OtherLog, Placed, StoreFailed
from kawal_server.store.session import Connect, Session

HASH_BYTES = 32
_LEAVES = "SELECT leaf.idx, leaf.eid, leaf.jws, leaf.received_at FROM ledger_leaf AS leaf"
# The types that begin with a prefix, by a step through their index for each, then the leaves of each type from its
# index too: by the order of the log, a database would read every leaf there is to find that none is of a type.
_FIRST_KIND = """
SELECT (SELECT min(leaf.t) FROM ledger_leaf AS leaf WHERE leaf.log = %s AND leaf.t >= %s AND leaf.t < %s), %s
"""
_OF_KINDS = f"""
WITH RECURSIVE kind (t, past) AS (
    {{firsts}}
    UNION ALL
    SELECT (
        SELECT min(leaf.t) FROM ledger_leaf AS leaf
        WHERE leaf.log = %s AND leaf.t > kind.t AND leaf.t < kind.past
    ), kind.past
    FROM kind WHERE kind.t IS NOT NULL
)
{_LEAVES} WHERE leaf.log = %s AND leaf.t IN (SELECT t FROM kind) AND leaf.idx >= %s ORDER BY +leaf.idx
"""


class SqlStore:
    """A store in the database that `connect` gives, each thread its own connection.

    Source: `port.Store`, which says what each method does.
    """

    def __init__(self, connect: Connect, engine: Engine) -> None:
        self._engine = engine
        self._session = Session(connect, engine.begin)

    def open_log(self, log: LogName, origin: str) -> None:
        """Make an empty log, once. Raises: OtherLog, StoreFailed."""
        with self._session.write() as cursor:
            cursor.execute("SELECT origin FROM ledger_log WHERE name = %s", [log])
            if cursor.fetchone() is None:
                cursor.execute(
                    "INSERT INTO ledger_log (name, origin, size, edge) VALUES (%s, %s, 0, %s) ON CONFLICT DO NOTHING",
                    [log, origin, b""],
                )
        held = self.origin(log)
        if held != origin:
            raise OtherLog(other_origin(log, held, origin))

    def origin(self, log: LogName) -> str | None:
        """The origin of a log; None while it was never opened."""
        rows = self._ask("SELECT origin FROM ledger_log WHERE name = %s", [log])
        return rows[0][0] if rows else None

    def head(self, log: LogName) -> Head:
        """How far the log has grown (size 0 while it was never opened)."""
        rows = self._ask("SELECT size, edge FROM ledger_log WHERE name = %s", [log])
        return _head(*rows[0]) if rows else Head(0, ())

    def append(self, log: LogName, entries: Sequence[Entry], *, received_at: int) -> list[Placed]:
        """Append what is new, in the given order; one answer for each entry, in order. Raises: StoreFailed."""
        if not entries:
            return []
        with self._locked(log) as (cursor, head):
            held = self._engine.find(cursor, log, [entry.eid for entry in entries])
            answers, fresh = place(entries, held, head.size)
            if fresh:
                self._engine.write_leaves(cursor, log, fresh, head.size, received_at)
                self._write_indexes(cursor, log, fresh, head.size, repeat(received_at))
                self._move_head(cursor, log, grow(head, fresh))
        return answers

    def leaves(self, log: LogName, start: int, end: int) -> list[Leaf]:
        """Leaves [start, end) in log order, as far as they exist."""
        return self._leaves("WHERE log = %s AND idx >= %s AND idx < %s ORDER BY idx", [log, start, end])

    def leaves_of(self, log: LogName, prefix: str | tuple[str, ...], start: int = 0) -> list[Leaf]:
        """All leaves from index `start` whose type begins with `prefix`, or with one of several, in log order."""
        prefixes = (prefix,) if isinstance(prefix, str) else prefix
        if "" in prefixes:
            return self._leaves("WHERE log = %s AND idx >= %s ORDER BY idx", [log, start])
        firsts = " UNION ALL ".join([_FIRST_KIND] * len(prefixes))
        asked = [value for one in prefixes for value in (log, one, after_prefix(one), after_prefix(one))]
        rows = self._ask(_OF_KINDS.format(firsts=firsts), [*asked, log, log, start])
        return [Leaf(index, eid, bytes(jws), received_at) for index, eid, jws, received_at in rows]

    def places(self, log: LogName, eids: Iterable[Eid]) -> dict[Eid, int]:
        """The index of each of these events that the log holds."""
        asked = list(eids)
        return self._session.read(lambda cursor: self._engine.find(cursor, log, asked)) if asked else {}

    def name(self, log: LogName, named: Iterable[tuple[str, int]]) -> None:
        """Add (subject, index) pairs to the subject index. Raises: StoreFailed."""
        rows = [(subject_key(subject), index) for subject, index in named]
        if rows:
            with self._locked(log) as (cursor, _):
                self._engine.write_subjects(cursor, log, rows)

    def named(self, log: LogName, *subjects: str) -> list[Leaf]:
        """The leaves that name any of these subjects (a box), each once, in log order."""
        if not subjects:
            return []
        keys = [subject_key(subject) for subject in subjects]
        return self._leaves(
            "WHERE leaf.log = %s AND leaf.idx IN (SELECT named.idx FROM ledger_subject AS named"
            f" WHERE named.log = %s AND named.subject IN ({', '.join(['%s'] * len(keys))}))"
            # Not by the leaves' own order: SQLite would walk through all of them.
            " ORDER BY +leaf.idx",
            [log, log, *keys],
        )

    def device_heads(self, log: LogName) -> list[DeviceHead]:
        """Every device that ever wrote to the log, by kid."""
        rows = self._ask(
            "SELECT kid, seq, eid, ts, received_at, count FROM ledger_device_head WHERE log = %s ORDER BY kid", [log]
        )
        return [DeviceHead(*row) for row in rows]

    def chain(self, log: LogName, kid: Kid) -> list[Leaf]:
        """Every leaf of one device, by number, of a fork both branches."""
        return self._leaves("WHERE leaf.log = %s AND leaf.kid = %s ORDER BY leaf.seq, leaf.idx", [log, kid])

    def drop_indexes(self, log: LogName) -> int:
        """Empty the subject index and the device heads of a log; gives its size at that moment. Raises: StoreFailed."""
        with self._locked(log) as (cursor, head):
            cursor.execute("DELETE FROM ledger_subject WHERE log = %s", [log])
            cursor.execute("DELETE FROM ledger_device_head WHERE log = %s", [log])
        return head.size

    def index_again(self, log: LogName, entries: Sequence[Entry], *, first: int, received_at: Sequence[int]) -> None:
        """Write the indexes of leaves [first, first + len(entries)) anew, exactly as `append` once did."""
        with self._locked(log) as (cursor, _):
            self._write_indexes(cursor, log, entries, first, received_at)

    def close(self) -> None:
        """Close the calling thread's connection; the next call opens it anew."""
        self._session.close()

    def _write_indexes(
        self, cursor: CursorWrapper, log: LogName, entries: Sequence[Entry], first: int, received_at: Iterable[int]
    ) -> None:
        subjects = subject_rows(entries, first)
        if subjects:
            self._engine.write_subjects(cursor, log, subjects)
        found = tips(entries, first, received_at)
        if found:
            self._engine.write_tips(cursor, log, list(found.values()))

    def _move_head(self, cursor: CursorWrapper, log: LogName, head: Head) -> None:
        cursor.execute(
            "UPDATE ledger_log SET size = %s, edge = %s WHERE name = %s", [head.size, b"".join(head.edge), log]
        )

    @contextmanager
    def _locked(self, log: LogName) -> Iterator[tuple[CursorWrapper, Head]]:
        """A transaction that holds the log's head: nobody else appends to this log or touches its indexes meanwhile."""
        with self._session.write() as cursor:
            cursor.execute(f"SELECT size, edge FROM ledger_log WHERE name = %s {self._engine.lock_head}", [log])
            row = cursor.fetchone()
            if row is None:
                raise StoreFailed(never_opened(log))
            yield cursor, _head(*row)

    def _leaves(self, where: str, values: list[Any]) -> list[Leaf]:
        rows = self._ask(f"{_LEAVES} {where}", values)
        return [Leaf(index, eid, bytes(jws), received_at) for index, eid, jws, received_at in rows]

    def _ask(self, statement: str, values: list[Any]) -> list[tuple[Any, ...]]:
        def rows(cursor: CursorWrapper) -> list[tuple[Any, ...]]:
            cursor.execute(statement, values)
            return list(cursor.fetchall())

        return self._session.read(rows)


def _head(size: int, edge: bytes) -> Head:
    hashes = bytes(edge)
    return Head(size, tuple(hashes[at : at + HASH_BYTES] for at in range(0, len(hashes), HASH_BYTES)))

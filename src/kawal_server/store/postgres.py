"""The ledger in PostgreSQL: writers of many processes queue for the row of the log's head; rows go in as arrays.

KNOWN GAP: a cancelled wait for a synchronous standby ends in a warning, not an error, and is taken for a commit.
"""

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

_FIND = "SELECT leaf.eid, leaf.idx FROM ledger_leaf AS leaf WHERE leaf.log = %s AND leaf.eid = ANY(%s::text[])"
_LEAVES = """
COPY ledger_leaf (log, idx, eid, kid, seq, t, ts, received_at, jws) FROM STDIN (FORMAT BINARY)
"""
_LEAF_TYPES = ("text", "int8", "text", "text", "int8", "text", "int8", "int8", "bytea")
_SUBJECTS = """
INSERT INTO ledger_subject (log, subject, idx)
SELECT %s, * FROM unnest(%s::text[], %s::bigint[]) ON CONFLICT DO NOTHING
"""
_TIPS = f"""
INSERT INTO ledger_device_head AS held (log, kid, seq, idx, eid, ts, received_at, count)
SELECT %s, * FROM unnest(
    %s::text[], %s::bigint[], %s::bigint[], %s::text[], %s::bigint[], %s::bigint[], %s::bigint[]
)
{JOIN_TIPS}
"""


class PostgresEngine:
    """PostgreSQL's own words. READ COMMITTED: whoever waited for the head then sees what the other wrote."""

    begin = "BEGIN ISOLATION LEVEL READ COMMITTED; SET LOCAL synchronous_commit = on; SET LOCAL lock_timeout = '20s'"
    lock_head = "FOR UPDATE"

    def find(self, cursor: CursorWrapper, log: LogName, eids: Sequence[Eid]) -> dict[Eid, int]:
        """The index of each of these events that the log holds."""
        cursor.execute(_FIND, [log, list(eids)])
        return dict(cursor.fetchall())

    def write_leaves(
        self, cursor: CursorWrapper, log: LogName, entries: Iterable[Entry], first: int, received_at: int
    ) -> None:
        """Write leaves from index `first` on."""
        with cursor.db.wrap_database_errors, cursor.copy(_LEAVES) as copy:
            copy.set_types(_LEAF_TYPES)
            for index, e in zip(count(first), entries, strict=False):
                copy.write_row((log, index, e.eid, e.kid, e.seq, type_key(e.t), e.ts, received_at, e.jws))

    def write_subjects(self, cursor: CursorWrapper, log: LogName, rows: Sequence[tuple[str, int]]) -> None:
        """Add (subject key, index) pairs; those that stand there already stay."""
        cursor.execute(_SUBJECTS, [log, [subject for subject, _ in rows], [index for _, index in rows]])

    def write_tips(self, cursor: CursorWrapper, log: LogName, tips: Sequence[DeviceTip]) -> None:
        """Join these tips with the device heads."""
        rows = [(t.kid, t.seq, t.index, t.eid, t.ts, t.received_at, t.count) for t in tips]
        cursor.execute(_TIPS, [log, *(list(column) for column in zip(*rows, strict=True))])


def postgres_store(connect: Connect) -> SqlStore:
    """The store in the PostgreSQL database that `connect` gives."""
    return SqlStore(connect, PostgresEngine())

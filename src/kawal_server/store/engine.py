"""What differs between the two databases: how a transaction begins, and how many rows are written at once."""

from collections.abc import Iterable, Sequence
from typing import Protocol

from django.db.backends.utils import CursorWrapper

from kawal.ledger.event import Eid
from kawal.ledger.log_of import LogName
from kawal_server.store.placing import DeviceTip
from kawal_server.store.port import Entry

# When a device head meets a newer leaf of its device, or an index is made again in pieces: `DeviceTip.join` in SQL.
_NEWER = "(excluded.seq, excluded.idx) > (held.seq, held.idx)"
JOIN_TIPS = (
    "ON CONFLICT (log, kid) DO UPDATE SET "
    + ", ".join(
        f"{name} = CASE WHEN {_NEWER} THEN excluded.{name} ELSE held.{name} END" for name in ("seq", "idx", "eid", "ts")
    )
    + ", received_at = CASE WHEN excluded.received_at > held.received_at THEN excluded.received_at"
    " ELSE held.received_at END, count = held.count + excluded.count"
)


class Engine(Protocol):
    """One database's own words for what `SqlStore` does. The cursor is inside the transaction that `begin` opened."""

    begin: str
    lock_head: str

    def find(self, cursor: CursorWrapper, log: LogName, eids: Sequence[Eid]) -> dict[Eid, int]:
        """The index of each of these events that the log holds."""

    def write_leaves(
        self, cursor: CursorWrapper, log: LogName, entries: Iterable[Entry], first: int, received_at: int
    ) -> None:
        """Write leaves from index `first` on."""

    def write_subjects(self, cursor: CursorWrapper, log: LogName, rows: Sequence[tuple[str, int]]) -> None:
        """Add (subject key, index) pairs; those that stand there already stay."""

    def write_tips(self, cursor: CursorWrapper, log: LogName, tips: Sequence[DeviceTip]) -> None:
        """Join these tips with the device heads."""

"""The port to the ledger's tables: what every store can do, on memory, SQLite and PostgreSQL alike.

Source: docs/format/ledger.md, principles 1 to 3.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from kawal.ledger.event import Eid, Kid
from kawal.ledger.log_of import LogName
from kawal.ledger.tree import CompactRange


class StoreFailed(RuntimeError):
    """The store could not commit, or cannot be read. Nothing of the batch counts as taken: send it again.

    It may stand in the log all the same, when only the answer was lost: sent again, it keeps the index it has.
    """


class Busy(RuntimeError):
    """Too many batches wait already, or the post is stopping: nothing was taken, and it should come again soon."""


class OtherLog(ValueError):
    """The log of this name already exists under another origin."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A verified event on its way in. `leaf`: its leaf hash, 32 bytes; `subjects`: the boxes it names inline."""

    eid: Eid
    kid: Kid
    seq: int
    t: str
    ts: int
    jws: bytes
    leaf: bytes
    subjects: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Placed:
    """Where an event stands in its log. `is_new` False: it stood there before, and nothing was written."""

    eid: Eid
    index: int
    is_new: bool


@dataclass(frozen=True, slots=True)
class Head:
    """How far a log has grown. `edge`: `CompactRange.edge`, 32 bytes each."""

    size: int
    edge: tuple[bytes, ...]

    def root(self) -> bytes:
        """The tree's root hash, 32 bytes."""
        return CompactRange(self.size, self.edge).root()


@dataclass(frozen=True, slots=True)
class Leaf:
    """One leaf as it is kept. `received_at`: UNIX seconds by the post's clock."""

    index: int
    eid: Eid
    jws: bytes
    received_at: int


@dataclass(frozen=True, slots=True)
class DeviceHead:
    """The newest that a log holds of a device's chain.

    seq, eid, ts: of the leaf with the highest seq, of two such the later one; received_at: when any leaf of the device
    last came in; count: its leaves.
    """

    kid: Kid
    seq: int
    eid: Eid
    ts: int
    received_at: int
    count: int


class Store(Protocol):
    """The ledger's tables. Every method is safe to call from several threads and processes at once.

    `append` is one transaction: lock the log's head, leave out what is there already, give the rest the next indexes
    without a hole, write leaves, subject index, device heads and head, commit durably, and only then answer.
    Every method raises StoreFailed when the database does not answer.
    """

    def open_log(self, log: LogName, origin: str) -> None:
        """Make an empty log, once. Raises: OtherLog."""

    def origin(self, log: LogName) -> str | None:
        """The origin of a log; None while it was never opened."""

    def head(self, log: LogName) -> Head:
        """How far the log has grown (size 0 while it was never opened)."""

    def append(self, log: LogName, entries: Sequence[Entry], *, received_at: int) -> list[Placed]:
        """Append what is new, in the given order; one answer for each entry, in order.

        Never inside a transaction of the caller's: the answer would come before the commit.
        Raises: StoreFailed, also for a log that was never opened.
        """

    def leaves(self, log: LogName, start: int, end: int) -> list[Leaf]:
        """Leaves [start, end) in log order, as far as they exist."""

    def leaves_of(self, log: LogName, prefix: str | tuple[str, ...], start: int = 0) -> list[Leaf]:
        """All leaves from index `start` whose type begins with `prefix` ("ledger."), or with one of several.

        In log order, as of one moment. It costs what it finds, however long the log is.
        """

    def places(self, log: LogName, eids: Iterable[Eid]) -> dict[Eid, int]:
        """The index of each of these events that the log holds."""

    def name(self, log: LogName, named: Iterable[tuple[str, int]]) -> None:
        """Add (subject, index) pairs to the subject index: what a manifest that came later than its event names."""

    def named(self, log: LogName, *subjects: str) -> list[Leaf]:
        """The leaves that name any of these subjects (a box), each once, in log order."""

    def device_heads(self, log: LogName) -> list[DeviceHead]:
        """Every device that ever wrote to the log, by kid."""

    def chain(self, log: LogName, kid: Kid) -> list[Leaf]:
        """Every leaf of one device, by number, of a fork both branches.

        It reads through the whole log, for the once that somebody looks at one device.
        """

    def drop_indexes(self, log: LogName) -> int:
        """Empty the subject index and the device heads of a log; the leaves stay.

        Gives the size n at that moment: leaves [0, n) are to be indexed again, later ones are indexed as they come.
        """

    def index_again(self, log: LogName, entries: Sequence[Entry], *, first: int, received_at: Sequence[int]) -> None:
        """Write the indexes of leaves [first, first + len(entries)) anew, exactly as `append` once did.

        After `drop_indexes`, each leaf once, in any order, also while others append.
        """

    def close(self) -> None:
        """Give back what the calling thread holds, its connection; the next call opens it anew."""

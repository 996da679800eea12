"""What an append decides before anything is written: who is new, which index it gets, and what the indexes will say."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import count

from kawal.ledger.encoding import digest
from kawal.ledger.event import Eid, Kid
from kawal.ledger.log_of import LogName
from kawal.ledger.tree import CompactRange
from kawal_server.store.port import DeviceHead, Entry, Head, Placed

SUBJECT_LIMIT = 120


@dataclass(slots=True)
class DeviceTip:
    """What some leaves of one device say of its chain. `index`: of the leaf with the highest seq, the later of two.

    Two tips of a device join in any order to the same one, so that an index can be made again while a log grows.
    """

    kid: Kid
    seq: int
    index: int
    eid: Eid
    ts: int
    received_at: int
    count: int

    def join(self, other: "DeviceTip") -> None:
        """Take in what other leaves of the same device say."""
        if (other.seq, other.index) > (self.seq, self.index):
            self.seq, self.index, self.eid, self.ts = other.seq, other.index, other.eid, other.ts
        self.received_at = max(self.received_at, other.received_at)
        self.count += other.count

    def head(self) -> DeviceHead:
        """The tip as the port gives it."""
        return DeviceHead(self.kid, self.seq, self.eid, self.ts, self.received_at, self.count)


def place(entries: Sequence[Entry], held: Mapping[Eid, int], size: int) -> tuple[list[Placed], list[Entry]]:
    """Give each entry its index, in order; the new ones, each once, also stand in the second list.

    held: the index of those that the log holds already; size: the log's.
    """
    known = dict(held)
    answers: list[Placed] = []
    fresh: list[Entry] = []
    for entry in entries:
        eid = entry.eid
        index = known.get(eid)
        if index is None:
            index = known[eid] = size + len(fresh)
            fresh.append(entry)
            answers.append(Placed(eid, index, True))
        else:
            answers.append(Placed(eid, index, False))
    return answers, fresh


def grow(head: Head, fresh: Iterable[Entry]) -> Head:
    """The head of the log once these leaves stand in it."""
    tree = CompactRange(head.size, head.edge)
    for entry in fresh:
        tree.append(entry.leaf)
    return Head(tree.size, tree.edge)


def tips(entries: Iterable[Entry], first: int, received_at: Iterable[int]) -> dict[Kid, DeviceTip]:
    """What leaves [first, first + len(entries)) say of each device."""
    found: dict[Kid, DeviceTip] = {}
    for index, entry, at in zip(count(first), entries, received_at, strict=False):
        tip = found.get(entry.kid)
        if tip is None:
            found[entry.kid] = DeviceTip(entry.kid, entry.seq, index, entry.eid, entry.ts, at, 1)
            continue
        tip.count += 1
        if entry.seq >= tip.seq:
            tip.seq, tip.index, tip.eid, tip.ts = entry.seq, index, entry.eid, entry.ts
        if at > tip.received_at:
            tip.received_at = at
    return found


def subject_rows(entries: Iterable[Entry], first: int) -> list[tuple[str, int]]:
    """The (subject key, index) pairs of leaves from index `first`."""
    return [(subject_key(s), index) for index, entry in enumerate(entries, first) for s in entry.subjects]


def subject_key(subject: str) -> str:
    """The text under which a subject is indexed: itself, or the digest of one that no database takes as a key.

    A box's name is short and plain. Whatever else a signed event names must not make its whole batch unwritable.
    """
    if len(subject) <= SUBJECT_LIMIT and subject.isascii() and subject.isprintable():
        return subject
    return f"sha256:{digest(subject.encode('utf-8', 'surrogatepass'))}"


def type_key(t: str) -> str:
    """The type as it is indexed: PostgreSQL's text cannot hold a NUL, and no type we know has one."""
    return t.replace("\0", "\ufffd") if "\0" in t else t


def after_prefix(prefix: str) -> str:
    """The least text, in the order of code points, after all that begin with an ASCII prefix."""
    return prefix[:-1] + chr(ord(prefix[-1]) + 1)


def never_opened(log: LogName) -> str:
    """What to say of a log that nobody opened."""
    return f"log {log} belum dibuka; jalankan `kawal init` / log {log} was never opened; run `kawal init`"


def other_origin(log: LogName, held: str | None, asked: str) -> str:
    """What to say of a log that stands under another origin."""
    return (
        f"log {log} sudah ada dengan asal {held}, bukan {asked}; pakai folder data lain / "
        f"log {log} already stands under origin {held}, not {asked}; use another data folder"
    )

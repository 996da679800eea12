"""The ledger's tables in memory: for rehearsals, and the yardstick of what the two databases must do."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import repeat
from threading import RLock

from kawal.ledger.event import Eid, Kid
from kawal.ledger.log_of import LogName
from kawal_server.store.placing import (
    DeviceTip,
    grow,
    never_opened,
    other_origin,
    place,
    subject_key,
    subject_rows,
    tips,
    type_key,
)
from kawal_server.store.port import DeviceHead, Entry, Head, Leaf, OtherLog, Placed, StoreFailed

_EMPTY = Head(0, ())


@dataclass
class _Log:
    origin: str
    head: Head = _EMPTY
    leaves: list[Leaf] = field(default_factory=list)
    types: list[str] = field(default_factory=list)
    signers: list[tuple[Kid, int]] = field(default_factory=list)
    places: dict[Eid, int] = field(default_factory=dict)
    subjects: defaultdict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    tips: dict[Kid, DeviceTip] = field(default_factory=dict)

    def grow(self, fresh: Sequence[Entry], received_at: int) -> None:
        first = self.head.size
        for index, entry in enumerate(fresh, first):
            self.leaves.append(Leaf(index, entry.eid, entry.jws, received_at))
            self.types.append(type_key(entry.t))
            self.signers.append((entry.kid, entry.seq))
            self.places[entry.eid] = index
        self.index(fresh, first, repeat(received_at))
        self.head = grow(self.head, fresh)

    def index(self, entries: Sequence[Entry], first: int, received_at: Iterable[int]) -> None:
        for subject, index in subject_rows(entries, first):
            self.subjects[subject].add(index)
        for kid, tip in tips(entries, first, received_at).items():
            if kid in self.tips:
                self.tips[kid].join(tip)
            else:
                self.tips[kid] = tip


class MemoryStore:
    """A store that ends with its process. Source: `port.Store`, which says what each method does."""

    def __init__(self) -> None:
        self._logs: dict[LogName, _Log] = {}
        self._lock = RLock()

    def open_log(self, log: LogName, origin: str) -> None:
        """Make an empty log, once. Raises: OtherLog."""
        with self._lock:
            held = self._logs.setdefault(log, _Log(origin))
        if held.origin != origin:
            raise OtherLog(other_origin(log, held.origin, origin))

    def origin(self, log: LogName) -> str | None:
        """The origin of a log; None while it was never opened."""
        held = self._logs.get(log)
        return held.origin if held else None

    def head(self, log: LogName) -> Head:
        """How far the log has grown (size 0 while it was never opened)."""
        held = self._logs.get(log)
        return held.head if held else _EMPTY

    def append(self, log: LogName, entries: Sequence[Entry], *, received_at: int) -> list[Placed]:
        """Append what is new, in the given order; one answer for each entry, in order. Raises: StoreFailed."""
        if not entries:
            return []
        with self._lock:
            held = self._opened(log)
            answers, fresh = place(entries, held.places, held.head.size)
            held.grow(fresh, received_at)
        return answers

    def leaves(self, log: LogName, start: int, end: int) -> list[Leaf]:
        """Leaves [start, end) in log order, as far as they exist."""
        with self._lock:
            return self._leaves(log)[max(start, 0) : max(end, 0)]

    def leaves_of(self, log: LogName, prefix: str | tuple[str, ...], start: int = 0) -> list[Leaf]:
        """All leaves from index `start` whose type begins with `prefix`, or with one of several, in log order."""
        with self._lock:
            held = self._logs.get(log)
            types = held.types if held else []
            return [
                leaf
                for leaf, t in zip(self._leaves(log), types, strict=True)
                if leaf.index >= start and t.startswith(prefix)
            ]

    def places(self, log: LogName, eids: Iterable[Eid]) -> dict[Eid, int]:
        """The index of each of these events that the log holds."""
        with self._lock:
            held = self._logs.get(log)
            return {eid: held.places[eid] for eid in eids if eid in held.places} if held else {}

    def name(self, log: LogName, named: Iterable[tuple[str, int]]) -> None:
        """Add (subject, index) pairs to the subject index."""
        with self._lock:
            held = self._opened(log)
            for subject, index in named:
                held.subjects[subject_key(subject)].add(index)

    def named(self, log: LogName, *subjects: str) -> list[Leaf]:
        """The leaves that name any of these subjects (a box), each once, in log order."""
        with self._lock:
            held = self._logs.get(log)
            keys = map(subject_key, subjects)
            indexes = {index for key in keys for index in held.subjects.get(key, ())} if held else set()
            leaves = self._leaves(log)
            return [leaves[index] for index in sorted(indexes) if index < len(leaves)]

    def device_heads(self, log: LogName) -> list[DeviceHead]:
        """Every device that ever wrote to the log, by kid."""
        with self._lock:
            held = self._logs.get(log)
            return [tip.head() for _, tip in sorted(held.tips.items())] if held else []

    def chain(self, log: LogName, kid: Kid) -> list[Leaf]:
        """Every leaf of one device, by number, of a fork both branches."""
        with self._lock:
            held = self._logs.get(log)
            rows = zip(held.signers, held.leaves, strict=True) if held else ()
            mine = [(seq, leaf.index, leaf) for (one, seq), leaf in rows if one == kid]
        return [leaf for _, _, leaf in sorted(mine, key=lambda row: row[:2])]

    def drop_indexes(self, log: LogName) -> int:
        """Empty the subject index and the device heads of a log; gives its size at that moment."""
        with self._lock:
            held = self._opened(log)
            held.subjects.clear()
            held.tips.clear()
            return held.head.size

    def index_again(self, log: LogName, entries: Sequence[Entry], *, first: int, received_at: Sequence[int]) -> None:
        """Write the indexes of leaves [first, first + len(entries)) anew, exactly as `append` once did."""
        with self._lock:
            self._opened(log).index(entries, first, received_at)

    def close(self) -> None:
        """Nothing is held."""

    def _leaves(self, log: LogName) -> list[Leaf]:
        held = self._logs.get(log)
        return held.leaves if held else []

    def _opened(self, log: LogName) -> _Log:
        held = self._logs.get(log)
        if held is None:
            raise StoreFailed(never_opened(log))
        return held

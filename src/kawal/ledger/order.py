"""When things happened: provable intervals from witnesses, and the one order in which every fold takes events."""

import heapq
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kawal.ledger.encoding import unb64u
from kawal.ledger.event import Eid, Event
from kawal.ledger.events import answers, partner_head
from kawal.ledger.reading import LogContent


@dataclass(frozen=True, slots=True)
class Interval:
    """What anyone can prove about when an event was made: UNIX seconds, None where nothing bounds it."""

    lo: int | None
    hi: int | None

    def hold(self, ts: int) -> int:
        """A claimed time, held inside the interval."""
        if self.hi is not None and ts > self.hi:
            ts = self.hi
        return self.lo if self.lo is not None and ts < self.lo else ts


@dataclass(frozen=True, slots=True)
class Ordered:
    """Events in fold order with the interval of each."""

    events: tuple[Event, ...]
    intervals: Mapping[Eid, Interval]


def parents_of(event: Event) -> tuple[str, ...]:
    """The eids that must be older than this event: `prev`, `of`, `hb`."""
    head = partner_head(event)
    of = answers(event) if "of" in event.payload else ()
    return (event.prev, *of) if head is None else (event.prev, *of, head[1])


def first_checkpoint_time(log: LogContent, index: int) -> int | None:
    """Witness time of the first witnessed checkpoint that includes leaf `index`; None while there is none."""
    at = bisect_right(log.witnessed, index, key=lambda checkpoint: checkpoint.size)
    return log.witnessed[at].at if at < len(log.witnessed) else None


def own_bounds(log: LogContent, events: Sequence[tuple[int, Event]]) -> dict[Eid, Interval]:
    """The bounds that each event's own `cp` and own place in the log give. events: (leaf index, event)."""
    # The same tree may be witnessed twice: whoever cites it may have seen the earlier one.
    cited = {(one.size, one.root): one.at for one in reversed(log.witnessed)}
    sizes = [one.size for one in log.witnessed]
    bounds = {}
    for index, event in events:
        at = bisect_right(sizes, index)
        hi = log.witnessed[at].at if at < len(sizes) else None
        lo = cited.get((event.cp[0], unb64u(event.cp[1]))) if event.cp and cited else None
        bounds[event.eid] = Interval(lo, hi)
    return bounds


def fold_order(
    events: Sequence[Event], bounds: Mapping[Eid, Interval], same: Mapping[Eid, Eid] | None = None
) -> Ordered:
    """Order events topologically over `prev`, `of`, `hb`; among ready ones the smallest (held ts, eid) comes first.

    events: any order, each once. bounds: `own_bounds`. same: eid of a harmless duplicate -> eid of the event kept.
    Arrival at the server never matters.
    Source: docs/format/ledger.md, Time; docs/format/events.md, Order of the fold.
    """
    place = {event.eid: number for number, event in enumerate(events)}
    place.update({twin: place[kept] for twin, kept in (same or {}).items()})
    parents = [[place[Eid(eid)] for eid in parents_of(event) if eid in place] for event in events]
    children: list[list[int]] = [[] for _ in events]
    for number, above in enumerate(parents):
        for parent in above:
            children[parent].append(number)
    line = _topological(parents, children)
    lo, hi = _spread(line, parents, children, [bounds[event.eid] for event in events])
    intervals = [Interval(low, high) for low, high in zip(lo, hi, strict=True)]
    keys = [(intervals[n].hold(event.ts), event.eid) for n, event in enumerate(events)]
    final = _by_time(parents, children, keys)
    return Ordered(
        tuple(events[number] for number in final),
        {event.eid: interval for event, interval in zip(events, intervals, strict=True)},
    )


def _topological(parents: list[list[int]], children: list[list[int]]) -> list[int]:
    waiting = [len(above) for above in parents]
    line = [number for number, count in enumerate(waiting) if not count]
    for number in line:
        for child in children[number]:
            waiting[child] -= 1
            if not waiting[child]:
                line.append(child)
    return line


def _spread(
    line: list[int], parents: list[list[int]], children: list[list[int]], own: list[Interval]
) -> tuple[list[int | None], list[int | None]]:
    lo, hi = [one.lo for one in own], [one.hi for one in own]
    for number in line:
        above = [bound for parent in parents[number] if (bound := lo[parent]) is not None]
        mine = lo[number]
        lo[number] = max(above if mine is None else [*above, mine], default=None)
    for number in reversed(line):
        below = [bound for child in children[number] if (bound := hi[child]) is not None]
        mine = hi[number]
        hi[number] = min(below if mine is None else [*below, mine], default=None)
    return lo, hi


def _by_time(parents: list[list[int]], children: list[list[int]], keys: list[tuple[int, Eid]]) -> list[int]:
    waiting = [len(above) for above in parents]
    ready = [(*keys[number], number) for number, count in enumerate(waiting) if not count]
    heapq.heapify(ready)
    line = []
    while ready:
        number = heapq.heappop(ready)[2]
        line.append(number)
        for child in children[number]:
            waiting[child] -= 1
            if not waiting[child]:
                heapq.heappush(ready, (*keys[child], child))
    return line

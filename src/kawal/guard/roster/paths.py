"""Every way of one person through a roster, as a graph: what rest and the runs of days and nights leave open to him."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from kawal.guard.roster.calendar import Calendar, Ints

State = tuple[int, int]
"""Days in a row and nights in a row, today included."""


@dataclass(frozen=True)
class Paths:
    """A graph whose every path from `begin` is allowed by the rules it knows; all others are left out of account.

    Node d is free at the start of day d; the last one is the end. tail, head: nodes of each arc. serves: the period an
    arc serves, -1 where none. duty: of each period and past. days: of the roster.
    """

    nodes: int
    tail: Ints
    head: Ints
    serves: Ints
    days: int
    duty: Mapping[tuple[int, State], int]


@dataclass(frozen=True)
class Leaves:
    """Arcs that a group of people adds to the graph: each takes a leave whole, and is free afterwards.

    tail, head: over the nodes of the graph and one more for each leave. count: how many of the group take each.
    """

    tail: Ints
    head: Ints
    count: Ints


def leaves_of(paths: Paths, calendar: Calendar, spans: Mapping[tuple[int, int], int]) -> Leaves:
    """The leaves of a group. spans: first day and the day after the last -> how many people."""
    tail, head = [], []
    for at, (first, after) in enumerate(sorted(spans), paths.nodes):
        before = [node for (period, _), node in paths.duty.items() if calendar.day[period] == first - 1]
        tail += [first, *before, at]
        head += [at] * (1 + len(before)) + [after]
    count = [spans[span] for span in sorted(spans)]
    return Leaves(*(np.array(column, dtype=np.int64) for column in (tail, head, count)))


class Runs:
    """How many days and nights in a row the limits allow; 0 where none says so, and then nothing is counted."""

    def __init__(self, calendar: Calendar) -> None:
        self.calendar = calendar
        runs = {(limit.what, limit.most) for limit in calendar.limit_of if limit.most == limit.days - 1}
        self.days = min((most for what, most in runs if what in ("days", "duties")), default=0)
        self.nights = min((most for what, most in runs if what == "nights"), default=0)

    def after(self, period: int, before: tuple[int, State] | None) -> State:
        """The past of somebody who serves a period. before: his last duty, today's or yesterday's, and its past."""
        is_night = int(self.calendar.night[period]) if self.nights else 0
        if before is None:
            return (1 if self.days else 0, is_night)
        last, (days, nights) = before
        is_next_day = int(self.calendar.day[period] > self.calendar.day[last])
        return (days + is_next_day if self.days else 0, nights * int(self.calendar.night[last]) * is_night + is_night)

    def allow(self, state: State) -> bool:
        """Whether a past breaks no run."""
        return (not self.days or state[0] <= self.days) and (not self.nights or state[1] <= self.nights)


def paths_of(calendar: Calendar) -> Paths:
    """Lay out the graph: a node for each day on which somebody is free, and for each period with each past."""
    return _Graph(calendar).paths()


class _Graph:
    """Node d is free at the start of day d, up to two days after the roster; duties follow."""

    def __init__(self, calendar: Calendar) -> None:
        self.calendar, self.days = calendar, calendar.days
        self.runs = Runs(calendar)
        self.arcs: list[tuple[int, int, int]] = []
        self.nodes: dict[tuple[int, State], int] = {}
        self.first_duty = self.days + 2

    def paths(self) -> Paths:
        self.arcs += [(day, day + 1, -1) for day in range(self.days)]
        for period in range(len(self.calendar.starts)):
            self._enter(int(self.calendar.day[period]), period, self.runs.after(period, None))
        # The list grows while it is walked: each node opens the duties that may follow it, later ones only.
        for (period, state), node in self._each():
            self._follow(period, state, node)
        end = self.first_duty + len(self.nodes)
        self.arcs += [(self.days, end, -1), (self.days + 1, end, -1)]
        tail, head, serves = (
            np.array(column, dtype=np.int64) for column in zip(*dict.fromkeys(self.arcs), strict=True)
        )
        return Paths(end + 1, tail, head, serves, self.days, self.nodes)

    def _each(self) -> Iterator[tuple[tuple[int, State], int]]:
        at = 0
        while at < len(self.nodes):
            keys = list(self.nodes.items())[at:]
            at += len(keys)
            yield from keys

    def _enter(self, tail: int, period: int, state: State) -> None:
        node = self.nodes.setdefault((period, state), self.first_duty + len(self.nodes))
        self.arcs.append((tail, node, period))

    def _follow(self, period: int, state: State, node: int) -> None:
        calendar = self.calendar
        day = int(calendar.day[period])
        self.arcs.append((node, min(day + 2, self.days + 1), -1))
        near = (calendar.day <= day + 1) & (calendar.starts >= calendar.ready[period])
        for later in np.nonzero(near & (np.arange(len(near)) > period))[0]:
            reached = self.runs.after(int(later), (period, state))
            if self.runs.allow(reached):
                self._enter(node, int(later), reached)

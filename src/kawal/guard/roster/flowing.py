"""A roster from the flow of the bound: people take the ways it found, as far as each one's leave and rest allow.

Windows alone cannot see further than their days: before a peak they spend people whom the peak will need. The flow sees
the whole time, so windows that begin from it have little left to do.
"""

import numpy as np
from scipy.optimize import linear_sum_assignment

from kawal.guard.roster.arrays import Arrays, Filled
from kawal.guard.roster.bound import Bound
from kawal.guard.roster.calendar import Bools, Floats, Ints
from kawal.guard.roster.improve import Budget
from kawal.guard.roster.naming import named
from kawal.guard.roster.paths import Runs, State
from kawal.guard.roster.window import Window, solve_window

_NEVER = 1e6
_WHOLE = 1e-6


def flowing(arrays: Arrays, bound: Bound, budget: Budget) -> Filled:
    """Who serves when from the flow, then the posts of each day; valid, and better than a greedy one at peaks."""
    on = _Walk(arrays, bound).run()
    filled = arrays.pinned.copy()
    for day in range(arrays.calendar.days):
        periods = arrays.calendar.day == day
        chosen = solve_window(arrays, filled, Window(periods, among=on), budget.effort(0, most=2.0, gap=1e-3))
        if chosen is not None:
            filled = named(arrays, filled, chosen, periods)
    return filled


class _Walk:
    """Period by period the people of each group take seats. A seat is an arc of the flow that serves the period."""

    def __init__(self, arrays: Arrays, bound: Bound) -> None:
        self.arrays, self.bound = arrays, bound
        self.runs = Runs(arrays.calendar)
        self.on: Bools = arrays.pinned.at >= 0
        on = self.on.astype(np.float64)
        self.busy: Bools = on @ arrays.calendar.cliques.T > 0
        self.used: Floats = on @ arrays.calendar.limits.T
        self.last: list[tuple[int, State] | None] = [None] * arrays.shape[0]
        self.days_of_node = {node: state[0] for (_, state), node in bound.paths.duty.items()}

    def run(self) -> Bools:
        """Who serves when: (P, T)."""
        for period in range(self.arrays.shape[1]):
            free = self._free(period)
            left: dict[int, Ints] = {}
            for group, flow in self.bound.flows:
                kind = int(self.arrays.types.of_person[group[0]])
                unfilled = self._seat(group[free[group]], self._seats(flow, period), period)
                left[kind] = np.concatenate([left.get(kind, unfilled[:0]), unfilled])
            for kind, seats in left.items():
                others = (self.arrays.types.of_person == kind) & free & ~self.on[:, period]
                self._seat(np.nonzero(others)[0], seats, period)
            for person in np.nonzero(self.arrays.pinned.at[:, period] >= 0)[0]:
                self.last[person] = (period, self.runs.after(period, self._before(int(person), period)))
        return self.on

    def _free(self, period: int) -> Bools:
        calendar = self.arrays.calendar
        counts = calendar.limits[:, period]
        over = (self.used + counts > self.arrays.staff.left + 1e-9)[:, counts > 0].any(axis=1)
        busy = self.busy[:, calendar.cliques[:, period]].any(axis=1)
        return self.arrays.staff.is_open[:, period] & ~busy & ~over

    def _seats(self, flow: Floats, period: int) -> Ints:
        """Arcs, each as often as it is taken; parts are rounded so that the sum stays."""
        arcs = np.nonzero((self.bound.paths.serves == period) & (flow > _WHOLE))[0]
        upto = np.rint(np.cumsum(flow[arcs])).astype(np.int64)
        return np.repeat(arcs, np.diff(upto, prepend=0))

    def _before(self, person: int, period: int) -> tuple[int, State] | None:
        last = self.last[person]
        day = self.arrays.calendar.day
        return last if last is not None and day[last[0]] >= day[period] - 1 else None

    def _seat(self, people: Ints, seats: Ints, period: int) -> Ints:
        """Seat people as the flow wants them; gives the seats that stay empty, which others of their type may take."""
        if not len(people) or not len(seats):
            return seats
        paths = self.bound.paths
        before = [self._before(int(person), period) for person in people]
        reached = [self.runs.after(period, one) for one in before]
        free_node = int(self.arrays.calendar.day[period])
        nodes = np.array([free_node if one is None else paths.duty.get(one, -1) for one in before])
        days = np.array([state[0] for state in reached])
        wanted = np.array([self.days_of_node[int(node)] for node in paths.head[seats]])
        price = np.where(nodes[:, None] == paths.tail[seats], 0.0, 1.0 + np.abs(days[:, None] - wanted))
        price = price + 0.01 * self.on[people].sum(axis=1)[:, None]
        price[[not self.runs.allow(state) for state in reached]] = _NEVER
        rows, columns = linear_sum_assignment(price)
        fits = price[rows, columns] < _NEVER
        for row in rows[fits]:
            self._serve(int(people[row]), period, reached[row])
        return np.delete(seats, columns[fits])

    def _serve(self, person: int, period: int, state: State) -> None:
        self.on[person, period] = True
        self.last[person] = (period, state)
        self.busy[person] |= self.arrays.calendar.cliques[:, period]
        self.used[person] += self.arrays.calendar.limits[:, period]

"""One window as a mixed integer programme: some days are open, everything else stands as it is.

Columns: x[p, t] a person serves a period; y[k, s] so many of a type stand in a slot; shortfalls beside them. Names
follow afterwards (naming.py), because equal people make the names of a team a choice without a cost.
"""

from dataclasses import dataclass, field

import numpy as np

from kawal.guard.roster.arrays import Arrays, Filled
from kawal.guard.roster.calendar import Bools, Floats, Ints
from kawal.guard.roster.costs import counts_of
from kawal.guard.roster.model import Effort, Model
from kawal.guard.roster.teams import Teams


@dataclass(frozen=True)
class Window:
    """What is open. periods: (T,). published: what a re-plan starts from. full: slots that must be filled (what if).

    among: (P, T) who may serve when, where that is settled already and only the posts are open.
    """

    periods: Bools
    published: Filled | None = None
    full: tuple[int, ...] = ()
    among: Bools | None = None


@dataclass(frozen=True)
class Chosen:
    """What a window came to. on: (P, T) who serves; counts: (K, S); both with what stood before outside of it.

    gap: of the window alone, proven.
    """

    on: Bools
    counts: Ints
    gap: float


@dataclass
class _Build:
    arrays: Arrays
    filled: Filled
    window: Window
    model: Model = field(default_factory=Model)

    def __post_init__(self) -> None:
        arrays, inside = self.arrays, self.window.periods
        calendar = arrays.calendar
        self.was = self.filled.at >= 0
        outside = (self.was & ~inside).astype(np.float64)
        self.busy: Bools = outside @ calendar.cliques.T > 0
        self.left: Floats = arrays.staff.left - outside @ calendar.limits.T
        self.total = outside.sum(axis=1).astype(np.int64)
        self.total_nights = outside[:, calendar.night].sum(axis=1).astype(np.int64)
        self.slots: Ints = np.nonzero(inside[arrays.slots.period])[0]
        self.counts = counts_of(arrays, self.filled)
        self._people()
        self.teams = Teams(arrays, self.model, self.slots)

    def _people(self) -> None:
        """x: only where a person could serve, given what stands outside the window."""
        arrays, calendar = self.arrays, self.arrays.calendar
        blocked = self.busy @ calendar.cliques > 0
        for row in range(len(calendar.most)):
            blocked |= self.left[:, row, None] + 1e-9 < calendar.limits[row]
        may = arrays.staff.is_open & self.window.periods & ~blocked
        kinds = np.zeros((arrays.types.people, arrays.shape[1]), dtype=np.bool_)
        here = self.slots[arrays.slots.is_open[self.slots]]
        for kind in range(arrays.types.people):
            kinds[kind, arrays.slots.period[here[arrays.types.can[kind, arrays.slots.post[here]]]]] = True
        if self.window.among is not None:
            may &= self.window.among
        pinned = arrays.pinned.at >= 0
        may = (may & kinds[arrays.types.of_person]) | (pinned & self.window.periods)
        self.person, self.period = np.nonzero(may)
        cost = arrays.problem.weights.request * arrays.staff.refuses[self.person, self.period]
        if self.window.published is not None:
            change = arrays.problem.weights.change
            stood = self.window.published.at[self.person, self.period] >= 0
            cost = cost + np.where(stood, -change, change)
        fixed = pinned[self.person, self.period].astype(np.float64)
        self.x = self.model.add_columns(len(self.person), cost=cost, lower=fixed, upper=1.0, is_whole=True)
        self.column = np.full(arrays.shape, -1, dtype=np.int64)
        self.column[self.person, self.period] = self.x

    def build(self) -> Model:
        self._link()
        self.teams.cover(self.window.full)
        self.teams.numbers()
        self._small_teams()
        self._rest()
        self._limits()
        self._fairness()
        self.teams.lend(self.filled, self.window.periods)
        self._rare()
        if self.window.published is not None:
            self._keep_posts(self.window.published)
        return self.model

    def _link(self) -> None:
        """Whoever serves stands in a slot: of each type and period as many as in its slots."""
        model, arrays = self.model, self.arrays
        periods = arrays.shape[1]
        named = self.teams.kind < arrays.types.people
        of_x = arrays.types.of_person[self.person] * periods + self.period
        of_y = self.teams.kind[named] * periods + arrays.slots.period[self.teams.slot[named]]
        keys, row = np.unique(np.concatenate([of_x, of_y]), return_inverse=True)
        rows = model.add_rows(len(keys), lower=0.0, upper=0.0)
        model.enter(rows[row[: len(of_x)]], self.x)
        model.enter(rows[row[len(of_x) :]], self.teams.y[named], -1.0)

    def _small_teams(self) -> None:
        """The two-man rule: nobody, or at least so many."""
        model, slots = self.model, self.arrays.slots
        bound = self.slots[(slots.least[self.slots] > 1) & (slots.need[self.slots] > 1)]
        sent = model.add_columns(len(bound), upper=1.0, is_whole=True)
        need, least = slots.need[bound], np.minimum(slots.least[bound], slots.need[bound])
        at = np.full(len(slots.need), -1, dtype=np.int64)
        for numbers, low, high in ((least, 0.0, np.inf), (need, -np.inf, 0.0)):
            rows = model.add_rows(len(bound), lower=low, upper=high)
            at[bound] = rows
            mine = at[self.teams.slot] >= 0
            model.enter(at[self.teams.slot[mine]], self.teams.y[mine])
            model.enter(rows, sent, -numbers.astype(np.float64))

    def _rest(self) -> None:
        inside = np.unique(self.arrays.calendar.cliques & self.window.periods, axis=0)
        for clique in inside[inside.sum(axis=1) > 1]:
            if not any(((other & clique) == clique).all() and (other != clique).any() for other in inside):
                self._at_most(clique.astype(np.float64), np.ones(self.arrays.shape[0]))

    def _limits(self) -> None:
        for row, counts in enumerate(self.arrays.calendar.limits):
            if (counts * self.window.periods).any():
                self._at_most(counts, self.left[:, row])

    def _at_most(self, counts: Floats, most: Floats) -> None:
        """One row a person, where it can bind at all: his duties, weighed by `counts`, stay within `most`."""
        weights = counts[self.period]
        mine = weights > 0
        possible = np.bincount(self.person[mine], weights=weights[mine], minlength=self.arrays.shape[0])
        mine &= (possible > most + 1e-9)[self.person]
        people, row = np.unique(self.person[mine], return_inverse=True)
        rows = self.model.add_rows(len(people), upper=np.maximum(most[people], 0.0))
        self.model.enter(rows[row], self.x[mine], weights[mine])

    def _fairness(self) -> None:
        fair, weights = self.arrays.fair, self.arrays.problem.weights
        every = np.ones(len(self.person), dtype=np.bool_)
        night = self.arrays.calendar.night[self.period]
        self._band(every, fair.high - self.total, weights.fairness, is_above=True)
        self._band(every, fair.low - self.total, weights.fairness, is_above=False)
        self._band(night, fair.nights - self.total_nights, weights.night, is_above=True)

    def _band(self, counted: Bools, edge: Ints, cost: float, *, is_above: bool) -> None:
        """A shortfall for each duty beyond an edge, for those whom it can concern."""
        possible = np.bincount(self.person[counted], minlength=self.arrays.shape[0])
        concerned = (possible > edge) if is_above else (edge > 0)
        people = np.nonzero(concerned & (possible > 0))[0]
        sign = 1.0 if is_above else -1.0
        rows = self.model.add_rows(len(people), upper=sign * edge[people])
        self.model.enter(rows, self.model.add_columns(len(people), cost=cost), -1.0)
        at = np.full(self.arrays.shape[0], -1, dtype=np.int64)
        at[people] = rows
        mine = counted & (at[self.person] >= 0)
        self.model.enter(at[self.person[mine]], self.x[mine], sign)

    def _rare(self) -> None:
        """Somebody kept from a few posts serves only while one that he may guard has room for him."""
        arrays, model = self.arrays, self.model
        rare = np.nonzero(arrays.staff.rare[self.person])[0]
        rows = model.add_rows(len(rare), upper=0.0)
        model.enter(rows, self.x[rare])
        for row, at in zip(rows, rare, strict=True):
            person, period = self.person[at], self.period[at]
            columns = self.teams.y[
                (self.teams.kind == arrays.types.of_person[person])
                & (arrays.slots.period[self.teams.slot] == period)
                & arrays.staff.can[person, arrays.slots.post[self.teams.slot]]
            ]
            model.enter(np.full(len(columns), row), columns, -1.0)

    def _keep_posts(self, published: Filled) -> None:
        """Of a re-plan: each who leaves a slot that his type still serves costs a little."""
        arrays, model = self.arrays, self.model
        was = counts_of(arrays, published)[self.teams.kind, self.teams.slot]
        kept = np.nonzero(was > 0)[0]
        rows = model.add_rows(len(kept), lower=was[kept])
        model.enter(rows, self.teams.y[kept])
        forces = self.teams.kind[kept] >= arrays.types.people
        weights = arrays.problem.weights
        cost = np.where(forces, weights.change, weights.keep_post)
        model.enter(rows, model.add_columns(len(kept), cost=cost))

    def start(self) -> tuple[Ints, Floats]:
        """What stands now, as a solution to begin from: the whole columns; the others follow from them."""
        on = self.was[self.person, self.period].astype(np.float64)
        return (
            np.concatenate([self.x, self.teams.y]),
            np.concatenate([on, self.counts[self.teams.kind, self.teams.slot].astype(np.float64)]),
        )


def solve_window(arrays: Arrays, filled: Filled, window: Window, effort: Effort) -> Chosen | None:
    """Fill the window anew as well as can be; None where nothing was found in time, or `full` cannot be kept."""
    build = _Build(arrays, filled, window)
    solved = build.build().solve(effort, build.start() if not window.full and window.among is None else None)
    if solved.values is None:
        return None
    on = build.was & ~window.periods
    on[build.person, build.period] = solved.values[build.x] > 0.5
    counts = build.counts.copy()
    counts[:, build.slots] = 0
    counts[build.teams.kind, build.teams.slot] = np.rint(solved.values[build.teams.y]).astype(np.int64)
    return Chosen(on, counts, solved.gap)

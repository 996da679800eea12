"""Who lends whom how many: whole squads from those who have to those who lack, the worst shortfall first.

Three programmes, each kept while the next is solved: the largest weighted shortfall of any district, then the sum of
all, then the hours people travel. Every one is solved to proven optimality or the plan says that it was not.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import gcd

import highspy
import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array

Floats = NDArray[np.float64]
REGU, PELETON = 10, 30
Road = tuple[int, int, float]
"""Source, need, hours."""
TRAVEL_GAP = 1e-4
"""Shortfalls are solved to the last one; of the way one part in ten thousand may be left."""
_TOLERANCE = 1e-6


@dataclass(frozen=True, slots=True)
class BkoSource:
    """A unit that can lend. reserve: the part it keeps back. block: people who are never split up (regu, peleton)."""

    unit: str
    supply: int
    reserve: float = 0.0
    block: int = REGU

    @property
    def blocks(self) -> int:
        """How many whole blocks it can send."""
        return int(self.supply * (1 - self.reserve) + _TOLERANCE) // self.block


@dataclass(frozen=True, slots=True)
class BkoNeed:
    """A unit that lacks people. weight: of a shortfall there, by its force class; larger is graver."""

    unit: str
    need: int
    weight: float = 1.0


@dataclass(frozen=True)
class BkoProblem:
    """Lenders and borrowers. hours: of travel from source to need; a pair that is not there cannot be sent.

    most_hours: beyond these nobody is sent, None for no limit.
    """

    sources: tuple[BkoSource, ...]
    needs: tuple[BkoNeed, ...]
    hours: Mapping[tuple[str, str], float]
    most_hours: float | None = None


@dataclass(frozen=True, slots=True, order=True)
class BkoMove:
    """So many people of a source, in whole blocks, to a need."""

    source: str
    to: str
    n: int


@dataclass(frozen=True)
class BkoPlan:
    """Who sends how many where. worst: the largest weight x shortfall / need. weighted: the sum of weight x shortfall.

    travel: people x hours. shortfall: of each need that keeps one, since unmet demand is never forgotten.
    is_optimal: all three are proven (the way within TRAVEL_GAP).
    """

    moves: tuple[BkoMove, ...]
    shortfall: Mapping[str, int]
    worst: float
    weighted: float
    travel: float
    is_optimal: bool


class _Programme:
    """f: blocks on each road; y: whole units of a need met; p: its last part of a unit; w: people beyond it.

    A unit is the largest number that divides every block. Counted in units the model is nearly one of transport, whose
    corners are whole, so that little is left to branch on. Floors say how many units each need gets at least.
    """

    def __init__(self, problem: BkoProblem, roads: Sequence[Road]) -> None:
        self.problem, self.roads = problem, roads
        self.unit = gcd(*(one.block for one in problem.sources))
        self.need = np.array([one.need for one in problem.needs], dtype=np.float64)
        self.weight = np.array([one.weight for one in problem.needs], dtype=np.float64)
        self.rest = self.need % self.unit
        self.highs = highspy.Highs()
        for option, value in (("output_flag", False), ("threads", 1), ("mip_abs_gap", _TOLERANCE)):
            self.highs.setOptionValue(option, value)
        self._load()

    def _load(self) -> None:
        roads, needs, lenders = len(self.roads), len(self.need), len(self.problem.sources)
        source, target = (np.array([one[at] for one in self.roads], dtype=np.int64) for at in (0, 1))
        has = np.array([one.blocks for one in self.problem.sources], dtype=np.float64)
        units = np.array([one.block // self.unit for one in self.problem.sources], dtype=np.float64)[source]
        largest = np.zeros(needs)
        np.maximum.at(largest, target, units)
        each = np.arange(needs)
        y, p, w = (roads + each + at * needs for at in range(3))
        met, floor = lenders + each, lenders + needs + each
        entries = (
            (source, np.arange(roads), np.ones(roads)),
            (met[target], np.arange(roads), units),
            *((met, one, -np.ones(needs)) for one in (y, p, w)),
            *((floor, one, np.ones(needs)) for one in (y, p)),
        )
        rows, columns, values = (np.concatenate([entry[at] for entry in entries]) for at in range(3))
        upper = np.concatenate([has[source], self.need // self.unit, self.rest > 0, np.maximum(largest - 1, 0.0)])
        matrix = coo_array((values, (rows, columns)), shape=(lenders + 2 * needs, len(upper))).tocsr()
        self.floors = floor.astype(np.int32)
        self.columns = len(upper)
        self.highs.passModel(
            self.columns,
            matrix.shape[0],
            matrix.nnz,
            2,
            1,
            0.0,
            np.zeros(self.columns),
            np.zeros(self.columns),
            upper,
            np.zeros(matrix.shape[0]),
            np.concatenate([has, np.zeros(needs), np.full(needs, np.inf)]),
            matrix.indptr.astype(np.int32),
            matrix.indices.astype(np.int32),
            matrix.data,
            np.ones(self.columns, dtype=np.int32),
        )

    def worst_values(self) -> Floats:
        """Every value that the largest weighted shortfall can take, in order."""
        values = {0.0}
        for need, weight in zip(self.need, self.weight, strict=True):
            units = np.arange(int(-(-need // self.unit)) + 1)
            values |= set((weight * np.maximum(0.0, need - units * self.unit) / max(need, 1.0)).tolist())
        return np.array(sorted(values))

    def ask(self, worst: float) -> None:
        """From now on no weighted shortfall is larger."""
        people = self.need * (1.0 - worst / np.maximum(self.weight, _TOLERANCE))
        units = np.ceil(np.maximum(0.0, people) / self.unit - _TOLERANCE)
        self.highs.changeRowsBounds(len(units), self.floors, units, np.full(len(units), np.inf))

    @property
    def weighted(self) -> Floats:
        """The cost of what stays short, but for a constant."""
        roads = len(self.roads)
        return np.concatenate(
            [np.zeros(roads), -self.weight * self.unit, -self.weight * self.rest, np.zeros(len(self.need))]
        )

    @property
    def travel(self) -> Floats:
        """The cost of the way: people times hours."""
        cost = np.zeros(self.columns)
        cost[: len(self.roads)] = [hours * self.problem.sources[one].block for one, _, hours in self.roads]
        return cost

    def solve(self, cost: Floats, seconds: float | None, gap: float = 0.0) -> tuple[Floats | None, float, bool]:
        """Columns, value, and whether it is settled: proven best, or proven impossible."""
        self.highs.changeColsCost(self.columns, np.arange(self.columns, dtype=np.int32), cost)
        self.highs.setOptionValue("mip_rel_gap", gap)
        if seconds is not None:
            self.highs.setOptionValue("time_limit", self.highs.getRunTime() + max(0.01, seconds))
        self.highs.run()
        about, status = self.highs.getInfo(), self.highs.getModelStatus()
        settled = status in (highspy.HighsModelStatus.kOptimal, highspy.HighsModelStatus.kInfeasible)
        if about.primal_solution_status != int(highspy.SolutionStatus.kSolutionStatusFeasible):
            return None, 0.0, settled
        return np.array(self.highs.getSolution().col_value), float(about.objective_function_value), settled

    def keep(self, cost: Floats, value: float) -> None:
        """From now on no worse than this."""
        at = np.nonzero(cost)[0]
        self.highs.addRow(-np.inf, value + _TOLERANCE * max(1.0, abs(value)), len(at), at.astype(np.int32), cost[at])


def distribute(problem: BkoProblem, *, remaining: Callable[[], float] | None = None) -> BkoPlan:
    """Distribute what can be lent. remaining: seconds left, where there is a limit."""
    roads = _roads(problem)
    if not roads:
        return _plan(problem, roads, np.zeros(0), is_optimal=True)
    programme = _Programme(problem, roads)
    best, is_optimal = _least_worst(programme, remaining)
    for cost, gap in ((programme.weighted, 0.0), (programme.travel, TRAVEL_GAP)):
        values, value, is_settled = programme.solve(cost, remaining() if remaining is not None else None, gap)
        is_optimal &= is_settled and values is not None
        if values is None:
            break
        best = values
        programme.keep(cost, value)
    return _plan(problem, roads, np.rint(best[: len(roads)]), is_optimal=is_optimal)


def _least_worst(programme: _Programme, remaining: Callable[[], float] | None) -> tuple[Floats, bool]:
    """The smallest largest shortfall, by halving the values that it can take; leaves the programme asking for it."""
    values, nothing = programme.worst_values(), np.zeros(programme.columns)
    low, high, best, is_settled = 0, len(values) - 1, nothing, True
    while low < high:
        middle = (low + high) // 2
        programme.ask(float(values[middle]))
        found, _, settled = programme.solve(nothing, remaining() if remaining is not None else None)
        is_settled &= settled
        if found is None:
            low = middle + 1
        else:
            high, best = middle, found
    programme.ask(float(values[high]))
    return best, is_settled


def _roads(problem: BkoProblem) -> list[Road]:
    """Which source may send to which need: within reach, and neither is empty."""
    most = problem.most_hours if problem.most_hours is not None else np.inf
    return [
        (at, to, hours)
        for at, source in enumerate(problem.sources)
        if source.blocks
        for to, need in enumerate(problem.needs)
        if need.need and (hours := problem.hours.get((source.unit, need.unit), np.inf)) <= most and hours < np.inf
    ]


def _plan(problem: BkoProblem, roads: Sequence[Road], blocks: Floats, *, is_optimal: bool) -> BkoPlan:
    moves = [
        (BkoMove(problem.sources[at].unit, problem.needs[to].unit, int(n) * problem.sources[at].block), hours)
        for (at, to, hours), n in zip(roads, blocks, strict=True)
        if n > 0
    ]
    sent: dict[str, int] = {}
    for move, _ in moves:
        sent[move.to] = sent.get(move.to, 0) + move.n
    short = {one.unit: max(0, one.need - sent.get(one.unit, 0)) for one in problem.needs}
    return BkoPlan(
        tuple(sorted(move for move, _ in moves)),
        {unit: n for unit, n in sorted(short.items()) if n},
        max((one.weight * short[one.unit] / one.need for one in problem.needs if one.need), default=0.0),
        sum(one.weight * short[one.unit] for one in problem.needs),
        sum(move.n * hours for move, hours in moves),
        is_optimal,
    )


def proportional(problem: BkoProblem) -> BkoPlan:
    """What is done without a plan: each need gets its part of what all have, in whole blocks, from the nearest."""
    total = sum(one.blocks * one.block for one in problem.sources)
    wanted = sum(one.need for one in problem.needs)
    left = {one.unit: one.blocks for one in problem.sources}
    roads = _roads(problem)
    blocks = np.zeros(len(roads))
    for to, need in enumerate(problem.needs):
        part = need.need * min(1.0, total / wanted) if wanted else 0.0
        near = sorted((hours, at) for at, (_, target, hours) in enumerate(roads) if target == to)
        for _, at in near:
            source = problem.sources[roads[at][0]]
            n = min(left[source.unit], int(part // source.block))
            blocks[at], left[source.unit], part = n, left[source.unit] - n, part - n * source.block
    return _plan(problem, roads, blocks, is_optimal=False)

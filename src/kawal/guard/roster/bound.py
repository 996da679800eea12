"""What no roster can do better than: a linear programme of flows, one for each type of people.

Every real roster is such a flow, so the cheapest flow costs no more than the cheapest roster; history, pinned names,
kinship, homes and wishes are left out of account, which can only make the bound lower. A linear programme over persons
would be no use: it lets everybody be a third of himself in each shift of a day.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from kawal.guard.roster.arrays import Arrays
from kawal.guard.roster.calendar import Floats, Ints
from kawal.guard.roster.improve import Budget
from kawal.guard.roster.model import Model
from kawal.guard.roster.paths import Paths, leaves_of, paths_of
from kawal.guard.roster.teams import Teams

LONGEST_SECONDS = 600.0


@dataclass(frozen=True)
class Bound:
    """The proven bound, and the flow that reaches it: of each group the people, and how many take each arc."""

    value: float
    paths: Paths
    flows: tuple[tuple[Ints, Floats], ...]


def lower_bound(arrays: Arrays, budget: Budget, *, most_seconds: float = LONGEST_SECONDS) -> Bound | None:
    """A proven lower bound of the cost of any roster; None where the time did not suffice."""
    model = Model()
    teams = Teams(arrays, model, np.arange(len(arrays.slots.need)), is_whole=False)
    teams.cover()
    teams.numbers()
    teams.lend(arrays.empty(), np.ones(arrays.shape[1], dtype=np.bool_))
    paths = paths_of(arrays.calendar)
    groups = _groups(arrays)
    columns = [_flow(arrays, model, paths, group) for group in groups]
    _links(arrays, model, teams, paths, groups, columns)
    solved = model.solve(budget.effort(0, most=most_seconds))
    if not solved.is_optimal or solved.values is None:
        return None
    flows = tuple((group.people, solved.values[flow]) for group, flow in zip(groups, columns, strict=True))
    return Bound(max(0.0, solved.bound), paths, flows)


@dataclass(frozen=True)
class _Group:
    """People of one type who are always there, or who have leave. leaves: whole days off -> how many people."""

    kind: int
    people: Ints
    leaves: Mapping[tuple[int, int], int]


def _groups(arrays: Arrays) -> list[_Group]:
    """Those with leave flow apart, or a leave would be spread out until it were everybody's day of rest."""
    spans = [_days_off(arrays, person) for person in range(arrays.shape[0])]
    has_leave = np.array([bool(one) for one in spans], dtype=np.bool_)
    groups = []
    for kind in range(arrays.types.people):
        for is_leave in (False, True):
            people = np.nonzero((arrays.types.of_person == kind) & (has_leave == is_leave))[0]
            if len(people):
                groups.append(_Group(kind, people, Counter(span for person in people for span in spans[person])))
    return groups


def _days_off(arrays: Arrays, person: int) -> list[tuple[int, int]]:
    """Runs of days on which somebody can serve nothing that begins: (first, day after the last)."""
    calendar, is_open = arrays.calendar, arrays.staff.is_open[person]
    begun = np.bincount(calendar.day, minlength=calendar.days) > 0
    off = begun & (np.bincount(calendar.day, weights=is_open, minlength=calendar.days) == 0)
    edges = np.diff(np.concatenate([[0], off.astype(np.int64), [0]]))
    return list(zip(np.nonzero(edges == 1)[0].tolist(), np.nonzero(edges == -1)[0].tolist(), strict=True))


def _flow(arrays: Arrays, model: Model, paths: Paths, group: _Group) -> Ints:
    """A group flows through the graph, and through its leaves."""
    people = group.people
    leaves = leaves_of(paths, arrays.calendar, group.leaves)
    nodes = paths.nodes + len(leaves.count)
    flow = model.add_columns(len(paths.tail), upper=float(len(people)))
    leaving = model.add_columns(len(leaves.tail), upper=float(len(people)))
    balance = np.zeros(nodes)
    balance[0], balance[paths.nodes - 1] = -len(people), len(people)
    rows = model.add_rows(nodes, lower=balance, upper=balance)
    for columns, tail, head in ((flow, paths.tail, paths.head), (leaving, leaves.tail, leaves.head)):
        model.enter(rows[tail], columns, -1.0)
        model.enter(rows[head], columns)
    taken = model.add_rows(len(leaves.count), lower=leaves.count, upper=leaves.count)
    into = np.nonzero(leaves.head >= paths.nodes)[0]
    model.enter(taken[leaves.head[into] - paths.nodes], leaving[into])
    serving = np.nonzero(paths.serves >= 0)[0]
    _limits(arrays, model, people, flow[serving], paths.serves[serving])
    _fairness(arrays, model, people, flow[serving], paths.serves[serving])
    return flow


def _links(
    arrays: Arrays, model: Model, teams: Teams, paths: Paths, groups: Sequence[_Group], flows: Sequence[Ints]
) -> None:
    """Of each type and period as many serve as stand in its slots."""
    periods = arrays.shape[1]
    rows = model.add_rows(arrays.types.people * periods, lower=0.0, upper=0.0)
    serving = np.nonzero(paths.serves >= 0)[0]
    for group, flow in zip(groups, flows, strict=True):
        model.enter(rows[group.kind * periods + paths.serves[serving]], flow[serving])
    named = teams.kind < arrays.types.people
    at = teams.kind[named] * periods + arrays.slots.period[teams.slot[named]]
    model.enter(rows[at], teams.y[named], -1.0)


def _limits(arrays: Arrays, model: Model, people: Ints, flow: Ints, serves: Ints) -> None:
    left = np.maximum(arrays.staff.left[people], 0.0).sum(axis=0)
    rows = model.add_rows(len(left), upper=left)
    for row, counts in zip(rows, arrays.calendar.limits, strict=True):
        mine = counts[serves] > 0
        model.enter(np.full(int(mine.sum()), row), flow[mine], counts[serves[mine]])


def _fairness(arrays: Arrays, model: Model, people: Ints, flow: Ints, serves: Ints) -> None:
    """All duties of a type against the sum of its people's bands."""
    fair, weights = arrays.fair, arrays.problem.weights
    night = arrays.calendar.night[serves]
    every = np.ones(len(serves), dtype=np.bool_)
    bands: tuple[tuple[Ints, Floats | float, float, float], ...] = (
        (flow[every], float(fair.high[people].sum()), 1.0, weights.fairness),
        (flow[every], float(fair.low[people].sum()), -1.0, weights.fairness),
        (flow[night], float(fair.nights[people].sum()), 1.0, weights.night),
    )
    for columns, edge, sign, cost in bands:
        row = model.add_rows(1, upper=sign * edge)
        model.enter(np.full(len(columns), row[0]), columns, sign)
        model.enter(row, model.add_columns(1, cost=cost), -1.0)

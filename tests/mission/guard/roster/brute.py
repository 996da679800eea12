"""The best roster of a small problem, found by trying everything: it shares no line with the planners.

People are added one after the other; of all ways to the same teams only the cheapest is kept.
"""

from collections.abc import Iterator
from itertools import combinations

from kawal.guard.roster.check import check
from kawal.guard.roster.problem import Duty, Person, Roster, RosterProblem, Slot
from kawal.guard.roster.recount import bands_of, recount

Team = tuple[int, int, int]
"""Of one slot: present, leaders, core."""


def cheapest(problem: RosterProblem) -> float:
    """The cost of the best roster that breaks no rule; weights of posts and zones must be 0."""
    ways: dict[tuple[Team, ...], float] = {tuple((0, 0, 0) for _ in problem.slots): 0.0}
    for person in problem.people:
        grown: dict[tuple[Team, ...], float] = {}
        for duties, cost in _schedules(problem, person):
            for teams, paid in ways.items():
                joined = _joined(problem, teams, person, duties)
                if joined is not None and paid + cost < grown.get(joined, float("inf")):
                    grown[joined] = paid + cost
        ways = grown
    return min(paid + _teams_cost(problem, teams) for teams, paid in ways.items())


def _schedules(problem: RosterProblem, person: Person) -> Iterator[tuple[tuple[int, ...], float]]:
    low, high, nights = bands_of(problem)[person.who]
    for n in range(len(problem.slots) + 1):
        for chosen in combinations(range(len(problem.slots)), n):
            slots = [problem.slots[at] for at in chosen]
            duties = tuple(Duty(slot.starts, slot.post, person.who, slot.ends) for slot in slots)
            if [one for one in check(problem, Roster(duties)) if one.rule not in ("team", "linmas-share")]:
                continue
            at_night = sum(_is_night(slot) for slot in slots)
            outside = max(0, n - high) + max(0, low - n)
            wishes = recount(problem, Roster(duties))["wishes"]
            yield chosen, 10.0 * outside + 5.0 * max(0, at_night - nights) + wishes


def _is_night(slot: Slot) -> bool:
    return (slot.starts // 3600 + 8) % 24 < 6


def _joined(
    problem: RosterProblem, teams: tuple[Team, ...], person: Person, duties: tuple[int, ...]
) -> tuple[Team, ...] | None:
    grown = list(teams)
    for at in duties:
        present, leaders, core = grown[at]
        if present == problem.slots[at].need:
            return None
        grown[at] = (present + 1, leaders + ("leader" in person.skills), core + (person.agency == "polri"))
    return tuple(grown)


def _teams_cost(problem: RosterProblem, teams: tuple[Team, ...]) -> float:
    cost = 0.0
    for slot, (present, leaders, core) in zip(problem.slots, teams, strict=True):
        least = min(problem.post_of[slot.post].min_team, slot.need)
        if 0 < present < least:
            return float("inf")
        risk = problem.weights.of_risk(problem.post_of[slot.post].risk)
        others = present - core  # the small problems know Polri and Linmas alone
        if any(others > slot.need // share.one_in for share in problem.rules.shares):
            return float("inf")
        cost += risk * 1000 * (slot.need - present) + risk * 600 * (slot.leader and not leaders)
        cost += risk * 300 * max(0, slot.core - core)
    return cost

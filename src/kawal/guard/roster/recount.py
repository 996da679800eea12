"""The cost of a roster counted again from the problem alone, tier by tier: the second half of the check."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from itertools import pairwise
from math import ceil, floor

from kawal.guard.roster.problem import DAY, HOUR, Duty, Force, Person, Roster, RosterProblem, Slot, Span

Hours = tuple[str, int, int]


def recount(problem: RosterProblem, roster: Roster, published: Roster | None = None) -> Mapping[str, float]:
    """Give each tier of the cost. published: what a re-plan started from."""
    teams = _teams(problem, roster)
    weights = problem.weights
    risk = {post.post: weights.of_risk(post.risk) for post in problem.posts}
    uncovered = missing = 0.0
    for slot in problem.slots:
        team = teams[slot.post, slot.starts, slot.ends]
        uncovered += weights.uncovered * risk[slot.post] * max(0, slot.need - sum(n for _, n in team))
        missing += risk[slot.post] * _missing(problem, slot, team)
    by_who: dict[str, list[Duty]] = defaultdict(list)
    for duty in sorted(roster.duties):
        by_who[duty.who].append(duty)
    return {
        "uncovered": uncovered,
        "missing": missing,
        "changes": 0.0 if published is None else _changes(problem, roster, published),
        "fairness": _fairness(problem, by_who),
        "wishes": sum(_wishes(problem, person, by_who[person.who]) for person in problem.people),
    }


Team = list[tuple[Person | Force, int]]


def _teams(problem: RosterProblem, roster: Roster) -> dict[Hours, Team]:
    person = {one.who: one for one in problem.people}
    force = {one.force: one for one in problem.forces}
    teams: dict[Hours, Team] = defaultdict(list)
    for duty in roster.duties:
        teams[duty.post, duty.starts, duty.ends].append((person[duty.who], 1))
    for one in roster.strengths:
        teams[one.post, one.starts, one.ends].append((force[one.force], one.n))
    return teams


def _missing(problem: RosterProblem, slot: Slot, team: Team) -> float:
    weights = problem.weights
    lacking = 0.0
    if slot.leader and not any("leader" in one.skills for one, n in team if n):
        lacking += weights.leader
    lacking += weights.core * max(0, slot.core - sum(n for one, n in team if one.agency == "polri"))
    for skill, wanted in slot.skills:
        lacking += weights.of_skill(skill) * max(0, wanted - sum(n for one, n in team if skill in one.skills))
    for agency, wanted in slot.agencies:
        lacking += weights.agency * max(0, wanted - sum(n for one, n in team if one.agency == agency))
    return lacking


def _changes(problem: RosterProblem, roster: Roster, published: Roster) -> float:
    old = {(one.who, one.starts, one.ends): one.post for one in published.duties}
    new = {(one.who, one.starts, one.ends): one.post for one in roster.duties}
    moved = sum(old[key] != new[key] for key in old.keys() & new.keys())
    lent_old = Counter({(one.force, one.post, one.starts, one.ends): one.n for one in published.strengths})
    lent_new = Counter({(one.force, one.post, one.starts, one.ends): one.n for one in roster.strengths})
    lent = sum(abs(lent_old[key] - lent_new[key]) for key in lent_old.keys() | lent_new.keys())
    weights = problem.weights
    return weights.change * (len(old.keys() ^ new.keys()) + lent) + weights.keep_post * moved


def bands_of(problem: RosterProblem) -> Mapping[str, tuple[int, int, int]]:
    """Each person's fair band: fewest duties, most duties, most nights."""
    hours = sorted({Span(slot.starts, slot.ends) for slot in problem.slots})
    days = {_day(problem, one.starts) for one in hours}
    at_hand = {
        p.who: len({_day(problem, one.starts) for one in hours if _is_open(problem, p, one)}) for p in problem.people
    }
    span = max(days, default=0) - min(days, default=0) + 1 if days else 0
    carried = sum(at_hand.values()) + span * sum(force.strength for force in problem.forces)
    need = sum(slot.need for slot in problem.slots)
    nights = sum(slot.need for slot in problem.slots if _is_night(problem, slot.starts, slot.ends))
    each = need / carried if carried else 0.0
    each_night = nights / carried if carried else 0.0
    return {
        who: (max(0, ceil(n * each) - 1), floor(n * each) + 1, floor(n * each_night) + 1) for who, n in at_hand.items()
    }


def _fairness(problem: RosterProblem, by_who: Mapping[str, list[Duty]]) -> float:
    weights, cost = problem.weights, 0.0
    for who, (low, high, nights) in bands_of(problem).items():
        duties = by_who.get(who, [])
        cost += weights.fairness * (max(0, len(duties) - high) + max(0, low - len(duties)))
        at_night = sum(_is_night(problem, one.starts, one.ends) for one in duties)
        cost += weights.night * max(0, at_night - nights)
    return cost


def _wishes(problem: RosterProblem, person: Person, duties: list[Duty]) -> float:
    weights = problem.weights
    area = {post.post: post.area for post in problem.posts}
    refused = sum(any(one.meets(duty.starts, duty.ends) for one in person.requests) for duty in duties)
    away = sum(_is_away(person.home, area[duty.post]) for duty in duties)
    moved = sum(one.post != other.post for one, other in pairwise(duties))
    return weights.request * refused + weights.zone * away + weights.moved * moved


def _is_away(home: str, area: str) -> bool:
    return bool(home and area) and not (home.startswith(area) or area.startswith(home))


def _is_open(problem: RosterProblem, person: Person, span: Span) -> bool:
    if any(one.meets(span.starts, span.ends) for one in person.leave):
        return False
    if person.since is not None and span.starts < person.since:
        return False
    if person.until is not None and span.ends > person.until:
        return False
    rested = [one.ends + problem.rules.rest_after(one.ends - one.starts) for one in person.history]
    return span.starts >= max(rested, default=span.starts)


def _day(problem: RosterProblem, at: int) -> int:
    return (at + problem.zone_hours * HOUR) // DAY


def _is_night(problem: RosterProblem, starts: int, ends: int) -> bool:
    night = problem.rules.night
    length = (night.to_hour - night.from_hour) % 24
    inside = [(at // HOUR + problem.zone_hours - night.from_hour) % 24 < length for at in range(starts, ends, HOUR)]
    return sum(inside) >= night.least_hours

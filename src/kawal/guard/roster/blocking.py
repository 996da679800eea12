"""Why nobody else can serve a slot: every rule that keeps each person from it, with the roster as it stands."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from kawal.guard.roster.calendar import is_night
from kawal.guard.roster.fitness import is_excluded, is_lapsed, may_enter
from kawal.guard.roster.problem import HOUR, Duty, Limit, Person, Roster, RosterProblem, Slot, Span, Strength

REST, BUSY, LEAVE, DATES, EXCLUSION, PLACE, ORDER, SHARE = (
    "rest", "busy", "leave", "dates", "exclusion", "place", "order", "share",
)  # fmt: skip
"""Blocks that are no limit; a limit blocks under the name of its rule."""


@dataclass(frozen=True)
class Served:
    """A roster by person: his duties in order, and who stands in each slot.

    asked: what was found of a person at some hours, which is the same for every post.
    """

    problem: RosterProblem
    duties: Mapping[str, tuple[Duty, ...]]
    team: Mapping[tuple[str, int, int], tuple[str, ...]]
    strengths: Mapping[tuple[str, int, int], tuple[Strength, ...]]
    person: Mapping[str, Person]
    asked: dict[tuple[str, int, int], frozenset[str]] = field(default_factory=dict, compare=False)

    def present(self, slot: Slot) -> int:
        """How many stand in a slot, forces too."""
        hours = (slot.post, slot.starts, slot.ends)
        return len(self.team.get(hours, ())) + sum(one.n for one in self.strengths.get(hours, ()))

    def short(self, slot: Slot) -> int:
        """How many are missing."""
        return max(0, slot.need - self.present(slot))


def served(problem: RosterProblem, roster: Roster) -> Served:
    """Look a roster up by person and by slot."""
    by_who: dict[str, list[Duty]] = defaultdict(list)
    team: dict[tuple[str, int, int], list[str]] = defaultdict(list)
    lent: dict[tuple[str, int, int], list[Strength]] = defaultdict(list)
    for duty in sorted(roster.duties):
        by_who[duty.who].append(duty)
        team[duty.post, duty.starts, duty.ends].append(duty.who)
    for one in roster.strengths:
        lent[one.post, one.starts, one.ends].append(one)
    return Served(
        problem,
        {who: tuple(duties) for who, duties in by_who.items()},
        {hours: tuple(people) for hours, people in team.items()},
        {hours: tuple(strengths) for hours, strengths in lent.items()},
        {person.who: person for person in problem.people},
    )


def blocks(stands: Served, person: Person, slot: Slot) -> frozenset[str]:
    """Every rule that keeps somebody from a slot; none means that he is free for it."""
    problem = stands.problem
    post = problem.post_of[slot.post]
    found = set()
    if is_lapsed(post, slot):
        found.add(ORDER)
    if not may_enter(problem, person, post):
        found.add(PLACE)
    elif is_excluded(person, post):
        found.add(EXCLUSION)
    if any(one.meets(slot.starts, slot.ends) for one in person.leave):
        found.add(LEAVE)
    if (person.since is not None and slot.starts < person.since) or (
        person.until is not None and slot.ends > person.until
    ):
        found.add(DATES)
    if _is_share_full(stands, person, slot):
        found.add(SHARE)
    hours = (person.who, slot.starts, slot.ends)
    if hours not in stands.asked:
        stands.asked[hours] = frozenset(_of_time(stands, person, slot))
    return stands.asked[hours] | found


def _of_time(stands: Served, person: Person, slot: Slot) -> set[str]:
    spans = [*person.history, *(Span(one.starts, one.ends) for one in stands.duties.get(person.who, ()))]
    if any(one.meets(slot.starts, slot.ends) for one in spans):
        # Somebody on duty these very hours would leave that duty: what he rests and has served is not the question.
        return {BUSY}
    found = {limit.rule for limit in stands.problem.rules.limits if _is_over(stands.problem, spans, slot, limit)}
    if rest_left(stands, person, slot) is not None:
        found.add(REST)
    return found


def rest_left(stands: Served, person: Person, slot: Slot) -> float | None:
    """Hours he would rest beside his nearest duty if he served the slot too; None where the rule would be kept."""
    rules, least = stands.problem.rules, None
    own = rules.rest_after(slot.ends - slot.starts)
    for one in [*person.history, *(Span(d.starts, d.ends) for d in stands.duties.get(person.who, ()))]:
        before = slot.starts - one.ends
        after = one.starts - slot.ends
        if 0 <= before < rules.rest_after(one.ends - one.starts) or 0 <= after < own:
            gap = (before if before >= 0 else after) / HOUR
            least = gap if least is None else min(least, gap)
    return least


def _is_over(problem: RosterProblem, spans: list[Span], slot: Slot, limit: Limit) -> bool:
    own = Span(slot.starts, slot.ends)
    counted = {span: _counts(problem, span, limit) for span in (*spans, own)}
    if not counted[own]:
        return False
    day = problem.day_of(slot.starts)
    for first in range(day - limit.days + 1, day + 1):
        inside = [span for span in counted if first <= problem.day_of(span.starts) < first + limit.days]
        if limit.what == "days":
            used = float(len({problem.day_of(span.starts) for span in inside}))
        else:
            used = sum(counted[span] for span in inside)
        if used > limit.most:
            return True
    return False


def _counts(problem: RosterProblem, span: Span, limit: Limit) -> float:
    if limit.what == "nights":
        return float(is_night(span, problem.rules.night, problem.zone_hours))
    return (span.ends - span.starts) / HOUR if limit.what == "hours" else 1.0


def _is_share_full(stands: Served, person: Person, slot: Slot) -> bool:
    team = stands.team.get((slot.post, slot.starts, slot.ends), ())
    own = sum(stands.person[who].agency == person.agency for who in team)
    return any(
        share.agency == person.agency and own >= slot.need // share.one_in for share in stands.problem.rules.shares
    )

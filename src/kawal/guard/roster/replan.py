"""A published roster after something happened: sick people, extra demand, a pleno that slips; few people touched."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from kawal.guard.roster.arrays import Arrays, Filled, arrays_of, filled_of, roster_of
from kawal.guard.roster.calendar import Bools
from kawal.guard.roster.check import Breach, check, check_frozen
from kawal.guard.roster.costs import cost_of, counts_of, weighed
from kawal.guard.roster.improve import Budget, Progress
from kawal.guard.roster.model import SOLVER
from kawal.guard.roster.naming import named
from kawal.guard.roster.plan import BreaksRules
from kawal.guard.roster.problem import Duty, Person, Roster, RosterPlan, RosterProblem, Span, Strength
from kawal.guard.roster.recount import recount
from kawal.guard.roster.window import Window, solve_window

MOST_REPAIRS = 20


@dataclass(frozen=True, slots=True, order=True)
class Change:
    """What a re-plan changes for somebody. was, now: his post for these hours, "" for none. why_*: the cause."""

    starts: int
    who: str
    ends: int
    was: str
    now: str
    why_id: str
    why_en: str


@dataclass(frozen=True)
class Replan:
    """The new roster, what it changes and why. future: duties published for after `now`; kept: those that stand.

    lost: duties that could not stand; gap: of the windows solved, proven.
    """

    plan: RosterPlan
    changes: tuple[Change, ...]
    future: int
    kept: int
    lost: int
    gap: float

    @property
    def unchanged(self) -> float:
        """The part of the future duties that stand as published."""
        return self.kept / self.future if self.future else 1.0


def replan(
    problem: RosterProblem, published: Roster, now: int, budget: Budget, *, window_days: int = 3, seed: int = 0
) -> Replan:
    """Repair a published roster for the problem as it is now. Nothing that began before `now` changes.

    problem: with its new leaves, slots and orders. Raises: BreaksRules, UnknownToTheRoster.
    """
    past, future = _split(published, now)
    hours = {(slot.post, slot.starts, slot.ends) for slot in problem.slots}
    gone = [duty for duty in past.duties if (duty.post, duty.starts, duty.ends) not in hours]
    standing = Roster(
        tuple(duty for duty in past.duties if (duty.post, duty.starts, duty.ends) in hours),
        tuple(one for one in past.strengths if (one.post, one.starts, one.ends) in hours),
    )
    _, ordered = _split(problem.pinned, now)
    future = _joined(future, ordered)
    working = replace(problem, pinned=_joined(standing, ordered), people=_with_history(problem, gone))
    kept, why = _still_valid(working, standing, future, now)
    arrays = arrays_of(working)
    start = filled_of(arrays, kept)
    filled, gap = _repair(arrays, start, _affected(arrays, start, published, now), now, budget, window_days, seed)
    roster = _joined(roster_of(arrays, filled), past)
    breaches = (*(one for one in check(problem, roster) if one.at >= now), *check_frozen(published, roster, now))
    if breaches:
        raise BreaksRules(breaches)
    tiers = recount(working, roster_of(arrays, filled), kept)
    start_cost = cost_of(arrays, start, start)
    plan = RosterPlan(roster, tiers, start_cost, None, seed, 0, SOLVER)
    _, future = _split(published, now)
    stands = len(set(future.duties) & set(roster.duties))
    changes = tuple(sorted(_changes(future, roster, why, now)))
    return Replan(plan, changes, len(future.duties), stands, len(why), gap)


def _split(roster: Roster, now: int) -> tuple[Roster, Roster]:
    def part(is_past: bool) -> Roster:
        return Roster(
            tuple(one for one in roster.duties if (one.starts < now) == is_past),
            tuple(one for one in roster.strengths if (one.starts < now) == is_past),
        )

    return part(True), part(False)


def _joined(roster: Roster, past: Roster) -> Roster:
    return Roster(tuple(sorted({*roster.duties, *past.duties})), tuple(sorted({*roster.strengths, *past.strengths})))


def _with_history(problem: RosterProblem, gone: Iterable[Duty]) -> tuple[Person, ...]:
    """Duties whose hours the problem no longer has were served all the same."""
    served: dict[str, list[Span]] = {}
    for duty in gone:
        served.setdefault(duty.who, []).append(Span(duty.starts, duty.ends))
    return tuple(
        replace(person, history=(*person.history, *served[person.who])) if person.who in served else person
        for person in problem.people
    )


def _still_valid(problem: RosterProblem, past: Roster, future: Roster, now: int) -> tuple[Roster, dict[Duty, Breach]]:
    """What of the published future may stand, and why each of the others may not."""
    why: dict[Duty, Breach] = {}
    duties, strengths = set(future.duties), set(future.strengths)
    for _ in range(MOST_REPAIRS):
        roster = Roster((*past.duties, *sorted(duties)), (*past.strengths, *sorted(strengths)))
        breaches = [one for one in check(problem, roster) if one.at >= now]
        if not breaches:
            break
        for breach in breaches:
            for duty in _duties_of(breach, duties, problem):
                why[duty] = breach
                duties.discard(duty)
            strengths -= {one for one in strengths if _takes(breach, one)}
    return Roster((*past.duties, *sorted(duties)), (*past.strengths, *sorted(strengths))), why


def _takes(breach: Breach, one: Strength) -> bool:
    return (one.post, one.starts) == (breach.post, breach.at) and breach.who in ("", one.force)


def _duties_of(breach: Breach, duties: set[Duty], problem: RosterProblem) -> list[Duty]:
    """The duties that a breach takes away: one person's, or as many of a team as are too many."""
    here = sorted(one for one in duties if (one.post, one.starts) == (breach.post, breach.at))
    if breach.who:
        return [one for one in here if one.who == breach.who]
    if breach.rule == "overfull":
        need = next(s.need for s in problem.slots if (s.post, s.starts) == (breach.post, breach.at))
        return here[need:]
    if breach.rule == "team":
        return here
    agencies = {person.who: person.agency for person in problem.people}
    capped = {share.agency for share in problem.rules.shares if share.rule == breach.rule}
    return [one for one in here if agencies[one.who] in capped][-1:]


def _affected(arrays: Arrays, start: Filled, published: Roster, now: int) -> Bools:
    """Periods after `now` in which something is short that the published roster had filled, or that is new: (T,)."""
    calendar, problem = arrays.calendar, arrays.problem
    wrong = weighed(arrays, counts_of(arrays, start)) > 0
    hours = {(slot.post, slot.starts, slot.ends): at for at, slot in enumerate(problem.slots)}
    before = np.zeros(len(problem.slots), dtype=np.int64)
    for duty in published.duties:
        at = hours.get((duty.post, duty.starts, duty.ends))
        if at is not None:
            before[at] += 1
    for one in published.strengths:
        at = hours.get((one.post, one.starts, one.ends))
        if at is not None:
            before[at] += one.n
    present = counts_of(arrays, start).sum(axis=0)
    is_new = (before == 0) | (present < before) | (before < arrays.slots.need)
    touched = np.zeros(arrays.shape[1], dtype=np.bool_)
    touched[arrays.slots.period[wrong & is_new]] = True
    return touched & (calendar.starts >= now)


def _repair(
    arrays: Arrays, start: Filled, affected: Bools, now: int, budget: Budget, days: int, seed: int
) -> tuple[Filled, float]:
    """Windows one after the other over what is affected, each taken only where the cost with its changes falls."""
    best, worst_gap = start, 0.0
    cost = cost_of(arrays, best, start)
    day = arrays.calendar.day
    while affected.any() and not budget.is_over:
        first = int(day[affected].min())
        periods = (day >= first) & (day < first + days) & (arrays.calendar.starts >= now)
        budget.report(Progress("replan", int(first), arrays.calendar.days, cost))
        chosen = solve_window(arrays, best, Window(periods, published=start), budget.effort(seed, gap=1e-3))
        affected = affected & ~periods
        if chosen is None:
            continue
        made = named(arrays, best, chosen, periods, start)
        new = cost_of(arrays, made, start)
        worst_gap = max(worst_gap, chosen.gap)
        if new <= cost:
            best, cost = made, new
    return best, worst_gap


def _changes(future: Roster, roster: Roster, why: dict[Duty, Breach], now: int) -> list[Change]:
    old = {(one.who, one.starts, one.ends): one.post for one in future.duties}
    new = {(one.who, one.starts, one.ends): one.post for one in roster.duties if one.starts >= now}
    causes = {(duty.who, duty.starts, duty.ends): breach for duty, breach in why.items()}
    made = []
    for who, starts, ends in sorted(old.keys() | new.keys()):
        was, becomes = old.get((who, starts, ends), ""), new.get((who, starts, ends), "")
        if was != becomes:
            made.append(Change(starts, who, ends, was, becomes, *_cause(causes.get((who, starts, ends)), was, becomes)))
    return made


def _cause(breach: Breach | None, was: str, becomes: str) -> tuple[str, str]:
    if breach is not None:
        return breach.says_id, breach.says_en
    if becomes:
        return f"Mengisi kekurangan di {becomes}.", f"Fills what is short at {becomes}."
    return f"Diganti di {was} agar istirahatnya cukup.", f"Replaced at {was} so that he rests enough."


def people_touched(changes: Sequence[Change]) -> int:
    """How many people a re-plan concerns."""
    return len({change.who for change in changes})

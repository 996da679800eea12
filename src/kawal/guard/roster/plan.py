"""Make a roster: by hand first, then by flow, then window by window; checked before anybody sees it."""

from collections.abc import Callable
from dataclasses import replace

from kawal.guard.roster.arrays import Arrays, Filled, arrays_of, roster_of
from kawal.guard.roster.bound import Bound, lower_bound
from kawal.guard.roster.check import Breach, check
from kawal.guard.roster.costs import cost_of
from kawal.guard.roster.flowing import flowing
from kawal.guard.roster.greedy import greedy
from kawal.guard.roster.improve import Budget, Improved, Progress, improve
from kawal.guard.roster.model import SOLVER
from kawal.guard.roster.problem import Roster, RosterPlan, RosterProblem
from kawal.guard.roster.recount import recount

BOUND_PART = 0.5
"""The part of the time that the bound may take; without it, windows begin from the roster made by hand."""
Found = Callable[[RosterPlan], None]


class BreaksRules(RuntimeError):
    """A roster that broke a hard rule; it is never given out."""

    def __init__(self, breaches: tuple[Breach, ...]) -> None:
        super().__init__("; ".join(f"{one.says_id} / {one.says_en}" for one in breaches[:5]))
        self.breaches = breaches


class PinnedBreaks(BreaksRules):
    """What is pinned already breaks a rule by itself: no roster can keep both. Unpin one of them."""


def _nobody(_: RosterPlan) -> None:
    return None


def plan_roster(problem: RosterProblem, budget: Budget, *, seed: int = 0, found: Found = _nobody) -> RosterPlan:
    """Plan as well as the time allows; always a valid roster, the one made by hand at worst.

    found: is told of each roster that may stand already, so that a killed process has left one.
    Raises: PinnedBreaks, BreaksRules, UnknownToTheRoster.
    """
    refuse_broken_pins(problem)
    arrays = arrays_of(problem)
    by_hand = greedy(arrays)
    start_cost = cost_of(arrays, by_hand)
    found(checked(arrays, by_hand, start_cost, None, seed))
    bound = None
    if not budget.is_over and arrays.shape[0]:
        budget.report(Progress("bound", 0, 1, start_cost))
        bound = lower_bound(arrays, budget, most_seconds=BOUND_PART * budget.remaining())
    start = _best_start(arrays, by_hand, bound, budget)
    value = bound.value if bound is not None else None
    told = replace(budget, report=lambda one: budget.report(replace(one, bound=value)))
    best = Improved(start, cost_of(arrays, start), 0)
    if not budget.is_over:
        best = improve(arrays, start, told, seed=seed, enough=value)
    return checked(arrays, best.filled, start_cost, value, seed, best.windows)


def refuse_broken_pins(problem: RosterProblem) -> None:
    """Raises: PinnedBreaks."""
    if problem.pinned.duties or problem.pinned.strengths:
        # A pinned team may still be filled up, so only its size is not judged yet.
        breaches = tuple(one for one in check(problem, problem.pinned) if one.rule != "team")
        if breaches:
            raise PinnedBreaks(breaches)


def checked(
    arrays: Arrays, filled: Filled, start_cost: float, bound: float | None, seed: int, windows: int = 0
) -> RosterPlan:
    """A roster with its cost as the checker counts it. Raises: BreaksRules."""
    roster = roster_of(arrays, filled)
    return vouched(arrays.problem, roster, start_cost, bound, seed, windows)


def vouched(
    problem: RosterProblem, roster: Roster, start_cost: float, bound: float | None, seed: int, windows: int
) -> RosterPlan:
    """A roster that the checker lets pass. Raises: BreaksRules."""
    breaches = check(problem, roster)
    if breaches:
        raise BreaksRules(breaches)
    return RosterPlan(roster, recount(problem, roster), start_cost, bound, seed, windows, SOLVER)


def _best_start(arrays: Arrays, by_hand: Filled, bound: Bound | None, budget: Budget) -> Filled:
    if bound is None or budget.is_over:
        return by_hand
    by_flow = flowing(arrays, bound, budget)
    return min((by_hand, by_flow), key=lambda one: cost_of(arrays, one))

"""The planner against the truth: never a rule broken, never below its bound, never worse than by hand."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kawal.guard.roster.arrays import arrays_of, filled_of, roster_of
from kawal.guard.roster.bound import lower_bound
from kawal.guard.roster.check import check
from kawal.guard.roster.costs import tiers_of
from kawal.guard.roster.greedy import greedy
from kawal.guard.roster.improve import Budget, Progress
from kawal.guard.roster.plan import PinnedBreaks, plan_roster
from kawal.guard.roster.problem import (
    DAY,
    HOUR,
    Duty,
    Force,
    Person,
    Post,
    Roster,
    RosterPlan,
    RosterProblem,
    Slot,
    Span,
)
from kawal.guard.roster.recount import recount
from kawal.guard.roster.rules import usual_rules
from kawal.guard.roster.weights import Weights
from tests.mission.guard.roster.brute import cheapest
from tests.mission.guard.roster.scene import OFFICE, SATURDAY, STORE, STRICT, guards, problem, shifts

ENOUGH = Budget(windows=6)
PLAIN = Weights(moved=0.0, zone=0.0)
small = settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@st.composite
def people(draw: st.DrawFn) -> tuple[Person, ...]:
    """One to five, some of whom lead, some of Linmas, some on leave, some who just served."""
    made = []
    for at in range(draw(st.integers(1, 5))):
        day = SATURDAY + draw(st.integers(0, 1)) * DAY
        made.append(
            Person(
                f"p-{at}",
                agency=draw(st.sampled_from(["polri", "polri", "linmas"])),
                skills=frozenset(draw(st.sets(st.sampled_from(["leader", "driver"])))),
                leave=draw(st.sampled_from([(), (), (Span(day, day + DAY),)])),
                requests=draw(st.sampled_from([(), (Span(day, day + DAY),)])),
                exclusions=draw(st.sampled_from([frozenset(), frozenset({"640217"})])),
                history=draw(st.sampled_from([(), (Span(SATURDAY - 16 * HOUR, SATURDAY - 8 * HOUR),)])),
            )
        )
    return tuple(made)


@st.composite
def problems(draw: st.DrawFn) -> RosterProblem:
    """Two days at one or two posts."""
    store = replace(STORE, min_team=draw(st.integers(1, 2)), risk=draw(st.sampled_from(["less", "high"])))
    need, leads = draw(st.integers(1, 3)), draw(st.booleans())
    slots = shifts(store, need, days=2, leader=leads, core=draw(st.integers(0, 1)))
    if draw(st.booleans()):
        slots += shifts(OFFICE, 1, days=1)[:1]
    return replace(problem(draw(people()), slots, posts=(store, OFFICE), rules=STRICT), weights=PLAIN)


@small
@given(problems())
def test_the_planner_finds_what_trying_everything_finds(asked: RosterProblem) -> None:
    best = cheapest(asked)
    plan = plan_roster(asked, ENOUGH)
    assert plan.lower_bound is not None
    assert plan.lower_bound <= best + 1e-3
    assert plan.cost == pytest.approx(best, rel=2e-4, abs=1e-3)


@small
@given(problems(), st.integers(0, 3))
def test_every_roster_keeps_every_rule_and_is_no_worse_than_by_hand(asked: RosterProblem, seed: int) -> None:
    arrays = arrays_of(asked)
    by_hand = roster_of(arrays, greedy(arrays))
    assert check(asked, by_hand) == ()
    plan = plan_roster(asked, Budget(windows=2), seed=seed)
    assert check(asked, plan.roster) == ()
    assert plan.cost <= sum(recount(asked, by_hand).values()) + 1e-6


@small
@given(problems())
def test_planners_and_checker_count_the_same_cost(asked: RosterProblem) -> None:
    arrays = arrays_of(asked)
    filled = greedy(arrays)
    assert dict(tiers_of(arrays, filled)) == pytest.approx(dict(recount(asked, roster_of(arrays, filled))))
    assert (filled_of(arrays, roster_of(arrays, filled)).at == filled.at).all()


def fortnight() -> RosterProblem:
    """Thirty people at three posts for ten days."""
    third = Post("kpu-6402", "Pos KPU", "", "6402", "office", "high")
    slots = (*shifts(STORE, 4, days=10, leader=True), *shifts(OFFICE, 3, days=10), *shifts(third, 3, days=10))
    return problem(guards(30, leaders=9, home="6402"), slots, posts=(STORE, OFFICE, third), rules=usual_rules())


def test_the_same_seed_gives_the_same_roster() -> None:
    one, other = (plan_roster(fortnight(), Budget(windows=3, nodes=50), seed=2) for _ in range(2))
    assert one == other
    assert one.windows == 3


def test_a_plan_that_is_cancelled_at_once_is_the_one_made_by_hand() -> None:
    asked = fortnight()
    plan = plan_roster(asked, Budget(is_cancelled=lambda: True))
    assert check(asked, plan.roster) == ()
    assert (plan.cost, plan.status, plan.windows) == (plan.start_cost, "unbounded", 0)


def test_a_plan_that_is_cancelled_between_windows_is_valid_and_better_than_by_hand() -> None:
    asked = fortnight()
    seen: list[Progress] = []
    stop = Budget(report=seen.append, is_cancelled=lambda: len(seen) > 2)
    found: list[RosterPlan] = []
    plan = plan_roster(asked, stop, found=found.append)
    assert check(asked, plan.roster) == ()
    assert plan.cost < plan.start_cost
    assert [one.cost for one in found] == [plan.start_cost]


def test_time_that_is_over_gives_the_roster_made_by_hand() -> None:
    plan = plan_roster(fortnight(), Budget(remaining=lambda: 0.0))
    assert plan.cost == plan.start_cost


def test_what_is_pinned_stands_even_where_another_would_serve_better() -> None:
    slots = shifts(STORE, 1, days=1)
    pinned = Roster((Duty(slots[0].starts, STORE.post, "p-1", slots[0].ends),))
    asked = replace(problem(guards(2), slots, rules=STRICT), pinned=pinned)
    wishful = replace(
        asked, people=(asked.people[0], replace(asked.people[1], requests=(Span(SATURDAY, SATURDAY + DAY),)))
    )
    assert pinned.duties[0] in plan_roster(wishful, ENOUGH).roster.duties


def test_pins_that_break_a_rule_are_refused_with_the_rule() -> None:
    slots = shifts(STORE, 1, days=1)
    both = tuple(Duty(slot.starts, STORE.post, "p-0", slot.ends) for slot in slots[:2])
    with pytest.raises(PinnedBreaks) as refused:
        plan_roster(replace(problem(guards(2), slots, rules=STRICT), pinned=Roster(both)), ENOUGH)
    assert [one.rule for one in refused.value.breaches] == ["nights", "rest"] or refused.value.breaches[
        0
    ].rule == "rest"


def test_a_force_is_a_strength_that_its_own_commander_names() -> None:
    slots = shifts(OFFICE, 3, days=2, agencies=(("linmas", 1),))
    asked = replace(problem(guards(9), slots, rules=STRICT), forces=(Force("linmas-6474", "linmas-6474", "linmas", 3),))
    plan = plan_roster(asked, ENOUGH)
    assert plan.tiers["missing"] == 0
    assert [one.n for one in plan.roster.strengths] == [1] * 6
    assert {duty.who[:2] for duty in plan.roster.duties} == {"p-"}


def test_two_men_or_nobody() -> None:
    store = replace(STORE, min_team=2)
    plan = plan_roster(problem(guards(1), shifts(store, 2), posts=(store, OFFICE)), ENOUGH)
    assert plan.roster.duties == ()


def test_shifts_of_a_day_and_of_twelve_hours_share_a_roster() -> None:
    slots = (*shifts(STORE, 1, days=2), Slot(OFFICE.post, SATURDAY + 8 * HOUR, SATURDAY + 32 * HOUR, 1))
    asked = problem(guards(6), slots, rules=replace(STRICT, limits=()))
    plan = plan_roster(asked, ENOUGH)
    assert plan.tiers["uncovered"] == 0
    assert check(asked, plan.roster) == ()


def test_nothing_is_planned_past_the_end_of_an_order() -> None:
    store = replace(STORE, until=SATURDAY + DAY)
    asked = problem(guards(9), shifts(store, 1, days=2), posts=(store, OFFICE), rules=STRICT)
    plan = plan_roster(asked, ENOUGH)
    assert max(duty.ends for duty in plan.roster.duties) == SATURDAY + DAY
    assert plan.tiers["uncovered"] == 3 * 2000


def test_the_bound_lies_below_every_roster_of_a_larger_problem() -> None:
    asked = fortnight()
    bound = lower_bound(arrays_of(asked), Budget())
    assert bound is not None
    plan = plan_roster(asked, Budget(windows=10))
    assert bound.value <= plan.cost
    assert plan.gap is not None
    assert plan.gap < 0.05

"""After a roster is published somebody falls ill, a store needs more, a pleno slips: few people are touched."""

from dataclasses import replace

import pytest

from kawal.guard.roster.check import check, check_frozen
from kawal.guard.roster.improve import Budget
from kawal.guard.roster.plan import plan_roster
from kawal.guard.roster.problem import DAY, HOUR, Force, Roster, RosterProblem, Slot, Span
from kawal.guard.roster.replan import Replan, people_touched, replan
from kawal.guard.roster.rules import usual_rules
from kawal.guard.roster.what_if import what_if
from tests.mission.guard.roster.scene import OFFICE, SATURDAY, STORE, guards, problem, shifts

NOW = SATURDAY + 2 * DAY + 9 * HOUR
"""The third day, an hour into the day shift."""


def week() -> RosterProblem:
    slots = (*shifts(STORE, 3, days=6, leader=True), *shifts(OFFICE, 2, days=6))
    return problem(guards(22, leaders=8), slots, rules=usual_rules())


@pytest.fixture(scope="module")
def published() -> Roster:
    return plan_roster(week(), Budget(windows=6)).roster


def with_sick(asked: RosterProblem, *sick: str) -> RosterProblem:
    leave = (Span(NOW, NOW + 2 * DAY),)
    return replace(asked, people=tuple(replace(one, leave=leave) if one.who in sick else one for one in asked.people))


def with_more(asked: RosterProblem, more: int) -> RosterProblem:
    def larger(slot: Slot) -> Slot:
        is_soon = slot.post == STORE.post and NOW <= slot.starts < NOW + DAY
        return replace(slot, need=slot.need + more) if is_soon else slot

    return replace(asked, slots=tuple(larger(slot) for slot in asked.slots))


def serving_after(roster: Roster, now: int) -> list[str]:
    return sorted({duty.who for duty in roster.duties if now <= duty.starts < now + 2 * DAY})


def test_nothing_happens_when_nothing_happened(published: Roster) -> None:
    done = replan(week(), published, NOW, Budget())
    assert done.plan.roster == published
    assert (done.changes, done.unchanged) == ((), 1.0)


def test_the_duties_of_the_sick_are_taken_over_and_few_are_touched(published: Roster) -> None:
    sick = serving_after(published, NOW)[0]
    asked = with_sick(week(), sick)
    done = replan(asked, published, NOW, Budget())
    ill = [one for one in done.changes if one.who == sick]
    assert ill
    assert all("sedang cuti atau sakit" in one.why_id and not one.now for one in ill)
    assert done.lost == len(ill)
    assert people_touched(done.changes) <= 2 + 2 * done.lost
    assert done.unchanged > 0.85
    assert [one for one in check(asked, done.plan.roster) if one.at >= NOW] == []


def test_what_began_before_now_is_as_it_was(published: Roster) -> None:
    asked = with_more(with_sick(week(), *serving_after(published, NOW)[:3]), 1)
    done = replan(asked, published, NOW, Budget())
    assert check_frozen(published, done.plan.roster, NOW) == ()
    assert all(change.starts >= NOW for change in done.changes)
    assert done.changes


def test_a_duty_ordered_for_the_future_is_kept_by_a_re_plan(published: Roster) -> None:
    pinned = next(duty for duty in sorted(published.duties) if duty.starts > NOW)
    asked = replace(with_more(week(), 1), pinned=Roster((pinned,)))
    assert pinned in replan(asked, published, NOW, Budget()).plan.roster.duties


def test_extra_demand_is_filled(published: Roster) -> None:
    done = replan(with_more(week(), 1), published, NOW, Budget())
    assert done.plan.tiers["uncovered"] == 0
    assert {one.why_id for one in done.changes if one.now} >= {f"Mengisi kekurangan di {STORE.post}."}


def test_less_demand_sends_the_surplus_home(published: Roster) -> None:
    done = replan(with_more(week(), -1), published, NOW, Budget())
    assert done.lost == 3
    assert all("diminta" in one.why_id for one in done.changes if not one.now)


def slipped(asked: RosterProblem) -> RosterProblem:
    """The store closes two days later, the office of the future stands a day less."""
    later = shifts(STORE, 3, days=2, since=SATURDAY + 6 * DAY, leader=True)
    gone = {(OFFICE.post, SATURDAY + 5 * DAY + 8 * HOUR * at) for at in range(3)}
    return replace(asked, slots=(*(one for one in asked.slots if (one.post, one.starts) not in gone), *later))


def test_a_pleno_that_slips_is_guarded_as_long_as_it_lasts(published: Roster) -> None:
    done = replan(slipped(week()), published, NOW, Budget())
    hours = {(slot.post, slot.starts) for slot in slipped(week()).slots}
    assert {(duty.post, duty.starts) for duty in done.plan.roster.duties if duty.starts >= NOW} <= hours
    assert max(duty.ends for duty in done.plan.roster.duties) == SATURDAY + 8 * DAY


def test_hours_served_at_a_post_that_is_gone_still_count_as_served(published: Roster) -> None:
    closed = replace(week(), slots=tuple(slot for slot in week().slots if slot.post == STORE.post))
    done: Replan = replan(closed, published, NOW, Budget())
    past = {duty for duty in published.duties if duty.starts < NOW}
    assert past <= set(done.plan.roster.duties)
    assert all(duty.post == STORE.post for duty in done.plan.roster.duties if duty.starts >= NOW)


def test_a_force_that_is_called_away_is_replaced() -> None:
    forces = (Force("linmas-1", "linmas", "linmas", 6),)
    asked = replace(week(), forces=forces, people=guards(20, leaders=8))
    roster = plan_roster(asked, Budget(windows=4)).roster
    away = replace(asked, forces=(replace(forces[0], until=NOW),))
    done = replan(away, roster, NOW, Budget())
    assert not [one for one in done.plan.roster.strengths if one.starts >= NOW]
    assert [one for one in check(away, done.plan.roster) if one.at >= NOW] == []


def test_who_insists_is_shown_who_gives() -> None:
    asked = problem(guards(6), (*shifts(STORE, 1), *shifts(OFFICE, 2)), rules=usual_rules())
    roster = plan_roster(asked, Budget(windows=4)).roster
    short = next(
        slot
        for slot in asked.slots
        if sum(d.post == slot.post and d.starts == slot.starts for d in roster.duties) < slot.need
    )
    insisted = what_if(asked, roster, short, Budget())
    assert insisted.roster is not None
    assert check(asked, insisted.roster) == ()
    assert sum(n for _, n in insisted.gives) >= 1
    assert insisted.taken
    assert insisted.added
    assert insisted.extra_cost >= 0


def test_who_insists_on_the_impossible_is_told_so() -> None:
    asked = problem(guards(2), shifts(STORE, 3), rules=usual_rules())
    roster = plan_roster(asked, Budget(windows=2)).roster
    assert what_if(asked, roster, asked.slots[0], Budget()).roster is None

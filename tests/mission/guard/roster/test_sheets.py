"""A roster as people use it: manifest, plotting sheet, fairness, JSON there and back."""

import csv
import io
from dataclasses import replace

import pytest

from kawal.election.manifests import COLUMNS, rows
from kawal.guard.roster.as_json import BadProblem, as_json, read_plan, read_problem, read_roster
from kawal.guard.roster.fairness import fairness
from kawal.guard.roster.improve import Budget
from kawal.guard.roster.plan import plan_roster
from kawal.guard.roster.problem import HOUR, Duty, Force, Person, Roster, RosterProblem, Strength
from kawal.guard.roster.rules import usual_rules
from kawal.guard.roster.sheets import manifest, manifest_rows, plotting, seniority
from tests.mission.guard.roster.scene import OFFICE, SATURDAY, STORE, guards, problem, shifts

EIGHT = 8 * HOUR


def duty(who: str, at: int = 0, post: str = STORE.post) -> Duty:
    return Duty(SATURDAY + at * EIGHT, post, who, SATURDAY + (at + 1) * EIGHT)


def test_the_manifest_is_the_one_that_the_register_reads() -> None:
    roster = Roster((duty("p-1"), duty("p-0")), (Strength(SATURDAY, STORE.post, "linmas-1", SATURDAY + EIGHT, 2),))
    text = manifest(roster)
    assert tuple(next(csv.reader(io.StringIO(text.decode())))) == COLUMNS["roster"]
    assert [row["who"] for row in rows(text, "roster")] == ["p-0", "p-1"]


def test_duties_that_touch_are_one_row() -> None:
    assert manifest_rows(Roster((duty("p-0", 0), duty("p-0", 1), duty("p-0", 4)))) == (
        (STORE.post, "p-0", SATURDAY, SATURDAY + 2 * EIGHT),
        (STORE.post, "p-0", SATURDAY + 4 * EIGHT, SATURDAY + 5 * EIGHT),
    )


def test_the_highest_rank_that_may_lead_stands_first_on_the_plotting_sheet() -> None:
    people = (
        Person("p-a", rank="Bripda", skills=frozenset({"leader"})),
        Person("p-b", rank="AIPTU", skills=frozenset({"leader"})),
        Person("p-c", rank="Iptu"),
    )
    asked = replace(problem(people, shifts(STORE, 6)), forces=(Force("linmas-1", "linmas", "linmas", 2),))
    lent = Strength(SATURDAY, STORE.post, "linmas-1", SATURDAY + EIGHT, 2)
    night, morning, _ = plotting(asked, Roster((duty("p-a"), duty("p-b"), duty("p-c")), (lent,)))
    assert (night.leader, night.team, dict(night.lent)) == ("p-b", ("p-c", "p-a"), {"linmas-1": 2})
    assert (night.present, night.short, night.when_id) == (5, 1, "Sabtu 00.00-08.00")
    assert (morning.leader, morning.short) == ("", 6)


@pytest.mark.parametrize(
    ("high", "low"), [("IPTU", "AIPTU"), ("Aipda", "BRIPKA"), ("Bripka", "Bripda"), ("Bharada", "?")]
)
def test_ranks_stand_in_their_order(high: str, low: str) -> None:
    assert seniority(high) < seniority(low)


def test_fairness_counts_who_lies_outside_his_part() -> None:
    asked = problem(guards(3, home="6474"), (*shifts(STORE, 1, days=2), *shifts(OFFICE, 1, days=1)))
    uneven = Roster(tuple(duty("p-0", at) for at in range(5)))
    told = fairness(asked, uneven)
    assert (told.fewest, told.most, told.people) == (0, 5, 3)
    assert told.outside == 1.0
    assert told.away == 1.0
    assert fairness(asked, Roster(tuple(duty(f"p-{at % 3}", at) for at in range(6)))).outside < told.outside


def full_problem() -> RosterProblem:
    people = (
        Person("p-0", exclusions=frozenset({"640217"}), skills=frozenset({"leader"}), since=SATURDAY),
        Person("p-1"),
    )
    made = problem(people, shifts(STORE, 2, agencies=(("linmas", 1),)), rules=usual_rules())
    forces = (Force("linmas-1", "linmas", "linmas", 3),)
    return replace(made, forces=forces, pinned=Roster((duty("p-1"),)))


def test_problems_and_plans_come_back_from_json_as_they_were() -> None:
    asked = full_problem()
    assert read_problem(as_json(asked)) == asked
    plan = plan_roster(asked, Budget(windows=2))
    assert read_plan(as_json(plan)) == plan
    assert read_roster(as_json(plan.roster)) == plan.roster


@pytest.mark.parametrize(
    ("broken", "says"),
    [
        ({"people": []}, "posts"),
        ([], "objek"),
        ({"people": [{"who": 5}], "posts": [], "slots": [], "rules": {}}, "people[0].who"),
        ({"people": [{"who": "p", "votes": 1}], "posts": [], "slots": [], "rules": {}}, "people[0]"),
        ({"people": "all", "posts": [], "slots": [], "rules": {}}, "people"),
        ({"people": [], "posts": [], "slots": [], "rules": {"limits": [{"what": "weeks"}]}}, "limits[0].what"),
    ],
)
def test_a_broken_problem_is_refused_with_the_place_of_its_fault(broken: object, says: str) -> None:
    with pytest.raises(BadProblem) as refused:
        read_problem(broken)
    assert says in str(refused.value)

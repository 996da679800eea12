"""Mission item 5: Polres Bontang guards two kecamatan of Kutai Kartanegara too, and says why a night is short."""

from collections import Counter
from dataclasses import replace

import pytest

from kawal.command.units import usual_jurisdiction, usual_units
from kawal.guard.roster.explain import Shortage, explain
from kawal.guard.roster.fixes import bko_requests, fixes
from kawal.guard.roster.improve import Budget
from kawal.guard.roster.plan import plan_roster
from kawal.guard.roster.problem import HOUR, Person, Post, RosterPlan, RosterProblem, Slot
from tests.mission.guard.roster.scene import FRIDAY, REST_ONLY, SATURDAY, problem

DISTRICTS = ("640205", "640217", "647401", "647402", "647403")
BONTANG = "polres-6474"
NAMES = {
    "640205": "Muara Badak",
    "640217": "Marang Kayu",
    "647401": "Bontang Utara",
    "647402": "Bontang Selatan",
    "647403": "Bontang Barat",
}
JURISDICTION = usual_jurisdiction(DISTRICTS, of={"640205": BONTANG, "640217": BONTANG})
# Forty of Ditsamapta Polda Kaltim; what each kecamatan needs, the gravest last to go short.
NEED = {"640205": 5, "640217": 4, "647401": 5, "647402": 4, "647403": 2}
RISK = {"640205": "high", "640217": "prone", "647401": "high", "647402": "high", "647403": "high"}


def bontang() -> RosterProblem:
    ppk = [unit for unit in usual_units(JURISDICTION, NAMES) if unit.kind == "ppk"]
    posts = tuple(Post(unit.unit, f"Pos {unit.name}", unit.unit, unit.area, "storage", RISK[unit.area]) for unit in ppk)
    people = tuple(
        Person(
            f"p-{at:02d}", "ditsamapta-64", contingent="bko-samapta-64-123", since=FRIDAY, until=SATURDAY + 48 * HOUR
        )
        for at in range(40)
    )
    begins = range(FRIDAY + 16 * HOUR, SATURDAY + 24 * HOUR, 8 * HOUR)
    slots = [Slot(post.post, at, at + 8 * HOUR, NEED[post.area]) for post in posts for at in begins]
    # The boxes of Marang Kayu come in at midnight: two more than on any other shift.
    at_midnight = ("ppk-640217", SATURDAY)
    return problem(
        people,
        [replace(one, need=one.need + 2) if (one.post, one.starts) == at_midnight else one for one in slots],
        posts=posts,
        rules=REST_ONLY,
    )


@pytest.fixture(scope="module")
def planned() -> tuple[RosterProblem, RosterPlan, tuple[Shortage, ...]]:
    asked = bontang()
    plan = plan_roster(asked, Budget(windows=6))
    return asked, plan, explain(asked, plan.roster)


Planned = tuple[RosterProblem, RosterPlan, tuple[Shortage, ...]]


def test_the_posts_of_polres_bontang_lie_in_two_kabupaten(planned: Planned) -> None:
    assert {post.area[:4] for post in planned[0].posts} == {"6402", "6474"}
    assert JURISDICTION.districts(BONTANG) == DISTRICTS
    assert Counter(person.contingent for person in planned[0].people) == {"bko-samapta-64-123": 40}


def test_it_says_the_sentence_of_the_mission(planned: Planned) -> None:
    assert [one.says_id for one in planned[2]] == [
        "Pos PPK Marang Kayu kurang 2 orang Sabtu 00.00-08.00 karena batas istirahat 8 jam"
    ]
    assert [one.says_en for one in planned[2]] == [
        "Pos PPK Marang Kayu is 2 people short Saturday 00.00-08.00 because of the rest of 8 hours"
    ]


def test_the_sentence_is_true_without_that_rule_nobody_is_missing(planned: Planned) -> None:
    asked, plan, _ = planned
    assert plan.status == "proven"
    rested = replace(asked, rules=replace(asked.rules, rests=()))
    assert explain(rested, plan_roster(rested, Budget(windows=6)).roster) == ()


def test_whom_the_rest_keeps_away_is_counted(planned: Planned) -> None:
    (short,) = planned[2]
    assert short.blocked == {"busy": 16, "rest": 20}
    assert len(short.only["rest"]) == 20


def test_it_never_advises_less_rest_than_the_floor_but_more_people(planned: Planned) -> None:
    asked, plan, (short,) = planned
    assert [(one.kind, one.n) for one in fixes(asked, plan.roster, short)] == [("bko", 2)]
    assert fixes(asked, plan.roster, short)[0].says_id == (
        "Minta BKO 2 orang untuk Pos PPK Marang Kayu, Sabtu 00.00-08.00."
    )


def test_the_bko_request_that_it_drafts_fills_the_night(planned: Planned) -> None:
    asked, _, shortages = planned
    (request,) = bko_requests(asked, shortages)
    assert (request.area, request.n, request.since) == ("640217", 2, SATURDAY)
    lent = tuple(Person(f"p-new-{at}", since=request.since, until=request.until) for at in range(request.n))
    larger = replace(asked, people=(*asked.people, *lent))
    assert explain(larger, plan_roster(larger, Budget(windows=6)).roster) == ()

"""From rows to the problem: who may be planned, when, and what they did before."""

import pytest

from kawal.guard.roster.problem import Span
from kawal_server.actions.roster_problem import Asked, Gathered, gather
from kawal_server.actions.roster_rules import RuleNumbers
from kawal_server.store.models import (
    ContingentLine,
    DutyLine,
    OwnForceRow,
    PersonRow,
    PlannedLine,
    PlannedPersonRow,
    PostPlan,
    StageRow,
)
from tests.mission.command.orders_kit import POLRES
from tests.server.jadwal.bontang import DAY, FRIDAY, HOUR, LENT, SATURDAY, Bontang

NOW = FRIDAY + 8 * HOUR


def gathered(**changes: object) -> Gathered:
    fields: dict[str, object] = {"unit": POLRES, "starts": FRIDAY + 16 * HOUR, "ends": SATURDAY + DAY}
    return gather(Asked(**{**fields, **changes}), now=NOW)  # type: ignore[arg-type]


def test_the_need_of_a_post_is_the_sum_of_its_rings(polres: Bontang) -> None:
    problem = gathered().problem
    assert {one.need for one in problem.slots if one.post == "pos-ppk-640205"} == {5}
    assert problem.post_of["pos-ppk-640205"].place == "storage"
    assert problem.post_of["pos-ppk-640205"].area == "640205"


def test_shifts_are_cut_where_a_post_begins_and_no_hour_is_left_out(polres: Bontang) -> None:
    PostPlan.objects.filter(post="pos-ppk-640205").update(starts=SATURDAY + 5 * HOUR, ends=SATURDAY + 18 * HOUR)
    hours = [
        ((one.starts - SATURDAY) // HOUR, (one.ends - SATURDAY) // HOUR)
        for one in gathered().problem.slots
        if one.post == "pos-ppk-640205"
    ]
    assert hours == [(5, 8), (8, 16), (16, 18)]


def test_the_lent_serve_only_within_their_dates(polres: Bontang) -> None:
    people = gathered().problem.people
    assert {(one.contingent, one.since, one.until) for one in people} == {(LENT, FRIDAY, SATURDAY + 48 * HOUR)}


def test_a_contingent_that_has_not_arrived_is_not_counted_and_named(polres: Bontang) -> None:
    ContingentLine.objects.update(times={"approved": FRIDAY})
    found = gathered()
    assert found.problem.people == ()
    assert any("Sprin/123 dari ditsamapta-64 belum tiba" in one for one, _ in found.notes)


def test_of_two_contingents_from_one_unit_somebody_must_say_whose_a_person_is(polres: Bontang) -> None:
    second = ContingentLine.objects.get()
    second.pk, second.number = "bko-samapta-64-124", "Sprin/124"
    second.save(force_insert=True)
    PlannedPersonRow.objects.create(who="p-01", contingent="bko-samapta-64-124")
    found = gathered()
    assert [(one.who, one.contingent) for one in found.problem.people] == [("p-01", "bko-samapta-64-124")]
    assert any(one.startswith("39 orang dari ditsamapta-64") for one, _ in found.notes)


def test_own_people_have_a_home_and_other_units_people_are_left_out(polres: Bontang) -> None:
    common = {"name": "Nama Contoh", "agency": "polri", "home_district": "647401"}
    PersonRow.objects.create(who="p-own", unit="polsek-647401", leave=[["2024-11-30", "2024-11-30"]], **common)
    PersonRow.objects.create(who="p-far", unit="polsek-999999", **common)
    PersonRow.objects.create(who="p-linmas", unit=POLRES, **{**common, "agency": "linmas"})
    people = {one.who: one for one in gathered().problem.people}
    assert {"p-far", "p-linmas"}.isdisjoint(people)
    assert people["p-own"].home == "647401"
    assert people["p-own"].leave == (Span(SATURDAY, SATURDAY + DAY),)
    assert people["p-01"].home == ""


def test_skills_are_read_in_the_words_of_the_office(polres: Bontang) -> None:
    PersonRow.objects.filter(who="p-01").update(skills=["danru", "berpengalaman", "pengemudi"])
    [one] = [one for one in gathered().problem.people if one.who == "p-01"]
    assert one.skills == {"leader", "experienced", "pengemudi"}


def test_a_post_bound_to_a_stage_is_not_planned_past_it(polres: Bontang) -> None:
    StageRow.objects.create(stage="rekap", starts=FRIDAY, ends=SATURDAY + 8 * HOUR)
    PostPlan.objects.filter(post="pos-ppk-640217").update(stage="rekap")
    assert gathered().problem.post_of["pos-ppk-640217"].until == SATURDAY + 8 * HOUR


def test_what_was_served_counts_and_what_is_planned_before_the_roster_too(polres: Bontang) -> None:
    common = {"post": "pos-lain", "unit": POLRES, "has_signed_off": True, "heard_at": 0, "people": 1, "order": ""}
    for eid, on_at, left_at in (("a", NOW - 20 * HOUR, NOW - 12 * HOUR), ("b", NOW - 9 * DAY, NOW - 9 * DAY + HOUR)):
        DutyLine.objects.create(eid=eid, who="p-01", on_at=on_at, left_at=left_at, sop="", **common)
    DutyLine.objects.create(eid="c", who="p-02", on_at=NOW - HOUR, left_at=None, sop="", **common)
    PlannedLine.objects.create(post="pos-lain", who="p-02", since=NOW - HOUR, until=NOW + 4 * HOUR)
    PlannedLine.objects.create(post="pos-lain", who="p-03", since=NOW + HOUR, until=NOW + 9 * HOUR)
    people = {one.who: one.history for one in gathered().problem.people}
    assert people["p-01"] == (Span(NOW - 20 * HOUR, NOW - 12 * HOUR),)
    assert people["p-02"] == (Span(NOW - HOUR, NOW + 4 * HOUR),)
    # It goes on into the roster: no more of it is history than lies before.
    assert people["p-03"] == (Span(NOW + HOUR, FRIDAY + 16 * HOUR),)
    DutyLine.objects.all().delete()
    PlannedLine.objects.all().delete()


def test_forces_are_strengths_with_half_of_a_team_kept_for_polri(polres: Bontang) -> None:
    problem = gathered(forces={"linmas": 12, "tni": 0}).problem
    assert [(one.force, one.strength) for one in problem.forces] == [("linmas", 12)]
    assert {one.core for one in problem.slots if one.post == "pos-ppk-640205"} == {3}


def test_the_form_begins_with_the_forces_that_stand_ready(polres: Bontang) -> None:
    OwnForceRow.objects.create(name="Linmas Bontang", count=84)
    page = polres.client("karendalops").get("/penjagaan/jadwal/").content.decode()
    assert 'name="linmas" value="84"' in page


def test_a_changed_number_bears_its_source(polres: Bontang) -> None:
    rules = gathered(numbers=RuleNumbers(rest_hours=8, nights_of_4=2, source="Sprin/123")).problem.rules
    assert next((one.hours, one.source) for one in rules.rests) == (8, "Sprin/123")
    assert {one.rule: one.most for one in rules.limits}["nights-4"] == 2


@pytest.mark.parametrize("forces", [{}, {"linmas": 0}])
def test_without_forces_no_core_is_asked_for(polres: Bontang, forces: dict[str, int]) -> None:
    assert {one.core for one in gathered(forces=forces).problem.slots} == {0}

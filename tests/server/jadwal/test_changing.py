"""Somebody is moved within the rules or not at all; sickness touches few; insisting shows who gives."""

from typing import Any

from kawal_server import clock
from kawal_server.accounts.models import Officer
from kawal_server.store.models import RosterDraft
from tests.server.jadwal.bontang import DAY, HOUR, SATURDAY, Bontang, plan_until_done

SHORT = f"pos-ppk-640217|{SATURDAY}|{SATURDAY + 8 * HOUR}"


def duties(draft: RosterDraft) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = draft.plan["roster"]["duties"]
    return found


def hours(duty: dict[str, Any]) -> str:
    return f"{duty['post']}|{duty['starts']}|{duty['ends']}"


def move(polres: Bontang, draft: RosterDraft, who: str, leaves: str, joins: str, **form: str) -> Any:
    asked = {"orang": who, "dari": leaves, "ke": joins, **form}
    return polres.client("karendalops").post(f"/penjagaan/jadwal/{draft.pk}/pindah/", asked)


def test_a_move_that_keeps_the_rules_is_kept_and_told_anew(polres: Bontang) -> None:
    draft = polres.planned()
    at_midnight = next(one for one in duties(draft) if one["starts"] == SATURDAY and "640205" in one["post"])
    assert move(polres, draft, at_midnight["who"], hours(at_midnight), SHORT).status_code == 302
    draft.refresh_from_db()
    assert any(one["who"] == at_midnight["who"] and one["post"] == "pos-ppk-640217" for one in duties(draft))
    assert {(one["post"], one["n"]) for one in draft.told["shortages"]} == {
        ("pos-ppk-640205", 1),
        ("pos-ppk-640217", 1),
    }
    assert draft.checked == []
    assert draft.hands == [str(Officer.objects.get(username__startswith="karendalops").pk)]


def test_a_move_against_a_rule_is_refused_with_the_rule_named(polres: Bontang) -> None:
    draft = polres.planned()
    in_the_evening = next(one for one in duties(draft) if one["starts"] == SATURDAY - 8 * HOUR)
    answer = move(polres, draft, in_the_evening["who"], "", SHORT)
    assert answer.status_code == 409
    assert "hanya istirahat 0 dari 8 jam" in answer.content.decode()
    before = duties(draft)
    draft.refresh_from_db()
    assert duties(draft) == before


def test_a_full_shift_takes_nobody_more(polres: Bontang) -> None:
    draft = polres.planned()
    at_midnight = next(one for one in duties(draft) if one["starts"] == SATURDAY and "640205" in one["post"])
    full = f"pos-ppk-647401|{SATURDAY}|{SATURDAY + 8 * HOUR}"
    answer = move(polres, draft, at_midnight["who"], hours(at_midnight), full)
    assert answer.status_code == 409
    assert "6 orang, diminta 5" in answer.content.decode()


def test_what_has_begun_is_not_moved(polres: Bontang) -> None:
    draft = polres.planned()
    at_midnight = next(one for one in duties(draft) if one["starts"] == SATURDAY and "640205" in one["post"])
    clock.set_to(SATURDAY + HOUR, speed=1, is_paused=True)
    answer = move(polres, draft, at_midnight["who"], hours(at_midnight), SHORT)
    assert answer.status_code == 409
    assert "sudah berjalan" in answer.content.decode()


def test_nobody_is_moved_from_where_he_is_not(polres: Bontang) -> None:
    draft = polres.planned()
    assert move(polres, draft, "p-01", f"pos-tidak-ada|{SATURDAY}|{SATURDAY + HOUR}", SHORT).status_code == 400
    assert move(polres, draft, "p-01", "", "").status_code == 400
    assert move(polres, draft, "p-01", "", f"pos-tidak-ada|{SATURDAY}|{SATURDAY + HOUR}").status_code == 400


def test_the_sick_are_replaced_and_each_change_bears_its_cause(polres: Bontang) -> None:
    draft = polres.planned()
    on_saturday = next(one["who"] for one in duties(draft) if one["starts"] == SATURDAY + 8 * HOUR)
    form = {"sakit": [on_saturday], "sakit-mulai": "2024-11-30T06:00", "sakit-selesai": "2024-12-02T00:00"}
    answer = polres.client("karendalops").post(f"/penjagaan/jadwal/{draft.pk}/ulang/", form)
    assert answer.status_code == 302
    plan_until_done()
    again = RosterDraft.objects.get(kind="replan")
    assert (again.state, again.base, again.checked) == ("done", draft.pk, [])
    assert not any(one["who"] == on_saturday and one["starts"] >= SATURDAY + 6 * HOUR for one in duties(again))
    page = polres.client("karendalops").get(f"/penjagaan/jadwal/{again.pk}/").content.decode()
    touched = {one["who"] for one in again.changes}
    assert on_saturday in touched
    assert len(touched) <= 4
    assert f"{len(touched)} orang tersentuh." in page
    assert "sedang cuti atau sakit" in page


def test_more_strength_and_a_post_that_begins_later_change_the_problem(polres: Bontang) -> None:
    draft = polres.planned()
    form = {
        "tambah-pos": "pos-ppk-647403", "tambah": "1", "tambah-mulai": "2024-11-30T00:00",
        "tambah-selesai": "2024-11-30T08:00", "mundur-pos": "pos-ppk-640217", "mundur-mulai": "2024-11-30T08:00",
    }  # fmt: skip
    assert polres.client("karendalops").post(f"/penjagaan/jadwal/{draft.pk}/ulang/", form).status_code == 302
    again = RosterDraft.objects.get(kind="replan")
    slots = {(one["post"], one["starts"]): one["need"] for one in again.problem["slots"]}
    assert slots["pos-ppk-647403", SATURDAY] == 3
    assert ("pos-ppk-640217", SATURDAY) not in slots
    plan_until_done()
    again.refresh_from_db()
    assert again.state == "done"
    # With the post that begins later nothing is short any more.
    assert again.told["shortages"] == []


def test_a_replan_of_nothing_is_refused(polres: Bontang) -> None:
    draft = polres.planned()
    answer = polres.client("karendalops").post(f"/penjagaan/jadwal/{draft.pk}/ulang/", {})
    assert answer.status_code == 400
    assert "Tulis apa yang terjadi" in answer.content.decode()


def test_insisting_on_a_post_shows_which_other_one_gives(polres: Bontang) -> None:
    draft = polres.planned()
    assert polres.client("karendalops").post(f"/penjagaan/jadwal/{draft.pk}/andai/", {"jam": SHORT}).status_code == 302
    plan_until_done()
    asked = RosterDraft.objects.get(kind="what-if")
    assert (asked.state, asked.checked) == ("done", [])
    assert all(one["post"] != "pos-ppk-640217" for one in asked.told["shortages"])
    assert sum(n for _, n in asked.told["gives"]) == 2
    page = polres.client("karendalops").get(f"/penjagaan/jadwal/{asked.pk}/").content.decode()
    assert "bertambah kurang" in page
    draft.refresh_from_db()
    assert draft.state == "done"


def test_hours_that_are_none_cannot_be_insisted_on(polres: Bontang) -> None:
    draft = polres.planned()
    answer = polres.client("karendalops").post(
        f"/penjagaan/jadwal/{draft.pk}/andai/", {"jam": f"pos-ppk-640217|{SATURDAY}|{SATURDAY + DAY}"}
    )
    assert answer.status_code == 400

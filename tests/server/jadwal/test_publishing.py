"""A roster becomes evidence when another officer than its makers publishes it, and goes out as files to take along."""

from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook

from kawal.election.manifests import rows
from kawal.ledger.event import read_event
from kawal.ledger.log_of import PENGAMANAN
from kawal_server import clock
from kawal_server.actions.admin_chain import admin_path
from kawal_server.store.evidence import the_blobs
from kawal_server.store.models import Operation, PlannedLine, RosterDraft
from kawal_server.store.opened import the_store
from tests.server.jadwal.bontang import DAY, FRIDAY, HOUR, SATURDAY, Bontang


def publish(polres: Bontang, draft: RosterDraft, office: Any = "kasetops") -> Any:
    return polres.client(office).post(f"/penjagaan/jadwal/{draft.pk}/terbit/")


def manifests() -> list[list[dict[str, str]]]:
    found = []
    for leaf in the_store().leaves_of(PENGAMANAN, "register.manifest"):
        payload = read_event(leaf.jws).event.payload
        if payload["kind"] == "roster":
            data = the_blobs().read(str(payload["mh"]))
            assert data is not None
            assert payload["n"] == len(rows(data, "roster"))
            found.append(rows(data, "roster"))
    return found


def test_another_officer_publishes_it_once_and_the_log_then_plans_duty(polres: Bontang) -> None:
    draft = polres.planned()
    assert publish(polres, draft).status_code == 302
    assert publish(polres, draft).status_code == 302
    draft.refresh_from_db()
    assert (draft.state, len(draft.eid)) == ("published", 43)
    [listed] = manifests()
    assert {row["who"] for row in listed} <= {f"p-{at:02d}" for at in range(40)}
    assert all(int(row["from"]) < int(row["to"]) for row in listed)
    polres.commanding.tell(FRIDAY + 9 * HOUR)
    assert PlannedLine.objects.count() == len(listed)
    page = polres.client("kasetops").get(f"/penjagaan/jadwal/{draft.pk}/").content.decode()
    assert "berada di log pengamanan" in page


def test_whoever_made_or_changed_it_does_not_publish_it(polres: Bontang) -> None:
    draft = polres.planned()
    refused = publish(polres, draft, "karendalops")
    assert refused.status_code == 409
    assert "perwira lain" in refused.content.decode()
    at_midnight = next(
        one for one in draft.plan["roster"]["duties"] if one["starts"] == SATURDAY and "640205" in one["post"]
    )
    leaves = f"{at_midnight['post']}|{at_midnight['starts']}|{at_midnight['ends']}"
    asked = {"orang": at_midnight["who"], "dari": leaves, "ke": ""}
    assert polres.client("kasetops").post(f"/penjagaan/jadwal/{draft.pk}/pindah/", asked).status_code == 302
    assert publish(polres, draft, "kasetops").status_code == 409
    assert manifests() == []
    assert publish(polres, draft, "kaops").status_code == 302


def test_a_roster_that_breaks_a_rule_is_never_published(polres: Bontang) -> None:
    draft = polres.planned()
    people = [one | {"leave": [{"starts": draft.starts, "ends": draft.ends}]} for one in draft.problem["people"]]
    RosterDraft.objects.update(problem=draft.problem | {"people": people})
    answer = publish(polres, draft)
    assert answer.status_code == 409
    assert "cuti atau sakit" in answer.content.decode()
    assert manifests() == []


def test_what_is_over_or_not_planned_yet_is_not_published(polres: Bontang) -> None:
    queued = polres.asked()
    assert publish(polres, queued).status_code == 409
    draft = polres.planned()
    clock.set_to(SATURDAY + 2 * DAY, speed=1, is_paused=True)
    answer = publish(polres, draft)
    assert answer.status_code == 409
    assert "sudah lewat" in answer.content.decode()


def test_without_the_key_of_polri_it_says_so(polres: Bontang) -> None:
    draft = polres.planned()
    admin_path("polri").unlink()
    assert publish(polres, draft).status_code == 409
    assert manifests() == []


def test_a_published_roster_is_not_moved_but_planned_again(polres: Bontang) -> None:
    draft = polres.planned()
    publish(polres, draft)
    duty = draft.plan["roster"]["duties"][0]
    asked = {"orang": duty["who"], "dari": f"{duty['post']}|{duty['starts']}|{duty['ends']}", "ke": ""}
    answer = polres.client("karendalops").post(f"/penjagaan/jadwal/{draft.pk}/pindah/", asked)
    assert answer.status_code == 400
    assert "tidak diubah" in answer.content.decode()


def test_a_demonstration_publishes_nothing(polres: Bontang) -> None:
    draft = polres.planned()
    Operation.objects.update(is_demo=True)
    assert publish(polres, draft).status_code == 403
    assert manifests() == []


def test_the_workbook_bears_ids_and_names_only_with_a_right_and_a_reason(polres: Bontang) -> None:
    draft = polres.planned()
    plain = polres.client("auditor").get(f"/penjagaan/jadwal/{draft.pk}/jadwal.xlsx")
    assert "Warsito" not in words(plain.content)
    assert "p-01" in words(plain.content)
    named = f"/penjagaan/jadwal/{draft.pk}/nama/"
    assert polres.client("kasetops").post(named, {"alasan": "apel pagi di Polres"}).status_code == 403
    assert polres.client("karendalops").post(named, {"alasan": "apel"}).status_code == 400
    answer = polres.client("karendalops").post(named, {"alasan": "apel pagi di Polres"})
    assert "Bripda Warsito Contoh 01" in words(answer.content)


def words(content: bytes) -> str:
    book = load_workbook(BytesIO(content))
    return " ".join(str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row)


def test_a_calendar_is_of_one_person_and_names_nobody_else(polres: Bontang) -> None:
    draft = polres.planned()
    who = draft.plan["roster"]["duties"][0]["who"]
    path = f"/penjagaan/jadwal/{draft.pk}/orang/{who}/kalender/"
    text = polres.client("karendalops").get(path).content.decode()
    assert text.count("BEGIN:VEVENT") == sum(one["who"] == who for one in draft.plan["roster"]["duties"])
    assert "Warsito" not in text
    assert polres.client("auditor").get(path).status_code == 403
    assert polres.client("karendalops").get(path.replace(who, "p-tidak-ada")).status_code == 404
    post = f"/penjagaan/jadwal/{draft.pk}/pos/pos-ppk-640217/kalender/"
    assert "Warsito" not in polres.client("karendalops").get(post).content.decode()


@pytest.mark.parametrize(("office", "is_named"), [("karendalops", True), ("pamatwil", False), ("auditor", False)])
def test_the_plotting_sheet_and_the_page_name_people_only_for_who_may_see_them(
    polres: Bontang, office: Any, is_named: bool
) -> None:
    draft = polres.planned()
    for path in ("plotting/?hari=2024-11-30", "?hari=2024-11-30", "orang/p-01/"):
        page = polres.client(office).get(f"/penjagaan/jadwal/{draft.pk}/{path}").content.decode()
        assert ("Bripda Warsito" in page) is is_named
        assert is_named or "p-01" in page or "p-02" in page


def test_the_leader_stands_first_on_the_plotting_sheet(polres: Bontang) -> None:
    from kawal_server.store.models import PersonRow

    PersonRow.objects.update(skills=["danru"])
    PersonRow.objects.filter(who="p-39").update(rank="Ipda")
    draft = polres.planned(komandan="ya")
    duty = next(one for one in draft.plan["roster"]["duties"] if one["who"] == "p-39")
    day = "2024-11-29" if duty["starts"] < SATURDAY else "2024-11-30"
    page = polres.client("karendalops").get(f"/penjagaan/jadwal/{draft.pk}/plotting/?hari={day}").content.decode()
    assert "<td>Ipda Warsito Contoh 39</td>" in page

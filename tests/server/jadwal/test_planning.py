"""Planning lies with the worker: queued, told of, stopped, killed; what a worker that died left behind has failed."""

from datetime import date

import pytest

from kawal_server.actions.run_roster import LOST, Planning
from kawal_server.store.models import PersonRow, PostPlan, RiskEntry, RosterDraft
from tests.server.jadwal.bontang import POSTS, Bontang, plan_until_done


def test_a_roster_waits_for_the_worker_and_the_page_asks_how_far_it_is(polres: Bontang) -> None:
    draft = polres.asked()
    assert draft.state == "queued"
    page = polres.client("karendalops").get(f"/penjagaan/jadwal/{draft.pk}/").content.decode()
    assert f'hx-get="/penjagaan/jadwal/{draft.pk}/kemajuan/"' in page
    planning = Planning()
    assert planning.step()
    part = polres.client("karendalops").get(f"/penjagaan/jadwal/{draft.pk}/kemajuan/")
    assert "every 2s" in part.content.decode()
    assert "HX-Refresh" not in part.headers
    plan_until_done(planning)
    ended = polres.client("karendalops").get(f"/penjagaan/jadwal/{draft.pk}/kemajuan/")
    assert "every 2s" not in ended.content.decode()
    assert ended.headers["HX-Refresh"] == "true"


def test_a_queued_roster_is_cancelled_before_it_begins(polres: Bontang) -> None:
    draft = polres.asked()
    assert polres.client("karendalops").post(f"/penjagaan/jadwal/{draft.pk}/batal/").status_code == 302
    plan_until_done()
    draft.refresh_from_db()
    assert (draft.state, draft.plan) == ("cancelled", {})


def test_a_running_plan_stops_when_asked_and_leaves_the_best_so_far(polres: Bontang) -> None:
    draft = polres.asked(detik="600")
    planning = Planning()
    planning.step()
    polres.client("karendalops").post(f"/penjagaan/jadwal/{draft.pk}/batal/")
    plan_until_done(planning)
    draft.refresh_from_db()
    assert draft.state in ("done", "cancelled")
    assert draft.message
    assert draft.checked == []


def test_a_draft_left_running_by_a_worker_that_died_has_failed_with_a_sentence(polres: Bontang) -> None:
    draft = polres.asked()
    lost = Planning()
    lost.step()
    lost.close()
    plan_until_done()
    draft.refresh_from_db()
    assert (draft.state, draft.message) == ("failed", LOST)
    page = polres.client("karendalops").get(f"/penjagaan/jadwal/{draft.pk}/").content.decode()
    assert "Posko dimulai ulang" in page


def test_a_planner_that_cannot_read_its_problem_says_so(polres: Bontang) -> None:
    draft = polres.asked()
    RosterDraft.objects.update(problem=draft.problem | {"people": "nobody"})
    plan_until_done()
    draft.refresh_from_db()
    assert draft.state == "failed"
    assert "people" in draft.message


def test_a_result_that_breaks_a_rule_is_never_shown_as_done(polres: Bontang) -> None:
    draft = polres.planned()
    [first] = [one for one in draft.problem["people"] if one["who"] == draft.plan["roster"]["duties"][0]["who"]]
    first["leave"] = [{"starts": draft.starts, "ends": draft.ends}]
    from kawal_server.actions.run_roster import NotFound, take_result

    with pytest.raises(NotFound, match="cuti atau sakit"):
        take_result(draft, draft.plan)


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("selesai", "2024-11-29T16:00", "berakhir sesudah mulainya"),
        ("selesai", "2025-02-01T00:00", "paling lama 31 hari"),
        ("pola", "4x6", "Pilih pola"),
        ("detik", "3", "Waktu mencari"),
        ("istirahat", "6", "Isi angka 8 sampai 48"),
        ("dasar", "", "Tulis dasarnya"),
        ("mulai", "besok", "berakhir sesudah mulainya"),
    ],
)
def test_what_cannot_be_planned_is_refused_and_says_what_to_do(
    polres: Bontang, field: str, value: str, says: str
) -> None:
    from tests.server.jadwal.bontang import FORM

    answer = polres.client("karendalops").post("/penjagaan/jadwal/susun/", {**FORM, field: value})
    assert answer.status_code == 400
    assert says in answer.content.decode()
    assert not RosterDraft.objects.exists()


def test_without_people_or_posts_it_says_where_to_fill_them_in(polres: Bontang) -> None:
    from tests.server.jadwal.bontang import FORM

    PersonRow.objects.all().delete()
    PostPlan.objects.all().delete()
    page = polres.client("karendalops").post("/penjagaan/jadwal/susun/", FORM).content.decode()
    assert "Tidak ada pos yang dapat dijadwalkan" in page
    assert "belum punya personel" in page


def test_a_plan_without_a_class_has_the_one_that_kerawanan_says(polres: Bontang) -> None:
    PostPlan.objects.filter(post="pos-ppk-640205").update(risk="")
    RiskEntry.objects.create(
        place="640205", level="district", instrument="local", stage="masa tenang", on=date(2024, 11, 20),
        source="Renpam", kind="class", value="high", confidentiality="internal", unit="", by="karendal", at=1,
    )  # fmt: skip
    draft = polres.asked(komandan="ya")
    assert {one["risk"] for one in draft.problem["posts"] if one["post"] == "pos-ppk-640205"} == {"high"}
    assert not [one for one in draft.notes if "belum punya kelas kerawanan" in one[0]]


def test_each_row_that_lacks_something_is_named(polres: Bontang) -> None:
    PostPlan.objects.filter(post="pos-ppk-640205").update(risk="", card="")
    PostPlan.objects.filter(post="pos-ppk-647401").update(zones=[])
    PostPlan.objects.filter(post="pos-ppk-647402").update(unit="")
    draft = polres.asked(komandan="ya")
    said = [one[0] for one in draft.notes]
    assert "Pos PPK Muara Badak belum punya kelas kerawanan; dihitung seperti yang paling rawan." in said
    assert "Pos PPK Muara Badak belum punya kartu SOP." in said
    assert any(one.startswith("Pos PPK Bontang Utara belum punya kekuatan") for one in said)
    assert any(one.startswith("Pos PPK Bontang Selatan belum punya satuan") for one in said)
    assert any(one.startswith("Tidak seorang pun bertanda komandan jaga") for one in said)
    assert len(draft.problem["posts"]) == len(POSTS) - 2


def test_the_worker_of_the_post_takes_up_what_is_queued(polres: Bontang) -> None:
    draft = polres.asked()
    rested: list[float] = []

    def once(seconds: float) -> bool:
        rested.append(seconds)
        return len(rested) > 1

    worker = polres.commanding.post.worker
    worker.run(once)
    draft.refresh_from_db()
    assert draft.state == "running"
    worker.close()

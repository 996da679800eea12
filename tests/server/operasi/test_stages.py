"""Stages: proposed from the vote, moved only after what lapses was shown, and never away from boxes."""

import re

import pytest

from kawal.ledger.event import read_event
from kawal.ledger.log_of import PENGAMANAN
from kawal_server import clock
from kawal_server.accounts.models import Officer
from kawal_server.store.models import BindingRow, Operation, PersonRow, StageMoveRow, StageRow, UnitRow
from kawal_server.store.opened import the_store
from tests.mission.command.scene import at
from tests.server.closing import field
from tests.server.operasi.clerk import Clerk
from tests.server.post import Post

BOX = "GUB-5303052001001"
NOW = at("2024-12-01", 9)


@pytest.fixture
def guarded(post: Post, opened: Clerk) -> Clerk:
    """The operation on 1 December: a post at the warehouse and its order, until the recap of the kabupaten ends."""
    clock.set_to(NOW, speed=1, is_paused=True)
    sprin = field.order(at("2024-12-07"), stage="rekap-kab")
    field.post_at_the_warehouse(at("2024-11-28"), at("2024-12-07"))
    arif = field.Phone(PENGAMANAN, "guard", "polres-5303", "polri", who="p-arif", until=at("2025-01-01"))
    arif.say("guard.on", post=field.POST, order=sprin)
    tell(post)
    return opened


def tell(post: Post) -> None:
    post.worker.publish()
    post.worker.tell(is_due=True)


def ends(stage: str) -> int | None:
    return StageRow.objects.get(stage=stage).ends


def preview(post: Post, day: str, *, stage: str = "rekap-kab") -> str:
    answer = post.client("kaops").post(f"/operasi/tahap/{stage}/pindah/", {"hari": day, "aksi": "lihat"})
    return answer.content.decode()


def mark(page: str) -> str:
    found = re.search(r'name="tanda" value="(\w+)"', page)
    assert found is not None
    return found[1]


def test_describing_the_operation_proposes_its_stages(clerk: Clerk) -> None:
    clerk.describe()
    assert StageRow.objects.count() == 12
    assert ends("rekap-kec") == at("2024-12-04")
    assert ends("psu") is None
    clerk.describe(hari="2029-11-28")
    assert ends("rekap-kec") == at("2029-12-05")


def test_days_that_somebody_typed_stay_when_the_vote_moves(post: Post, clerk: Clerk) -> None:
    clerk.describe()
    form = {"awal": "2024-11-28", "akhir": "2024-12-10"}
    assert post.client("kaops").post("/operasi/tahap/rekap-kec/isi/", form).status_code == 302
    clerk.describe(hari="2029-11-28")
    assert ends("rekap-kec") == at("2024-12-11")


def test_what_lapses_is_shown_before_the_end_is_moved(post: Post, guarded: Clerk) -> None:
    page = preview(post, "2024-12-16")
    assert "Pos gudang-5303 gugur Sab 7 Des 00.00 WITA" in page
    assert "Perintah Sprin/70/XI/2024 gugur Sab 7 Des 00.00 WITA" in page
    assert ends("rekap-kab") == at("2024-12-07")
    form = {"hari": "2024-12-16", "aksi": "pindah", "tanda": mark(page), "dasar": "Keputusan KPU 1797/2024"}
    assert post.client("kaops").post("/operasi/tahap/rekap-kab/pindah/", form).status_code == 302
    assert ends("rekap-kab") == at("2024-12-17")
    moved = StageMoveRow.objects.get()
    assert (moved.before, moved.after, moved.by) == (at("2024-12-07"), at("2024-12-17"), "kaops")


def test_the_log_is_told_of_the_moving_and_of_nobody(post: Post, guarded: Clerk) -> None:
    page = preview(post, "2024-12-16")
    form = {"hari": "2024-12-16", "aksi": "pindah", "tanda": mark(page), "dasar": "Keputusan KPU 1797/2024"}
    post.client("kaops").post("/operasi/tahap/rekap-kab/pindah/", form)
    [leaf] = the_store().leaves_of(PENGAMANAN, "command.log")
    payload = read_event(leaf.jws).event.payload
    assert (payload["kind"], payload["about"]) == ("message", "stage:rekap-kab")
    assert payload["note"].endswith("Dasar: Keputusan KPU 1797/2024")
    assert "kaops" not in payload["note"]


@pytest.mark.parametrize("why", ["Perintah lisan Arif Setiawan", "NRP 81120012"])
def test_no_name_enters_the_log_with_the_reason(post: Post, guarded: Clerk, why: str) -> None:
    arif = {"name": "Arif Setiawan", "nrp": "81120012", "unit": "polsek-530305", "agency": "polri"}
    PersonRow.objects.create(who="p-7f3a", **arif)
    page = preview(post, "2024-12-16")
    form = {"hari": "2024-12-16", "aksi": "pindah", "tanda": mark(page), "dasar": why}
    assert post.client("kaops").post("/operasi/tahap/rekap-kab/pindah/", form).status_code == 400
    assert not StageMoveRow.objects.exists()
    release = {"aksi": "lepas", "nama": field.POST, "dokumen": why}
    assert post.client("kaops").post("/operasi/tahapan/ikat/", release).status_code == 400


@pytest.mark.parametrize(
    ("change", "status"), [({"tanda": "lain"}, 409), ({"dasar": ""}, 400), ({"hari": "besok"}, 400)]
)
def test_nothing_moves_that_was_not_shown_or_has_no_reason(
    post: Post, guarded: Clerk, change: dict[str, str], status: int
) -> None:
    page = preview(post, "2024-12-16")
    form = {"hari": "2024-12-16", "aksi": "pindah", "tanda": mark(page), "dasar": "Keputusan KPU", **change}
    assert post.client("kaops").post("/operasi/tahap/rekap-kab/pindah/", form).status_code == status
    assert ends("rekap-kab") == at("2024-12-07")
    assert not StageMoveRow.objects.exists()


def test_a_new_order_that_came_meanwhile_must_be_shown_first(post: Post, guarded: Clerk) -> None:
    page = preview(post, "2024-12-16")
    field.order(at("2024-12-20"), number="Sprin/71/XII/2024", of=read_event(orders()[0]).event.eid)
    tell(post)
    form = {"hari": "2024-12-16", "aksi": "pindah", "tanda": mark(page), "dasar": "Keputusan KPU"}
    assert post.client("kaops").post("/operasi/tahap/rekap-kab/pindah/", form).status_code == 409
    assert "Tidak ada yang gugur" in preview(post, "2024-12-16")
    assert "diperpanjang Sprin/71/XII/2024" in preview(post, "2024-12-16")


def orders() -> list[bytes]:
    return [leaf.jws for leaf in the_store().leaves_of(PENGAMANAN, "order.issue")]


def test_a_stage_does_not_end_earlier_over_a_post_with_boxes(post: Post, guarded: Clerk) -> None:
    field.boxes_in_the_warehouse([BOX], until=at("2025-01-01"))
    tell(post)
    page = preview(post, "2024-12-03")
    assert "Pos gudang-5303 masih menjaga 1 kotak" in page
    assert 'name="tanda"' not in page
    later = preview(post, "2024-12-16")
    assert "menjaga 1 kotak dan tidak dapat gugur" in later


def test_a_post_that_outlived_its_order_over_boxes_is_called_out(post: Post, guarded: Clerk) -> None:
    field.boxes_in_the_warehouse([BOX], until=at("2025-01-01"))
    clock.set_to(at("2024-12-08"), speed=1, is_paused=True)
    tell(post)
    page = post.client("kaops").get("/operasi/tahapan/").content.decode()
    assert "1 pos masih menjaga kotak tanpa perintah yang berlaku" in page
    form = {"aksi": "lepas", "nama": field.POST, "dokumen": "BA/9/KPU/2024", "dari": "rekap-kab"}
    assert post.client("kaops").post("/operasi/tahapan/ikat/", form).status_code == 302
    page = post.client("kaops").get("/operasi/tahap/rekap-kab/").content.decode()
    assert "diterima KPU, BA/9/KPU/2024" in page


def test_something_is_bound_to_another_stage_by_hand(post: Post, guarded: Clerk) -> None:
    form = {"jenis": "post", "nama": field.POST, "tahapan": "penetapan", "dari": "rekap-kab"}
    assert post.client("kaops").post("/operasi/tahapan/ikat/", form).status_code == 302
    assert BindingRow.objects.get().stage == "penetapan"
    assert "Pos gudang-5303" not in preview(post, "2024-12-16")
    assert post.client("kaops").post("/operasi/tahapan/ikat/", {**form, "nama": "pos-lain"}).status_code == 400


def test_a_dated_stage_of_an_open_operation_is_moved_and_not_typed_over(post: Post, guarded: Clerk) -> None:
    form = {"awal": "2024-11-28", "akhir": "2024-12-30"}
    assert post.client("kaops").post("/operasi/tahap/rekap-kab/isi/", form).status_code == 400
    assert post.client("kaops").post("/operasi/tahap/psu/isi/", form).status_code == 302
    field.boxes_in_the_warehouse([BOX], until=at("2025-01-01"))
    tell(post)
    leave_out = {"tidak-dilaksanakan": "ya"}
    assert post.client("kaops").post("/operasi/tahap/rekap-kab/isi/", leave_out).status_code == 400
    assert post.client("kaops").post("/operasi/tahap/phpu/isi/", leave_out).status_code == 302


def test_a_stage_of_ones_own_is_added_and_removed(post: Post, guarded: Clerk) -> None:
    kaops = post.client("kaops")
    form = {"nama": "PSU kedua", "awal": "2025-05-01", "akhir": "2025-05-10"}
    assert kaops.post("/operasi/tahapan/tambah/", form).status_code == 302
    assert ends("psu-kedua") == at("2025-05-11")
    assert kaops.post("/operasi/tahapan/tambah/", form).status_code == 400
    assert kaops.post("/operasi/tahapan/tambah/", {**form, "nama": "x"}).status_code == 400
    assert kaops.post("/operasi/tahap/psu-kedua/isi/", {"aksi": "hapus"}).status_code == 302
    assert kaops.post("/operasi/tahap/psu/isi/", {"aksi": "hapus"}).status_code == 400


def test_phases_are_kept_and_may_change_as_long_as_the_operation_stands(post: Post, guarded: Clerk) -> None:
    form = {"tingkat": "polda", "exec-awal": "2024-08-23", "exec-akhir": "2024-12-31"}
    assert post.client("kaops").post("/operasi/tahapan/fase/", form).status_code == 302
    operation = Operation.objects.get()
    assert (operation.level, operation.phases) == ("polda", {"exec": ["2024-08-23", "2024-12-31"]})
    refused = post.client("kaops").post("/operasi/tahapan/fase/", {**form, "exec-akhir": "2024-01-01"})
    assert refused.status_code == 400


@pytest.mark.parametrize("office", ["kpu", "bawaslu"])
def test_kpu_and_bawaslu_see_the_stages_and_not_who_guards_what(post: Post, guarded: Clerk, office: str) -> None:
    client = post.client(office)  # type: ignore[arg-type]
    for path in ("/operasi/tahapan/", "/operasi/tahap/rekap-kab/"):
        page = client.get(path).content.decode()
        assert "Rekapitulasi kab/kota" in page
        assert "gudang-5303" not in page
        assert "Sprin/70" not in page
        assert "1 pos" not in page
    assert "dinas jaga" not in client.get("/operasi/struktur/").content.decode()


@pytest.mark.parametrize("office", ["operator", "padal", "kpu", "auditor"])
def test_only_who_commands_moves_a_stage(post: Post, guarded: Clerk, office: str) -> None:
    client = post.client(office)  # type: ignore[arg-type]
    for path in (
        "tahap/rekap-kab/pindah/",
        "tahap/rekap-kab/isi/",
        "tahapan/ikat/",
        "tahapan/tambah/",
        "tahapan/fase/",
    ):
        assert client.post(f"/operasi/{path}", {"hari": "2024-12-16"}).status_code == 403
    assert "Lihat yang gugur" not in client.get("/operasi/tahap/rekap-kab/").content.decode()


def test_whoever_does_not_set_up_begins_with_the_stages(post: Post, guarded: Clerk) -> None:
    assert post.client("kaops").get("/operasi/").headers["Location"] == "/operasi/tahapan/"
    assert post.client("operator").get("/operasi/").status_code == 200
    assert post.client("kaops").get("/operasi/tahap/tidak-ada/").status_code == 404


def test_activities_are_counted_by_mode_on_the_page(post: Post, guarded: Clerk) -> None:
    field.said(PENGAMANAN, "polri", "command.log", note="Sambang", kind="activity", mode="preemptive")
    tell(post)
    page = post.client("kaops").get("/operasi/struktur/").content.decode()
    assert re.search(r"preemtif</span><span class=\"stat-number\"><b>1</b>", page)
    assert "1 dinas jaga dimulai" in page


def test_another_units_post_is_neither_bound_nor_released(post: Post, guarded: Clerk) -> None:
    client = post.client("kasetops")
    units = {"polres-5303": "5303", "polsek-530301": "530301"}
    for unit, area in units.items():
        UnitRow.objects.update_or_create(
            unit=unit,
            defaults={"kind": unit.split("-")[0], "name": unit, "agency": "polri", "area": area}
            | {"commanded_by": "" if unit == "polres-5303" else "polres-5303"},
        )
    release = {"aksi": "lepas", "nama": field.POST, "dokumen": "BA/9/KPU/2024"}
    bind = {"jenis": "post", "nama": field.POST, "tahapan": "penetapan"}
    Officer.objects.filter(username="kasetops").update(unit="polsek-530301")
    for form in (release, bind):
        assert client.post("/operasi/tahapan/ikat/", form).status_code == 403
    assert not BindingRow.objects.exists()
    Officer.objects.filter(username="kasetops").update(unit="polres-5303")
    assert client.post("/operasi/tahapan/ikat/", release).status_code == 302

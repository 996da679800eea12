"""Komando: what the board says at one moment, and that what is unknown never looks safe."""

import json
import re

import pytest
from django.http import HttpResponse

from kawal_server import clock
from kawal_server.accounts.models import Office
from kawal_server.command_post.komando.districts import districts
from kawal_server.command_post.komando.funnel import funnel
from kawal_server.command_post.komando.geography import geography
from kawal_server.command_post.komando.plenos import plenos
from kawal_server.command_post.komando.tasks import tasks
from kawal_server.store.models import Boundary, BoxLine, ClockRow, DistrictLine, FindingLine, ItemLine, Judged, PostLine
from tests.server.pages import scene
from tests.server.post import Post


def page(post: Post, url: str = "/komando/") -> str:
    answer: HttpResponse = post.client("operator").get(url)  # type: ignore[assignment]
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", answer.content.decode())


def said(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def test_every_box_is_counted_once_in_the_funnel(drawn: Post) -> None:
    strip = funnel()
    assert sum(stage.count for stage in strip.stages) + strip.placeless == strip.total == 96
    assert sum(strip.looks.values()) == strip.total
    for stage in strip.stages:
        assert sum(count for _look, count in stage.looks) == stage.count


def test_a_box_nobody_can_vouch_for_is_to_be_examined(drawn: Post) -> None:
    assert funnel().to_check == 2
    BoxLine.objects.filter(look="aman").update(look="tidak diketahui")
    assert funnel().to_check == 95


def test_each_number_leads_to_the_boxes_it_counts(drawn: Post) -> None:
    client = drawn.client("operator")
    for stage in funnel().stages:
        listed = client.get(stage.url).content.decode()
        assert f"{stage.count} kotak" in said(listed)


def test_the_kecamatan_with_most_boxes_to_look_at_stands_first_among_its_like(drawn: Post) -> None:
    few, many = DistrictLine.objects.order_by("code")[:2]
    DistrictLine.objects.filter(code=few.code).update(look="perhatian", looks={"perhatian": 1, "aman": 3})
    DistrictLine.objects.filter(code=many.code).update(look="perhatian", looks={"perhatian": 4})
    addresses = [one.url for one in districts()]
    assert addresses.index(f"/kotak/?kecamatan={many.code}") < addresses.index(f"/kotak/?kecamatan={few.code}")


def test_every_number_has_its_unit_and_its_age(drawn: Post) -> None:
    strip = page(drawn, "/komando/corong/")
    for stat in strip.split('class="stat"')[1:]:
        assert 'class="unit">kotak<' in stat
        assert 'class="age"' in stat or "tidak ada kotak" in stat or "bahaya" in stat


def test_what_is_to_be_done_stands_gravest_first_with_one_verb(drawn: Post) -> None:
    queue = tasks(everything=True, sees_posts=True)
    assert [(task.look, task.verb) for task in queue.shown] == [
        ("bahaya", "Periksa kotak"),
        ("bahaya", "Hubungi pemegang"),
        ("perhatian", "Lihat serah terima"),
        ("perhatian", "Periksa kotak"),
        ("bahaya", "Buka buku audit"),
        ("perhatian", "Buka buku audit"),
        ("perhatian", "Hubungi pemegang"),
    ]
    assert queue.shown[0].url == f"/kotak/{scene.box_id(2, 1)}/"


def test_the_queue_shows_the_first_and_says_how_many_there_are(drawn: Post) -> None:
    assert "Lihat semua 7 hal" in page(drawn)
    assert "Lihat semua" not in page(drawn, "/komando/tindakan/?tindakan=semua")
    assert page(drawn, "/komando/tindakan/?tindakan=semua").count('class="task"') == 7


def test_nothing_to_do_is_said_of_the_records_that_arrived(drawn: Post) -> None:
    ItemLine.objects.all().delete()
    BoxLine.objects.update(look="aman")
    assert "pada catatan yang sudah sampai" in page(drawn, "/komando/tindakan/")
    Judged.objects.all().delete()
    assert "Belum ada catatan untuk dinilai" in page(drawn, "/komando/tindakan/")


def test_nineteen_of_twenty_four_plenos_are_done_and_the_five_are_named(drawn: Post) -> None:
    found = plenos()
    assert (found.done, found.total, len(found.open), found.unnamed) == (19, 24, 5, 0)
    assert [one.state for one in found.open] == ["diskors", "berlangsung", "berlangsung", "berlangsung", "belum"]
    text = said(page(drawn, "/komando/pleno/"))
    assert "19 dari 24 selesai" in text
    assert "belum mulai" in text


def test_a_morning_without_a_pleno_names_eight_and_counts_the_rest(drawn: Post) -> None:
    DistrictLine.objects.update(pleno="belum", stations_done=0)
    assert "dan 16 kecamatan lagi belum selesai" in page(drawn, "/komando/pleno/")


def test_the_list_beside_the_map_says_what_the_map_says(drawn: Post) -> None:
    listed = said(page(drawn, "/komando/kecamatan/"))
    areas = [one["properties"] for one in geography()["features"] if one["geometry"]["type"] == "Polygon"]
    assert len(areas) == 24
    for area in areas:
        assert area["name"] in listed
    assert next(area for area in areas if area["look"] == "bahaya")["says"].startswith("4 kotak: 1 bahaya, 3 aman.")


def test_the_worst_boxes_stand_on_top(drawn: Post) -> None:
    rows = page(drawn, "/komando/papan/").split("<tr>")[2:]
    looks = [re.search(r'class="chip" data-look="([a-z-]+)"', row)[1] for row in rows]  # type: ignore[index]
    assert looks[:3] == ["bahaya", "tidak-diketahui", "perhatian"]
    assert len(rows) == 12


def test_the_map_is_sent_again_only_when_it_changed(drawn: Post) -> None:
    client = drawn.client("operator")
    first = client.get("/komando/peta.json")
    assert first.headers["Content-Type"].startswith("application/geo+json")
    again = client.get("/komando/peta.json", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    DistrictLine.objects.filter(code=scene.KECAMATAN[0]).update(look="bahaya")
    assert client.get("/komando/peta.json", headers={"If-None-Match": first.headers["ETag"]}).status_code == 200


def test_a_real_boundary_takes_the_place_of_the_cell(drawn: Post) -> None:
    ring = [[124.0, -9.0], [124.1, -9.0], [124.1, -9.1], [124.0, -9.0]]
    Boundary.objects.create(code=scene.KECAMATAN[0], name="A", geometry={"type": "Polygon", "coordinates": [ring]})
    drawn_now = json.loads(drawn.client("auditor").get("/komando/peta.json").content)
    Boundary.objects.all().delete()
    assert drawn_now["features"][0]["geometry"]["coordinates"] == [ring]
    assert drawn_now["features"][1]["geometry"]["coordinates"] != [ring]


def test_a_kecamatan_without_a_place_is_listed_though_not_drawn(drawn: Post) -> None:
    DistrictLine.objects.filter(code=scene.KECAMATAN[0]).update(lat_e6=None, lon_e6=None)
    assert len([one for one in geography()["features"] if one["geometry"]["type"] == "Polygon"]) == 23
    assert page(drawn, "/komando/kecamatan/").count("<li>") == 24


def test_a_board_that_lags_behind_says_so(drawn: Post) -> None:
    assert 'id="usang"' in page(drawn)
    assert re.search(r'id="usang"[^>]* hidden>', page(drawn))
    ClockRow.objects.all().delete()
    Judged.objects.update(now=clock.now() - 301)
    assert re.search(r'id="usang"[^>]* hidden>', page(drawn)) is None
    assert "Jangan anggap aman" in page(drawn)


def test_an_empty_post_says_what_to_do_first(post: Post) -> None:
    ClockRow.objects.all().delete()
    text = page(post)
    assert "Belum ada operasi" in text
    assert 'id="peta"' not in text


def test_a_panel_nobody_drew_does_not_exist(drawn: Post) -> None:
    assert drawn.client("operator").get("/komando/rahasia/").status_code == 404


def test_the_operator_sets_the_pace_of_a_demonstration(drawn: Post) -> None:
    client = drawn.client("operator")
    assert client.post("/jam/", {"laju": "300", "keadaan": "jalan"}).headers["Location"] == "/komando/"
    row = clock.row()
    assert row is not None
    assert (row.speed, row.is_paused) == (300, False)
    client.post("/jam/", {"keadaan": "jeda", "next": "https://kawal.example.net/"})
    row = clock.row()
    assert row is not None
    assert (row.speed, row.is_paused) == (300, True)


def test_the_pace_never_moves_the_clock_back(drawn: Post) -> None:
    before = clock.now()
    drawn.client("operator").post("/jam/", {"laju": "1"})
    assert clock.now() >= before


@pytest.mark.parametrize("pace", ["0", "-60", "7", "1e9", "sekarang"])
def test_a_pace_that_is_not_offered_changes_nothing(drawn: Post, pace: str) -> None:
    drawn.client("operator").post("/jam/", {"laju": pace})
    row = clock.row()
    assert row is not None
    assert row.speed == 60


def test_an_auditor_sees_the_clock_and_may_not_steer_it(drawn: Post) -> None:
    client = drawn.client("auditor")
    assert 'action="/jam/"' not in client.get("/komando/").content.decode()
    assert client.post("/jam/", {"laju": "300"}).status_code == 403


def test_a_real_operation_has_no_clock_to_steer(drawn: Post) -> None:
    scene.fill(is_demo=False)
    assert "DEMONSTRASI" not in page(drawn)
    drawn.client("operator").post("/jam/", {"laju": "300"})
    assert clock.row() is None


def test_the_clock_of_the_post_is_the_clock_of_the_place(drawn: Post) -> None:
    text = said(page(drawn))
    assert "17.19 WITA" in text
    assert "Sabtu, 30 November 2024" in text
    english = drawn.client("operator")
    english.cookies["bahasa"] = "en"
    assert "Saturday, 30 November 2024" in said(english.get("/komando/").content.decode())


def test_text_of_strangers_stays_text(drawn: Post) -> None:
    bad = "<script>alert(1)</script>\u202e"
    ItemLine.objects.filter(order=0).update(says_id=bad, codes=[bad], subjects=[bad])
    BoxLine.objects.filter(box=scene.box_id(2, 1)).update(holder=bad[:60], seals=bad)
    text = page(drawn)
    assert "<script>alert" not in text
    assert "\u202e" not in text


def test_an_empty_queue_beside_unknown_boxes_never_looks_like_safety(drawn: Post) -> None:
    ItemLine.objects.all().delete()
    BoxLine.objects.update(look="tidak diketahui")
    page = drawn.client("auditor").get("/komando/tindakan/").content.decode()
    assert f"{BoxLine.objects.count()} kotak tidak diketahui" in page
    assert "Tidak ada yang menunggu tindakan" not in page
    BoxLine.objects.update(look="aman")
    assert "Tidak ada yang menunggu tindakan" in drawn.client("auditor").get("/komando/tindakan/").content.decode()


POST = "pos-ppk-530305"


def a_silent_post() -> None:
    says = f"Pos {POST}: tidak terdengar. Hubungi sekarang."
    about = {"codes": ["guard.silent"], "subjects": [POST], "says_id": says, "says_en": says}
    ItemLine.objects.create(
        order=99, cause=f"guard.silent:{POST}", severity="warn", count=1, since=scene.NOW - 60, lasts=True, **about
    )


def test_a_silent_post_is_one_thing_to_do_with_one_verb(drawn: Post) -> None:
    a_silent_post()
    task = tasks(everything=True, sees_posts=True).shown[-1]
    assert (task.code, task.subject, task.verb, task.url) == ("guard.silent", POST, "Hubungi pos", "/penjagaan/")
    assert POST in page(drawn, "/komando/tindakan/?tindakan=semua")


def test_what_is_to_be_done_about_a_post_leads_to_that_post(drawn: Post) -> None:
    a_silent_post()
    PostLine.objects.create(
        post=POST, site="ppk-530305", site_kind="ppk", unit="polsek-530305", zone="Asia/Makassar", wanted=2,
        present=2, beat_s=3600, state="berjalan", periods=[], look="tidak diketahui", why=[],
    )  # fmt: skip
    task = tasks(everything=True, sees_posts=True).shown[-1]
    assert task.url == f"/penjagaan/pos/{POST}/"
    assert drawn.client("kaops").get(task.url).status_code == 200
    assert drawn.client("kpu").get(task.url).status_code == 403
    ItemLine.objects.filter(order=99).update(subjects=[POST, "pos-ppk-530306"])
    PostLine.objects.create(
        post="pos-ppk-530306", site="ppk-530306", site_kind="ppk", unit="polsek-530306", zone="Asia/Makassar",
        wanted=2, present=2, beat_s=3600, state="berjalan", periods=[], look="aman", why=[],
    )  # fmt: skip
    assert tasks(everything=True, sees_posts=True).shown[-1].url == "/penjagaan/"


@pytest.mark.parametrize(
    ("office", "sees"),
    [("kaops", True), ("padal", True), ("auditor", True), ("kpu", False), ("bawaslu", False), ("humas", False)],
)
def test_how_posts_are_guarded_is_not_for_every_office(drawn: Post, office: Office, sees: bool) -> None:
    a_silent_post()
    client = drawn.client(office)
    for url in ("/komando/?tindakan=semua", "/komando/tindakan/?tindakan=semua"):
        assert (POST in client.get(url).content.decode()) is sees


def test_no_list_of_boxes_names_a_finding_about_posts(drawn: Post) -> None:
    FindingLine.objects.create(
        code="guard.silent", severity="warn", subject=POST, since=1, until=None, evidence=[], says_id=POST,
        says_en=POST, cause="", item=-1,
    )  # fmt: skip
    client = drawn.client("kpu")
    assert "guard." not in client.get("/kotak/").content.decode()
    assert POST not in client.get("/kotak/?temuan=guard.silent").content.decode()
    assert client.get(f"/kotak/{POST}/").status_code == 404

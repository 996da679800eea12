"""The page says which kecamatan are vulnerable and why, what moves them now, and never takes unknown for less."""

import json

import pytest

from tests.server.kerawanan.desk import GRAVE, QUIET, STATION, UNKNOWN, at, happen, say
from tests.server.pages.scene import NOW
from tests.server.post import Post


def test_the_gravest_come_first_and_the_unknown_before_the_quiet(desk: Post) -> None:
    places = desk.client("karendalops").get("/kerawanan/").context["places"]
    order = [one.place for one in places]
    assert (order[0], order[-1]) == (GRAVE, QUIET)
    assert {one.shifted.risk for one in places[1:-1]} == {None}


def test_the_page_says_what_it_is_for_and_what_is_unknown(desk: Post) -> None:
    body = desk.client("padal").get("/kerawanan/").content.decode()
    assert "Tidak untuk rilis" in body
    assert "22 kecamatan belum dinilai" in body
    assert "Intelkam Polres TTU, R/12/XI/2024" in body


@pytest.mark.parametrize("office", ["humas", "kpu", "bawaslu"])
def test_humas_and_other_agencies_are_refused(desk: Post, office: str) -> None:
    client = desk.client(office)  # type: ignore[arg-type]
    for path in ("", "peta.json", f"tempat/{GRAVE}/", "titik/", "kekuatan/", "bobot/", "persaingan/", "tps/", "catat/"):
        assert client.get(f"/kerawanan/{path}").status_code == 403, path
    assert "Kerawanan" not in client.get("/komando/").content.decode()


def test_an_incident_lifts_a_place_for_all_to_see_and_leaves_the_base(desk: Post) -> None:
    client = desk.client("karendalops")
    before = client.get(f"/kerawanan/tempat/{QUIET}/").context["one"]
    incident = happen(QUIET)
    answer = client.get(f"/kerawanan/tempat/{QUIET}/")
    body, during = answer.content.decode(), answer.context["one"]
    assert (before.class_now, during.class_now, during.class_before) == ("Kurang rawan", "Rawan", "Kurang rawan")
    assert "+34 gangguan nyata" in body
    assert "masih terbuka" in body
    incident.delete()
    again = client.get(f"/kerawanan/tempat/{QUIET}/").context["one"]
    assert again.shifted == before.shifted


def test_a_closed_incident_is_told_as_fading(desk: Post) -> None:
    happen(UNKNOWN, "threshold", closed_at=NOW - 3 * 3600)
    one = desk.client("karendalops").get(f"/kerawanan/tempat/{UNKNOWN}/")
    assert "menyurut" in one.content.decode()
    assert 0 < one.context["one"].moved[0].points < 17


def test_the_map_shows_kecamatan_by_class_and_no_station(desk: Post) -> None:
    answer = desk.client("padal").get("/kerawanan/peta.json")
    found = json.loads(answer.content)
    looks = {one["id"]: one["properties"]["look"] for one in found["features"]}
    assert (looks[GRAVE], looks[QUIET], looks[UNKNOWN]) == ("kelas-high", "kelas-less", "tidak-diketahui")
    assert STATION not in answer.content.decode()
    assert "no-store" in answer.headers["Cache-Control"]


def test_a_class_of_the_regency_stands_beside_its_kecamatan_and_decides_nothing(desk: Post) -> None:
    say("5303", "less", instrument="ipkp")
    one = desk.client("karendalops").get(f"/kerawanan/tempat/{UNKNOWN}/")
    assert one.context["one"].shifted.risk is None
    assert "Tidak ikut menentukan kelas" in one.content.decode()


def test_intelligence_counts_for_everyone_and_is_read_by_planners_alone(desk: Post) -> None:
    say(UNKNOWN, "high", source="Laporan informasi R/99", confidentiality="intel")
    planner, padal = (desk.client(one).get(f"/kerawanan/tempat/{UNKNOWN}/") for one in ("karendalops", "padal"))
    assert planner.context["one"].shifted.risk == padal.context["one"].shifted.risk == "high"
    assert "R/99" in planner.content.decode()
    assert "R/99" not in padal.content.decode()
    assert "tidak ditampilkan" in padal.content.decode()


def test_a_polsek_reads_its_own_kecamatan_and_no_other(desk: Post) -> None:
    from kawal_server.store.models import UnitRow

    for code in (GRAVE, QUIET):
        UnitRow.objects.create(unit=f"polsek-{code}", kind="polsek", name=code, agency="polri", area=code)
    from kawal_server.store.models import RiskEntry

    for row in RiskEntry.objects.filter(level="district"):
        row.unit = f"polsek-{row.place}"
        row.save()
    client = at(desk, "padal", f"polsek-{QUIET}")
    assert [one.place for one in client.get("/kerawanan/").context["places"]] == [QUIET]
    assert client.get(f"/kerawanan/tempat/{QUIET}/").status_code == 200
    assert client.get(f"/kerawanan/tempat/{GRAVE}/").status_code == 403


def test_a_place_that_is_none_is_not_found(desk: Post) -> None:
    assert desk.client("karendalops").get("/kerawanan/tempat/NOWHERE!/").status_code == 404


def test_what_an_incident_moves_stands_first(desk: Post) -> None:
    happen(QUIET, "potential")
    places = desk.client("karendalops").get("/kerawanan/").context["places"]
    assert [one.place for one in places[:2]] == [QUIET, GRAVE]

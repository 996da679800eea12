"""What the operation decides: weights seen before they count, cut-offs with a source, force in named numbers."""

from typing import Any

import pytest

from kawal.risk.indicators import VARIABLES
from kawal.risk.register import INSTRUMENTS
from kawal_server.store.models import BkoNeed, Closeness, ForcePattern, RiskCut, RiskWeight, StrategicSite, UnitRow
from tests.server.kerawanan.desk import GRAVE, QUIET, say
from tests.server.post import Post

SOURCE = "pagaralampos 718944"


def weights(**other: str) -> dict[str, str]:
    keys = [*INSTRUMENTS, *(one.key for one in VARIABLES)]
    return {f"bobot-{one}": other.get(one.replace("-", "_"), "1") for one in keys}


def patterns(post: Post) -> Any:
    client = post.client("karendalops")
    for risk, stations, linmas in (("less", 4, 8), ("prone", 2, 4), ("high", 1, 2), ("special", 1, 2)):
        said = {"kelas": risk, "polri": 2, "jumlah-tps": stations, "linmas": linmas, "sumber": SOURCE}
        assert client.post("/kerawanan/pola/", said).status_code == 302
    return client


def test_weights_are_looked_at_before_they_count(desk: Post) -> None:
    say(QUIET, "high", instrument="ipkp")
    client = desk.client("karendalops")
    looked = client.post("/kerawanan/bobot/", {**weights(local="0"), "aksi": "lihat"})
    effect = next(one for one in looked.context["effects"] if one.before.place == QUIET)
    assert (effect.before.shifted.base.risk, effect.after.shifted.base.risk) == ("prone", "high")
    assert not RiskWeight.objects.exists()
    kept = client.post("/kerawanan/bobot/", {**weights(local="0"), "aksi": "simpan", "alasan": "rapat 20-11"})
    assert kept.status_code == 302
    assert client.get(f"/kerawanan/tempat/{QUIET}/").context["one"].shifted.risk == "high"


@pytest.mark.parametrize(
    ("said", "alasan", "says"),
    [
        (weights(**{one.replace("-", "_"): "0" for one in INSTRUMENTS}), "rapat", "lebih dari 0"),
        (weights(local="101"), "rapat", "0 sampai 100"),
        (weights(local="-1"), "rapat", "bukan bilangan bulat"),
        (weights(), "", "Tulis alasan"),
    ],
)
def test_weights_that_give_nothing_are_refused(desk: Post, said: dict[str, str], alasan: str, says: str) -> None:
    answer = desk.client("karendalops").post("/kerawanan/bobot/", {**said, "aksi": "simpan", "alasan": alasan})
    assert answer.status_code == 400
    assert says in answer.content.decode()
    assert not RiskWeight.objects.exists()


def test_the_auditor_looks_at_weights_and_sets_none(desk: Post) -> None:
    client = desk.client("auditor")
    assert client.post("/kerawanan/bobot/", {**weights(), "aksi": "lihat"}).status_code == 200
    assert client.post("/kerawanan/bobot/", {**weights(), "aksi": "simpan", "alasan": "coba"}).status_code == 403


def test_the_polices_index_becomes_a_class_once_its_cuts_are_entered(desk: Post) -> None:
    from decimal import Decimal

    say("5303", Decimal("67.55"), instrument="ipkp")
    client = desk.client("karendalops")
    one = client.get("/kerawanan/tempat/5303/")
    assert one.context["one"].shifted.risk is None
    assert "belum diketahui" in one.content.decode()
    said = {"instrumen": "ipkp", "jenis": "regency", "rawan": "40", "sangat": "60", "sumber": "Baintelkam, surat 12"}
    assert client.post("/kerawanan/batas/", {**said, "rawan": "70"}).status_code == 400
    assert client.post("/kerawanan/batas/", said).status_code == 302
    assert RiskCut.objects.get().by == "karendalops"
    assert client.get("/kerawanan/tempat/5303/").context["one"].shifted.risk == "high"


def test_the_force_is_reckoned_from_named_numbers_and_the_shortage_drafted(desk: Post) -> None:
    client = patterns(desk)
    asked = {"hitung": "isian", "tps-less": "277", "tps-prone": "146", "kekuatan": "240", "bagian": "2/3", "bko": "40"}
    answer = client.get("/kerawanan/kekuatan/", asked)
    need, balance = answer.context["reckoned"].need, answer.context["reckoned"].balance
    assert (need.polri, need.linmas, need.stations) == (70 * 2 + 73 * 2, 846, 423)
    assert balance.short == 286 - 200
    body = answer.content.decode()
    assert "277 TPS ÷ 4 = 70 kelompok × 2 Polri = 140 Polri" in body
    assert "Mohon BKO 86 personel Polri" in body


def test_a_shortage_becomes_a_need_for_lent_forces_with_its_arithmetic(desk: Post) -> None:
    client = patterns(desk)
    asked = {"hitung": "isian", "tps-less": "277", "kekuatan": "60", "wilayah": GRAVE}
    assert client.get("/kerawanan/kekuatan/", asked).context["bko"] == {}, "no unit is known here yet"
    UnitRow.objects.create(unit="polres-5303", kind="polres", name="Polres TTU", agency="polri", area="5303")
    answer = client.get("/kerawanan/kekuatan/", asked)
    form = answer.context["bko"]
    sent = {
        "kepada": form["unit"], "wilayah": form["area"], "jumlah": answer.context["reckoned"].balance.short,
        "alasan": form["reason"], "sumber": "Hitung kekuatan", "mulai": form["starts"], "selesai": form["ends"],
    }  # fmt: skip
    assert client.post("/bko/kebutuhan/", sent).status_code == 302
    need = BkoNeed.objects.get()
    assert (need.count, need.area, need.contingent) == (140 - 40, GRAVE, "")
    assert "kebutuhan 140, yang dapat digerakkan 40" in need.reason
    assert need.source == "Hitung kekuatan"
    assert need.ends - need.starts == 7 * 86_400
    enough = client.get("/kerawanan/kekuatan/", {**asked, "kekuatan": "900"})
    assert "Catat sebagai kebutuhan BKO" not in enough.content.decode()
    reader = desk.client("padal").get("/kerawanan/kekuatan/", asked)
    assert reader.context["reckoned"].balance.short == 100
    assert "Catat sebagai kebutuhan BKO" not in reader.content.decode()


def test_a_triple_without_names_is_refused_on_the_page(desk: Post) -> None:
    client = desk.client("karendalops")
    answer = client.post("/kerawanan/pola/", {"kelas": "less", "pola": "2-4-8", "sumber": SOURCE})
    assert answer.status_code == 400
    assert "Isi ketiganya dengan namanya" in answer.content.decode()
    assert client.post("/kerawanan/pola/", {"kelas": "less", "polri": "2", "sumber": SOURCE}).status_code == 400
    named = {"kelas": "less", "pola": "2 Polri untuk 4 TPS, 8 Linmas", "sumber": SOURCE}
    assert client.post("/kerawanan/pola/", named).status_code == 302
    assert ForcePattern.objects.count() == 1


def test_a_missing_pattern_is_asked_for(desk: Post) -> None:
    answer = desk.client("padal").get("/kerawanan/kekuatan/", {"hitung": "isian", "tps-special": "3"})
    assert answer.status_code == 400
    assert "Belum ada pola untuk kelas khusus" in answer.content.decode()


def test_only_planners_reckon_from_the_classes_of_stations(desk: Post) -> None:
    patterns(desk)
    planner = desk.client("karendalops").get("/kerawanan/kekuatan/", {"hitung": "penilaian", "wilayah": GRAVE})
    assert {line.risk for line in planner.context["reckoned"].need.lines} == {"special", "prone"}
    padal = desk.client("padal").get("/kerawanan/kekuatan/", {"hitung": "penilaian", "wilayah": GRAVE})
    assert padal.context["reckoned"].need.lines == ()


def test_sites_of_the_register_stand_by_their_usual_priority_until_somebody_sets_another(desk: Post) -> None:
    client = desk.client("karendalops")
    site = {
        "nama": "PPK Insana",
        "jenis": "ppk",
        "situs": f"ppk-{QUIET}",
        "wilayah": QUIET,
        "prioritas": "1",
        "alasan": "dekat pasar",
    }
    rows = client.get("/kerawanan/titik/").context["rows"]
    assert {row["site"].priority for row in rows} == {2}
    assert rows[0]["site"].area == GRAVE
    assert client.post("/kerawanan/titik/", site).status_code == 302
    first = client.get("/kerawanan/titik/").context["rows"][0]
    assert (first["site"].site, first["weight"], first["strengths"]) == (f"ppk-{QUIET}", 3, (3, 3))
    assert client.post("/kerawanan/titik/", {**site, "alasan": ""}).status_code == 400
    assert client.post("/kerawanan/titik/", {**site, "titik": "di sana"}).status_code == 400
    client.post("/kerawanan/titik/", {**site, "aksi": "lepas"})
    assert StrategicSite.objects.count() == 2
    assert f"ppk-{QUIET}" not in {row["site"].site for row in client.get("/kerawanan/titik/").context["rows"]}


def test_closeness_is_a_word_and_a_source_and_never_a_number(desk: Post) -> None:
    client = desk.client("karendalops")
    said = {
        "pemilihan": "BUP-5303",
        "kelas": "ketat",
        "sumber": "https://x.example/unggul-tipis",
        "tanggal": "2024-11-29",
    }
    assert client.post("/kerawanan/persaingan/", said).status_code == 302
    assert client.get(f"/kerawanan/tempat/{QUIET}/").context["one"].shifted.points == 27
    refused = client.post("/kerawanan/persaingan/", {**said, "sumber": "unggul 0,8 persen"})
    assert refused.status_code == 400
    assert "Persentase dan jumlah suara tidak dicatat" in refused.content.decode()
    assert Closeness.objects.count() == 1


@pytest.mark.parametrize("part", ["1e99999999", "2/0", "-1/3", "3/2", "dua pertiga", "\u0662/\u0663"])
def test_a_part_that_is_none_counts_as_the_usual_two_thirds(desk: Post, part: str) -> None:
    asked = {"hitung": "isian", "kekuatan": "240", "bagian": part}
    assert desk.client("padal").get("/kerawanan/kekuatan/", asked).context["reckoned"].balance.at_hand == 160


@pytest.mark.parametrize("number", ["-1", "1.5", "1e9", "99999999", "٣"])
def test_what_is_no_number_of_people_is_said(desk: Post, number: str) -> None:
    answer = desk.client("padal").get("/kerawanan/kekuatan/", {"hitung": "isian", "kekuatan": number})
    assert answer.status_code == 400
    assert "bukan bilangan bulat" in answer.content.decode()


def test_patterns_and_cuts_of_no_place_are_refused(desk: Post) -> None:
    client = desk.client("karendalops")
    said = {"kelas": "less", "polri": "2", "jumlah-tps": "4", "linmas": "8", "sumber": SOURCE, "wilayah": "x" * 20}
    assert client.post("/kerawanan/pola/", said).status_code == 400
    cut = {"instrumen": "ipkp", "jenis": "site", "rawan": "1e5", "sangat": "60", "sumber": SOURCE}
    assert client.post("/kerawanan/batas/", cut).status_code == 400
    assert client.post("/kerawanan/batas/", {**cut, "jenis": "regency"}).status_code == 400

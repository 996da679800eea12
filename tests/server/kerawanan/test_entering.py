"""What somebody enters stands with its source and its author; corrections replace and nothing is lost."""

import io
from collections.abc import Sequence

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook

from kawal_server.store.models import RiskEntry
from tests.server.kerawanan.desk import GRAVE, QUIET, STATION, form, say
from tests.server.post import Post

HEAD = ["Tempat", "Instrumen", "Tahap", "Tanggal", "Kelas/Skor", "Sumber", "Kerahasiaan"]


def upload(rows: Sequence[Sequence[object]]) -> SimpleUploadedFile:
    book = Workbook()
    for row in rows:
        book.active.append(list(row))  # type: ignore[union-attr]
    kept = io.BytesIO()
    book.save(kept)
    return SimpleUploadedFile("kerawanan.xlsx", kept.getvalue())


def test_an_assessment_is_kept_with_who_and_when(desk: Post) -> None:
    answer = desk.client("karendalops").post("/kerawanan/catat/", form())
    assert answer.headers["Location"] == f"/kerawanan/tempat/{QUIET}/"
    row = RiskEntry.objects.latest("id")
    assert (row.place, row.value, row.by, row.level) == (QUIET, "high", "karendalops", "district")
    assert row.at > 0


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"sumber": ""}, "Isi sumbernya"),
        ({"tanggal": "kemarin"}, "Isi tanggalnya"),
        ({"nilai": "2-4-8"}, "bukan kelas dan bukan skor"),
        ({"tempat": "647401"}, "tidak ada di operasi ini"),
        ({"tempat": ""}, "bukan kode wilayah"),
        ({"tempat": "", "tps": STATION, "kerahasiaan": "public"}, "tidak pernah umum"),
        ({"instrumen": "tps-rawan", "indikator": ["full-moon"]}, "tidak dikenal"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_kept(desk: Post, wrong: dict[str, object], says: str) -> None:
    before = RiskEntry.objects.count()
    answer = desk.client("karendalops").post("/kerawanan/catat/", form(**wrong))
    assert answer.status_code == 400
    assert says in answer.content.decode()
    assert RiskEntry.objects.count() == before


@pytest.mark.parametrize("office", ["padal", "pamatwil", "auditor", "kasatgas"])
def test_who_may_only_read_changes_nothing(desk: Post, office: str) -> None:
    client = desk.client(office)  # type: ignore[arg-type]
    assert client.get("/kerawanan/").status_code == 200
    assert client.post("/kerawanan/catat/", form()).status_code == 403
    for path in ("impor/", "batas/", "pola/", "tarik/1/"):
        assert client.post(f"/kerawanan/{path}", {}).status_code == 403, path
    site = {"nama": "Dermaga", "jenis": "jetty", "wilayah": QUIET, "prioritas": "1", "alasan": "kotak ke kapal"}
    assert client.post("/kerawanan/titik/", site).status_code == 403
    race = {"pemilihan": "BUP-5303", "kelas": "ketat", "sumber": "https://x.example", "tanggal": "2024-11-29"}
    assert client.post("/kerawanan/persaingan/", race).status_code == 403


def test_a_correction_replaces_and_the_old_one_stays_readable(desk: Post) -> None:
    wrong = say(GRAVE, "less", instrument="ipkp")
    client = desk.client("karendalops")
    client.post("/kerawanan/catat/", form(tempat=GRAVE, instrumen="ipkp", nilai="rawan", ganti=str(wrong.pk)))
    one = client.get(f"/kerawanan/tempat/{GRAVE}/").context["one"]
    assert [said.value for said in one.said] == ["rawan", "sangat rawan"]
    assert [said.value for said in one.older] == ["kurang rawan"]


def test_a_withdrawn_assessment_leaves_the_place_unknown_and_says_why(desk: Post) -> None:
    row = RiskEntry.objects.get(place=QUIET)
    client = desk.client("kaops")
    client.post(f"/kerawanan/tarik/{row.pk}/", {"alasan": "salah tempat, lihat R/13"})
    one = client.get(f"/kerawanan/tempat/{QUIET}/")
    assert one.context["one"].shifted.risk is None
    assert "salah tempat, lihat R/13" in one.content.decode()


def test_a_correction_about_another_place_is_refused(desk: Post) -> None:
    row = RiskEntry.objects.get(place=GRAVE)
    answer = desk.client("karendalops").post("/kerawanan/catat/", form(ganti=str(row.pk)))
    assert "tempat yang sama" in answer.content.decode()


def test_good_rows_of_a_list_are_kept_and_bad_ones_named_by_number(desk: Post) -> None:
    listed = upload(
        [
            HEAD,
            [GRAVE, "IPKP", "tahap 2", "10-10-2024", "rawan", "Surat Baintelkam 12/2024", "internal"],
            ["Insana", "Penilaian sendiri", "kampanye", "10-10-2024", "sangat rawan", "Intelkam R/1", ""],
            ["Negeri Antah", "IPKP", "tahap 2", "10-10-2024", "rawan", "Surat 12/2024", ""],
            [GRAVE, "IPKP", "tahap 2", "besok", "rawan", "Surat 12/2024", ""],
            [GRAVE, "ramalan", "tahap 2", "11-10-2024", "rawan", "Surat 12/2024", ""],
            [STATION, "TPS rawan", "pungut hitung", "15-11-2024", "khusus", "Bawaslu TTU", "internal"],
        ]
    )
    answer = desk.client("karendalops").post("/kerawanan/impor/", {"berkas": listed})
    assert answer.status_code == 200
    assert answer.context["done"].kept == 3
    assert [one.row_number for one in answer.context["problems"]] == [4, 5, 6]
    assert "3 baris dicatat, 3 baris perlu diperbaiki" in answer.content.decode()
    assert RiskEntry.objects.filter(place="530308", value="high").exists()


def test_an_operators_list_keeps_its_stations_out(desk: Post) -> None:
    listed = upload(
        [
            HEAD,
            [STATION, "TPS rawan", "x", "15-11-2024", "khusus", "Bawaslu TTU", "internal"],
            [QUIET, "IPKP", "x", "15-11-2024", "rawan", "Surat 12/2024", ""],
        ]
    )
    answer = desk.client("operator").post("/kerawanan/impor/", {"berkas": listed})
    assert answer.context["done"].kept == 1
    assert [one.row_number for one in answer.context["problems"]] == [2]
    assert "berwenang" in answer.content.decode()


def test_a_file_that_is_no_list_says_so(desk: Post) -> None:
    client = desk.client("karendalops")
    bad = SimpleUploadedFile("x.xlsx", b"\x00\x01not a list")
    assert client.post("/kerawanan/impor/", {"berkas": bad}).status_code == 400
    assert "Pilih berkasnya dulu" in client.post("/kerawanan/impor/", {}).content.decode()


@pytest.mark.parametrize("row", ["999999999999999", "0"])
def test_a_correction_of_what_does_not_exist_is_not_found(desk: Post, row: str) -> None:
    client = desk.client("karendalops")
    assert client.post("/kerawanan/catat/", form(ganti=row)).status_code == 404
    assert client.post(f"/kerawanan/tarik/{row}9999999/", {"alasan": "tidak ada"}).status_code == 404

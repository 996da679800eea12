"""A list of people is read row by row: bad rows are named, good ones entered, and only whoever handed it in sees it."""

from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook

from kawal_server.store.models import ClockRow, ListDraft, Operation, PersonRow, PlannedPersonRow
from tests.server.jadwal.bontang import LENT, Bontang

HEAD = ["No", "Nama", "Pangkat", "NRP", "Kesatuan", "Jabatan", "Domisili", "Cuti", "BKO", "Benturan Kepentingan"]
GOOD = [
    [1, "Arif Contoh", "Bripka", "85010001", "Polsek Bontang Utara", "Danru", "647401", "30/11/2024", "", ""],
    [2, "Rahmat Contoh", "Briptu", "95010002", "polsek-647402", "Anggota", "", "", "", "640217"],
]
BAD = [
    [3, "Tanpa Satuan", "Bripda", "99010003", "Polsek Antah", "", "", "", "", ""],
    [4, "Salah Nomor", "Bripda", "12", "polsek-647402", "", "", "", "", ""],
    [5, "Salah Pangkat", "Laksamana", "99010005", "polsek-647402", "", "", "", "", ""],
]


def workbook(*rows: list[Any]) -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (HEAD, *rows):
        sheet.append(row)
    made = BytesIO()
    book.save(made)
    return made.getvalue()


def upload(client: Any, content: bytes, name: str = "personel.xlsx") -> Any:
    return client.post("/penjagaan/jadwal/personel/", {"berkas": SimpleUploadedFile(name, content)})


def accept(client: Any) -> Any:
    # With a clock of its own a post counts as a demonstration, whose pages have no such button.
    ClockRow.objects.all().delete()
    page = client.get("/penjagaan/jadwal/personel/").content.decode()
    mark = page.split('name="tanda" value="')[1].split('"')[0]
    return client.post("/penjagaan/jadwal/personel/terima/", {"tanda": mark})


def test_good_rows_are_entered_and_bad_rows_say_what_to_do(polres: Bontang) -> None:
    client = polres.client("karendalops")
    before = PersonRow.objects.count()
    assert upload(client, workbook(*GOOD, *BAD)).status_code == 302
    page = client.get("/penjagaan/jadwal/personel/").content.decode()
    assert "Satuan polsekantah tidak dikenal" in page
    assert "“12” bukan NRP" in page
    assert "Pangkat tidak dikenal" in page
    assert "85010001" not in page
    assert PersonRow.objects.count() == before
    assert accept(client).status_code == 302
    assert PersonRow.objects.count() == before + 2
    arif = PersonRow.objects.get(nrp="85010001")
    assert (arif.unit, arif.rank, arif.skills, arif.home_district) == ("polsek-647401", "Bripka", ["leader"], "647401")
    assert arif.leave == [["2024-11-30", "2024-11-30"]]
    assert PlannedPersonRow.objects.get(who=PersonRow.objects.get(nrp="95010002").who).exclusions == ["640217"]
    assert not ListDraft.objects.filter(kind="people").exists()


def test_the_same_person_handed_in_again_is_changed_and_stays_one(polres: Bontang) -> None:
    client = polres.client("karendalops")
    for rank in ("Briptu", "Brigpol"):
        upload(client, workbook([1, "Rahmat Contoh", rank, "95010002", "polsek-647402", "", "", "", "", ""]))
        accept(client)
    assert [one.rank for one in PersonRow.objects.filter(nrp="95010002")] == ["Brigpol"]


def test_the_lent_are_entered_by_whom_they_are_lent_to_under_their_contingent(polres: Bontang) -> None:
    client = polres.client("karendalops")
    row = [1, "Lentari Contoh", "Bharada", "00010009", "ditsamapta-64", "", "", "", "Sprin/123", ""]
    other = [2, "Lentaru Contoh", "Bharada", "00010010", "ditsamapta-64", "", "", "", "Sprin/999", ""]
    upload(client, workbook(row, other))
    page = client.get("/penjagaan/jadwal/personel/").content.decode()
    assert "Kontingen Sprin/999 tidak dikenal" in page
    accept(client)
    who = PersonRow.objects.get(nrp="00010009").who
    assert PlannedPersonRow.objects.get(who=who).contingent == LENT
    assert not PersonRow.objects.filter(nrp="00010010").exists()


def test_people_of_another_unit_are_left_out(polres: Bontang) -> None:
    client = polres.client("karendalops", unit="polsek-647401")
    upload(client, workbook(*GOOD))
    page = client.get("/penjagaan/jadwal/personel/").content.decode()
    assert "polsek-647402 di luar wewenang Anda" in page
    accept(client)
    assert not PersonRow.objects.filter(nrp="95010002").exists()


def test_nobody_else_sees_or_accepts_a_list_handed_in(polres: Bontang) -> None:
    upload(polres.client("karendalops"), workbook(*GOOD))
    other = polres.client("kasetops")
    assert "Arif" not in other.get("/penjagaan/jadwal/personel/").content.decode()
    assert other.post("/penjagaan/jadwal/personel/terima/", {"tanda": "1"}).status_code == 409
    assert polres.client("padal").get("/penjagaan/jadwal/personel/").status_code == 403


def test_a_list_that_changed_since_it_was_looked_at_is_looked_at_again(polres: Bontang) -> None:
    client = polres.client("karendalops")
    upload(client, workbook(*GOOD))
    assert client.post("/penjagaan/jadwal/personel/terima/", {"tanda": "0-0"}).status_code == 409
    assert not PersonRow.objects.filter(nrp="85010001").exists()


def test_a_file_that_is_no_list_is_refused_and_a_list_may_be_thrown_away(polres: Bontang) -> None:
    client = polres.client("karendalops")
    assert upload(client, b"%PDF-1.4 x", "x.pdf").status_code == 400
    assert upload(client, b"a;b\n1;2\n", "x.csv").status_code == 400
    assert client.post("/penjagaan/jadwal/personel/").status_code == 400
    upload(client, workbook(*GOOD))
    client.post("/penjagaan/jadwal/personel/buang/")
    assert not ListDraft.objects.filter(kind="people").exists()


def test_a_closed_operation_and_a_demonstration_take_nobody_in(polres: Bontang) -> None:
    client = polres.client("karendalops")
    Operation.objects.update(closed_at=1)
    assert upload(client, workbook(*GOOD)).status_code == 409
    Operation.objects.update(closed_at=None, is_demo=True)
    assert upload(client, workbook(*GOOD)).status_code == 403

"""A clerk's file is opened whatever program wrote it, and a hostile one takes nothing down."""

import io
import zipfile
from datetime import date, datetime

import pytest
from openpyxl import Workbook

from kawal.election.lists.cells import filled
from kawal.election.lists.stations import read_stations
from kawal.election.lists.tables import best_tables
from kawal_server.actions.open_lists import FILE_LIMIT, ListEncrypted, ListTooBig, NotAList, open_list
from tests.mission.election.lists.decree import codes_of, errors, some_places
from tests.server.lists.files import Row, decree, ods, saved, xls, xlsx, zipped

ROWS: list[Row] = [
    ["DAFTAR TPS", "", "", ""],
    ["NO", "KECAMATAN", "DESA/KELURAHAN", "JUMLAH TPS"],
    [1, "KOTA KEFAMENANU", "APLASI", 2],
    [2, "MIOMAFO TIMUR", "BOKON", 1],
]
STATIONS = ["5303012005001", "5303051002001", "5303051002002"]


def text(delimiter: str, encoding: str) -> bytes:
    return "\r\n".join(delimiter.join(map(str, row)) for row in ROWS).encode(encoding)


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(xlsx(ROWS), id="xlsx"),
        pytest.param(ods(ROWS), id="ods"),
        pytest.param(xls(ROWS), id="xls"),
        pytest.param(text(";", "utf-8-sig"), id="semicolons with a mark"),
        pytest.param(text(",", "cp1252"), id="commas"),
        pytest.param(text("\t", "utf-16"), id="tabs as Excel's Unicode text"),
    ],
)
def test_one_list_gives_the_same_stations_from_every_kind_of_file(content: bytes) -> None:
    places = some_places()
    found = read_stations(best_tables(open_list(content), "stations", places)[:1], places)
    assert (codes_of(found), errors(found)) == (STATIONS, [])


def test_merges_titles_floats_dates_hidden_rows_and_two_sheets_come_through() -> None:
    book = Workbook()
    cover = book.create_sheet("Sampul", 0)
    cover.append(["Keputusan", "Nomor 1"])
    sheet = book.worksheets[1]
    rows: list[Row] = [
        ["DAFTAR TPS", None, None, None, None],
        ["NO", "KECAMATAN", "DESA/KEL", "JUMLAH", None],
        [None, None, None, "TPS", "PEMILIH"],
        [1.0, "KOTA KEFAMENANU", "APLASI", 2.0, 900],
        [2.0, None, "KEFAMENANU UTARA", date(2024, 12, 1), 900],
        [3.0, None, "KEFAMENANU SELATAN", 1, 300],
        ["JUMLAH", None, None, 15, 2100],
    ]
    decree(sheet, rows, "A1:E1", "A2:A3", "B2:B3", "C2:C3", "D2:E2", "B4:B6", "A7:C7")
    sheet.row_dimensions[6].hidden = True
    sheets = open_list(saved(book))
    assert [one.name for one in sheets] == ["Sampul", sheet.title]
    assert filled(sheets[1]).cell(5, 1) == "KOTA KEFAMENANU"
    assert isinstance(sheets[1].cell(4, 3), (date, datetime))
    places = some_places()
    found = read_stations(best_tables(sheets, "stations", places)[:1], places)
    assert codes_of(found) == ["5303051002001", "5303051002002", "5303051006001"]
    assert [row for row, _ in errors(found)] == [5]
    assert [(one.stated, one.read) for one in found.stated] == [(15, 3)]


def test_a_formula_is_never_more_than_its_text() -> None:
    sheet = open_list(b'NO;DESA\n1;"=HYPERLINK(""http://x"")"\n')[0]
    assert sheet.rows[1][1] == '=HYPERLINK("http://x")'
    assert open_list(xlsx([["NO", "DESA"], [1, "=1+1"]]))[0].cell(1, 1) is None


def test_letters_of_old_windows_are_read() -> None:
    assert open_list("NO;DESA\n1;Café\n".encode("cp1252"))[0].rows[1] == ("1", "Café")


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(b"hanya satu kolom\nsaja\n", id="one column"),
        pytest.param(b"%PDF-1.7\x00\x01", id="a PDF"),
        pytest.param(b"PK\x03\x04" + bytes(200), id="half a zip"),
        pytest.param(zipped({"a.txt": "x"}), id="a zip of something else"),
        pytest.param(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000), id="half a compound file"),
        pytest.param(xlsx(ROWS)[:-400], id="a workbook cut off"),
    ],
)
def test_what_is_no_list_is_refused_in_words(content: bytes) -> None:
    with pytest.raises(NotAList, match=r"Unggah .* / .* Upload"):
        open_list(content)


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(xls(ROWS, is_locked=True), id="xls"),
        pytest.param(xls(ROWS) + "EncryptedPackage".encode("utf-16-le"), id="xlsx"),
    ],
)
def test_a_workbook_with_a_password_is_refused_in_words(content: bytes) -> None:
    with pytest.raises(ListEncrypted, match="kata sandi"):
        open_list(content)


def test_a_file_larger_than_any_list_is_refused_before_it_is_read() -> None:
    with pytest.raises(ListTooBig):
        open_list(b"a;b\n" * (FILE_LIMIT // 4 + 1))


def test_a_zip_bomb_is_refused_before_it_is_unpacked() -> None:
    out = io.BytesIO()
    with (
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as packed,
        packed.open("xl/a.xml", "w") as part,
    ):
        for _ in range(401):
            part.write(bytes(1024 * 1024))
    assert len(out.getvalue()) < FILE_LIMIT
    with pytest.raises(ListTooBig):
        open_list(out.getvalue())


def test_one_cell_in_the_last_corner_takes_no_memory_from_the_server() -> None:
    book = Workbook()
    book.worksheets[0]["A1"] = "NO"
    book.worksheets[0]["XFD1048576"] = "x"
    with pytest.raises(ListTooBig):
        open_list(saved(book))


def test_too_many_columns_or_rows_are_refused() -> None:
    with pytest.raises(ListTooBig):
        open_list(";".join("a" for _ in range(201)).encode() + b"\n")
    with pytest.raises(ListTooBig):
        open_list(b"a;b\n" * 200_001)

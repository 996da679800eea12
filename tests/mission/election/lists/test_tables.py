"""The header of a list is found under titles, and the map of its columns can be changed and remembered."""

import json
from datetime import datetime

import pytest

from kawal.election.lists.cells import Cell, filled, letters, whole, words
from kawal.election.lists.columns import column_map, fingerprint
from kawal.election.lists.stations import read_stations
from kawal.election.lists.tables import ColumnsMissing, alike, best_tables, find_table
from tests.mission.election.lists.decree import HEAD, sheet, some_places


def test_a_header_of_two_lines_under_titles_is_found() -> None:
    table = find_table(
        sheet(
            [
                ["DAFTAR TPS"],
                ["Kabupaten", "TTU"],
                [],
                ["NO", "WILAYAH", None, "JUMLAH"],
                [None, "KECAMATAN", "DESA/KELURAHAN", "TPS"],
                [1, "x", "y", 2],
            ],
            (3, 1, 3, 2),
            (3, 0, 4, 0),
        ),
        "stations",
    )
    assert (table.top, table.lines, table.first) == (3, 2, 5)
    assert table.labels == ("NO", "WILAYAH KECAMATAN", "WILAYAH DESA/KELURAHAN", "JUMLAH TPS")
    assert table.columns.as_json() == {"district": 1, "village": 2, "count": 3}
    assert table.titles == ("DAFTAR TPS", "Kabupaten TTU")


@pytest.mark.parametrize(
    "village", ["DESA", "Desa/Kel.", "KELURAHAN", "NAMA KAMPUNG", "NAGARI", "Gampong", "DESA ATAU SEBUTAN LAIN", "PPS"]
)
@pytest.mark.parametrize("number", ["NO TPS", "Nomor TPS", "NO. TPS"])
def test_the_words_of_all_provinces_are_known(village: str, number: str) -> None:
    table = find_table(
        sheet([["NO.", "DISTRIK", village, number, "ALAMAT TPS", "JUMLAH PEMILIH"], [1, "a", "b", 1, "c", 300]]),
        "stations",
    )
    assert table.columns.as_json() == {"district": 1, "village": 2, "number": 3}


def test_columns_without_a_header_are_known_by_what_they_hold() -> None:
    table = find_table(
        sheet([["530305", "Kota Kefamenanu", "Aplasi", "TPS 001"], ["530305", "Kota Kefamenanu", "Aplasi", "TPS 002"]]),
        "stations",
        some_places(),
    )
    assert table.columns.as_json() == {"district": 1, "village": 2, "number": 3}
    assert len(read_stations([table], some_places()).stations) == 2


def test_a_map_is_remembered_by_a_header_that_differs_only_in_its_looks() -> None:
    table = find_table(sheet([["Kolom A", "Kolom B"], ["5303051002", 3]]), "stations")
    with pytest.raises(ColumnsMissing, match="pilih kolom"):
        read_stations([table], some_places())
    kept = json.dumps(column_map("stations", {"code": 0, "count": 1}).as_json())
    again = find_table(sheet([["KOLOM  a.", "kolom-b", None], ["5303051002", 3]]), "stations")
    assert (
        again.fingerprint
        == table.fingerprint
        == fingerprint(["kolom A", "KOLOM B", ""])
        != fingerprint(["kolom B", "kolom A"])
    )
    chosen = again.with_columns(column_map("stations", json.loads(kept)))
    assert len(read_stations([chosen], some_places()).stations) == 3


def test_a_field_that_a_kind_does_not_have_cannot_be_chosen() -> None:
    with pytest.raises(ValueError, match="no such field"):
        column_map("stations", {"lat": 1})


def test_the_sheet_that_holds_the_list_comes_first_and_its_like_go_with_it() -> None:
    cover = sheet([["Sampul", "2024"]], name="Sampul")
    recap = sheet([["NO", "KECAMATAN", "JUMLAH DESA", "JUMLAH TPS"], [1, "Noemuti", 2, 3]], name="Rekap")
    one = sheet([HEAD, [1, "Kota Kefamenanu", "Aplasi", 2]], name="Kota")
    two = sheet([HEAD, [1, "Noemuti", "Noemuti", 1], [2, "Noemuti", "Oenaem", 1]], name="Noemuti")
    tables = best_tables([cover, recap, one, two], "stations", some_places())
    assert [table.sheet.name for table in tables[:2]] == ["Noemuti", "Kota"]
    assert {table.sheet.name for table in alike(tables)} == {"Noemuti", "Kota"}
    assert len(read_stations(alike(tables), some_places()).stations) == 4


def test_cells_say_what_a_clerk_sees() -> None:
    cells: list[Cell] = [5.0, "  a\x00\n b ", None, True, "1.234", "12,0", "１２"]
    assert [words(cell) for cell in cells] == ["5", "a b", "", "TRUE", "1.234", "12,0", "12"]
    assert [whole(cell) for cell in (*cells, datetime(2024, 1, 1))] == [5, None, None, None, 1234, 12, 12, None]  # noqa: DTZ001
    assert [letters(at) for at in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]


def test_a_merge_outside_the_sheet_fills_only_what_is_there() -> None:
    assert filled(sheet([["a", None], [None, "b"]], (0, 0, 10**6, 10**6))).rows == (("a", "a"), ("a", "b"))

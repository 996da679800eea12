"""A decree's table becomes polling stations, and what cannot be read is named by its row."""

from datetime import datetime
from math import nan

import pytest

from kawal.election.lists.cells import Cell
from kawal.election.lists.totals import differences, totals_of
from tests.mission.election.lists.decree import HEAD, codes_of, errors, read, some_places


def test_a_messy_decree_gives_its_stations() -> None:
    rows: list[list[Cell]] = [
        ["LAMPIRAN KEPUTUSAN KPU KABUPATEN TIMOR TENGAH UTARA"],
        ["DAFTAR JUMLAH TPS"],
        [],
        ["NO", "KECAMATAN", "DESA/KEL", "JUMLAH", "JUMLAH"],
        [None, None, None, "TPS", "PEMILIH"],
        ["(1)", "(2)", "(3)", "(4)", "(5)"],
        [1, "KEC. KOTA  KEFAMENANU", "KEFAMENANU-UTARA", 2.0, 1100],
        [2, None, "Kel. Aplassi", "3 TPS", 1500],
        [None, "JUMLAH KEC. KOTA KEFAMENANU", None, 5, 2600],
        ["NO", "KECAMATAN", "DESA/KEL", "JUMLAH", "JUMLAH"],
        [None, None, None, "TPS", "PEMILIH"],
        [3, "MIOMAFO TIMUR", "BOKON", "001-002", 900],
        [4, "Miomaffo  Timur", "Bitefa'", 1, 400],
        [None, "JUMLAH", None, 3, 1300],
        [None, "TOTAL KABUPATEN", None, 8, 3900],
        [],
        [None, None, None, "Kefamenanu, 20 September 2024"],
        [None, None, None, "KETUA"],
    ]
    found = read(rows, (3, 0, 4, 0), (3, 1, 4, 1), (3, 2, 4, 2), (3, 3, 3, 4), (6, 1, 7, 1), (8, 1, 8, 2))
    assert codes_of(found) == [
        "5303012005001",
        "5303012005002",
        "5303012006001",
        "5303051001001",
        "5303051001002",
        "5303051002001",
        "5303051002002",
        "5303051002003",
    ]
    assert errors(found) == []
    assert [(one.row_number, one.stated, one.read) for one in found.stated] == [(9, 5, 5), (14, 3, 3), (15, 8, 8)]
    assert {one.row_number: one.why for one in found.skipped} == {
        1: "title", 2: "title", 4: "header", 5: "header", 6: "numbers", 9: "total", 10: "header", 11: "header",
        14: "total", 15: "total", 17: "footer", 18: "footer",
    }  # fmt: skip
    assert {(one.given, one.name) for one in found.read_as} == {
        ("Kel. Aplassi", "Aplasi"),
        ("MIOMAFO TIMUR", "Miomaffo Timur"),
    }


def test_one_row_a_station_takes_every_spelling_of_its_number() -> None:
    numbers: list[Cell] = [1, "002", "TPS 3", "TPS-04", "TPS 005", 6.0, "7 (tujuh)", "TPS.08", "No. 9", "TPS010"]
    rows: list[list[Cell]] = [["NO", "KECAMATAN", "KELURAHAN", "NO TPS"], [1, "Kota Kefamenanu", "Aplasi", numbers[0]]]
    rows += [[at, None, None, number] for at, number in enumerate(numbers[1:], 2)]
    rows.append([11, None, None, "TPS 901 (lokasi khusus)"])
    found = read(rows)
    assert codes_of(found) == [f"5303051002{number:03d}" for number in (*range(1, 11), 901)]
    assert errors(found) == []
    assert [one.is_special for one in found.stations].count(True) == 1


@pytest.mark.parametrize(
    "said", ["001-004", "1 s/d 4", "1 s.d. 4", "1 sampai dengan 4", "TPS 1 – TPS 4", "1, 2, 3, 4", 4.0, "4 TPS"]
)
def test_one_row_a_village_takes_a_count_or_a_range(said: Cell) -> None:
    found = read([HEAD, [1, "Kota Kefamenanu", "Aplasi", said]])
    assert codes_of(found) == [f"5303051002{number:03d}" for number in (1, 2, 3, 4)]


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ('=HYPERLINK("http://x","12")', "not a TPS number"),
        (10**6, "outside 1 to 600"),
        (-3, "outside 1 to 600"),
        (nan, "not a TPS number"),
        (2.5, "not a TPS number"),
        (True, "not a TPS number"),
        ("TPS 901", "not a TPS number"),
        (datetime(2024, 12, 1), "turned it into the date"),  # noqa: DTZ001
        ("12-1", "runs backwards"),
        ("dua", "not a TPS number"),
        (None, "No TPS number or count"),
    ],
)
def test_what_is_no_count_is_an_error_of_its_row_and_the_others_stand(said: Cell, why: str) -> None:
    found = read([HEAD, [1, "Kota Kefamenanu", "Aplasi", said], [2, None, "Kefamenanu Utara", 1]])
    [(row, says)] = errors(found)
    assert (row, why in says) == (2, True)
    assert codes_of(found) == ["5303051001001"]
    assert next(one for one in found.problems if one.severity == "error").column == "D (JUMLAH TPS)"


def test_control_characters_in_a_name_do_not_make_it_another() -> None:
    assert codes_of(read([HEAD, [1, "Kota\x00 Kefamenanu\u200b", "\u202eAplasi\n", 1]])) == ["5303051002001"]


def test_a_bare_tps_is_a_count_when_each_village_stands_once_and_a_number_when_it_repeats() -> None:
    head: list[Cell] = ["NO", "KECAMATAN", "DESA", "TPS"]
    once = read(
        [
            head,
            [1, "Kota Kefamenanu", "Aplasi", 2],
            [2, "Kota Kefamenanu", "Kefamenanu Utara", 1],
            ["", "JUMLAH", "", 3],
        ]
    )
    again = read([head, [1, "Kota Kefamenanu", "Aplasi", 1], [2, "Kota Kefamenanu", "Aplasi", 2]])
    assert len(once.stations) == 3
    assert codes_of(again) == ["5303051002001", "5303051002002"]


def test_a_station_or_a_village_named_twice_is_taken_once_and_named() -> None:
    stations = read([["KECAMATAN", "DESA", "NO TPS"], *[["Kota Kefamenanu", "Aplasi", n] for n in (1, 2, 2)]])
    villages = read([HEAD, [1, "Kota Kefamenanu", "Aplasi", 2], [2, "Kota Kefamenanu", "APLASI", 3]])
    assert (len(stations.stations), errors(stations)[0][0]) == (2, 4)
    assert (len(villages.stations), errors(villages)[0][0]) == (2, 3)


def test_numbers_left_out_and_villages_left_out_are_warned_of() -> None:
    found = read([["KECAMATAN", "DESA", "NO TPS"], *[["Kota Kefamenanu", "Aplasi", n] for n in (1, 3)]])
    warnings = [one.says_en for one in found.problems if one.severity == "warn"]
    assert any("TPS 2 is not in the list" in says for says in warnings)
    assert any("Kefamenanu Utara (53.03.05.1001)" in says for says in warnings)
    assert any("Kecamatan Bikomi Selatan (53.03.14) is not in the list" in says for says in warnings)


def test_a_count_merged_over_two_villages_is_refused_for_the_second() -> None:
    found = read(
        [HEAD, [1, "Kota Kefamenanu", "Aplasi", 5], [2, None, "Kefamenanu Utara", None]], (1, 3, 2, 3), (1, 1, 2, 1)
    )
    assert (len(found.stations), errors(found)[0][0]) == (5, 3)


def test_a_number_that_does_not_agree_with_its_count_is_refused() -> None:
    head: list[Cell] = ["KECAMATAN", "DESA", "NOMOR TPS", "JUMLAH TPS"]
    good = read([head, ["Kota Kefamenanu", "Aplasi", "001-004", 4]])
    bad = read([head, ["Kota Kefamenanu", "Aplasi", "001-004", 5]])
    assert (len(good.stations), errors(good)) == (4, [])
    assert (bad.stations, errors(bad)[0][0]) == ((), 2)


def test_kecamatan_as_headings_and_as_marked_groups_are_understood() -> None:
    headings = read(
        [
            ["NO", "DESA", "JUMLAH TPS"],
            ["KECAMATAN MIOMAFFO TIMUR"],
            [1, "Bokon", 2],
            ["KECAMATAN BIKOMI SELATAN"],
            [1, "Bokon", 1],
        ]
    )
    outline = read([["NO", "KECAMATAN / DESA", "JUMLAH TPS"], ["I", "NOEMUTI", 3], [1, "Noemuti", 2], [2, "Oenaem", 1]])
    assert codes_of(headings) == ["5303012005001", "5303012005002", "5303142002001"]
    assert codes_of(outline) == ["5303042013001", "5303042013002", "5303042014001"]
    assert [(one.area, one.stated, one.read) for one in outline.stated] == [("530304", 3, 3)]


def test_rows_with_the_code_of_a_kecamatan_or_kabupaten_state_its_total() -> None:
    found = read(
        [
            ["No", "Kode", "Nama", "Desa", "Jumlah TPS"],
            [None, "5303", None, "TIMOR TENGAH UTARA", 4],
            [None, 530305.0, None, "KOTA KEFAMENANU", 3],
            [1, "5303051002", None, "APLASI", 2],
            [2, "53.03.05.1001", None, "KEFAMENANU UTARA", 1],
            [None, "530304", None, "NOEMUTI", 2],
            [3, "5303042013", None, "NOEMUTI", 1],
        ]
    )
    assert (len(found.stations), errors(found)) == (4, [])
    assert [(one.area, one.stated, one.read) for one in found.stated] == [
        ("5303", 4, 4),
        ("530305", 3, 3),
        ("530304", 2, 1),
    ]


def test_the_same_place_again_without_its_name_is_never_carried_into_another_kecamatan() -> None:
    found = read([["KECAMATAN", "DESA", "NO TPS"], ["Kota Kefamenanu", "Aplasi", 1], ["Noemuti", None, 2]])
    assert (codes_of(found), errors(found)) == (["5303051002001"], [(3, "No village. Fill its name or code.")])


def test_a_title_names_the_kecamatan_of_a_sheet_that_has_no_column_for_it() -> None:
    found = read([["KECAMATAN : BIKOMI SELATAN"], [], ["NO", "DESA", "JUMLAH TPS"], [1, "Bokon", 2]])
    assert codes_of(found) == ["5303142002001", "5303142002002"]


def test_differences_to_the_list_and_to_the_decree_are_shown_and_nothing_else() -> None:
    found = read([HEAD, [1, "Kota Kefamenanu", "Aplasi", 2], ["", "JUMLAH", "", 3]])
    shown = differences(found, some_places(), {"": 2, "530305": 4})
    assert [(one.source, one.area, one.stated, one.read) for one in shown] == [
        ("list", "", 3, 2),
        ("decree", "530305", 4, 2),
    ]
    assert "selisih -1" in shown[0].says["id"]
    totals = totals_of(found.stations)
    assert (totals.total, totals.districts, totals.regencies) == (2, {"530305": 2}, {"5303": 2})


def test_a_column_of_special_stations_counts_from_901() -> None:
    found = read(
        [
            ["KECAMATAN", "DESA", "TPS REGULER", "TPS LOKSUS"],
            ["Kota Kefamenanu", "Kefamenanu Selatan", 2, 1],
            ["", "Aplasi", 1, None],
        ]
    )
    assert codes_of(found) == ["5303051002001", "5303051006001", "5303051006002", "5303051006901"]

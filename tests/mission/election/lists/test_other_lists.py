"""Offices, plenos, seals and vehicles are read from the lists of them, each row by itself."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time

import pytest

from kawal.election.lists.cells import Cell
from kawal.election.lists.columns import ListKind
from kawal.election.lists.coordinates import read_position
from kawal.election.lists.dates import read_when
from kawal.election.lists.equipment import read_seal_stock, read_vehicles
from kawal.election.lists.problems import RowRefused
from kawal.election.lists.sessions import read_sessions
from kawal.election.lists.sites import read_sites
from kawal.election.lists.tables import Table, find_table
from tests.mission.election.lists.decree import sheet, some_places

KEFAMENANU = (-9.45, 124.48)


def table(kind: ListKind, rows: Sequence[Sequence[Cell]]) -> Table:
    return find_table(sheet(rows), kind, some_places())


@pytest.mark.parametrize(
    ("position", "lat", "lon"),
    [
        ("-9,4467, 124,4781", None, None),
        ("-9.4467,124.4781", None, None),
        ("-9,4467 124,4781", None, None),
        ("124.4781; -9.4467", None, None),
        ("9°26'48.1\"S 124°28'41.2\"E", None, None),
        ("9° 26′ 48,1″ LS / 124° 28′ 41,2″ BT", None, None),
        ("S 9° 26' 48.1\" E 124° 28' 41.2\"", None, None),
        ("https://maps.google.com/?q=-9.4467,124.4781", None, None),
        (None, -9.4467, 124.4781),
        (None, "-9,4467", "124,4781"),
        (None, 124.4781, -9.4467),
        (None, 9.4467, 124.4781),
        (None, "9,4467 LS", "124,4781 BT"),
        (None, -94467, 1244781),
    ],
)
def test_one_place_is_read_in_many_spellings(position: Cell, lat: Cell, lon: Cell) -> None:
    found = read_position(position, lat, lon, KEFAMENANU)
    assert found is not None
    assert (found.lat, found.lon) == pytest.approx((-9.4467, 124.4781), abs=1e-4)


@pytest.mark.parametrize("position", ["abc", "51.5, 0.1", '=HYPERLINK("-9.4,124.4")x', "-9.44"])
def test_what_is_no_place_in_indonesia_is_refused(position: str) -> None:
    with pytest.raises(RowRefused):
        read_position(position.replace("-9.4,124.4", ""), None, None, KEFAMENANU)


def test_a_point_far_from_its_region_is_taken_with_a_doubt() -> None:
    found = read_position(None, 0.1, 117.5, KEFAMENANU)
    assert found is not None
    assert "km from its region" in found.doubts[0].says_en


def test_offices_become_sites_and_a_missing_point_is_an_estimate() -> None:
    rows: list[list[Cell]] = [
        ["DAFTAR ALAMAT PENYELENGGARA"],
        ["NO", "NAMA KANTOR", "KECAMATAN", "DESA", "ALAMAT", "KOORDINAT"],
        [1, "Sekretariat PPK", "Miomafo Timur", None, "Jl. A", "-9,3812, 124,4901"],
        [2, "PPS Aplasi", "Kota Kefamenanu", "Aplasi", "Jl. B", None],
        [3, "Gudang Logistik KPU", "Kota Kefamenanu", None, "Jl. C", "-9.45,124.49"],
        [4, "Gudang Pasar Baru", "Kota Kefamenanu", None, "Jl. D", "-9.46,124.49"],
        [5, "Kantor KPU", "Kota Kefamenanu", None, "Jl. E", "-9.45,124.48"],
        [6, "Bawaslu Kabupaten", "Kota Kefamenanu", None, "Jl. F", "-9.45,124.47"],
        [7, "Panwascam", "Noemuti", None, "Jl. G", None],
        [8, "Toko", "Noemuti", None, "Jl. H", None],
        [9, "Sekretariat PPK", "Entah", None, "Jl. I", None],
        [10, "Sekretariat PPK", "Miomaffo Timur", None, "Jl. J", None],
    ]
    found = read_sites([table("sites", rows)], some_places(), lambda _: KEFAMENANU)
    assert [(one.site, one.kind, one.is_estimated) for one in found.rows] == [
        ("ppk-530301", "ppk", False),
        ("pps-5303051002", "pps", True),
        ("gudang-5303", "warehouse", False),
        ("gudang-5303-gudang-pasar-baru", "warehouse", False),
        ("kpu-5303", "kpu", False),
        ("bawaslu-5303", "bawaslu", False),
        ("bawaslu-530304", "bawaslu", True),
    ]
    assert [one.row_number for one in found.problems if one.severity == "error"] == [10, 11, 12]
    assert found.rows[0].lat_e6 == -9_381_200
    assert "titik perkiraan" in next(one.says_id for one in found.problems if one.row_number == 4)


def test_a_site_without_any_point_is_refused() -> None:
    rows: list[list[Cell]] = [["NAMA", "KECAMATAN", "ALAMAT"], ["PPK", "Noemuti", "Jl. A"]]
    found = read_sites([table("sites", rows)], some_places(), lambda _: None)
    assert (found.rows, found.problems[0].severity) == ((), "error")


@pytest.mark.parametrize(
    ("cell", "first", "last", "opens"),
    [
        (datetime(2024, 11, 30, 9, 0), 30, 30, time(9)),  # noqa: DTZ001
        (date(2024, 11, 30), 30, 30, None),
        (45626.375, 30, 30, time(9)),
        ("30 November 2024", 30, 30, None),
        ("30/11/2024", 30, 30, None),
        ("30.11.2024 09.00", 30, 30, time(9)),
        ("Sabtu, 30 Nov 2024 pukul 09.00 WITA", 30, 30, time(9)),
        ("29 s.d. 30 November 2024", 29, 30, None),
        ("29-30 Nopember 2024", 29, 30, None),
        ("Jum'at, 29 November 2024, 08.30 - 17.00", 29, 29, time(8, 30)),
        ("2024-11-30 09:00", 30, 30, time(9)),
    ],
    ids=repr,
)
def test_a_day_is_read_in_many_spellings(cell: Cell, first: int, last: int, opens: time | None) -> None:
    when = read_when(cell)
    assert (when.first, when.last, when.opens) == (date(2024, 11, first), date(2024, 11, last), opens)
    assert when.doubts == ()


@pytest.mark.parametrize(
    "cell",
    ["11/30/2024", "30 Februari 2024", "segera", "=TODAY()", 12, float("nan"), "30 s.d. 29 November 2024"],
    ids=repr,
)
def test_what_is_no_day_is_refused(cell: Cell) -> None:
    with pytest.raises(RowRefused):
        read_when(cell)


def test_a_schedule_becomes_plenos_in_the_zone_of_the_operation() -> None:
    rows: list[list[Cell]] = [
        ["NO", "KECAMATAN", "HARI/TANGGAL", "PUKUL", "TEMPAT"],
        [1, "Noemuti", "Sabtu, 30 November 2024", "09.00 s.d. 17.00 WITA", "Aula"],
        [2, "Miomaffo Timur", "29 s.d. 30 November 2024", "09.00 WIB", "Aula"],
        [3, "Kota Kefamenanu", "Jumat, 30 November 2024", None, "Aula"],
        [4, "Bikomi Selatan", "kapan saja", "09.00", "Aula"],
    ]
    found = read_sessions([table("sessions", rows)], some_places(), zone_of=lambda _: "Asia/Makassar")
    assert [one.area for one in found.rows] == ["530304", "530301", "530305"]
    assert datetime.fromtimestamp(found.rows[0].starts, UTC) == datetime(2024, 11, 30, 1, 0, tzinfo=UTC)
    assert datetime.fromtimestamp(found.rows[0].ends, UTC) == datetime(2024, 11, 30, 9, 0, tzinfo=UTC)
    assert datetime.fromtimestamp(found.rows[1].starts, UTC) == datetime(2024, 11, 29, 1, 0, tzinfo=UTC)
    assert [(one.row_number, one.severity) for one in found.problems] == [
        (3, "warn"),
        (4, "warn"),
        (4, "warn"),
        (5, "error"),
    ]


@pytest.mark.parametrize(
    ("day", "hour", "ends"),
    [
        ("Sabtu, 30 November 2024", "22.00", datetime(2024, 11, 30, 14, 0, tzinfo=UTC)),
        (date(2024, 11, 30), time(17), datetime(2024, 11, 30, 9, 0, tzinfo=UTC)),
        ("30-11-2024", "s.d selesai", datetime(2024, 11, 30, 15, 59, 59, tzinfo=UTC)),
        (None, "22.00", datetime(2024, 11, 29, 14, 0, tzinfo=UTC)),
    ],
)
def test_a_pleno_that_ends_on_another_day_in_a_column_of_its_own_keeps_that_day(
    day: Cell, hour: Cell, ends: datetime
) -> None:
    rows: list[list[Cell]] = [
        ["NO", "KECAMATAN", "HARI/TANGGAL MULAI", "HARI/TANGGAL SELESAI", "JAM MULAI", "JAM SELESAI"],
        [1, "Noemuti", "Jumat, 29 November 2024", day, "09.00", hour],
        [2, "Miomaffo Timur", "Jumat, 29 November 2024", day, "09.00", hour],
    ]
    found = read_sessions([table("sessions", rows)], some_places(), zone_of=lambda _: "Asia/Makassar")
    assert {datetime.fromtimestamp(one.starts, UTC) for one in found.rows} == {datetime(2024, 11, 29, 1, tzinfo=UTC)}
    assert {datetime.fromtimestamp(one.ends, UTC) for one in found.rows} == {ends}


def test_a_last_day_that_cannot_be_read_is_refused_and_not_passed_over() -> None:
    rows: list[list[Cell]] = [
        ["NO", "KECAMATAN", "TANGGAL MULAI", "TANGGAL SELESAI", "JAM"],
        [1, "Noemuti", "29-11-2024", "30-11-2024", "09.00"],
        [2, "Miomaffo Timur", "29-11-2024", "lusa", "09.00"],
    ]
    found = read_sessions([table("sessions", rows)], some_places(), zone_of=lambda _: "Asia/Makassar")
    assert [one.area for one in found.rows] == ["530304"]
    assert [(one.row_number, one.severity) for one in found.problems] == [(3, "error")]


def test_seals_count_up_and_no_serial_is_in_two_lots() -> None:
    rows: list[list[Cell]] = [
        ["NO", "JENIS SEGEL", "NOMOR SERI AWAL", "NOMOR SERI AKHIR", "JUMLAH"],
        [1, "Kabel ties", "A000001", "A000500", 500],
        [2, "Segel stiker", "B 001", "B 100", 100],
        [3, "Kabel ties", "A000400", "A000600", 201],
        [4, "Kabel ties", "A000601", "A000700", 99],
        [5, "Kabel ties", "A000900", "A000800", None],
        [6, "Segel kertas", None, None, 13341],
        [None, "JUMLAH", None, None, 14000],
    ]
    found = read_seal_stock([table("seal_stock", rows)], some_places())
    assert [(one.kind, one.first, one.count) for one in found.rows] == [
        ("tie", "A000001", 500),
        ("sticker", "B001", 100),
        ("sticker", "", 13341),
    ]
    assert [one.row_number for one in found.problems] == [4, 5, 6]


def test_vehicles_keep_their_plate_capacity_and_owner() -> None:
    rows: list[list[Cell]] = [
        ["NO", "NOPOL / NAMA KAPAL", "JENIS", "KAPASITAS (KOTAK)", "PEMILIK"],
        [1, "dh1234ab", "Truk", "60 kotak", "Dinas"],
        [2, "KM Tanjung", "Perahu", 20.0, "Desa"],
        [3, "DH 1234 AB", "Truk", 60, "Dinas"],
        [4, "DH 99 X", "Pikap", -1, "Dinas"],
    ]
    found = read_vehicles([table("vehicles", rows)], some_places())
    assert [(one.name, one.kind, one.capacity) for one in found.rows] == [
        ("DH 1234 AB", "Truk", 60),
        ("KM Tanjung", "Perahu", 20),
    ]
    assert [one.row_number for one in found.problems] == [4, 5]

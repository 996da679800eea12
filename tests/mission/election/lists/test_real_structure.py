"""The spellings and numbers KPU really published in 2024 lead to the official codes, with nothing lost on the way."""

import csv
import gzip
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from kawal.election.lists.cells import Cell, Sheet
from kawal.election.lists.places import Given, Places
from kawal.election.lists.problems import RowRefused
from kawal.election.lists.stations import read_stations
from kawal.election.lists.tables import find_table
from kawal.election.lists.totals import differences, totals_of
from kawal.election.regions import plain
from kawal_machine.regions import official_codes

SHARED = Path(__file__).parents[5] / "shared" / "data"
NAMES = SHARED / "regions" / "wilayah_kpu2024.csv.gz"
COUNTS = SHARED / "tps" / "tps_pilkada2024_kecamatan.csv"
MOVED = SHARED / "regions" / "perubahan_kode_kpu2024_ke_2025.csv"
PROVINCES = ("16", "53", "62", "63", "64")

pytestmark = pytest.mark.skipif(not NAMES.is_file(), reason=f"KPU's own names and numbers are not at {SHARED}")


@cache
def kpu_names() -> dict[str, str]:
    with gzip.open(NAMES, "rt", encoding="utf-8", newline="") as file:
        return {plain(row["kode"]): row["nama"] for row in csv.DictReader(file)}


@cache
def moved_codes() -> frozenset[str]:
    with MOVED.open(encoding="utf-8", newline="") as file:
        return frozenset(plain(row["kode_kpu_2024"]) for row in csv.DictReader(file))


@cache
def kecamatan_counts() -> dict[str, int]:
    with COUNTS.open(encoding="utf-8", newline="") as file:
        return {plain(row["kode"]): int(row["jumlah_tps_gubernur"] or 0) for row in csv.DictReader(file)}


def villages_of(regency: str) -> Iterator[tuple[str, str, str]]:
    """Each village of KPU's own list: its code, KPU's name of its kecamatan, KPU's name of it."""
    names = kpu_names()
    for code, name in sorted(names.items()):
        if code.startswith(regency) and len(code) == 10:
            yield code, names[code[:6]], name


@pytest.mark.parametrize(("regency", "total"), [("5303", 445), ("1603", 954)])
def test_a_decree_in_kpu_spelling_gives_every_station_of_every_kecamatan(regency: str, total: int) -> None:
    places = Places(official_codes(), [regency])
    left = {code: count for code, count in kecamatan_counts().items() if code.startswith(regency)}
    rows: list[tuple[Cell, ...]] = [("DAFTAR TPS PEMILIHAN",), ("NO", "KECAMATAN", "DESA/KELURAHAN", "JUMLAH TPS")]
    own = list(villages_of(regency))
    for at, (code, district, village) in enumerate(own, 1):
        later = sum(other[:6] == code[:6] for other, _, _ in own[at:])
        count = -(-left[code[:6]] // (later + 1))
        left[code[:6]] -= count
        rows.append((float(at), district, village, float(count)))
        if later == 0:
            rows.append((None, f"JUMLAH KECAMATAN {district}", None, kecamatan_counts()[code[:6]]))
    rows.append((None, "TOTAL KABUPATEN", None, total))
    found = read_stations([find_table(Sheet("TPS", tuple(rows)), "stations", places)], places)
    assert [one for one in found.problems if one.severity == "error"] == []
    assert {station.village for station in found.stations} == {code for code, _, _ in own} - moved_codes()
    assert (
        differences(found, places, {"": total, **{c: n for c, n in kecamatan_counts().items() if c[:4] == regency}})
        == []
    )
    assert totals_of(found.stations).total == total


def test_no_name_of_five_provinces_is_read_as_another_village() -> None:
    """Found by KPU's names alone, without a code; what is spelt too differently is refused, and that is rare."""
    refused = read = 0
    for regency in sorted({code[:4] for code in kpu_names() if len(code) == 10 and code[:2] in PROVINCES}):
        places = Places(official_codes(), [regency])
        for code, district, village in villages_of(regency):
            if code not in places.by_code or code in moved_codes():
                continue
            try:
                found = places.village(Given(district, village))
            except RowRefused:
                refused += 1
                continue
            read += 1
            assert found.region.code == code, f"{village}: {found}"
    assert read > 9_000
    assert refused < read / 100

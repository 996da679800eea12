"""Sums of the stations read, held against what the list itself states and what the decree says."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kawal.election.lists.places import Places
from kawal.election.lists.stations import Station, StationsRead
from kawal.election.regions import dotted


@dataclass(frozen=True, slots=True)
class Totals:
    """How many stations were read, by code of the region."""

    total: int
    regencies: Mapping[str, int]
    districts: Mapping[str, int]
    villages: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Difference:
    """A number that was stated and is not what was read. area: a region's code, "" for the whole list or some rows.

    source: `list` for a total row of the list, `decree` for what somebody typed; row_number: 0 where there is none.
    """

    area: str
    label: str
    stated: int
    read: int
    source: str
    row_number: int = 0
    sheet: str = ""

    @property
    def says(self) -> dict[str, str]:
        """One sentence, by language."""
        where = f"{self.label} (baris {self.row_number})" if self.row_number else self.label
        gap = self.read - self.stated
        return {
            "id": f"{where}: tertulis {self.stated} TPS, terbaca {self.read} (selisih {gap:+d}).",
            "en": f"{where}: {self.stated} TPS stated, {self.read} read (difference {gap:+d}).",
        }


def totals_of(stations: Iterable[Station]) -> Totals:
    """Sum the stations by village, kecamatan and kabupaten."""
    villages = Counter(station.village for station in stations)
    districts: Counter[str] = Counter()
    regencies: Counter[str] = Counter()
    for village, count in villages.items():
        districts[village[:6]] += count
        regencies[village[:4]] += count
    return Totals(sum(villages.values()), dict(regencies), dict(districts), dict(villages))


def differences(read: StationsRead, places: Places, decree: Mapping[str, int] | None = None) -> list[Difference]:
    """Where stated numbers and the stations read differ: nothing here is ever taken as settled.

    decree: code of a region (2 to 10 digits, "" for everything) -> polling stations by the decree.
    """
    found = [
        Difference(one.area, one.label, one.stated, one.read, "list", one.row_number, one.sheet)
        for one in read.stated
        if one.stated != one.read
    ]
    for area, count in (decree or {}).items():
        own = sum(station.code.startswith(area) for station in read.stations)
        if own != count:
            label = f"{places.name(area)} ({dotted(area)})" if area else "Keputusan / decree"
            found.append(Difference(area, label, count, own, "decree"))
    return found

"""A decree's table as a messy sheet: TTU's first kecamatan in figures of our own, and what must come out of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kawal.election.lists.cells import Cell, Merged, Sheet
from kawal.election.lists.columns import ListKind
from kawal.election.lists.places import Places
from kawal.election.lists.stations import StationsRead, read_stations
from kawal.election.lists.tables import find_table
from kawal.election.regions import Region, UnknownRegion

NAMES = {
    "53": "Nusa Tenggara Timur",
    "5303": "Kabupaten Timor Tengah Utara",
    "530301": "Miomaffo Timur",
    "5303012005": "Bokon",
    "5303012006": "Bitefa",
    "5303012019": "Fatusene",
    "530304": "Noemuti",
    "5303042013": "Noemuti",
    "5303042014": "Oenaem",
    "530305": "Kota Kefamenanu",
    "5303051001": "Kefamenanu Utara",
    "5303051002": "Aplasi",
    "5303051006": "Kefamenanu Selatan",
    "5303052010": "Oesao",
    "5303051011": "Oesao",
    "530314": "Bikomi Selatan",
    "5303142001": "Oelami",
    "5303142002": "Bokon",
}


@dataclass(frozen=True)
class Codes:
    """A code set of a few regions, with a twin in two kecamatan (Bokon) and a twin in one (Oesao)."""

    names: Mapping[str, str]
    version: str = "daftar uji"

    def region(self, code: str) -> Region:
        if code not in self.names:
            raise UnknownRegion(code)
        return Region(code, self.names[code])

    def children(self, code: str) -> Sequence[Region]:
        length = {0: 2, 2: 4, 4: 6, 6: 10}.get(len(code), 99)
        return [
            Region(one, name) for one, name in sorted(self.names.items()) if one.startswith(code) and len(one) == length
        ]


def some_places() -> Places:
    return Places(Codes(NAMES), ["5303"])


def sheet(rows: Sequence[Sequence[Cell]], *merged: tuple[int, int, int, int], name: str = "Lembar1") -> Sheet:
    return Sheet(name, tuple(map(tuple, rows)), tuple(Merged(*ends) for ends in merged))


def read(
    rows: Sequence[Sequence[Cell]], *merged: tuple[int, int, int, int], kind: ListKind = "stations"
) -> StationsRead:
    places = some_places()
    return read_stations([find_table(sheet(rows, *merged), kind, places)], places)


def codes_of(read_list: StationsRead) -> list[str]:
    return [station.code for station in read_list.stations]


def errors(read_list: StationsRead) -> list[tuple[int, str]]:
    return [(one.row_number, one.says_en) for one in read_list.problems if one.severity == "error"]


HEAD = ["NO", "KECAMATAN", "DESA/KELURAHAN", "JUMLAH TPS"]

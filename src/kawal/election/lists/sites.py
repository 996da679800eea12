"""The list of offices and warehouses as sites: their kind, their region, and a position that is given or assumed."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from kawal.election.lists.cells import is_empty, shown, whole, words
from kawal.election.lists.coordinates import Point, read_position
from kawal.election.lists.entries import ListRead, Made, read_entries
from kawal.election.lists.names import upper
from kawal.election.lists.places import Places, as_code
from kawal.election.lists.problems import Doubt, RowRefused
from kawal.election.lists.tables import Table
from kawal.election.lists.walk import Entry

PointOf = Callable[[str], Point | None]
"""Region code -> a point of it in degrees, None where none is known."""

RADIUS_M = {"warehouse": 150, "kpu": 150, "bawaslu": 150, "ppk": 250, "pps": 200, "tps": 100, "pleno": 150}
OTHER_RADIUS_M = 150
_KINDS = (
    ("warehouse", r"GUDANG|LOGISTIK"),
    ("bawaslu", r"BAWASLU|PANWASLU|PANWASLIH|PANWASCAM|PANWAS"),
    ("pps", r"PPS"),
    ("ppk", r"PPK|PPD|KANTOR (?:CAMAT|KECAMATAN)"),
    ("kpu", r"KPU|KIP|KOMISI PEMILIHAN UMUM"),
    ("pleno", r"PLENO|REKAPITULASI"),
    ("tps", r"TPS"),
    ("checkpoint", r"CHECK ?POINT|POS PANTAU|POS PERIKSA"),
)
_PREFIX = {"warehouse": "gudang"}


@dataclass(frozen=True, slots=True)
class SiteRow:
    """A site of a list. is_estimated: the point is its region's (titik perkiraan), nobody gave one.

    site: `ppk-530305`; a second one of a kind in one region has its name behind it: `gudang-5303-pasar-baru`.
    """

    site: str
    kind: str
    area: str
    name: str
    address: str
    lat_e6: int
    lon_e6: int
    radius_m: int
    is_estimated: bool
    row_number: int


def read_sites(tables: Sequence[Table], places: Places, point_of: PointOf, *, kind: str = "") -> ListRead[SiteRow]:
    """Read sites. kind: what rows are that do not say (a list headed PPK). Raises: ColumnsMissing."""
    taken: set[str] = set()

    def make(table: Table, entry: Entry) -> Made[SiteRow]:
        made = _site(
            table, entry, places, point_of, kind or _kind_in(" ".join((*table.titles, table.sheet.name))), taken
        )
        taken.add(made[0].site)
        return made

    return read_entries(tables, places, make, lambda row: row.site)


def _site(
    table: Table, entry: Entry, places: Places, point_of: PointOf, default: str, taken: set[str]
) -> Made[SiteRow]:
    name, said = words(table.cell(entry.row, "name")), words(table.cell(entry.row, "kind"))
    kind = _kind_in(said) or _kind_in(name) or ("other" if said else default)
    if not kind:
        raise RowRefused(
            "kind",
            f"Jenis tempat {shown(name)} tidak diketahui. Tulis PPK, PPS, KPU, Bawaslu atau gudang.",
            f"The kind of {shown(name)} is not known. Write PPK, PPS, KPU, Bawaslu or gudang.",
        )
    area, doubts = _area(table, entry, places, kind, upper(f"{said} {name}"))
    near = point_of(area) or point_of(area[:6]) or point_of(area[:4])
    position, lat, lon = (table.cell(entry.row, field) for field in ("position", "lat", "lon"))
    placed = read_position(position, lat, lon, near)
    point = placed.e6 if placed else _assumed(near)
    site = _site_id(kind, area, name, taken)
    radius = whole(table.cell(entry.row, "radius"))
    if radius is None or not 10 <= radius <= 50_000:
        radius = RADIUS_M.get(kind, OTHER_RADIUS_M)
    address = words(table.cell(entry.row, "address"))
    row = SiteRow(site, kind, area, name, address, *point, radius, placed is None, entry.row + 1)
    return row, (*doubts, *(placed.doubts if placed else _no_point(site)))


def _kind_in(text: str) -> str:
    plain = re.sub(r"[^A-Z0-9]+", " ", upper(text))
    return next((kind for kind, says in _KINDS if re.search(rf"\b(?:{says})\b", plain)), "")


def _area(table: Table, entry: Entry, places: Places, kind: str, text: str) -> tuple[str, Sequence[Doubt]]:
    is_of_district = "KECAMATAN" in text or "PANWASCAM" in text or re.search(r"\bKEC\b", text) is not None
    if kind in ("kpu", "warehouse") or (kind == "bawaslu" and not is_of_district):
        return _regency(table, entry, places), ()
    code = as_code(table.cell(entry.row, "code"), (6, 10))
    if code in places.by_code and kind != "pps":
        return code[:6] if kind in ("ppk", "bawaslu") else code, ()
    if kind in ("pps", "tps") or (kind == "other" and not is_empty(entry.village)):
        found = places.village(entry.given(table))
        return found.region.code, found.doubts
    district = entry.district
    if is_empty(district):
        district = re.sub(r"^.*?\b(?:KECAMATAN|KEC|PPK|PPD|PANWASCAM|DISTRIK)\b[. ]*(?:KECAMATAN |KEC[. ]+)?", "", text)
    return places.district(district).region.code, ()


def _regency(table: Table, entry: Entry, places: Places) -> str:
    code = as_code(table.cell(entry.row, "code"), (4, 6, 10))[:4]
    known = [one.code for one in places.regencies]
    if code in known:
        return code
    if not is_empty(entry.district):
        try:
            return places.district(entry.district).region.code[:4]
        except RowRefused:
            if len(known) > 1:
                raise
    if len(known) == 1:
        return known[0]
    raise RowRefused(
        "code",
        "Operasi ini meliputi beberapa kabupaten/kota. Isi kode kabupaten/kota tempat ini.",
        "This operation covers several regencies. Fill the code of this place's regency.",
    )


def _site_id(kind: str, area: str, name: str, taken: set[str]) -> str:
    site = f"{_PREFIX.get(kind, kind)}-{area}"
    if site not in taken or kind in ("ppk", "pps", "kpu"):
        return site
    slug = re.sub(r"[^a-z0-9]+", "-", upper(name).lower()).strip("-")[:40]
    return f"{site}-{slug}" if slug else site


def _assumed(near: Point | None) -> tuple[int, int]:
    if near is None:
        raise RowRefused(
            "position",
            "Titik tidak diisi dan titik wilayahnya tidak diketahui. Isi lintang dan bujur.",
            "No position, and none is known of its region. Fill latitude and longitude.",
        )
    return round(near[0] * 1e6), round(near[1] * 1e6)


def _no_point(site: str) -> Sequence[Doubt]:
    return (
        Doubt(
            "position",
            f"{site}: titik perkiraan, titik wilayahnya dipakai. Isi yang sebenarnya bila ada.",
            f"{site}: estimated point, that of its region. Fill the true one when you have it.",
        ),
    )

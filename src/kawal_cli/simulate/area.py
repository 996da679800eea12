"""Which kecamatan an operation takes in: any province, kabupaten, kota or list of kecamatan of Indonesia."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil

from kawal.command.units import Jurisdiction, usual_jurisdiction
from kawal.election.boxes import ElectionKind
from kawal.election.regions import CodeSet, UnknownRegion, below, plain

JAKARTA = "31"
YOGYAKARTA = "34"
FIRST_KOTA = 71
FEWEST_STATIONS = 0.25


class CannotSimulate(ValueError):
    """What was asked for cannot be simulated; the message says what can."""


@dataclass(frozen=True, slots=True)
class Area:
    """What to simulate. `code` names the operation; `station_share`: of each kecamatan's stations, 0 to 1."""

    code: str
    districts: tuple[str, ...]
    station_share: float
    jurisdiction: Jurisdiction


def read_area(codes: CodeSet, asked: Sequence[str], scale: float) -> Area:
    """Find the kecamatan of an area.

    scale: the share of stations to keep. Below 0.25 whole kecamatan are left out too, evenly over the list, and those
    that stay keep a quarter of their stations: few real plenos rather than many empty ones. Raises: CannotSimulate.
    """
    if not 0 < scale <= 1:
        raise CannotSimulate(f"--scale {scale}: harus di atas 0 sampai 1 / must be above 0 and at most 1")
    names = [plain(code) for code in asked if plain(code)]
    if not names:
        raise CannotSimulate("--area: sebutkan kode wilayah, misalnya 5303 / name a region code, such as 5303")
    districts = sorted({district for name in names for district in _districts(codes, name)})
    share = min(1.0, scale / FEWEST_STATIONS)
    kept = _evenly(districts, max(1, ceil(len(districts) * share)))
    return Area("-".join(names), tuple(kept), max(scale, FEWEST_STATIONS), _policed(names, kept))


def _policed(names: Sequence[str], districts: Sequence[str]) -> Jurisdiction:
    """Who polices what: single kecamatan named beside a whole kabupaten or kota belong to its Polres.

    "6474,640205,640217" is Polres Bontang with two kecamatan of Kutai Kartanegara. Beside several the one named before
    the kecamatan takes it.
    """
    wholes = [name for name in names if len(name) == 4]
    taken: dict[str, str] = {}
    nearest = wholes[0] if wholes else ""
    for name in names:
        nearest = name if len(name) == 4 else nearest
        if len(name) == 6 and nearest and name[:4] not in wholes and name[:2] not in names:
            taken[name] = f"polres-{nearest}"
    return usual_jurisdiction(districts, of=taken)


def _districts(codes: CodeSet, code: str) -> list[str]:
    if len(code) not in (2, 4, 6):
        raise CannotSimulate(
            f"--area {code}: provinsi (2 angka), kabupaten/kota (4), atau kecamatan (6) / 2, 4 or 6 digits"
        )
    try:
        return [region.code for region in below(codes, code, "district")]
    except UnknownRegion as error:
        raise CannotSimulate(f"--area: {error}") from error


def _evenly(many: Sequence[str], count: int) -> list[str]:
    return [many[at * len(many) // count] for at in range(count)]


def is_kota(regency: str) -> bool:
    """Whether a regency code is a kota's."""
    return int(regency[2:4]) >= FIRST_KOTA


def elections_of(regency: str) -> tuple[ElectionKind, ...]:
    """The elections a regency votes in: governor and regent or mayor; Jakarta no regents, Yogyakarta no governor."""
    if regency[:2] == JAKARTA:
        return ("GUB",)
    local: ElectionKind = "WAKO" if is_kota(regency) else "BUP"
    return (local,) if regency[:2] == YOGYAKARTA else ("GUB", local)


def by_regency(districts: Iterable[str]) -> dict[str, list[str]]:
    """Kecamatan grouped by their regency."""
    grouped: dict[str, list[str]] = {}
    for district in districts:
        grouped.setdefault(district[:4], []).append(district)
    return grouped

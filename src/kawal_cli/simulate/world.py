"""The simulated world: kabupaten, kecamatan, villages, stations, boxes, and what is true of each at this moment."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from kawal.command.units import Jurisdiction
from kawal.election.boxes import BOXES_PER_PPK, ElectionKind, station_code
from kawal.election.regions import CodeSet
from kawal_cli.simulate.area import Area, by_regency, elections_of
from kawal_cli.simulate.counts import count_stations
from kawal_cli.simulate.dice import dice
from kawal_cli.simulate.figures import SEAT_OF_REGENCY
from kawal_cli.simulate.geography import Point, district_point
from kawal_cli.simulate.seals import Seals
from kawal_machine.centres import zone_of

COUNT_ONLY_SHARE = 0.2
"""Share of kecamatan whose seals bear no serials."""


NO_SEALS = Seals()


@dataclass(frozen=True, slots=True)
class Place:
    """A site: its id as events name it, its kind, region, point, radius in metres, and zone."""

    site: str
    kind: str
    area: str
    point: Point
    radius_m: int
    zone: str


@dataclass(slots=True, eq=False)
class Box:
    """One box as it really is. `election`: GUB, BUP, WAKO or PPK; `station`: 13 digits, "" for a PPK box."""

    id: str
    election: str
    station: str
    district: str
    seals: Seals = NO_SEALS


@dataclass(slots=True, eq=False)
class Station:
    """A polling station. `is_done`: its boxes are at the village, or will never come."""

    code: str
    place: Place
    boxes: list[Box]
    is_done: bool = False


@dataclass(slots=True, eq=False)
class Village:
    """A village: `store` is what really lies at its PPS; `is_done`: all it had to bring is at the PPK."""

    code: str
    name: str
    place: Place
    stations: list[Station]
    store: list[Box] = field(default_factory=list)
    leaves_day: int = 1
    is_done: bool = False

    @property
    def boxes(self) -> list[Box]:
        """The boxes of all its stations."""
        return [box for station in self.stations for box in station.boxes]


@dataclass(slots=True, eq=False)
class District:
    """A kecamatan: `store` is what really lies at its PPK; `busy`: boxes are changing hands there just now."""

    code: str
    name: str
    place: Place
    elections: tuple[ElectionKind, ...]
    villages: list[Village]
    own_boxes: list[Box]
    numbered: bool
    store: list[Box] = field(default_factory=list)
    session_day: int = 2
    session_days: int = 1
    busy: int = 0
    closed_at: dict[str, int] = field(default_factory=dict)
    is_delivered: bool = False

    @property
    def stations(self) -> list[Station]:
        """All its stations."""
        return [station for village in self.villages for station in village.stations]

    @property
    def boxes(self) -> list[Box]:
        """All its boxes, the PPK's own last."""
        return [*(box for village in self.villages for box in village.boxes), *self.own_boxes]

    @property
    def is_closed(self) -> bool:
        """Whether every pleno of the kecamatan has closed."""
        return all(election in self.closed_at for election in self.elections)


@dataclass(slots=True, eq=False)
class Regency:
    """A kabupaten or kota with its KPU warehouse: `store` is what really lies there; `polres`: who polices it."""

    code: str
    name: str
    zone: str
    warehouse: Place
    office: Place
    bawaslu: Place
    districts: list[District]
    polres: str
    store: list[Box] = field(default_factory=list)
    busy: int = 0
    is_done: bool = False

    @property
    def boxes(self) -> list[Box]:
        """All boxes of the regency."""
        return [box for district in self.districts for box in district.boxes]


@dataclass(slots=True, eq=False)
class World:
    """Everything there is. `elsewhere`: sites that only a fault brings in."""

    area: str
    seed: int
    regencies: list[Regency]
    jurisdiction: Jurisdiction
    elsewhere: list[Place] = field(default_factory=list)

    @property
    def districts(self) -> list[District]:
        """All kecamatan."""
        return [district for regency in self.regencies for district in regency.districts]

    @property
    def boxes(self) -> list[Box]:
        """All boxes that must exist."""
        return [box for regency in self.regencies for box in regency.boxes]

    @property
    def station_count(self) -> int:
        """How many stations."""
        return sum(len(district.stations) for district in self.districts)

    def places(self) -> Iterator[Place]:
        """All sites."""
        for regency in self.regencies:
            yield from (regency.warehouse, regency.office, regency.bawaslu)
            for district in regency.districts:
                yield district.place
                for village in district.villages:
                    yield village.place
                    yield from (station.place for station in village.stations)
        yield from self.elsewhere


def build_world(codes: CodeSet, area: Area, *, seed: int) -> World:
    """Build the world before the first box is sealed."""
    regencies = []
    for code, districts in by_regency(area.districts).items():
        counts = count_stations(codes, code[:2], districts, seed=seed)
        polres = area.jurisdiction.polres(code)
        regencies.append(_regency(codes, code, districts, counts, area.station_share, seed, polres))
    return World(area.code, seed, regencies, area.jurisdiction)


def _regency(
    codes: CodeSet, code: str, districts: list[str], counts: dict[str, int], share: float, seed: int, polres: str
) -> Regency:
    zone = zone_of(code)
    made = [_district(codes, district, counts, share, zone, seed) for district in districts]
    seat = next((one for one in made if one.code == SEAT_OF_REGENCY.get(code)), made[0])
    stream = dice(seed, "kantor", code)
    office, warehouse, bawaslu = (seat.place.point.near(stream, most=0.015) for _ in range(3))
    return Regency(
        code,
        codes.region(code).name,
        zone,
        Place(f"gudang-{code}", "warehouse", code, warehouse, 150, zone),
        Place(f"kpu-{code}", "kpu", code, office, 150, zone),
        Place(f"bawaslu-{code}", "bawaslu", code, bawaslu, 150, zone),
        made,
        polres,
    )


def _district(codes: CodeSet, code: str, counts: dict[str, int], share: float, zone: str, seed: int) -> District:
    stream = dice(seed, "kecamatan", code)
    point = district_point(code, seed)
    elections = elections_of(code[:4])
    numbers = {village.code: counts[village.code] for village in codes.children(code)}
    kept = _scaled(numbers, share)
    villages = []
    for region in codes.children(code):
        village_point = point.near(stream, least=0.005, most=0.06)
        if not kept[region.code]:
            continue
        place = Place(f"pps-{region.code}", "pps", region.code, village_point, 200, zone)
        stations = []
        for number in range(1, kept[region.code] + 1):
            named = station_code(region.code, number)
            here = Place(f"tps-{named}", "tps", region.code, village_point.near(stream, most=0.012), 100, zone)
            boxes = [Box(f"{election}-{named}", election, named, code) for election in elections]
            stations.append(Station(named, here, boxes))
        villages.append(Village(region.code, region.name, place, stations))
    own = [Box(f"PPK-{code}-{number}", "PPK", "", code) for number in range(1, BOXES_PER_PPK + 1)]
    numbered = dice(seed, "segel", code).random() >= COUNT_ONLY_SHARE
    ppk = Place(f"ppk-{code}", "ppk", code, point, 250, zone)
    return District(code, codes.region(code).name, ppk, elections, villages, own, numbered)


def _scaled(numbers: dict[str, int], share: float) -> dict[str, int]:
    """Keep a share of a kecamatan's stations, at least one: whole villages leave first, largest stay."""
    total = sum(numbers.values())
    left = max(1, round(total * share))
    kept = dict.fromkeys(numbers, 0)
    for code in sorted(numbers, key=lambda one: (-numbers[one], one)):
        here = min(numbers[code], max(2, -(-numbers[code] * left // max(1, total))), left)
        kept[code] = here
        left -= here
        total -= numbers[code]
        if left <= 0:
            break
    return kept

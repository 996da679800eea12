"""A made-up kabupaten: its kecamatan, desa, stations, boxes, sites and true points.

Region code 5399 belongs to nobody, so no figure here can be taken for a real place.
"""

from __future__ import annotations

import random
from dataclasses import dataclass

KABUPATEN = "5399"
KPU_UNIT = f"kpu-{KABUPATEN}"
WAREHOUSE = f"gudang-{KABUPATEN}"
ELECTIONS = ("GUB", "BUP")
FAR_CHECKPOINT = "checkpoint-5388-1"

Point = tuple[int, int]
CENTRE: Point = (-9_452_000, 124_498_000)
_FAR_POINT: Point = (-9_210_000, 128_560_000)


@dataclass(frozen=True)
class Station:
    """One TPS with one box an election."""

    code: str

    @property
    def unit(self) -> str:
        return f"kpps-{self.code}"

    @property
    def site(self) -> str:
        return f"tps-{self.code}"

    @property
    def desa(self) -> str:
        return self.code[:10]

    @property
    def kecamatan(self) -> str:
        return self.code[:6]

    @property
    def boxes(self) -> tuple[str, ...]:
        return tuple(f"{election}-{self.code}" for election in ELECTIONS)


@dataclass(frozen=True)
class Desa:
    """One desa with its PPS."""

    code: str
    stations: tuple[Station, ...]

    @property
    def unit(self) -> str:
        return f"pps-{self.code}"

    @property
    def kecamatan(self) -> str:
        return self.code[:6]


@dataclass(frozen=True)
class Kecamatan:
    """One kecamatan with its PPK and the two boxes the PPK has of its own."""

    code: str
    desa: tuple[Desa, ...]

    @property
    def unit(self) -> str:
        return f"ppk-{self.code}"

    @property
    def own_boxes(self) -> tuple[str, str]:
        return (f"PPK-{self.code}-1", f"PPK-{self.code}-2")

    @property
    def boxes(self) -> tuple[str, ...]:
        of_stations = (box for desa in self.desa for tps in desa.stations for box in tps.boxes)
        return (*of_stations, *self.own_boxes)

    def boxes_of(self, election: str) -> tuple[str, ...]:
        """Return the boxes a session of this election opens, the PPK's own one last."""
        own = self.own_boxes[ELECTIONS.index(election)]
        return (*(box for box in self.boxes if box.startswith(election)), own)


@dataclass(frozen=True)
class Area:
    """The whole kabupaten; `points` are where the sites truly are, in microdegrees."""

    kecamatan: tuple[Kecamatan, ...]
    points: dict[str, Point]

    @property
    def desa(self) -> tuple[Desa, ...]:
        return tuple(desa for kecamatan in self.kecamatan for desa in kecamatan.desa)

    @property
    def stations(self) -> tuple[Station, ...]:
        return tuple(station for desa in self.desa for station in desa.stations)

    @property
    def boxes(self) -> tuple[str, ...]:
        return tuple(box for kecamatan in self.kecamatan for box in kecamatan.boxes)


def _near(point: Point, spread: int, dice: random.Random) -> Point:
    return (
        point[0] + dice.randint(-spread, spread),
        point[1] + dice.randint(-spread, spread),
    )


def build_area(*, kecamatan: int, desa: int, stations: int, seed: int) -> Area:
    """Lay out kecamatan x desa x stations around one town; no two sites over 130 km apart."""
    dice = random.Random(f"{seed}/area")
    points: dict[str, Point] = {
        WAREHOUSE: _near(CENTRE, 9_000, dice),
        KPU_UNIT: CENTRE,
        FAR_CHECKPOINT: _FAR_POINT,
    }
    districts = []
    for k in range(1, kecamatan + 1):
        code = f"{KABUPATEN}{k:02d}"
        points[f"ppk-{code}"] = _near(CENTRE, 330_000, dice)
        villages = []
        for d in range(1, desa + 1):
            village = f"{code}2{d:03d}"
            points[f"pps-{village}"] = _near(points[f"ppk-{code}"], 50_000, dice)
            here = tuple(Station(f"{village}{t:03d}") for t in range(1, stations + 1))
            for station in here:
                points[station.site] = _near(points[f"pps-{village}"], 12_000, dice)
            villages.append(Desa(village, here))
        districts.append(Kecamatan(code, tuple(villages)))
    return Area(tuple(districts), points)

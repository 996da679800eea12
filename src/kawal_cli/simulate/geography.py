"""Where things stand: centres from figures where they are typed in, elsewhere a synthetic spread around the province.

Nobody publishes where polling stations and offices are. A kabupaten without a typed-in centre stands 0.2 to 1 degree
from its province's centre, a kecamatan up to 0.22 degrees from its kabupaten's, a village up to 0.06 and a station
up to 0.012 degrees further: close enough together for a truck, and sometimes in the sea.
"""

from dataclasses import dataclass
from math import asin, cos, pi, radians, sin, sqrt
from random import Random

from kawal_cli.simulate.dice import dice
from kawal_machine.centres import CENTRE_OF_DISTRICT, CENTRE_OF_PROVINCE, CENTRE_OF_REGENCY

EARTH_KM = 6371.0
ROAD_KMH = 32.0
ROAD_DETOUR = 1.35
LOADING_S = 15 * 60
LONGEST_TRIP_S = 5 * 3600
POSITION_JITTER = 0.0012


@dataclass(frozen=True, slots=True)
class Point:
    """A place in degrees."""

    lat: float
    lon: float

    @property
    def e6(self) -> tuple[int, int]:
        """In microdegrees, as events and manifests carry it."""
        return round(self.lat * 1e6), round(self.lon * 1e6)

    def near(self, stream: Random, *, least: float = 0.0, most: float) -> "Point":
        """A point at a random bearing, `least` to `most` degrees away."""
        bearing, far = stream.uniform(0, 2 * pi), stream.uniform(least, most)
        return Point(self.lat + far * sin(bearing), self.lon + far * cos(bearing))


def regency_point(code: str, seed: int) -> Point:
    """The centre of a kabupaten or kota."""
    if code in CENTRE_OF_REGENCY:
        return Point(*CENTRE_OF_REGENCY[code])
    province = Point(*CENTRE_OF_PROVINCE[code[:2]])
    return province.near(dice(seed, "titik", code), least=0.2, most=1.0)


def district_point(code: str, seed: int) -> Point:
    """The centre of a kecamatan."""
    if code in CENTRE_OF_DISTRICT:
        return Point(*CENTRE_OF_DISTRICT[code])
    return regency_point(code[:4], seed).near(dice(seed, "titik", code), least=0.03, most=0.22)


def distance_km(one: Point, other: Point) -> float:
    """Great-circle distance."""
    lat1, lon1, lat2, lon2 = (radians(value) for value in (one.lat, one.lon, other.lat, other.lon))
    half = sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin((lon2 - lon1) / 2) ** 2
    return 2 * EARTH_KM * asin(min(1.0, sqrt(half)))


def trip_s(one: Point, other: Point) -> int:
    """Seconds a loaded truck takes, loading included."""
    return min(LONGEST_TRIP_S, LOADING_S + int(distance_km(one, other) * ROAD_DETOUR / ROAD_KMH * 3600))


def between(one: Point, other: Point, share: float) -> Point:
    """The point at this share of the way."""
    return Point(one.lat + (other.lat - one.lat) * share, one.lon + (other.lon - one.lon) * share)

"""Where the operation of this post is: its kecamatan, the elections they vote in, and the points that are known."""

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Any, cast, get_args

from kawal.election.boxes import ElectionKind
from kawal.election.lists.coordinates import Point
from kawal.election.lists.places import Places
from kawal_machine.centres import CENTRE_OF_DISTRICT, CENTRE_OF_REGENCY
from kawal_machine.regions import official_codes
from kawal_server.store.models import Boundary, Operation

FIRST_KOTA = 71
JAKARTA, YOGYAKARTA = "31", "34"
ELECTIONS: tuple[ElectionKind, ...] = get_args(ElectionKind)
_E6 = 1_000_000


def areas_of(operation: Operation) -> tuple[str, ...]:
    """The codes of the operation's regions, without dots."""
    return tuple(code.strip().replace(".", "") for code in operation.area.split(",") if code.strip())


def places_of(operation: Operation) -> Places:
    """The kecamatan and villages of the operation. Raises: kawal.election.regions.UnknownRegion."""
    return places_in(areas_of(operation))


@lru_cache(maxsize=4)
def places_in(areas: tuple[str, ...]) -> Places:
    """The kecamatan and villages of some regions."""
    return Places(official_codes(), areas)


def local_election(regency: str) -> ElectionKind:
    """Of a kota the mayor's, of a kabupaten the regent's."""
    return "WAKO" if int(regency[2:4]) >= FIRST_KOTA else "BUP"


def usual_elections(regencies: Sequence[str]) -> list[ElectionKind]:
    """What these regencies vote on: Jakarta elects no regents, Yogyakarta no governor."""
    found: set[ElectionKind] = {"GUB"} if any(one[:2] != YOGYAKARTA for one in regencies) else set()
    found |= {local_election(one) for one in regencies if one[:2] != JAKARTA}
    return [one for one in ELECTIONS if one in found]


def elections_in(regency: str, chosen: Sequence[str]) -> tuple[ElectionKind, ...]:
    """Those of the chosen elections that a regency votes in."""
    return tuple(one for one in ELECTIONS if one in chosen and one in ("GUB", local_election(regency)))


def elections_of(operation: Operation) -> Callable[[str], tuple[ElectionKind, ...]]:
    """Regency code -> the elections it votes in."""
    chosen = tuple(str(one) for one in operation.elections)
    return lambda regency: elections_in(regency, chosen)


def point_of(operation: Operation) -> Callable[[str], Point | None]:
    """Region code -> a point of it in degrees: of a loaded boundary, as typed in, or as known; None where none is."""
    drawn = {one.code: middle(one.geometry) for one in Boundary.objects.all()}
    typed = None
    if operation.lat_e6 is not None and operation.lon_e6 is not None:
        typed = operation.lat_e6 / _E6, operation.lon_e6 / _E6

    def find(code: str) -> Point | None:
        if len(code) == 6:
            return drawn.get(code) or CENTRE_OF_DISTRICT.get(code)
        return (typed or CENTRE_OF_REGENCY.get(code)) if len(code) == 4 else None

    return find


def middle(geometry: Mapping[str, Any]) -> Point:
    """The middle of a boundary's largest ring, as (lat, lon): where its own corners balance."""
    polygons = [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
    rings = [cast("list[list[float]]", polygon[0]) for polygon in polygons]
    ring = max(rings, key=lambda one: abs(_doubled_area(one)))
    whole = _doubled_area(ring)
    if not whole:
        return ring[0][1], ring[0][0]
    lon = lat = 0.0
    base_x, base_y = ring[0][0], ring[0][1]
    for (x, y, *_), (u, v, *_) in pairwise(ring):
        cross = (x - base_x) * (v - base_y) - (u - base_x) * (y - base_y)
        lon += (x + u - 2 * base_x) * cross
        lat += (y + v - 2 * base_y) * cross
    return base_y + lat / (3 * whole), base_x + lon / (3 * whole)


def _doubled_area(ring: Sequence[Sequence[float]]) -> float:
    base_x, base_y = ring[0][0], ring[0][1]
    return sum((a[0] - base_x) * (b[1] - base_y) - (b[0] - base_x) * (a[1] - base_y) for a, b in pairwise(ring))

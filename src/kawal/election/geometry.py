"""Where things are: the position a phone claims, distances, and which points of the sites list can be trusted."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from math import asin, cos, radians, sin, sqrt
from statistics import median

from kawal.election.manifests import Site, is_on_earth
from kawal.ledger.event import Event, Kid

EARTH_KM = 6371.0088
# A point this far from where phones say they stand (or from its own kecamatan's other sites) is a slip of the list.
POINT_SLIP_KM = 25.0
ENOUGH_PHONES = 3


@dataclass(frozen=True, slots=True)
class Position:
    """A place a phone claims, or a list gives: microdegrees."""

    lat_e6: int
    lon_e6: int


def read_position(event: Event) -> Position | None:
    """The phone's own position, where the event brings one."""
    pos = event.payload.get("pos")
    if not isinstance(pos, list) or len(pos) < 2 or type(pos[0]) is not int or type(pos[1]) is not int:
        return None
    return Position(pos[0], pos[1]) if is_on_earth(pos[0], pos[1]) else None


def read_site(event: Event) -> str | None:
    """The site an event names, if any."""
    site = event.payload.get("site")
    return site if isinstance(site, str) and site else None


def distance_km(one: Position, other: Position) -> float:
    """Great-circle distance in kilometres (haversine, mean Earth radius)."""
    lat1, lon1, lat2, lon2 = (radians(v / 1e6) for v in (one.lat_e6, one.lon_e6, other.lat_e6, other.lon_e6))
    half = sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin((lon2 - lon1) / 2) ** 2
    return 2 * EARTH_KM * asin(min(1.0, sqrt(half)))


def fixes_named(events: Iterable[Event]) -> Iterator[tuple[str, Kid, Position]]:
    """Every event that names a site and brings a position: the site, the phone, and where it says it is."""
    for event in events:
        place, position = read_site(event), read_position(event)
        if place is not None and position is not None:
            yield place, event.kid, position


def site_points(
    sites: Mapping[str, Site], named: Iterable[tuple[str, Kid, Position]], unit_of: Callable[[Kid], str]
) -> dict[str, Position]:
    """The point of each site that can be trusted for judging distances. named: sites with fixes made there.

    A site's listed point gives way to the middle of the fixes that three or more phones of two or more units made
    there, where the two disagree by over 25 km. Without them, a point further than that from the middle of its own
    regency is left out when the regency's sites lie closer together: a mistyped coordinate must not accuse every box
    that passes.
    """
    fixes: dict[str, dict[Kid, Position]] = {}
    for place, kid, position in named:
        fixes.setdefault(place, {}).setdefault(kid, position)
    middles = _regency_middles(sites.values())
    points = {}
    for name, site in sites.items():
        if not is_on_earth(site.lat_e6, site.lon_e6):
            continue
        point = Position(site.lat_e6, site.lon_e6)
        seen = fixes.get(name, {})
        if len(seen) >= ENOUGH_PHONES and len({unit_of(kid) for kid in seen}) > 1:
            middle = _middle(seen.values())
            points[name] = middle if distance_km(middle, point) > POINT_SLIP_KM else point
            continue
        middle, spread = middles[site.area[:4]]
        if distance_km(middle, point) <= max(POINT_SLIP_KM, 3 * spread):
            points[name] = point
    return points


def _regency_middles(sites: Iterable[Site]) -> dict[str, tuple[Position, float]]:
    grouped: dict[str, list[Position]] = {}
    for site in sites:
        if not is_on_earth(site.lat_e6, site.lon_e6):
            continue
        grouped.setdefault(site.area[:4], []).append(Position(site.lat_e6, site.lon_e6))
    middles = {}
    for area, points in grouped.items():
        middle = _middle(points)
        # Fewer than four sites do not tell which of them is out of place.
        spread = median(distance_km(middle, point) for point in points) if len(points) > 3 else EARTH_KM
        middles[area] = (middle, spread)
    return middles


def _middle(points: Iterable[Position]) -> Position:
    many = list(points)
    return Position(int(median(p.lat_e6 for p in many)), int(median(p.lon_e6 for p in many)))

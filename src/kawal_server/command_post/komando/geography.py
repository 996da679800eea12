"""The map as GeoJSON: kecamatan as real boundaries where somebody loaded them, else as cells; sites as points."""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from math import cos, radians
from typing import Any

from django.utils.translation import gettext as _

from kawal.sitrep.cells import Point, Polygon, cells
from kawal_server.command_post.komando.links import to_boxes
from kawal_server.command_post.komando.plenos import pleno_name
from kawal_server.command_post.places import region_name, unit_name
from kawal_server.command_post.templatetags.kawal import boxes, grouped, look_name
from kawal_server.store.models import Boundary, DistrictLine, SiteLine

MARKED = frozenset({"ppk", "warehouse"})
"""Kinds of site that every board shows, with or without boxes."""
_E6 = 1_000_000


def geography() -> dict[str, Any]:
    """One feature collection: polygons of kecamatan, then points of sites."""
    return {"type": "FeatureCollection", "features": [*_areas(), *_sites()]}


@lru_cache(maxsize=8)
def cells_of(points: tuple[tuple[int, int], ...]) -> tuple[Polygon, ...]:
    """Cells around (lat, lon) points in microdegrees, as rings of (lon, lat) in degrees."""
    if not points:
        return ()
    stretch = cos(radians(sum(lat for lat, _lon in points) / len(points) / _E6))
    plane: Sequence[Point] = [(lon / _E6 * stretch, lat / _E6) for lat, lon in points]
    return tuple(tuple((round(x / stretch, 5), round(y, 5)) for x, y in cell) for cell in cells(plane))


def _areas() -> Iterable[dict[str, Any]]:
    lines = [one for one in DistrictLine.objects.all() if one.lat_e6 is not None and one.lon_e6 is not None]
    drawn = cells_of(tuple((one.lat_e6 or 0, one.lon_e6 or 0) for one in lines))
    loaded = {one.code: one.geometry for one in Boundary.objects.filter(code__in=[one.code for one in lines])}
    for line, ring in zip(lines, drawn, strict=True):
        polygon = {"type": "Polygon", "coordinates": [[*ring, ring[0]]]}
        yield {
            "type": "Feature",
            "id": line.code,
            "geometry": loaded.get(line.code, polygon),
            "properties": {
                "name": region_name(line.code),
                "look": line.look,
                "boxes": line.boxes,
                "says": _area_says(line),
                "url": to_boxes(kecamatan=line.code),
                "at": [(line.lat_e6 or 0) / _E6, (line.lon_e6 or 0) / _E6],
            },
        }


def _area_says(line: DistrictLine) -> str:
    counted = [
        f"{grouped(line.looks[look])} {look_name(look).lower()}"
        for look in ("bahaya", "tidak diketahui", "perhatian", "aman")
        if line.looks.get(look)
    ]
    return f"{grouped(line.boxes)} {boxes(line.boxes)}: {', '.join(counted)}. {_('Pleno')}: {pleno_name(line.pleno)}"


def _sites() -> Iterable[dict[str, Any]]:
    for site in SiteLine.objects.all().order_by("kind", "site"):
        is_marked = site.kind in MARKED
        if not is_marked and not site.boxes:
            continue
        yield {
            "type": "Feature",
            "id": site.site,
            "geometry": {"type": "Point", "coordinates": [site.lon_e6 / _E6, site.lat_e6 / _E6]},
            "properties": {
                "name": unit_name(site.site),
                "kind": site.kind,
                "is_marked": is_marked,
                "look": site.look or "kosong",
                "says": _site_says(site),
            },
        }


def _site_says(site: SiteLine) -> str:
    if not site.boxes:
        return f"{unit_name(site.site)}: {_('tidak ada kotak')}"
    return f"{unit_name(site.site)}: {grouped(site.boxes)} {boxes(site.boxes)}, {look_name(site.look).lower()}"

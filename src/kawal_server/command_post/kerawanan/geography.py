"""The map of kerawanan: kecamatan by class, strategic sites by priority. No TPS is ever on it."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from kawal.risk.sites import Strategic
from kawal_server.actions.area_of_post import point_of
from kawal_server.command_post.kerawanan.board import PlaceNow
from kawal_server.command_post.kerawanan.words import SITE_NAMES
from kawal_server.command_post.komando.geography import cells_of
from kawal_server.command_post.templatetags.kerawanan import look_of
from kawal_server.store.models import Boundary, DistrictLine, Operation

_E6 = 1_000_000


def geography(places: Sequence[PlaceNow], sites: Iterable[Strategic]) -> dict[str, Any]:
    """One feature collection: polygons of kecamatan, then points of strategic sites."""
    return {"type": "FeatureCollection", "features": [*_areas(places), *_sites(sites)]}


def _points() -> dict[str, tuple[int, int]]:
    """Kecamatan -> where it is drawn, in microdegrees: as on the board, else as the post knows it."""
    return {
        one.code: (one.lat_e6, one.lon_e6)
        for one in DistrictLine.objects.all()
        if one.lat_e6 is not None and one.lon_e6 is not None
    }


def _point(code: str, drawn: dict[str, tuple[int, int]], find: Any) -> tuple[int, int] | None:
    if code in drawn:
        return drawn[code]
    known = find(code) if find is not None else None
    return (round(known[0] * _E6), round(known[1] * _E6)) if known else None


def _areas(places: Sequence[PlaceNow]) -> Iterable[dict[str, Any]]:
    operation, drawn = Operation.objects.first(), _points()
    find = point_of(operation) if operation is not None else None
    placed = [(one, at) for one in places if (at := _point(one.place, drawn, find)) is not None]
    loaded = {one.code: one.geometry for one in Boundary.objects.filter(code__in=[one.place for one, _at in placed])}
    for (one, at), ring in zip(placed, cells_of(tuple(at for _one, at in placed)), strict=True):
        polygon = {"type": "Polygon", "coordinates": [[*ring, ring[0]]]}
        yield {
            "type": "Feature",
            "id": one.place,
            "geometry": loaded.get(one.place, polygon),
            "properties": {
                "name": one.name,
                "look": look_of(one.shifted.risk),
                "boxes": one.shifted.points or 0,
                "says": _says(one),
                "url": reverse("kerawanan-tempat", args=[one.place]),
                "at": [at[0] / _E6, at[1] / _E6],
            },
        }


def _says(one: PlaceNow) -> str:
    if not one.moved:
        return one.class_now
    return f"{one.class_now} ({_('tanpa kejadian')}: {one.class_before.lower()})"


def _sites(sites: Iterable[Strategic]) -> Iterable[dict[str, Any]]:
    for one in sites:
        if one.lat_e6 is None or one.lon_e6 is None:
            continue
        yield {
            "type": "Feature",
            "id": one.site,
            "geometry": {"type": "Point", "coordinates": [one.lon_e6 / _E6, one.lat_e6 / _E6]},
            "properties": {
                "name": one.name,
                "kind": one.kind,
                "is_marked": True,
                "look": f"prioritas-{one.priority}",
                "says": f"{one.name}, {_(SITE_NAMES[one.kind])}, {_('prioritas')} {one.priority}: {one.reason}",
            },
        }

"""Real boundaries from a GeoJSON file: kecamatan found by code or name, checked, and made light enough for a map."""

import json
import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from kawal.election.lists.names import name_key
from kawal.election.lists.places import Places
from kawal_server.store.models import Boundary

FILE_LIMIT = 20 * 1024 * 1024
KEPT_BYTES = 300_000
FEATURES_LIMIT = 20_000
POINTS_LIMIT = 2_000_000
DEPTH_LIMIT = 40
DECIMALS = 4
FIRST_TOLERANCE = 0.0002
_WEST, _EAST, _SOUTH, _NORTH = 90.0, 145.0, -15.0, 10.0
_CODE = re.compile(r"(?:kode|code|id|kd|bps|kemendagri|adm3)", re.IGNORECASE)
_NAME = re.compile(r"(?:nama|name|kec|distrik|district|wadmkc|namobj|adm3)", re.IGNORECASE)

Ring = list[tuple[float, float]]


class BoundariesRefused(ValueError):
    """The file holds no boundaries of this operation; the message says why and what to do."""


@dataclass(frozen=True)
class BoundariesRead:
    """What a file gives. found: kecamatan code -> geometry; absent: kecamatan it lacks; others: its other areas."""

    found: Mapping[str, Mapping[str, Any]]
    names: Mapping[str, str]
    absent: Sequence[str]
    others: Sequence[str]
    wrong: Sequence[str]


def read_boundaries(content: bytes, places: Places) -> BoundariesRead:
    """Read the kecamatan of an operation from GeoJSON in degrees. Raises: BoundariesRefused."""
    features = _features(content)
    found: dict[str, list[list[Ring]]] = {}
    others, wrong = [], []
    by_name = {name_key(one.name): one.code for one in places.districts}
    for feature in features:
        properties = feature.get("properties")
        named = properties if isinstance(properties, dict) else {}
        code = _district(feature, named, by_name)
        if code is None:
            others.append(_shown(named))
            continue
        try:
            found.setdefault(code, []).extend(_polygons(feature.get("geometry")))
        except ValueError as error:
            wrong.append(f"{places.name(code)}: {error}")
    found = {code: polygons for code, polygons in found.items() if polygons}
    if not found:
        raise BoundariesRefused(
            "Tidak ada kecamatan operasi ini di berkas itu. Pakai GeoJSON batas kecamatan dengan kode atau nama. / "
            "No kecamatan of this operation is in that file. Use a GeoJSON of kecamatan with their codes or names. "
            + "; ".join(wrong[:3])
        )
    absent = [one.code for one in places.districts if one.code not in found]
    names = {code: places.name(code) for code in found}
    return BoundariesRead(_lightened(found), names, absent, others, wrong)


def keep_boundaries(read: BoundariesRead) -> None:
    """Put these boundaries in the place of those before."""
    with transaction.atomic():
        Boundary.objects.all().delete()
        Boundary.objects.bulk_create(
            [
                Boundary(code=code, name=read.names[code][:120], geometry=geometry)
                for code, geometry in read.found.items()
            ]
        )


def forget_boundaries() -> None:
    """Let the map draw cells again."""
    Boundary.objects.all().delete()


def _features(content: bytes) -> list[dict[str, Any]]:
    if len(content) > FILE_LIMIT:
        raise BoundariesRefused(
            "Berkas lebih dari 20 MiB. Sederhanakan atau potong sesuai wilayah. / "
            "The file is over 20 MiB. Simplify it, or cut it to the area."
        )
    # A hostile file nests deeper than any map: the parser would run out of stack before it could say so.
    if _depth(content) > DEPTH_LIMIT:
        raise _no_geojson()
    try:
        held = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise _no_geojson() from error
    if isinstance(held, dict) and held.get("type") == "Feature":
        held = {"type": "FeatureCollection", "features": [held]}
    features = held.get("features") if isinstance(held, dict) else None
    if not isinstance(features, list) or len(features) > FEATURES_LIMIT:
        raise _no_geojson()
    return [one for one in features if isinstance(one, dict)]


def _depth(content: bytes) -> int:
    deep = deepest = 0
    for sign in re.finditer(rb"[\[\]{}]", content):
        deep += 1 if sign[0] in b"[{" else -1
        deepest = max(deepest, deep)
        if deepest > DEPTH_LIMIT:
            break
    return deepest


def _no_geojson() -> BoundariesRefused:
    return BoundariesRefused(
        "Berkas ini bukan GeoJSON. Ekspor batas kecamatan sebagai GeoJSON (WGS 84). / "
        "This file is not GeoJSON. Export the kecamatan boundaries as GeoJSON (WGS 84)."
    )


def _district(feature: Mapping[str, Any], named: Mapping[str, Any], by_name: Mapping[str, str]) -> str | None:
    """The kecamatan a feature is of, by any code or name it bears; a village's boundary is a piece of its kecamatan."""
    known = set(by_name.values())
    values = (*(value for key, value in named.items() if _CODE.search(str(key))), feature.get("id"))
    codes = [code for code in map(_digits, values) if code[:6] in known]
    if codes:
        return min(codes, key=len)[:6]
    for key, value in named.items():
        if isinstance(value, str) and _NAME.search(str(key)):
            text = re.sub(r"^(?:kecamatan|kec\.?|distrik)\s+", "", value.strip()[:120], flags=re.IGNORECASE)
            if name_key(text) in by_name:
                return by_name[name_key(text)]
    return None


def _digits(value: object) -> str:
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        return ""
    text = str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
    return text.replace(".", "").strip() if len(text) < 20 else ""


def _shown(named: Mapping[str, Any]) -> str:
    texts = [value for key, value in named.items() if isinstance(value, str) and _NAME.search(str(key))]
    return (texts or ["?"])[-1][:60]


def _polygons(geometry: object) -> list[list[Ring]]:
    if not isinstance(geometry, dict):
        raise ValueError("tanpa geometri / no geometry")
    coordinates = geometry.get("coordinates")
    match geometry.get("type"):
        case "Polygon":
            return [_rings(coordinates)]
        case "MultiPolygon" if isinstance(coordinates, list):
            return [_rings(one) for one in coordinates]
        case _:
            raise ValueError("bukan Polygon atau MultiPolygon / neither Polygon nor MultiPolygon")


def _rings(coordinates: object) -> list[Ring]:
    if not isinstance(coordinates, list) or not coordinates:
        raise ValueError("cincin kosong / an empty ring")
    return [_ring(one) for one in coordinates]


def _ring(coordinates: object) -> Ring:
    if not isinstance(coordinates, list) or not 4 <= len(coordinates) <= POINTS_LIMIT:
        raise ValueError("cincin kurang dari empat titik / a ring of fewer than four points")
    ring = [_point(one) for one in coordinates]
    if ring[0] != ring[-1]:
        ring.append(ring[0])
    return ring


def _point(pair: object) -> tuple[float, float]:
    if not isinstance(pair, list) or len(pair) < 2:
        raise ValueError("titik tanpa dua angka / a point without two numbers")
    lon, lat = pair[0], pair[1]
    if any(isinstance(one, bool) or not isinstance(one, (int, float)) for one in (lon, lat)):
        raise ValueError("titik bukan angka / a point that is no number")
    if not (_WEST <= lon <= _EAST and _SOUTH <= lat <= _NORTH):
        raise ValueError(
            f"titik {str(lon)[:12]}, {str(lat)[:12]} di luar Indonesia; pakai derajat, bujur dulu / "
            "a point outside Indonesia; use degrees, longitude first"
        )
    return float(lon), float(lat)


def _lightened(found: Mapping[str, list[list[Ring]]]) -> dict[str, dict[str, Any]]:
    """Geometries of at most 300 kB together: first rounded, then simplified a little more each time."""
    tolerance = 0.0
    while True:
        made = {code: _geometry(polygons, tolerance) for code, polygons in found.items()}
        if len(json.dumps(made, separators=(",", ":"))) <= KEPT_BYTES or tolerance > 1:
            return made
        tolerance = 2 * tolerance or FIRST_TOLERANCE


def _geometry(polygons: Sequence[Sequence[Ring]], tolerance: float) -> dict[str, Any]:
    kept = []
    for polygon in polygons:
        rings = [simplified(ring, tolerance) for ring in polygon]
        if len(rings[0]) >= 4:
            kept.append([rings[0], *(ring for ring in rings[1:] if len(ring) >= 4)])
    if not kept:
        biggest = max(polygons, key=lambda one: len(one[0]))
        kept = [[_box(biggest[0])]]
    return (
        {"type": "Polygon", "coordinates": kept[0]} if len(kept) == 1 else {"type": "MultiPolygon", "coordinates": kept}
    )


def _box(ring: Ring) -> list[list[float]]:
    """Where an island became smaller than the tolerance: the box around it, so that it is never lost."""
    xs, ys = [x for x, _ in ring], [y for _, y in ring]
    west, east, south, north = min(xs), max(xs), min(ys), max(ys)
    return [[west, south], [east, south], [east, north], [west, north], [west, south]]


def simplified(ring: Ring, tolerance: float) -> list[list[float]]:
    """A closed ring with fewer points: rounded to 4 decimals (11 m), then without those nearer than the tolerance.

    Source: Ramer 1972, Douglas and Peucker 1973. The ring is cut at the point farthest from its first one.
    """
    rounded = [(round(x, DECIMALS), round(y, DECIMALS)) for x, y in ring]
    points = [point for at, point in enumerate(rounded) if at == 0 or point != rounded[at - 1]]
    if tolerance and len(points) > 4:
        points = _spaced(points, tolerance / 2)
        start = points[0]
        cut = max(range(len(points)), key=lambda at: math.dist(points[at], start))
        points = [*_thinned(points[: cut + 1], tolerance)[:-1], *_thinned(points[cut:], tolerance)]
    return [[x, y] for x, y in points]


def _spaced(points: Sequence[tuple[float, float]], least: float) -> list[tuple[float, float]]:
    """The points at least so far from the one kept before, and both ends: one pass, before the slower one."""
    kept = [points[0]]
    for point in points[1:-1]:
        if math.dist(point, kept[-1]) >= least:
            kept.append(point)
    return [*kept, points[-1]]


def _thinned(points: Sequence[tuple[float, float]], tolerance: float) -> list[tuple[float, float]]:
    keep = {0, len(points) - 1}
    waiting = [(0, len(points) - 1)]
    while waiting:
        first, last = waiting.pop()
        far, at = max(_distances(points, first, last), default=(0.0, 0))
        if far > tolerance:
            keep.add(at)
            waiting += [(first, at), (at, last)]
    return [points[at] for at in sorted(keep)]


def _distances(points: Sequence[tuple[float, float]], first: int, last: int) -> Iterable[tuple[float, int]]:
    (ax, ay), (bx, by) = points[first], points[last]
    dx, dy = bx - ax, by - ay
    length = dx * dx + dy * dy
    for at in range(first + 1, last):
        x, y = points[at]
        along = 0.0 if not length else min(1.0, max(0.0, ((x - ax) * dx + (y - ay) * dy) / length))
        yield math.hypot(x - ax - along * dx, y - ay - along * dy), at

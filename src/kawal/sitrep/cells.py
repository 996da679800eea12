"""Cells around points, for a map that has no boundaries: every place belongs to the nearest point.

The cells are convex, do not overlap, and end at a rounded coast: nothing is drawn further than `reach` from its point.
They say who is next to whom, and nothing about where a boundary runs.
"""

from collections.abc import Iterable, Sequence
from math import cos, dist, pi, sin
from statistics import median

Point = tuple[float, float]
Polygon = tuple[Point, ...]
_SIDES = 40
_REACH_IN_GAPS = 1.5
_LONE_REACH = 0.05


def cells(points: Sequence[Point], *, reach: float | None = None) -> list[Polygon]:
    """One convex polygon around each point, counter-clockwise, in the order of the points.

    points: (x, y) on a plane, in any unit; equal points share what would be theirs. reach: how far a cell goes at most,
    in the same unit; without it a little more than the usual gap between neighbours.
    """
    apart = _set_apart(points)
    far = reach or _reach(apart)
    hull = _padded_hull(apart, far)
    return [_cell(place, apart, hull, far) for place in range(len(apart))]


def area(polygon: Sequence[Point]) -> float:
    """The area inside a polygon; negative where it runs clockwise."""
    after = [*polygon[1:], *polygon[:1]]
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(polygon, after, strict=True)) / 2


def middle(polygon: Sequence[Point]) -> Point:
    """The centre of gravity of a polygon's corners' outline."""
    after = [*polygon[1:], *polygon[:1]]
    whole = area(polygon) * 6
    x = sum((a[0] + b[0]) * (a[0] * b[1] - b[0] * a[1]) for a, b in zip(polygon, after, strict=True)) / whole
    y = sum((a[1] + b[1]) * (a[0] * b[1] - b[0] * a[1]) for a, b in zip(polygon, after, strict=True)) / whole
    return x, y


def _set_apart(points: Sequence[Point]) -> list[Point]:
    """Equal points moved a little, each its own way, so that every one has a cell."""
    met: dict[Point, int] = {}
    step = _gap(points) / 4
    apart = []
    for x, y in points:
        again = met.get((x, y), 0)
        met[x, y] = again + 1
        apart.append((x, y) if not again else (x + step * cos(again * 2.4), y + step * sin(again * 2.4)))
    return apart


def _gap(points: Sequence[Point]) -> float:
    """The usual distance from a point to its nearest neighbour."""
    several = sorted(set(points))
    if len(several) < 2:
        return _LONE_REACH
    return median(min(dist(one, other) for other in several if other != one) for one in several)


def _reach(points: Sequence[Point]) -> float:
    return max(_gap(points) * _REACH_IN_GAPS, _LONE_REACH / 10)


def _ring(centre: Point, radius: float) -> Iterable[Point]:
    turns = (2 * pi * side / _SIDES for side in range(_SIDES))
    return ((centre[0] + radius * cos(turn), centre[1] + radius * sin(turn)) for turn in turns)


def _padded_hull(points: Sequence[Point], padding: float) -> list[Point]:
    """The convex hull of a ring around each point (Andrew's monotone chain)."""
    corners = sorted({corner for point in points for corner in _ring(point, padding)})
    return [*_chain(corners), *_chain(corners[::-1])]


def _chain(corners: Sequence[Point]) -> list[Point]:
    chain: list[Point] = []
    for corner in corners:
        while len(chain) > 1 and _turn(chain[-2], chain[-1], corner) <= 0:
            chain.pop()
        chain.append(corner)
    return chain[:-1]


def _turn(a: Point, b: Point, c: Point) -> float:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])


def _cell(place: int, points: Sequence[Point], hull: Sequence[Point], reach: float) -> Polygon:
    own = points[place]
    others = sorted(
        ((dist(own, other), other) for at, other in enumerate(points) if at != place), key=lambda one: one[0]
    )
    cell = list(hull)
    for corner in _ring(own, 2 * reach):
        cell = _nearer(cell, own, corner)
    for far, other in others:
        if far > 2 * max(dist(own, corner) for corner in cell):
            break
        cell = _nearer(cell, own, other)
    return tuple(cell)


def _nearer(polygon: Sequence[Point], own: Point, other: Point) -> list[Point]:
    """The part of a polygon that is nearer to `own` than to `other` (Sutherland and Hodgman)."""
    normal = (other[0] - own[0], other[1] - own[1])
    level = (dist(other, (0, 0)) ** 2 - dist(own, (0, 0)) ** 2) / 2
    beyond = [normal[0] * x + normal[1] * y - level for x, y in polygon]
    kept: list[Point] = []
    for place, corner in enumerate(polygon):
        before, a, b = polygon[place - 1], beyond[place - 1], beyond[place]
        if (a > 0) != (b > 0):
            share = a / (a - b)
            kept.append((before[0] + (corner[0] - before[0]) * share, before[1] + (corner[1] - before[1]) * share))
        if b <= 0:
            kept.append(corner)
    return kept

"""Cells around points: each place belongs to its nearest point, and none is drawn where nobody is."""

from math import dist, isclose

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kawal.sitrep.cells import Point, Polygon, area, cells, middle

whole = st.integers(-200, 200)
spots = st.lists(st.tuples(whole.map(float), whole.map(float)), min_size=1, max_size=40)


def holds(polygon: Polygon, point: Point) -> bool:
    after = [*polygon[1:], *polygon[:1]]
    sides = zip(polygon, after, strict=True)
    return all((b[0] - a[0]) * (point[1] - a[1]) - (b[1] - a[1]) * (point[0] - a[0]) >= -1e-6 for a, b in sides)


def test_one_point_has_a_round_cell() -> None:
    (cell,) = cells([(124.5, -9.4)], reach=1.0)
    assert all(isclose(dist(corner, (124.5, -9.4)), 1.0, rel_tol=0.02) for corner in cell)


def test_two_points_share_at_the_middle() -> None:
    left, right = cells([(0.0, 0.0), (2.0, 0.0)])
    assert isclose(max(x for x, _y in left), 1.0)
    assert isclose(min(x for x, _y in right), 1.0)
    assert isclose(area(left), area(right))


def test_points_in_a_line_have_cells_in_a_row() -> None:
    drawn = cells([(float(place), 0.0) for place in range(6)])
    for place, cell in enumerate(drawn[1:-1], start=1):
        assert isclose(min(x for x, _y in cell), place - 0.5)
        assert isclose(max(x for x, _y in cell), place + 0.5)


def test_equal_points_share_what_would_be_theirs() -> None:
    drawn = cells([(0.0, 0.0), (0.0, 0.0), (0.0, 0.0), (3.0, 0.0)])
    assert len(drawn) == 4
    assert all(area(cell) > 0 for cell in drawn)


def test_no_point_no_cell() -> None:
    assert cells([]) == []


@pytest.mark.parametrize("count", [24, 140])
def test_a_whole_area_is_drawn(count: int) -> None:
    points = [(float(place % 12) + (place // 12 % 2) / 2, float(place // 12)) for place in range(count)]
    drawn = cells(points)
    assert all(holds(cell, point) for cell, point in zip(drawn, points, strict=True))


@given(spots)
def test_each_cell_holds_its_point_and_only_what_is_nearest_to_it(points: list[Point]) -> None:
    several = sorted(set(points))
    for cell, own in zip(cells(several), several, strict=True):
        assert area(cell) > 0
        assert holds(cell, own)
        for corner in cell:
            nearest = min(dist(corner, other) for other in several)
            assert dist(corner, own) <= nearest + 1e-6


@given(spots)
def test_cells_do_not_overlap(points: list[Point]) -> None:
    drawn = cells(points)
    for place, cell in enumerate(drawn):
        centre = middle(cell)
        assert [other for at, other in enumerate(drawn) if at != place and _is_deep_inside(other, centre)] == []


@given(spots)
def test_the_same_points_give_the_same_cells(points: list[Point]) -> None:
    assert cells(points) == cells(list(points))


def _is_deep_inside(polygon: Polygon, point: Point) -> bool:
    after = [*polygon[1:], *polygon[:1]]
    return all(
        (b[0] - a[0]) * (point[1] - a[1]) - (b[1] - a[1]) * (point[0] - a[0]) > 1e-6
        for a, b in zip(polygon, after, strict=True)
    )

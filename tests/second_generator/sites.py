"""The points the sites manifest lists, some of them wrong."""

from __future__ import annotations

import math
import random

from .area import FAR_CHECKPOINT, WAREHOUSE, Point
from .days import november
from .truth import Truth
from .world import World

_METRES_PER_DEGREE = 111_195


def listed_points(world: World) -> dict[str, Point]:
    """Return the listed points: true ones, but for the share that is off or swapped."""
    points = dict(world.area.points)
    if "clone" not in world.plan.names:
        del points[FAR_CHECKPOINT]
    for site in _wrong_sites(world, list(points)):
        true = points[site]
        points[site] = _wrong(true, world.mishaps)
        world.truths.append(
            Truth(
                "bad", "wrong-site-point", site, (), november(12, 10), None, None, None,
                detail={"true": list(true), "listed": list(points[site])},
            )
        )  # fmt: skip
    return points


def _wrong_sites(world: World, sites: list[str]) -> list[str]:
    cloned = {f"ppk-{box.split('-')[1][:6]}" for box in world.plan.boxes.get("clone", ())}
    open_sites = [s for s in sites if s not in cloned | {FAR_CHECKPOINT, WAREHOUSE}]
    wanted = round(world.bad.wrong_site_point * len(sites))
    return world.mishaps.sample(open_sites, min(wanted, len(open_sites)))


def _wrong(point: Point, dice: random.Random) -> Point:
    if dice.random() < 0.2:
        return (point[1], point[0])
    metres = math.exp(dice.uniform(math.log(2_000), math.log(300_000)))
    bearing = dice.uniform(0, 2 * math.pi)
    degrees = metres / _METRES_PER_DEGREE
    north = degrees * math.cos(bearing)
    east = degrees * math.sin(bearing) / math.cos(math.radians(point[0] / 1_000_000))
    return (point[0] + round(north * 1_000_000), point[1] + round(east * 1_000_000))

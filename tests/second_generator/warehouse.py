"""After the plenos: boxes into the KPU warehouse, the stock-take, a guard's re-inspection."""

from __future__ import annotations

from functools import partial

from .area import KPU_UNIT, WAREHOUSE, Kecamatan
from .box_events import check
from .days import MINUTE, november
from .encoding import csv_bytes
from .hand_over import hand_over
from .legs import kecamatan_deal
from .pleno import session_hours
from .world import World

_STOCK_TAKE = november(33, 9)
_DESTROYED = november(33, 15)
_REINSPECTION = november(34, 10)
_REINSPECTED_BOXES = 40


def plan_warehouse(world: World) -> None:
    """Schedule the trips of each kecamatan, the count, and what happens after it."""
    for number, kecamatan in enumerate(world.area.kecamatan):
        _, closes = session_hours(number, "BUP")
        leaves = closes + 75 * MINUTE + number // 3 * 12 * MINUTE
        world.schedule(leaves, partial(_deliver, world, kecamatan))
    world.schedule(_STOCK_TAKE, partial(_count, world))
    world.schedule(_DESTROYED, partial(_destroy, world))
    world.schedule(_REINSPECTION, partial(_reinspect, world))


def _present(world: World, unit: str) -> tuple[str, ...]:
    return world.boxes_at(unit, tuple(world.place))


def _deliver(world: World, kecamatan: Kecamatan, when: int) -> None:
    deal = kecamatan_deal(
        world.crew,
        kecamatan.code,
        "ppk-kpu",
        world.crew[f"{kecamatan.unit}/2"],
        world.crew[f"{KPU_UNIT}/2"],
        _present(world, kecamatan.unit),
        site=WAREHOUSE,
    )
    hand_over(world, deal, when)


def _count(world: World, when: int) -> None:
    boxes = _present(world, KPU_UNIT)
    rows = [(box, " ".join(world.serials_on(box))) for box in boxes]
    mh = world.journal.keep_blob(csv_bytes("box,seals", rows))
    world.journal.sign(
        world.crew[f"{KPU_UNIT}/1"],
        "custody.count",
        when,
        {"site": WAREHOUSE, "mh": mh, "n": len(rows), "pos": world.position(WAREHOUSE)},
        boxes=boxes,
    )


def _destroy(world: World, when: int) -> None:
    for box in world.plan.boxes.get("destroyed-without-evidence", ()):
        world.place[box] = None
        world.record_fault(
            "destroyed-without-evidence",
            (box,),
            starts_at=_STOCK_TAKE,
            ends_at=None,
            holder=KPU_UNIT,
            detail={"destroyed_at": when},
        )


def _reinspect(world: World, when: int) -> None:
    guard = world.crew["polres-5399/1"]
    protected = world.plan.protected_boxes
    boxes = [box for box in _present(world, KPU_UNIT) if box not in protected]
    chosen = world.dice.sample(boxes, min(_REINSPECTED_BOXES, len(boxes)))
    for number, box in enumerate(chosen):
        check(world, guard, box, when + number * 2 * MINUTE, site=WAREHOUSE)

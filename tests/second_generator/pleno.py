"""The kecamatan plenos: each box opened before everybody, resealed, one session an election."""

from __future__ import annotations

from functools import partial

from .area import ELECTIONS, KPU_UNIT, WAREHOUSE, Kecamatan
from .box_events import EVERYONE, open_box, put_seals
from .days import DAY, HOUR, MINUTE, november
from .encoding import Json
from .hand_over import hand_over
from .legs import kecamatan_deal
from .world import World

DEADLINE = november(33, 23, 59)
EARLY_DEPARTURE_SECONDS = 100 * MINUTE
_OPENING_SECONDS = int(4.5 * HOUR)
_OPENS = {"GUB": november(29, 8), "BUP": november(29, 13, 45)}
_LASTS = {"GUB": 5 * HOUR, "BUP": int(5.5 * HOUR)}


def session_hours(kecamatan_number: int, election: str) -> tuple[int, int]:
    """Return when the session of the n-th kecamatan opens and closes, on one of three days."""
    opens = _OPENS[election] + kecamatan_number % 3 * DAY
    return opens, opens + _LASTS[election]


def plan_plenos(world: World) -> None:
    """Schedule every session."""
    for number, kecamatan in enumerate(world.area.kecamatan):
        for election in ELECTIONS:
            opens, closes = session_hours(number, election)
            for word, when in (("open", opens), ("close", closes)):
                world.schedule(when, partial(_observe, world, kecamatan, election, word))
            world.schedule(opens + 5 * MINUTE, partial(_plan_boxes, world, kecamatan, election))


def _observe(world: World, kecamatan: Kecamatan, election: str, word: str, when: int) -> None:
    members: dict[str, Json] = {
        "level": "district",
        "area": kecamatan.code,
        "election": election,
        "site": kecamatan.unit,
    }
    observer = world.crew[f"pantau-{kecamatan.code}/1"]
    boxes = kecamatan.boxes_of(election)
    world.journal.sign(observer, f"pleno.{word}", when, members, boxes=boxes)


def _plan_boxes(world: World, kecamatan: Kecamatan, election: str, when: int) -> None:
    boxes = list(world.boxes_at(kecamatan.unit, kecamatan.boxes_of(election)))
    boxes.sort(key=lambda box: not world.plan.hits("early", box))
    slot = min(5 * MINUTE, _OPENING_SECONDS // max(1, len(boxes)))
    for number, box in enumerate(boxes):
        world.schedule(when + number * slot, partial(_open, world, kecamatan, box))
        if world.plan.hits("unsealed", box):
            continue
        world.schedule(when + number * slot + slot * 6 // 10, partial(_seal, world, kecamatan, box))
    for box in boxes:
        if world.plan.hits("early", box):
            leaves = when + EARLY_DEPARTURE_SECONDS
            world.schedule(leaves, partial(_leave_early, world, kecamatan, box))


def _open(world: World, kecamatan: Kecamatan, box: str, when: int) -> None:
    present: tuple[str, ...] = EVERYONE
    if world.plan.hits("opened-without-supervisor", box):
        present = tuple(role for role in EVERYONE if role != "supervisor")
        world.record_fault("opened-without-supervisor", (box,), starts_at=when, ends_at=when, holder=kecamatan.unit)
    if world.plan.hits("unsealed", box):
        world.record_fault("unsealed", (box,), starts_at=when, ends_at=None, holder=kecamatan.unit)
    phone = world.crew[f"{kecamatan.unit}/2"]
    open_box(world, phone, box, when, site=kecamatan.unit, present=present)


def _seal(world: World, kecamatan: Kecamatan, box: str, when: int) -> None:
    phone = world.crew[f"{kecamatan.unit}/2"]
    put_seals(world, phone, box, when, site=kecamatan.unit, why="selesai pleno")


def _leave_early(world: World, kecamatan: Kecamatan, box: str, when: int) -> None:
    deal = kecamatan_deal(
        world.crew,
        kecamatan.code,
        "ppk-kpu",
        world.crew[f"{kecamatan.unit}/1"],
        world.crew[f"{KPU_UNIT}/2"],
        (box,),
        site=WAREHOUSE,
        is_by_phones=True,
    )
    world.record_fault("early", (box,), starts_at=when, ends_at=when + 150, holder=kecamatan.unit)
    hand_over(world, deal, when)

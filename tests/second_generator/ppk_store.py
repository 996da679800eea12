"""The night at the PPK office: boxes checked, guarded, and some of them tampered with."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from .area import FAR_CHECKPOINT, Kecamatan
from .box_events import check, open_box, put_seals
from .days import MINUTE, november
from .world import World

_RECEIPT_CHECKS = november(28, 17, 30)
_GUARD_CHECKS = november(28, 20)


def plan_ppk_store(world: World) -> None:
    """Schedule sample checks by the PPK and by its guard, and the faults of the store."""
    for kecamatan in world.area.kecamatan:
        world.schedule(_RECEIPT_CHECKS, partial(_check_on_receipt, world, kecamatan))
        world.schedule(_GUARD_CHECKS, partial(_check_by_guard, world, kecamatan))
    faults: dict[str, tuple[int, Callable[[World, str, int], None]]] = {
        "seal-swapped": (november(28, 18), _see_other_seals),
        "seal-swapped-unseen": (november(28, 18), _swap_numberless_seals),
        "vanished-hand-over": (november(28, 18, 3), _see_unannounced),
        "unknown-box": (november(28, 18, 6), _see_unknown),
        "clone": (november(28, 18, 30), _see_twice),
        "unenrolled-device": (november(28, 19), _see_with_strange_phone),
        "opened-outside-session": (november(28, 22, 30), _open_at_night),
    }
    for name, (when, act) in faults.items():
        for box in world.plan.boxes.get(name, ()):
            world.schedule(when, partial(act, world, box))


def _ppk_of(box: str) -> str:
    return f"ppk-{box.split('-')[1][:6]}"


def _sample(world: World, kecamatan: Kecamatan, share: float) -> list[str]:
    present = world.boxes_at(kecamatan.unit, kecamatan.boxes)
    open_boxes = [box for box in present if box not in world.plan.protected_boxes]
    return world.dice.sample(open_boxes, round(share * len(open_boxes)))


def _check_on_receipt(world: World, kecamatan: Kecamatan, when: int) -> None:
    phone = world.crew[f"{kecamatan.unit}/1"]
    present = world.boxes_at(kecamatan.unit, kecamatan.boxes)
    mistyped = [box for box in present if world.typos.get(box) == "check"]
    chosen = dict.fromkeys([*mistyped, *_sample(world, kecamatan, 0.3)])
    step = min(20, 25 * MINUTE // max(1, len(chosen)))
    for number, box in enumerate(chosen):
        check(world, phone, box, when + number * step, site=kecamatan.unit)


def _check_by_guard(world: World, kecamatan: Kecamatan, when: int) -> None:
    phone = world.crew[f"polsek-{kecamatan.code}/1"]
    for number, box in enumerate(_sample(world, kecamatan, 0.2)):
        looked = world.dice.random() < 0.5
        check(world, phone, box, when + number * 15, site=kecamatan.unit, looked=looked)


def _see_other_seals(world: World, box: str, when: int) -> None:
    before, world.seals[box] = world.serials_on(box), world.new_seals()
    ppk = _ppk_of(box)
    check(world, world.crew[f"{ppk}/1"], box, when, site=ppk)
    world.record_fault(
        "seal-swapped",
        (box,),
        starts_at=world.passed[box, "pps-ppk"],
        ends_at=when,
        holder=ppk,
        detail={"sealed_with": before, "seen": world.serials_on(box)},
    )


def _swap_numberless_seals(world: World, box: str, when: int) -> None:
    world.record_fault("seal-swapped-unseen", (box,), starts_at=when, ends_at=when, holder=_ppk_of(box))


def _see_unannounced(world: World, box: str, when: int) -> None:
    ppk = _ppk_of(box)
    check(world, world.crew[f"{ppk}/1"], box, when, site=ppk)
    world.record_fault(
        "vanished-hand-over",
        (box,),
        starts_at=world.passed[box, "kpps-pps"],
        ends_at=when,
        holder=f"pps-{box.split('-')[1][:10]}",
    )


def _see_unknown(world: World, box: str, when: int) -> None:
    ppk = _ppk_of(box)
    world.place[box], world.seals[box] = ppk, world.new_seals()
    check(world, world.crew[f"{ppk}/1"], box, when, site=ppk)
    guard = world.crew[f"polsek-{ppk[4:]}/1"]

    def see_again(now: int) -> None:
        check(world, guard, box, now, site=ppk)

    world.schedule(november(28, 21), see_again)
    world.record_fault("unknown-box", (box,), starts_at=when, ends_at=None, holder=ppk)


def _see_twice(world: World, box: str, when: int) -> None:
    ppk, far_guard = _ppk_of(box), world.crew["polres-5388/1"]
    check(world, world.crew[f"{ppk}/1"], box, when, site=ppk)

    def see_clone(now: int) -> None:
        check(world, far_guard, box, now, site=FAR_CHECKPOINT)
        world.record_fault(
            "clone", (box,), starts_at=when, ends_at=now, holder=ppk,
            detail={"kid": far_guard.kid, "site": FAR_CHECKPOINT},
        )  # fmt: skip

    world.schedule(when + 25 * MINUTE, see_clone)


def _see_with_strange_phone(world: World, box: str, when: int) -> None:
    stranger = world.crew.stranger
    check(world, stranger, box, when, site=_ppk_of(box), seen=world.new_seals())
    world.record_fault(
        "unenrolled-device", (box,), subject=stranger.kid, starts_at=when, ends_at=when,
        holder=world.place[box],
    )  # fmt: skip


def _open_at_night(world: World, box: str, when: int) -> None:
    ppk = _ppk_of(box)
    phone = world.crew[f"{ppk}/2"]
    open_box(world, phone, box, when, site=ppk)
    put_seals(world, phone, box, when + 9 * MINUTE, site=ppk, why="disegel kembali")
    world.record_fault("opened-outside-session", (box,), starts_at=when, ends_at=when + 9 * MINUTE, holder=ppk)

"""Seals put on, checked and opened: the events about one box at one place."""

from __future__ import annotations

from .device import Device
from .journal import Record
from .truth import Truth
from .world import Seal, World

EVERYONE = ("ppk", "pps", "supervisor", "witness")


def put_seals(
    world: World,
    phone: Device,
    box: str,
    when: int,
    *,
    site: str,
    why: str,
    seals: tuple[Seal, ...] | None = None,
    forks: Record | None = None,
) -> Record:
    """Seal a box, with numberless seals as often as the stock is bad."""
    worn = seals or _from_stock(world, box, when)
    if forks is None:
        world.seals[box] = worn
    return world.journal.sign(
        phone,
        "custody.seal",
        when,
        {
            "box": box,
            "seals": [seal.as_json() for seal in worn],
            "why": why,
            "site": site,
            "pos": world.position(site),
        },
        boxes=(box,),
        forks=forks,
    )


def check(
    world: World,
    phone: Device,
    box: str,
    when: int,
    *,
    site: str,
    looked: bool = True,
    seen: tuple[Seal, ...] | None = None,
) -> Record:
    """Check a box blind: write down the seals seen, or [] when nobody looked at them."""
    seals = seen or (world.seals[box] if looked else ())
    return world.journal.sign(
        phone,
        "custody.check",
        when,
        {
            "box": world.label(box, "check", when, phone),
            "seals": [seal.as_json() for seal in seals],
            "ok": True,
            "site": site,
            "pos": world.position(site),
        },
        boxes=(box,),
    )


def open_box(
    world: World,
    phone: Device,
    box: str,
    when: int,
    *,
    site: str,
    present: tuple[str, ...] = EVERYONE,
) -> Record:
    """Open a box for the pleno; its seals are broken by that."""
    world.seals[box] = ()
    return world.journal.sign(
        phone,
        "custody.open",
        when,
        {
            "boxes": [box],
            "why": "pleno",
            "doc": f"BA-PLENO/{box}",
            "present": list(present),
            "site": site,
            "pos": world.position(site),
        },
        boxes=(box,),
    )


def _from_stock(world: World, box: str, when: int) -> tuple[Seal, ...]:
    numberless = world.mishaps.random() < world.bad.seal_without_serial
    if world.plan.hits("seal-swapped-unseen", box):
        return world.new_seals(serials=False)
    if not numberless or box in world.plan.protected_boxes:
        return world.new_seals()
    world.truths.append(Truth("bad", "seal-without-serial", box, (box,), when, when, world.place.get(box), None))
    return world.new_seals(serials=False)

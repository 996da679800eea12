"""The hand-over KPPS to PPS on the night of the vote, right or with one of the faults."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from .area import Station
from .box_events import put_seals
from .days import MINUTE
from .device import Device
from .hand_over import HandOver, hand_over
from .legs import desa_deal
from .world import Seal, World

_BY_PHONES = ("box-swapped", "one-sided", "same-person", "guard-as-holder", "dropped-event")
_ANSWER_SECONDS = 150


def deliver_to_pps(world: World, station: Station, when: int) -> None:
    """Carry the station's boxes to the PPS."""
    plan, pps = world.plan, f"pps-{station.desa}"
    deal = desa_deal(
        world.crew,
        station.desa,
        "kpps-pps",
        world.crew.of_unit(station.unit),
        world.crew[f"{pps}/2"],
        station.boxes,
        site=pps,
        is_by_phones=any(plan.has_station(fault, station) for fault in _BY_PHONES),
    )
    if plan.has_station("box-swapped", station):
        deal = _swapped(world, station, deal, when)
    if plan.has_station("same-person", station):
        deal = _to_oneself(world, station, deal, when)
    if plan.has_station("one-sided", station):
        deal = _one_left_unanswered(world, station, deal, when)
    if plan.has_station("guard-as-holder", station):
        _to_a_guard_first(world, station, deal, when)
        world.schedule(when + 15 * MINUTE, partial(hand_over, world, deal))
        return
    hand_over(world, deal, when)


def seal_with_used_serial(world: World, phone: Device, box: str, when: int, *, site: str) -> None:
    """Seal a box with a numbered tie that is already on another box."""
    other = world.plan.boxes["seal-reused"][1]
    used = world.seals[other][0]
    fresh = world.new_seals()
    seals: tuple[Seal, ...] = (used, *fresh[1:])
    put_seals(world, phone, box, when, site=site, why="selesai penghitungan", seals=seals)
    world.record_fault(
        "seal-reused",
        (box, other),
        starts_at=when,
        ends_at=when,
        holder=phone.unit,
        detail={"serial": used.serial},
    )


def _swapped(world: World, station: Station, deal: HandOver, when: int) -> HandOver:
    boxes = world.plan.boxes["box-swapped"]
    own, others = (boxes[0], boxes[1]) if boxes[0] in station.boxes else (boxes[1], boxes[0])
    world.record_fault(
        "box-swapped",
        (own, others),
        starts_at=world.passed[own, "sealed"],
        ends_at=when + _ANSWER_SECONDS,
        holder=station.unit,
    )
    return replace(deal, diff=((own, "missing"), (others, "extra")))


def _to_oneself(world: World, station: Station, deal: HandOver, when: int) -> HandOver:
    receiver = world.crew[f"pps-{station.desa}/3"]
    world.record_fault(
        "same-person",
        station.boxes,
        starts_at=when,
        ends_at=when + _ANSWER_SECONDS,
        holder=station.unit,
        detail={"who": receiver.who, "kids": [deal.giver.kid, receiver.kid]},
    )
    return replace(deal, receiver=receiver)


def _one_left_unanswered(world: World, station: Station, deal: HandOver, when: int) -> HandOver:
    kept, lost = station.boxes
    unanswered = replace(deal, boxes=(lost,), is_answered=False)

    def offer(now: int) -> None:
        hand_over(world, unanswered, now)
        world.place[lost] = None
        world.record_fault("one-sided", (lost,), starts_at=now, ends_at=None, holder=station.unit)

    world.schedule(when + 4 * MINUTE, offer)
    return replace(deal, boxes=(kept,))


def _to_a_guard_first(world: World, station: Station, deal: HandOver, when: int) -> None:
    guard = deal.typist
    to_guard = replace(deal, leg="kpps-guard", receiver=guard, site=station.site)
    hand_over(world, to_guard, when)

    def back(now: int) -> None:
        for box in station.boxes:
            world.place[box] = station.unit

    world.schedule(when + 14 * MINUTE, back)
    world.record_fault(
        "guard-as-holder",
        station.boxes,
        starts_at=when,
        ends_at=when + _ANSWER_SECONDS,
        holder=station.unit,
        detail={"kid": guard.kid},
    )

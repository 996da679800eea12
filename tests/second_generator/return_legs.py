"""Voting day and the day after: full boxes sealed, carried to the PPS and on to the PPK."""

from __future__ import annotations

from functools import partial

from .area import Desa, Kecamatan, Station
from .box_events import check, put_seals
from .crew import revoke
from .days import HOUR, MINUTE, november
from .hand_over import hand_over
from .legs import kecamatan_deal
from .pleno import session_hours
from .station_faults import deliver_to_pps, seal_with_used_serial
from .world import World

_TO_PPS = november(27, 18)
_TO_PPK = november(28, 7)
_SECOND_TRIP = november(28, 16, 30)


def plan_return(world: World) -> None:
    """Schedule the sealing after the count and both legs to the PPK."""
    for desa in world.area.desa:
        step = min(8 * MINUTE, 4 * HOUR // len(desa.stations))
        for number, station in enumerate(desa.stations):
            _plan_station(world, station, _TO_PPS + number * step)
    for kecamatan in world.area.kecamatan:
        step = min(12 * MINUTE, 5 * HOUR // len(kecamatan.desa))
        for number, desa in enumerate(kecamatan.desa):
            when = _TO_PPK + number * step + world.dice.randint(0, 60)
            world.schedule(
                when,
                partial(_deliver_to_ppk, world, kecamatan, desa),
            )
    _plan_revocation(world)


def _plan_station(world: World, station: Station, to_pps: int) -> None:
    sealed = november(27, 16) + world.dice.randint(0, 50 * MINUTE)
    if world.plan.station_of("seal-reused") == station:
        sealed += HOUR
    for number, box in enumerate(station.boxes):
        world.schedule(
            sealed + number * 90,
            partial(_seal_full, world, station, box),
        )
    world.schedule(to_pps + world.dice.randint(0, 60), partial(deliver_to_pps, world, station))


def _seal_full(world: World, station: Station, box: str, when: int) -> None:
    phone = world.crew.of_unit(station.unit)
    why = "selesai penghitungan"
    world.passed[box, "sealed"] = when
    if box == world.plan.boxes.get("seal-reused", ("",))[0]:
        seal_with_used_serial(world, phone, box, when, site=station.site)
        return
    record = put_seals(world, phone, box, when, site=station.site, why=why)
    if world.plan.has_station("forked-device", station) and box == station.boxes[0]:
        others = world.new_seals()
        put_seals(world, phone, box, when + 40, site=station.site, why=why, seals=others, forks=record)
        world.record_fault(
            "forked-device", (box,), subject=phone.kid, starts_at=when, ends_at=when + 40,
            holder=station.unit, detail={"seq": record.seq},
        )  # fmt: skip


def _deliver_to_ppk(world: World, kecamatan: Kecamatan, desa: Desa, when: int) -> None:
    plan, ppk = world.plan, world.crew[f"{kecamatan.unit}/1"]
    boxes = world.boxes_at(desa.unit, tuple(b for s in desa.stations for b in s.boxes))
    lost = tuple(box for box in boxes if plan.hits("never-arrived", box))
    brought_quietly = tuple(box for box in boxes if plan.hits("vanished-hand-over", box))
    short = tuple(box for box in boxes if plan.hits("short", box))
    listed = tuple(box for box in boxes if box not in lost + brought_quietly)
    for box in lost:
        _lose(world, kecamatan, desa, box)
    for box in brought_quietly:
        world.place[box] = kecamatan.unit

    def deliver(these: tuple[str, ...], missing: tuple[str, ...], now: int) -> None:
        deal = kecamatan_deal(
            world.crew,
            kecamatan.code,
            "pps-ppk",
            world.crew[f"{desa.unit}/2"],
            ppk,
            these,
            site=kecamatan.unit,
            diff=tuple((box, "missing") for box in missing),
            is_by_phones=bool(short),
        )
        hand_over(world, deal, now)

    if listed:
        deliver(listed, short, when)
    for box in short:
        _record_short(world, desa, box, when)
        world.schedule(_SECOND_TRIP, partial(deliver, short, ()))


def _lose(world: World, kecamatan: Kecamatan, desa: Desa, box: str) -> None:
    world.place[box] = None
    number = world.area.kecamatan.index(kecamatan)
    deadline, _ = session_hours(number, box.split("-")[0])
    world.record_fault(
        "never-arrived",
        (box,),
        starts_at=world.passed[box, "kpps-pps"],
        ends_at=deadline,
        holder=desa.unit,
    )


def _record_short(world: World, desa: Desa, box: str, when: int) -> None:
    world.record_fault(
        "short",
        (box,),
        starts_at=world.passed[box, "kpps-pps"],
        ends_at=when + 150,
        holder=desa.unit,
    )


def _plan_revocation(world: World) -> None:
    station = world.plan.station_of("revoked-device")
    if station is None:
        return
    phone = world.crew.of_unit(station.unit)

    def end_of_shift(now: int) -> None:
        world.journal.sign(phone, "ledger.head", now, {"n": phone.seq, "eid": phone.head})

    def use_stolen_phone(now: int) -> None:
        box = station.boxes[0]
        check(world, phone, box, now, site=station.site, seen=world.new_seals())
        world.record_fault(
            "revoked-device", (box,), subject=phone.kid, starts_at=november(28, 9), ends_at=now,
            holder=world.place[box],
        )  # fmt: skip

    world.schedule(november(28, 6), end_of_shift)
    world.schedule(november(28, 9), partial(revoke, world.journal, world.crew, phone))
    world.schedule(november(28, 14), use_stolen_phone)

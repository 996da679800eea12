"""Plays one operation from enrolment to the warehouse and writes the log and its truth."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from .area import Area, build_area
from .arrival import log_order
from .bad_data import BadData
from .crew import build_crew, enrol_everyone
from .days import MINUTE
from .device import Device
from .faults import FaultPlan, plan_faults
from .journal import Record
from .outbound import plan_outbound, publish_registers
from .pleno import plan_plenos
from .ppk_store import plan_ppk_store
from .return_legs import plan_return
from .truth import Truth
from .warehouse import plan_warehouse
from .world import World

_TYPO_PLACES = ("ppk-pps", "pps-kpps", "kpps-pps", "pps-ppk", "ppk-kpu", "check", "check")


def generate(
    out: Path,
    *,
    seed: int,
    kecamatan: int,
    desa: int,
    stations: int,
    bad: BadData,
    faults: Sequence[str],
) -> list[Truth]:
    """Write `out/kotak` and `out/truth.jsonl`; the same arguments give the same bytes.

    desa: a kecamatan. stations: a desa. faults: names from `FAULTS`.

    Raises: FileExistsError if `out/kotak` is there already; ValueError for an unknown fault or
    an area too small for the faults asked for.
    """
    area = build_area(kecamatan=kecamatan, desa=desa, stations=stations, seed=seed)
    world = _prepare(area, plan_faults(faults, area, seed=seed), seed=seed, bad=bad)
    publish_registers(world)
    for plan in (plan_outbound, plan_return, plan_ppk_store, plan_plenos, plan_warehouse):
        plan(world)
    world.run()
    _end_shifts(world)
    _drop_event(world)
    log = log_order(
        world.journal.records,
        phones=list(world.crew.phones.values()),
        sacred=world.plan.protected_boxes,
        bad=bad,
        dice=random.Random(f"{seed}/arrival"),
        truths=world.truths,
    )
    logged = frozenset(record.eid for record in log)
    world.truths = [_as_logged(truth, logged) for truth in world.truths]
    world.truths.sort(key=lambda truth: (truth.kind, truth.name, truth.starts_at, truth.subject))
    _write(out, log, world)
    return world.truths


def _prepare(area: Area, plan: FaultPlan, *, seed: int, bad: BadData) -> World:
    rehearsed = {f"pps-{s.desa}": s.unit for s in plan.stations.get("same-person", ())}
    crew = build_crew(area, seed=seed, rehearsed=rehearsed)
    dice, mishaps = random.Random(f"{seed}/world"), random.Random(f"{seed}/mishaps")
    world = World(area, bad, plan, crew, dice, mishaps)
    _set_clocks_wrong(world)
    _plan_typos(world)
    enrol_everyone(world.journal, crew, dice=dice)
    return world


def _set_clocks_wrong(world: World) -> None:
    phones = [p for name, p in world.crew.phones.items() if name != "polres-5388/1"]
    for phone in world.mishaps.sample(phones, round(world.bad.wrong_clock * len(phones))):
        phone.clock_offset = world.mishaps.choice((3600, -3600))


def _tell_clocks(world: World) -> None:
    for phone in world.crew.phones.values():
        own = [r for r in world.journal.records if phone.clock_offset and r.device is phone]
        if own:
            boxes = tuple(dict.fromkeys(box for record in own for box in record.boxes))
            world.truths.append(
                Truth(
                    "bad", "wrong-clock", phone.kid, boxes, own[0].when, own[-1].when, phone.unit,
                    None, also=("ledger.clock",), detail={"offset": phone.clock_offset},
                )
            )  # fmt: skip


def _plan_typos(world: World) -> None:
    boxes = [box for box in world.area.boxes if box not in world.plan.protected_boxes and not box.startswith("PPK-")]
    for box in world.mishaps.sample(boxes, round(world.bad.label_typo * len(world.area.boxes))):
        world.typos[box] = world.mishaps.choice(_TYPO_PLACES)


def _end_shifts(world: World) -> None:
    """Sign each phone's head some minutes after its last event."""
    last = {record.device.kid: record for record in world.journal.records}
    revoked = world.plan.station_of("revoked-device")
    for phone in (*world.crew.admins, *world.crew.phones.values()):
        if phone.kid not in last or (revoked and phone.unit == revoked.unit):
            continue
        when = last[phone.kid].when + world.dice.randint(5 * MINUTE, 40 * MINUTE)
        _sign_head(world, phone, when)
    _tell_clocks(world)


def _sign_head(world: World, phone: Device, when: int) -> None:
    world.journal.sign(phone, "ledger.head", when, {"n": phone.seq, "eid": phone.head})


def _drop_event(world: World) -> None:
    station = world.plan.station_of("dropped-event")
    if station is None:
        return
    phone = world.crew.of_unit(station.unit)
    chain = [record for record in world.journal.records if record.device is phone]
    at = _index_of_close(chain)
    chain[at].is_lost = True
    world.record_fault(
        "dropped-event",
        station.boxes,
        subject=phone.kid,
        starts_at=chain[at - 1].when,
        ends_at=chain[at + 1].when,
        holder=f"pps-{station.desa}",
        detail={"seq": chain[at].seq, "type": chain[at].type},
    )


def _index_of_close(chain: list[Record]) -> int:
    return next(i for i, r in enumerate(chain) if r.type == "custody.close")


def _as_logged(truth: Truth, logged: frozenset[str]) -> Truth:
    """Expect no finding about a hand-over whose record never reached the log."""
    if truth.name != "missing-attest":
        return truth
    of = truth.detail["of"]
    is_whole = isinstance(of, list) and all(eid in logged for eid in of)
    return truth if is_whole else replace(truth, finding=None)


def _write(out: Path, log: list[Record], world: World) -> None:
    kotak = out / "kotak"
    (kotak / "blobs").mkdir(parents=True)
    (kotak / "events.jws").write_text("".join(f"{r.jws}\n" for r in log), encoding="ascii")
    for name, raw in world.journal.blobs.items():
        (kotak / "blobs" / name).write_bytes(raw)
    lines = "".join(f"{truth.json_line()}\n" for truth in world.truths)
    (out / "truth.jsonl").write_text(lines, encoding="utf-8")

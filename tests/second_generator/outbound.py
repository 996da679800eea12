"""Before the vote: registers published, empty boxes sealed and taken down to the stations."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from .area import ELECTIONS, KPU_UNIT, WAREHOUSE, Area, Desa, Kecamatan
from .box_events import put_seals
from .days import HOUR, MINUTE, ZONE, november
from .encoding import csv_bytes
from .hand_over import HandOver, hand_over
from .legs import desa_deal, kecamatan_deal
from .pleno import DEADLINE, session_hours
from .sites import listed_points
from .world import World


def publish_registers(world: World) -> None:
    """Sign the manifests of boxes, sites and sessions with a KPU phone."""
    area = world.area
    boxes = [_box_row(kecamatan, box) for kecamatan in area.kecamatan for box in kecamatan.boxes]
    sites = [
        (site, site.split("-")[0].replace("gudang", "warehouse"), *_where(site), *point, 150, ZONE)
        for site, point in listed_points(world).items()
    ]
    tables: tuple[tuple[str, str, Sequence[Sequence[str | int]]], ...] = (
        ("boxes", "box,election,station,area", boxes),
        ("sites", "site,kind,area,lat_e6,lon_e6,radius_m,zone", sites),
        ("sessions", "level,area,election,site,from,to,deadline", _session_rows(area)),
    )
    for number, (kind, columns, rows) in enumerate(tables):
        mh = world.journal.keep_blob(csv_bytes(columns, rows))
        world.journal.sign(
            world.crew[f"{KPU_UNIT}/1"],
            "register.manifest",
            november(12, 10) + number * MINUTE,
            {"kind": kind, "mh": mh, "n": len(rows)},
        )


def plan_outbound(world: World) -> None:
    """Schedule sealing in the warehouse and the three legs to the stations."""
    warehouse_phone = world.crew[f"{KPU_UNIT}/2"]
    for number, box in enumerate(world.area.boxes):
        world.place[box] = KPU_UNIT
        world.schedule(
            november(22, 8) + number * 15,
            partial(_seal_empty, world, box),
        )
    for number, kecamatan in enumerate(world.area.kecamatan):
        day, turn = 25 - number // 30, number % 30
        deal = kecamatan_deal(
            world.crew,
            kecamatan.code,
            "kpu-ppk",
            warehouse_phone,
            world.crew.of_unit(kecamatan.unit),
            kecamatan.boxes,
            site=kecamatan.unit,
        )
        _hand_over_later(world, deal, november(day, 8) + turn * 15 * MINUTE)
        _plan_desa(world, kecamatan)


def _plan_desa(world: World, kecamatan: Kecamatan) -> None:
    step = min(10 * MINUTE, 4 * HOUR // len(kecamatan.desa))
    for number, desa in enumerate(kecamatan.desa):
        boxes = tuple(box for station in desa.stations for box in station.boxes)
        deal = kecamatan_deal(
            world.crew,
            kecamatan.code,
            "ppk-pps",
            world.crew[f"{kecamatan.unit}/1"],
            world.crew[f"{desa.unit}/1"],
            boxes,
            site=desa.unit,
        )
        _hand_over_later(world, deal, november(26, 6, 30) + number * step)
        _plan_stations(world, desa)


def _plan_stations(world: World, desa: Desa) -> None:
    step = min(8 * MINUTE, 4 * HOUR // len(desa.stations))
    for number, station in enumerate(desa.stations):
        deal = desa_deal(
            world.crew,
            desa.code,
            "pps-kpps",
            world.crew[f"{desa.unit}/1"],
            world.crew.of_unit(station.unit),
            station.boxes,
            site=station.site,
        )
        _hand_over_later(world, deal, november(26, 13) + number * step)


def _seal_empty(world: World, box: str, when: int) -> None:
    phone = world.crew[f"{KPU_UNIT}/2"]
    put_seals(world, phone, box, when, site=WAREHOUSE, why="kotak kosong sebelum dikirim")


def _hand_over_later(world: World, deal: HandOver, when: int) -> None:
    world.schedule(when + world.dice.randint(0, 30), partial(hand_over, world, deal))


def _box_row(kecamatan: Kecamatan, box: str) -> tuple[str, ...]:
    election, code = box.split("-")[:2]
    if election == "PPK":
        return (box, election, "", kecamatan.code)
    return (box, election, code, code[:10])


def _where(site: str) -> tuple[str]:
    return (site.split("-")[1][:10],)


def _session_rows(area: Area) -> list[tuple[str | int, ...]]:
    return [
        ("district", kecamatan.code, election, kecamatan.unit, opens - 1800, closes, DEADLINE)
        for number, kecamatan in enumerate(area.kecamatan)
        for election in ELECTIONS
        for opens, closes in (session_hours(number, election),)
    ]

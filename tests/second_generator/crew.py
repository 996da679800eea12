"""Everybody with a phone, and the genesis and enrolments that make their keys count."""

from __future__ import annotations

import random
from dataclasses import dataclass

from .area import KABUPATEN, KPU_UNIT, Area
from .days import DAY, november
from .device import Device, build_device
from .encoding import Json, digest
from .journal import Journal

ORIGIN = f"kawal.example/pilkada-2024/{KABUPATEN}/kotak"
_ENROLMENT_STARTS = november(8, 9)
_NOT_BEFORE = november(8)
_EXPIRES = november(30) + 90 * DAY


@dataclass(frozen=True)
class Crew:
    """Phones by name; admins sign the register of keys and nothing else."""

    admins: tuple[Device, ...]
    phones: dict[str, Device]
    stranger: Device

    def __getitem__(self, name: str) -> Device:
        return self.phones[name]

    def of_unit(self, unit: str) -> Device:
        """Return the first phone of a unit."""
        return self.phones[f"{unit}/1"]


def build_crew(area: Area, *, seed: int, rehearsed: dict[str, str]) -> Crew:
    """Derive all keys.

    rehearsed: PPS unit -> KPPS unit whose officer also carries an extra phone of that PPS.
    """
    admins = tuple(
        build_device(f"admin-{agency}", seed=seed, role="admin", unit=unit, agency=agency)
        for agency, unit in (
            ("kpu", KPU_UNIT),
            ("bawaslu", f"bawaslu-{KABUPATEN}"),
            ("polri", f"polres-{KABUPATEN}"),
        )
    )
    phones: dict[str, Device] = {}

    def add(unit: str, role: str, agency: str, number: int = 1, who: str | None = None) -> None:
        name = f"{unit}/{number}"
        phones[name] = build_device(name, seed=seed, role=role, unit=unit, agency=agency, who=who)

    add(KPU_UNIT, "kpu", "kpu", 1)
    add(KPU_UNIT, "kpu", "kpu", 2)
    add(f"polres-{KABUPATEN}", "guard", "polri")
    add("polres-5388", "guard", "polri")
    for kecamatan in area.kecamatan:
        add(kecamatan.unit, "ppk", "ppk", 1)
        add(kecamatan.unit, "ppk", "ppk", 2)
        add(f"polsek-{kecamatan.code}", "guard", "polri", 1)
        add(f"polsek-{kecamatan.code}", "escort", "polri", 2)
        add(f"panwascam-{kecamatan.code}", "supervisor", "bawaslu")
        add(f"pantau-{kecamatan.code}", "observer", "post")
    for desa in area.desa:
        add(desa.unit, "pps", "pps", 1)
        add(desa.unit, "pps", "pps", 2)
        add(f"linmas-{desa.code}", "escort", "linmas")
        add(f"pkd-{desa.code}", "supervisor", "bawaslu")
    for station in area.stations:
        add(station.unit, "kpps", "kpps")
    for pps, kpps in rehearsed.items():
        add(pps, "pps", "pps", 3, who=phones[f"{kpps}/1"].who)
    stranger = build_device("stranger", seed=seed, role="ppk", unit="ppk-539901", agency="ppk")
    return Crew(admins, phones, stranger)


def enrol_everyone(journal: Journal, crew: Crew, *, dice: random.Random) -> None:
    """Sign genesis, then for each phone an enrol and another agency's enrol-ok."""
    first, *others = crew.admins
    genesis = journal.sign(first, "ledger.genesis", _NOT_BEFORE, _genesis(crew.admins))
    for admin in others:
        admin.head = genesis.eid
    crew.stranger.head = genesis.eid
    when = _ENROLMENT_STARTS
    for number, phone in enumerate(crew.phones.values()):
        enrol = journal.sign(first, "ledger.enrol", when, _enrolment(phone, dice))
        second = others[number % len(others)]
        journal.sign(second, "ledger.enrol-ok", when + 20, {"of": enrol.eid})
        phone.head = enrol.eid
        when += 30


def revoke(journal: Journal, crew: Crew, phone: Device, when: int) -> None:
    """Revoke a stolen phone: everything up to its present head stays good."""
    first, second, *_ = crew.admins
    revocation = journal.sign(
        first,
        "ledger.revoke",
        when,
        {"kid": phone.kid, "why": "stolen", "from": when, "good": [phone.seq, phone.head]},
    )
    journal.sign(second, "ledger.revoke-ok", when + 300, {"of": revocation.eid})


def _genesis(admins: tuple[Device, ...]) -> dict[str, Json]:
    return {
        "origin": ORIGIN,
        "admins": [{"kid": a.kid, "alg": "Ed25519", "x": a.x, "agency": a.agency, "who": a.who} for a in admins],
        "need": 2,
        "policy": digest(b"no checkpoint, no policy\n"),
    }


def _enrolment(phone: Device, dice: random.Random) -> dict[str, Json]:
    return {
        "kid": phone.kid,
        "alg": "Ed25519",
        "x": phone.x,
        "who": phone.who,
        "role": phone.role,
        "unit": phone.unit,
        "agency": phone.agency,
        "nbf": _NOT_BEFORE,
        "exp": _EXPIRES,
        "idc": digest(dice.randbytes(16) + phone.name.encode()),
    }

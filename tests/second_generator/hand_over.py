"""A hand-over between two units: by two phones, or on paper and typed in hours later."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from .days import HOUR, MINUTE
from .device import Device
from .encoding import Json, b64u, compact_json, csv_bytes, digest
from .journal import Record
from .truth import Truth
from .world import World

_INLINE_BYTES = 3_300


@dataclass(frozen=True)
class HandOver:
    """leg: such as `kpps-pps`. diff: (box, "missing" or "extra") as the receiver found it."""

    leg: str
    giver: Device
    receiver: Device
    boxes: tuple[str, ...]
    site: str
    escort: Device
    supervisor: Device
    typist: Device
    diff: tuple[tuple[str, str], ...] = ()
    is_by_phones: bool = False
    is_answered: bool = True

    @property
    def moved(self) -> tuple[str, ...]:
        """The boxes that are with the receiver afterwards."""
        absent = {box for box, what in self.diff if what == "missing"}
        extra = tuple(box for box, what in self.diff if what == "extra")
        return tuple(box for box in self.boxes if box not in absent) + extra


def hand_over(world: World, deal: HandOver, when: int) -> None:
    """Hand boxes over now; the receiver's answer and the witnesses follow in minutes."""
    if not deal.is_by_phones and world.mishaps.random() < world.bad.paper:
        _on_paper(world, deal, when)
    else:
        _by_phones(world, deal, when)


def _by_phones(world: World, deal: HandOver, when: int) -> None:
    offer = world.journal.sign(deal.giver, "custody.offer", when, _offer(world, deal, when), boxes=deal.boxes)

    def accept(now: int) -> None:
        record = world.journal.sign(deal.receiver, "custody.accept", now, _answer(world, deal, offer), boxes=deal.boxes)
        _move(world, deal, now)
        _attest(world, deal, (offer.eid, record.eid), now)
        world.schedule(now + 8, lambda later: close(record, later))

    def close(record: Record, now: int) -> None:
        members: dict[str, Json] = {"of": record.eid, "rtt": now - when}
        world.journal.sign(deal.giver, "custody.close", now, members, boxes=deal.boxes)

    if deal.is_answered:
        world.schedule(when + world.dice.randint(40, 150), accept)


def _on_paper(world: World, deal: HandOver, when: int) -> None:
    _move(world, deal, when)
    typed_at = when + world.mishaps.randint(1 * HOUR, 10 * HOUR)
    may_type = deal.receiver.role in ("pps", "ppk", "kpu")
    typist = deal.receiver if may_type and world.mishaps.random() < 0.7 else deal.typist
    rows = _items(world, deal, typist, when)

    def enter(now: int) -> None:
        boxes: list[Json] = [box for box, _ in rows]
        members: dict[str, Json] = {
            "from": deal.giver.unit,
            "to": deal.receiver.unit,
            "at": when,
            **_list_of(world, "boxes", boxes, rows),
            "n": len(deal.boxes),
            "ok": True,
            "doc": f"BA-{deal.leg}/{deal.site}",
            "site": deal.site,
            "pos": None,
            "ph": [digest(f"{deal.giver.unit}{when}".encode())],
        }
        record = world.journal.sign(typist, "custody.paper", now, members, boxes=deal.boxes)
        _attest(world, deal, (record.eid,), now)
        world.truths.append(
            Truth(
                "bad", "paper", record.eid, deal.boxes, when, now, deal.giver.unit, None,
                also=("custody.wrong-roles",),
                detail={"leg": deal.leg, "from": deal.giver.unit, "to": deal.receiver.unit,
                        "typed_by": typist.kid},
            )
        )  # fmt: skip

    world.schedule(typed_at, enter)


def _move(world: World, deal: HandOver, when: int) -> None:
    for box in deal.moved:
        world.place[box] = deal.receiver.unit
        world.passed[box, deal.leg] = when


def _attest(world: World, deal: HandOver, eids: tuple[str, ...], when: int) -> None:
    absent: set[str] = set()
    if world.mishaps.random() < world.bad.missing_attest:
        absent = set(world.mishaps.choice((("escort",), ("supervisor",), ("escort", "supervisor"))))
        world.truths.append(
            Truth(
                "bad", "missing-attest", deal.boxes[0], deal.boxes, when, None,
                deal.receiver.unit, "custody.wrong-roles",
                detail={"leg": deal.leg, "absent": sorted(absent), "of": list(eids)},
            )
        )  # fmt: skip
    members: dict[str, Json] = {"of": list(eids)}
    for name, phone in (("escort", deal.escort), ("supervisor", deal.supervisor)):
        if name not in absent:
            world.schedule(
                when + world.dice.randint(1 * MINUTE, 6 * MINUTE),
                partial(_sign_attest, world, deal, phone, members),
            )


def _sign_attest(world: World, deal: HandOver, phone: Device, members: dict[str, Json], when: int) -> None:
    world.journal.sign(phone, "ledger.attest", when, members, boxes=deal.boxes)


def _offer(world: World, deal: HandOver, when: int) -> dict[str, Json]:
    rows = _items(world, deal, deal.giver, when)
    items: list[Json] = [[box, serials] for box, serials in rows]
    return {
        "what": "box",
        "to": deal.receiver.kid,
        "ch": b64u(world.dice.randbytes(16)),
        "hb": [deal.receiver.seq, deal.receiver.head],
        **_list_of(world, "items", items, rows),
        "n": len(rows),
        "site": deal.site,
        "pos": world.position(deal.site),
        "ph": [],
    }


def _answer(world: World, deal: HandOver, offer: Record) -> dict[str, Json]:
    diff: list[Json] = [[box, what, world.serials_on(box) if what == "extra" else []] for box, what in deal.diff]
    return {
        "of": offer.eid,
        "res": "diff" if diff else "ok",
        "diff": diff,
        "site": deal.site,
        "pos": world.position(deal.site),
        "ph": [],
    }


def _items(world: World, deal: HandOver, writer: Device, when: int) -> list[tuple[str, list[str]]]:
    return [(world.label(box, deal.leg, when, writer), world.serials_on(box)) for box in deal.boxes]


def _list_of(world: World, member: str, inline: list[Json], rows: list[tuple[str, list[str]]]) -> dict[str, Json]:
    if len(compact_json(inline)) <= _INLINE_BYTES:
        return {member: inline}
    table = csv_bytes("box,seals", [(box, " ".join(serials)) for box, serials in rows])
    return {"mh": world.journal.keep_blob(table)}

"""What people do with boxes and phones, act by act; scenes are made of these."""

from collections.abc import Generator, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from kawal.election.manifests import write_rows
from kawal.ledger.encoding import b64u
from kawal.ledger.event import Eid
from kawal.ledger.log_of import KOTAK, PENGAMANAN, LogName
from kawal_cli.simulate.devices import Device
from kawal_cli.simulate.seals import Seals
from kawal_cli.simulate.stage import Members, Scene, Stage
from kawal_cli.simulate.world import Box, District, Place

INLINE_BOXES = 40
ATTESTS_AT_ONCE = 60
TRUCK_BOXES = 60
NONCE_BYTES = 16


@dataclass(frozen=True, slots=True)
class Handed:
    """A hand-over as two phones signed it."""

    offer: Eid
    accept: Eid


def listed(stage: Stage, boxes: Sequence[Box], *, log: LogName = KOTAK, with_seals: bool = True) -> dict[str, Any]:
    """The members that name boxes: `items` as long as they fit, a manifest beyond."""
    if len(boxes) <= INLINE_BOXES and log == KOTAK and with_seals:
        return {"items": [[box.id, box.seals.serials] for box in boxes], "n": len(boxes)}
    return {"mh": items(stage, boxes, log=log, with_seals=with_seals), "n": len(boxes)}


def items(stage: Stage, boxes: Iterable[Box], *, log: LogName = KOTAK, with_seals: bool = True) -> str:
    """Write an items manifest; gives its hash."""
    rows = [(box.id, " ".join(box.seals.serials) if with_seals else "") for box in boxes]
    return stage.logs[log].blob(write_rows("items", rows))


def hand_over(
    stage: Stage,
    giver: Device,
    receiver: Device,
    boxes: Sequence[Box],
    at: Place,
    *,
    answer: str = "ok",
    diff: Sequence[Sequence[object]] = (),
) -> Generator[int, None, Handed]:
    """Two phones, three scans. diff: rows of `custody.accept`."""
    offer = make_offer(stage, giver, receiver, boxes, at)
    yield stage.now + giver.stream.randint(15, 70)
    answered: Members = {"of": offer, "res": answer} | ({"diff": list(diff)} if diff else {})
    accept = stage.sign(receiver, "custody.accept", place=at, **answered)
    wait = giver.stream.randint(8, 40)
    yield stage.now + wait
    stage.sign(giver, "custody.close", of=accept, rtt=wait + 30)
    return Handed(offer, accept)


def make_offer(stage: Stage, giver: Device, receiver: Device, boxes: Sequence[Box], at: Place) -> Eid:
    """Sign an offer of boxes."""
    return stage.sign(
        giver,
        "custody.offer",
        place=at,
        what="box",
        to=receiver.kid,
        ch=nonce(receiver),
        hb=receiver.head(),
        **listed(stage, boxes),
    )


def nonce(receiver: Device) -> str:
    """What the receiver's phone shows beside its head."""
    return b64u(receiver.stream.randbytes(NONCE_BYTES))


def attest(stage: Stage, signers: Iterable[Device], seen: Sequence[Eid], log: LogName = KOTAK) -> None:
    """Let each signer confirm that it saw these events."""
    for signer in signers:
        for start in range(0, len(seen), ATTESTS_AT_ONCE):
            stage.sign(signer, "ledger.attest", log=log, of=list(seen[start : start + ATTESTS_AT_ONCE]))


def seal(stage: Stage, custodian: Device, box: Box, at: Place, *, numbered: bool, why: str) -> Eid:
    """Put new seals on a box."""
    box.seals = stage.stock.take(numbered=numbered)
    return stage.sign(custodian, "custody.seal", place=at, box=box.id, seals=box.seals.members(), why=why)


def check(stage: Stage, who: Device, box: Box, at: Place, *, seen: Seals | None = None, is_ok: bool = True) -> Eid:
    """Look at a box's seals; `seen` where they are not what they should be."""
    seals = (seen or box.seals).members()
    return stage.sign(who, "custody.check", place=at, box=box.id, seals=seals, ok=is_ok)


def count(stage: Stage, who: Device, boxes: Sequence[Box], at: Place, *, with_seals: bool = False) -> Eid:
    """Take stock of a place."""
    if len(boxes) <= INLINE_BOXES and not with_seals:
        return stage.sign(who, "custody.count", place=at, boxes=[box.id for box in boxes], n=len(boxes))
    mh = items(stage, boxes, with_seals=with_seals)
    return stage.sign(who, "custody.count", place=at, mh=mh, n=len(boxes))


def open_box(
    stage: Stage, custodian: Device, box: Box, at: Place, *, why: str, present: Sequence[str], **members: Any
) -> Eid:
    """Open a box."""
    return stage.sign(custodian, "custody.open", place=at, boxes=[box.id], why=why, present=list(present), **members)


@dataclass(frozen=True, slots=True)
class Load:
    """One vehicle of a convoy and what is on it."""

    convoy: str
    vehicle: str
    boxes: tuple[Box, ...]


def loads(convoy: str, boxes: Sequence[Box]) -> list[Load]:
    """Share boxes over trucks."""
    starts = range(0, max(1, len(boxes)), TRUCK_BOXES)
    return [
        Load(convoy, f"{convoy}-truk{number}", tuple(boxes[start : start + TRUCK_BOXES]))
        for number, start in enumerate(starts, 1)
    ]


def depart(stage: Stage, escort: Device, load: Load, at: Place) -> Eid:
    """A vehicle leaves."""
    mh = items(stage, load.boxes, log=PENGAMANAN)
    return stage.sign(
        escort,
        "convoy.depart",
        log=PENGAMANAN,
        place=at,
        convoy=load.convoy,
        vehicle=load.vehicle,
        crew=[escort.who],
        mh=mh,
        n=len(load.boxes),
    )


def arrive(stage: Stage, escort: Device, load: Load, at: Place) -> Eid:
    """A vehicle is unloaded."""
    mh = items(stage, load.boxes, log=PENGAMANAN)
    return stage.sign(
        escort,
        "convoy.arrive",
        log=PENGAMANAN,
        place=at,
        convoy=load.convoy,
        vehicle=load.vehicle,
        mh=mh,
        n=len(load.boxes),
    )


def report_state(stage: Stage, who: Device, box: Box, condition: str, place: Place | None = None) -> Eid:
    """Report what has become of a box: damaged, destroyed, seized, lost, found."""
    members: Members = {"box": box.id, "is": condition}
    return stage.sign(who, "custody.state", place=place, **members)


def report_incident(stage: Stage, who: Device, kind: str, origin: str, place: Place) -> Eid:
    """Report an actual incident at a place."""
    members: Members = {"level": "actual", "origin": origin, "kind": kind, "about": place.site}
    return stage.sign(who, "incident.report", log=PENGAMANAN, place=place, **members)


def end_shift(stage: Stage, device: Device) -> None:
    """Sign the head of each of the device's chains."""
    for log, chain in device.chains.items():
        stage.sign(device, "ledger.head", log=log, n=chain.seq, eid=chain.head)


def wait_for_quiet(stage: Stage, district: District) -> Scene:
    """Wait until no boxes are changing hands at the PPK."""
    yield from stage.until(lambda: district.busy == 0)

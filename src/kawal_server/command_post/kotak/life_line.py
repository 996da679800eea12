"""The life line as a page shows it: each step in words, each signature with what was found when it was checked."""

from dataclasses import dataclass

from kawal.ledger.order import Interval
from kawal.sitrep.life import LifeStep, Signed
from kawal_server.actions.check_leaf import Verdict
from kawal_server.actions.tell_box import ToldBox
from kawal_server.command_post.kinds import (
    answered_name,
    difference_name,
    kind_name,
    member_name,
    part_name,
    role_name,
    standing_name,
    value_name,
)
from kawal_server.store.evidence import the_blobs

_SHOWN_APART = frozenset({"from", "to", "res", "what"})


@dataclass(frozen=True)
class SignedShown:
    """One signature. `standing`: why it does not count, "" where it does; `interval`: what anyone can prove."""

    part: str
    role: str
    unit: str
    kid: str
    at: int
    interval: Interval | None
    log: str
    index: int
    eid: str
    standing: str
    verdict: Verdict


@dataclass(frozen=True)
class PhotoShown:
    """A photo by its hash; not here yet where its phone has still to send it."""

    digest: str
    is_here: bool


@dataclass(frozen=True)
class StepShown:
    """One step of the life line. `look`: of the checks beneath it, in the alphabet of looks."""

    name: str
    t: str
    look: str
    at: int
    signed: tuple[SignedShown, ...]
    photos: tuple[PhotoShown, ...]
    details: tuple[tuple[str, str], ...]
    differences: tuple[str, ...]
    step: LifeStep


def life_line(told: ToldBox) -> list[StepShown]:
    """The steps of a told box, oldest first."""
    return [_step(step, told) for step in told.steps]


def _step(step: LifeStep, told: ToldBox) -> StepShown:
    signed = tuple(_signed(one, told) for one in step.signed)
    is_offer = step.t == "custody.offer"
    return StepShown(
        answered_name(step.answer) if is_offer else kind_name(step.t),
        step.t,
        _look(step, signed),
        step.first.at,
        signed,
        tuple(PhotoShown(photo, the_blobs().holds(photo)) for photo in step.photos),
        tuple(
            (member_name(name), value_name(name, value))
            for name, value in step.details
            if name not in _SHOWN_APART or not is_offer
        ),
        tuple(difference_name(one) for one in step.differences),
        step,
    )


def _look(step: LifeStep, signed: tuple[SignedShown, ...]) -> str:
    """False evidence is red; what differs, does not count or reports harm is amber; what is not proven yet is grey."""
    if any(one.verdict.is_false for one in signed):
        return "bahaya"
    if step.is_matching is False or step.answer in ("diff", "no") or any(one.standing for one in signed):
        return "perhatian"
    if step.t == "custody.state" and dict(step.details).get("is") != "found":
        return "perhatian"
    return "aman" if all(one.verdict.is_whole for one in signed) else "tidak diketahui"


def _signed(one: Signed, told: ToldBox) -> SignedShown:
    trace = one.trace
    bounded = trace.interval if (trace.interval.lo, trace.interval.hi) != (None, None) else None
    return SignedShown(
        part_name(one.part),
        role_name(one.speaker.role),
        one.speaker.unit,
        one.speaker.kid,
        trace.event.ts,
        bounded,
        trace.log,
        trace.index,
        trace.event.eid,
        standing_name(one.standing),
        told.verdicts[trace.log, trace.event.eid],
    )

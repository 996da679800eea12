"""Payload shapes of orders, of steps of lent forces (BKO), and of lines of the command's own log."""

from dataclasses import dataclass
from typing import Literal, cast, get_args

from kawal.ledger.event import Eid, Event
from kawal.ledger.events import BadShape, answers, text

Step = Literal["requested", "approved", "sent", "arrived", "tasked", "released"]
STEPS: tuple[Step, ...] = get_args(Step)
Task = Literal["escort", "hot-area", "reserve"]
TASKS: tuple[Task, ...] = get_args(Task)
LineKind = Literal["message", "check", "call", "activity"]
LINE_KINDS: tuple[LineKind, ...] = get_args(LineKind)
Mode = Literal["preemptive", "preventive", "repressive"]
MODES: tuple[Mode, ...] = get_args(Mode)
_STEP_OF: dict[str, Step] = {step: step for step in STEPS} | {"ordered": "approved"}


@dataclass(frozen=True, slots=True)
class Issued:
    """`order.issue`. until: its last second (UNIX), None where it names none; extends: the order it extends."""

    mh: str
    to: tuple[str, ...]
    until: int | None
    number: str
    stage: str
    extends: Eid | None


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """`order.ack`. is_ack: the order is taken on; else it was only read."""

    orders: tuple[Eid, ...]
    is_ack: bool


@dataclass(frozen=True, slots=True)
class BkoStepped:
    """`bko.step`. count: None where the step names no strength; to: who receives it, or where a task is done."""

    contingent: str
    step: Step
    count: int | None
    number: str
    origin: str
    task: Task | None
    to: str
    until: int | None
    why: str


@dataclass(frozen=True, slots=True)
class Logged:
    """`command.log`. about: what it speaks of: a unit, a region code, the eid of an order, or ""."""

    note: str
    kind: LineKind
    mode: Mode | None
    about: str


def read_issued(event: Event) -> Issued:
    """Read `order.issue`. Raises: BadShape."""
    members = event.payload
    to = members.get("to")
    if not isinstance(to, list) or not all(isinstance(one, str) for one in to):
        raise BadShape("to bukan daftar satuan / to is no list of units")
    return Issued(
        text(members, "mh"),
        tuple(dict.fromkeys(to)),
        _moment(event, "exp"),
        text(members, "no", ""),
        text(members, "stage", ""),
        next(iter(answers(event)), None),
    )


def read_acknowledged(event: Event) -> Acknowledged:
    """Read `order.ack`. Raises: BadShape."""
    did = event.payload.get("do", "ack")
    if did not in ("read", "ack"):
        raise BadShape("do bukan read atau ack / do is neither read nor ack")
    return Acknowledged(answers(event), did == "ack")


def read_bko_stepped(event: Event) -> BkoStepped:
    """Read `bko.step`. Raises: BadShape."""
    members = event.payload
    contingent, named = text(members, "contingent"), text(members, "step")
    step = _STEP_OF.get(named)
    if not contingent or step is None:
        raise BadShape("bko.step tanpa kontingen atau langkah yang dikenal / no contingent, or a step nobody knows")
    task = members.get("task")
    if step == "tasked" and task not in TASKS:
        raise BadShape("tugas bukan escort, hot-area, atau reserve / the task is not escort, hot-area or reserve")
    return BkoStepped(
        contingent,
        step,
        _strength(event),
        text(members, "number", ""),
        text(members, "from", ""),
        cast("Task", task) if step == "tasked" else None,
        text(members, "to", ""),
        _moment(event, "exp"),
        text(members, "note", ""),
    )


def read_logged(event: Event) -> Logged:
    """Read `command.log`; a kind or mode nobody knows counts as a message of no mode. Raises: BadShape."""
    members = event.payload
    kind, mode = members.get("kind"), members.get("mode")
    return Logged(
        text(members, "note"),
        cast("LineKind", kind) if kind in LINE_KINDS else "message",
        cast("Mode", mode) if mode in MODES else None,
        text(members, "about", ""),
    )


def _strength(event: Event) -> int | None:
    count = event.payload.get("n")
    if count is None:
        return None
    if type(count) is not int or count < 0:
        raise BadShape("n bukan jumlah orang / n is no number of people")
    return count


def _moment(event: Event, name: str) -> int | None:
    at = event.payload.get(name)
    if at is None:
        return None
    if type(at) is not int:
        raise BadShape(f"{name} bukan detik UNIX / {name} is no UNIX second")
    return at

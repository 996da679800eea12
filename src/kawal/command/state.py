"""The fold of command: orders and who has taken them on, contingents under BKO, and the command's own log.

A fold never refuses. What comes from somebody whose office it is not is kept apart, and so is an acknowledgement of an
order that no log at hand holds.
"""

from collections import defaultdict
from dataclasses import dataclass, field

from kawal.command.contingents import Contingent, StepTaken
from kawal.command.events import Logged, read_acknowledged, read_bko_stepped, read_issued, read_logged
from kawal.command.orders import Ack, Order, end_of
from kawal.ledger.event import Eid, Event
from kawal.ledger.events import BadShape
from kawal.ledger.history import History, Speaker

COMMAND_ROLES = frozenset({"commander", "admin"})
FIELD_ROLES = frozenset({"guard", "escort", "observer"})


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the command's log. unit: "" where the post itself signed."""

    eid: Eid
    at: int
    unit: str
    role: str
    said: Logged


@dataclass(frozen=True, slots=True)
class Unheard:
    """An event of command by somebody whose office it is not."""

    eid: Eid
    t: str
    at: int
    unit: str
    role: str
    agency: str


@dataclass
class Command:
    """Everything command knows. loose_acks: of orders that are not at hand; unreadable: eid -> why."""

    orders: dict[Eid, Order] = field(default_factory=dict)
    contingents: dict[str, Contingent] = field(default_factory=dict)
    lines: list[Line] = field(default_factory=list)
    loose_acks: list[tuple[Eid, Ack]] = field(default_factory=list)
    unheard: list[Unheard] = field(default_factory=list)
    unreadable: dict[Eid, str] = field(default_factory=dict)


def fold_command(history: History) -> Command:
    """Fold orders, BKO and the command's log. Source: docs/format/events.md, Incidents, orders and the Who counts."""
    command = Command()
    acks: list[tuple[Eid, Ack]] = []
    for event in history.events:
        try:
            _take(command, acks, history, event)
        except BadShape as error:
            command.unreadable[event.eid] = str(error)
    for eid, ack in acks:
        if eid in command.orders:
            command.orders[eid].acks.append(ack)
        else:
            command.loose_acks.append((eid, ack))
    _link(command)
    return command


def _take(command: Command, acks: list[tuple[Eid, Ack]], history: History, event: Event) -> None:
    match event.t:
        case "order.issue" if _is_heard(command, history, event):
            issued = read_issued(event)
            command.orders[event.eid] = Order(event.eid, issued, history.at(event), history.speaker(event).unit)
        case "order.ack":
            said = read_acknowledged(event)
            ack = Ack(event.eid, history.speaker(event).unit, history.at(event), said.is_ack)
            acks.extend((eid, ack) for eid in said.orders)
        case "bko.step" if _is_heard(command, history, event):
            stepped = read_bko_stepped(event)
            contingent = command.contingents.setdefault(stepped.contingent, Contingent(stepped.contingent))
            contingent.steps.append(StepTaken(event.eid, history.at(event), stepped))
        case "command.log" if _is_heard(command, history, event):
            speaker = history.speaker(event)
            line = Line(event.eid, history.at(event), speaker.unit, speaker.role, read_logged(event))
            command.lines.append(line)


def _is_heard(command: Command, history: History, event: Event) -> bool:
    speaker = history.speaker(event)
    if is_police_command(speaker) or (event.t == "command.log" and speaker.role in FIELD_ROLES):
        return True
    said = Unheard(event.eid, event.t, history.at(event), speaker.unit, speaker.role, speaker.agency)
    command.unheard.append(said)
    return False


def is_police_command(speaker: Speaker) -> bool:
    """The police command, and no guard of it: KPU's and Bawaslu's administrators enrol devices, and command no police.

    A genesis administrator may leave the agency unstated; the agency `post` is the command post itself.
    """
    if speaker.role not in COMMAND_ROLES:
        return False
    return speaker.agency in ("polri", "post") or (speaker.role == "admin" and not speaker.agency)


def _link(command: Command) -> None:
    """Lead each order to those that extend it, and each contingent to the order it comes under."""
    for order in command.orders.values():
        extended = command.orders.get(order.issued.extends) if order.issued.extends is not None else None
        if extended is not None and extended is not order:
            extended.superseded_by.append(order.eid)
    together: dict[tuple[str, str], list[Contingent]] = defaultdict(list)
    for contingent in command.contingents.values():
        contingent.order_end = end_of(contingent.number, command.orders)
        if contingent.origin and contingent.number:
            together[contingent.origin, contingent.number].append(contingent)
    for many in together.values():
        for contingent in many:
            contingent.shares_order = len(many) > 1

"""What command makes of the log, as rows of the projections."""

from collections.abc import Iterable, Mapping

from django.db import models

from kawal.command.contingents import Contingent
from kawal.command.events import STEPS
from kawal.command.orders import Order
from kawal.command.state import Command
from kawal_server.store.models import (
    CommandLogLine,
    ContingentLine,
    ContingentTaskLine,
    OrderLine,
    OrderUnitLine,
)

COMMAND_PROJECTIONS: tuple[type[models.Model], ...] = (
    OrderLine,
    OrderUnitLine,
    ContingentLine,
    ContingentTaskLine,
    CommandLogLine,
)


def command_tables(command: Command) -> Mapping[type[models.Model], list[models.Model]]:
    """The rows of each projection of command."""
    orders, contingents = command.orders.values(), command.contingents.values()
    return {
        OrderLine: [_order(one) for one in orders],
        OrderUnitLine: [line for one in orders for line in _units(one)],
        ContingentLine: [_contingent(one) for one in contingents],
        ContingentTaskLine: [line for one in contingents for line in _tasks(one)],
        CommandLogLine: list(_log(command)),
    }


def _order(order: Order) -> OrderLine:
    return OrderLine(
        eid=order.eid,
        number=order.issued.number,
        mh=order.issued.mh,
        stage=order.issued.stage,
        extends=order.issued.extends or "",
        superseded_by=order.superseded_by[-1] if order.superseded_by else "",
        issuer=order.by,
        at=order.at,
        until=order.issued.until,
        to=list(order.issued.to),
        awaited=len(order.awaited),
        others=[[one.unit, one.at, one.is_ack] for one in order.from_others],
    )


def _units(order: Order) -> Iterable[OrderUnitLine]:
    for unit in order.issued.to:
        yield OrderUnitLine(eid=order.eid, unit=unit, read_at=order.read_at(unit), ack_at=order.ack_at(unit))


def _contingent(one: Contingent) -> ContingentLine:
    times = {step: taken.at for step in STEPS if (taken := one.last(step)) is not None}
    return ContingentLine(
        name=one.name,
        origin=one.origin,
        number=one.number,
        unit=one.receiver,
        reached=one.reached,
        requested=one.count("requested"),
        approved=one.count("approved"),
        sent=one.count("sent"),
        arrived=one.count("arrived"),
        released=one.count("released"),
        strength=one.strength,
        tasked=sum(share.count for share in one.shares),
        unmet=one.unmet,
        until=one.until,
        first_at=min(step.at for step in one.steps),
        last_at=max(step.at for step in one.steps),
        times=times,
        steps=[_step(one, at) for at in range(len(one.steps))],
        shortfalls=[[fall.before, fall.after, fall.count, fall.why] for fall in one.shortfalls],
        oddities=list(one.oddities),
    )


def _step(one: Contingent, place: int) -> dict[str, object]:
    taken = one.steps[place]
    said = taken.said
    return {
        "eid": taken.eid,
        "at": taken.at,
        "step": said.step,
        "n": said.count,
        "number": said.number,
        "from": said.origin,
        "to": said.to,
        "task": said.task or "",
        "why": said.why,
    }


def _tasks(one: Contingent) -> Iterable[ContingentTaskLine]:
    for share in one.shares:
        yield ContingentTaskLine(contingent=one.name, task=share.task, to=share.to, count=share.count, at=share.at)


def _log(command: Command) -> Iterable[CommandLogLine]:
    for line in command.lines:
        yield CommandLogLine(
            eid=line.eid,
            at=line.at,
            kind=line.said.kind,
            mode=line.said.mode or "",
            about=line.said.about,
            note=line.said.note,
            unit=line.unit,
            role=line.role,
        )

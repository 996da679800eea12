"""One order (sprin) and who has read it, taken it on, or not: an order never changes, a later one extends it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from kawal.command.events import Issued
from kawal.ledger.event import Eid

OrderState = Literal["in force", "expiring", "expired", "superseded"]


@dataclass(frozen=True, slots=True)
class Ack:
    """One unit's word about an order. at: UNIX seconds."""

    eid: Eid
    unit: str
    at: int
    is_ack: bool


@dataclass
class Order:
    """An order as issued, and every word about it. superseded_by: the orders that extend it, in fold order."""

    eid: Eid
    issued: Issued
    at: int
    by: str
    acks: list[Ack] = field(default_factory=list)
    superseded_by: list[Eid] = field(default_factory=list)

    def read_at(self, unit: str) -> int | None:
        """When a unit first read it or took it on; None while it has not."""
        return min((one.at for one in self.acks if one.unit == unit), default=None)

    def ack_at(self, unit: str) -> int | None:
        """When a unit first took it on; None while it has not."""
        return min((one.at for one in self.acks if one.unit == unit and one.is_ack), default=None)

    @property
    def awaited(self) -> tuple[str, ...]:
        """The addressed units that have not taken it on: who has not."""
        return tuple(unit for unit in self.issued.to if self.ack_at(unit) is None)

    @property
    def from_others(self) -> tuple[Ack, ...]:
        """Words of units it was not addressed to: kept, and never counted as an addressed unit's."""
        return tuple(one for one in self.acks if one.unit not in self.issued.to)

    def state(self, at: int, *, within_s: int) -> OrderState:
        """How it stands at a second. within_s: so many seconds before its end it is expiring."""
        return order_state(self.issued.until, at, within_s=within_s, is_superseded=bool(self.superseded_by))


def order_state(until: int | None, at: int, *, within_s: int, is_superseded: bool) -> OrderState:
    """How an order with this end stands at a second; one that names no end stands until another supersedes it."""
    if is_superseded:
        return "superseded"
    if until is None or until - at > within_s:
        return "in force"
    return "expiring" if until >= at else "expired"


def end_of(number: str, orders: Mapping[Eid, Order]) -> int | None:
    """Until when the order of this number runs, or the orders that stand in its place; None where none names an end."""
    waiting = [one for one in orders.values() if number and one.issued.number == number]
    seen: set[Eid] = set()
    ends = []
    while waiting:
        order = waiting.pop()
        if order.eid in seen:
            continue
        seen.add(order.eid)
        later = [orders[eid] for eid in order.superseded_by if eid in orders]
        waiting.extend(later)
        if not later and order.issued.until is not None:
            ends.append(order.issued.until)
    return max(ends, default=None)

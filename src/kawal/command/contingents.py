"""One contingent under BKO, told apart by origin unit and order number and never by its size.

Two contingents of forty from one Polda stay two. What differs between asked, approved, sent and arrived is kept as a
number with its reason, for that is demand nobody met.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Literal

from kawal.command.events import STEPS, BkoStepped, Step, Task
from kawal.command.units import Units
from kawal.ledger.event import Eid

Oddity = Literal[
    "not approved", "out of order", "other origin", "other number", "same order", "over strength", "after release"
]
_COUNTED: tuple[Step, ...] = ("requested", "approved", "sent", "arrived")


@dataclass(frozen=True, slots=True)
class StepTaken:
    """One step as it was signed. at: UNIX seconds."""

    eid: Eid
    at: int
    said: BkoStepped


@dataclass(frozen=True, slots=True)
class Share:
    """So many of a contingent do one task. to: a unit or kecamatan, "" where none is named."""

    task: Task
    to: str
    count: int
    at: int


@dataclass(frozen=True, slots=True)
class Shortfall:
    """A step gave fewer (count > 0) or more (count < 0) than the one before it asked for."""

    before: Step
    after: Step
    count: int
    why: str


@dataclass(frozen=True, slots=True)
class Chains:
    """Whom somebody answers to, nearest first: for what they do now, and for where they belong."""

    operational: tuple[str, ...]
    home: tuple[str, ...]


@dataclass
class Contingent:
    """Every step of one contingent, in fold order. order_end: when the order of its number ends, where one is known.

    A later step of a kind stands in place of an earlier one: its number is how many altogether.
    """

    name: str
    steps: list[StepTaken] = field(default_factory=list)
    order_end: int | None = None
    shares_order: bool = False

    def last(self, step: Step) -> StepTaken | None:
        """The step of a kind that stands."""
        return next((one for one in reversed(self.steps) if one.said.step == step), None)

    def count(self, step: Step) -> int | None:
        """How many people a step names; None while it was not taken, or names no number."""
        return next(
            (one.said.count for one in reversed(self.steps) if one.said.step == step and one.said.count is not None),
            None,
        )

    @property
    def origin(self) -> str:
        """The unit they come from: the approval's, else the first that was named."""
        return self._said("origin")

    @property
    def number(self) -> str:
        """The order they come under: the approval's, else the first number that was named."""
        return self._said("number")

    @property
    def receiver(self) -> str:
        """The unit they are lent to; tasks name places of their own."""
        named = [one.said.to for one in self._approval_first() if one.said.step != "tasked"]
        return next((to for to in named if to), "")

    @property
    def reached(self) -> Step:
        """The furthest step that was taken."""
        return max((one.said.step for one in self.steps), key=STEPS.index, default="requested")

    @property
    def until(self) -> int | None:
        """The last second of the order they are lent under; None where nothing names it."""
        approval = self.last("approved")
        own = approval.said.until if approval is not None else None
        return max((one for one in (own, self.order_end) if one is not None), default=None)

    @property
    def strength(self) -> int:
        """How many can be given tasks: those who arrived, else were sent, else approved, less who were released."""
        named = (self.count(step) for step in reversed(_COUNTED[1:]))
        present = next((count for count in named if count is not None), 0)
        release = self.last("released")
        if release is None:
            return present
        return 0 if release.said.count is None else max(0, present - release.said.count)

    @property
    def shares(self) -> tuple[Share, ...]:
        """Who does what now. A later word about the same task at the same place replaces the earlier; 0 ends it."""
        current: dict[tuple[Task, str], Share] = {}
        for one in self.steps:
            if one.said.task is not None:
                key = (one.said.task, one.said.to)
                current[key] = Share(*key, one.said.count or 0, one.at)
        return tuple(share for share in current.values() if share.count)

    @property
    def shortfalls(self) -> tuple[Shortfall, ...]:
        """Where one number differs from the one before it, with what the step said of it."""
        known = [(step, count) for step in _COUNTED if (count := self.count(step)) is not None]
        return tuple(
            Shortfall(before, after, asked - given, self._why(after))
            for (before, asked), (after, given) in pairwise(known)
            if asked != given
        )

    @property
    def unmet(self) -> int:
        """How many of those asked for nobody gave; 0 while no answer is known, for then it is still open."""
        asked = self.count("requested")
        given = next((count for step in reversed(_COUNTED[1:]) if (count := self.count(step)) is not None), None)
        return 0 if asked is None or given is None else max(0, asked - given)

    @property
    def oddities(self) -> tuple[Oddity, ...]:
        """What does not fit together: facts for the reader, for a fold refuses nothing."""
        approval, release = self.last("approved"), self.last("released")
        found: dict[Oddity, bool] = {
            "not approved": approval is None and self.reached not in ("requested", "released"),
            "out of order": self._is_out_of_order(),
            "other origin": self._differs("origin"),
            "other number": self._differs("number"),
            "same order": self.shares_order,
            "over strength": sum(one.count for one in self.shares) > self.strength and not self._is_released(),
            "after release": release is not None and self._is_released() and self._goes_on_after(release.at),
        }
        return tuple(name for name, is_so in found.items() if is_so)

    def is_lent(self, at: int) -> bool:
        """Whether they are under the receiving command at a second.

        From their arrival until they are released or their order ends, whichever is first: nobody need book a return.
        """
        arrival, release = self.last("arrived"), self.last("released")
        first = min((one.at for one in self.steps if one.said.step == "arrived"), default=None)
        if arrival is None or first is None or at < first:
            return False
        if release is not None and self._is_released() and at >= release.at:
            return False
        return self.until is None or at <= self.until

    def _is_released(self) -> bool:
        return self.last("released") is not None and self.strength == 0

    def _goes_on_after(self, released_at: int) -> bool:
        return any(one.at > released_at for one in self.steps)

    def _approval_first(self) -> Iterable[StepTaken]:
        approval = self.last("approved")
        return self.steps if approval is None else [approval, *self.steps]

    def _said(self, member: str) -> str:
        return next((said for one in self._approval_first() if (said := str(getattr(one.said, member)))), "")

    def _differs(self, member: str) -> bool:
        """Whether a step after the request names another than stands; a request comes before there is an order."""
        named = {str(getattr(one.said, member)) for one in self.steps if one.said.step != "requested"}
        return bool(named - {"", self._said(member)})

    def _is_out_of_order(self) -> bool:
        firsts = [min((one.at for one in self.steps if one.said.step == step), default=None) for step in STEPS[:-1]]
        return any(earlier > later for earlier, later in pairwise([one for one in firsts if one is not None]))

    def _why(self, step: Step) -> str:
        return next((one.said.why for one in reversed(self.steps) if one.said.step == step and one.said.why), "")


def chains(person_unit: str, contingent: Contingent | None, units: Units, *, at: int) -> Chains:
    """Whom a person answers to at a second (UNIX), being of this unit, and under BKO with this contingent or with none.

    The home chain stays the origin's all the time: leave, pay and discipline go there.
    """
    home = units.chain(person_unit or (contingent.origin if contingent is not None else ""))
    if contingent is None or not contingent.receiver or not contingent.is_lent(at):
        return Chains(home, home)
    return Chains(units.chain(contingent.receiver), home)

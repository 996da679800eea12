"""The district as it truly is while the days pass: boxes, seals, places, what comes next."""

from __future__ import annotations

import heapq
import itertools
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple

from .area import Area
from .bad_data import BadData
from .crew import Crew
from .device import Device
from .encoding import Json
from .faults import FAULTS, FaultPlan
from .journal import Journal
from .truth import Truth


class Seal(NamedTuple):
    """A tie or sticker as an event writes it; serial None where it bears none."""

    kind: str
    serial: str | None
    number: int

    def as_json(self) -> Json:
        return {"k": self.kind, "s": self.serial, "n": self.number}


Action = Callable[[int], None]


@dataclass
class World:
    """place: unit that physically has a box, None once nobody has. passed: when a leg was done."""

    area: Area
    bad: BadData
    plan: FaultPlan
    crew: Crew
    dice: random.Random
    mishaps: random.Random
    journal: Journal = field(default_factory=Journal)
    typos: dict[str, str] = field(default_factory=dict)
    place: dict[str, str | None] = field(default_factory=dict)
    seals: dict[str, tuple[Seal, ...]] = field(default_factory=dict)
    passed: dict[tuple[str, str], int] = field(default_factory=dict)
    truths: list[Truth] = field(default_factory=list)
    _queue: list[tuple[int, int, Action]] = field(default_factory=list)
    _order: itertools.count[int] = field(default_factory=itertools.count)
    _serials: itertools.count[int] = field(default_factory=lambda: itertools.count(410_001))

    def schedule(self, when: int, action: Action) -> None:
        """Do something at a true time."""
        heapq.heappush(self._queue, (when, next(self._order), action))

    def run(self) -> None:
        """Let everything scheduled happen in the order of true time."""
        while self._queue:
            when, _, action = heapq.heappop(self._queue)
            action(when)

    def boxes_at(self, unit: str, among: tuple[str, ...]) -> tuple[str, ...]:
        """Return those of `among` that the unit physically has."""
        return tuple(box for box in among if self.place.get(box) == unit)

    def serials_on(self, box: str) -> list[str]:
        """Return the serials on a box; numberless seals are left out, as in `items`."""
        return [seal.serial for seal in self.seals[box] if seal.serial is not None]

    def position(self, site: str) -> Json:
        """Return a true fix near a site, or None where the phone had none."""
        if self.dice.random() < 0.25:
            return None
        lat, lon = self.area.points[site]
        jitter, dice = 250, self.dice
        return [
            lat + dice.randint(-jitter, jitter),
            lon + dice.randint(-jitter, jitter),
            dice.randint(4, 40),
        ]

    def label(self, box: str, where: str, when: int, phone: Device) -> str:
        """Return the box id as typed: wrong in one character where a typo was planned."""
        if self.typos.get(box) != where:
            return box
        del self.typos[box]
        wrote = self._mistype(box)
        self.truths.append(
            Truth(
                "bad", "label-typo", box, (box,), when, when, self.place.get(box), None,
                also=("custody.unknown", "custody.gap", "custody.count", "custody.missing",
                      "custody.seal-mismatch", "custody.one-sided"),
                detail={
                    "wrote": wrote,
                    "is_other_box": wrote in self.place,
                    "where": where,
                    "kid": phone.kid,
                },
            )
        )  # fmt: skip
        return wrote

    def _mistype(self, box: str) -> str:
        letters = [i for i, character in enumerate(box) if character != "-"]
        is_in_station_number = self.mishaps.random() < 0.5
        at = self.mishaps.choice(letters[-3:] if is_in_station_number else letters)
        alphabet = "0123456789" if box[at].isdigit() else "ABDGPUVX"
        wrong = self.mishaps.choice([letter for letter in alphabet if letter != box[at]])
        return box[:at] + wrong + box[at + 1 :]

    def new_seals(self, *, serials: bool = True) -> tuple[Seal, ...]:
        """Take seals from the stock: two ties and four stickers, numbered ties or none."""
        if not serials:
            return (Seal("tie", None, 2), Seal("sticker", None, 4))
        ties = (Seal("tie", f"TKN{next(self._serials):07d}", 1) for _ in range(2))
        return (*ties, Seal("sticker", None, 4))

    def record_fault(
        self,
        name: str,
        boxes: tuple[str, ...],
        *,
        starts_at: int,
        ends_at: int | None,
        holder: str | None,
        subject: str | None = None,
        detail: dict[str, Json] | None = None,
    ) -> None:
        """Write the line of truth of an injected fault."""
        fault = FAULTS[name]
        self.truths.append(
            Truth(
                "fault", name, subject or boxes[0], boxes, starts_at, ends_at, holder,
                fault.finding, fault.also, detail or {},
            )
        )  # fmt: skip

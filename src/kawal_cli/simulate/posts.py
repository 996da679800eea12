"""Guard posts as planned: zones and their strength, who stands there in which turn, and when a sign of life is due."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Literal

from kawal_cli.simulate.devices import Device
from kawal_cli.simulate.world import Place

PostKind = Literal["warehouse", "kpu", "bawaslu", "ppk", "pleno"]
RiskClass = Literal["less", "prone", "high", "special"]
CLASSES: tuple[RiskClass, ...] = ("less", "prone", "high", "special")
Silence = Literal["never", "at night", "always"]
LENT_PEOPLE = 3
Row = tuple[object, ...]
Span = tuple[int, int, int]
"""From, to and the heartbeat due in between, 0 where none is: UNIX seconds and seconds."""

HOUR_S, DAY_S = 3600, 86_400
DAYLIGHT_S = 12 * HOUR_S
FIRST_SHIFT = 7.0
PATTERNS: dict[str, tuple[tuple[int, int], ...]] = {
    "3x8": ((0, 8), (8, 16), (16, 24)),
    "2x12": ((0, 12), (12, 24)),
    "1x24": ((0, 24),),
    "siang": ((0, 7), (7, 14)),
}
"""Turns of a day in hours after seven in the morning; `siang` leaves the night free."""
TEAMS: dict[str, int] = {"3x8": 4, "2x12": 3, "1x24": 3, "siang": 2}
"""So many teams that everybody rests sixteen hours between two turns."""


@dataclass(frozen=True, slots=True)
class Slot:
    """One phone of a team: its agency, and how many of that agency stand behind it, its holder included."""

    agency: str
    people: int = 1


@dataclass(frozen=True, slots=True)
class Force:
    """What a post needs. rings: strength of each zone from the room outward; slots: the phones of one team."""

    rings: tuple[int, ...]
    slots: tuple[Slot, ...]


FORCE: dict[str, Force] = {
    "warehouse": Force((2, 2, 1), (Slot("polri"), Slot("polri"), Slot("tni"), Slot("satpolpp", 2))),
    "kpu": Force((1, 1, 1), (Slot("polri"), Slot("satpolpp", 2))),
    "bawaslu": Force((1, 1), (Slot("polri"), Slot("satpolpp"))),
    "pleno": Force((1, 2), (Slot("polri"), Slot("linmas", 2))),
    "ppk less": Force((1, 1), (Slot("polri"), Slot("linmas"))),
    "ppk prone": Force((1, 1, 1), (Slot("polri"), Slot("linmas", 2))),
    "ppk high": Force((1, 2, 1), (Slot("polri"), Slot("tni"), Slot("linmas", 2))),
    "ppk special": Force((2, 2, 1), (Slot("polri"), Slot("polri"), Slot("tni"), Slot("linmas", 2))),
}
"""Zones are the room, the yard and the road. A class is the post's alone: it stands nowhere in the log of boxes."""


@dataclass(frozen=True, slots=True)
class Shift:
    """One turn of duty: UNIX seconds."""

    begins: int
    ends: int


@dataclass(slots=True, eq=False)
class Post:
    """A post as planned and as it runs.

    first, until: UNIX seconds it exists from and, as orders stand now, to; beat_s: how often a sign of life is due;
    silences: announced windows without any; boxes: how many it guards now; is_over: whether nothing is left to guard;
    extras: people lent to it (BKO), a phone for each team, while has_extras; on_duty: who is there now, the leader
    first; quiet_until: no phone there says anything before.
    """

    name: str
    kind: PostKind
    risk: RiskClass
    place: Place
    pattern: str
    teams: list[list[Device]]
    first: int
    until: int
    beat_s: int
    silence: Silence
    boxes: Callable[[], int]
    is_over: Callable[[], bool]
    sop: str = ""
    order: str = ""
    silences: list[tuple[int, int]] = field(default_factory=list)
    swaps: dict[tuple[int, int], Device] = field(default_factory=dict)
    extras: list[Device] = field(default_factory=list)
    has_extras: bool = False
    on_duty: list[Device] = field(default_factory=list)
    quiet_until: int = 0
    is_lifted: bool = False

    @property
    def force(self) -> Force:
        """Its zones and the phones of a team."""
        return FORCE[f"ppk {self.risk}" if self.kind == "ppk" else self.kind]

    @property
    def strength(self) -> int:
        """How many must be there at any time."""
        return sum(self.force.rings)

    def shift(self, number: int) -> Shift:
        """A turn of duty, counted from 0."""
        turns = PATTERNS[self.pattern]
        day, turn = divmod(number, len(turns))
        begins, ends = turns[turn]
        morning = self.first + day * DAY_S
        return Shift(morning + begins * HOUR_S, morning + ends * HOUR_S)

    def shift_on(self, days: int) -> int:
        """The number of the turn that begins at seven in the morning, so many days after the first."""
        return days * len(PATTERNS[self.pattern])

    def goes_on(self, number: int) -> bool:
        """Whether the next turn begins where this one ends."""
        return self.shift(number).ends == self.shift(number + 1).begins

    def team(self, number: int) -> list[Device]:
        """Who has this turn, the leader first, with what was exchanged, and who is lent last."""
        turn = number % len(self.teams)
        usual = [self.swaps.get((number, slot), device) for slot, device in enumerate(self.teams[turn])]
        return [*usual, self.extras[turn]] if self.has_extras else usual

    def people(self, device: Device) -> int:
        """How many people stand behind one of its phones."""
        for team in self.teams:
            if device in team:
                return self.force.slots[team.index(device)].people
        return LENT_PEOPLE if device in self.extras else 1

    def rows(self) -> Iterator[Row]:
        """Its rows of the posts manifest, as orders stand now: one for each zone and period."""
        for begins, ends, beat_s in self.spans():
            for ring, strength in enumerate(self.force.rings, 1):
                yield self.name, self.place.site, ring, strength, beat_s, begins, ends

    def spans(self) -> Iterator[Span]:
        """The periods in which it exists, with the sign of life due in each."""
        for span in self._usual_spans():
            yield from _cut(span, self.silences)

    def beat_at(self, at: int) -> int:
        """How often a sign of life is due at a UNIX second, 0 where none is."""
        return next((beat_s for begins, ends, beat_s in self.spans() if begins <= at < ends), 0)

    def _usual_spans(self) -> Iterator[Span]:
        if self.pattern == "siang":
            yield from self._days(lambda morning: [(morning, self._evening(morning), self.beat_s)])
        elif self.silence == "at night":
            yield from self._days(
                lambda morning: [
                    (morning, min(morning + DAYLIGHT_S, self.until), self.beat_s),
                    (morning + DAYLIGHT_S, min(morning + DAY_S, self.until), 0),
                ]
            )
        else:
            yield self.first, self.until, 0 if self.silence == "always" else self.beat_s

    def _evening(self, morning: int) -> int:
        return min(self.until, morning + PATTERNS[self.pattern][-1][1] * HOUR_S)

    def _days(self, spans: Callable[[int], Iterable[Span]]) -> Iterator[Span]:
        for morning in range(self.first, self.until, DAY_S):
            yield from (span for span in spans(morning) if span[0] < span[1])


def _cut(span: Span, windows: Iterable[tuple[int, int]]) -> Iterator[Span]:
    """A period with no sign of life due in the windows."""
    begins, ends, beat_s = span
    for starts, stops in sorted(windows):
        inside = max(begins, starts), min(ends, stops)
        if inside[0] >= inside[1]:
            continue
        if begins < inside[0]:
            yield begins, inside[0], beat_s
        yield *inside, 0
        begins = inside[1]
    if begins < ends:
        yield begins, ends, beat_s

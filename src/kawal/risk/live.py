"""Live incidents near a place: they lift its score by a named amount, and leave exactly the base when they are gone.

A minimal reading of three events of the pengamanan log (`incident.report`, `update`, `close`), until the part
`incident` folds them whole.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Literal, cast, get_args

from kawal.ledger.event import Eid, Event
from kawal.ledger.events import answers
from kawal.ledger.history import History
from kawal.risk.classes import RiskClass
from kawal.risk.score import MOST, PRONE_FROM, Standing, class_at

Level = Literal["potential", "threshold", "actual"]
LEVELS: tuple[Level, ...] = get_args(Level)
LEVEL_NAMES: Mapping[Level, tuple[str, str]] = {
    "potential": ("potensi gangguan", "potential disturbance"),
    "threshold": ("ambang gangguan", "threshold of disturbance"),
    "actual": ("gangguan nyata", "actual disturbance"),
}
AMOUNTS: Mapping[Level, int] = {"potential": 8, "threshold": 17, "actual": 34}
"""Points on the post's own scale, where a class is 33 or 34 wide: a quarter, a half, and a whole class."""
FADE_S = 24 * 3600
_TEXT = 80
_COMMAND = frozenset({"commander", "admin"})


@dataclass(frozen=True, slots=True)
class Incident:
    """One incident as the log tells it. area: digits of the region, village or TPS it is in, "" where nothing says.

    opened_at, closed_at: UNIX seconds; closed_at None while it is open.
    """

    eid: Eid
    level: Level
    kind: str
    about: str
    area: str
    opened_at: int
    closed_at: int | None = None


@dataclass(frozen=True, slots=True)
class Shift:
    """What one incident does to a place at a moment."""

    incident: Incident
    points: int


@dataclass(frozen=True, slots=True)
class Shifted:
    """A place before and after. base is untouched; risk, points: with the shifts, None where nobody knows either."""

    base: Standing
    shifts: tuple[Shift, ...]
    risk: RiskClass | None
    points: int | None

    @property
    def is_shifted(self) -> bool:
        """Whether an incident moves the score now."""
        return bool(self.shifts)


def fold_incidents(history: History, area_of_site: Callable[[str], str]) -> tuple[Incident, ...]:
    """Fold the three events; by when they were opened, then eid. area_of_site: site -> region code, "" if unknown."""
    found: dict[Eid, Incident] = {}
    for event in history.events:
        if event.t == "incident.report":
            found[event.eid] = _reported(event, history.at(event), area_of_site)
        elif event.t in ("incident.update", "incident.close"):
            is_command = history.speaker(event).role in _COMMAND
            for eid in answers(event):
                if eid in found:
                    found[eid] = _changed(found[eid], event, history.at(event), is_command=is_command)
    return tuple(sorted(found.values(), key=lambda one: (one.opened_at, one.eid)))


def _reported(event: Event, at: int, area_of_site: Callable[[str], str]) -> Incident:
    about = _text(event, "about")
    area = _area(about, area_of_site) or _area(_text(event, "site"), area_of_site)
    return Incident(event.eid, _level(event) or "potential", _text(event, "kind"), about, area, at)


def _changed(before: Incident, event: Event, at: int, *, is_command: bool) -> Incident:
    """Anyone may raise an incident; only the command lowers or closes it, and what is closed stays so."""
    if event.t == "incident.close":
        return replace(before, closed_at=at) if is_command and before.closed_at is None else before
    level = _level(event) or before.level
    is_raised = LEVELS.index(level) >= LEVELS.index(before.level)
    return replace(before, level=level) if is_raised or is_command else before


def _level(event: Event) -> Level | None:
    level = event.payload.get("level")
    return cast("Level", level) if level in LEVELS else None


def _text(event: Event, name: str) -> str:
    value = event.payload.get(name)
    return value[:_TEXT] if isinstance(value, str) else ""


def _area(named: str, area_of_site: Callable[[str], str]) -> str:
    """The digits of where a thing is: of a site as registered, else those its own name ends in."""
    if known := area_of_site(named) if named else "":
        return known
    digits = named.rpartition("-")[2] if "-" in named else named
    if named.startswith("PPK-"):
        digits = named.split("-")[1]
    return digits if digits.isascii() and digits.isdigit() and len(digits) in (4, 6, 10, 13) else ""


def touches(incident: Incident, place: str) -> bool:
    """Whether an incident is near a place: in it, or the place lies inside what the incident is about.

    A single incident does not move a kabupaten or a province: the widest place it moves is its kecamatan.
    """
    if not incident.area or len(place) < 6 or len(incident.area) < 6:
        return False
    return incident.area.startswith(place) or place.startswith(incident.area)


def points_at(incident: Incident, now: int, *, amounts: Mapping[Level, int] = AMOUNTS, fade_s: int = FADE_S) -> int:
    """What an incident adds now: its whole amount while open, then less and less until `fade_s` after it closed."""
    amount = amounts[incident.level]
    if now < incident.opened_at:
        return 0
    if incident.closed_at is None or now < incident.closed_at:
        return amount
    left = fade_s - (now - incident.closed_at)
    return -(-amount * left // fade_s) if left > 0 else 0


def shift(
    base: Standing,
    incidents: Iterable[Incident],
    now: int,
    *,
    area: str = "",
    amounts: Mapping[Level, int] = AMOUNTS,
    fade_s: int = FADE_S,
) -> Shifted:
    """A place with the incidents near it at a moment; without any, exactly its base.

    area: where the place is, where it is a site. A place nobody has assessed is lifted from where rawan begins: an
    incident never makes it look less than one that is known to be rawan.
    """
    near = (one for one in incidents if touches(one, area or base.place))
    found = [Shift(one, points_at(one, now, amounts=amounts, fade_s=fade_s)) for one in near]
    shifts = tuple(sorted((one for one in found if one.points), key=lambda one: (-one.points, one.incident.eid)))
    if not shifts:
        return Shifted(base, (), base.risk, base.points)
    start = PRONE_FROM if base.points is None else base.points
    points = min(MOST, start + sum(one.points for one in shifts))
    risk: RiskClass = "special" if base.risk == "special" else class_at(points)
    return Shifted(base, shifts, risk, points)

"""What was done, as the operation counts it: preemptive, preventive or repressive, by day, from the signed events."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Literal, cast, get_args

from kawal.election.lists.dates import ZONE_HOURS
from kawal.ledger.event import Event
from kawal.ledger.history import History

Mode = Literal["preemptive", "preventive", "repressive"]
MODES: tuple[Mode, ...] = get_args(Mode)
BY_NATURE: Mapping[str, Mode] = {
    "guard.on": "preventive",
    "patrol.start": "preventive",
    "convoy.depart": "preventive",
}
"""What an event counts as without saying so: each duty begun at a post, each patrol, each convoy under escort."""
_CALENDAR_END = 253_402_300_799 - 9 * 3600


@dataclass(frozen=True, slots=True)
class Activity:
    """One thing done. kind: the event's type; at: UNIX seconds."""

    mode: Mode
    kind: str
    at: int


@dataclass(frozen=True, slots=True)
class DayCount:
    """How many activities of a kind counted as a mode on one local day."""

    day: date
    mode: Mode
    kind: str
    count: int


def mode_of(event: Event) -> Mode | None:
    """What an event counts as; None where it is no activity, or does not say which it was."""
    if event.t != "command.log":
        return BY_NATURE.get(event.t)
    mode = event.payload.get("mode")
    return cast("Mode", mode) if event.payload.get("kind") == "activity" and mode in MODES else None


def fold_activities(history: History) -> tuple[Activity, ...]:
    """Every activity in the record, in fold order. An event that does not count is no activity."""
    found = ((mode_of(event), event) for event in history.events)
    return tuple(Activity(mode, event.t, history.at(event)) for mode, event in found if mode is not None)


def by_day(activities: Iterable[Activity], zone: str) -> tuple[DayCount, ...]:
    """Activities counted by local day, mode and kind, the earliest first. zone: IANA name of Indonesia."""
    counted = Counter((_day(one.at, zone), one.mode, one.kind) for one in activities)
    return tuple(DayCount(*key, count) for key, count in sorted(counted.items()))


def totals(counts: Iterable[DayCount]) -> dict[Mode, int]:
    """How many of each mode; a mode that nothing counted as is there with 0."""
    found: dict[Mode, int] = dict.fromkeys(MODES, 0)
    for one in counts:
        found[one.mode] += one.count
    return found


def _day(at: int, zone: str) -> date:
    held = min(max(at, 0), _CALENDAR_END)
    return (datetime.fromtimestamp(held, UTC) + timedelta(hours=ZONE_HOURS.get(zone, 0))).date()

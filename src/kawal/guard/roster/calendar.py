"""Hours as numbers: the distinct periods of a roster, which of them exclude each other, which limits they count in."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kawal.guard.roster.problem import HOUR, Limit, Night, RosterProblem, Rules, Span

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True)
class Calendar:
    """Periods in order of their start: T of them, over D days.

    cliques: (C, T), of each row a person can serve one period at most. limits: (L, T), how much a period counts;
    most: (L,), and limit_of, first_day: which rule and which days a row is.
    """

    starts: Ints
    ends: Ints
    day: Ints
    night: Bools
    ready: Ints
    cliques: Bools
    limits: Floats
    most: Floats
    limit_of: tuple[Limit, ...]
    first_day: Ints

    @property
    def days(self) -> int:
        """How many days the roster spans."""
        return int(self.day.max()) + 1 if len(self.day) else 0


def calendar_of(problem: RosterProblem) -> Calendar:
    """Lay out the periods of a problem, and its rules over them."""
    spans = sorted({Span(slot.starts, slot.ends) for slot in problem.slots})
    starts = np.array([one.starts for one in spans], dtype=np.int64)
    ends = np.array([one.ends for one in spans], dtype=np.int64)
    zone = problem.zone_hours
    first = problem.day_of(spans[0].starts) if spans else 0
    day = np.array([problem.day_of(one.starts) - first for one in spans], dtype=np.int64)
    night = np.array([is_night(one, problem.rules.night, zone) for one in spans], dtype=np.bool_)
    ready = ends + np.array([problem.rules.rest_after(one.ends - one.starts) for one in spans], dtype=np.int64)
    rows = _limit_rows(problem.rules, starts, ends, day, night)
    return Calendar(
        starts,
        ends,
        day,
        night,
        ready,
        _cliques(starts, ready),
        np.array([row for _, _, row in rows], dtype=np.float64).reshape(len(rows), len(spans)),
        np.array([limit.most for limit, _, _ in rows], dtype=np.float64),
        tuple(limit for limit, _, _ in rows),
        np.array([at for _, at, _ in rows], dtype=np.int64),
    )


def is_night(span: Span, night: Night, zone_hours: int) -> bool:
    """Whether enough of a duty lies between the hours of the night."""
    length = (night.to_hour - night.from_hour) % 24 * HOUR
    day = (span.starts + zone_hours * HOUR) // (24 * HOUR)
    shared = 0
    for midnight in (day - 1, day, day + 1):
        begun = midnight * 24 * HOUR - zone_hours * HOUR + night.from_hour * HOUR
        shared += max(0, min(span.ends, begun + length) - max(span.starts, begun))
    return shared >= night.least_hours * HOUR


def _cliques(starts: Ints, ready: Ints) -> Bools:
    """Periods with their rest are intervals, so every set of which one person serves one meets at some start.

    Sets within another are left out. Source: intervals have the Helly property.
    """
    rows = [(starts <= at) & (at < np.maximum(ready, starts + 1)) for at in np.unique(starts)]
    kept = [row for row in rows if not any(row is not other and not (row & ~other).any() for other in _near(rows, row))]
    return np.array(kept, dtype=np.bool_).reshape(len(kept), len(starts))


def _near(rows: Sequence[Bools], row: Bools) -> list[Bools]:
    at = next(index for index, one in enumerate(rows) if one is row)
    return [*rows[max(0, at - 1) : at], *rows[at + 1 : at + 2]]


def _limit_rows(
    rules: Rules, starts: Ints, ends: Ints, day: Ints, night: Bools
) -> list[tuple[Limit, int, NDArray[np.float64]]]:
    """Each limit at each run of days that touches the roster, those before its first day too (history counts)."""
    if not len(day):
        return []
    counts = {
        "duties": np.ones(len(day)),
        "days": np.ones(len(day)),
        "nights": night.astype(np.float64),
        "hours": (ends - starts) / HOUR,
    }
    rows = []
    for limit in rules.limits:
        for first in range(1 - limit.days, int(day.max()) + 1):
            inside = (day >= first) & (day < first + limit.days)
            row = np.where(inside, counts[limit.what], 0.0)
            if row.any():
                rows.append((limit, first, row))
    return rows


def history_use(calendar: Calendar, problem: RosterProblem, history: Sequence[Span]) -> Floats:
    """What past duties already use of each limit: (L,)."""
    used = np.zeros(len(calendar.most))
    if not history or not len(used):
        return used
    origin = problem.day_of(int(calendar.starts[0]))
    for row, (limit, first) in enumerate(zip(calendar.limit_of, calendar.first_day, strict=True)):
        inside = [one for one in history if first <= problem.day_of(one.starts) - origin < first + limit.days]
        used[row] = _counted(limit, problem, inside)
    return used


def _counted(limit: Limit, problem: RosterProblem, spans: Sequence[Span]) -> float:
    match limit.what:
        case "duties":
            return len(spans)
        case "days":
            return len({problem.day_of(one.starts) for one in spans})
        case "nights":
            return sum(is_night(one, problem.rules.night, problem.zone_hours) for one in spans)
        case "hours":
            return sum(one.ends - one.starts for one in spans) / HOUR

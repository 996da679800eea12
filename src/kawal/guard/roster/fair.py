"""The fair part of each person: so many duties and nights as his days at hand allow, within a narrow band."""

from dataclasses import dataclass

import numpy as np

from kawal.guard.roster.calendar import Bools, Calendar, Ints


@dataclass(frozen=True)
class Fair:
    """(P,) each. low, high: the band of duties; nights: the most nights that are fair."""

    low: Ints
    high: Ints
    nights: Ints


def fair_of(calendar: Calendar, is_open: Bools, strength: Ints, need: Ints, period: Ints) -> Fair:
    """Share the demand out by the days on which somebody can serve at all; forces carry their part."""
    days = _days_at_hand(calendar, is_open)
    carried = days.sum() + int(strength.sum()) * calendar.days
    fair = days * (need.sum() / carried if carried else 0.0)
    fair_nights = days * (need[calendar.night[period]].sum() / carried if carried else 0.0)
    return Fair(
        np.maximum(0, np.ceil(fair) - 1).astype(np.int64),
        (np.floor(fair) + 1).astype(np.int64),
        (np.floor(fair_nights) + 1).astype(np.int64),
    )


def _days_at_hand(calendar: Calendar, is_open: Bools) -> Ints:
    each = [is_open[:, calendar.day == day].any(axis=1) for day in range(calendar.days)]
    return np.array(each, dtype=np.int64).sum(axis=0) if each else np.zeros(is_open.shape[0], dtype=np.int64)

"""How evenly a roster burdens people, in figures that can be shown before and after."""

from collections import Counter
from dataclasses import dataclass
from math import sqrt

from kawal.guard.roster.calendar import is_night
from kawal.guard.roster.problem import Roster, RosterProblem, Span
from kawal.guard.roster.recount import bands_of


@dataclass(frozen=True)
class Fairness:
    """Over everybody who has a fair part. spread: standard deviation of duties against each one's fair middle.

    outside: the part of people outside their fair band. away: the part of duties away from home.
    """

    people: int
    fewest: int
    most: int
    spread: float
    outside: float
    most_nights: int
    away: float


def fairness(problem: RosterProblem, roster: Roster) -> Fairness:
    """Count the burdens of a roster."""
    duties = Counter(duty.who for duty in roster.duties)
    rules = problem.rules
    nights = Counter(
        duty.who for duty in roster.duties if is_night(Span(duty.starts, duty.ends), rules.night, problem.zone_hours)
    )
    bands = {who: band for who, band in bands_of(problem).items() if band[1] > 1}
    off = [duties[who] - (low + high) / 2 for who, (low, high, _) in bands.items()]
    mean = sum(off) / len(off) if off else 0.0
    home = {person.who: person.home for person in problem.people}
    away = [_is_away(home[duty.who], problem.post_of[duty.post].area) for duty in roster.duties]
    counted = [duties[who] for who in bands]
    return Fairness(
        len(bands),
        min(counted, default=0),
        max(counted, default=0),
        sqrt(sum((one - mean) ** 2 for one in off) / len(off)) if off else 0.0,
        sum(not low <= duties[who] <= high for who, (low, high, _) in bands.items()) / len(bands) if bands else 0.0,
        max(nights.values(), default=0),
        sum(away) / len(away) if away else 0.0,
    )


def _is_away(home: str, area: str) -> bool:
    return bool(home and area) and not (home.startswith(area) or area.startswith(home))

"""Reckon the force an area needs: stations by class as assessed or as typed in, against the strength at hand."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from django.core.exceptions import PermissionDenied

from kawal.risk.classes import UNKNOWN
from kawal.risk.force import Balance, Need, required, together
from kawal.risk.score import assess
from kawal_server.accounts.access import may
from kawal_server.accounts.models import Officer
from kawal_server.actions.reach_risk import reach_of, station_entries
from kawal_server.store.models import BoxLine
from kawal_server.store.risk_register import by_place, the_cuts, the_patterns, the_weights


@dataclass(frozen=True, slots=True)
class Reckoned:
    """The need and what is there against it."""

    need: Need
    balance: Balance


def calculate_force(
    officer: Officer, by_area: Mapping[str, Mapping[str, int]], *, strength: int, share: Fraction, lent: int
) -> Reckoned:
    """Reckon. by_area: region code ("" for all) -> class or `unknown` -> stations.

    Raises: PermissionDenied, kawal.risk.force.NoPattern, ValueError.
    """
    if not may(officer, "see-risk"):
        raise PermissionDenied("see-risk")
    patterns = the_patterns()
    need = together(required(stations, patterns, area=area) for area, stations in sorted(by_area.items()))
    return Reckoned(need, Balance(need.polri, strength, share, lent))


def stations_by_class(officer: Officer) -> dict[str, Counter[str]]:
    """Kecamatan -> class -> its stations, those nobody assessed as `unknown`. Raises: PermissionDenied."""
    if not may(officer, "see-station-classes"):
        raise PermissionDenied("see-station-classes")
    cuts, weights = the_cuts(), the_weights()
    said = by_place(station_entries(officer).filter(level="station"))
    known = set(BoxLine.objects.exclude(station="").values_list("station", flat=True)) | set(said)
    found: dict[str, Counter[str]] = {}
    within = reach_of(officer)
    for station in sorted(one for one in known if within(one[:6])):
        risk = assess(station, said.get(station, ()), cuts=cuts, weights=weights).risk
        found.setdefault(station[:6], Counter())[risk or UNKNOWN] += 1
    return found

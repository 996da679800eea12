"""Whose place is whose, and which entries of the register an officer may read: classes of TPS only with that right."""

from collections.abc import Callable

from django.db.models import Q, QuerySet

from kawal.risk.register import is_station, place_kind
from kawal_server.accounts.access import may, within_reach
from kawal_server.store.models import RiskEntry, SiteLine, StrategicSite
from kawal_server.store.units import the_jurisdiction, the_units

OPEN_LEVELS = ("province", "regency", "district", "site")
"""Levels of place that everyone who may see kerawanan may read; below these stand the classes of single TPS."""


def unit_finder() -> Callable[[str], str]:
    """Region code -> the unit that polices it: its Polsek where there is one, else its Polres, else the Polda."""
    units, jurisdiction = the_units(), the_jurisdiction()

    def find(area: str) -> str:
        polsek = f"polsek-{area[:6]}"
        if len(area) >= 6 and polsek in units.by_name:
            return polsek
        return jurisdiction.polres(area) if len(area) >= 4 else f"polda-{area}"

    return find


def reach_of(officer: object) -> Callable[[str], bool]:
    """Region code -> whether the officer's unit reaches it; asked many times, it reads the units once."""
    unit = getattr(officer, "unit", "")
    if not unit:
        return lambda _area: True
    find, within = unit_finder(), set(the_units().below(unit))
    return lambda area: find(area) in within


def area_of(place: str) -> str:
    """The region code of a place: of a site as registered, else the digits of its name; "" where nothing says."""
    if place_kind(place) != "site":
        return place
    known = SiteLine.objects.filter(site=place).values_list("area", flat=True).first()
    known = known or StrategicSite.objects.filter(site=place).order_by("-id").values_list("area", flat=True).first()
    digits = place.rpartition("-")[2]
    return known or (digits if digits.isdigit() else "")


def readable(officer: object) -> QuerySet[RiskEntry]:
    """The entries that an officer may read."""
    rows = within_reach(officer, "see-risk", RiskEntry.objects.all())
    return rows if may(officer, "see-station-classes") else rows.filter(level__in=OPEN_LEVELS)


def station_entries(officer: object) -> QuerySet[RiskEntry]:
    """The entries of villages and single TPS; none without the right to see them."""
    rows = within_reach(officer, "see-station-classes", RiskEntry.objects.all())
    return rows.filter(~Q(level__in=OPEN_LEVELS))


def may_read_place(officer: object, place: str) -> bool:
    """Whether an officer may read what is said of a place."""
    is_open = place_kind(place) in OPEN_LEVELS
    return may(officer, "see-risk" if is_open else "see-station-classes", unit=unit_finder()(area_of(place)))


def may_write_place(officer: object, place: str, find: Callable[[str], str]) -> bool:
    """Whether an officer may enter something about a place. find: as `unit_finder` gives it."""
    if (is_station(place) or place_kind(place) == "village") and not may(officer, "see-station-classes"):
        return False
    return may(officer, "change-risk", unit=find(area_of(place)))

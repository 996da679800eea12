"""Keep what somebody says about kerawanan: entries, weights, cut-offs, patterns, strategic sites, close races.

Nothing is overwritten: each of these adds a row that says by whom and when.
"""

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from django.core.exceptions import PermissionDenied
from django.db import transaction

from kawal.election.regions import UnknownRegion
from kawal.risk import closeness, patterns, register, sites, weights
from kawal.risk.register import BadEntry, Cut, Entry
from kawal.risk.sites import Strategic
from kawal_server import clock
from kawal_server.accounts.access import fetch, may
from kawal_server.accounts.models import Officer
from kawal_server.actions.area_of_post import places_of
from kawal_server.actions.reach_risk import area_of, may_write_place, readable, unit_finder
from kawal_server.store.models import (
    Closeness,
    ForcePattern,
    Operation,
    RiskCut,
    RiskEntry,
    RiskWeight,
    StrategicSite,
)
from kawal_server.store.risk_register import entry_of


def keep_entry(officer: Officer, entry: Entry) -> RiskEntry:
    """Keep one entry. Raises: PermissionDenied, BadEntry, kawal.risk.indicators.UnknownIndicator, Http404."""
    register.check(entry)
    if not may_write_place(officer, entry.place, unit_finder()):
        raise PermissionDenied("change-risk")
    _require_in_operation(entry.place)
    if entry.replaces:
        _require_same_place(officer, entry)
    return keep_entries(officer, [entry])[0]


def keep_entries(officer: Officer, entries: Iterable[Entry]) -> list[RiskEntry]:
    """Keep entries that were checked one by one, all of them or none."""
    find, now = unit_finder(), clock.now()
    rows = [_row(officer, one, find(area_of(one.place)), now) for one in entries]
    with transaction.atomic():
        return RiskEntry.objects.bulk_create(rows, batch_size=200)


def _row(officer: Officer, entry: Entry, unit: str, now: int) -> RiskEntry:
    kind, value = _as_row(entry)
    return RiskEntry(
        place=entry.place,
        level=register.place_kind(entry.place),
        unit=unit,
        instrument=entry.instrument,
        stage=entry.stage,
        on=entry.on,
        source=entry.source.strip(),
        kind=kind,
        value=value,
        confidentiality=entry.confidentiality,
        replaces=int(entry.replaces) if entry.replaces else None,
        by=officer.username,
        at=now,
    )


def _as_row(entry: Entry) -> tuple[str, object]:
    match entry.value:
        case None:
            return "withdrawn", ""
        case Decimal():
            return "score", str(entry.value)
        case frozenset():
            return "indicators", sorted(entry.value)
    return "class", entry.value


def withdraw_entry(officer: Officer, pk: int, *, why: str) -> RiskEntry:
    """Withdraw an entry; it stays readable as superseded. Raises: PermissionDenied, Http404, BadEntry."""
    entry = entry_of(fetch(officer, "change-risk", readable(officer), pk=pk))
    return keep_entry(officer, replace(entry, entry="", source=why, value=None, replaces=entry.entry))


def _require_same_place(officer: Officer, entry: Entry) -> None:
    row = fetch(officer, "change-risk", readable(officer), pk=int(entry.replaces))
    if row.place != entry.place:
        raise BadEntry("place", "Koreksi harus untuk tempat yang sama.", "A correction must be about the same place.")


def _require_in_operation(place: str) -> None:
    operation = Operation.objects.first()
    area = area_of(place)
    if operation is None or not area:
        raise _not_here()
    try:
        places = places_of(operation)
    except UnknownRegion as error:
        raise _not_here() from error
    is_known = area[:10] in places.by_code or (
        len(area) < 6 and any(one.code.startswith(area) for one in places.districts)
    )
    if not is_known:
        raise _not_here()


def _not_here() -> BadEntry:
    return BadEntry(
        "place",
        "Tempat itu tidak ada di operasi ini. Pilih dari daftar.",
        "That place is not in this operation. Choose one of the list.",
    )


def keep_weights(officer: Officer, given: weights.Weights, *, why: str) -> RiskWeight:
    """Set the operation's own weights. Raises: PermissionDenied, kawal.risk.weights.BadWeights."""
    _require(officer)
    weights.check(given)
    if len(why.strip()) < 5:
        raise weights.BadWeights("Tulis alasan bobot itu. / Write why these are the weights.")
    return RiskWeight.objects.create(
        instruments=dict(given.instruments),
        variables=dict(given.variables),
        why=why.strip()[:300],
        by=officer.username,
        at=clock.now(),
    )


def keep_cut(officer: Officer, cut: Cut) -> RiskCut:
    """Say where an instrument's classes begin. Raises: PermissionDenied, BadEntry."""
    _require(officer)
    prone_from, high_from = register.check_cut(cut)
    return RiskCut.objects.create(
        instrument=cut.instrument,
        kind=cut.kind,
        prone_from=prone_from,
        high_from=high_from,
        source=cut.source.strip()[:300],
        by=officer.username,
        at=clock.now(),
    )


def keep_pattern(officer: Officer, pattern: patterns.Pattern) -> ForcePattern:
    """Keep a guard pattern. Raises: PermissionDenied, kawal.risk.patterns.BadPattern."""
    _require(officer)
    patterns.check(pattern)
    return ForcePattern.objects.create(
        risk=pattern.risk,
        area=pattern.area,
        polri=pattern.polri,
        stations=pattern.stations,
        linmas=pattern.linmas,
        source=pattern.source.strip()[:300],
        by=officer.username,
        at=clock.now(),
    )


def keep_site(officer: Officer, site: Strategic, *, is_dropped: bool = False) -> StrategicSite:
    """Keep a strategic site, or take one off the list. Raises: PermissionDenied, kawal.risk.sites.BadSite."""
    sites.check(site)
    unit = unit_finder()(site.area)
    if not may(officer, "change-risk", unit=unit):
        raise PermissionDenied("change-risk")
    try:
        _require_in_operation(site.area)
    except BadEntry as error:
        raise sites.BadSite(str(error)) from error
    return StrategicSite.objects.create(
        site=site.site,
        unit=unit,
        kind=site.kind,
        name=site.name.strip()[:120],
        area=site.area,
        priority=site.priority,
        reason=site.reason.strip()[:300],
        lat_e6=site.lat_e6,
        lon_e6=site.lon_e6,
        is_dropped=is_dropped,
        by=officer.username,
        at=clock.now(),
    )


def keep_closeness(officer: Officer, given: closeness.Closeness) -> Closeness:
    """Say how close a race is. Raises: PermissionDenied, kawal.risk.closeness.BadCloseness."""
    _require(officer)
    closeness.check(given)
    return Closeness.objects.create(
        race=given.race, step=given.step, source=given.source.strip(), on=given.on, by=officer.username, at=clock.now()
    )


def _require(officer: Officer) -> None:
    if not may(officer, "change-risk"):
        raise PermissionDenied("change-risk")

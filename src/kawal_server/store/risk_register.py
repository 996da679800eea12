"""The register of kerawanan of this post, read from its rows into the mission's words."""

from collections.abc import Iterable
from decimal import Decimal
from typing import cast

from kawal.ledger.event import Eid
from kawal.risk.classes import RiskClass
from kawal.risk.closeness import Closeness as Close
from kawal.risk.closeness import Step
from kawal.risk.live import Incident, Level
from kawal.risk.patterns import Pattern
from kawal.risk.register import USUAL_CUTS, Confidentiality, Cut, Entry, Instrument, PlaceKind, Value
from kawal.risk.sites import Priority, SiteKind, Strategic
from kawal.risk.weights import USUAL, Weights
from kawal_server.store.risk_rows import (
    Closeness,
    ForcePattern,
    IncidentLine,
    RiskCut,
    RiskEntry,
    RiskWeight,
    StrategicSite,
)


def entry_of(row: RiskEntry) -> Entry:
    """One entry; its id sorts as the rows came in."""
    return Entry(
        entry_id(row.pk),
        row.place,
        cast("Instrument", row.instrument),
        row.stage,
        row.on,
        row.source,
        _value(row),
        cast("Confidentiality", row.confidentiality),
        entry_id(row.replaces) if row.replaces else "",
    )


def entry_id(pk: int) -> str:
    """A row's id as the register writes it."""
    return f"{pk:012d}"


def by_place(rows: Iterable[RiskEntry]) -> dict[str, list[Entry]]:
    """Entries by their place."""
    found: dict[str, list[Entry]] = {}
    for row in rows:
        found.setdefault(row.place, []).append(entry_of(row))
    return found


def _value(row: RiskEntry) -> Value:
    match row.kind:
        case "class":
            return cast("RiskClass", row.value)
        case "score":
            return Decimal(str(row.value))
        case "indicators":
            return frozenset(str(one) for one in row.value)
    return None


def the_weights() -> Weights:
    """The weights that count now."""
    row = RiskWeight.objects.last()
    return Weights(row.instruments, row.variables) if row is not None else USUAL


def the_cuts() -> tuple[Cut, ...]:
    """The cut-offs seen in a source, then those that were entered here."""
    given = (
        Cut(cast("Instrument", one.instrument), cast("PlaceKind", one.kind), one.prone_from, one.high_from, one.source)
        for one in RiskCut.objects.all()
    )
    return (*USUAL_CUTS, *given)


def the_patterns() -> tuple[Pattern, ...]:
    """All patterns, as they were entered."""
    return tuple(
        Pattern(cast("RiskClass", one.risk), one.polri, one.stations, one.linmas, one.source, one.area)
        for one in ForcePattern.objects.all()
    )


def the_closeness() -> tuple[Close, ...]:
    """All that was said of how close races are."""
    return tuple(Close(one.race, cast("Step", one.step), one.source, one.on) for one in Closeness.objects.all())


def the_incidents() -> tuple[Incident, ...]:
    """The incidents that the log tells."""
    return tuple(
        Incident(Eid(one.eid), cast("Level", one.level), one.kind, one.about, one.area, one.opened_at, one.closed_at)
        for one in IncidentLine.objects.all()
    )


def strategic_of(rows: Iterable[StrategicSite]) -> tuple[Strategic, ...]:
    """The strategic sites as they stand: of each the last row, without those dropped."""
    newest = {one.site: one for one in rows}
    return tuple(
        Strategic(
            one.site,
            cast("SiteKind", one.kind),
            one.name,
            one.area,
            cast("Priority", one.priority),
            one.reason,
            one.lat_e6,
            one.lon_e6,
        )
        for one in newest.values()
        if not one.is_dropped
    )

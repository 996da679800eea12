"""Every kecamatan as it stands: its class, what moves it now, and why, as far as the officer may read it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from kawal.risk.classes import gravity
from kawal.risk.closeness import added_to
from kawal.risk.live import Incident, Shifted, shift
from kawal.risk.register import Entry
from kawal.risk.score import Contribution, assess
from kawal.risk.weights import Weights
from kawal_server import clock
from kawal_server.accounts.access import AuthenticatedRequest, may
from kawal_server.actions.area_of_post import areas_of, places_in
from kawal_server.actions.reach_risk import area_of, reach_of, readable
from kawal_server.command_post.kerawanan.words import (
    INSTRUMENT_NAMES,
    SECRECY_NAMES,
    level_name,
    stage_words,
    value_words,
)
from kawal_server.command_post.places import region_name, unit_name
from kawal_server.command_post.templatetags.kawal import language
from kawal_server.command_post.templatetags.kerawanan import class_name
from kawal_server.store.models import Operation
from kawal_server.store.risk_register import by_place, the_closeness, the_cuts, the_incidents, the_weights


@dataclass(frozen=True, slots=True)
class Said:
    """One entry as it is read. is_hidden: what it says is intelligence that this officer does not read."""

    entry: Entry
    instrument: str
    stage: str
    value: str
    secrecy: str
    is_hidden: bool
    points: int | None = None
    weight: int = 0
    why: str = ""


@dataclass(frozen=True, slots=True)
class Moved:
    """One incident that moves a place."""

    incident: Incident
    level: str
    about: str
    points: int


@dataclass(frozen=True, slots=True)
class PlaceNow:
    """One place on the page."""

    place: str
    name: str
    shifted: Shifted
    said: Sequence[Said]
    older: Sequence[Said]
    moved: Sequence[Moved]
    around: Sequence[tuple[str, str]]

    @property
    def class_now(self) -> str:
        """The class with what is happening, in words."""
        return class_name(self.shifted.risk)

    @property
    def class_before(self) -> str:
        """The class without it, in words."""
        return class_name(self.shifted.base.risk)


def districts_of(officer: object) -> list[str]:
    """The kecamatan of the operation that an officer's unit reaches, by code."""
    operation = Operation.objects.first()
    if operation is None:
        return []
    within = reach_of(officer)
    return [one.code for one in places_in(areas_of(operation)).districts if within(one.code)]


def board(request: AuthenticatedRequest, *, weights: Weights | None = None) -> list[PlaceNow]:
    """Every kecamatan: those that an incident moves first, then the gravest. weights: others than those that count."""
    places = places_now(request, districts_of(request.user), weights=weights)
    return sorted(
        places,
        key=lambda one: (
            not one.shifted.is_shifted,
            *(-part for part in gravity(one.shifted.risk)),
            -(one.shifted.points or 0),
        ),
    )


def places_now(
    request: AuthenticatedRequest, places: Iterable[str], *, weights: Weights | None = None
) -> list[PlaceNow]:
    """Some places as they stand now."""
    said = by_place(readable(request.user))
    cuts, close, incidents = the_cuts(), the_closeness(), the_incidents()
    used = weights or the_weights()
    reads_intel = may(request.user, "see-station-classes")
    now = clock.now()
    found = []
    for place in places:
        area = area_of(place)
        base = assess(place, said.get(place, ()), cuts=cuts, weights=used, added=added_to(area, close))
        shifted = shift(base, incidents, now, area=area)
        found.append(
            PlaceNow(
                place,
                name_of_place(place),
                shifted,
                [_counted(one, reads_intel=reads_intel) for one in base.contributions],
                [_said(one, reads_intel=reads_intel) for one in base.superseded],
                [
                    Moved(one.incident, level_name(one.incident.level), unit_name(one.incident.about), one.points)
                    for one in shifted.shifts
                ],
                [
                    (region_name(wide), class_name(assess(wide, said[wide], cuts=cuts, weights=used).risk))
                    for wide in (area[:4], area[:2])
                    if wide in said and wide != place
                ],
            )
        )
    return found


def name_of_place(place: str) -> str:
    """A place as people say it."""
    if len(place) == 13 and place.isdigit():
        return f"TPS {place[-3:]} {region_name(place[:10])}"
    return region_name(place) if place.isdigit() else unit_name(place)


def _counted(one: Contribution, *, reads_intel: bool) -> Said:
    why = one.why_en if language() == "en" else one.why_id
    return _said(one.entry, reads_intel=reads_intel, points=one.points, weight=one.weight, why=why)


def _said(entry: Entry, *, reads_intel: bool, points: int | None = None, weight: int = 0, why: str = "") -> Said:
    is_hidden = entry.confidentiality == "intel" and not reads_intel
    return Said(
        entry,
        _(INSTRUMENT_NAMES[entry.instrument]),
        stage_words(entry),
        _("tidak ditampilkan") if is_hidden else value_words(entry.value),
        _(SECRECY_NAMES[entry.confidentiality]),
        is_hidden,
        None if is_hidden else points,
        weight,
        why,
    )

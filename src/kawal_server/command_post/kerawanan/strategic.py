"""The strategic sites of the page: those somebody entered, and the registered places until somebody does."""

from collections.abc import Sequence

from kawal.risk.classes import RiskClass
from kawal.risk.sites import SITE_KINDS, SiteKind, Strategic, in_order, usual
from kawal.risk.strength import required_strength
from kawal_server.accounts.access import within_reach
from kawal_server.actions.reach_risk import reach_of
from kawal_server.command_post.places import unit_name
from kawal_server.command_post.templatetags.kawal import language
from kawal_server.store.models import SiteLine, StrategicSite
from kawal_server.store.risk_register import strategic_of

_STANDING_KINDS = ("warehouse", "kpu", "bawaslu", "ppk", "pleno")


def sites_of(officer: object, risk_of: dict[str, RiskClass | None]) -> Sequence[Strategic]:
    """The strategic sites that an officer's unit reaches, in order. risk_of: kecamatan -> class now."""
    rows = list(within_reach(officer, "see-risk", StrategicSite.objects.all()))
    entered = {row.site for row in rows}
    return in_order([*strategic_of(rows), *(one for one in _registered(officer) if one.site not in entered)], risk_of)


def _registered(officer: object) -> list[Strategic]:
    """Places of the register that are strategic by their kind, with the priority that kind usually has."""
    within = reach_of(officer)
    lines = SiteLine.objects.filter(kind__in=_STANDING_KINDS).order_by("site")
    return [_of_line(line) for line in lines if within(line.area)]


def _of_line(line: SiteLine) -> Strategic:
    priority, indonesian, english = usual(line.kind)
    kind: SiteKind = next((one for one in SITE_KINDS if one == line.kind), "other")
    reason = english if language() == "en" else indonesian
    return Strategic(line.site, kind, unit_name(line.site), line.area, priority, reason, line.lat_e6, line.lon_e6)


def strengths(site: Strategic, risk: RiskClass | None) -> tuple[int, int]:
    """The least strength inside and outside of a site."""
    return required_strength(risk, "1", site.priority), required_strength(risk, "2", site.priority)

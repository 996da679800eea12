"""The force calculator, with its patterns; and the strategic sites."""

from collections.abc import Mapping

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kawal.election.lists.problems import RowRefused
from kawal.risk.classes import CLASSES, UNKNOWN
from kawal.risk.force import NoPattern
from kawal.risk.patterns import BadPattern
from kawal.risk.sites import PRIORITIES, BadSite, patrol_weight
from kawal_server import clock
from kawal_server.accounts.access import AuthenticatedRequest, may, who_may
from kawal_server.actions.calculate_force import Reckoned, calculate_force, stations_by_class
from kawal_server.actions.keep_risk import keep_pattern, keep_site
from kawal_server.actions.reach_risk import unit_finder
from kawal_server.command_post.evidence import zone_of_post
from kawal_server.command_post.kerawanan.asked import (
    USUAL_SHARE,
    BadNumber,
    read_counts,
    read_pattern_form,
    read_share,
    read_site,
    text,
    whole,
)
from kawal_server.command_post.kerawanan.board import board, districts_of
from kawal_server.command_post.kerawanan.strategic import sites_of, strengths
from kawal_server.command_post.kerawanan.tabs import page
from kawal_server.command_post.kerawanan.words import SITE_NAMES, choices, class_choices
from kawal_server.command_post.places import region_name
from kawal_server.command_post.templatetags.kawal import language, said
from kawal_server.command_post.templatetags.kerawanan import class_name
from kawal_server.command_post.times import written_time
from kawal_server.store.models import ForcePattern, StrategicSite
from kawal_server.store.units import the_units

DAY_S, NEED_DAYS = 86_400, 7


@require_safe
@who_may("see-risk")
def force(request: AuthenticatedRequest) -> HttpResponse:
    """The calculator: what is typed in, reckoned in the open. Nothing of it is kept."""
    return _force(request)


@require_POST
@who_may("change-risk")
def pattern(request: AuthenticatedRequest) -> HttpResponse:
    """Keep a pattern of named numbers."""
    try:
        keep_pattern(request.user, read_pattern_form(request.POST))
    except (BadPattern, BadNumber) as error:
        return _force(request, wrong=str(error), status=400)
    return HttpResponseRedirect(reverse("kerawanan-kekuatan"))


def _force(request: AuthenticatedRequest, *, wrong: str = "", status: int = 200) -> HttpResponse:
    reckoned: Reckoned | None = None
    asked = request.GET
    if not wrong and "hitung" in asked:
        try:
            reckoned = calculate_force(
                request.user,
                _counts(request),
                strength=whole(asked, "kekuatan"),
                share=read_share(asked),
                lent=whole(asked, "bko"),
            )
        except (NoPattern, BadNumber) as error:
            wrong, status = str(error), 400
    around = {
        "wrong": said(wrong),
        "reckoned": reckoned,
        "lines": [(region_name(one.area), one.says(language())) for one in reckoned.need.lines] if reckoned else [],
        "draft": reckoned.balance.draft(language()) if reckoned else "",
        "bko": _need(request, reckoned),
        "fields": [(f"tps-{one}", class_name(one), asked.get(f"tps-{one}", "")) for one in (*CLASSES, UNKNOWN)],
        "asked": asked,
        "share": asked.get("bagian") or USUAL_SHARE,
        "areas": [(code, region_name(code)) for code in districts_of(request.user)],
        "patterns": _patterns(),
        "classes": class_choices(),
        "sees_stations": may(request.user, "see-station-classes"),
        "may_change": may(request.user, "change-risk"),
        "form": request.POST,
        "zone": zone_of_post(),
    }
    return page(request, "kekuatan", around, status=status)


def _patterns() -> list[tuple[str, str, ForcePattern]]:
    return [
        (class_name(one.risk), region_name(one.area) if one.area else "", one)
        for one in ForcePattern.objects.order_by("-id")
    ]


def _counts(request: AuthenticatedRequest) -> Mapping[str, Mapping[str, int]]:
    """Stations as typed in, or as assessed: the latter only for those who may see the classes of TPS."""
    if request.GET.get("hitung") == "penilaian" and may(request.user, "see-station-classes"):
        area = text(request.GET, "wilayah")
        return {code: counts for code, counts in stations_by_class(request.user).items() if code.startswith(area)}
    return {text(request.GET, "wilayah"): read_counts(request.GET)}


def _need(request: AuthenticatedRequest, reckoned: Reckoned | None) -> Mapping[str, str]:
    """The form that keeps a shortage as a need for BKO; empty where nobody is missing or may be asked for."""
    if reckoned is None or not reckoned.balance.short:
        return {}
    area, now, zone = text(request.GET, "wilayah"), clock.now(), zone_of_post()
    unit = unit_finder()(area) if area else request.user.unit or _polres()
    if unit not in the_units().by_name or not may(request.user, "ask-bko", unit=unit):
        return {}
    return {
        "unit": unit,
        "area": area,
        "starts": written_time(now, zone),
        "ends": written_time(now + NEED_DAYS * DAY_S, zone),
        "reason": reckoned.balance.draft(language()),
    }


def _polres() -> str:
    """The unit that a shortage of the whole operation is asked for."""
    return next((name for name, one in sorted(the_units().by_name.items()) if one.kind == "polres"), "")


@require_http_methods(["GET", "HEAD", "POST"])
@who_may("see-risk")
def sites(request: AuthenticatedRequest) -> HttpResponse:
    """The strategic sites by priority; kept or dropped by those who may change the register."""
    if request.method != "POST":
        return _sites(request)
    try:
        keep_site(request.user, read_site(request.POST), is_dropped=request.POST.get("aksi") == "lepas")
    except (BadSite, BadNumber, RowRefused) as error:
        return _sites(request, wrong=str(error), status=400)
    return HttpResponseRedirect(reverse("kerawanan-titik"))


def _sites(request: AuthenticatedRequest, *, wrong: str = "", status: int = 200) -> HttpResponse:
    risks = {one.place: one.shifted.risk for one in board(request)}
    last = {row.site: row for row in StrategicSite.objects.all()}
    rows = [
        {
            "site": one,
            "kind": dict(choices(SITE_NAMES))[one.kind],
            "risk": risks.get(one.area[:6]),
            "weight": patrol_weight(risks.get(one.area[:6]), one.priority),
            "strengths": strengths(one, risks.get(one.area[:6])),
            "last": last.get(one.site),
        }
        for one in sites_of(request.user, risks)
    ]
    around = {
        "wrong": said(wrong),
        "rows": rows,
        "kinds": choices(SITE_NAMES),
        "priorities": PRIORITIES,
        "areas": [(code, region_name(code)) for code in districts_of(request.user)],
        "may_change": may(request.user, "change-risk"),
        "form": request.POST,
        "zone": zone_of_post(),
    }
    return page(request, "titik", around, status=status)

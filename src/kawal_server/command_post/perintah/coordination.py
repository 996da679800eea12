"""The coordination log: messages and communication checks, and which unit was last reached when."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from kawal.command.units import Unit
from kawal_server import clock
from kawal_server.accounts.access import AuthenticatedRequest, may, who_may
from kawal_server.actions.admin_chain import NotTaken
from kawal_server.actions.log_coordination import CHECKS, LineRefused, log_check, log_message
from kawal_server.actions.sign_command import CannotSign, NamesSomebody
from kawal_server.command_post.evidence import zone_of_post
from kawal_server.command_post.operasi.guard import refuse_demo
from kawal_server.command_post.perintah.views import may_sign
from kawal_server.command_post.templatetags.kawal import said
from kawal_server.store.models import CommandLogLine
from kawal_server.store.units import the_jurisdiction, the_units

ROWS = 100
CHECK_S = 12 * 3_600
KINDS = ("message", "check", "call", "activity")
_LOOKS = {"jelas": "aman", "putus-putus": "perhatian", "tidak terjawab": "bahaya"}


@dataclass(frozen=True)
class Reached:
    """The last communication check of a unit; at None: there was none."""

    unit: str
    name: str
    result: str
    at: int | None
    look: str


@require_http_methods(["GET", "HEAD", "POST"])
@who_may("see-orders")
def show(request: AuthenticatedRequest) -> HttpResponse:
    """The log; a POST writes a line into it."""
    if request.method != "POST":
        return _page(request)
    if not may(request.user, "log-coordination"):
        return _page(request, wrong=_NOT_YOURS, status=403)
    refuse_demo()
    try:
        _log(request)
    except (LineRefused, NamesSomebody) as refused:
        return _page(request, wrong=str(refused), status=400)
    except (CannotSign, NotTaken) as refused:
        return _page(request, wrong=str(refused), status=409)
    return HttpResponseRedirect(reverse("koordinasi"))


_NOT_YOURS = "Jabatan Anda tidak menulis log koordinasi. / Your office does not write the coordination log."


def _log(request: AuthenticatedRequest) -> None:
    form = request.POST
    unit = form.get("satuan", "")
    about = unit if unit in the_units().by_name else ""
    if about and not may(request.user, "log-coordination", unit=about):
        raise PermissionDenied("log-coordination")
    if form.get("jenis") == "cek":
        log_check(about, form.get("hasil", ""), form.get("pesan", ""), at=clock.now())
    else:
        log_message(form.get("pesan", ""), at=clock.now(), about=about)


def lines_within(officer: object) -> QuerySet[CommandLogLine]:
    """The lines within an officer's reach: general ones, and those about or by their units and places."""
    rows = CommandLogLine.objects.all()
    unit = getattr(officer, "unit", "")
    if not unit:
        return rows
    units, jurisdiction = the_units(), the_jurisdiction()
    below = units.below(unit)
    reached = Q(about="") | Q(about__in=below) | Q(unit__in=below)
    for name in below:
        found = units.by_name.get(name)
        codes = jurisdiction.districts(name) or ((found.area,) if found is not None and len(found.area) >= 6 else ())
        for code in codes:
            reached |= Q(about__startswith=code)
    return rows.filter(reached)


def _page(request: AuthenticatedRequest, *, wrong: str = "", status: int = 200) -> HttpResponse:
    kind = request.GET.get("jenis", "")
    lines = lines_within(request.user)
    reached = _reached(request)
    around = {
        "lines": lines.filter(kind=kind)[:ROWS] if kind in KINDS else lines[:ROWS],
        "kind": kind if kind in KINDS else "",
        "kinds": KINDS,
        "reached": reached,
        "unreached": sum(one.look != "aman" for one in reached),
        "checks": CHECKS,
        "typed": request.POST,
        "may_log": may_sign() and may(request.user, "log-coordination"),
        "may_see_contacts": may(request.user, "see-contacts"),
        "wrong": said(wrong),
        "zone": zone_of_post(),
    }
    return render(request, "perintah/coordination.html", around, status=status)


def _reached(request: AuthenticatedRequest) -> list[Reached]:
    """Each police unit within reach with its last check: those not reached first, then the longest ago."""
    now, last = clock.now(), {}
    for line in CommandLogLine.objects.filter(kind="check").order_by("at", "eid"):
        last[line.about] = line
    units = the_units()
    own = units.below(request.user.unit) if request.user.unit else tuple(sorted(units.by_name))
    made = [
        _last(units.by_name[name], last.get(name), now)
        for name in own
        if name in units.by_name and units.by_name[name].agency == "polri"
    ]
    grave = ("bahaya", "tidak diketahui", "perhatian", "aman")
    return sorted(made, key=lambda one: (grave.index(one.look), one.at or 0, one.unit))


def _last(unit: Unit, line: CommandLogLine | None, now: int) -> Reached:
    if line is None:
        return Reached(unit.unit, unit.name, "", None, "tidak diketahui")
    result = line.note.partition(":")[0].strip()
    look = _LOOKS.get(result, "tidak diketahui")
    # A check of yesterday says nothing of now.
    return Reached(
        unit.unit, unit.name, result, line.at, "tidak diketahui" if look == "aman" and now - line.at > CHECK_S else look
    )

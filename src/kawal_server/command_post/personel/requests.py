"""What waits for signatures: requests that an agency proposes, and proposals that another one confirms."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from kawal.ledger.enrolling import Ruling, may_propose, may_stand
from kawal_server import clock
from kawal_server.accounts.access import AuthenticatedRequest, may, who_may, within_reach
from kawal_server.accounts.models import Officer
from kawal_server.actions.admin_chain import Agency, admin_path
from kawal_server.actions.devices_now import Waiting, standings, waiting
from kawal_server.actions.enrol_devices import (
    Refusals,
    confirm_enrolments,
    propose_enrolments,
    refuse_request,
    settle_requests,
)
from kawal_server.actions.signing_officer import NotAnAgency, agency_of
from kawal_server.command_post.evidence import zone_of_post
from kawal_server.command_post.kinds import role_name
from kawal_server.command_post.operasi.guard import refuse_demo
from kawal_server.command_post.people import known_names
from kawal_server.command_post.personel.address import BROKEN, REFUSED, told
from kawal_server.command_post.personel.shown import own_requests
from kawal_server.command_post.templatetags.kawal import said
from kawal_server.store.models import DeviceRequest, UnitRow

SHOWN = 200


@dataclass(frozen=True)
class Line:
    """One phone that waits. reason: why this officer cannot sign it; others: how many devices the person has."""

    key: str
    who: str
    name: str
    role: str
    unit: str
    agency: str
    exp: int
    at: int | None
    reason: str
    others: int
    is_unit_known: bool
    first: str = ""


@require_safe
@who_may("request-device")
def show(request: AuthenticatedRequest) -> HttpResponse:
    """Both lists."""
    return _page(request)


@require_POST
@who_may("sign-enrolment")
def propose(request: AuthenticatedRequest) -> HttpResponse:
    """Sign the ticked requests as the first agency; or refuse them, with a reason."""
    refuse_demo()
    chosen = [int(one) for one in request.POST.getlist("pilih") if one.isascii() and one.isdigit() and len(one) < 16]
    rows = list(within_reach(request.user, "sign-enrolment", DeviceRequest.objects.filter(pk__in=chosen)))
    if request.POST.get("aksi") == "tolak":
        for row in rows:
            refuse_request(request.user, row, request.POST.get("alasan", ""))
        return _back()
    return _signed(request, lambda at: propose_enrolments(request.user, rows, at=at))


@require_POST
@who_may("sign-enrolment")
def confirm(request: AuthenticatedRequest) -> HttpResponse:
    """Sign the ticked proposals of another agency."""
    refuse_demo()
    kids = request.POST.getlist("pilih")
    return _signed(request, lambda at: confirm_enrolments(request.user, kids, at=at))


def _signed(request: AuthenticatedRequest, sign: Callable[[int], tuple[int, Refusals]]) -> HttpResponse:
    try:
        _count, refused = sign(clock.now())
    except REFUSED as error:
        return _page(request, wrong=str(error), status=409)
    except BROKEN as error:
        return _page(request, wrong=str(error), status=503)
    return _page(request, refused=refused, status=409) if refused else _back()


def _back() -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("personel-pendaftaran"))


def _page(
    request: AuthenticatedRequest, *, wrong: str = "", refused: Sequence[tuple[str, str]] = (), status: int = 200
) -> HttpResponse:
    settle_requests(at=clock.now())
    all_asked = own_requests(request.user, DeviceRequest.objects.filter(state="asked"))
    asked = list(within_reach(request.user, "request-device", all_asked)[:SHOWN])
    agency = _agency(request.user)
    many = waiting()
    pending = list({one.kid: one for one in many if one.enrol is not None}.values())[:SHOWN]
    whos = [*(row.who for row in asked), *(one.enrol.who for one in pending if one.enrol is not None)]
    lines = _Lines(agency, known_names(request.user, whos, what="pendaftaran"))
    around = {
        "asked": [lines.asked(row) for row in asked],
        "waiting": [lines.waiting(one) for one in pending],
        "revocations": list({one.kid: one for one in many if one.revoke is not None}.values()),
        "agency": agency,
        "has_key": agency is not None and admin_path(agency).is_file(),
        "may_sign": may(request.user, "sign-enrolment"),
        "wrong": said(wrong),
        "refused": [said(line) for line in told(list(refused))],
        "zone": zone_of_post(),
    }
    return render(request, "personel/requests.html", around, status=status)


def _agency(officer: Officer) -> Agency | None:
    try:
        return agency_of(officer)
    except NotAnAgency:
        return None


class _Lines:
    """Rows of both lists, with what an officer should know before signing: ghosts have odd units, or many phones."""

    def __init__(self, agency: Agency | None, names: Mapping[str, str]) -> None:
        self._agency = agency or ""
        self._names = names
        self._units = set(UnitRow.objects.values_list("unit", flat=True))
        self._held = Counter(one.enrol.who for one in standings(clock.now()).values() if one.signers)

    def asked(self, row: DeviceRequest) -> Line:
        """A request that nobody has signed."""
        ruling = may_propose(self._agency, row.agency, row.role)
        place = (row.role, row.unit, row.agency, row.exp)
        return self._line(str(row.pk), row.who, place, row.asked_at, ruling)

    def waiting(self, one: Waiting) -> Line:
        """A proposal that waits for its second signature."""
        enrol = one.enrol
        assert enrol is not None
        ruling = may_stand(enrol, one.first, self._agency)
        place = (enrol.role, enrol.unit, enrol.agency, enrol.exp)
        return self._line(one.kid, enrol.who, place, one.event.ts, ruling, first=one.first)

    def _line(
        self, key: str, who: str, place: tuple[str, str, str, int], at: int, ruling: Ruling, *, first: str = ""
    ) -> Line:
        role, unit, agency, exp = place
        is_known = not self._units or unit in self._units
        reason, held = said(ruling.reason), self._held[who]
        return Line(
            key, who, self._names.get(who, ""), role_name(role), unit, agency, exp, at, reason, held, is_known, first
        )

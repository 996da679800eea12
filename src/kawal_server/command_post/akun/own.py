"""One's own account: password, second factors, sessions; and the colleagues who wait for one's word."""

from dataclasses import dataclass
from hashlib import sha256

from django.contrib.auth import logout, update_session_auth_hash
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kawal_server.accounts.access import AuthenticatedRequest, agency_of, freshly, is_powerful, who_may
from kawal_server.accounts.doors import KEY, is_over, shut_all
from kawal_server.accounts.events import note_event
from kawal_server.accounts.factors import factors_of, has_factor, is_waived
from kawal_server.accounts.models import DoorRow, FactorRow, Officer, RecoveryRow
from kawal_server.accounts.reads import note_read
from kawal_server.accounts.recovery import codes_left
from kawal_server.actions.officers import OfficerRefused, awaiting, choose_password, confirm
from kawal_server.command_post.akun.enrolment import show_codes
from kawal_server.command_post.akun.words import agency_name, office_name
from kawal_server.command_post.evidence import zone_of_post
from kawal_server.command_post.templatetags.kawal import said


@dataclass(frozen=True)
class Session:
    """One of the officer's sessions. mark: names it on the page without telling its key."""

    row: DoorRow
    mark: str
    is_this: bool


@require_safe
@who_may("own-account")
def own_account(request: AuthenticatedRequest) -> HttpResponse:
    """What belongs to this account."""
    return _page(request)


@require_POST
@who_may("own-account")
@freshly
def change_password(request: AuthenticatedRequest) -> HttpResponse:
    """Choose another password; sessions elsewhere end."""
    new, again = request.POST.get("baru", ""), request.POST.get("ulang", "")
    if not request.user.check_password(request.POST.get("lama", "")):
        return _page(request, _("Kata sandi sekarang tidak cocok."))
    if new != again:
        return _page(request, _("Kedua kata sandi baru tidak sama."))
    try:
        choose_password(request.user, new, but=request.session[KEY])
    except OfficerRefused as refused:
        return _page(request, said(str(refused)))
    update_session_auth_hash(request, request.user)
    return redirect("akun")


@require_POST
@who_may("own-account")
@freshly
def remove_factor(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Take one second factor away; a powerful office keeps at least one."""
    rows = factors_of(request.user)
    row = next((one for one in rows if one.pk == pk), None)
    if row is None:
        raise Http404
    if len(rows) == 1 and is_powerful(request.user.office) and not is_waived():
        return _page(request, _("Jabatan ini wajib punya faktor kedua. Tambah yang baru dulu."))
    FactorRow.objects.filter(pk=row.pk).delete()
    if len(rows) == 1:
        RecoveryRow.objects.filter(officer=request.user).delete()
    note_event("factor-removed", request.user, by=request.user, note=row.kind)
    return redirect("akun")


@require_POST
@who_may("own-account")
@freshly
def make_codes(request: AuthenticatedRequest) -> HttpResponse:
    """Make ten new codes on paper; the old ones count no more."""
    if not has_factor(request.user):
        return _page(request, _("Tambah faktor kedua dulu; kode cadangan menggantikannya bila hilang."))
    return show_codes(request, reverse("akun"))


@require_POST
@who_may("own-account")
def end_session(request: AuthenticatedRequest, mark: str) -> HttpResponse:
    """End one of one's own sessions."""
    row = next((one.row for one in _sessions(request) if one.mark == mark), None)
    if row is None:
        raise Http404
    row.delete()
    note_event("sessions-ended", request.user, by=request.user, note="1")
    return redirect("akun")


@require_POST
@who_may("own-account")
def end_everywhere(request: AuthenticatedRequest) -> HttpResponse:
    """End all one's own sessions, this one too."""
    count = shut_all(request.user)
    note_event("sessions-ended", request.user, by=request.user, note=str(count))
    logout(request)
    return redirect("masuk")


@require_POST
@who_may("confirm-account")
@freshly
def confirm_colleague(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Say that this person holds this office in one's own agency."""
    officer = Officer.objects.filter(pk=pk).first()
    if officer is None:
        raise Http404
    try:
        confirm(officer, by=request.user)
    except OfficerRefused as refused:
        return _page(request, said(str(refused)))
    return HttpResponseRedirect(reverse("akun"))


def _sessions(request: AuthenticatedRequest) -> list[Session]:
    here = request.session[KEY]
    rows = [row for row in DoorRow.objects.filter(officer=request.user) if not is_over(row, request.user)]
    return [Session(row, sha256(row.key.encode()).hexdigest()[:16], row.key == here) for row in rows]


def _page(request: AuthenticatedRequest, problem: str = "") -> HttpResponse:
    officer = request.user
    colleagues = awaiting(officer)
    if colleagues:
        ids = " ".join(str(one.pk) for one in colleagues)
        note_read(officer, "accounts", len(colleagues), about=ids, action="confirm-account")
    around = {
        "problem": problem,
        "office": office_name(officer.office),
        "agency": agency_name(agency_of(officer)),
        "is_powerful": is_powerful(officer.office),
        "is_waived": is_waived() and is_powerful(officer.office) and not has_factor(officer),
        "factors": factors_of(officer),
        "codes_left": codes_left(officer),
        "sessions": _sessions(request),
        "awaiting": [(one, office_name(one.office)) for one in colleagues],
        "zone": zone_of_post(),
    }
    return render(request, "akun/own.html", around, status=400 if problem else 200)

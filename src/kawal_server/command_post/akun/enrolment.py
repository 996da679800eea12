"""Enrolling a second factor: at the first sign-in of a powerful office, and later for oneself."""

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kawal_server.accounts.access import AuthenticatedRequest, fresh, who_waits
from kawal_server.accounts.doors import prove
from kawal_server.accounts.events import note_event
from kawal_server.accounts.factors import MOST, NAME_LIMIT, factors_of, has_factor
from kawal_server.accounts.known import remember_browser
from kawal_server.accounts.models import FactorRow
from kawal_server.accounts.passkeys import add_key, ask_for_new
from kawal_server.accounts.passkeys import host_of as host_of_keys
from kawal_server.accounts.recovery import codes_left, new_codes
from kawal_server.accounts.sealing import CannotUnseal
from kawal_server.accounts.totp import add_app, new_secret, typed_of, uri_of
from kawal_server.command_post.kotak.label import qr_code
from kawal_server.command_post.sign_in.way_back import asked_way

SECRET, STATE = "aplikasi-baru", "kunci-baru"


@require_http_methods(["GET", "HEAD", "POST"])
@who_waits
def new_factor(request: AuthenticatedRequest) -> HttpResponse:
    """Show what an app or a key needs, and keep it once it answers rightly."""
    turned = _turned_away(request)
    if turned is not None:
        return turned
    if request.method != "POST":
        return _form(request)
    if len(factors_of(request.user)) >= MOST:
        return _form(request, _("Terlalu banyak faktor. Hapus yang tidak dipakai dulu."))
    made = _add(request)
    if made is None:
        return _form(request, _("Tidak cocok. Periksa jam ponsel, lalu ketik kode yang sedang tampil."))
    note_event("factor-added", request.user, by=request.user, note=made.kind)
    return _done(request)


def _turned_away(request: AuthenticatedRequest) -> HttpResponseRedirect | None:
    """A password alone may enrol the first factor, never one beside another."""
    if request.user.is_pending:
        return redirect("faktor") if has_factor(request.user) else None
    if fresh(request):
        return None
    return HttpResponseRedirect(f"{reverse('akun-pastikan')}?next={reverse('akun-faktor-baru')}")


def _add(request: AuthenticatedRequest) -> FactorRow | None:
    name = " ".join(request.POST.get("nama", "").replace("\0", "").split())[:NAME_LIMIT]
    answer = request.POST.get("kunci", "")
    if answer:
        state = request.session.pop(STATE, None)
        return add_key(request, request.user, state, answer, name or _("Kunci")) if state is not None else None
    sealed = str(request.session.get(SECRET, "")).encode()
    try:
        made = add_app(request.user, sealed, request.POST.get("kode", "")[:20], name or _("Aplikasi"))
    except CannotUnseal:
        return None
    if made is not None:
        del request.session[SECRET]
    return made


def _form(request: AuthenticatedRequest, problem: str = "") -> HttpResponse:
    sealed = str(request.session.get(SECRET, "")).encode() or new_secret()
    request.session[SECRET] = sealed.decode()
    options = ""
    if host_of_keys(request):
        asked = ask_for_new(request, request.user)
        request.session[STATE], options = asked.state, asked.options
    around = {
        "problem": problem,
        "next": asked_way(request),
        "qr": qr_code(uri_of(sealed, request.user.username)),
        "typed": typed_of(sealed),
        "options": options,
        "limit": NAME_LIMIT,
        "is_first": request.user.is_pending,
    }
    return render(request, "akun/new_factor.html", around, status=403 if problem else 200)


def _done(request: AuthenticatedRequest) -> HttpResponse:
    was_pending = request.user.is_pending
    prove(request, request.user)
    goal = asked_way(request) if was_pending else reverse("akun")
    if codes_left(request.user):
        answer: HttpResponse = HttpResponseRedirect(goal)
    else:
        answer = show_codes(request, goal)
    remember_browser(request, answer, request.user)
    return answer


def show_codes(request: AuthenticatedRequest, goal: str) -> HttpResponse:
    """Make ten codes and show them, this once."""
    codes = new_codes(request.user)
    note_event("codes-made", request.user, by=request.user)
    return render(request, "akun/codes.html", {"codes": codes, "next": goal})

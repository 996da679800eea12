"""The door: the one page a stranger may read, the way out, and the reader's language."""

from typing import cast

from django.conf import settings
from django.contrib.auth import authenticate, login, logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from kawal_server.accounts.languages import COOKIE
from kawal_server.accounts.models import Officer
from kawal_server.command_post.sign_in.guesses import Guesses

YEAR_S = 365 * 24 * 3600
# One account from one address; and one address trying its way through the accounts.
ACCOUNT_GUESSES = Guesses(free=4, longest_s=60)
ADDRESS_GUESSES = Guesses(free=30, longest_s=10)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Let an officer in, or say what to do."""
    goal = _safe(request, request.POST.get("next") or request.GET.get("next") or "", otherwise=reverse("komando"))
    if request.user.is_authenticated:
        return redirect(goal)
    problem = _try(request) if request.method == "POST" else ""
    if request.method == "POST" and not problem:
        return _let_in(request, goal)
    page = {"problem": problem, "next": goal, "name": request.POST.get("username", "")[:150]}
    return render(request, "sign_in/sign_in.html", page, status=403 if problem else 200)


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session, here and for its live stream."""
    logout(request)
    return redirect("masuk")


@require_POST
def choose_language(request: HttpRequest) -> HttpResponse:
    """Remember the reader's language in this browser, and with the account."""
    chosen = request.POST.get("bahasa", "")
    back = redirect(_safe(request, request.POST.get("next", ""), otherwise=reverse("masuk")))
    if chosen in dict(settings.LANGUAGES):
        _remember(back, chosen)
        if isinstance(request.user, Officer):
            Officer.objects.filter(pk=request.user.pk).update(language=chosen)
    return back


def _try(request: HttpRequest) -> str:
    """Sign in with what was typed. Gives "", or what is so and what to do."""
    # PostgreSQL takes no text with a NUL, and no account has one.
    name, password = request.POST.get("username", "").replace("\0", ""), request.POST.get("password", "")
    address = request.META.get("REMOTE_ADDR", "")
    pair = f"{name.strip().lower()[:150]} {address}"
    wait = max(ACCOUNT_GUESSES.begin(pair), ADDRESS_GUESSES.begin(address))
    if wait:
        return _("Terlalu banyak percobaan dari sini. Tunggu %(wait)s detik, lalu coba lagi.") % {"wait": wait}
    officer = authenticate(request, username=name.strip(), password=password)
    if officer is None:
        return _("Nama atau kata sandi tidak cocok. Periksa huruf besar dan kecil, lalu coba lagi.")
    ACCOUNT_GUESSES.forget(pair)
    ADDRESS_GUESSES.forget(address)
    login(request, officer)
    return ""


def _let_in(request: HttpRequest, goal: str) -> HttpResponse:
    inside = redirect(goal)
    language = cast("Officer", request.user).language
    if language and COOKIE not in request.COOKIES:
        _remember(inside, language)
    return inside


def _remember(response: HttpResponseRedirect, language: str) -> None:
    response.set_cookie(COOKIE, language, max_age=YEAR_S, samesite="Lax", secure=settings.IS_HTTPS, httponly=True)


def _safe(request: HttpRequest, asked: str, *, otherwise: str) -> str:
    """An address of this post, never of another."""
    is_ours = url_has_allowed_host_and_scheme(asked, {request.get_host()}, require_https=request.is_secure())
    return asked if asked and is_ours else otherwise

"""The door: the one page a stranger may read, the way out, and the reader's language."""

from typing import cast
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth import authenticate, logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from kawal_server.accounts.doors import enter, shut
from kawal_server.accounts.guesses import begin, forget, password_buckets
from kawal_server.accounts.known import known_browser, remember_browser
from kawal_server.accounts.languages import COOKIE
from kawal_server.accounts.models import Officer
from kawal_server.command_post.sign_in.told import tell_of_wait
from kawal_server.command_post.sign_in.way_back import safe_way

YEAR_S = 365 * 24 * 3600


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Let an officer in, or say what to do."""
    goal = safe_way(request, request.POST.get("next") or request.GET.get("next") or "")
    if isinstance(request.user, Officer):
        return redirect(_second(goal) if request.user.is_pending else goal)
    problem = _try(request) if request.method == "POST" else ""
    if request.method == "POST" and not problem:
        return _let_in(request, goal)
    page = {
        "problem": problem,
        "next": goal,
        "name": request.POST.get("username", "")[:150],
        "is_new": request.GET.get("sandi") == "baru",
    }
    return render(request, "sign_in/sign_in.html", page, status=403 if problem else 200)


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session, here and for its live stream."""
    shut(request)
    logout(request)
    return redirect("masuk")


@require_POST
def choose_language(request: HttpRequest) -> HttpResponse:
    """Remember the reader's language in this browser, and with the account."""
    chosen = request.POST.get("bahasa", "")
    back = redirect(safe_way(request, request.POST.get("next", ""), otherwise="masuk"))
    if chosen in dict(settings.LANGUAGES):
        _remember(back, chosen)
        if isinstance(request.user, Officer):
            Officer.objects.filter(pk=request.user.pk).update(language=chosen)
    return back


def _try(request: HttpRequest) -> str:
    """Sign in with what was typed. Gives "", or what is so and what to do."""
    # PostgreSQL takes no text with a NUL, and no account has one.
    name, password = request.POST.get("username", "").replace("\0", ""), request.POST.get("password", "")
    account = name.strip().lower()[:150]
    buckets = password_buckets(account, request.META.get("REMOTE_ADDR", ""), known_browser(request, account))
    verdict = begin(buckets)
    if verdict.wait:
        return _("Terlalu banyak percobaan dari sini. Tunggu %(wait)s detik, lalu coba lagi.") % {"wait": verdict.wait}
    officer = authenticate(request, username=name.strip(), password=password)
    if not isinstance(officer, Officer):
        tell_of_wait(verdict, Officer.objects.filter(username=name.strip()).first())
        return _("Nama atau kata sandi tidak cocok. Periksa huruf besar dan kecil, lalu coba lagi.")
    forget(buckets)
    enter(request, officer)
    return ""


def _let_in(request: HttpRequest, goal: str) -> HttpResponse:
    officer = cast("Officer", request.user)
    inside = redirect(_second(goal) if officer.is_pending else goal)
    if not officer.is_pending:
        remember_browser(request, inside, officer)
    if officer.language and COOKIE not in request.COOKIES:
        _remember(inside, officer.language)
    return inside


def _second(goal: str) -> str:
    return f"{reverse('faktor')}?{urlencode({'next': goal})}"


def _remember(response: HttpResponseRedirect, language: str) -> None:
    response.set_cookie(COOKIE, language, max_age=YEAR_S, samesite="Lax", secure=settings.IS_HTTPS, httponly=True)

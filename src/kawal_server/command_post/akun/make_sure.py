"""Once more before what is dangerous: whoever sits here proves anew to be the officer."""

from django.contrib.auth import authenticate
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kawal_server.accounts.access import AuthenticatedRequest, who_may
from kawal_server.accounts.doors import freshen
from kawal_server.accounts.factors import has_factor
from kawal_server.accounts.guesses import begin, forget, password_buckets
from kawal_server.accounts.known import known_browser
from kawal_server.command_post.sign_in.second import give_factor, what_to_give
from kawal_server.command_post.sign_in.told import tell_of_wait
from kawal_server.command_post.sign_in.way_back import asked_way


@require_http_methods(["GET", "HEAD", "POST"])
@who_may("own-account")
def make_sure(request: AuthenticatedRequest) -> HttpResponse:
    """Ask, and lead back to where the officer was."""
    goal, is_second = asked_way(request), has_factor(request.user)
    problem = ""
    if request.method == "POST":
        problem = give_factor(request, request.user) if is_second else _give_password(request)
        if not problem:
            freshen(request)
            return HttpResponseRedirect(goal)
    asked = what_to_give(request, request.user) if is_second else {}
    around = {"problem": problem, "next": goal, "is_second": is_second, **asked}
    return render(request, "akun/make_sure.html", around, status=403 if problem else 200)


def _give_password(request: AuthenticatedRequest) -> str:
    officer = request.user
    known = known_browser(request, officer.username)
    buckets = password_buckets(officer.username.lower(), request.META.get("REMOTE_ADDR", ""), known)
    verdict = begin(buckets)
    if verdict.wait:
        return _("Terlalu banyak percobaan. Tunggu %(wait)s detik, lalu coba lagi.") % {"wait": verdict.wait}
    password = request.POST.get("password", "")
    if authenticate(request, username=officer.username, password=password) is None:
        tell_of_wait(verdict, officer)
        return _("Kata sandi tidak cocok. Periksa huruf besar dan kecil, lalu coba lagi.")
    forget(buckets)
    return ""

"""The second factor at the door: a code, a passkey or a code on paper; whoever has none yet enrols one first."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kawal_server.accounts.access import AuthenticatedRequest, who_waits
from kawal_server.accounts.doors import prove
from kawal_server.accounts.events import note_event
from kawal_server.accounts.factors import factors_of, has_factor
from kawal_server.accounts.guesses import begin, factor_buckets, forget
from kawal_server.accounts.known import known_browser, remember_browser
from kawal_server.accounts.models import Officer
from kawal_server.accounts.passkeys import ask_for_known, is_key_right
from kawal_server.accounts.recovery import is_paper_code_right
from kawal_server.accounts.totp import is_code_right
from kawal_server.command_post.sign_in.told import tell_of_wait
from kawal_server.command_post.sign_in.way_back import asked_way

STATE = "kunci-ditanya"


@require_http_methods(["GET", "HEAD", "POST"])
@who_waits
def second_factor(request: AuthenticatedRequest) -> HttpResponse:
    """Ask for the second factor; lead whoever has none to its enrolment."""
    goal, officer = asked_way(request), request.user
    if not officer.is_pending:
        return redirect(goal)
    if not has_factor(officer):
        return redirect(f"{reverse('akun-faktor-baru')}?{request.GET.urlencode()}")
    problem = give_factor(request, officer) if request.method == "POST" else ""
    if request.method == "POST" and not problem:
        return let_in(request, officer, goal)
    around = {"problem": problem, "next": goal, **what_to_give(request, officer)}
    return render(request, "sign_in/second.html", around, status=403 if problem else 200)


def let_in(request: HttpRequest, officer: Officer, goal: str) -> HttpResponseRedirect:
    """The session is whole now, and this browser is known for the account."""
    prove(request, officer)
    inside = HttpResponseRedirect(goal)
    remember_browser(request, inside, officer)
    return inside


def what_to_give(request: HttpRequest, officer: Officer) -> dict[str, object]:
    """What the page asks for. A key's question is asked anew on each page, and answered once."""
    asked = ask_for_known(request, officer)
    if asked is not None:
        request.session[STATE] = asked.state
    kinds = {factor.kind for factor in factors_of(officer)}
    return {
        "options": asked.options if asked is not None else "",
        "has_app": "totp" in kinds,
        "has_key_elsewhere": "passkey" in kinds and asked is None,
    }


def give_factor(request: HttpRequest, officer: Officer) -> str:
    """Take what was given. Gives "", or what is so and what to do."""
    buckets = factor_buckets(officer.pk, known_browser(request, officer.username))
    verdict = begin(buckets)
    if verdict.wait:
        return _("Terlalu banyak percobaan. Tunggu %(wait)s detik, lalu coba lagi.") % {"wait": verdict.wait}
    if not _is_right(request, officer):
        tell_of_wait(verdict, officer, what="factor")
        return _("Tidak cocok. Pakai kode yang sedang tampil; setiap kode hanya berlaku sekali.")
    forget(buckets)
    return ""


def _is_right(request: HttpRequest, officer: Officer) -> bool:
    state, answer = request.session.pop(STATE, None), request.POST.get("kunci", "")
    if answer:
        return state is not None and is_key_right(request, officer, state, answer)
    paper = request.POST.get("cadangan", "")[:40]
    if paper:
        is_right = is_paper_code_right(officer, paper)
        if is_right:
            note_event("code-used", officer, by=officer)
        return is_right
    return is_code_right(officer, request.POST.get("kode", "")[:20])

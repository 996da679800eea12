"""The page that proposes how the lent forces at hand are shared out, with its reasons; a POST accepts it."""

from fractions import Fraction

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from kawal_server import clock
from kawal_server.accounts.access import AuthenticatedRequest, may, who_may
from kawal_server.actions.admin_chain import NotTaken
from kawal_server.actions.share_bko import (
    MOST_RESERVE,
    RESERVE,
    Proposal,
    ProposalBroken,
    ProposalStale,
    accept,
    at_hand,
    needs_of,
    propose,
)
from kawal_server.actions.sign_command import CannotSign, NamesSomebody
from kawal_server.actions.step_bko import StepRefused
from kawal_server.command_post.bko.shown import name_of
from kawal_server.command_post.evidence import zone_of_post
from kawal_server.command_post.operasi.guard import refuse_demo
from kawal_server.command_post.perintah.views import may_sign
from kawal_server.command_post.templatetags.kawal import said


@require_http_methods(["GET", "HEAD", "POST"])
@who_may("ask-bko")
def share(request: AuthenticatedRequest) -> HttpResponse:
    """The proposal as it stands now; only who decides over lent forces may accept it."""
    reserve = _reserve(request)
    if request.method != "POST":
        return _page(request, reserve)
    if not may(request.user, "decide-bko"):
        raise PermissionDenied("decide-bko")
    refuse_demo()
    try:
        accept(request.user, request.POST.get("usulan", ""), at=clock.now(), reserve=reserve)
    except PermissionError as refused:
        raise PermissionDenied("decide-bko") from refused
    except (ProposalStale, ProposalBroken, StepRefused, NamesSomebody, CannotSign, NotTaken) as refused:
        return _page(request, reserve, wrong=str(refused), status=409)
    return HttpResponseRedirect(f"{reverse('bko')}?dibagi=ya")


def _reserve(request: AuthenticatedRequest) -> Fraction:
    text = (request.POST if request.method == "POST" else request.GET).get("cadangan", "")
    if not (text.isascii() and text.isdigit() and len(text) < 4):
        return RESERVE
    return Fraction(min(int(text), MOST_RESERVE), 100)


def _page(request: AuthenticatedRequest, reserve: Fraction, *, wrong: str = "", status: int = 200) -> HttpResponse:
    proposal: Proposal | None = None
    try:
        proposal = propose(request.user, at=clock.now(), reserve=reserve)
    except ProposalBroken as broken:
        wrong, status = str(broken), 409
    around = {
        "proposal": proposal,
        "shares": _named(proposal) if proposal is not None else [],
        "held": [(name_of(line.origin, line.number), n) for line, n in proposal.held] if proposal is not None else [],
        "has_needs": bool(needs_of(request.user)),
        "has_forces": bool(at_hand(request.user, clock.now())),
        "percent": int(reserve * 100),
        "most": MOST_RESERVE,
        "may_accept": may_sign() and may(request.user, "decide-bko"),
        "may_sign": may_sign(),
        "wrong": said(wrong),
        "zone": zone_of_post(),
    }
    return render(request, "bko/share.html", around, status=status)


def _named(proposal: Proposal) -> list[dict[str, object]]:
    return [
        {"who": name_of(one.contingent.origin, one.contingent.number), "line": one.contingent, "share": one}
        for one in proposal.shares
    ]

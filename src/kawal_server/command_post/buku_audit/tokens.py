"""The tokens by which witnesses read a log: given here, shown once, withdrawn here."""

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from kawal.ledger.log_of import LOG_NAMES
from kawal_server.accounts.access import AuthenticatedRequest, who_may
from kawal_server.actions.give_token import HOLDER_LIMIT, NobodyNamed, give_token, withdraw_token
from kawal_server.command_post.buku_audit.address import read_log
from kawal_server.command_post.evidence import zone_of_post
from kawal_server.store.models import ReadToken


@require_http_methods(["GET", "POST"])
@who_may("give-token")
def tokens(request: AuthenticatedRequest) -> HttpResponse:
    """The tokens given; a POST gives one more, and its answer is the only time anyone sees it."""
    given, is_unnamed = "", False
    if request.method == "POST":
        try:
            given = give_token(read_log(request.POST.get("log", "")), request.POST.get("pemegang", ""))
        except NobodyNamed:
            is_unnamed = True
    around = {
        "tokens": ReadToken.objects.order_by("revoked_at", "-made_at"),
        "given": given,
        "is_unnamed": is_unnamed,
        "logs": LOG_NAMES,
        "limit": HOLDER_LIMIT,
        "zone": zone_of_post(),
    }
    answer = render(request, "buku_audit/tokens.html", around, status=400 if is_unnamed else 200)
    answer["Cache-Control"] = "no-store"
    return answer


@require_POST
@who_may("give-token")
def withdraw(_request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Withdraw a token; it reads nothing from now on."""
    withdraw_token(pk)
    return HttpResponseRedirect(reverse("buku-audit-tokens"))

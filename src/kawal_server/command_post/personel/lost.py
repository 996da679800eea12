"""The lost-phone procedure, step by step, and what still waits for somebody."""

from collections.abc import Callable

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kawal.ledger.event import Kid
from kawal_server import clock
from kawal_server.accounts.access import AuthenticatedRequest, fetch, may, who_may, within_reach
from kawal_server.actions.devices_now import known_logs, standings, waiting
from kawal_server.actions.lost_phone import (
    LETTERS_LIMIT,
    attest_gaps,
    attested,
    gaps_of,
    is_settled,
    sign_gaps,
    tell_lost,
)
from kawal_server.actions.revoke_device import chain_of, holes_in
from kawal_server.command_post.evidence import zone_of_post
from kawal_server.command_post.operasi.guard import refuse_demo
from kawal_server.command_post.personel.address import BROKEN, REFUSED
from kawal_server.command_post.personel.device import found_or_404
from kawal_server.command_post.personel.shown import state_word
from kawal_server.command_post.templatetags.kawal import said
from kawal_server.store.models import LostPhone


@require_safe
@who_may("revoke-device")
def browse(request: AuthenticatedRequest) -> HttpResponse:
    """The lost phones, and what each still waits for; of other agencies' phones, those that wait for a witness."""
    rows = within_reach(request.user, "revoke-device", LostPhone.objects.all())
    own = set(rows.values_list("pk", flat=True))
    others = [
        row for row in LostPhone.objects.exclude(signed_by="") if row.pk not in own and not is_settled(Kid(row.pk))
    ]
    held = standings(clock.now())
    many = [(row, held.get(Kid(row.kid)), _waits(row)) for row in rows]
    return render(request, "personel/lost_list.html", {"rows": many, "others": others, "zone": zone_of_post()})


def _waits(row: LostPhone) -> str:
    """What is missing: the withdrawal, its confirmation, or the two signatures under the gaps; "" where nothing is."""
    kid = Kid(row.kid)
    if not any(kid in devices.revocations for devices, _ in known_logs().values()):
        return "setuju" if any(one.kid == kid and one.revoke is not None for one in waiting()) else "cabut"
    return "" if is_settled(kid) else "celah"


@require_http_methods(["GET", "HEAD", "POST"])
@who_may("revoke-device")
def show(request: AuthenticatedRequest, kid: str) -> HttpResponse:
    """The steps of one lost phone; a POST keeps its holder's testimony."""
    if request.method != "POST":
        return _page(request, kid)
    refuse_demo()
    found_or_404(request, kid)
    try:
        tell_lost(request.user, Kid(kid), request.POST.get("keterangan", ""), at=clock.now())
    except REFUSED as error:
        return _page(request, kid, wrong=str(error), status=409)
    return _back(kid)


@require_POST
@who_may("revoke-device")
def acknowledge(request: AuthenticatedRequest, kid: str) -> HttpResponse:
    """Acknowledge the missing numbers, as the first officer."""
    row = fetch(request.user, "revoke-device", LostPhone.objects.all(), kid=kid)
    return _signed(request, kid, lambda at: sign_gaps(request.user, row, at=at))


@require_POST
@who_may("revoke-device")
def attest(request: AuthenticatedRequest, kid: str) -> HttpResponse:
    """Attest them, as the second officer: of another agency, so beyond the own units, as with a withdrawal."""
    row = get_object_or_404(LostPhone, kid=kid)
    if may(request.user, "revoke-device", unit=row.unit):
        return _signed(request, kid, lambda at: attest_gaps(request.user, row, at=at))
    if not row.signed_by:
        raise Http404
    refuse_demo()
    try:
        attest_gaps(request.user, row, at=clock.now())
    except (*REFUSED, *BROKEN) as error:
        return HttpResponse(said(str(error)), status=409, content_type="text/plain; charset=utf-8")
    return HttpResponseRedirect(reverse("personel-hilang"))


def _signed(request: AuthenticatedRequest, kid: str, sign: Callable[[int], int]) -> HttpResponse:
    refuse_demo()
    try:
        sign(clock.now())
    except REFUSED as error:
        return _page(request, kid, wrong=str(error), status=409)
    except BROKEN as error:
        return _page(request, kid, wrong=str(error), status=503)
    return _back(kid)


def _page(request: AuthenticatedRequest, kid: str, *, wrong: str = "", status: int = 200) -> HttpResponse:
    standing = found_or_404(request, kid)
    row = LostPhone.objects.filter(pk=kid).first()
    look, word = state_word(standing.state)
    holes = []
    for log in standing.logs:
        told = {span: eid for eid, span in gaps_of(log, standing.kid)}
        witnessed = attested(log)
        for hole in holes_in(chain_of(log, standing.kid)):
            state = "saksi" if told.get(hole) in witnessed else "akui" if hole in told else ""
            holes.append((log, *hole, state))
    around = {
        "standing": standing,
        "row": row,
        "look": look,
        "word": word,
        "holes": holes,
        "waits": _waits(row) if row is not None else "kata",
        "limit": LETTERS_LIMIT,
        "wrong": said(wrong),
        "zone": zone_of_post(),
    }
    return render(request, "personel/lost.html", around, status=status)


def _back(kid: str) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("personel-hilang-satu", args=[kid]))

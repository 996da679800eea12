"""One device: its enrolments and their signers, its chains, and how its key is withdrawn, renewed or answered."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kawal.ledger.brief import pack_brief
from kawal.ledger.event import Kid
from kawal.ledger.log_of import LogName
from kawal.ledger.qr import split_parts
from kawal_server import clock
from kawal_server.accounts.access import AuthenticatedRequest, may, who_may
from kawal_server.actions.devices_now import Standing, known_logs, standing_of, waiting
from kawal_server.actions.muster_kit import NotEnrolled, answer_for
from kawal_server.actions.request_device import renew_device
from kawal_server.actions.revoke_device import Link, chain_of, confirm_revocation, holes_in, revoke_device
from kawal_server.command_post.evidence import references, zone_of_post
from kawal_server.command_post.kinds import kind_name
from kawal_server.command_post.kotak.label import qr_code
from kawal_server.command_post.operasi.guard import refuse_demo
from kawal_server.command_post.people import known_names
from kawal_server.command_post.personel.address import BROKEN, REFUSED, moment_of, written_moment
from kawal_server.command_post.personel.shown import WHYS, heads_by_kid, row_of, sees
from kawal_server.command_post.templatetags.kawal import said
from kawal_server.store.models import DeviceContact, LostPhone

LINKS = 60


@dataclass(frozen=True)
class Chain:
    """A device's chain in one log, newest first. good: the number chosen as the last good; after: how many follow."""

    log: LogName
    links: tuple[tuple[Link, str], ...]
    count: int
    holes: tuple[tuple[int, int], ...]
    good: int | None
    after: int


def found_or_404(request: AuthenticatedRequest, kid: str) -> Standing:
    """The device behind a key id, if this officer may see it. Raises: Http404."""
    standing = standing_of(Kid(kid), clock.now())
    if standing is None or not sees(request.user)(standing):
        raise Http404
    return standing


@require_safe
@who_may("see-devices")
def show(request: AuthenticatedRequest, kid: str) -> HttpResponse:
    """The device; with a last good number in the address, what would become suspect."""
    return _page(request, kid)


def _page(request: AuthenticatedRequest, kid: str, *, wrong: str = "", status: int = 200) -> HttpResponse:
    standing = found_or_404(request, kid)
    now, zone = clock.now(), zone_of_post()
    names = known_names(request.user, [standing.enrol.who], what="perangkat")
    chains = [_chain(log, standing.kid, request.GET) for log in standing.logs]
    pending = [one for one in waiting() if one.kid == kid and one.revoke is not None]
    around = {
        "row": row_of(standing, heads_by_kid().get(standing.kid, ()), _contact(kid), names, now=now),
        "enrolments": _signed(standing),
        "chains": chains,
        "previews": any(one.good is not None for one in chains),
        "whys": [(why, _(word)) for why, word in WHYS.items()],
        "pending": pending,
        "lost": LostPhone.objects.filter(pk=kid).first(),
        "since": written_moment(now, zone),
        "zone": zone,
        "wrong": said(wrong),
        "may_revoke": may(request.user, "revoke-device", unit=standing.unit) and standing.revocation is None,
        "may_confirm": may(request.user, "revoke-device"),
        "may_renew": may(request.user, "request-device", unit=standing.unit) and standing.state in _RENEWABLE,
        "has_answer": bool(standing.signers) and standing.revocation is None,
    }
    return render(request, "personel/device.html", around, status=status)


_RENEWABLE = ("good", "soon", "expired")


def _contact(kid: str) -> DeviceContact | None:
    return DeviceContact.objects.filter(pk=kid).first()


def _chain(log: LogName, kid: Kid, query: Mapping[str, str]) -> Chain:
    links = chain_of(log, kid)
    text = query.get(f"baik-{log}", "")
    good = int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None
    marked = [replace(one, is_after=good is not None and one.event.seq > good) for one in links]
    shown = tuple((one, kind_name(one.event.t)) for one in reversed(marked[-LINKS:]))
    return Chain(log, shown, len(links), tuple(holes_in(links)), good, sum(one.is_after for one in marked))


def _signed(standing: Standing) -> Sequence[dict[str, object]]:
    """Each enrolment that counts, with the agencies and keys of its two signers, and its leaves."""
    known = known_logs()
    eids = [eid for _log, one in standing.signers for eid in (one.eid, one.ok)]
    leaves = references(eids)
    return [
        {
            "log": log,
            "enrol": one.enrol,
            "signers": [
                (known[log][0].agency(kid), kid, leaves.get(eid))
                for kid, eid in ((one.by, one.eid), (one.ok_by, one.ok))
            ],
        }
        for log, one in standing.signers
    ]


@require_POST
@who_may("revoke-device")
def revoke(request: AuthenticatedRequest, kid: str) -> HttpResponse:
    """Sign the withdrawal of this key as the first administrator."""
    refuse_demo()
    standing = found_or_404(request, kid)
    since = moment_of(request.POST.get("sejak", ""), zone_of_post())
    good = {log: int(text) for log in standing.logs if (text := request.POST.get(f"baik-{log}", "")).isdigit()}
    try:
        at = clock.now()
        why = request.POST.get("alasan", "")
        revoke_device(request.user, standing.kid, why=why, good=good, since=at if since is None else since, at=at)
    except REFUSED as error:
        return _page(request, kid, wrong=str(error), status=409)
    except BROKEN as error:
        return _page(request, kid, wrong=str(error), status=503)
    return _back(kid)


@require_POST
@who_may("revoke-device")
def confirm(request: AuthenticatedRequest, kid: str) -> HttpResponse:
    """Sign the second signature under the withdrawal."""
    refuse_demo()
    found_or_404(request, kid)
    try:
        confirm_revocation(request.user, Kid(kid), at=clock.now())
    except REFUSED as error:
        return _page(request, kid, wrong=str(error), status=409)
    except BROKEN as error:
        return _page(request, kid, wrong=str(error), status=503)
    # Once it is confirmed, the device of another agency is no longer this officer's to see.
    return HttpResponseRedirect(reverse("personel-pendaftaran"))


@require_POST
@who_may("request-device")
def renew(request: AuthenticatedRequest, kid: str) -> HttpResponse:
    """Ask for a new term; two agencies sign again."""
    refuse_demo()
    standing = found_or_404(request, kid)
    until = moment_of(request.POST.get("sampai", ""), zone_of_post())
    try:
        renew_device(request.user, standing.kid, until=until or 0, at=clock.now())
    except REFUSED as error:
        return _page(request, kid, wrong=str(error), status=409)
    return HttpResponseRedirect(reverse("personel-pendaftaran"))


@require_safe
@who_may("see-devices")
def answer(request: AuthenticatedRequest, kid: str) -> HttpResponse:
    """The answer for a phone without signal, as codes to scan; as a file with `?berkas`."""
    standing = found_or_404(request, kid)
    try:
        data = answer_for(standing.kid)
    except NotEnrolled as error:
        return _page(request, kid, wrong=str(error), status=409)
    if "berkas" in request.GET:
        name = f"{standing.enrol.who}-{kid[:6]}.kawal"
        headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
        return HttpResponse(data, content_type="application/json", headers=headers)
    parts = [(number, qr_code(part, error="l")) for number, part in enumerate(split_parts(pack_brief(data)), 1)]
    return render(request, "personel/answer.html", {"standing": standing, "parts": parts, "kid": kid})


def _back(kid: str) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("personel-perangkat", args=[kid]))

"""The pages of the orders: all of them, and one with its units, its text and the sheet to print."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_POST, require_safe

from kawal.ledger.encoding import is_digest
from kawal.ledger.event import Eid
from kawal.ledger.qr import paper_code
from kawal_server import clock
from kawal_server.accounts.access import AuthenticatedRequest, may, who_may
from kawal_server.actions.admin_chain import NotTaken
from kawal_server.actions.log_coordination import log_message
from kawal_server.actions.sign_command import CannotSign
from kawal_server.command_post.evidence import references, zone_of_post
from kawal_server.command_post.kotak.label import qr_code
from kawal_server.command_post.operasi.guard import refuse_demo, the_operation
from kawal_server.command_post.perintah.listed import STATES, OrderShown, orders_within, shown, text_of, waiting_drafts
from kawal_server.command_post.templatetags.kawal import said
from kawal_server.store.models import CommandLogLine

ROWS = 200


@require_safe
@who_may("see-orders")
def list_orders(request: AuthenticatedRequest) -> HttpResponse:
    """The orders; asked for in the background, only the list itself."""
    asked = request.GET.get("keadaan", "")
    every = shown(orders_within(request.user), clock.now())
    counts = {name: sum(one.state == name for one in every) for name in STATES}
    orders = [one for one in every if asked not in STATES or one.state == asked]
    may_write = may_sign() and may(request.user, "issue-order")
    around = {
        "orders": orders[:ROWS],
        "hidden": max(0, len(orders) - ROWS),
        "total": len(every),
        "asked": asked if asked in STATES else "",
        "states": [(name, words, counts[name]) for name, words in STATES.items()],
        "late": sum(one.is_late for one in every),
        "drafts": waiting_drafts(request.user),
        "may_write": may_write,
        "may_see_contacts": may(request.user, "see-contacts"),
        "zone": zone_of_post(),
    }
    is_part = request.headers.get("HX-Request") == "true"
    answer = render(request, "perintah/board.html" if is_part else "perintah/list.html", around)
    patch_vary_headers(answer, ["HX-Request"])
    return answer


@require_safe
@who_may("see-orders")
def show_order(request: AuthenticatedRequest, eid: str) -> HttpResponse:
    """One order: who has it, what it says, and the sheet to print."""
    return _page(request, _order(request, eid))


@require_POST
@who_may("acknowledge-order")
def note_read(request: AuthenticatedRequest, eid: str) -> HttpResponse:
    """Note that the officer's own unit read an order here: a line of the command's log, and no acknowledgement.

    A browser holds no device key, so the unit still owes its own signature (docs/decisions/0013).
    """
    order = _order(request, eid)
    refuse_demo()
    unit = request.user.unit
    if unit not in {one.unit for one in order.units}:
        raise PermissionDenied("acknowledge-order")
    try:
        log_message(f"{unit} membaca perintah ini di posko", at=clock.now(), about=eid)
    except (CannotSign, NotTaken) as error:
        return _page(request, order, wrong=said(str(error)), status=409)
    return HttpResponseRedirect(reverse("perintah-satu", args=[eid]))


def may_sign() -> bool:
    """Whether anything may be signed here at all: a demonstration is looked at and never changed."""
    operation = the_operation()
    return operation is None or not operation.is_demo


def _order(request: AuthenticatedRequest, eid: str) -> OrderShown:
    line = orders_within(request.user).filter(pk=eid).first() if is_digest(eid) else None
    if line is None:
        raise Http404
    return shown([line], clock.now())[0]


def _page(request: AuthenticatedRequest, order: OrderShown, *, wrong: str = "", status: int = 200) -> HttpResponse:
    line = order.line
    text = text_of(line.mh)
    reached = {one.eid: one for one in orders_within(request.user).filter(eid__in=[line.extends, line.superseded_by])}
    around = {
        "order": order,
        "line": line,
        "text": None if text is None else _without_heading(text),
        "number": paper_code(line.eid),
        "qr": qr_code(line.eid),
        "extends": reached.get(line.extends),
        "superseded_by": reached.get(line.superseded_by),
        "notes": CommandLogLine.objects.filter(about=line.eid)[:50],
        "leaf": references([Eid(line.eid)]).get(Eid(line.eid)),
        "may_note": _may_note(request, order),
        "may_write": may_sign() and may(request.user, "issue-order"),
        "wrong": wrong,
        "zone": zone_of_post(),
    }
    return render(request, "perintah/order.html", around, status=status)


def _may_note(request: AuthenticatedRequest, order: OrderShown) -> bool:
    is_own = any(one.unit == request.user.unit for one in order.awaited)
    return is_own and order.is_live and may_sign() and may(request.user, "acknowledge-order")


def _without_heading(text: str) -> str:
    """The text below its first heading, which the page shows as its own."""
    head, _, rest = text.partition("\n")
    return rest.strip() if head.startswith("#") else text.strip()

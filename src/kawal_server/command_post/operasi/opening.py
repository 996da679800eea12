"""The last step: look at everything once more, open the operation, and register what later lists add."""

from collections import Counter
from collections.abc import Mapping

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from kawal.ledger.log_of import LOG_NAMES
from kawal_machine.files import WouldOverwrite
from kawal_server import clock
from kawal_server.accounts.access import AuthenticatedRequest, who_may
from kawal_server.actions.admin_chain import NotTaken
from kawal_server.actions.open_operation import NoOperation, open_operation, origin_of
from kawal_server.actions.register_lists import (
    MANIFESTS,
    NoStations,
    OutsideArea,
    accepted,
    all_sites,
    pending,
    register_changes,
    wanted,
)
from kawal_server.actions.set_operation import AlreadyOpened
from kawal_server.command_post.operasi.guard import key_names, refuse_demo, the_operation
from kawal_server.command_post.operasi.shown import day_of, zone_of
from kawal_server.command_post.templatetags.kawal import said
from kawal_server.store.key_files import KeyReadByOthers, NoKeyFile
from kawal_server.store.models import Operation
from kawal_server.store.opened import the_store
from kawal_server.store.port import Busy, OtherLog, StoreFailed

_UNREADY = (NoOperation, NoStations, OutsideArea)
_BROKEN = (NotTaken, NoKeyFile, KeyReadByOthers, OtherLog, WouldOverwrite, StoreFailed, Busy)


@require_http_methods(["GET", "HEAD", "POST"])
@who_may("set-up-operation")
def review(request: AuthenticatedRequest) -> HttpResponse:
    """Everything that will be registered; a POST opens the operation, or finishes opening it."""
    if request.method != "POST":
        return _page(request)
    refuse_demo()
    if request.POST.get("mengerti") != "ya":
        return _page(request, wrong=_NOT_CONFIRMED, status=400)
    try:
        open_operation(at=clock.now())
    except AlreadyOpened:
        return _page(request, status=409, wrong=_OPEN_ALREADY)
    except _UNREADY as error:
        return _page(request, wrong=str(error), status=400)
    except _BROKEN as error:
        return _page(request, wrong=str(error), status=503)
    return HttpResponseRedirect(reverse("operasi-buka"))


_NOT_CONFIRMED = "Centang dulu bahwa daftarnya sudah diperiksa. / Tick first that the lists have been checked."
_OPEN_ALREADY = "Operasi ini sudah dibuka. / This operation is open already."


@require_POST
@who_may("set-up-operation")
def register_more(request: AuthenticatedRequest) -> HttpResponse:
    """Register what lists accepted since the opening add or change."""
    refuse_demo()
    operation = the_operation()
    if operation is None or operation.opened_at is None:
        return _page(request, wrong=str(NoOperation()), status=409)
    try:
        register_changes(operation, at=clock.now())
    except _UNREADY as error:
        return _page(request, wrong=str(error), status=400)
    except _BROKEN as error:
        return _page(request, wrong=str(error), status=503)
    return HttpResponseRedirect(reverse("operasi-buka"))


def _page(request: AuthenticatedRequest, *, wrong: str = "", status: int = 200) -> HttpResponse:
    operation = the_operation()
    around: dict[str, object] = {"operation": operation, "wrong": said(wrong), "keys": key_names()}
    if operation is not None:
        around |= {"origins": [the_store().origin(log) or origin_of(operation, log) for log in LOG_NAMES]}
        around |= {"day": day_of(operation), "zone": zone_of(operation.zone)}
        try:
            around |= _ready(operation)
        except _UNREADY as error:
            around |= {"unready": said(str(error))}
    return render(request, "operasi/opening.html", around, status=status)


def _ready(operation: Operation) -> Mapping[str, object]:
    """What the accepted lists come to. Raises: NoStations, OutsideArea."""
    if operation.is_demo:
        return {}
    boxes = wanted("boxes", operation)
    sites = all_sites(operation, accepted("stations"))  # type: ignore[arg-type]
    ready = {
        "boxes": len(boxes),
        "by_election": sorted(Counter(row[1] for row in boxes).items()),
        "stations": len({row[2] for row in boxes if row[2]}),
        "sites": len(sites),
        "estimated": sum(one.is_estimated for one in sites),
        "sessions": len(wanted("sessions", operation)),
    }
    if operation.opened_at is not None:
        changes = {kind: pending(kind, operation) for kind in MANIFESTS}
        ready["pending"] = [
            (kind, len(change.added), len(change.changed), len(change.kept_with_history))
            for kind, change in changes.items()
        ]
        ready["is_pending"] = any(change.added or change.changed for change in changes.values())
    return ready

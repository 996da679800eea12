"""The page Komando, its fragments, its map, and the pace of a demonstration."""

import json
from collections.abc import Callable, Mapping
from hashlib import sha256

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from kawal_server import clock
from kawal_server.accounts.access import AuthenticatedRequest, may, who_may
from kawal_server.command_post.frame import hold_stand
from kawal_server.command_post.komando.districts import districts
from kawal_server.command_post.komando.funnel import funnel
from kawal_server.command_post.komando.geography import geography
from kawal_server.command_post.komando.holdings import holdings
from kawal_server.command_post.komando.plenos import plenos
from kawal_server.command_post.komando.tasks import tasks

PANELS: Mapping[str, Callable[[AuthenticatedRequest], object]] = {
    "corong": lambda _request: funnel(),
    "tindakan": lambda request: tasks(everything=_wants_all(request), sees_posts=may(request.user, "see-guard")),
    "pleno": lambda _request: plenos(),
    "kecamatan": lambda _request: districts(),
    "papan": lambda _request: holdings(),
    "umur": lambda _request: None,
    "usang": lambda _request: None,
    "jam": lambda _request: None,
    "laju": lambda _request: None,
}


@require_safe
@who_may("see-board")
def board(request: AuthenticatedRequest) -> HttpResponse:
    """The whole page."""
    hold_stand(request)
    panels = {name: read(request) for name, read in PANELS.items()}
    return render(request, "komando/komando.html", {**panels, "all_tasks": _wants_all(request)})


@require_safe
@who_may("see-board")
def panel(request: AuthenticatedRequest, name: str) -> HttpResponse:
    """One panel of it, for a page that is open."""
    read = PANELS.get(name)
    if read is None:
        return HttpResponse(status=404)
    page = {name: read(request), "all_tasks": _wants_all(request)}
    answer = render(request, f"komando/{name}.html", page)
    answer["Cache-Control"] = "no-store"
    return answer


@require_safe
@who_may("see-board")
def chart(request: AuthenticatedRequest) -> HttpResponse:
    """The map as GeoJSON; 304 while nothing on it changed."""
    body = json.dumps(geography(), ensure_ascii=False, separators=(",", ":"))
    etag = f'"{sha256(body.encode()).hexdigest()[:32]}"'
    answer = HttpResponse(body, content_type="application/geo+json; charset=utf-8")
    answer["Cache-Control"] = "private, no-cache"
    answer["ETag"] = etag
    return get_conditional_response(request, etag=etag, response=answer) or answer


@require_POST
@who_may("steer-clock")
def steer(request: AuthenticatedRequest) -> HttpResponse:
    """Let the demonstration's clock run, stand, or run at another pace. Without such a clock nothing happens."""
    pace, state = request.POST.get("laju", ""), request.POST.get("keadaan", "")
    clock.steer(
        speed=next((one for one in clock.SPEEDS if str(one) == pace), None),
        is_paused={"jeda": True, "jalan": False}.get(state),
    )
    back = request.POST.get("next", "")
    return redirect(back if url_has_allowed_host_and_scheme(back, {request.get_host()}) else reverse("komando"))


def _wants_all(request: HttpRequest) -> bool:
    return request.GET.get("tindakan") == "semua"

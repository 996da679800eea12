"""The page Kerawanan: the map and the list of kecamatan, one place with its reasons, and the classes of TPS."""

import json

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from kawal.risk.classes import gravity
from kawal.risk.register import BadEntry, place_kind
from kawal_server.accounts.access import AuthenticatedRequest, may, who_may
from kawal_server.actions.calculate_force import stations_by_class
from kawal_server.actions.reach_risk import area_of, may_read_place, station_entries
from kawal_server.command_post.evidence import zone_of_post
from kawal_server.command_post.frame import hold_stand
from kawal_server.command_post.kerawanan.board import board, places_now
from kawal_server.command_post.kerawanan.geography import geography
from kawal_server.command_post.kerawanan.strategic import sites_of
from kawal_server.command_post.kerawanan.tabs import page

ROWS = 50


@require_safe
@who_may("see-risk")
def overview(request: AuthenticatedRequest) -> HttpResponse:
    """The map, and every kecamatan with its class, what moves it, and why."""
    hold_stand(request)
    places = board(request)
    return page(
        request,
        "kerawanan",
        {
            "places": places,
            "zone": zone_of_post(),
            "unknown": sum(one.shifted.risk is None for one in places),
            "moved": sum(one.shifted.is_shifted for one in places),
        },
    )


@require_safe
@who_may("see-risk")
def chart(request: AuthenticatedRequest) -> HttpResponse:
    """The map as GeoJSON: kecamatan and strategic sites, never a TPS."""
    places = board(request)
    risks = {one.place: one.shifted.risk for one in places}
    body = json.dumps(geography(places, sites_of(request.user, risks)), ensure_ascii=False, separators=(",", ":"))
    answer = HttpResponse(body, content_type="application/geo+json; charset=utf-8")
    answer["Cache-Control"] = "private, no-store"
    return answer


@require_safe
@who_may("see-risk")
def show_place(request: AuthenticatedRequest, place: str) -> HttpResponse:
    """One place: every statement about it, with the part that each has in its class."""
    try:
        place_kind(place)
    except BadEntry as error:
        raise Http404 from error
    if not may_read_place(request.user, place):
        raise PermissionDenied("see-station-classes")
    found = places_now(request, [place])[0]
    around = {
        "one": found,
        "zone": zone_of_post(),
        "may_change": may(request.user, "change-risk"),
        "area": area_of(place),
    }
    return page(request, "tempat", around)


@require_safe
@who_may("see-station-classes")
def stations(request: AuthenticatedRequest) -> HttpResponse:
    """The classes of single TPS: only for those who plan the force, and never anywhere else."""
    counted = stations_by_class(request.user)
    listed = sorted(station_entries(request.user).values_list("place", flat=True).distinct())
    places = sorted(
        places_now(request, listed), key=lambda one: tuple(-part for part in gravity(one.shifted.base.risk))
    )
    around = {
        "counted": sorted(counted.items()),
        "page": Paginator(places, ROWS).get_page(request.GET.get("halaman", "1")),
        "zone": zone_of_post(),
    }
    return page(request, "tps", around)

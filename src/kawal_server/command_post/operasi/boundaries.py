"""The step that loads real boundaries for the map."""

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from kawal_server.accounts.access import AuthenticatedRequest, who_may
from kawal_server.actions.area_of_post import places_of
from kawal_server.actions.read_boundaries import (
    FILE_LIMIT,
    BoundariesRead,
    BoundariesRefused,
    forget_boundaries,
    keep_boundaries,
    read_boundaries,
)
from kawal_server.command_post.operasi.guard import refuse_demo, the_operation, too_big
from kawal_server.command_post.places import region_name
from kawal_server.command_post.templatetags.kawal import said
from kawal_server.store.models import Boundary

SHOWN = 12


@require_http_methods(["GET", "HEAD", "POST"])
@who_may("set-up-operation")
def boundaries(request: AuthenticatedRequest) -> HttpResponse:
    """What is loaded; a POST loads a file in its place, and its answer says what was found in it."""
    if request.method != "POST":
        return _page(request)
    refused = too_big(request)
    if refused is not None:
        return refused
    refuse_demo()
    operation, file = the_operation(), request.FILES.get("berkas")
    if operation is None or file is None:
        return _page(request, wrong="Pilih berkas GeoJSON dulu. / Choose a GeoJSON file first.", status=400)
    try:
        read = read_boundaries(file.read(FILE_LIMIT + 1), places_of(operation))
    except BoundariesRefused as error:
        return _page(request, wrong=str(error), status=400)
    keep_boundaries(read)
    return _page(request, read)


@require_POST
@who_may("set-up-operation")
def forget(_request: AuthenticatedRequest) -> HttpResponse:
    """Let the map draw cells again."""
    refuse_demo()
    forget_boundaries()
    return HttpResponseRedirect(reverse("operasi-batas"))


def _page(
    request: AuthenticatedRequest, read: BoundariesRead | None = None, *, wrong: str = "", status: int = 200
) -> HttpResponse:
    operation = the_operation()
    loaded = list(Boundary.objects.values_list("code", flat=True).order_by("code"))
    absent = [one.code for one in places_of(operation).districts if one.code not in loaded] if operation else []
    around = {
        "operation": operation,
        "loaded": [region_name(code) for code in loaded],
        "absent": [region_name(code) for code in absent] if loaded else [],
        "others": read.others[:SHOWN] if read is not None else [],
        "others_count": len(read.others) if read is not None else 0,
        "faulty": [said(text) for text in read.wrong[:SHOWN]] if read is not None else [],
        "is_read": read is not None,
        "wrong": said(wrong),
    }
    return render(request, "operasi/boundaries.html", around, status=status)

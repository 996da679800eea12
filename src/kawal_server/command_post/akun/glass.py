"""Break-glass as everybody sees it: begun with a reason, ended by hand or by the hour, confirmed by somebody else."""

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from kawal_server.accounts.access import AuthenticatedRequest, agency_of, may, who_may
from kawal_server.accounts.models import GlassRow
from kawal_server.accounts.powers import BROKEN_GLASS
from kawal_server.actions.break_glass import (
    LEAST_LETTERS,
    MOST_LETTERS,
    GlassRefused,
    break_glass,
    broken_now,
    confirm_glass,
    end_glass,
)
from kawal_server.command_post.akun.words import office_name
from kawal_server.command_post.evidence import zone_of_post
from kawal_server.command_post.templatetags.kawal import said

ROWS = 100


@require_safe
@who_may("see-operation")
def show_glass(request: AuthenticatedRequest) -> HttpResponse:
    """What is broken now, what was, and the form of whoever may."""
    return _page(request)


@require_POST
@who_may("break-glass")
def begin(request: AuthenticatedRequest) -> HttpResponse:
    """Break it."""
    try:
        break_glass(request.user, request.POST.get("alasan", ""))
    except GlassRefused as refused:
        return _page(request, said(str(refused)), request.POST.get("alasan", "")[:MOST_LETTERS])
    return HttpResponseRedirect(reverse("darurat"))


@require_POST
@who_may("break-glass")
def end(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """End it before its hour is over."""
    try:
        end_glass(_row(pk), by=request.user)
    except GlassRefused as refused:
        return _page(request, said(str(refused)))
    return HttpResponseRedirect(reverse("darurat"))


@require_POST
@who_may("break-glass")
def confirm(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Say that it was right."""
    try:
        confirm_glass(_row(pk), by=request.user)
    except GlassRefused as refused:
        return _page(request, said(str(refused)))
    return HttpResponseRedirect(reverse("darurat"))


def _row(pk: int) -> GlassRow:
    row = GlassRow.objects.select_related("officer").filter(pk=pk).first()
    if row is None:
        raise Http404
    return row


def _page(request: AuthenticatedRequest, wrong: str = "", reason: str = "") -> HttpResponse:
    running = {one.row.pk: one.minutes for one in broken_now()}
    rows = GlassRow.objects.select_related("officer")[:ROWS]
    around = {
        "rows": [(row, office_name(row.officer.office), running.get(row.pk)) for row in rows],
        "may_break": may(request.user, "break-glass"),
        "gives": sorted(BROKEN_GLASS.get(agency_of(request.user), ())),
        "wrong": wrong,
        "reason": reason,
        "least": LEAST_LETTERS,
        "most": MOST_LETTERS,
        "zone": zone_of_post(),
    }
    return render(request, "akun/glass.html", around, status=400 if wrong else 200)

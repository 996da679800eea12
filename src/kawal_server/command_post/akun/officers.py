"""All accounts of the post: who may manage them makes, places, closes and invites, and never for oneself."""

from collections.abc import Sequence

from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from kawal_server.accounts.access import AuthenticatedRequest, fetch, freshly, who_may, within_reach
from kawal_server.accounts.factors import factors_of
from kawal_server.accounts.models import AccountEvent, FactorRow, Officer
from kawal_server.accounts.reads import note_read
from kawal_server.actions.officers import (
    AGENCIES,
    INVITED_FOR_S,
    Asked,
    OfficerRefused,
    change_office,
    create_officer,
    invite_again,
    reset_factor,
    set_active,
)
from kawal_server.command_post.akun.words import OFFICES, agency_name, event_name, office_name
from kawal_server.command_post.evidence import zone_of_post
from kawal_server.command_post.templatetags.kawal import said
from kawal_server.store.units import the_units

EVENTS = 50


@require_http_methods(["GET", "HEAD", "POST"])
@who_may("manage-accounts")
@freshly
def all_officers(request: AuthenticatedRequest) -> HttpResponse:
    """The accounts; a POST makes one, and its answer is the only time anyone sees the invitation."""
    if request.method != "POST":
        return _list(request, Asked())
    asked = _asked(request.POST)
    try:
        _, token = create_officer(asked, by=request.user)
    except OfficerRefused as refused:
        return _list(request, asked, wrong=said(str(refused)))
    return _list(request, Asked(), link=_link(request, token))


@require_http_methods(["GET", "HEAD", "POST"])
@who_may("manage-accounts")
@freshly
def one_officer(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """One account; a POST does one thing to it."""
    officer = fetch(request.user, "manage-accounts", Officer.objects.all(), pk=pk)
    if request.method != "POST":
        return _one(request, officer)
    try:
        link = _do(request, officer)
    except OfficerRefused as refused:
        return _one(request, officer, wrong=said(str(refused)))
    if link:
        return _one(request, officer, link=link)
    return HttpResponseRedirect(reverse("akun-satu-petugas", args=[pk]))


def _do(request: AuthenticatedRequest, officer: Officer) -> str:
    """Do what the pressed button says; gives an invitation's link where one was made."""
    match request.POST.get("aksi", ""):
        case "tempatkan":
            change_office(officer, _asked(request.POST), by=request.user)
        case "tutup":
            set_active(officer, is_active=False, by=request.user)
        case "buka":
            set_active(officer, is_active=True, by=request.user)
        case "reset":
            reset_factor(officer, by=request.user)
        case "undang":
            return _link(request, invite_again(officer, by=request.user))
    return ""


def _asked(form: QueryDict) -> Asked:
    return Asked(
        username=form.get("akun", ""),
        name=form.get("nama", ""),
        office=form.get("jabatan", ""),
        agency=form.get("instansi", ""),
        unit=form.get("kesatuan", ""),
    )


def _link(request: AuthenticatedRequest, token: str) -> str:
    return request.build_absolute_uri(f"{reverse('undangan')}?kode={token}")


def _list(request: AuthenticatedRequest, asked: Asked, *, wrong: str = "", link: str = "") -> HttpResponse:
    rows = within_reach(request.user, "manage-accounts", Officer.objects.order_by("-is_active", "username"))
    found = list(rows)
    note_read(request.user, "accounts", len(found), action="manage-accounts")
    with_factor = set(FactorRow.objects.values_list("officer", flat=True))
    around = {
        "officers": [(one, office_name(one.office), agency_name(one.agency), one.pk in with_factor) for one in found],
        "asked": asked,
        "wrong": wrong,
        "link": link,
        "zone": zone_of_post(),
        **_choices(),
    }
    return render(request, "akun/officers.html", around, status=400 if wrong else 200)


def _one(request: AuthenticatedRequest, officer: Officer, *, wrong: str = "", link: str = "") -> HttpResponse:
    note_read(request.user, "accounts", 1, about=str(officer.pk), action="manage-accounts")
    around = {
        "officer": officer,
        "office": office_name(officer.office),
        "agency": agency_name(officer.agency),
        "factors": factors_of(officer),
        "events": [(event, event_name(event.kind)) for event in _events(officer)],
        "wrong": wrong,
        "link": link,
        "zone": zone_of_post(),
        **_choices(),
    }
    return render(request, "akun/one_officer.html", around, status=400 if wrong else 200)


def _events(officer: Officer) -> Sequence[AccountEvent]:
    return list(AccountEvent.objects.filter(officer=officer.pk)[:EVENTS])


def _choices() -> dict[str, object]:
    return {
        "offices": [(office, office_name(office)) for office in OFFICES],
        "agencies": [(agency, agency_name(agency)) for agency in AGENCIES],
        "units": sorted(the_units().by_name.values(), key=lambda one: one.unit),
        "hours": INVITED_FOR_S // 3600,
    }

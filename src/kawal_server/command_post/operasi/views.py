"""The checklist, and its first step: which operation this is."""

from collections.abc import Sequence
from functools import lru_cache

from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from kawal.command.operation import PHASES
from kawal.election.lists.dates import ZONE_HOURS
from kawal.election.lists.names import upper
from kawal.election.regions import Region, UnknownRegion, below, dotted, plain
from kawal_machine.regions import official_codes
from kawal_server.accounts.access import AuthenticatedRequest, may, who_may
from kawal_server.actions.set_operation import (
    NO_DOMAIN,
    AlreadyOpened,
    Asked,
    OperationRefused,
    is_fixed,
    set_operation,
)
from kawal_server.command_post.operasi.guard import key_names, refuse_demo, the_operation
from kawal_server.command_post.operasi.phases import levels, phase_rows
from kawal_server.command_post.operasi.sections import sections
from kawal_server.command_post.operasi.shown import day_of, zone_of
from kawal_server.command_post.operasi.steps import steps
from kawal_server.command_post.places import region_name
from kawal_server.command_post.templatetags.kawal import said
from kawal_server.store.models import Operation

FOUND = 30
LEAST_LETTERS = 2
ELECTIONS = ("GUB", "BUP", "WAKO")


@require_safe
@who_may("see-operation")
def show_steps(request: AuthenticatedRequest) -> HttpResponse:
    """The eight steps, and how far each is; whoever does not set the operation up begins with its stages."""
    if not may(request.user, "set-up-operation"):
        return HttpResponseRedirect(reverse("operasi-tahapan"))
    operation = the_operation()
    around = {
        "operation": operation,
        "steps": steps(operation),
        "keys": key_names(),
        "sections": sections(request, "operasi"),
    }
    return render(request, "operasi/steps.html", around)


@require_http_methods(["GET", "HEAD", "POST"])
@who_may("set-up-operation")
def describe(request: AuthenticatedRequest) -> HttpResponse:
    """Which operation this is. A POST keeps it; one that only searches for regions keeps nothing."""
    operation = the_operation()
    if request.method != "POST":
        return _form(request, _as_kept(operation), operation)
    refuse_demo()
    asked = _asked(request.POST)
    if request.POST.get("aksi") == "cari":
        return _form(request, asked, operation)
    try:
        set_operation(asked)
    except OperationRefused as refused:
        return _form(request, asked, operation, refused.fields, status=400)
    except AlreadyOpened as refused:
        return _form(request, _as_kept(operation), operation, {"all": str(refused)}, status=409)
    return HttpResponseRedirect(reverse("operasi"))


def _asked(form: QueryDict) -> Asked:
    return Asked(
        name=form.get("nama", ""),
        code_name=form.get("sandi", ""),
        areas=tuple(form.getlist("wilayah"))[:60],
        elections=tuple(one for one in form.getlist("pemilihan") if one in ELECTIONS),
        zone=form.get("zona", ""),
        vote_day=form.get("hari", ""),
        domain=form.get("domain", ""),
        point=form.get("titik", ""),
        level=form.get("tingkat", ""),
        phases={name: (form.get(f"{name}-awal", ""), form.get(f"{name}-akhir", "")) for name in PHASES},
    )


def _as_kept(operation: Operation | None) -> Asked:
    if operation is None:
        return Asked(name="", domain=NO_DOMAIN)
    point = ""
    if operation.lat_e6 is not None and operation.lon_e6 is not None:
        point = f"{operation.lat_e6 / 1e6:.6f}, {operation.lon_e6 / 1e6:.6f}"
    return Asked(
        operation.name,
        operation.code_name,
        tuple(plain(code) for code in operation.area.split(",")),
        tuple(str(one) for one in operation.elections),
        operation.zone,
        operation.vote_day.isoformat() if operation.vote_day else "",
        operation.domain,
        point,
        operation.level,
        {name: (str(days[0]), str(days[1])) for name, days in operation.phases.items()},
    )


def _form(
    request: AuthenticatedRequest,
    asked: Asked,
    operation: Operation | None,
    wrong: dict[str, str] | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    search = request.POST.get("cari", request.GET.get("cari", ""))
    around = {
        "asked": asked,
        "operation": operation,
        "is_fixed": is_fixed(operation),
        "wrong": {field: said(text) for field, text in (wrong or {}).items()},
        "zones": [(zone, zone_of(zone)) for zone in ZONE_HOURS],
        "day": day_of(operation) if operation is not None else "",
        "zone": zone_of(operation.zone) if operation is not None else "",
        "elections": ELECTIONS,
        "levels": levels(),
        "phases": phase_rows(asked.phases),
        **_regions(asked.areas, search),
    }
    return render(request, "operasi/describe.html", around, status=status)


@require_safe
@who_may("set-up-operation")
def find_regions(request: AuthenticatedRequest) -> HttpResponse:
    """The regions that a search finds, below those that are chosen: for a page that is open."""
    around = _regions(tuple(request.GET.getlist("wilayah"))[:60], request.GET.get("cari", ""))
    return render(request, "operasi/regions.html", around)


def _regions(chosen: Sequence[str], search: str) -> dict[str, object]:
    codes = sorted({plain(code) for code in chosen if plain(code).isdecimal()})
    found = [one for one in search_regions(search) if one.code not in codes]
    return {
        "search": search[:60],
        "chosen": [_named(code) for code in codes],
        "found": [_named(one.code) for one in found[:FOUND]],
        "is_more": len(found) > FOUND,
    }


def _named(code: str) -> tuple[str, str, str]:
    """A region's code, its code with dots and its name, and the region it is part of."""
    within = region_name(code[: len(code) - 2]) if len(code) > 2 else ""
    return code, f"{dotted(code)} {region_name(code)}", within


def search_regions(search: str) -> list[Region]:
    """The provinces, kabupaten, kota and kecamatan with this in their name, or this code; the larger first."""
    text = upper(search.strip())
    code = plain(search)
    if code.isdecimal():
        return _by_code(code)
    if len(text) < LEAST_LETTERS:
        return []
    return [region for name, region in _all_regions() if text in name]


def _by_code(code: str) -> list[Region]:
    try:
        region = official_codes().region(code[:6])
    except UnknownRegion:
        return []
    return [region, *(one for one in official_codes().children(region.code) if len(one.code) <= 6)]


@lru_cache(maxsize=1)
def _all_regions() -> list[tuple[str, Region]]:
    codes = official_codes()
    provinces = list(codes.children(""))
    regencies = [one for province in provinces for one in codes.children(province.code)]
    districts = [one for regency in regencies for one in below(codes, regency.code, "district")]
    return [(upper(one.name), one) for one in (*provinces, *regencies, *districts)]

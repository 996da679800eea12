"""The section Orang: people entered one at a time, shown with their numbers masked, and every reading logged."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from kawal.command.people import FORCES, RANKS, PersonRefused, masked
from kawal_server.accounts.access import AuthenticatedRequest, may, who_may
from kawal_server.accounts.reads import note_read
from kawal_server.actions.keep_people import (
    OperationClosed,
    add_person,
    change_person,
    give_leave,
    one_person,
    people_within_reach,
    remove_person,
    take_leave,
)
from kawal_server.command_post.operasi.guard import the_operation
from kawal_server.command_post.operasi.sections import sections
from kawal_server.command_post.templatetags.kawal import said
from kawal_server.store.models import PersonRow, UnitRow

ROWS = 50
_FIELDS = {
    "nama": "name",
    "pangkat": "rank",
    "nrp": "nrp",
    "satuan": "unit",
    "instansi": "agency",
    "kecakapan": "skills",
    "telepon": "phone",
    "tempat-tinggal": "home_district",
}


@dataclass(frozen=True, slots=True)
class Shown:
    """A person as a list shows them."""

    who: str
    name: str
    nrp: str
    unit: str
    agency: str
    skills: str
    leaves: int


@require_safe
@who_may("see-people")
def show_people(request: AuthenticatedRequest) -> HttpResponse:
    """The people within reach, and the form for one more."""
    return _page(request)


@require_POST
@who_may("change-people")
def add(request: AuthenticatedRequest) -> HttpResponse:
    """Enter a person."""
    try:
        row = add_person(request.user, _asked(request))
    except PersonRefused as error:
        return _page(request, error.fields, status=400)
    except OperationClosed as error:
        return _page(request, {"all": str(error)}, status=409)
    return HttpResponseRedirect(reverse("operasi-seorang", args=[row.who]))


@require_safe
@who_may("see-people")
def show_person(request: AuthenticatedRequest, who: str) -> HttpResponse:
    """One person, whole."""
    return _person_page(request, one_person(request.user, who))


@require_POST
@who_may("change-people")
def change(request: AuthenticatedRequest, who: str) -> HttpResponse:
    """Change a person, give or take a leave, or remove them."""
    form = request.POST
    try:
        match form.get("aksi"):
            case "hapus":
                remove_person(request.user, who)
                return HttpResponseRedirect(reverse("operasi-orang"))
            case "cuti":
                give_leave(request.user, who, form.get("awal", ""), form.get("akhir", ""))
            case "batal-cuti":
                take_leave(request.user, who, form.get("awal", ""))
            case _:
                change_person(request.user, who, _asked(request))
    except PersonRefused as error:
        return _person_page(request, one_person(request.user, who), error.fields, status=400)
    except OperationClosed as error:
        return _person_page(request, one_person(request.user, who), {"all": str(error)}, status=409)
    return HttpResponseRedirect(reverse("operasi-seorang", args=[who]))


def _asked(request: AuthenticatedRequest) -> dict[str, str]:
    return {field: request.POST.get(name, "") for name, field in _FIELDS.items()}


def _page(request: AuthenticatedRequest, wrong: Mapping[str, str] | None = None, *, status: int = 200) -> HttpResponse:
    rows, search = people_within_reach(request.user), request.GET.get("cari", "")[:60]
    if search:
        rows = rows.filter(name__icontains=search)
    page = Paginator(rows, ROWS).get_page(request.GET.get("halaman", "1"))
    shown = [_shown(row) for row in page.object_list]
    if shown:
        note_read(request.user, "people", len(shown))
    around = {**_around(request, wrong), "page": page, "shown": shown, "search": search}
    around["search_query"] = urlencode({"cari": search}) if search else ""
    around["typed"] = _asked(request) if request.method == "POST" else {"agency": "polri"}
    return render(request, "operasi/people.html", around, status=status)


def _shown(row: PersonRow) -> Shown:
    name = f"{row.rank} {row.name}".strip()
    return Shown(row.who, name, masked(row.nrp), row.unit, row.agency, ", ".join(row.skills), len(row.leave))


def _person_page(
    request: AuthenticatedRequest, row: PersonRow, wrong: Mapping[str, str] | None = None, *, status: int = 200
) -> HttpResponse:
    kept = {
        name: str(getattr(row, name)) for name in ("name", "rank", "nrp", "unit", "agency", "phone", "home_district")
    }
    kept["skills"] = ", ".join(row.skills)
    is_changing = wrong is not None and request.POST.get("aksi") == "ubah"
    around = {**_around(request, wrong), "person": row, "typed": _asked(request) if is_changing else kept}
    return render(request, "operasi/person.html", around, status=status)


def _around(request: AuthenticatedRequest, wrong: Mapping[str, str] | None) -> dict[str, object]:
    return {
        "sections": sections(request, "operasi-orang"),
        "operation": the_operation(),
        "units": [one for one in UnitRow.objects.all() if may(request.user, "change-people", unit=one.unit)],
        "agencies": [(one, _FORCE_NAMES.get(one, one)) for one in FORCES],
        "ranks": [rank for ranks in RANKS.values() for rank in ranks],
        "may_change": may(request.user, "change-people"),
        "wrong": {field: said(text) for field, text in (wrong or {}).items()},
    }


_FORCE_NAMES = {"polri": "Polri", "tni": "TNI", "linmas": "Linmas", "satpolpp": "Satpol PP", "pemda": "Pemda"}

"""Whom to call in each desa: with links a phone dials, as a file and on paper, and every attempt to call logged."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from kawal_server import clock
from kawal_server.accounts.access import AuthenticatedRequest, fetch, may, who_may, within_reach
from kawal_server.accounts.reads import ReasonMissing, note_export, note_read
from kawal_server.actions.admin_chain import NotTaken
from kawal_server.actions.keep_contacts import (
    FILE_LIMIT,
    KINDS,
    Contact,
    ContactRefused,
    keep_contact,
    keep_file,
    unit_of,
    write_csv,
)
from kawal_server.actions.log_coordination import CALLS, LineRefused, log_call
from kawal_server.actions.sign_command import CannotSign
from kawal_server.command_post.evidence import zone_of_post
from kawal_server.command_post.operasi.guard import refuse_demo
from kawal_server.command_post.perintah.views import may_sign
from kawal_server.command_post.places import region_name
from kawal_server.command_post.templatetags.kawal import said
from kawal_server.store.models import CommandLogLine, ContactRow
from kawal_server.store.units import the_units

SHOWN_WRONG = 20


@dataclass(frozen=True)
class ContactShown:
    """One contact, and the last attempt to call it; called_at None: nobody tried."""

    row: ContactRow
    outcome: str
    called_at: int | None


@dataclass(frozen=True)
class Village:
    """One desa and its contacts. missing: the kinds of contact it lacks."""

    code: str
    contacts: tuple[ContactShown, ...]

    @property
    def missing(self) -> tuple[str, ...]:
        """Whom nobody could call here."""
        held = {one.row.kind for one in self.contacts}
        return tuple(kind for kind in KINDS if kind not in held)


@require_http_methods(["GET", "HEAD", "POST"])
@who_may("see-contacts")
def show(request: AuthenticatedRequest) -> HttpResponse:
    """The contacts of one kecamatan; a POST keeps one."""
    if request.method != "POST":
        return _page(request)
    if not may(request.user, "log-coordination"):
        return _page(request, wrong={"all": _NOT_YOURS}, status=403)
    form = request.POST
    contact = Contact(form.get("desa", ""), form.get("jabatan", ""), form.get("nama", ""), form.get("telepon", ""))
    try:
        if not may(request.user, "log-coordination", unit=unit_of(contact.area)):
            raise ContactRefused({"area": "Desa itu di luar satuan Anda. / That desa is outside your unit."})
        kept = keep_contact(contact, at=clock.now())
    except ContactRefused as refused:
        return _page(request, wrong=refused.fields, status=400)
    return HttpResponseRedirect(f"{reverse('kontak')}?kecamatan={kept.area[:6]}")


_NOT_YOURS = "Jabatan Anda tidak mengubah kontak. / Your office does not change contacts."


@require_POST
@who_may("log-coordination")
def change(request: AuthenticatedRequest, number: int) -> HttpResponse:
    """Log an attempt to call a contact, or take the contact out of the list."""
    row = fetch(request.user, "log-coordination", ContactRow.objects.all(), pk=number)
    back = f"{reverse('kontak')}?kecamatan={row.area[:6]}"
    if request.POST.get("aksi") == "hapus":
        row.delete()
        return HttpResponseRedirect(back)
    refuse_demo()
    try:
        log_call(row, request.POST.get("hasil", ""), at=clock.now())
    except LineRefused as refused:
        return _page(request, wrong={"all": str(refused)}, status=400, district=row.area[:6])
    except (CannotSign, NotTaken) as refused:
        return _page(request, wrong={"all": str(refused)}, status=409, district=row.area[:6])
    return HttpResponseRedirect(back)


@require_POST
@who_may("log-coordination")
def upload(request: AuthenticatedRequest) -> HttpResponse:
    """Keep the contacts of a file; the answer says which rows were refused."""
    file = request.FILES.get("berkas")
    if file is None or (file.size or 0) > FILE_LIMIT:
        return _page(
            request, wrong={"file": "Pilih berkas CSV sampai 2 MB. / Choose a CSV file up to 2 MB."}, status=400
        )
    reach = the_units().below(request.user.unit) if request.user.unit else None
    kept, refused = keep_file(file.read(FILE_LIMIT), at=clock.now(), may_keep=reach)
    return _page(request, kept=kept, refused=refused, status=400 if refused and not kept else 200)


@require_POST
@who_may("export-people")
def download(request: AuthenticatedRequest) -> HttpResponse:
    """The contacts within reach as CSV. Whoever takes people's numbers away says why, and it is written down."""
    rows = list(_rows(request))
    try:
        note_export(request.user, "contacts", len(rows), why=request.POST.get("alasan", ""))
    except ReasonMissing as refused:
        return _page(request, wrong={"all": str(refused)}, status=400)
    answer = HttpResponse(write_csv(rows), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="kontak-desa.csv"'
    return answer


def _rows(request: AuthenticatedRequest) -> QuerySet[ContactRow]:
    return within_reach(request.user, "see-contacts", ContactRow.objects.all())


def _page(
    request: AuthenticatedRequest,
    *,
    wrong: Mapping[str, str] | None = None,
    kept: int | None = None,
    refused: list[str] | None = None,
    district: str = "",
    status: int = 200,
) -> HttpResponse:
    rows = list(_rows(request))
    districts = sorted({row.area[:6] for row in rows})
    asked = district or request.GET.get("kecamatan", "")
    chosen = asked if asked in districts else districts[0] if districts else ""
    if chosen:
        note_read(request.user, "contacts", sum(row.area[:6] == chosen for row in rows), about=chosen)
    around = {
        "districts": [(code, region_name(code)) for code in districts],
        "district": chosen,
        "villages": _villages([row for row in rows if row.area[:6] == chosen]),
        "total": len(rows),
        "kinds": KINDS,
        "calls": CALLS,
        "typed": request.POST,
        "wrong": {field: said(text) for field, text in (wrong or {}).items()},
        "kept": kept,
        "refused": [said(text) for text in (refused or [])[:SHOWN_WRONG]],
        "refused_count": len(refused or []),
        "may_keep": may(request.user, "log-coordination"),
        "may_call": may_sign() and may(request.user, "log-coordination"),
        "may_see_contacts": True,
        "may_export": may(request.user, "export-people"),
        "zone": zone_of_post(),
    }
    return render(request, "perintah/contacts.html", around, status=status)


def _villages(rows: list[ContactRow]) -> list[Village]:
    calls: dict[tuple[str, str], tuple[str, int]] = {}
    areas = {row.area for row in rows}
    for line in CommandLogLine.objects.filter(kind="call", about__in=areas).order_by("at", "eid"):
        kind, _, outcome = line.note.partition(":")
        calls[line.about, kind.strip()] = (outcome.strip(), line.at)
    made: dict[str, list[ContactShown]] = {}
    for row in rows:
        outcome, at = calls.get((row.area, row.kind), ("", None))
        made.setdefault(row.area, []).append(ContactShown(row, outcome, at))
    return [Village(code, tuple(contacts)) for code, contacts in made.items()]

"""Who read about people, and what happened to accounts: for the auditor, whose own reading is written down too."""

from collections.abc import Callable
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from kawal_server.accounts.access import AuthenticatedRequest, who_may
from kawal_server.accounts.models import AccountEvent, Officer, ReadOfPersonal
from kawal_server.accounts.reads import note_read
from kawal_server.command_post.akun.words import event_name, office_name
from kawal_server.command_post.evidence import zone_of_post

ROWS = 50
Who = Callable[[int | None], str]


@require_safe
@who_may("see-reads")
def show_traces(request: AuthenticatedRequest) -> HttpResponse:
    """Two lists, the newest first: reads of personal data, or with `daftar=akun` events of accounts."""
    is_accounts = request.GET.get("daftar") == "akun"
    page = _page_of(AccountEvent.objects.all() if is_accounts else ReadOfPersonal.objects.all(), request)
    note_read(request.user, "reads", len(page), action="see-reads")
    who = _who()
    around = {
        "is_accounts": is_accounts,
        "page": page,
        "rows": [_shown(row, who) for row in page],
        "zone": zone_of_post(),
    }
    return render(request, "akun/traces.html", around)


def _page_of(rows: QuerySet[Any], request: AuthenticatedRequest) -> Page[Any]:
    return Paginator(rows, ROWS).get_page(request.GET.get("halaman"))


def _shown(row: AccountEvent | ReadOfPersonal, who: Who) -> tuple[AccountEvent | ReadOfPersonal, str, str, str]:
    if isinstance(row, AccountEvent):
        return row, who(row.officer), event_name(row.kind), who(row.by)
    return row, who(row.officer), "", ""


def _who() -> Who:
    """How an officer is named here; the number alone once the account is erased."""
    named = {one.pk: f"{one.username} ({office_name(one.office)})" for one in Officer.objects.all()}
    return lambda pk: "—" if pk is None else named.get(pk, f"#{pk}")

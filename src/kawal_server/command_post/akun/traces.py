"""Who read about people, and what happened to accounts: for the auditor, whose own reading is written down too."""

from collections.abc import Callable

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from kawal_server.accounts.access import AuthenticatedRequest, who_may
from kawal_server.accounts.models import AccountEvent, Officer, ReadOfPersonal
from kawal_server.accounts.reads import note_read
from kawal_server.command_post.akun.words import event_name, office_name
from kawal_server.command_post.evidence import zone_of_post

ROWS = 50


@require_safe
@who_may("see-reads")
def show_traces(request: AuthenticatedRequest) -> HttpResponse:
    """Two lists, the newest first: reads of personal data, or with `daftar=akun` events of accounts."""
    is_accounts = request.GET.get("daftar") == "akun"
    rows = AccountEvent.objects.all() if is_accounts else ReadOfPersonal.objects.all()
    page = Paginator(rows, ROWS).get_page(request.GET.get("halaman"))
    note_read(request.user, "reads", len(page), action="see-reads")
    who = _who()
    around = {
        "is_accounts": is_accounts,
        "page": page,
        "rows": [
            (row, who(row.officer), event_name(row.kind), who(row.by))
            if isinstance(row, AccountEvent)
            else (row, who(row.officer), "", "")
            for row in page
        ],
        "zone": zone_of_post(),
    }
    return render(request, "akun/traces.html", around)


def _who() -> Callable[[int | None], str]:
    """How an officer is named here; the number alone once the account is erased."""
    named = {one.pk: f"{one.username} ({office_name(one.office)})" for one in Officer.objects.all()}
    return lambda pk: "—" if pk is None else named.get(pk, f"#{pk}")

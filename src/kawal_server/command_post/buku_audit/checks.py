"""Checking a whole log from the page: each request works for less than a second and hands on how far it came."""

from django.core import signing
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from kawal.ledger.log_of import LogName
from kawal_server.accounts.access import AuthenticatedRequest, who_may
from kawal_server.actions.check_log import Checking, begin_check, check_on, read_checking

SALT = "kawal.check"
LAST = (1_000, 10_000)
AGE_S = 3600


@require_POST
@who_may("see-ledger")
def check(request: AuthenticatedRequest, log: LogName) -> HttpResponse:
    """Begin, or go on with, a check of a log."""
    checking = _carried(request, log) or begin_check(log, last=_last(request.POST.get("daun", "")))
    checking = check_on(checking)
    around = {
        "log": log,
        "checking": checking,
        "carried": None if checking.is_done else signing.dumps(checking.as_json(), salt=SALT, compress=True),
    }
    is_part = request.headers.get("HX-Request") == "true"
    return render(request, "buku_audit/check.html" if is_part else "buku_audit/check_page.html", around)


def _carried(request: AuthenticatedRequest, log: LogName) -> Checking | None:
    """What the request before handed on; begun anew where it is not ours, or of another log."""
    try:
        values = signing.loads(request.POST.get("sampai", ""), salt=SALT, max_age=AGE_S)
    except signing.BadSignature:
        return None
    checking = read_checking(values)
    return checking if checking.log == log else None


def _last(asked: str) -> int | None:
    return int(asked) if asked in {str(one) for one in LAST} else None

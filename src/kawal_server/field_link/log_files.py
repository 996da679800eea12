"""The logs as static files (C2SP tlog-tiles): hash tiles and checkpoints for anyone, entries and files by token.

A web server or CDN may serve the same folder instead; it must keep to the same rule of who reads what.
"""

from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from kawal.ledger.log_of import KOTAK, LOG_NAMES, LogName, is_public
from kawal_server.accounts.access import may
from kawal_server.store.models import ReadToken

FOREVER = "max-age=31536000, immutable"
FRESH = "public, max-age=2, must-revalidate"
_TYPES = {"checkpoint": "text/plain; charset=utf-8", "policy": "text/plain; charset=utf-8"}


@require_safe
def log_file(request: HttpRequest, log: str, name: str) -> HttpResponseBase:
    """Serve one file of a log, if it is public or the reader may read entries."""
    found = next((one for one in LOG_NAMES if one == log), None)
    if found is None or not is_public(KOTAK, name, entries_released=True):
        raise Http404("tidak ada berkas log dengan nama itu / the log has no file of that name")
    is_open = is_public(found, name)
    if not is_open and not _may_read(request, found):
        return HttpResponse(
            "Perlu token baca. / A read token is needed.\n",
            status=401,
            content_type="text/plain; charset=utf-8",
            headers={"WWW-Authenticate": 'Bearer realm="kawal"'},
        )
    path: Path = settings.LOGS / found / name
    try:
        # Tiles and blobs are at most 16 MiB, and a file that is gone between two steps is simply gone.
        data = path.read_bytes()
    except OSError as error:
        raise Http404("tidak ada berkas log dengan nama itu / the log has no file of that name") from error
    response = HttpResponse(data, content_type=_type(name))
    response["Cache-Control"] = _cache(name, is_open=is_open)
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _may_read(request: HttpRequest, log: LogName) -> bool:
    kind, _, token = request.headers.get("Authorization", "").partition(" ")
    if kind.lower() == "bearer" and token:
        digest = sha256(token.strip().encode()).hexdigest()
        return ReadToken.objects.filter(digest=digest, log=log, revoked_at=None).exists()
    # Entries and manifests of the security log say where guards stand: the same rule as in the audit book.
    return may(request.user, "see-ledger") and (log == KOTAK or may(request.user, "see-guard"))


def _type(name: str) -> str:
    return _TYPES.get(name.partition(".")[0].partition("-")[0], "application/octet-stream")


def _cache(name: str, *, is_open: bool) -> str:
    if name in ("checkpoint", "checkpoint-unwitnessed"):
        return FRESH
    # An entry that an officer has read must be gone with the session, and a token that was taken back reads nothing.
    return f"public, {FOREVER}" if is_open else "private, no-store"

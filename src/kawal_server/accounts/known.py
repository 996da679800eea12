"""A browser by which an account has come in before, known by a signed cookie bound to that account."""

import hmac
import secrets
from hashlib import sha256

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponseBase

from kawal_server.accounts.models import Officer

AGE_S = 180 * 24 * 3600
_SALT = "kawal.accounts.known"


def known_browser(request: HttpRequest, account: str) -> str:
    """The id of this browser for an account by its name; "" where the account never came in by it."""
    try:
        kept = signing.loads(request.COOKIES.get(_name(account), ""), salt=_SALT, max_age=AGE_S)
    except signing.BadSignature:
        return ""
    is_own = isinstance(kept, list) and len(kept) == 2 and kept[0] == _name(account)
    return str(kept[1]) if is_own else ""


def remember_browser(request: HttpRequest, response: HttpResponseBase, officer: Officer) -> None:
    """Let this browser be known for this account from now on."""
    name = _name(officer.username)
    browser = known_browser(request, officer.username) or secrets.token_urlsafe(16)
    response.set_cookie(
        name,
        signing.dumps([name, browser], salt=_SALT),
        max_age=AGE_S,
        samesite="Lax",
        secure=settings.IS_HTTPS,
        httponly=True,
    )


def _name(account: str) -> str:
    """One cookie an account, which does not say whose: several officers share the posko's machine."""
    hashed = hmac.new(settings.SECRET_KEY.encode(), f"known {account.strip().lower()}".encode(), sha256)
    return f"kenal-{hashed.hexdigest()[:12]}"

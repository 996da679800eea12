"""Give and withdraw the tokens by which witnesses and observers read entries and blobs of a log."""

import secrets
from hashlib import sha256

from kawal.ledger.log_of import LogName
from kawal_server import clock
from kawal_server.store.models import ReadToken

HOLDER_LIMIT = 120


class NobodyNamed(ValueError):
    """A token must say who holds it."""


def digest_of(token: str) -> str:
    """What is kept of a token: its SHA-256 in hexadecimal."""
    return sha256(token.encode()).hexdigest()


def give_token(log: LogName, holder: str) -> str:
    """Make a token that reads one log; it is shown once, and only its hash is kept. Raises: NobodyNamed."""
    holder = " ".join(holder.replace("\0", "").split())[:HOLDER_LIMIT]
    if not holder:
        raise NobodyNamed("tulis siapa yang memegang kode baca ini / write who holds this token")
    token = secrets.token_urlsafe(32)
    ReadToken.objects.create(digest=digest_of(token), log=log, holder=holder, made_at=clock.now())
    return token


def withdraw_token(pk: int) -> bool:
    """Withdraw a token; False where there is none that still holds."""
    return ReadToken.objects.filter(pk=pk, revoked_at=None).update(revoked_at=clock.now()) == 1

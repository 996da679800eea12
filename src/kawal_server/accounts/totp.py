"""Codes of an authenticator app (RFC 6238): six digits, thirty seconds, one step of drift, each used once."""

import re
import secrets
from base64 import b32encode

from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor import InvalidToken
from cryptography.hazmat.primitives.twofactor.totp import TOTP

from kawal_server.accounts import seconds
from kawal_server.accounts.models import FactorRow, Officer
from kawal_server.accounts.sealing import CannotUnseal, seal, unseal

STEP_S = 30
DRIFT = 1
SECRET_BYTES = 20
PURPOSE = "totp"


def new_secret() -> bytes:
    """A secret for one app, sealed as it is kept."""
    return seal(secrets.token_bytes(SECRET_BYTES), PURPOSE)


def _app(sealed: bytes) -> TOTP:
    return TOTP(unseal(sealed, PURPOSE), 6, SHA1(), STEP_S)


def uri_of(sealed: bytes, account: str, *, issuer: str = "Kawal") -> str:
    """What the app reads from the QR code."""
    return _app(sealed).get_provisioning_uri(account, issuer)


def typed_of(sealed: bytes) -> str:
    """The secret in groups of four, for an app without a camera."""
    text = b32encode(unseal(sealed, PURPOSE)).decode().rstrip("=")
    return " ".join(text[start : start + 4] for start in range(0, len(text), 4))


def step_of(sealed: bytes, code: str, *, after: int = 0) -> int | None:
    """The time step that a code belongs to, if it is later than step `after`; None for a wrong or a used code."""
    code = re.sub(r"\s", "", code)
    if not re.fullmatch(r"[0-9]{6}", code):
        return None
    app, now = _app(sealed), seconds.now() // STEP_S
    for step in range(now - DRIFT, now + DRIFT + 1):
        try:
            app.verify(code.encode(), step * STEP_S)
        except InvalidToken:
            continue
        if step > after:
            return step
    return None


def add_app(officer: Officer, sealed: bytes, code: str, name: str) -> FactorRow | None:
    """Keep an app as a second factor once it shows the right code; None where the code is wrong."""
    step = step_of(sealed, code)
    if step is None:
        return None
    return FactorRow.objects.create(
        officer=officer, kind="totp", name=name, secret=sealed, counter=step, made_at=seconds.now()
    )


def is_code_right(officer: Officer, code: str) -> bool:
    """Take a code of one of the officer's apps. Each code counts once, even when two hands send it at one moment."""
    for factor in FactorRow.objects.filter(officer=officer, kind="totp"):
        try:
            step = step_of(bytes(factor.secret), code, after=factor.counter)
        except CannotUnseal:
            continue
        if step is not None:
            taken = FactorRow.objects.filter(pk=factor.pk, counter__lt=step)
            return taken.update(counter=step, used_at=seconds.now()) == 1
    return False

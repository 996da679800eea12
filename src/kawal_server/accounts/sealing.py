"""Secrets at rest: sealed with a key of their own that comes from the post's secret and lies in no table."""

from base64 import urlsafe_b64encode

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings


class CannotUnseal(ValueError):
    """Sealed under another secret of the post, or changed."""


def _box(purpose: str) -> Fernet:
    key = HKDF(SHA256(), 32, salt=None, info=f"kawal accounts {purpose}".encode()).derive(settings.SECRET_KEY.encode())
    return Fernet(urlsafe_b64encode(key))


def seal(data: bytes, purpose: str) -> bytes:
    """Seal for one purpose; what is sealed for another one does not open."""
    return _box(purpose).encrypt(data)


def unseal(sealed: bytes, purpose: str) -> bytes:
    """Open again. Raises: CannotUnseal."""
    try:
        return _box(purpose).decrypt(bytes(sealed))
    except InvalidToken as error:
        raise CannotUnseal(
            "rahasia posko berganti: daftarkan ulang faktor kedua / the post's secret changed: enrol the factor again"
        ) from error

"""The text forms of bytes: canonical base64 in both alphabets, and digests as they stand inside events."""

import binascii
import re
from hashlib import sha256

_TO_URL = bytes.maketrans(b"+/", b"-_")
# "+" and "/" do not belong to the URL alphabet: they turn into a character that no alphabet knows.
_FROM_URL = bytes.maketrans(b"-_+/", b"+/!!")
_PADDING = (b"", b"!", b"==", b"=")
# The last character of a text of 4n+2 (4n+3) characters holds 4 (2) bits that mean nothing and must be zero.
_LAST_OF_TWO = frozenset(b"AQgw")
_LAST_OF_THREE = frozenset(b"AEIMQUYcgkosw048")
_DIGEST = re.compile(r"[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]")


class NotCanonical(ValueError):
    """The text is not the one canonical base64 form of any bytes."""


def b64u(data: bytes) -> str:
    """Encode as base64url without padding (RFC 4648 section 5)."""
    return binascii.b2a_base64(data, newline=False).translate(_TO_URL).rstrip(b"=").decode("ascii")


def unb64u(text: str | bytes) -> bytes:
    """Decode base64url without padding; white space, padding and stray trailing bits are refused.

    Raises: NotCanonical.
    """
    letters = text.encode("utf-8", "replace") if isinstance(text, str) else text
    rest = len(letters) % 4
    is_clean = rest == 0 or letters[-1] in (_LAST_OF_TWO if rest == 2 else _LAST_OF_THREE)
    if not is_clean or b"=" in letters:
        raise NotCanonical(f"base64url tidak kanonik / not canonical base64url: {text[:60]!r}")
    try:
        return binascii.a2b_base64(letters.translate(_FROM_URL) + _PADDING[rest], strict_mode=True)
    except (binascii.Error, ValueError) as error:
        raise NotCanonical(f"bukan base64url yang sah / not valid base64url: {text[:60]!r}") from error


def b64(data: bytes) -> str:
    """Encode as standard base64 with padding (RFC 4648 section 4)."""
    return binascii.b2a_base64(data, newline=False).decode("ascii")


def unb64(text: str) -> bytes:
    """Decode standard base64 with padding; anything but the canonical form is refused.

    Raises: NotCanonical.
    """
    try:
        data = binascii.a2b_base64(text, strict_mode=True)
    except (binascii.Error, ValueError) as error:
        raise NotCanonical(f"bukan base64 yang sah / not valid base64: {text[:60]!r}") from error
    if b64(data) != text:
        raise NotCanonical(f"base64 tidak kanonik / base64 is not canonical: {text[:60]!r}")
    return data


def is_digest(text: object) -> bool:
    """Tell whether a value is b64u(SHA-256): 43 characters, canonical."""
    return isinstance(text, str) and _DIGEST.fullmatch(text) is not None


def digest(data: bytes) -> str:
    """Give b64u(SHA-256(data)), the form of every hash inside an event (`mh`, `ph`, `policy`, `idc`, `th`)."""
    return b64u(sha256(data).digest())


def blob_name(digest_text: str) -> str:
    """Give the file name in `blobs/` (lower-case hex) for a hash as it stands inside an event.

    Raises: NotCanonical.
    """
    return unb64u(digest_text).hex()

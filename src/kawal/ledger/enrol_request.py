"""What a phone shows to be enrolled: its public key, whom or which unit it asks for, and a proof that it holds the key.

Source: docs/format/enrolment.md.
"""

import re
from dataclasses import dataclass

from kawal.ledger.encoding import NotCanonical, b64u, unb64u
from kawal.ledger.event import INTEGER_LIMIT, Kid
from kawal.ledger.keys import ED25519, ES256, Algorithm, PublicKey, SigningKey, check_key, verify

PREFIX = "KE1"
REQUEST_LIMIT = 400
LIFE_S = 24 * 3600
SLACK_S = 600
NONCE_BYTES = 16
_ASKED_FOR = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{0,63}|")
_SECONDS = re.compile(r"0|[1-9][0-9]{0,15}")


class BadRequest(ValueError):
    """The text is no enrolment request."""


class StaleRequest(ValueError):
    """The request was made too long ago, or in the future: it may be a photograph of an old one."""


@dataclass(frozen=True, slots=True)
class EnrolRequest:
    """A request whose signature holds. `asked_for`: the `who` or the unit that it names, or ""; `made_at`: its claim.

    `nonce`: 22 characters, never the same twice.
    """

    key: PublicKey
    asked_for: str
    made_at: int
    nonce: str

    @property
    def kid(self) -> Kid:
        """The key id that it asks to be enrolled."""
        return Kid(self.key.kid)

    def is_for(self, *, who: str, unit: str) -> bool:
        """Whether it may be enrolled for this person and unit: one that names somebody is nobody else's."""
        return self.asked_for in ("", who, unit)


def write_request(key: SigningKey, *, asked_for: str, made_at: int, nonce: bytes) -> str:
    """Write and sign a request. nonce: 16 random bytes. Raises: BadRequest."""
    if len(nonce) != NONCE_BYTES or not _ASKED_FOR.fullmatch(asked_for) or not 0 <= made_at <= INTEGER_LIMIT:
        raise BadRequest("permintaan tidak dapat ditulis / the request cannot be written")
    parts = [PREFIX, key.public.alg, b64u(key.public.x)]
    parts += [b64u(key.public.y)] if key.public.alg == ES256 else []
    signed = ".".join([*parts, asked_for, str(made_at), b64u(nonce)])
    return f"{signed}.{b64u(key.sign(signed.encode('ascii')))}"


def read_request(text: str) -> EnrolRequest:
    """Read a request and check that whoever made it holds the key, and that the key is one that may be enrolled.

    Raises: BadRequest, BadKey, BadSignature. When it was made is another question: `check_fresh`.
    """
    signed, _, tail = text.rpartition(".")
    parts = signed.split(".")
    if len(text) > REQUEST_LIMIT or not text.isascii() or parts[0] != PREFIX or len(parts) < 6:
        raise BadRequest(
            "bukan permintaan pendaftaran; pindai kode di ponsel / not an enrolment request; scan the phone's code"
        )
    alg = _algorithm(parts[1])
    if len(parts) != (6 if alg == ED25519 else 7):
        raise BadRequest("permintaan terpotong atau berlebih / the request is cut off or too long")
    asked_for, made_at, nonce = parts[-3:]
    if _ASKED_FOR.fullmatch(asked_for) is None or _SECONDS.fullmatch(made_at) is None:
        raise BadRequest("isi permintaan tidak sah / the request's members are not valid")
    key = PublicKey(alg, _bytes(parts[2], 32), _bytes(parts[3], 32) if alg == ES256 else b"")
    _bytes(nonce, NONCE_BYTES)
    signature = _bytes(tail, 64)
    check_key(key)
    verify(key, signed.encode("ascii"), signature)
    return EnrolRequest(key, asked_for, _seconds(made_at), nonce)


def check_fresh(request: EnrolRequest, at: int) -> None:
    """Refuse a request over a day old, or of a time that has not come. at: UNIX seconds. Raises: StaleRequest."""
    if at - request.made_at > LIFE_S:
        raise StaleRequest(
            "permintaan ini dibuat lebih dari 24 jam lalu; minta ponsel menampilkan yang baru / "
            "this request was made over 24 hours ago; let the phone show a new one"
        )
    if request.made_at - at > SLACK_S:
        raise StaleRequest(
            "jam ponsel ini mendahului; betulkan jamnya lalu tampilkan lagi / "
            "this phone's clock is ahead; set it right and show the code again"
        )


def _algorithm(text: str) -> Algorithm:
    if text not in (ED25519, ES256):
        raise BadRequest("jenis kunci tidak dikenal / the kind of key is not known")
    return ES256 if text == ES256 else ED25519


def _seconds(text: str) -> int:
    value = int(text)
    if value > INTEGER_LIMIT:
        raise BadRequest("waktu di luar 2^53-1 / the time is beyond 2^53-1")
    return value


def _bytes(text: str, length: int) -> bytes:
    try:
        data = unb64u(text)
    except NotCanonical as error:
        raise BadRequest(str(error)) from error
    if len(data) != length:
        raise BadRequest(f"bagian permintaan harus {length} bita / a part of the request must be {length} bytes")
    return data

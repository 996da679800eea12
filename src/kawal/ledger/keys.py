"""Device and log keys: Ed25519 by libsodium, ES256 for older browsers, and the RFC 7638 key id."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from nacl import bindings
from nacl.exceptions import BadSignatureError

from kawal.ledger.encoding import b64u, digest

Algorithm = Literal["Ed25519", "ES256"]
ED25519: Algorithm = "Ed25519"
ES256: Algorithm = "ES256"
SIGNATURE_BYTES = 64


class BadSignature(ValueError):
    """The signature does not belong to this message and key."""


class BadKey(ValueError):
    """The public key cannot be used: wrong length, not a point, or of small order."""


@dataclass(frozen=True, slots=True)
class PublicKey:
    """A verifying key. `x`: 32 bytes; `y`: 32 bytes for ES256, empty for Ed25519."""

    alg: Algorithm
    x: bytes
    y: bytes = b""

    @property
    def kid(self) -> str:
        """The RFC 7638 thumbprint, 43 characters."""
        return thumbprint(self)


def thumbprint(key: PublicKey) -> str:
    """Compute the key id. Source: RFC 7638 section 3, RFC 8037 section 2."""
    if key.alg == ED25519:
        text = f'{{"crv":"Ed25519","kty":"OKP","x":"{b64u(key.x)}"}}'
    else:
        text = f'{{"crv":"P-256","kty":"EC","x":"{b64u(key.x)}","y":"{b64u(key.y)}"}}'
    return digest(text.encode("ascii"))


def check_key(key: PublicKey) -> None:
    """Check a key once, at enrolment: lengths, and that it is a point of the main subgroup.

    Raises: BadKey. Source: libsodium `crypto_core_ed25519_is_valid_point`; SEC 1 section 3.2.2.1 for P-256.
    """
    if key.alg == ED25519:
        if len(key.x) != 32 or key.y or not bindings.crypto_core_ed25519_is_valid_point(key.x):
            raise BadKey("kunci Ed25519 tidak sah / the Ed25519 key is not a valid point")
        return
    _p256(key.x, key.y)


def verify(key: PublicKey, message: bytes, signature: bytes) -> None:
    """Verify one signature; for Ed25519 this accepts exactly what libsodium's verify_detached accepts.

    Raises: BadSignature, BadKey. Source: RFC 8032 (cofactorless), RFC 7518 section 3.4 (r || s, 64 bytes).
    """
    if len(signature) != SIGNATURE_BYTES:
        raise BadSignature("panjang tanda tangan bukan 64 bita / the signature is not 64 bytes")
    if key.alg == ED25519:
        _verify_ed25519(key.x, message, signature)
        return
    r, s = int.from_bytes(signature[:32]), int.from_bytes(signature[32:])
    try:
        _p256(key.x, key.y).verify(encode_dss_signature(r, s), message, ec.ECDSA(hashes.SHA256()))
    except InvalidSignature as error:
        raise BadSignature("tanda tangan tidak cocok / the signature does not verify") from error


def _verify_ed25519(public: bytes, message: bytes, signature: bytes) -> None:
    # The binding hands libsodium a bare pointer: a short key would be read beyond its end, a long one cut.
    if len(public) != 32:
        raise BadKey("kunci Ed25519 bukan 32 bita / the Ed25519 key is not 32 bytes")
    try:
        bindings.crypto_sign_open(signature + message, public)
    except BadSignatureError as error:
        raise BadSignature("tanda tangan tidak cocok / the signature does not verify") from error


def p256_candidates(x: bytes) -> tuple[bytes, bytes]:
    """The two `y` that belong to a P-256 `x`, 32 bytes each: which one is meant, the thumbprint tells.

    Raises: BadKey. Source: SEC 1 section 2.3.4.
    """
    found = []
    for sign in (b"\x02", b"\x03"):
        try:
            point = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), sign + x)
        except ValueError as error:
            raise BadKey("kunci ES256 bukan titik P-256 / the ES256 key is not on P-256") from error
        found.append(point.public_numbers().y.to_bytes(32))
    return found[0], found[1]


@lru_cache(maxsize=4096)
def _p256(x: bytes, y: bytes) -> ec.EllipticCurvePublicKey:
    if len(x) != 32 or len(y) != 32:
        raise BadKey("kunci ES256 perlu x dan y 32 bita / an ES256 key needs 32-byte x and y")
    try:
        return ec.EllipticCurvePublicNumbers(int.from_bytes(x), int.from_bytes(y), ec.SECP256R1()).public_key()
    except ValueError as error:
        raise BadKey("kunci ES256 bukan titik P-256 / the ES256 key is not on P-256") from error


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A signing key: its public half and the function that signs. The secret stays with whoever made it."""

    public: PublicKey
    sign: Callable[[bytes], bytes]

    @property
    def kid(self) -> str:
        """The key id of the public half."""
        return self.public.kid


def ed25519_from_seed(seed: bytes) -> SigningKey:
    """Make an Ed25519 key from a 32-byte seed (RFC 8032 section 5.1.5)."""
    public, secret = bindings.crypto_sign_seed_keypair(seed)

    def sign(message: bytes) -> bytes:
        return bindings.crypto_sign(message, secret)[:SIGNATURE_BYTES]

    return SigningKey(PublicKey(ED25519, public), sign)

"""A phone and its Ed25519 key."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from .encoding import b64u, thumbprint


@dataclass(eq=False)
class Device:
    """A phone of one person of one unit; `head` is the eid of its newest event."""

    name: str
    role: str
    unit: str
    agency: str
    who: str
    key: Ed25519PrivateKey
    x: str
    kid: str
    header: str
    clock_offset: int = 0
    seq: int = 0
    head: str = ""


def build_device(name: str, *, seed: int, role: str, unit: str, agency: str, who: str | None = None) -> Device:
    """Derive a phone's key and its person's opaque id from seed and name."""
    secret = hashlib.sha256(f"second-generator/{seed}/{name}".encode()).digest()
    key = Ed25519PrivateKey.from_private_bytes(secret)
    x = b64u(key.public_key().public_bytes_raw())
    kid = thumbprint(x)
    header = f'{{"alg":"Ed25519","kid":"{kid}","typ":"kawal-ev1"}}'.encode("ascii")
    person = who or "p-" + hashlib.sha256(b"person" + secret).hexdigest()[:10]
    return Device(name, role, unit, agency, person, key, x, kid, b64u(header))

"""Keys, ids and signed events as the ledger page spells them; nothing here knows the tools under test."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature

Json = None | bool | int | str | Sequence["Json"] | Mapping[str, "Json"]
SECP256R1_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551


def b64u(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode("ascii")


def digest(raw: bytes) -> str:
    return b64u(hashlib.sha256(raw).digest())


def leaf(line: bytes) -> bytes:
    return hashlib.sha256(b"\x00" + line).digest()


def compact(value: Json) -> bytes:
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False).encode("utf-8")


@dataclass
class Phone:
    """A device: `head` is what its next event names as `prev`."""

    name: str
    role: str
    unit: str
    agency: str
    who: str
    alg: str = "Ed25519"
    seq: int = 0
    head: str = ""
    kid: str = field(init=False)
    x: str = field(init=False)
    y: str | None = field(init=False, default=None)

    def __post_init__(self) -> None:
        secret = hashlib.sha256(f"contracts/{self.name}".encode()).digest()
        if self.alg == "Ed25519":
            self._ed = ed25519.Ed25519PrivateKey.from_private_bytes(secret)
            self.x = b64u(self._ed.public_key().public_bytes_raw())
            self.kid = digest(f'{{"crv":"Ed25519","kty":"OKP","x":"{self.x}"}}'.encode())
            return
        self._ec = ec.derive_private_key(int.from_bytes(secret, "big") % (SECP256R1_ORDER - 1) + 1, ec.SECP256R1())
        numbers = self._ec.public_key().public_numbers()
        self.x, self.y = b64u(numbers.x.to_bytes(32, "big")), b64u(numbers.y.to_bytes(32, "big"))
        self.kid = digest(f'{{"crv":"P-256","kty":"EC","x":"{self.x}","y":"{self.y}"}}'.encode())

    def sign(self, payload: bytes) -> bytes:
        """The JWS of these payload bytes."""
        header = f'{{"alg":"{self.alg}","kid":"{self.kid}","typ":"kawal-ev1"}}'
        signing_input = f"{b64u(header.encode())}.{b64u(payload)}".encode("ascii")
        return signing_input + b"." + b64u(self._signature(signing_input)).encode("ascii")

    def _signature(self, message: bytes) -> bytes:
        if self.alg == "Ed25519":
            return self._ed.sign(message)
        r, s = decode_dss_signature(self._ec.sign(message, ec.ECDSA(hashes.SHA256())))
        return r.to_bytes(32, "big") + s.to_bytes(32, "big")

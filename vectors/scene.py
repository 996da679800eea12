"""The people of the vectors: keys from names, and chains that sign one event after another."""

import json
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature

from kawal.ledger.encoding import b64u
from kawal.ledger.event import header_bytes, leaf_id
from kawal.ledger.keys import ED25519, ES256, PublicKey, SigningKey, ed25519_from_seed

OPENED_AT = 1732665600  # 27 November 2024, 00.00 UTC
CLOSED_AT = OPENED_AT + 30 * 86400
P256_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551


def seed_of(name: str) -> bytes:
    """Give the 32-byte seed of a played key: SHA-256 of its name. Nobody's real key is made so."""
    return sha256(name.encode()).digest()


def key_of(name: str) -> SigningKey:
    """Give the played Ed25519 key of this name."""
    return ed25519_from_seed(seed_of(name))


def es256_secret_of(name: str) -> int:
    """Give the secret number of the played ES256 key of this name."""
    return int.from_bytes(seed_of(name)) % (P256_ORDER - 1) + 1


def with_high_s(key: SigningKey) -> SigningKey:
    """Sign with n - s, which verifies as well: ECDSA has two signatures for each."""

    def sign(message: bytes) -> bytes:
        good = key.sign(message)
        return good[:32] + (P256_ORDER - int.from_bytes(good[32:])).to_bytes(32)

    return SigningKey(key.public, sign)


def es256_key_of(name: str) -> SigningKey:
    """Give the played ES256 key of this name; it signs without dice (RFC 6979)."""
    secret = ec.derive_private_key(es256_secret_of(name), ec.SECP256R1())
    numbers = secret.public_key().public_numbers()

    def sign(message: bytes) -> bytes:
        r, s = decode_dss_signature(secret.sign(message, ec.ECDSA(hashes.SHA256(), deterministic_signing=True)))
        return r.to_bytes(32) + s.to_bytes(32)

    return SigningKey(PublicKey(ES256, numbers.x.to_bytes(32), numbers.y.to_bytes(32)), sign)


def key_json(key: PublicKey) -> dict[str, str]:
    """Give a public key as the vectors write it."""
    members = {"alg": key.alg, "kid": key.kid, "x": b64u(key.x)}
    return members if key.alg == ED25519 else {**members, "y": b64u(key.y)}


def compact(members: dict[str, Any]) -> bytes:
    """Write a payload the way our own phones do."""
    return json.dumps(members, ensure_ascii=False, separators=(",", ":")).encode()


def sign_bytes(payload: bytes, key: SigningKey, *, header: bytes | None = None, signature: bytes | None = None) -> str:
    """Join a JWS of any bytes at all, lawful or not."""
    head = header_bytes(key.public.alg, key.kid) if header is None else header
    signing_input = f"{b64u(head)}.{b64u(payload)}"
    return f"{signing_input}.{b64u(key.sign(signing_input.encode()) if signature is None else signature)}"


@dataclass
class Device:
    """A phone, with where its chain stands."""

    name: str
    key: SigningKey
    seq: int = 0
    head: str = ""


@dataclass
class Log:
    """A small log that its devices sign into."""

    origin: str = "kpu.example/pilkada-2024/5303/kotak"
    leaves: list[str] = field(default_factory=list)
    admins: dict[str, Device] = field(default_factory=dict)

    def sign(self, device: Device, t: str, at: int, *, keep: bool = True, **members: Any) -> str:
        """Sign the next event of a chain; keep=False leaves it out of the log. Gives the eid."""
        payload = {"v": 1, "t": t, "seq": device.seq + 1, "prev": device.head, "ts": OPENED_AT + at, **members}
        jws = sign_bytes(compact(payload), device.key)
        device.seq, device.head = device.seq + 1, leaf_id(jws.encode())
        if keep:
            self.leaves.append(jws)
        return device.head

    def open(self, **agencies: str) -> None:
        """Begin with a genesis; agencies: administrator -> agency, in order."""
        self.admins = {name: Device(name, key_of(name)) for name in agencies}
        rows = [key_json(self.admins[name].key.public) | {"agency": agency} for name, agency in agencies.items()]
        first, *others = self.admins.values()
        policy = b64u(sha256(b"policy").digest())
        genesis = self.sign(first, "ledger.genesis", 0, origin=self.origin, admins=rows, need=2, policy=policy)
        for other in others:
            other.head = genesis

    def enrol(
        self, name: str, role: str, unit: str, *, by: str, ok: str | None, at: int = 60, **changes: Any
    ) -> Device:
        """Enrol a device by two administrators (ok=None: only proposed)."""
        device = Device(name, changes.pop("key", key_of(name)))
        members = {
            **key_json(device.key.public),
            "who": f"p-{name}",
            "role": role,
            "unit": unit,
            "agency": role,
            "nbf": OPENED_AT,
            "exp": CLOSED_AT,
            "idc": b64u(sha256(b"salt" + name.encode()).digest()),
        }
        device.head = self.sign(self.admins[by], "ledger.enrol", at, **{**members, **changes})
        if ok is not None:
            self.sign(self.admins[ok], "ledger.enrol-ok", at + 60, of=device.head)
        return device

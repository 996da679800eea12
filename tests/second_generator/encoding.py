"""Bytes and digests as the ledger format spells them."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping, Sequence

Json = None | bool | int | str | Sequence["Json"] | Mapping[str, "Json"]

MAX_PAYLOAD_BYTES = 4096
MAX_JWS_BYTES = 6144


def b64u(raw: bytes) -> str:
    """Encode as base64url without padding."""
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode("ascii")


def digest(raw: bytes) -> str:
    """Return b64u(SHA-256), the form every hash inside an event has."""
    return b64u(hashlib.sha256(raw).digest())


def blob_name(raw: bytes) -> str:
    """Return the lower-case hex digest a file in `blobs/` is named by."""
    return hashlib.sha256(raw).hexdigest()


def event_id(jws: str) -> str:
    """Return the RFC 6962 leaf hash of the exact JWS bytes."""
    return b64u(hashlib.sha256(b"\x00" + jws.encode("ascii")).digest())


def thumbprint(x: str) -> str:
    """Return the RFC 7638 thumbprint of an Ed25519 public key."""
    return digest(f'{{"crv":"Ed25519","kty":"OKP","x":"{x}"}}'.encode("ascii"))


def compact_json(value: Json) -> bytes:
    """Serialise without spaces, members in the order given."""
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False).encode("utf-8")


def csv_bytes(columns: str, rows: Sequence[Sequence[str | int]]) -> bytes:
    """Write a manifest: header row, LF, no spaces around commas."""
    lines = [columns, *(",".join(str(cell) for cell in row) for row in rows)]
    return ("\n".join(lines) + "\n").encode("utf-8")

"""A security key in software: it makes a credential and signs, as the browser would ask it to."""

import json
from hashlib import sha256
from secrets import token_bytes
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from fido2.cose import ES256
from fido2.utils import websafe_decode, websafe_encode
from fido2.webauthn import AttestationObject, AttestedCredentialData, AuthenticatorData, CollectedClientData

PRESENT_AND_VERIFIED = AuthenticatorData.FLAG.UP | AuthenticatorData.FLAG.UV
HAS_CREDENTIAL = AuthenticatorData.FLAG.AT


class SoftKey:
    """origin: where the browser stands; the key itself believes whatever browser it is plugged into."""

    def __init__(self, origin: str = "http://localhost", *, counts: bool = True) -> None:
        self.origin = origin
        self.counts = counts
        self.count = 0
        self.id = token_bytes(32)
        self.private = ec.generate_private_key(ec.SECP256R1())

    def make(self, options: dict[str, Any], **other: Any) -> str:
        """Answer a request for a new credential."""
        public = ES256.from_cryptography_key(self.private.public_key())  # type: ignore[no-untyped-call]
        credential = AttestedCredentialData.create(b"\0" * 16, self.id, public)
        data = self._data(other.get("rp", options["rp"]["id"]), PRESENT_AND_VERIFIED | HAS_CREDENTIAL, credential)
        client = self._client("webauthn.create", options, other)
        made = AttestationObject.create("none", data, {})
        return self._answer({"clientDataJSON": client, "attestationObject": bytes(made)}, other)

    def sign(self, options: dict[str, Any], **other: Any) -> str:
        """Answer a request to sign."""
        data = self._data(other.get("rp", options["rpId"]), other.get("flags", PRESENT_AND_VERIFIED), b"")
        client = self._client("webauthn.get", options, other)
        signature = self.private.sign(bytes(data) + sha256(client).digest(), ec.ECDSA(SHA256()))
        parts = {"clientDataJSON": client, "authenticatorData": bytes(data), "signature": signature}
        return self._answer(parts, other)

    def _data(self, rp: str, flags: AuthenticatorData.FLAG, credential: bytes) -> AuthenticatorData:
        self.count += self.counts
        made: AuthenticatorData = AuthenticatorData.create(sha256(rp.encode()).digest(), flags, self.count, credential)
        return made

    def _client(self, kind: str, options: dict[str, Any], other: dict[str, Any]) -> bytes:
        challenge = websafe_decode(other.get("challenge", options["challenge"]))
        return bytes(CollectedClientData.create(other.get("kind", kind), challenge, other.get("origin", self.origin)))

    def _answer(self, parts: dict[str, bytes], other: dict[str, Any]) -> str:
        named = websafe_encode(other.get("id", self.id))
        response = {name: websafe_encode(part) for name, part in parts.items()}
        return json.dumps({"id": named, "rawId": named, "type": "public-key", "response": response})

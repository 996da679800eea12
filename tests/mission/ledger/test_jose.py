"""A library that is not ours reads what we sign, and we read what it signs."""

import json
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from joserfc import jws
from joserfc.errors import BadSignatureError
from joserfc.jwk import ECKey, OKPKey

from kawal.ledger.encoding import b64u, unb64u
from kawal.ledger.event import header_bytes, read_event, sign_event
from kawal.ledger.keys import ED25519, BadSignature, SigningKey
from tests.mission.ledger.scene import DAWN, digest_of, key_of
from vectors.scene import es256_key_of, es256_secret_of, seed_of

PAYLOAD = {"v": 1, "t": "custody.check", "seq": 1, "prev": digest_of("enrolment"), "ts": DAWN, "box": "GUB-1"}
Theirs = OKPKey | ECKey
PHONES = [("new-phone", key_of("new-phone")), ("old-phone", es256_key_of("old-phone"))]


def theirs(name: str, key: SigningKey) -> Theirs:
    if key.public.alg == ED25519:
        return OKPKey.import_key(Ed25519PrivateKey.from_private_bytes(seed_of(name)))
    return ECKey.import_key(ec.derive_private_key(es256_secret_of(name), ec.SECP256R1()))


@pytest.mark.parametrize(("name", "key"), PHONES, ids=["Ed25519", "ES256"])
def test_they_verify_what_we_sign(name: str, key: SigningKey) -> None:
    signed = sign_event(PAYLOAD, key)
    read = jws.deserialize_compact(signed, theirs(name, key), algorithms=[key.public.alg])
    assert json.loads(read.payload) == PAYLOAD
    assert read.headers() == {"alg": key.public.alg, "kid": key.kid, "typ": "kawal-ev1"}


@pytest.mark.parametrize(("name", "key"), PHONES, ids=["Ed25519", "ES256"])
def test_we_verify_what_they_sign(name: str, key: SigningKey) -> None:
    header: dict[str, Any] = json.loads(header_bytes(key.public.alg, key.kid))
    signed = jws.serialize_compact(header, json.dumps(PAYLOAD), theirs(name, key), algorithms=[key.public.alg])
    envelope = read_event(signed.encode())
    envelope.check(key.public)
    assert dict(envelope.event.payload) == PAYLOAD


@pytest.mark.parametrize(("name", "key"), PHONES, ids=["Ed25519", "ES256"])
def test_the_key_id_is_their_thumbprint(name: str, key: SigningKey) -> None:
    assert theirs(name, key).thumbprint() == key.kid


@pytest.mark.parametrize(("name", "key"), PHONES, ids=["Ed25519", "ES256"])
def test_both_refuse_another_payload(name: str, key: SigningKey) -> None:
    header, payload, signature = sign_event(PAYLOAD, key).decode().split(".")
    changed = b64u(unb64u(payload).replace(b"GUB-1", b"GUB-2"))
    forged = f"{header}.{changed}.{signature}"
    with pytest.raises(BadSignatureError):
        jws.deserialize_compact(forged, theirs(name, key), algorithms=[key.public.alg])
    with pytest.raises(BadSignature):
        read_event(forged.encode()).check(key.public)

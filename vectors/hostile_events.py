"""Hostile events and keys: bytes that look like an event and must be refused."""

from collections.abc import Iterator
from hashlib import sha256
from typing import Any

from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

from kawal.ledger.encoding import b64u
from kawal.ledger.event import header_bytes
from kawal.ledger.keys import ED25519, ES256, PublicKey
from vectors.forge import (
    FIELD,
    IDENTITY,
    ORDER,
    add,
    base,
    encode,
    multiply,
    of_order_eight,
    point_at,
    secret_scalar,
    sign_with,
)
from vectors.scene import OPENED_AT, compact, es256_key_of, key_json, key_of, seed_of, sign_bytes

File = tuple[str, dict[str, Any]]
KEY = key_of("ppk-530305")
OTHER = key_of("kpu-5303")
ES_KEY = es256_key_of("kpps-5303052001003")
EID = b64u(sha256(b"an enrolment").digest())
MEMBERS = {"v": 1, "t": "custody.check", "seq": 1, "prev": EID, "ts": OPENED_AT, "box": "GUB-5303052001003", "ok": True}
PAYLOAD = compact(MEMBERS)
JWS = sign_bytes(PAYLOAD, KEY)


def hostile(name: str, about: str, kind: str, error: str, *, server_only: bool = False, **given: Any) -> File:
    """Give one hostile case as its file."""
    content = {
        "name": name,
        "about": about,
        "kind": kind,
        "input": given,
        "expect": {"error": error},
        "server_only": server_only,
    }
    return f"hostile/{name}.json", content


def event_files() -> Iterator[File]:
    """Give every hostile event and key."""
    yield from _headers()
    yield from _payloads()
    yield from _members()
    yield from _texts()
    yield from _signatures()
    yield from _keys()


def _event(name: str, about: str, jws: str, error: str = "format", **given: Any) -> File:
    return hostile(name, about, "event", error, jws=jws, key=given.pop("key", key_json(KEY.public)), **given)


def _payload(name: str, about: str, payload: bytes) -> File:
    return _event(name, about, sign_bytes(payload, KEY))


def _with(**changes: Any) -> bytes:
    return compact({**MEMBERS, **changes})


def _headers() -> Iterator[File]:
    kid = KEY.kid
    lawful = header_bytes(ED25519, kid)
    cases = {
        "header-with-space": ("A space stands in the header.", lawful.replace(b",", b", ", 1)),
        "header-other-order": (
            "The header's members stand in another order.",
            f'{{"alg":"Ed25519","typ":"kawal-ev1","kid":"{kid}"}}'.encode(),
        ),
        "header-extra-member": ("The header has one member more.", lawful[:-1] + b',"crit":[]}'),
        "header-other-typ": ("The type is another version's.", lawful.replace(b"ev1", b"ev2")),
        "header-escaped": ("The header spells a letter as an escape.", lawful.replace(b"kawal", b"k\\u0061wal")),
        "header-short-kid": ("The kid has 42 characters.", lawful.replace(kid.encode(), kid[:-1].encode())),
        "header-kid-trailing-bits": (
            "The last character of the kid has bits set that no digest has.",
            lawful.replace(kid.encode(), (kid[:-1] + _with_trailing_bits(kid[-1])).encode()),
        ),
        "alg-none": ("The header says that nothing is signed.", lawful.replace(b"Ed25519", b"none")),
        "alg-eddsa-old-name": ("The older name of the algorithm.", lawful.replace(b"Ed25519", b"EdDSA")),
        "alg-hs256": ("An algorithm whose key would be the public key.", lawful.replace(b"Ed25519", b"HS256")),
    }
    for name, (about, header) in cases.items():
        yield _event(name, about, sign_bytes(PAYLOAD, KEY, header=header))
    yield _event(
        "alg-of-other-key",
        "The header says ES256, and the key with that kid is an Ed25519 key.",
        sign_bytes(PAYLOAD, KEY, header=header_bytes(ES256, kid)),
    )
    yield _event(
        "kid-of-other-key",
        "The header names one key, another one signed.",
        sign_bytes(PAYLOAD, OTHER, header=lawful),
        "signature",
    )


def _with_trailing_bits(letter: str) -> str:
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    return alphabet[alphabet.index(letter) | 1]


def _payloads() -> Iterator[File]:
    end = PAYLOAD[:-1]
    yield _payload("payload-duplicate-key", "A key stands twice.", end + b',"box":"GUB-5303052001004"}')
    yield _payload("payload-duplicate-key-escaped", "A key stands twice, once escaped.", end + b',"\\u0062ox":"GUB-1"}')
    yield _payload(
        "payload-duplicate-key-nested", "A key stands twice in an inner object.", end + b',"a":{"b":1,"b":1}}'
    )
    yield _payload("payload-float", "A number has a fraction.", end + b',"pos":[-9.446,124.478,10]}')
    yield _payload("payload-float-whole", "A number has a fraction of nothing.", end + b',"n":1.0}')
    yield _payload("payload-exponent", "A number has an exponent.", end + b',"n":1e3}')
    yield _payload("payload-nan", "NaN is no JSON number.", end + b',"n":NaN}')
    yield _payload("payload-infinity", "Infinity is no JSON number.", end + b',"n":-Infinity}')
    yield _payload("payload-leading-zero", "A number begins with a zero.", end + b',"n":007}')
    yield _payload("integer-beyond-2-53", "An integer no browser can hold exactly.", end + b',"n":9007199254740992}')
    yield _payload("integer-below-minus-2-53", "The same below zero.", end + b',"n":-9007199254740992}')
    yield _payload("payload-too-deep", "Five levels, the payload itself being the first.", end + b',"a":[[[[1]]]]}')
    yield _payload("payload-depth-thousand", "A thousand levels.", end + b',"a":' + b"[" * 1000 + b"]" * 1000 + b"}")
    yield _payload("payload-too-long", "4,097 bytes.", _with(x="x" * (4096 - len(_with(x="")) + 1)))
    yield _payload("payload-bom", "A byte-order mark stands before the object.", b"\xef\xbb\xbf" + PAYLOAD)
    yield _payload("payload-not-utf8", "A byte that is no UTF-8.", end + b',"note":"\xff"}')
    yield _payload("payload-overlong-utf8", "A slash in two bytes.", end + b',"note":"\xc0\xaf"}')
    yield _payload("payload-utf8-surrogate", "A surrogate in UTF-8.", end + b',"note":"\xed\xa0\x80"}')
    yield _payload("payload-lone-surrogate", "Half of a pair, escaped.", end + b',"note":"\\ud83d"}')
    yield _payload("payload-lone-surrogate-key", "Half of a pair in a key.", end + b',"\\ud83d":1}')
    yield _payload("payload-control-character", "A line end inside a text.", end + b',"note":"a\nb"}')
    yield _payload("payload-trailing-comma", "A comma before the end.", end + b",}")
    yield _payload("payload-comment", "A comment.", end + b"/* */}")
    yield _payload("payload-after-the-end", "Something follows the object.", PAYLOAD + b"{}")
    yield _payload("payload-empty", "Nothing.", b"")
    yield _payload("payload-not-object", "A list.", b"[" + PAYLOAD + b"]")


def _members() -> Iterator[File]:
    yield _payload("version-two", "A version nobody reads yet.", _with(v=2))
    yield _payload("version-true", "true is not 1.", _with(v=True))
    yield _payload("type-empty", "An event of no type.", _with(t=""))
    yield _payload("type-too-long", "A type of 65 characters.", _with(t="t" * 65))
    yield _payload("type-not-text", "A number for a type.", _with(t=7))
    yield _payload("seq-zero", "The first number is 1.", _with(seq=0))
    yield _payload("seq-true", "true is no number.", _with(seq=True))
    yield _payload("seq-missing", "No number.", compact({k: v for k, v in MEMBERS.items() if k != "seq"}))
    yield _payload("ts-negative", "Before 1970.", _with(ts=-1))
    yield _payload("ts-text", "A time in quotes.", _with(ts=str(OPENED_AT)))
    yield _payload("prev-empty-not-genesis", "Only a genesis has nothing before it.", _with(prev=""))
    yield _payload("prev-empty-genesis-seq-two", "A genesis is number 1.", _with(t="ledger.genesis", prev="", seq=2))
    yield _payload("prev-not-eid", "Not 43 characters.", _with(prev=EID[:-1]))
    yield _payload("prev-padded", "An eid with padding.", _with(prev=EID + "="))
    yield _payload("cp-negative-size", "A tree of fewer than no leaves.", _with(cp=[-1, EID]))
    yield _payload("cp-root-not-digest", "A root in hexadecimal.", _with(cp=[3, "ab" * 32]))
    yield _payload("cp-three-members", "One member too many.", _with(cp=[3, EID, 1]))
    yield _payload("note-too-long", "A note of 501 characters.", _with(note="x" * 501))


def _texts() -> Iterator[File]:
    header, payload, signature = JWS.split(".")
    yield _event("base64-padding", "The signature's base64url is padded.", JWS + "==")
    yield _event(
        "base64-noncanonical-trailing-bits",
        "The last character of the signature has bits set that no byte has.",
        JWS[:-1] + _with_trailing_bits(JWS[-1]),
    )
    yield _event("base64-whitespace", "A space at the end of the payload.", f"{header}.{payload} .{signature}")
    standard = signature.replace("-", "+").replace("_", "/")
    assert standard != signature
    yield _event("base64-standard-alphabet", "The other alphabet of base64.", f"{header}.{payload}.{standard}")
    yield _event("base64-impossible-length", "One character more than any bytes give.", JWS[:-1])
    yield _event("jws-cr", "A carriage return at the end.", JWS + "\r")
    yield _event("jws-lf", "The line end belongs to the file, not to the event.", JWS + "\n")
    yield _event("jws-too-long", "6,145 bytes.", JWS + "A" * (6145 - len(JWS)))
    yield _event("jws-two-parts", "No signature at all.", f"{header}.{payload}")
    yield _event("jws-four-parts", "Another part behind.", JWS + ".")
    yield _event("jws-json-form", "The other serialisation of JWS.", f'{{"payload":"{payload}"}}')
    yield _event("jws-empty", "Nothing.", "")
    yield _event(
        "jws-not-ascii", "A letter that only looks like one of base64.", f"{header}.{payload}.А{signature[1:]}"
    )


def _signatures() -> Iterator[File]:
    signing_input = JWS.rpartition(".")[0].encode()
    good, secret, point = KEY.sign(signing_input), secret_scalar(seed_of("ppk-530305")), base()
    unreduced = (int.from_bytes(good[32:], "little") + ORDER).to_bytes(32, "little")
    r = 530305
    mixed = add(multiply(r, point), of_order_eight())
    cases = {
        "signature-tampered": ("One bit is another.", bytes([good[0] ^ 1]) + good[1:]),
        "signature-zero": ("All zeros.", bytes(64)),
        "signature-s-not-reduced": ("S is not below the order of the group: S + L.", good[:32] + unreduced),
        "signature-small-order-r": (
            "R is the neutral element; the equation holds, and libsodium refuses it.",
            sign_with(IDENTITY, 0, KEY.public.x, secret, signing_input),
        ),
        "signature-only-cofactored": (
            "R bears a point of order 8: only a verifier that multiplies by the cofactor accepts.",
            sign_with(mixed, r, KEY.public.x, secret, signing_input),
        ),
    }
    for name, (about, signature) in cases.items():
        yield _event(name, about, sign_bytes(PAYLOAD, KEY, signature=signature), "signature")
    yield _event("signature-short", "63 bytes.", sign_bytes(PAYLOAD, KEY, signature=good[:-1]))
    yield _event("signature-long", "65 bytes.", sign_bytes(PAYLOAD, KEY, signature=good + b"\0"))
    yield _event("signature-of-other-payload", "Cut from another event.", _borrowed(), "signature")
    yield from _es256_signatures()


def _borrowed() -> str:
    return JWS.rpartition(".")[0] + "." + sign_bytes(_with(ok=False), KEY).rpartition(".")[2]


def _es256_signatures() -> Iterator[File]:
    key = key_json(ES_KEY.public)
    jws = sign_bytes(PAYLOAD, ES_KEY)
    good = ES_KEY.sign(jws.rpartition(".")[0].encode())
    der = encode_dss_signature(int.from_bytes(good[:32]), int.from_bytes(good[32:]))
    der_jws = sign_bytes(PAYLOAD, ES_KEY, signature=der)
    yield _event("es256-der-signature", "The signature is DER, not r and s.", der_jws, key=key)
    for name, about, signature in (
        ("es256-zero-r", "r is nothing.", bytes(32) + good[32:]),
        ("es256-zero-s", "s is nothing.", good[:32] + bytes(32)),
        ("es256-tampered", "One bit is another.", good[:-1] + bytes([good[-1] ^ 1])),
    ):
        yield _event(name, about, sign_bytes(PAYLOAD, ES_KEY, signature=signature), "signature", key=key)


def _keys() -> Iterator[File]:
    x = KEY.public.x
    lost = next(y for y in range(2, 100) if point_at(y) is None)
    mixed = add(multiply(secret_scalar(seed_of("ppk-530305")), base()), of_order_eight())
    ed25519 = {
        "key-small-order": ("A point of order 8: one signature would fit many messages.", encode(of_order_eight())),
        "key-identity": ("The neutral element.", encode(IDENTITY)),
        "key-not-a-point": ("No point of the curve has this y.", lost.to_bytes(32, "little")),
        "key-mixed-order": ("A good point and one of order 8: outside the main subgroup.", encode(mixed)),
        "key-not-canonical": ("A y that is not below the field.", (FIELD + 3).to_bytes(32, "little")),
    }
    for name, (about, public) in ed25519.items():
        key = key_json(PublicKey(ED25519, public))
        yield hostile(name, about, "key", "key", server_only=True, key=key)
    for name, about, public in (("key-short", "31 bytes.", x[:31]), ("key-long", "33 bytes.", x + b"\0")):
        yield hostile(name, about, "key", "key", key=key_json(PublicKey(ED25519, public)))
    es, tweaked = ES_KEY.public, bytes([ES_KEY.public.y[0] ^ 1]) + ES_KEY.public.y[1:]
    yield hostile(
        "es256-wrong-curve-point",
        "x and y are on another curve.",
        "key",
        "key",
        key=key_json(PublicKey(ES256, es.x, tweaked)),
    )
    yield hostile(
        "es256-key-origin", "Both are zero.", "key", "key", key=key_json(PublicKey(ES256, bytes(32), bytes(32)))
    )
    wrong = key_json(KEY.public) | {"kid": OTHER.kid}
    yield hostile("key-other-kid", "The kid is another key's thumbprint.", "key", "key", key=wrong)

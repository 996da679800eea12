"""One signed event: a JWS with a byte-exact header, a strict JSON payload, and its id, which is its Merkle leaf."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from typing import Any, NewType

from kawal.ledger.encoding import NotCanonical, b64u, is_digest, unb64u
from kawal.ledger.keys import ED25519, ES256, SIGNATURE_BYTES, Algorithm, PublicKey, SigningKey, verify

Eid = NewType("Eid", str)
Kid = NewType("Kid", str)

JWS_LIMIT = 6144
PAYLOAD_LIMIT = 4096
DEPTH_LIMIT = 4
NOTE_LIMIT = 500
# JavaScript reads integers exactly only up to here; a phone and a server must never disagree on a number.
INTEGER_LIMIT = 2**53 - 1
_HEADERS: dict[Algorithm, tuple[bytes, bytes]] = {
    ED25519: (b'{"alg":"Ed25519","kid":"', b'","typ":"kawal-ev1"}'),
    ES256: (b'{"alg":"ES256","kid":"', b'","typ":"kawal-ev1"}'),
}


class BadEvent(ValueError):
    """The bytes are not an event. The message says which rule is broken."""


@dataclass(frozen=True, slots=True)
class Event:
    """What one device said, once its bytes are understood. `ts` is the device's claim, UNIX seconds."""

    eid: Eid
    pid: str
    kid: Kid
    t: str
    seq: int
    prev: str
    ts: int
    cp: tuple[int, str] | None
    payload: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Envelope:
    """An event with what is needed to check its signature: the signed bytes and the 64-byte signature.

    `leaf`: the leaf hash, 32 bytes.
    """

    event: Event
    alg: Algorithm
    signing_input: bytes
    signature: bytes
    leaf: bytes

    def check(self, key: PublicKey) -> None:
        """Verify the signature with the key that the event names.

        Raises: BadEvent when the key is another one, BadSignature, BadKey.
        """
        if key.alg != self.alg:
            raise BadEvent("alg bukan milik kunci ini / the algorithm is not this key's")
        verify(key, self.signing_input, self.signature)


def header_bytes(alg: Algorithm, kid: str) -> bytes:
    """Build the only header an event may carry: compared as bytes, never parsed (87 bytes for Ed25519)."""
    before, after = _HEADERS[alg]
    return before + kid.encode("ascii") + after


def leaf_id(data: bytes) -> str:
    """Give b64u(SHA-256(0x00 || data)), RFC 6962's leaf hash in text: of a JWS it is the eid."""
    return b64u(sha256(b"\x00" + data).digest())


def sign_event(payload: Mapping[str, Any], key: SigningKey) -> bytes:
    """Sign a payload and give the JWS; the payload bytes are fixed here and never serialised again.

    Raises: BadEvent when the result breaks a limit or a rule of the format.
    """
    try:
        text = json.dumps(payload, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()
    except ValueError as error:
        raise BadEvent(f"isi tidak dapat ditulis / the payload cannot be written: {error}") from error
    header = header_bytes(key.public.alg, key.kid)
    signing_input = f"{b64u(header)}.{b64u(text)}".encode("ascii")
    jws = signing_input + b"." + b64u(key.sign(signing_input)).encode("ascii")
    read_event(jws)
    return jws


def read_event(jws: bytes) -> Envelope:
    """Read one JWS strictly; the signature is not verified here (`Envelope.check`).

    jws: the compact serialisation, at most 6,144 bytes, without line end.
    Raises: BadEvent. Source: RFC 7515 section 7.1 and docs/format/ledger.md.
    """
    if len(jws) > JWS_LIMIT:
        raise BadEvent(f"JWS lebih dari {JWS_LIMIT} bita / the JWS is over {JWS_LIMIT} bytes")
    parts = jws.split(b".")
    if len(parts) != 3:
        raise BadEvent("bukan JWS tiga bagian / not a three-part JWS")
    alg, kid = _read_header(parts[0])
    try:
        payload_text, signature = unb64u(parts[1]), unb64u(parts[2])
    except NotCanonical as error:
        raise BadEvent(str(error)) from error
    if len(signature) != SIGNATURE_BYTES:
        raise BadEvent("tanda tangan bukan 64 bita / the signature is not 64 bytes")
    signing_input = jws[: -len(parts[2]) - 1]
    leaf = sha256(b"\x00" + jws).digest()
    event = _event(Eid(b64u(leaf)), leaf_id(signing_input), kid, read_payload(payload_text))
    return Envelope(event, alg, signing_input, signature, leaf)


@lru_cache(maxsize=65_536)
def _read_header(text: bytes) -> tuple[Algorithm, Kid]:
    """Read the header part of a JWS; a device's is always the same bytes, so it is read once."""
    try:
        header = unb64u(text)
    except NotCanonical as error:
        raise BadEvent(str(error)) from error
    for alg, (before, after) in _HEADERS.items():
        if header.startswith(before) and header.endswith(after) and len(header) == len(before) + 43 + len(after):
            kid = header[len(before) : -len(after)].decode("ascii", "replace")
            if is_digest(kid):
                return alg, Kid(kid)
    raise BadEvent("kepala JWS bukan kepala kawal-ev1 / the header is not the kawal-ev1 header, byte for byte")


def read_payload(text: bytes) -> dict[str, Any]:
    """Read a payload: UTF-8 JSON object, integers only, no duplicate key, depth at most 4, at most 4,096 bytes.

    Raises: BadEvent.
    """
    if len(text) > PAYLOAD_LIMIT:
        raise BadEvent(f"isi lebih dari {PAYLOAD_LIMIT} bita / the payload is over {PAYLOAD_LIMIT} bytes")
    try:
        payload = _JSON.decode(text.decode("utf-8"))
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError) as error:
        raise BadEvent(f"isi bukan JSON UTF-8 / the payload is not UTF-8 JSON: {error}") from error
    if not isinstance(payload, dict):
        raise BadEvent("isi bukan objek JSON / the payload is not a JSON object")
    _check_members(payload.values(), DEPTH_LIMIT - 1)
    if b"\\u" in text:
        _check_texts(payload)
    return payload


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) != len(pairs):
        raise BadEvent("kunci ganda dalam isi / a key stands twice in the payload")
    return members


def _refuse_number(text: str) -> Any:
    raise BadEvent(f"hanya bilangan bulat / integers only: {text[:30]}")


_JSON = json.JSONDecoder(object_pairs_hook=_unique, parse_float=_refuse_number, parse_constant=_refuse_number)


def _check_members(members: Iterable[Any], levels: int) -> None:
    for member in members:
        kind = type(member)
        if kind is int:
            if not -INTEGER_LIMIT <= member <= INTEGER_LIMIT:
                raise BadEvent("bilangan di luar 2^53-1 / a number is beyond 2^53-1")
        elif kind is list or kind is dict:
            if levels == 0:
                raise BadEvent(f"isi lebih dalam dari {DEPTH_LIMIT} / the payload is nested deeper than {DEPTH_LIMIT}")
            _check_members(member if kind is list else member.values(), levels - 1)


def _check_texts(value: Any) -> None:
    """Refuse lone surrogates, which only an escape can bring in."""
    if isinstance(value, dict):
        _check_texts(list(value))
        _check_texts(list(value.values()))
    elif isinstance(value, list):
        for member in value:
            _check_texts(member)
    elif isinstance(value, str):
        try:
            value.encode()
        except UnicodeEncodeError as error:
            raise BadEvent("teks bukan Unicode yang sah / a text holds a lone surrogate") from error


def _event(eid: Eid, pid: str, kid: Kid, payload: dict[str, Any]) -> Event:
    if type(payload.get("v")) is not int or payload["v"] != 1:
        raise BadEvent("v bukan 1 / v is not 1")
    t, seq, prev, ts = payload.get("t"), payload.get("seq"), payload.get("prev"), payload.get("ts")
    if not isinstance(t, str) or not t or len(t) > 64:
        raise BadEvent("t bukan nama peristiwa / t is not an event name")
    if type(seq) is not int or seq < 1:
        raise BadEvent("seq bukan bilangan mulai 1 / seq is not an integer from 1")
    if type(ts) is not int or ts < 0:
        raise BadEvent("ts bukan detik UNIX / ts is not UNIX seconds")
    is_genesis = t == "ledger.genesis" and seq == 1 and prev == ""
    if not is_genesis and not is_digest(prev):
        raise BadEvent("prev bukan eid / prev is not an eid")
    note = payload.get("note")
    if isinstance(note, str) and len(note) > NOTE_LIMIT:
        raise BadEvent(f"note lebih dari {NOTE_LIMIT} huruf / note is over {NOTE_LIMIT} characters")
    return Event(eid, pid, kid, t, seq, str(prev), ts, _read_cp(payload), payload)


def _read_cp(payload: Mapping[str, Any]) -> tuple[int, str] | None:
    cp = payload.get("cp")
    if cp is None:
        return None
    if isinstance(cp, list) and len(cp) == 2 and type(cp[0]) is int and cp[0] >= 0 and is_digest(cp[1]):
        return cp[0], cp[1]
    raise BadEvent("cp bukan [ukuran, akar] / cp is not [size, root]")

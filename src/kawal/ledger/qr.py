"""An event as animated QR parts, and the short codes that people type or print. Source: docs/format/ledger.md, QR."""

import re
import zlib
from collections.abc import Sequence
from hashlib import sha256

import base45  # type: ignore[import-untyped]

from kawal.ledger.encoding import b64u, unb64u
from kawal.ledger.event import Envelope, header_bytes, read_event
from kawal.ledger.keys import ED25519, ES256, Algorithm, PublicKey

PART_BYTES = 400
INFLATED_LIMIT = 1_000_000
_EVENT_ED25519, _EVENT_ES256, _MANIFEST = 0x01, 0x02, 0x03
_CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_CHECK = _CROCKFORD + "*~$=U"
_PART = re.compile(r"K1:([0-9A-Z $%*+\-./:]{6}):([1-9][0-9]{0,3})/([1-9][0-9]{0,3}):([0-9A-Z $%*+\-./:]*)")


class BadQr(ValueError):
    """What was scanned is not a Kawal code, or its parts do not fit together."""


def pack_event(jws: bytes, key: PublicKey) -> bytes:
    """Pack an event for QR: the key travels instead of the header, so a stranger can verify it.

    Raises: BadEvent; BadQr when the key is not the event's.
    """
    envelope = read_event(jws)
    if envelope.event.kid != key.kid:
        raise BadQr("kunci bukan milik peristiwa ini / the key is not the event's")
    payload = unb64u(jws.split(b".")[1].decode("ascii"))
    head = bytes([_EVENT_ED25519]) + key.x if key.alg == ED25519 else bytes([_EVENT_ES256]) + key.x + key.y
    return head + envelope.signature + _deflate(payload)


def unpack_event(data: bytes) -> tuple[bytes, PublicKey]:
    """Give back the JWS and the key that signed it; the signature is not verified here. Raises: BadQr."""
    alg: Algorithm = ED25519
    if data[:1] == bytes([_EVENT_ES256]):
        alg = ES256
    elif data[:1] != bytes([_EVENT_ED25519]):
        raise BadQr("bukan kode peristiwa Kawal / not a Kawal event code")
    split = 33 if alg == ED25519 else 65
    if len(data) < split + 64:
        raise BadQr("kode terpotong / the code is cut off")
    key = PublicKey(alg, data[1:33], data[33:split])
    payload = _inflate(data[split + 64 :])
    parts = (header_bytes(alg, key.kid), payload, data[split : split + 64])
    return ".".join(b64u(part) for part in parts).encode("ascii"), key


def read_packed(data: bytes) -> Envelope:
    """Unpack an event and verify it with the key it brings. Raises: BadQr, BadEvent, BadSignature."""
    jws, key = unpack_event(data)
    envelope = read_event(jws)
    envelope.check(key)
    return envelope


def pack_manifest(csv: bytes) -> bytes:
    """Pack the manifest that an offer names by hash; it travels in further parts of the same scan."""
    return bytes([_MANIFEST]) + _deflate(csv)


def unpack_manifest(data: bytes) -> bytes:
    """Give back the manifest's bytes. Raises: BadQr."""
    if data[:1] != bytes([_MANIFEST]):
        raise BadQr("bukan kode daftar / not a manifest code")
    return _inflate(data[1:])


def _deflate(data: bytes) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return packer.compress(data) + packer.flush()


def _inflate(data: bytes) -> bytes:
    unpacker = zlib.decompressobj(-15)
    try:
        # One byte more than allowed: asked for exactly the limit, zlib stops before it sees the stream's end.
        out = unpacker.decompress(data, INFLATED_LIMIT + 1)
    except zlib.error as error:
        raise BadQr("isi kode rusak / the code's content is damaged") from error
    if not unpacker.eof or unpacker.unused_data or len(out) > INFLATED_LIMIT:
        raise BadQr("isi kode terpotong atau berlebih / the code's content is cut off or too long")
    return out


def split_parts(data: bytes) -> list[str]:
    """Cut packed bytes into the texts of cyclic QR parts, each of at most 400 bytes before base45."""
    tag = _tag(data)
    chunks = [data[at : at + PART_BYTES] for at in range(0, len(data), PART_BYTES)]
    return [
        f"K1:{tag}:{number}/{len(chunks)}:{base45.b45encode(chunk).decode()}" for number, chunk in enumerate(chunks, 1)
    ]


def join_parts(parts: Sequence[str]) -> bytes:
    """Join scanned parts, in any order and repeated; the checksum covers the whole message. Raises: BadQr."""
    seen: dict[int, bytes] = {}
    heads = set()
    for part in parts:
        match = _PART.fullmatch(part)
        if match is None:
            raise BadQr("bukan bagian kode Kawal / not a part of a Kawal code")
        heads.add((match[1], int(match[3])))
        seen[int(match[2])] = _read_base45(match[4])
    if len(heads) != 1:
        raise BadQr("bagian dari kode yang berbeda / parts of different codes")
    tag, count = heads.pop()
    if set(seen) != set(range(1, count + 1)):
        raise BadQr(f"baru {len(seen)} dari {count} bagian / only {len(seen)} of {count} parts")
    data = b"".join(seen[number] for number in range(1, count + 1))
    if _tag(data) != tag:
        raise BadQr("kode tidak cocok dengan sidiknya / the code does not match its checksum")
    return data


def _read_base45(text: str) -> bytes:
    try:
        chunk: bytes = base45.b45decode(text)
    except ValueError as error:
        raise BadQr("bagian kode rusak / a part of the code is damaged") from error
    if len(chunk) > PART_BYTES:
        raise BadQr(f"bagian lebih dari {PART_BYTES} bita / a part is over {PART_BYTES} bytes")
    return chunk


def _tag(data: bytes) -> str:
    return str(base45.b45encode(sha256(data).digest()[:4]).decode())


def paper_code(eid: str) -> str:
    """The 12 Crockford base32 characters of an eid that stand on a printed berita acara."""
    return _crockford(unb64u(eid), 12)


def text_code(box: str, *, skip: int = 0) -> str:
    """The 7 + 1 characters on a box label: the start of SHA-256(box id) and a check character (mod 37).

    skip: 7 where two boxes of one operation collide, so that the next 7 are taken.
    """
    letters = _crockford(sha256(box.encode()).digest(), skip + 7)[skip:]
    return letters + check_character(letters)


def check_character(letters: str) -> str:
    """Crockford's check character: the number that the letters write, modulo 37."""
    number = 0
    for letter in letters:
        number = number * 32 + _CROCKFORD.index(letter)
    return _CHECK[number % 37]


def read_text_code(typed: str) -> str:
    """Read a typed label code: case, hyphens and the letters I, L, O are forgiven, a wrong check character is not.

    Raises: BadQr.
    """
    plain = typed.upper().replace("-", "").replace(" ", "")
    letters = plain[:-1].replace("I", "1").replace("L", "1").replace("O", "0")
    last = plain[-1:].replace("I", "1").replace("L", "1").replace("O", "0")
    if len(letters) != 7 or any(letter not in _CROCKFORD for letter in letters):
        raise BadQr("kode label 8 huruf: periksa lagi / a label code has 8 characters: check it again")
    if check_character(letters) != last:
        raise BadQr("huruf pemeriksa kode label tidak cocok / the label code's check character does not match")
    return letters + last


def _crockford(data: bytes, count: int) -> str:
    number = int.from_bytes(data)
    width = len(data) * 8
    return "".join(_CROCKFORD[(number >> (width - 5 * (place + 1))) & 31] for place in range(count))

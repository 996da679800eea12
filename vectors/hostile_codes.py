"""Hostile QR codes, typed codes and base64: what a phone's camera or a person's thumb may bring."""

import zlib
from collections.abc import Iterator

from kawal.ledger.encoding import b64
from kawal.ledger.qr import pack_event, pack_manifest, split_parts, text_code
from vectors.hostile_events import JWS, KEY, PAYLOAD, File, hostile
from vectors.scene import key_of


def code_files() -> Iterator[File]:
    """Give every hostile case that is scanned or typed."""
    yield from _qr()
    yield from _codes()


def _deflate(data: bytes) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return packer.compress(data) + packer.flush()


def _qr() -> Iterator[File]:
    packed = pack_event(JWS.encode(), KEY.public)
    head = packed[:97]
    cases: dict[str, tuple[str, bytes, str]] = {
        "qr-truncated": ("The end is cut off.", packed[:-3], "qr"),
        "qr-too-short": ("Shorter than key and signature.", packed[:90], "qr"),
        "qr-empty": ("Nothing.", b"", "qr"),
        "qr-unknown-kind": ("A kind nobody knows.", b"\x07" + packed[1:], "qr"),
        "qr-trailing-data": ("A byte follows the end of the stream.", packed + b"\0", "qr"),
        "qr-deflate-bomb": ("Two kilobytes that grow to two million.", head + _deflate(bytes(2_000_000)), "qr"),
        "qr-not-deflate": ("The payload is not deflated.", head + PAYLOAD, "qr"),
        "qr-zlib-header": ("Deflated with a header.", head + zlib.compress(PAYLOAD), "qr"),
        "qr-other-key": ("Another key in front.", b"\x01" + key_of("thief").public.x + packed[33:], "signature"),
        "qr-tampered-payload": ("Another payload.", head + _deflate(PAYLOAD.replace(b"true", b"null")), "signature"),
        "qr-payload-not-lawful": ("A payload that is no event.", head + _deflate(b'{"n":1.5}'), "format"),
    }
    for name, (about, data, error) in cases.items():
        yield hostile(name, about, "qr-packed", error, base64=b64(data))
    manifest = pack_manifest(b"box,seals\n")
    yield hostile("qr-event-as-manifest", "An event where a list must be.", "qr-manifest", "qr", base64=b64(packed))
    yield hostile("qr-manifest-truncated", "A list cut off.", "qr-manifest", "qr", base64=b64(manifest[:-2]))
    bomb = b"\x03" + _deflate(bytes(1_000_001))
    yield hostile("qr-manifest-one-byte-too-long", "1,000,001 bytes.", "qr-manifest", "qr", base64=b64(bomb))
    yield from _qr_parts()


def _qr_parts() -> Iterator[File]:
    long = pack_manifest(
        b"box,seals\n" + b"".join(f"GUB-{n * 7919 % 10**13:013d},A{n * 104729 % 9973}\n".encode() for n in range(120))
    )
    parts = split_parts(long)
    assert len(parts) > 2
    others = split_parts(pack_event(JWS.encode(), KEY.public))
    body_at = parts[0].rindex(":1/") + 3 + len(f"{len(parts)}:")
    swapped = (
        parts[0][:body_at]
        + parts[0][body_at + 3 : body_at + 6]
        + parts[0][body_at : body_at + 3]
        + parts[0][body_at + 6 :]
    )
    cases: dict[str, tuple[str, list[str]]] = {
        "qr-tampered-part": ("Six characters of a part have changed places.", [swapped, *parts[1:]]),
        "qr-missing-part": ("The last part was never shown.", parts[:-1]),
        "qr-mixed-codes": ("A part of another code.", [*parts, others[0]]),
        "qr-part-beyond-count": ("Part 9 of 1.", [others[0].replace(":1/1:", ":9/1:")]),
        "qr-part-number-zero": ("Parts count from 1.", [others[0].replace(":1/1:", ":0/1:")]),
        "qr-lower-case": ("Base45 has no small letters.", [others[0].lower().replace("k1", "K1")]),
        "qr-base45-overflow": ("Three characters beyond two bytes.", [others[0][:15] + ":::" + others[0][18:]]),
        "qr-base45-one-left-over": (
            "A single character at the end.",
            [others[0] + "0"] if len(others[0][15:]) % 3 == 0 else [others[0][:-1]],
        ),
        "qr-part-line-end": ("A line end behind the part.", [others[0] + "\n"]),
        "qr-part-too-long": ("A part of more than 400 bytes.", ["".join(_merged(parts))]),
        "qr-other-prefix": ("Another scheme's code.", ["HC1:" + others[0][3:]]),
        "qr-no-parts": ("Nothing was scanned.", []),
    }
    for name, (about, given) in cases.items():
        yield hostile(name, about, "qr-parts", "qr", parts=given)


def _merged(parts: list[str]) -> Iterator[str]:
    # 400 bytes are 600 characters, so that the texts of whole parts can be joined.
    yield parts[0][: parts[0].rindex(":1/")] + ":1/1:"
    yield from (part.split(":", 3)[3] for part in parts)


def _codes() -> Iterator[File]:
    good = text_code("GUB-5303052001003")
    wrong = "0" if good[-1] != "0" else "1"
    for name, about, typed in (
        ("text-code-wrong-check", "Another check character.", good[:-1] + wrong),
        ("text-code-swapped", "Two letters have changed places.", good[1] + good[0] + good[2:]),
        ("text-code-short", "A character is missing.", good[:-1]),
        ("text-code-long", "A character too many.", good + good[-1]),
        ("text-code-letter-u", "U stands only in the last place.", "U" + good[1:]),
        ("text-code-empty", "Nothing.", ""),
    ):
        yield hostile(name, about, "text-code", "code", typed=typed)
    for name, about, text, alphabet in (
        ("encoding-url-padding", "Padding.", "QQ==", "url"),
        ("encoding-url-trailing-bits", "Bits that no byte has.", "QR", "url"),
        ("encoding-url-standard-letter", "A letter of the other alphabet.", "a+aa", "url"),
        ("encoding-url-one-character", "No bytes give one character.", "Q", "url"),
        ("encoding-url-line-end", "A line end.", "QUFB\n", "url"),
        ("encoding-standard-no-padding", "Padding is missing.", "QQ", "standard"),
        ("encoding-standard-trailing-bits", "Bits that no byte has.", "QR==", "standard"),
        ("encoding-standard-url-letter", "A letter of the other alphabet.", "a_aa", "standard"),
        ("encoding-standard-space", "A space.", "QUFB QUFB", "standard"),
        ("encoding-standard-cr", "A carriage return.", "QUFB\r\n", "standard"),
        ("encoding-standard-padding-inside", "Padding in the middle.", "QQ==QUFB", "standard"),
    ):
        yield hostile(name, about, "base64", "encoding", text=text, alphabet=alphabet)

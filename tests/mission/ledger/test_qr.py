"""An event passes from phone to phone as light, and every form of it is the same signed bytes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kawal.ledger.event import BadEvent, sign_event
from kawal.ledger.keys import BadSignature
from kawal.ledger.qr import (
    INFLATED_LIMIT,
    PART_BYTES,
    BadQr,
    check_character,
    join_parts,
    pack_event,
    pack_manifest,
    read_packed,
    read_text_code,
    split_parts,
    text_code,
    unpack_event,
    unpack_manifest,
)
from tests.mission.ledger.scene import DAWN, digest_of, key_of
from vectors.scene import es256_key_of

LEAST = {"v": 1, "t": "custody.offer", "seq": 1, "prev": digest_of("enrolment"), "ts": DAWN}
PHONES = {"Ed25519": key_of("ppk"), "ES256": es256_key_of("old-phone")}


@pytest.mark.parametrize("alg", PHONES)
@given(note=st.text(st.characters(exclude_categories=["Cs"]), max_size=300))
def test_what_is_scanned_is_what_was_signed(alg: str, note: str) -> None:
    key = PHONES[alg]
    jws = sign_event({**LEAST, "note": note}, key)
    packed = pack_event(jws, key.public)
    assert unpack_event(packed) == (jws, key.public)
    assert read_packed(join_parts(split_parts(packed))).event.payload["note"] == note


@given(st.binary(max_size=2000), st.randoms(use_true_random=False))
def test_parts_may_be_seen_in_any_order_and_again(data: bytes, dice: object) -> None:
    parts = split_parts(data) * 2
    dice.shuffle(parts)  # type: ignore[attr-defined]
    if not data:
        with pytest.raises(BadQr):
            join_parts(parts)
        return
    assert join_parts(parts) == data
    assert all(len(part) <= 600 + len("K1:......:nn/nn:") for part in parts)
    assert len(split_parts(data)) == -(-len(data) // PART_BYTES)


def test_what_is_missing_is_told_in_numbers() -> None:
    parts = split_parts(bytes(1200))
    with pytest.raises(BadQr, match="only 2 of 3 parts"):
        join_parts(parts[:2])


@given(st.binary(max_size=200))
def test_no_scanned_bytes_stop_a_phone(data: bytes) -> None:
    for head in (b"", b"\x01" + bytes(96), b"\x02" + bytes(128), b"\x03"):
        with pytest.raises((BadQr, BadEvent, BadSignature)):
            read_packed(head + data)
    with pytest.raises(BadQr):
        unpack_manifest(b"\x01" + data)


@given(st.text(max_size=60))
def test_no_scanned_text_stops_a_phone(text: str) -> None:
    for head in ("", "K1:", "K1:AAAAAA:1/1:"):
        with pytest.raises(BadQr):
            join_parts([head + text])


def test_a_manifest_may_be_as_long_as_the_limit_and_no_longer() -> None:
    assert unpack_manifest(pack_manifest(bytes(INFLATED_LIMIT))) == bytes(INFLATED_LIMIT)
    with pytest.raises(BadQr):
        unpack_manifest(pack_manifest(bytes(INFLATED_LIMIT + 1)))


def test_an_event_is_packed_with_its_own_key() -> None:
    with pytest.raises(BadQr):
        pack_event(sign_event(LEAST, PHONES["Ed25519"]), PHONES["ES256"].public)


@given(st.integers(0, 9999), st.integers(0, 7), st.sampled_from("0123456789ABCDEFGHJKMNPQRSTVWXYZ"))
def test_one_wrong_letter_of_a_label_is_noticed(number: int, at: int, letter: str) -> None:
    code = text_code(f"PPK-530305-{number}")
    typed = code[:at] + letter + code[at + 1 :]
    if typed == code:
        assert read_text_code(typed) == code
    else:
        with pytest.raises(BadQr):
            read_text_code(typed)


@given(st.integers(0, 9999), st.integers(0, 6))
def test_two_letters_of_a_label_that_change_places_are_noticed(number: int, at: int) -> None:
    code = text_code(f"PPK-530305-{number}")
    typed = code[:at] + code[at + 1] + code[at] + code[at + 2 :]
    if typed != code:
        with pytest.raises(BadQr):
            read_text_code(typed)


def test_the_check_character_is_crockford_s() -> None:
    assert check_character("0000000") == "0"
    assert {check_character("000000" + letter) for letter in "0A"} == {"0", "A"}
    assert check_character("0000014") == "U"
    assert read_text_code("oooo-o14u") == "0000014U"

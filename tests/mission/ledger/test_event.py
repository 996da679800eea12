"""An event is its signed bytes: read strictly, never written again."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kawal.ledger.event import BadEvent, header_bytes, leaf_id, read_event, read_payload, sign_event
from kawal.ledger.keys import ED25519, BadSignature
from tests.mission.ledger.scene import DAWN, digest_of, key_of
from vectors.scene import es256_key_of

PPK = key_of("ppk")
LEAST: dict[str, Any] = {"v": 1, "t": "custody.check", "seq": 1, "prev": digest_of("enrolment"), "ts": DAWN}
NUMBERS = st.integers(-(2**53) + 1, 2**53 - 1)
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
LEAVES = st.none() | st.booleans() | NUMBERS | TEXTS
VALUES = LEAVES | st.lists(LEAVES, max_size=3) | st.dictionaries(TEXTS, st.lists(LEAVES, max_size=2), max_size=3)


@given(st.dictionaries(TEXTS.filter(lambda name: name not in {*LEAST, "cp", "note"}), VALUES, max_size=5))
def test_whatever_a_device_may_sign_is_read_as_it_was_signed(members: dict[str, Any]) -> None:
    jws = sign_event({**LEAST, **members}, PPK)
    envelope = read_event(jws)
    envelope.check(PPK.public)
    assert dict(envelope.event.payload) == {**LEAST, **members}
    assert envelope.event.eid == leaf_id(jws)


@given(st.binary(max_size=200))
def test_no_bytes_stop_a_reader(data: bytes) -> None:
    for read in (read_event, read_payload):
        with pytest.raises(BadEvent):
            read(data)


@given(st.data())
def test_no_byte_of_an_event_may_change(data: st.DataObject) -> None:
    jws = bytearray(sign_event(LEAST, PPK))
    at = data.draw(st.integers(0, len(jws) - 1))
    jws[at] = data.draw(st.integers(0, 255).filter(lambda octet: octet != jws[at]))
    with pytest.raises((BadEvent, BadSignature)):
        read_event(bytes(jws)).check(PPK.public)


def test_the_header_is_eighty_seven_bytes() -> None:
    header = header_bytes(ED25519, PPK.kid)
    assert len(header) == 87
    assert json.loads(header) == {"alg": "Ed25519", "kid": PPK.kid, "typ": "kawal-ev1"}


@pytest.mark.parametrize(
    "members",
    [
        {"note": "x" * 501},
        {"x": "x" * 4096},
        {"x": 1.5},
        {"x": float("nan")},
        {"x": "\ud800"},
        {"\ud800": 1},
        {"x": 2**53},
        {"cp": [1]},
    ],
    ids=["long note", "long payload", "fraction", "nan", "surrogate", "surrogate key", "large number", "short cp"],
)
def test_a_device_signs_nothing_that_nobody_may_read(members: dict[str, Any]) -> None:
    with pytest.raises(BadEvent):
        sign_event({**LEAST, **members}, PPK)


def test_a_signature_counts_for_the_algorithm_of_its_key_alone() -> None:
    old_phone = es256_key_of("old-phone")
    envelope = read_event(sign_event(LEAST, old_phone))
    envelope.check(old_phone.public)
    with pytest.raises(BadEvent):
        envelope.check(PPK.public)

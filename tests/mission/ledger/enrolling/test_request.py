"""A phone asks to be enrolled, and proves that it holds the key it asks for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kawal.ledger.encoding import b64u
from kawal.ledger.enrol_request import (
    LIFE_S,
    SLACK_S,
    BadRequest,
    StaleRequest,
    check_fresh,
    read_request,
    write_request,
)
from kawal.ledger.keys import BadKey, BadSignature
from tests.mission.ledger.enrolling.muster import NOW, request
from tests.mission.ledger.scene import key_of
from vectors.scene import es256_key_of


@pytest.mark.parametrize("key", [key_of("penjaga"), es256_key_of("ppk")], ids=["Ed25519", "ES256"])
def test_what_a_phone_shows_is_read_as_it_was_meant(key) -> None:  # type: ignore[no-untyped-def]
    text = write_request(key, asked_for="p-7f3a", made_at=NOW, nonce=bytes(16))
    read = read_request(text)
    assert (read.kid, read.asked_for, read.made_at) == (key.kid, "p-7f3a", NOW)
    assert len(text) < 330, "one code of a size that any camera reads"


def test_another_s_key_cannot_be_asked_for() -> None:
    mine = request("pencuri").split(".")
    mine[2] = b64u(key_of("penjaga").public.x)
    with pytest.raises(BadSignature):
        read_request(".".join(mine))


@pytest.mark.parametrize("part", range(1, 6))
def test_no_part_of_a_request_can_be_changed(part: int) -> None:
    parts = request("penjaga", asked_for="p-1").split(".")
    parts[part] = {1: "ES256", 2: b64u(key_of("x").public.x), 3: "p-2", 4: "1", 5: b64u(bytes(16))}[part]
    with pytest.raises((BadSignature, BadRequest)):
        read_request(".".join(parts))


@pytest.mark.parametrize("x", [bytes(32), b"\x01" + bytes(31), b"\xff" * 32])
def test_a_key_of_low_order_or_of_no_point_is_not_admitted(x: bytes) -> None:
    parts = request("penjaga").split(".")
    parts[2] = b64u(x)
    with pytest.raises(BadKey):
        read_request(".".join(parts))


def test_a_photograph_of_an_old_request_is_refused() -> None:
    read = read_request(request("penjaga"))
    check_fresh(read, NOW + LIFE_S)
    check_fresh(read, NOW - SLACK_S)
    for at in (NOW + LIFE_S + 1, NOW - SLACK_S - 1):
        with pytest.raises(StaleRequest):
            check_fresh(read, at)


def test_a_request_that_names_a_person_is_nobody_else_s() -> None:
    read = read_request(request("penjaga", asked_for="p-penjaga"))
    assert read.is_for(who="p-penjaga", unit="polres-5303")
    assert not read.is_for(who="p-pencuri", unit="polres-5303")
    assert read_request(request("penjaga", asked_for="polres-5303")).is_for(who="p-any", unit="polres-5303")
    assert read_request(request("penjaga")).is_for(who="p-any", unit="any")


@given(st.text(max_size=60), st.integers(0, 180))
def test_no_text_brings_the_reader_down(text: str, at: int) -> None:
    whole = request("penjaga", asked_for="p-1")
    for one in (text, whole[:at], whole[:at] + text + whole[at + 1 :]):
        if one != whole:
            with pytest.raises((BadRequest, BadKey, BadSignature)):
                read_request(one)

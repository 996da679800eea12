"""A key is one algorithm, one id, and admitted once; a signature is 64 bytes and fits one message."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kawal.ledger.encoding import unb64u
from kawal.ledger.keys import (
    ED25519,
    ES256,
    BadKey,
    BadSignature,
    PublicKey,
    SigningKey,
    check_key,
    ed25519_from_seed,
    verify,
)
from tests.mission.ledger.scene import key_of
from vectors.scene import es256_key_of

PPK = key_of("ppk")
OLD_PHONE = es256_key_of("old-phone")


@pytest.mark.parametrize("key", [PPK, OLD_PHONE], ids=["Ed25519", "ES256"])
def test_a_signature_fits_its_message_and_its_key_alone(key: SigningKey) -> None:
    signature = key.sign(b"box 3")
    verify(key.public, b"box 3", signature)
    with pytest.raises(BadSignature):
        verify(key.public, b"box 4", signature)
    with pytest.raises(BadSignature):
        verify(key_of("thief").public, b"box 3", signature)
    with pytest.raises(BadSignature):
        verify(es256_key_of("thief").public, b"box 3", signature)


@given(st.integers(0, 511))
def test_no_bit_of_a_signature_may_change(bit: int) -> None:
    signature = bytearray(PPK.sign(b"box 3"))
    signature[bit // 8] ^= 1 << bit % 8
    with pytest.raises(BadSignature):
        verify(PPK.public, b"box 3", bytes(signature))


@pytest.mark.parametrize("length", [0, 31, 33, 64])
def test_a_key_of_another_length_verifies_nothing(length: int) -> None:
    longer = PPK.public.x + bytes(32)
    with pytest.raises(BadKey):
        verify(PublicKey(ED25519, longer[:length]), b"box 3", PPK.sign(b"box 3"))
    with pytest.raises(BadKey):
        verify(PublicKey(ES256, longer[:length], bytes(32)), b"box 3", PPK.sign(b"box 3"))


@pytest.mark.parametrize("length", [0, 63, 65])
def test_a_signature_of_another_length_is_none(length: int) -> None:
    with pytest.raises(BadSignature):
        verify(PPK.public, b"box 3", (PPK.sign(b"box 3") + b"\0")[:length])


def test_a_good_key_is_admitted() -> None:
    check_key(PPK.public)
    check_key(OLD_PHONE.public)


def test_an_ed25519_key_has_no_second_coordinate() -> None:
    with pytest.raises(BadKey):
        check_key(PublicKey(ED25519, PPK.public.x, bytes(32)))


def test_the_key_id_is_that_of_rfc_8037() -> None:
    key = ed25519_from_seed(unb64u("nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A"))
    assert key.kid == "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k"

"""Bytes have one text, and a text that is not that one is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kawal.ledger.encoding import NotCanonical, b64, b64u, blob_name, digest, is_digest, unb64, unb64u


@given(st.binary(max_size=100))
def test_whatever_is_encoded_comes_back(data: bytes) -> None:
    assert unb64u(b64u(data)) == data
    assert unb64(b64(data)) == data


@given(st.text("ABCabc019+/-_= \n", max_size=12))
def test_no_bytes_have_two_texts(text: str) -> None:
    for decode, encode in ((unb64u, b64u), (unb64, b64)):
        try:
            data = decode(text)
        except NotCanonical:
            continue
        assert encode(data) == text


@pytest.mark.parametrize("value", [None, 7, "", "A" * 42, "A" * 44, "A" * 42 + "B", "A" * 42 + "=", "é" * 43])
def test_what_is_no_digest_is_told(value: object) -> None:
    assert not is_digest(value)
    assert is_digest(digest(b""))


def test_a_blob_is_named_by_the_digest_that_events_carry() -> None:
    assert blob_name(digest(b"")) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    with pytest.raises(NotCanonical):
        blob_name("e3b0c442=")

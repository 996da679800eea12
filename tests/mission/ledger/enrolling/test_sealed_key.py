"""An administrator's key in a drawer and in an envelope: nobody opens it without its passphrase."""

import pytest

from kawal.ledger.keys import ed25519_from_seed
from kawal.ledger.sealed_key import (
    BadSealedKey,
    SealedKey,
    SlipOfThePen,
    WrongPassphrase,
    printed,
    read_sealed,
    seal,
    typed,
)

SEED = bytes(range(32))
WORDS = "kopi hujan lampu sungai"


def sealed(cost: int = 10) -> SealedKey:
    return seal(SEED, agency="kpu", passphrase=WORDS, salt=bytes(16), nonce=bytes(12), cost=cost)


def test_the_passphrase_gives_the_key_back() -> None:
    read = read_sealed(sealed().text)
    assert read.unseal(WORDS).public == ed25519_from_seed(SEED).public
    assert (read.agency, read.kid) == ("kpu", ed25519_from_seed(SEED).kid)


def test_a_wrong_passphrase_gives_nothing() -> None:
    with pytest.raises(WrongPassphrase):
        sealed().unseal(WORDS + "!")


def test_nobody_passes_a_key_off_as_another_agency_s() -> None:
    with pytest.raises(WrongPassphrase):
        read_sealed(sealed().text.replace(".kpu.", ".polri.")).unseal(WORDS)


@pytest.mark.parametrize(
    "text", ["", "KA1", "KA2.kpu.a.17.b.c.d", sealed().text[:-2], sealed().text.replace(".10.", ".99.")]
)
def test_what_is_no_sealed_key_is_refused(text: str) -> None:
    with pytest.raises(BadSealedKey):
        read_sealed(text)


def test_a_short_passphrase_seals_nothing() -> None:
    with pytest.raises(BadSealedKey, match="empat kata"):
        seal(SEED, agency="kpu", passphrase="rahasia", salt=bytes(16), nonce=bytes(12), cost=10)


def test_a_copy_by_hand_is_the_key_again() -> None:
    assert typed(printed(sealed().text)) == sealed().text


@pytest.mark.parametrize("number", range(1, len(printed(sealed().text)) + 1))
def test_a_slip_of_the_pen_names_its_line(number: int) -> None:
    lines = printed(sealed().text)
    line, check = lines[number - 1]
    lines[number - 1] = (line[:1] + ("y" if line[1] == "x" else "x") + line[2:], check)
    with pytest.raises(SlipOfThePen) as slip:
        typed(lines)
    assert slip.value.line == number


def test_lines_that_changed_places_do_not_fit() -> None:
    lines = printed(sealed().text)
    with pytest.raises(SlipOfThePen) as slip:
        typed([lines[1], lines[0], *lines[2:]])
    assert slip.value.line == 1

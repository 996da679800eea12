"""A SOP card carries the conduct rules, so that whoever cites it at the start of a duty acknowledges them."""

import pytest

from kawal.guard.cards import CONDUCT, TEXT_LIMIT, BadCard, card_digest, write_card


def test_every_card_carries_every_rule_of_conduct_in_both_languages() -> None:
    text = write_card("Pos PPK", "Periksa pintu tiap jam.", version=1)
    assert "Periksa pintu tiap jam." in text
    assert all(rule in text for pair in CONDUCT for rule in pair)


def test_another_version_of_the_same_words_is_another_card() -> None:
    first, second = (card_digest(write_card("Pos PPK", "Periksa.", version=one)) for one in (1, 2))
    assert first != second
    assert len(first) == 43


@pytest.mark.parametrize(("title", "duties"), [("", "Periksa."), ("Pos", "  \n "), ("Pos", "x" * TEXT_LIMIT)])
def test_a_card_that_says_nothing_or_too_much_is_refused(title: str, duties: str) -> None:
    with pytest.raises(BadCard):
        write_card(title, duties, version=1)

"""Every word of the pages has its English, and no English stands there for a word nobody says."""

from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from tests.server.pages.words import HERE, words_of_code, words_of_templates

CATALOGUE = HERE / "locale" / "en" / "LC_MESSAGES" / "django.po"


@pytest.fixture(scope="module")
def catalogue() -> Catalog:
    with Path(CATALOGUE).open("rb") as file:
        return read_po(file, locale="en")


@pytest.fixture(scope="module")
def said() -> set[str]:
    return {*words_of_code(), *words_of_templates()}


def key(message: Message) -> str:
    return str(message.id[0] if isinstance(message.id, (tuple, list)) else message.id)


def english(catalogue: Catalog) -> dict[str, list[str]]:
    return {
        key(one): [one.string] if isinstance(one.string, str) else list(one.string or ()) for one in catalogue if one.id
    }


def test_every_word_has_its_english(catalogue: Catalog, said: set[str]) -> None:
    has = english(catalogue)
    assert sorted(word for word in said if not all(has.get(word, [""]))) == []


def test_no_english_is_left_over(catalogue: Catalog, said: set[str]) -> None:
    assert sorted(set(english(catalogue)) - said) == []


def test_what_is_filled_in_is_filled_in_both(catalogue: Catalog) -> None:
    for one in catalogue:
        assert list(one.check(catalogue)) == [], one.id


def test_nothing_is_done_successfully(catalogue: Catalog) -> None:
    for word, texts in english(catalogue).items():
        assert "berhasil" not in word.lower()
        assert all("success" not in text.lower() for text in texts)

"""Signs of people in a text that is to be signed for ever: names, service numbers and phone numbers stay out of it."""

import re
from collections.abc import Iterable
from typing import Literal

Sign = Literal["number", "phone", "name"]
_PHONE = re.compile(r"(?<![\d/])(?:\+62|62|0)[\s.-]?8(?:[\s.-]?\d){7,11}(?!\d)")
_SERVICE_NUMBER = re.compile(r"(?<![\d/.+-])\d{8}(?!\d|[/.-]\d)|(?<!\d)\d{16}(?!\d)|(?<!\d)\d{18}(?!\d)")
NAME_LETTERS = 4


def personal_signs(text: str, names: Iterable[str] = ()) -> list[tuple[Sign, str]]:
    """What in a text looks like somebody: phones, NRP (8 digits), NIK (16), NIP (18), and the names that are given.

    A guess for the writer to look at: a date written without signs looks like an NRP.
    """
    phones = [match[0].strip() for match in _PHONE.finditer(text)]
    rest = _PHONE.sub(" ", text)
    numbers = [match[0] for match in _SERVICE_NUMBER.finditer(rest)]
    found: list[tuple[Sign, str]] = [("phone", one) for one in phones]
    found += [("number", one) for one in numbers]
    found += [("name", name) for name in sorted(set(names)) if _names(text, name)]
    return list(dict.fromkeys(found))


def _names(text: str, name: str) -> bool:
    """Whether a name stands in the text as whole words, whatever its case; a very short one would be met everywhere."""
    words = name.split()
    if sum(map(len, words)) < NAME_LETTERS:
        return False
    joined = r"\s+".join(map(re.escape, words))
    return re.search(rf"(?<!\w){joined}(?!\w)", text, re.IGNORECASE) is not None

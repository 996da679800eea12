"""Guard patterns of a class as named numbers; the bare triples of the press are refused until somebody names them."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from kawal.risk.classes import CLASSES, RiskClass
from kawal.risk.register import is_region

Name = Literal["polri", "stations", "linmas"]
NAMES: tuple[Name, ...] = get_args(Name)
MOST = 100
_TRIPLE = re.compile(r"(\d{1,3})\s*[-–—/:]\s*(\d{1,3})\s*[-–—/:]\s*(\d{1,3})")
_WORD: Mapping[Name, str] = {
    "polri": r"polri|polisi|anggota polri|police",
    "stations": r"tps|stations?",
    "linmas": "linmas",
}
_RANGE = re.compile(r"\d\s*(?:\.\.|…|sampai|s\.?d\.?|hingga|to)\s*\d", re.IGNORECASE)


class BadPattern(ValueError):
    """A pattern that says nothing sure; the message asks for what is missing."""


class BareTriple(BadPattern):
    """Three numbers without names: their order is not standard, so nobody may guess it."""

    def __init__(self, text: str) -> None:
        super().__init__(
            f"“{text[:40]}” tidak menyebut mana Polri, mana TPS, mana Linmas. Isi ketiganya dengan namanya. / "
            f"“{text[:40]}” does not say which is Polri, which TPS, which Linmas. Fill all three by name."
        )


@dataclass(frozen=True, slots=True)
class Pattern:
    """So many Polri for so many stations of a class, with so many Linmas. area: region code, "" for everywhere."""

    risk: RiskClass
    polri: int
    stations: int
    linmas: int
    source: str
    area: str = ""

    def says(self, language: str = "id") -> str:
        """The pattern in words: `2 Polri untuk 4 TPS, 8 Linmas`."""
        between = "for" if language == "en" else "untuk"
        return f"{self.polri} Polri {between} {self.stations} TPS, {self.linmas} Linmas"


def check(pattern: Pattern) -> Pattern:
    """Give a pattern back where it can be reckoned with. Raises: BadPattern."""
    if pattern.risk not in CLASSES:
        raise BadPattern("Pilih kelasnya dari daftar. / Choose the class from the list.")
    if pattern.area and not is_region(pattern.area):
        raise BadPattern("Pilih wilayahnya dari daftar. / Choose the area from the list.")
    if not (1 <= pattern.polri <= MOST and 1 <= pattern.stations <= MOST and 0 <= pattern.linmas <= 10 * MOST):
        raise BadPattern(
            f"Isi jumlah Polri dan TPS dari 1 sampai {MOST}, dan Linmas dari 0. / "
            f"Fill the numbers of Polri and TPS from 1 to {MOST}, and of Linmas from 0."
        )
    if len(pattern.source.strip()) < 5:
        raise BadPattern("Isi sumber pola itu. / Fill the source of the pattern.")
    return pattern


def read_pattern(
    text: str, risk: RiskClass, source: str, *, order: tuple[Name, Name, Name] | None = None, area: str = ""
) -> Pattern:
    """Read a pattern that names its numbers, or a triple whose order is stated. Raises: BadPattern, BareTriple."""
    if _RANGE.search(text):
        raise BadPattern(
            "Pola itu memberi rentang, bukan satu angka. Catat satu pola untuk tiap wilayah. / "
            "That gives a range, not a number. Enter one pattern for each area."
        )
    triples = _TRIPLE.findall(text)
    if len(triples) > 1:
        raise BadPattern(
            "Ada lebih dari satu pola. Catat satu per satu. / There are several patterns. Enter them one by one."
        )
    numbers = _named(text)
    if triples and not numbers:
        if order is None or set(order) != set(NAMES):
            raise BareTriple(text)
        numbers = dict(zip(order, map(int, triples[0]), strict=True))
    missing = [name for name in NAMES if name not in numbers]
    if missing:
        raise BareTriple(text)
    return check(Pattern(risk, numbers["polri"], numbers["stations"], numbers["linmas"], source, area))


def _named(text: str) -> dict[Name, int]:
    found: dict[Name, int] = {}
    for name, word in _WORD.items():
        hits = {
            int(one[0] or one[1])
            for one in re.findall(
                rf"(\d{{1,3}})\s*(?:{word})\b|\b(?:{word})\s*:?\s*(\d{{1,3}})(?!\s*[a-z])", text, re.IGNORECASE
            )
        }
        if len(hits) == 1:
            found[name] = hits.pop()
    return found


def pattern_for(patterns: Iterable[Pattern], risk: RiskClass, area: str) -> Pattern | None:
    """The pattern of a class that counts in an area: that of the narrowest area around it, the last of these."""
    fitting = [one for one in patterns if one.risk == risk and area.startswith(one.area)]
    return max(enumerate(fitting), key=lambda one: (len(one[1].area), one[0]))[1] if fitting else None

"""The four classes of kerawanan, and what is unknown: never less, never skipped."""

from collections.abc import Iterable, Mapping
from typing import Literal, get_args

RiskClass = Literal["less", "prone", "high", "special"]
CLASSES: tuple[RiskClass, ...] = get_args(RiskClass)
UNKNOWN = "unknown"
"""How a class that nobody knows is written where a name is needed; in the code it is None."""

NAMES: Mapping[str, tuple[str, str]] = {
    "less": ("kurang rawan", "less vulnerable"),
    "prone": ("rawan", "vulnerable"),
    "high": ("sangat rawan", "highly vulnerable"),
    "special": ("khusus", "special"),
    UNKNOWN: ("tidak diketahui", "unknown"),
}
"""Class -> its name in Indonesian and English."""

WORDS: Mapping[str, RiskClass] = {
    "kurang rawan": "less", "aman": "less", "rendah": "less", "less": "less", "low": "less",
    "rawan": "prone", "sedang": "prone", "prone": "prone", "medium": "prone",
    "sangat rawan": "high", "tinggi": "high", "high": "high",
    "khusus": "special", "rawan khusus": "special", "special": "special",
}  # fmt: skip
"""What instruments and offices write -> the class it means."""

_PATROL: Mapping[RiskClass, int] = {"less": 1, "prone": 2, "high": 3, "special": 3}


def name_of(risk: str | None, language: str = "id") -> str:
    """A class in words; what nobody knows is said to be unknown."""
    indonesian, english = NAMES.get(risk or UNKNOWN, NAMES[UNKNOWN])
    return english if language == "en" else indonesian


def known_or_prone(risk: RiskClass | None) -> RiskClass:
    """The class to reckon with: a place that nobody has assessed is guarded as a vulnerable one."""
    return risk or "prone"


def weight_of(risk: RiskClass | None) -> int:
    """How much more often a place is visited and how hard a gap there is to bear: 1, 2 or 3."""
    return _PATROL[known_or_prone(risk)]


def gravity(risk: RiskClass | None) -> tuple[int, int]:
    """The key by which graver places come first in a descending order; unknown stands above rawan."""
    return (CLASSES.index(known_or_prone(risk)), 1 if risk is None else 0)


def gravest(many: Iterable[RiskClass | None]) -> RiskClass | None:
    """The gravest of several; of none, unknown."""
    return max(many, key=gravity, default=None)

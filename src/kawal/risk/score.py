"""Class and score of a place from what the instruments said, with the part that each had in it.

The scale is the post's own, 0 to 100: rawan from 34, sangat rawan from 67. It orders places inside one operation and
is compared with no other index.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from kawal.risk.classes import RiskClass
from kawal.risk.indicators import variables_of
from kawal.risk.register import Cut, Entry, cut_for, standing_of
from kawal.risk.weights import USUAL, Weights, share

PRONE_FROM, HIGH_FROM, MOST = 34, 67, 100
_MIDDLE: dict[RiskClass, int] = {"less": 17, "prone": 50, "high": 83, "special": 100}


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one entry that counts had in the score. points: None where it cannot be read, and `why` says so."""

    entry: Entry
    points: int | None
    weight: int
    why_id: str = ""
    why_en: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a place stands. risk, points: None while nobody knows; added: points for a close race."""

    place: str
    risk: RiskClass | None
    points: int | None
    contributions: tuple[Contribution, ...]
    superseded: tuple[Entry, ...]
    added: int = 0


def class_at(points: int) -> RiskClass:
    """The class of a score on the post's own scale; khusus is given, never reckoned."""
    return "high" if points >= HIGH_FROM else "prone" if points >= PRONE_FROM else "less"


def assess(
    place: str, entries: Iterable[Entry], *, cuts: Sequence[Cut], weights: Weights = USUAL, added: int = 0
) -> Standing:
    """Assess one place from its own entries, in whatever order they come. added: points for a close race.

    A source that counts but cannot be read keeps a place from being less vulnerable: then it is unknown.
    """
    current, superseded = standing_of(one for one in entries if one.place == place)
    parts = tuple(_contribution(one, cuts, weights) for one in current)
    counting = [(one.points, one.weight) for one in parts if one.points is not None and one.weight]
    if not counting:
        return Standing(place, None, None, parts, superseded)
    mean = _mean(counting)
    points = min(MOST, mean + added)
    risk: RiskClass = (
        "special" if any(one.entry.value == "special" for one in parts if one.weight) else class_at(points)
    )
    if risk == "less" and any(one.points is None and one.weight for one in parts):
        return Standing(place, None, None, parts, superseded, added)
    return Standing(place, risk, points, parts, superseded, added)


def _mean(counting: Sequence[tuple[int, int]]) -> int:
    """The weighted mean, rounded up: a half point is never lost downward."""
    return -(-sum(points * weight for points, weight in counting) // sum(weight for _, weight in counting))


def _contribution(entry: Entry, cuts: Sequence[Cut], weights: Weights) -> Contribution:
    weight = weights.instruments.get(entry.instrument, 0)
    match entry.value:
        case str():
            return Contribution(entry, _MIDDLE[entry.value], weight)
        case frozenset():
            return Contribution(entry, _of_indicators(entry.value, weights), weight)
        case Decimal():
            return _of_score(entry, entry.value, cut_for(cuts, entry.instrument, entry.place), weight)
    return Contribution(entry, None, weight)


def _of_indicators(found: frozenset[str], weights: Weights) -> int:
    """Nothing found is less; anything found is at least rawan, since Bawaslu lists it as a TPS rawan."""
    if not found:
        return _MIDDLE["less"]
    return PRONE_FROM + share(weights, variables_of(found)) * (MOST - PRONE_FROM) // MOST


def _of_score(entry: Entry, score: Decimal, cut: Cut | None, weight: int) -> Contribution:
    if cut is None or cut.prone_from is None or cut.high_from is None:
        return Contribution(
            entry,
            None,
            weight,
            "Batas kelas instrumen ini untuk tempat ini belum diketahui. Isi batasnya dengan sumber.",
            "Where the classes of this instrument begin for this place is not known. Enter the cut-offs with a source.",
        )
    return Contribution(entry, _on_our_scale(score, cut.prone_from, cut.high_from), weight)


def _on_our_scale(score: Decimal, prone: Decimal, high: Decimal) -> int:
    """Each class of the instrument fills the same class of the post's scale, and inside it the order stays."""
    if score < prone:
        return int(score * (PRONE_FROM - 1) / prone)
    if score < high:
        return PRONE_FROM + int((score - prone) * (HIGH_FROM - 1 - PRONE_FROM) / (high - prone))
    return HIGH_FROM + int((score - high) * (MOST - HIGH_FROM) / (MOST - high))

"""The force calculator: how many Polri and Linmas the stations of each class ask for, reckoned in the open."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from kawal.risk.classes import CLASSES, NAMES, UNKNOWN, RiskClass, name_of
from kawal.risk.patterns import Pattern, pattern_for

USUAL_SHARE = Fraction(2, 3)
"""The part of a Polres that is usually sent out; the rest keeps its own watch. An operation may set another."""


class NoPattern(LookupError):
    """A class has stations and no pattern. risk: the class."""

    def __init__(self, risk: RiskClass) -> None:
        indonesian, english = NAMES[risk]
        super().__init__(
            f"Belum ada pola untuk kelas {indonesian}. Isi polanya dengan sumber, lalu hitung lagi. / "
            f"There is no pattern for the class {english} yet. Enter one with its source, then reckon again."
        )
        self.risk = risk


@dataclass(frozen=True, slots=True)
class Line:
    """One class of one area. groups: how many times the pattern is stood up; a last incomplete group needs a whole one.

    is_assumed: nobody has assessed these stations, so they are reckoned as rawan.
    """

    area: str
    risk: RiskClass
    stations: int
    pattern: Pattern
    groups: int
    polri: int
    linmas: int
    is_assumed: bool = False

    def says(self, language: str = "id") -> str:
        """The arithmetic in one line."""
        pattern, linmas = self.pattern, "" if not self.pattern.linmas else f"; Linmas {self._linmas_says()}"
        named = name_of(None if self.is_assumed else self.risk, language)
        if self.is_assumed:
            named += f" ({'reckoned as' if language == 'en' else 'dihitung seperti'} {name_of(self.risk, language)})"
        groups = "groups" if language == "en" else "kelompok"
        return (
            f"{named}: {self.stations} TPS ÷ {pattern.stations} = {self.groups} {groups}"
            f" × {pattern.polri} Polri = {self.polri} Polri{linmas}"
        )

    def _linmas_says(self) -> str:
        return f"{self.stations} × {self.pattern.linmas} ÷ {self.pattern.stations} = {self.linmas}"


@dataclass(frozen=True, slots=True)
class Need:
    """What all of it asks for, line by line."""

    lines: tuple[Line, ...]

    @property
    def polri(self) -> int:
        """Polri needed."""
        return sum(one.polri for one in self.lines)

    @property
    def linmas(self) -> int:
        """Linmas needed."""
        return sum(one.linmas for one in self.lines)

    @property
    def stations(self) -> int:
        """Stations reckoned with."""
        return sum(one.stations for one in self.lines)


@dataclass(frozen=True, slots=True)
class Balance:
    """Need against strength at hand. share: the part of `strength` that is sent; lent: BKO already here."""

    need: int
    strength: int
    share: Fraction
    lent: int

    @property
    def at_hand(self) -> int:
        """Whole people that can be sent."""
        return self.strength * self.share.numerator // self.share.denominator + self.lent

    @property
    def short(self) -> int:
        """How many are missing; 0 where there are enough."""
        return max(0, self.need - self.at_hand)

    @property
    def spare(self) -> int:
        """How many are left over."""
        return max(0, self.at_hand - self.need)

    def draft(self, language: str = "id") -> str:
        """The request for BKO in one sentence, its arithmetic inside; "" where nobody is missing."""
        if not self.short:
            return ""
        lent = f" + {self.lent} BKO" if self.lent else ""
        if language == "en":
            return (
                f"{self.short} Polri are asked for under operational control (BKO): {self.need} needed, {self.at_hand}"
                f" at hand ({self.share} of {self.strength}{lent})."
            )
        return (
            f"Mohon BKO {self.short} personel Polri: kebutuhan {self.need}, yang dapat digerakkan {self.at_hand}"
            f" ({self.share} dari {self.strength}{lent})."
        )


def required(stations_by_class: Mapping[str, int], patterns: Iterable[Pattern], *, area: str = "") -> Need:
    """Reckon the force for the stations of one area. stations_by_class: class or `unknown` -> stations.

    Raises: NoPattern, ValueError for a negative number or another class.
    """
    known: Sequence[Pattern] = tuple(patterns)
    if unknown := set(stations_by_class) - {*CLASSES, UNKNOWN}:
        raise ValueError(f"kelas tidak dikenal / unknown class: {', '.join(sorted(unknown))}")
    if any(one < 0 for one in stations_by_class.values()):
        raise ValueError("jumlah TPS tidak boleh negatif / a number of stations cannot be negative")
    lines = [_line(area, risk, stations_by_class.get(risk, 0), known) for risk in CLASSES]
    lines.append(_line(area, "prone", stations_by_class.get(UNKNOWN, 0), known, is_assumed=True))
    return Need(tuple(one for one in lines if one is not None))


def together(needs: Iterable[Need]) -> Need:
    """Several areas as one need."""
    return Need(tuple(line for need in needs for line in need.lines))


def _line(
    area: str, risk: RiskClass, stations: int, patterns: Sequence[Pattern], *, is_assumed: bool = False
) -> Line | None:
    if not stations:
        return None
    pattern = pattern_for(patterns, risk, area)
    if pattern is None:
        raise NoPattern(risk)
    groups = -(-stations // pattern.stations)
    linmas = -(-stations * pattern.linmas // pattern.stations)
    return Line(area, risk, stations, pattern, groups, groups * pattern.polri, linmas, is_assumed)


def difference(stations_by_class: Mapping[str, int], stated: int) -> int:
    """How far a published total is off the sum of its classes: stated less counted, 0 where it is right."""
    return stated - sum(stations_by_class.values())

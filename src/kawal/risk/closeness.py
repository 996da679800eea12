"""How close a race is: one of three steps, typed in with a public source; never votes, never a percentage."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

from kawal.risk.register import TEXT_LIMIT

Step = Literal["longgar", "sedang", "ketat"]
STEPS: tuple[Step, ...] = get_args(Step)
POINTS: Mapping[Step, int] = {"longgar": 0, "sedang": 5, "ketat": 10}
"""Points on the post's own scale that a race adds to the places voting in it; it never takes any away."""
_RACE = re.compile(r"(?:GUB-\d{2}|(?:BUP|WAKO)-\d{4})")
_SHARE = re.compile(r"\d\s*(?:%|‰|persen|prosen|percent|per\s?cent|pct|poin|points?)", re.IGNORECASE)
_BALLOTS = re.compile(r"\d\s*(?:ribu\s+|juta\s+)?(?:suara|votes?)\b", re.IGNORECASE)


class BadCloseness(ValueError):
    """What was typed is no closeness, or says more than a closeness may."""


@dataclass(frozen=True, slots=True)
class Closeness:
    """One race (`BUP-5303`, `GUB-53`) and how close it is said to be. source: public, where anyone can read it."""

    race: str
    step: Step
    source: str
    on: date


def check(given: Closeness) -> Closeness:
    """Give it back where it may be kept. Raises: BadCloseness."""
    if _RACE.fullmatch(given.race) is None:
        raise BadCloseness("Pilih pemilihannya dari daftar. / Choose the race from the list.")
    if given.step not in STEPS:
        raise BadCloseness("Pilih longgar, sedang atau ketat. / Choose longgar, sedang or ketat.")
    if not 5 <= len(given.source.strip()) <= TEXT_LIMIT:
        raise BadCloseness(
            f"Isi sumber umumnya, 5 sampai {TEXT_LIMIT} huruf. / Fill its public source, 5 to {TEXT_LIMIT} letters."
        )
    refuse_numbers(given.source)
    return given


def refuse_numbers(text: str) -> None:
    """Refuse a text that gives a share or a count of votes, in any script's digits. Raises: BadCloseness."""
    plain = unicodedata.normalize("NFKC", text)
    if _SHARE.search(plain) or _BALLOTS.search(plain):
        raise BadCloseness(
            "Persentase dan jumlah suara tidak dicatat di sini. Hapus angkanya; cukup kelas dan sumbernya. / "
            "Percentages and counts of votes are not kept here. Remove the number; the class and its source are enough."
        )


def races_of(place: str) -> tuple[str, ...]:
    """The races that a region votes in."""
    return (f"GUB-{place[:2]}", f"BUP-{place[:4]}", f"WAKO-{place[:4]}")


def added_to(place: str, given: Iterable[Closeness]) -> int:
    """Points that the closest race adds to a place; each race counts as last stated."""
    newest: dict[str, Closeness] = {}
    for one in sorted(given, key=lambda one: one.on):
        newest[one.race] = one
    return max((POINTS[newest[race].step] for race in races_of(place) if race in newest), default=0)

"""The operation as data: its level, and the phases in which its forces stand, from before the execution to after it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Literal, get_args

Level = Literal["polsek", "polres", "polda", "mabes"]
LEVELS: tuple[Level, ...] = get_args(Level)
PhaseName = Literal["pre", "exec", "post"]
PHASES: tuple[PhaseName, ...] = get_args(PhaseName)
_CALLED: Mapping[PhaseName, tuple[str, str]] = {
    "pre": ("praoperasi", "pre-operation"),
    "exec": ("pelaksanaan", "execution"),
    "post": ("pascaoperasi", "post-operation"),
}


class PhasesRefused(ValueError):
    """The days typed are no phases of an operation; the message says which, in both languages."""


@dataclass(frozen=True, slots=True)
class Phase:
    """One phase, both days inside."""

    name: PhaseName
    first: date
    last: date

    @property
    def days(self) -> int:
        """How many days it lasts."""
        return (self.last - self.first).days + 1


@dataclass(frozen=True, slots=True)
class Operation:
    """Which operation this is. code_name: its sandi, such as Telabang; zone: IANA name; phases: in order of time."""

    name: str
    code_name: str
    level: Level
    zone: str
    phases: tuple[Phase, ...] = ()

    def phase(self, day: date) -> Phase | None:
        """The phase that a day lies in; None before, between and after them."""
        return next((one for one in self.phases if one.first <= day <= one.last), None)

    @property
    def days(self) -> int:
        """How many days the operation lasts, from the first phase to the last."""
        return (self.phases[-1].last - self.phases[0].first).days + 1 if self.phases else 0


def read_phases(days: Mapping[str, tuple[str, str]]) -> tuple[Phase, ...]:
    """Read typed phases: name -> first and last day as ISO dates; a phase with neither is left out.

    Raises: PhasesRefused.
    """
    found: list[Phase] = []
    for name in PHASES:
        first, last = (text.strip() for text in days.get(name, ("", "")))
        if first or last:
            found.append(_phase(name, first, last))
    _refuse_overlaps(found)
    return tuple(found)


def _phase(name: PhaseName, first: str, last: str) -> Phase:
    called_id, called_en = _CALLED[name]
    try:
        phase = Phase(name, date.fromisoformat(first), date.fromisoformat(last))
    except ValueError as error:
        raise PhasesRefused(
            f"Fase {called_id}: isi kedua tanggalnya, misalnya 2024-08-23 dan 2024-12-31. / "
            f"The {called_en} phase: fill both dates, such as 2024-08-23 and 2024-12-31."
        ) from error
    if phase.last < phase.first:
        raise PhasesRefused(
            f"Fase {called_id} berakhir sebelum mulai. Tukar tanggalnya. / "
            f"The {called_en} phase ends before it begins. Swap its dates."
        )
    return phase


def _refuse_overlaps(phases: Sequence[Phase]) -> None:
    for before, after in pairwise(phases):
        if after.first <= before.last:
            raise PhasesRefused(
                f"Fase {_CALLED[after.name][0]} mulai sebelum fase {_CALLED[before.name][0]} selesai. / "
                f"The {_CALLED[after.name][1]} phase begins before the {_CALLED[before.name][1]} phase is over."
            )

"""What is wrong in a list, row by row: for the clerk who has the sheet open beside it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warn"]
Why = Literal["title", "header", "numbers", "group", "total", "footer", "note"]


@dataclass(frozen=True, slots=True)
class RowProblem:
    """What is so in a row and what to do about it.

    row_number: as the sheet shows it, from 1; 0 where the whole list is meant. column: its letter and its header
    ("D (JUMLAH TPS)"), "" where the whole row is meant. error: the row was left out; warn: it was taken.
    """

    row_number: int
    column: str
    severity: Severity
    says_id: str
    says_en: str
    sheet: str = ""

    @property
    def says(self) -> dict[str, str]:
        """Both sentences, by language."""
        return {"id": self.says_id, "en": self.says_en}


class RowRefused(ValueError):
    """A row cannot be taken. field: the column that says why, "" for the row; severity is always error."""

    def __init__(self, field: str, says_id: str, says_en: str) -> None:
        super().__init__(f"{says_id} / {says_en}")
        self.field, self.says_id, self.says_en = field, says_id, says_en


@dataclass(frozen=True, slots=True)
class Doubt:
    """A row was taken, but somebody should look. field: the column in doubt."""

    field: str
    says_id: str
    says_en: str


@dataclass(frozen=True, slots=True)
class Skipped:
    """A row that is no entry of the list: title, number line, subtotal, signature. text: how it begins."""

    row_number: int
    why: Why
    text: str
    sheet: str = ""


@dataclass(frozen=True, slots=True)
class ReadAs:
    """A name was read as an official one that is spelt differently; rows: where, as the sheet shows them."""

    given: str
    code: str
    name: str
    rows: tuple[int, ...]
    sheet: str = ""


def has_errors(problems: Iterable[RowProblem]) -> bool:
    """Whether a row was left out."""
    return any(problem.severity == "error" for problem in problems)

"""Cells of an office's sheet, and what a cell says: text, a whole number, a code."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from functools import cached_property

Cell = str | int | float | bool | datetime | date | time | None

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufffe\uffff]+")
_SPACES = re.compile(r"\s+")
_WHOLE = re.compile(r"[-+]?\d{1,18}")
_GROUPED = re.compile(r"\d{1,3}(?:[.,]\d{3})+")
_DECIMAL_ZERO = re.compile(r"(\d{1,18})[.,]0+")


@dataclass(frozen=True, slots=True)
class Merged:
    """A merged range: rows and columns from 0, both ends inside."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True)
class Sheet:
    """One sheet, cells from A1. is_hidden: the office hid it; copies: (row, column) filled down by `filled`."""

    name: str
    rows: tuple[tuple[Cell, ...], ...]
    merged: tuple[Merged, ...] = ()
    is_hidden: bool = False
    copies: frozenset[tuple[int, int]] = frozenset()

    @cached_property
    def width(self) -> int:
        """Columns of the widest row."""
        return max(map(len, self.rows), default=0)

    def cell(self, row: int, column: int | None) -> Cell:
        """The cell there; None outside the sheet, or where there is no such column."""
        if column is None or not 0 <= row < len(self.rows) or not 0 <= column < len(self.rows[row]):
            return None
        return self.rows[row][column]


def filled(sheet: Sheet) -> Sheet:
    """Fill merged cells from their top left one, to the right and down; what went down stands in `copies`."""
    if not sheet.merged:
        return sheet
    rows = [list(row) + [None] * (sheet.width - len(row)) for row in sheet.rows]
    copies: set[tuple[int, int]] = set()
    for one in sheet.merged:
        value = sheet.cell(one.top, one.left)
        for row, column in _within(one, len(rows), sheet.width):
            if value is not None and words(rows[row][column]) == "":
                rows[row][column] = value
                if row > one.top:
                    copies.add((row, column))
    return replace(sheet, rows=tuple(map(tuple, rows)), merged=(), copies=frozenset(copies))


def _within(one: Merged, height: int, width: int) -> Iterator[tuple[int, int]]:
    for row in range(one.top, min(one.bottom + 1, height)):
        for column in range(one.left, min(one.right + 1, width)):
            yield row, column


def words(cell: Cell) -> str:
    """What a cell says as one line: control and invisible characters dropped, spaces single, 5.0 as 5."""
    match cell:
        case None:
            return ""
        case bool():
            return "TRUE" if cell else "FALSE"
        case float():
            return str(int(cell)) if cell == cell and abs(cell) < 1e18 and cell.is_integer() else str(cell)
        case str():
            return _SPACES.sub(" ", _CONTROL.sub(" ", unicodedata.normalize("NFKC", cell))).strip()
    return str(cell)


def shown(cell: Cell, limit: int = 40) -> str:
    """A cell for a sentence: short, in quotation marks."""
    text = words(cell)
    return f"“{text if len(text) <= limit else text[: limit - 1] + '…'}”"


def is_empty(cell: Cell) -> bool:
    """Whether a cell says nothing, or only a dash."""
    return words(cell) in ("", "-", "–", "—")


def distinct(row: tuple[Cell, ...]) -> list[str]:
    """The different texts of a row, in order: a merged title counts once."""
    return list(dict.fromkeys(text for text in map(words, row) if text))


def whole(cell: Cell) -> int | None:
    """A whole number: 5, 5.0, "5", "5,0", "1.234" of an Indonesian sheet; None for anything else, dates too."""
    match cell:
        case bool():
            return None
        case int():
            return cell
        case float():
            return int(cell) if cell == cell and abs(cell) < 1e18 and cell.is_integer() else None
        case str():
            text = words(cell).replace(" ", "")
            if _GROUPED.fullmatch(text):
                return int(re.sub(r"[.,]", "", text))
            if match := _DECIMAL_ZERO.fullmatch(text):
                return int(match[1])
            return int(text) if _WHOLE.fullmatch(text) and text.isascii() else None
    return None


def letters(column: int) -> str:
    """A column as the office sees it: 0 is A, 26 is AA."""
    name, rest = "", column + 1
    while rest:
        rest, digit = divmod(rest - 1, 26)
        name = chr(65 + digit) + name
    return name

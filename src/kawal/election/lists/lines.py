"""What a row of a sheet is when it is no entry: a line of numbers, a subtotal, a group's heading."""

import re
from collections.abc import Sequence
from itertools import pairwise

from kawal.election.lists.cells import Cell, distinct, whole, words
from kawal.election.lists.names import upper

_TOTAL = re.compile(r"(?:GRAND |SUB[ -]?)?(?:JUMLAH|JML|JLH|TOTAL|REKAPITULASI)\b")
_TOTAL_WORDS = re.compile(
    r"\b(?:GRAND|SUB|SUBTOTAL|SUBJUMLAH|JUMLAH|JML|JLH|TOTAL|REKAPITULASI|TPS|DESA/KELURAHAN|PER|SE)\b|[:.()-]"
)
_EVERYTHING = re.compile(
    r"\b(?:GRAND|SELURUH(?:NYA)?|KESELURUHAN|AKHIR|UMUM)\b|\b(?:KABUPATEN|KAB|SE-?KABUPATEN|SE-?KOTA)\b"
)
_NUMBERING = re.compile(r"[IVXLC]{1,6}[.)]?|[A-Z][.)]?|\d{1,4}[.)]?")
_HEADING = re.compile(
    r"(?:(?:[IVXLC]{1,6}|[A-Z]|\d{1,3})[.)]\s*)?(KECAMATAN|KEC|DISTRIK|DESA|KELURAHAN|KEL)\b[.\s:]*(.+)"
)
DITTO = frozenset({'"', "''", "”", "“", "〃", "-SDA-", "SDA", "S.D.A", "S.D.A.", "IDEM", "SAMA", "-//-", "//"})


def is_number_line(row: Sequence[Cell]) -> bool:
    """Whether a row only numbers the columns: (1) (2) (3), or 1 2 3, or a b c."""
    said = [text for text in (re.sub(r"[()\s.]", "", words(cell)) for cell in row) if text]
    if len(said) < 3:
        return False
    if all(text.isascii() and text.isdigit() and len(text) < 4 for text in said):
        numbers = [int(text) for text in said]
        return numbers[0] == 1 and numbers[-1] > 2 and all(b - a in (0, 1) for a, b in pairwise(numbers))
    return [text.lower() for text in said] == [chr(97 + at % 26) for at in range(len(said))]


def total_label(row: Sequence[Cell]) -> str:
    """The text of a total row (JUMLAH, SUB TOTAL, TOTAL KEC. INSANA); "" for any other row."""
    for cell in row:
        text = upper(words(cell)) if isinstance(cell, str) else ""
        if _TOTAL.match(text):
            return text
    return ""


def total_scope(label: str) -> tuple[str, str]:
    """What a total is of: (district, name), (village, name), (all, ""), (block, "") or (name, name) to be looked up."""
    rest = re.sub(r"\s+", " ", _TOTAL_WORDS.sub(" ", label)).strip()
    if _EVERYTHING.search(label):
        return "all", ""
    if match := _HEADING.fullmatch(rest):
        return _level(match[1]), match[2].strip()
    if rest in ("KECAMATAN", "KEC", "DISTRIK"):
        return "district", ""
    if rest in ("DESA", "KELURAHAN", "KEL", "DESA KELURAHAN", ""):
        return "block", ""
    return "name", rest


def heading(row: Sequence[Cell]) -> tuple[str, str] | None:
    """A row that only says which kecamatan or village follows: (district or village, its name)."""
    said = _names_of(row)
    match = _HEADING.fullmatch(upper(said[0])) if len(said) == 1 else None
    return (_level(match[1]), match[2].strip()) if match else None


def lone_name(row: Sequence[Cell]) -> tuple[str, bool] | None:
    """The one name of a row, and whether a Roman numeral or a letter stands before it, as before a group."""
    said = _names_of(row)
    if len(said) != 1:
        return None
    first = next((words(cell) for cell in row if words(cell)), "")
    return said[0], first != said[0] and not first[:1].isdigit() and _NUMBERING.fullmatch(upper(first)) is not None


def has_text(row: Sequence[Cell]) -> bool:
    """Whether a row holds any text beside numbers."""
    return any(whole(text) is None for text in distinct(tuple(row)))


def _names_of(row: Sequence[Cell]) -> list[str]:
    return [text for text in distinct(tuple(row)) if whole(text) is None and not _NUMBERING.fullmatch(upper(text))]


def _level(word: str) -> str:
    return "district" if word in ("KECAMATAN", "KEC", "DISTRIK") else "village"

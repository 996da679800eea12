"""TPS numbers and counts as people write them: `TPS 001`, `1 s/d 12`, `12 TPS`, and a date where Excel made one."""

import math
import re
from datetime import date, datetime, time

from kawal.election.lists.cells import Cell, is_empty, shown, whole, words
from kawal.election.lists.names import upper
from kawal.election.lists.problems import RowRefused

HIGHEST = 999
MOST_IN_VILLAGE = 600
FIRST_SPECIAL = 901
_BRACKETS = re.compile(r"\([^()]*\)")
_WORDS = re.compile(r"\bTPS\.?(?=[\s.:-]*\d)|\b(?:TPS|NOMOR|NO|BUAH|UNIT|LOKSUS|LOKASI KHUSUS|KHUSUS)\b\.?|\*+")
_A_COUNT = re.compile(r"\d{1,9}(?:[.,]0+)? ?(?:BUAH )?TPS")
_A_NUMBER = re.compile(r"TPS\b|TPS\d|.*\b(?:LOKSUS|KHUSUS)\b")
_UNTIL = re.compile(r"(?:S\s?[/.]\s?D\.?|\bSD\b|\bSAMPAI DENGAN\b|\bSAMPAI\b|\bHINGGA\b|–|—|-)")
_ONE = re.compile(r"\d{1,9}(?:[.,]0+)?")


def station_numbers(cell: Cell) -> tuple[int, ...]:
    """The TPS numbers of a cell: one, a range or a list. Raises: RowRefused."""
    _refuse_no_number(cell, "number")
    if isinstance(cell, str) and looks_like_count(cell):
        raise _unreadable(cell, "number")
    number = whole(cell) if not isinstance(cell, str) else None
    if number is not None:
        return (_in_range(number, cell, "number"),)
    return _numbers(cell, "number")


def station_count(cell: Cell, field: str = "count") -> tuple[int, ...]:
    """The TPS numbers a count stands for: 12 is 1 to 12; a range stands for itself. Raises: RowRefused."""
    _refuse_no_number(cell, field)
    text = _stripped(cell)
    count = whole(text if isinstance(cell, str) else cell)
    if isinstance(cell, str) and _A_NUMBER.match(upper(words(cell))) and not _UNTIL.search(text):
        raise _unreadable(cell, field)
    if count is None:
        return _numbers(cell, field)
    return tuple(range(1, _in_range(count, cell, field, most=MOST_IN_VILLAGE) + 1)) if count else ()


def looks_like_count(cell: Cell) -> bool:
    """Whether a cell says how many: `12 TPS`."""
    return isinstance(cell, str) and _A_COUNT.fullmatch(_BRACKETS.sub("", upper(words(cell))).strip()) is not None


def stated_count(cell: Cell) -> int | None:
    """The number a total row gives; None where it gives none."""
    if isinstance(cell, (date, time, bool)) or is_empty(cell):
        return None
    number = whole(_stripped(cell) if isinstance(cell, str) else cell)
    return number if number is not None and number >= 0 else None


def looks_like_number(cell: Cell) -> bool:
    """Whether a cell is a TPS number or a range of them."""
    try:
        return not is_empty(cell) and bool(station_numbers(cell))
    except RowRefused:
        return False


def _stripped(cell: Cell) -> str:
    return _WORDS.sub(" ", _BRACKETS.sub(" ", upper(words(cell)))).strip(" :.").strip()


def _numbers(cell: Cell, field: str) -> tuple[int, ...]:
    text = _stripped(cell).removeprefix("-").strip() if upper(words(cell)).startswith("TPS") else _stripped(cell)
    found: list[int] = []
    for part in re.split(r"[,;&]|\bDAN\b", text):
        ends = [end.strip() for end in _UNTIL.split(part)]
        if not 1 <= len(ends) <= 2 or not all(_ONE.fullmatch(end) for end in ends):
            raise _unreadable(cell, field)
        first, last = (_in_range(int(re.split(r"[.,]", end)[0]), cell, field) for end in (ends[0], ends[-1]))
        if last < first:
            raise RowRefused(
                field,
                f"{shown(cell)} berjalan mundur. Tulis nomor kecil dahulu, misalnya 001-012.",
                f"{shown(cell)} runs backwards. Write the lower number first, such as 001-012.",
            )
        found.extend(range(first, last + 1))
    if len(set(found)) != len(found):
        raise RowRefused(
            field,
            f"{shown(cell)} menyebut satu nomor dua kali. Tulis tiap nomor satu kali.",
            f"{shown(cell)} names a number twice. Write each once.",
        )
    return tuple(found)


def _in_range(number: int, cell: Cell, field: str, *, most: int = HIGHEST) -> int:
    if 1 <= number <= most:
        return number
    raise RowRefused(
        field,
        f"{shown(cell)} di luar 1 sampai {most}. Periksa angkanya.",
        f"{shown(cell)} is outside 1 to {most}. Check the number.",
    )


def _refuse_no_number(cell: Cell, field: str) -> None:
    if isinstance(cell, (datetime, date)):
        raise RowRefused(
            field,
            f"Excel mengubahnya menjadi tanggal {cell:%d-%m-%Y} (1-12 menjadi 1 Des). Tulis 001 s/d 012 sebagai teks.",
            f"Excel turned it into the date {cell:%d-%m-%Y} (1-12 became 1 Dec). Write 001 s/d 012 as text.",
        )
    if is_empty(cell):
        raise RowRefused(
            field,
            "Nomor atau jumlah TPS kosong. Isi, atau tulis 0 bila desa ini tanpa TPS.",
            "No TPS number or count. Fill it, or write 0 where the village has no TPS.",
        )
    is_bad_float = isinstance(cell, float) and (not math.isfinite(cell) or not cell.is_integer())
    if isinstance(cell, (bool, time)) or is_bad_float or (isinstance(cell, str) and words(cell)[:1] in "=+@"):
        raise _unreadable(cell, field)


def _unreadable(cell: Cell, field: str) -> RowRefused:
    return RowRefused(
        field,
        f"{shown(cell)} bukan nomor atau jumlah TPS. Tulis misalnya 003, 001-012 atau 12.",
        f"{shown(cell)} is not a TPS number or count. Write for instance 003, 001-012 or 12.",
    )


def in_runs(numbers: list[int]) -> str:
    """Numbers for a sentence: 1-3, 7."""
    runs: list[list[int]] = []
    for number in sorted(numbers):
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return ", ".join(str(first) if first == last else f"{first}-{last}" for first, last in runs)

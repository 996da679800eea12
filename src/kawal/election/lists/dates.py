"""Dates and hours as these offices write them: `Sabtu, 30 Nov 2024 pukul 09.00 WITA`, `29 s.d. 30 November 2024`."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone

from kawal.election.lists.cells import Cell, is_empty, shown, words
from kawal.election.lists.names import upper
from kawal.election.lists.problems import Doubt, RowRefused

ZONE_HOURS = {"Asia/Jakarta": 7, "Asia/Pontianak": 7, "Asia/Makassar": 8, "Asia/Jayapura": 9}
"""IANA zone -> hours ahead of UTC; Indonesia moves no clocks."""
ZONE_OF_MARK = {"WIB": 7, "WITA": 8, "WIT": 9}
_MONTHS = ("JAN", "FEB", "MAR", "APR", "MEI", "JUN", "JUL", "AGU", "SEP", "OKT", "NOV", "DES")
_OTHER_MONTHS = {"MAY": 5, "AUG": 8, "AGS": 8, "AGT": 8, "OCT": 10, "DEC": 12, "NOP": 11, "PEB": 2}
_DAYS = ("SENIN", "SELASA", "RABU", "KAMIS", "JUMAT", "SABTU", "MINGGU")
_DAY = re.compile(r"\b(SENIN|SELASA|RABU|KAMIS|JUM\s?AT|SABTU|MINGGU|AHAD)\b")
_UNTIL = r"(?:\s*(?:S\s?[/.]\s?D\.?|SD|SAMPAI DENGAN|SAMPAI|HINGGA|–|—|-|&|DAN)\s*)"
_NAMED = re.compile(r"(\d{1,2})\s*[-/. ]?\s*([A-Z]{3,9})\.?(?:\s*[-/. ,]?\s*(\d{4}|\d{2})\b)?")
_DIGITS = re.compile(r"\b(\d{1,2})\s*([/.-])\s*(\d{1,2})\s*\2\s*(\d{4}|\d{2})\b")
_ISO = re.compile(r"\b(\d{4})-(\d{1,2})-(\d{1,2})\b")
_BARE_FIRST = re.compile(rf"\b(\d{{1,2}}){_UNTIL}(?=(?:(?:{'|'.join(_DAYS)})\W*)?\d{{1,2}}\s*[-/. ]?\s*[A-Z]{{3}})")
_HOUR = re.compile(r"(?:\b(?:PUKUL|JAM|PKL)\b\.?\s*(\d{1,2})(?:[.:](\d{2}))?|\b(\d{1,2})[.:](\d{2})\b(?![./-]\d))")
EXCEL_DAY_0 = date(1899, 12, 30)


@dataclass(frozen=True, slots=True)
class When:
    """Days, both ends inside, and hours where they are given. mark: WIB, WITA or WIT where the text says one."""

    first: date
    last: date
    opens: time | None = None
    closes: time | None = None
    mark: str = ""
    doubts: tuple[Doubt, ...] = ()


def read_when(cell: Cell, hours: Cell = None, *, year: int | None = None, field: str = "date") -> When:
    """Read a day or a range of days, with hours from the same cell or another. year: where a text has none.

    Raises: RowRefused.
    """
    days, rest, doubts = _days(cell, year, field)
    spoken = rest if is_empty(hours) else _hours_text(hours)
    opens, closes = _hours(spoken, cell if is_empty(hours) else hours)
    mark = re.search(r"\b(WIB|WITA|WIT)\b", spoken)
    return When(days[0], days[-1], opens, closes, mark[1] if mark else "", tuple(doubts))


def seconds(day: date, at: time, zone: str) -> int:
    """UNIX seconds of a local day and hour. zone: IANA name of Indonesia."""
    return int(datetime.combine(day, at, timezone(timedelta(hours=ZONE_HOURS[zone]))).timestamp())


def _days(cell: Cell, year: int | None, field: str) -> tuple[list[date], str, list[Doubt]]:
    if isinstance(cell, datetime):
        at = cell.time()
        return [cell.date()], f"{at:%H:%M}" if at != time() else "", []
    if isinstance(cell, date):
        return [cell], "", []
    if isinstance(cell, (int, float)) and not isinstance(cell, bool) and 36_000 < cell < 73_000:
        whole, part = divmod(float(cell), 1)
        minute = round(part * 1440)
        return [EXCEL_DAY_0 + timedelta(days=int(whole))], f"{minute // 60:02d}:{minute % 60:02d}" if minute else "", []
    text = upper(words(cell))
    days, rest = _dates_in(text, year, cell, field)
    if not 1 <= len(days) <= 2 or days[-1] < days[0]:
        raise _unreadable(cell, field)
    return days, rest, _wrong_day_names(text, days)


def _dates_in(text: str, year: int | None, cell: Cell, field: str) -> tuple[list[date], str]:
    if found := list(_ISO.finditer(text)):
        return [_date(m[1], m[2], m[3], cell, field) for m in found], _ISO.sub(" ", text)
    if found := list(_DIGITS.finditer(text)):
        return [_date(m[4], m[3], m[1], cell, field) for m in found], _DIGITS.sub(" ", text)
    found = [m for m in _NAMED.finditer(text) if _month(m[2])]
    if not found:
        raise _unreadable(cell, field)
    years = [m[3] for m in found if m[3]] or ([str(year)] if year else [])
    if not years:
        raise _unreadable(cell, field)
    days = [_date(m[3] or years[-1], str(_month(m[2])), m[1], cell, field) for m in found]
    bare = _BARE_FIRST.search(text)
    if bare and len(days) == 1:
        days.insert(0, _date(str(days[0].year), str(days[0].month), bare[1], cell, field))
    return days, text[found[-1].end() :]


def _month(name: str) -> int:
    start = name[:3]
    return _MONTHS.index(start) + 1 if start in _MONTHS else _OTHER_MONTHS.get(start, 0)


def _date(year: str, month: str, day: str, cell: Cell, field: str) -> date:
    try:
        return date(int(year) + (2000 if len(year) == 2 else 0), int(month), int(day))
    except ValueError as error:
        raise _unreadable(cell, field) from error


def _wrong_day_names(text: str, days: list[date]) -> list[Doubt]:
    named = [re.sub(r"\s", "", m[1]).replace("AHAD", "MINGGU") for m in _DAY.finditer(text)]
    if len(named) != len(days):
        return []
    return [
        Doubt(
            "date",
            f"{day:%d-%m-%Y} hari {_DAYS[day.weekday()].title()}, bukan {name.title()}. Periksa tanggalnya.",
            f"{day:%d-%m-%Y} is not the day that is named ({name.title()}). Check the date.",
        )
        for name, day in zip(named, days, strict=True)
        if _DAYS[day.weekday()] != name
    ]


def _hours_text(cell: Cell) -> str:
    if isinstance(cell, datetime):
        return f"{cell:%H:%M}"
    if isinstance(cell, time):
        return f"{cell:%H:%M}"
    if isinstance(cell, float) and 0 <= cell < 1:
        minute = round(cell * 1440)
        return f"{minute // 60:02d}:{minute % 60:02d}"
    if isinstance(cell, (int, float)) and not isinstance(cell, bool):
        return f"PUKUL {cell:g}"
    return upper(words(cell))


def _hours(text: str, cell: Cell) -> tuple[time | None, time | None]:
    found = [(m[1] or m[3], m[2] or m[4] or "0") for m in _HOUR.finditer(text)][:2]
    try:
        read = [time(int(hour) % 24 if hour == "24" else int(hour), int(minute)) for hour, minute in found]
    except ValueError as error:
        raise RowRefused(
            "time",
            f"{shown(cell)} bukan jam. Tulis misalnya 09.00.",
            f"{shown(cell)} is not an hour. Write for instance 09.00.",
        ) from error
    return (read[0] if read else None, read[1] if len(read) > 1 else None)


def _unreadable(cell: Cell, field: str) -> RowRefused:
    return RowRefused(
        field,
        f"{shown(cell)} bukan tanggal. Tulis misalnya 30 November 2024 atau 29 s.d. 30 November 2024.",
        f"{shown(cell)} is not a date. Write for instance 30 November 2024 or 29 s.d. 30 November 2024.",
    )

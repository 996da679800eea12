"""The schedule of the plenos: a kecamatan, its days and hours, in the zone of the operation."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import time

from kawal.election.lists.cells import is_empty, words
from kawal.election.lists.dates import ZONE_HOURS, ZONE_OF_MARK, When, read_when, seconds
from kawal.election.lists.entries import ListRead, Made, read_entries
from kawal.election.lists.places import Places, as_code
from kawal.election.lists.problems import Doubt, RowRefused
from kawal.election.lists.tables import Table
from kawal.election.lists.walk import Entry

OPENS, CLOSES = time(9), time(23, 59, 59)


@dataclass(frozen=True, slots=True)
class SessionRow:
    """A planned pleno of a kecamatan. starts, ends, deadline: UNIX seconds; deadline None where the list has none."""

    area: str
    starts: int
    ends: int
    deadline: int | None
    place: str
    zone: str
    row_number: int


def read_sessions(
    tables: Sequence[Table], places: Places, *, zone_of: Callable[[str], str], year: int | None = None
) -> ListRead[SessionRow]:
    """Read plenos. zone_of: kecamatan code -> IANA zone; year: where dates have none. Raises: ColumnsMissing."""

    def make(table: Table, entry: Entry) -> Made[SessionRow]:
        code = as_code(table.cell(entry.row, "code"), (6, 10))[:6]
        area = code if code in places.by_code else places.district(entry.district).region.code
        return _session(table, entry, area, zone_of(area), year)

    return read_entries(tables, places, make, lambda row: row.area)


def _session(table: Table, entry: Entry, area: str, zone: str, year: int | None) -> Made[SessionRow]:
    when = read_when(table.cell(entry.row, "date"), table.cell(entry.row, "time"), year=year)
    last = _last(table, entry, when, year)
    starts = seconds(when.first, when.opens or OPENS, zone)
    ends = seconds(last.last, last.closes or CLOSES, zone)
    if ends <= starts:
        raise RowRefused(
            next((one for one in ("end", "end_date") if table.columns.of(one) is not None), "date"),
            "Selesai sebelum mulai. Perbaiki tanggal atau jamnya.",
            "It ends before it begins. Correct the dates or the hours.",
        )
    row = SessionRow(
        area,
        starts,
        ends,
        _deadline(table, entry, zone, year),
        words(table.cell(entry.row, "place")),
        zone,
        entry.row + 1,
    )
    return row, (*when.doubts, *_zone_doubt(when, zone), *_hour_doubt(when))


def _last(table: Table, entry: Entry, when: When, year: int | None) -> When:
    """The end: of its own columns (a date, an hour, or both), else of the date's."""
    cell, day = table.cell(entry.row, "end"), table.cell(entry.row, "end_date")
    if not is_empty(day):
        own = read_when(day, year=year, field="end_date")
        when = When(own.last, own.last, None, own.closes or own.opens)
    if is_empty(cell):
        return when
    try:
        own = read_when(cell, year=year, field="end")
    except RowRefused:
        hours = read_when(when.last, cell)
        if hours.opens is None:
            return when
        return When(when.last, when.last, None, hours.opens)
    return When(own.first, own.last, None, own.closes or own.opens)


def _deadline(table: Table, entry: Entry, zone: str, year: int | None) -> int | None:
    cell = table.cell(entry.row, "deadline")
    if is_empty(cell):
        return None
    when = read_when(cell, year=year, field="deadline")
    return seconds(when.last, when.closes or when.opens or CLOSES, zone)


def _zone_doubt(when: When, zone: str) -> Sequence[Doubt]:
    if not when.mark or ZONE_OF_MARK[when.mark] == ZONE_HOURS[zone]:
        return ()
    own = next(mark for mark, hours in ZONE_OF_MARK.items() if hours == ZONE_HOURS[zone])
    return (
        Doubt(
            "time",
            f"Tertulis {when.mark}, tetapi kecamatan ini {own}; dibaca sebagai {own}. Pastikan.",
            f"It says {when.mark}, but this kecamatan keeps {own}; read as {own}. Make sure.",
        ),
    )


def _hour_doubt(when: When) -> Sequence[Doubt]:
    if when.opens is not None:
        return ()
    return (
        Doubt("time", "Jam tidak diisi; dianggap mulai pukul 09.00.", "No hour is given; taken to begin at 09.00."),
    )

"""A roster as files: a workbook with one sheet a post and one a person, and calendars. For the tool and for the post.

Names come from the caller, who may know them; without them the opaque ids stand. Nothing here reads a file.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta, timezone
from io import BytesIO

from icalendar import Calendar, Event
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.worksheet.worksheet import Worksheet

from kawal.guard.roster.problem import Duty, Roster, RosterProblem
from kawal.guard.roster.sheets import Plotted, plotting

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
_SHEET_NAME = re.compile(r"[\[\]:*?/\\']")
_HEAD = (
    "Mulai / from",
    "Selesai / to",
    "Komandan / leader",
    "Anggota / team",
    "Kekuatan lain / forces",
    "Ada",
    "Perlu",
    "Kurang",
)


def safe(text: str) -> str:
    """A cell that no spreadsheet takes for a formula, whoever wrote the name in it."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def workbook(problem: RosterProblem, roster: Roster, name_of: Mapping[str, str]) -> bytes:
    """The roster as XLSX: a sheet for each post and week, then one for each person."""
    book = Workbook()
    for empty in book.worksheets:
        book.remove(empty)
    by_week: dict[tuple[str, int], list[Plotted]] = defaultdict(list)
    first = problem.day_of(problem.span.starts)
    for row in plotting(problem, roster):
        by_week[row.post, (problem.day_of(row.starts) - first) // 7].append(row)
    for (post, week), rows in sorted(by_week.items()):
        _post_sheet(_sheet(book, f"{post} M{week + 1}"), problem, rows, name_of)
    by_who: dict[str, list[Duty]] = defaultdict(list)
    for duty in sorted(roster.duties):
        by_who[duty.who].append(duty)
    for who, duties in sorted(by_who.items()):
        _person_sheet(_sheet(book, who), problem, duties, name_of.get(who, who))
    if not book.worksheets:
        book.create_sheet("kosong")
    made = BytesIO()
    book.save(made)
    return made.getvalue()


def _sheet(book: Workbook, name: str) -> Worksheet:
    """Sheets have names of 31 characters at most, none twice."""
    plain, number = _SHEET_NAME.sub("-", name)[:31], 1
    taken = {title.lower() for title in book.sheetnames}
    while plain.lower() in taken:
        number += 1
        plain = f"{plain[:27]}~{number}"
    made: Worksheet = book.create_sheet(plain)
    return made


def _post_sheet(sheet: Worksheet, problem: RosterProblem, rows: Iterable[Plotted], name_of: Mapping[str, str]) -> None:
    rows = list(rows)
    sheet.append([safe(rows[0].name)])
    sheet.append(list(_HEAD))
    for row in rows:
        team = ", ".join(name_of.get(who, who) for who in row.team)
        lent = ", ".join(f"{force} {n}" for force, n in row.lent.items())
        leader = name_of.get(row.leader, row.leader)
        times = [_local(problem, at) for at in (row.starts, row.ends)]
        sheet.append([*times, safe(leader), safe(team), safe(lent), row.present, row.need, row.short])
    for cell in (*sheet[1], *sheet[2]):
        cell.font = Font(bold=True)
    for column, width in zip("ABCDEFGH", (20, 20, 24, 60, 24, 6, 6, 8), strict=True):
        sheet.column_dimensions[column].width = width
    for (cell,) in sheet.iter_rows(min_row=3, min_col=4, max_col=4):
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    sheet.freeze_panes = "A3"


def _person_sheet(sheet: Worksheet, problem: RosterProblem, duties: Iterable[Duty], name: str) -> None:
    sheet.append([safe(name)])
    sheet.append(["Mulai / from", "Selesai / to", "Pos / post"])
    for duty in duties:
        post = problem.post_of[duty.post]
        sheet.append([_local(problem, duty.starts), _local(problem, duty.ends), safe(post.name)])
    for cell in (*sheet[1], *sheet[2]):
        cell.font = Font(bold=True)
    for column, width in zip("ABC", (20, 20, 40), strict=True):
        sheet.column_dimensions[column].width = width


def _local(problem: RosterProblem, at: int) -> datetime:
    """Local time without a zone, as a spreadsheet keeps it."""
    return (datetime.fromtimestamp(at, UTC) + timedelta(hours=problem.zone_hours)).replace(tzinfo=None)


def post_calendar(
    problem: RosterProblem, roster: Roster, post: str, name_of: Mapping[str, str], *, made_at: int
) -> bytes:
    """The duties of a post as iCalendar: one event a shift. made_at: UNIX seconds, stamped on each event."""
    named = problem.post_of[post].name
    calendar = _calendar(named, problem)
    for row in plotting(problem, roster):
        if row.post == post and row.present:
            team = [name_of.get(who, who) for who in ((row.leader,) if row.leader else ()) + row.team]
            lent = [f"{force}: {n}" for force, n in row.lent.items()]
            uid = f"{post}-{row.starts}-{row.ends}@roster.kawal"
            calendar.add_component(
                _event(uid, named, row.starts, row.ends, "\n".join([*team, *lent]), problem, made_at)
            )
    return bytes(calendar.to_ical())


def person_calendar(problem: RosterProblem, roster: Roster, who: str, *, made_at: int) -> bytes:
    """The duties of one person as iCalendar, without a word of whom he serves with."""
    calendar = _calendar(who, problem)
    for duty in sorted(roster.duties):
        if duty.who == who:
            uid = f"{who}-{duty.starts}-{duty.ends}@roster.kawal"
            named = problem.post_of[duty.post].name
            calendar.add_component(_event(uid, named, duty.starts, duty.ends, "", problem, made_at))
    return bytes(calendar.to_ical())


def _calendar(name: str, problem: RosterProblem) -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", "-//Kawal//roster//ID")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", name)
    calendar.add("x-wr-timezone", problem.zone)
    return calendar


def _event(uid: str, title: str, starts: int, ends: int, text: str, problem: RosterProblem, made_at: int) -> Event:
    """UID from what the duty is: the same duty planned again replaces itself in the phone's calendar."""
    event = Event()
    event.add("uid", uid)
    event.add("dtstamp", datetime.fromtimestamp(made_at, UTC))
    event.add("dtstart", datetime.fromtimestamp(starts, UTC))
    event.add("dtend", datetime.fromtimestamp(ends, UTC))
    event.add("summary", title)
    local = timezone(timedelta(hours=problem.zone_hours))
    opened, closed = (datetime.fromtimestamp(at, local) for at in (starts, ends))
    zone = {7: "WIB", 8: "WITA", 9: "WIT"}.get(problem.zone_hours, problem.zone)
    event.add("description", f"{opened:%H.%M}-{closed:%H.%M} {zone}" + (f"\n{text}" if text else ""))
    return event

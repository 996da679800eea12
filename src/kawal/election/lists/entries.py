"""Taking a list entry by entry: what is read of each row, and what was wrong with the others."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from kawal.election.lists.cells import letters
from kawal.election.lists.places import Places
from kawal.election.lists.problems import Doubt, RowProblem, RowRefused, Severity, Skipped
from kawal.election.lists.tables import Table
from kawal.election.lists.walk import Entry, walk_rows

Row = TypeVar("Row")
Made = tuple[Row, Sequence[Doubt]]


@dataclass(frozen=True, slots=True)
class ListRead(Generic[Row]):
    """What a list says: its rows in order, what is wrong with some, and which were no entries."""

    rows: tuple[Row, ...]
    problems: tuple[RowProblem, ...]
    skipped: tuple[Skipped, ...]


def read_entries(
    tables: Sequence[Table], places: Places, make: Callable[[Table, Entry], Made[Row]], key: Callable[[Row], str]
) -> ListRead[Row]:
    """Make a row of each entry; a second row with the same key is refused. Raises: ColumnsMissing."""
    rows: dict[str, Row] = {}
    first: dict[str, int] = {}
    problems: list[RowProblem] = []
    skipped: list[Skipped] = []
    for table in tables:
        walk = walk_rows(table, places)
        skipped.extend(walk.skipped)
        for entry in walk.entries:
            try:
                made, doubts = make(table, entry)
                named = key(made)
                if named in rows:
                    raise _again(named, first[named])
            except RowRefused as refused:
                problems.append(_problem(table, entry, refused))
                continue
            rows[named], first[named] = made, entry.row + 1
            problems.extend(_problem(table, entry, doubt) for doubt in doubts)
    return ListRead(tuple(rows.values()), tuple(problems), tuple(skipped))


def column_name(table: Table, field: str) -> str:
    """A column for a clerk: its letter and its header; "" where the list has no such column."""
    at = table.columns.of(field)
    if at is None:
        return ""
    label = table.labels[at] if at < len(table.labels) else ""
    return f"{letters(at)} ({label[:40]})" if label else letters(at)


def _problem(table: Table, entry: Entry, why: RowRefused | Doubt) -> RowProblem:
    severity: Severity = "error" if isinstance(why, RowRefused) else "warn"
    column = column_name(table, why.field)
    return RowProblem(entry.row + 1, column, severity, why.says_id, why.says_en, table.sheet.name)


def _again(named: str, row: int) -> RowRefused:
    return RowRefused(
        "",
        f"{named} sudah ada di baris {row}. Hapus salah satunya.",
        f"{named} is already in row {row}. Remove one of them.",
    )

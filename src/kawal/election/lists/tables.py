"""Where the table of a sheet begins, what its columns are called, and which sheet of a file is the list."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from kawal.election.lists.cells import Cell, Sheet, distinct, filled, is_empty, whole, words
from kawal.election.lists.columns import (
    FIELDS,
    ColumnMap,
    TableKind,
    field_quality,
    fingerprint,
    guess_columns,
    label_key,
)
from kawal.election.lists.lines import is_number_line, total_label
from kawal.election.lists.names import bare, name_key
from kawal.election.lists.numbers import looks_like_count, looks_like_number
from kawal.election.lists.places import Places, as_code

SEARCHED_ROWS = 60
MOST_LINES = 3
SAMPLE = 300
_ENOUGH = 0.6
_SURE_NUMBER = re.compile(r"\b(?:NO|NOMOR|NAMA|KODE)\b")


class ColumnsMissing(ValueError):
    """The list lacks a column its kind needs; the message says which."""


@dataclass(frozen=True)
class Table:
    """A list found in a sheet. top: the header's first row, from 0; lines: how many rows it has (0: no header)."""

    sheet: Sheet
    kind: TableKind
    top: int
    lines: int
    labels: tuple[str, ...]
    columns: ColumnMap

    @property
    def first(self) -> int:
        """The first row below the header, from 0."""
        return self.top + self.lines

    @property
    def fingerprint(self) -> str:
        """What a remembered map is found by."""
        return fingerprint(self.labels)

    @property
    def titles(self) -> tuple[str, ...]:
        """The texts above the header."""
        return tuple(" ".join(distinct(row)) for row in self.sheet.rows[: self.top] if distinct(row))

    def with_columns(self, columns: ColumnMap) -> "Table":
        """The same list with the columns somebody chose, or that were remembered."""
        return replace(self, columns=columns)

    def cell(self, row: int, field: str) -> Cell:
        """The cell of a field; None where the list has no such column."""
        return self.sheet.cell(row, self.columns.of(field))

    def require_columns(self) -> None:
        """Refuse a list that cannot be read. Raises: ColumnsMissing."""
        missing = self.columns.missing()
        if missing:
            labels = {one.field: (one.label_id, one.label_en) for one in FIELDS[self.kind]}
            says_id = "; ".join(" atau ".join(labels[field][0] for field in group) for group in missing)
            says_en = "; ".join(" or ".join(labels[field][1] for field in group) for group in missing)
            raise ColumnsMissing(
                f"Lembar “{self.sheet.name}”: pilih kolom untuk {says_id}. / "
                f"Sheet “{self.sheet.name}”: choose the column for {says_en}."
            )


def find_table(sheet: Sheet, kind: TableKind, places: Places | None = None) -> Table:
    """Find the header of a list in a sheet and guess its columns by words and content; some may stay missing."""
    whole_sheet = filled(sheet)
    best, best_score = _unnamed(whole_sheet, kind), 0
    for top in range(min(SEARCHED_ROWS, len(whole_sheet.rows))):
        for lines in range(1, MOST_LINES + 1):
            if not _is_header(whole_sheet, top, lines):
                break
            table = table_at(whole_sheet, kind, top, lines)
            score = _score(table)
            if score > best_score:
                best, best_score = table, score
    return _by_content(best, places)


def _unnamed(sheet: Sheet, kind: TableKind) -> Table:
    """A list whose header says nothing known: its first row of texts, or none."""
    top = next((row for row in range(min(SEARCHED_ROWS, len(sheet.rows))) if _is_header(sheet, row, 1)), None)
    if top is None:
        return Table(sheet, kind, 0, 0, (), ColumnMap(kind, ()))
    return table_at(sheet, kind, top, 1).with_columns(ColumnMap(kind, ()))


def table_at(sheet: Sheet, kind: TableKind, top: int, lines: int) -> Table:
    """The list whose header stands at this row (from 0) with so many lines, columns guessed by its words alone."""
    sheet = filled(sheet)
    labels = _labels(sheet, top, lines)
    return Table(sheet, kind, top, lines, labels, guess_columns(labels, kind))


def best_tables(sheets: Sequence[Sheet], kind: TableKind, places: Places | None = None) -> list[Table]:
    """The tables of a file's sheets, the one that fits the kind best first, sheets without any row left out."""
    tables = [find_table(sheet, kind, places) for sheet in sheets if any(distinct(row) for row in sheet.rows)]
    return sorted(
        tables, key=lambda one: (len(one.columns.missing()), one.sheet.is_hidden, -_score(one), -_length(one))
    )


def alike(tables: Sequence[Table]) -> list[Table]:
    """The best table and the others with the same header: one sheet a kecamatan is common."""
    return [one for one in tables if one.fingerprint == tables[0].fingerprint and not one.sheet.is_hidden] or [
        *tables[:1]
    ]


def _is_header(sheet: Sheet, top: int, lines: int) -> bool:
    """Whether one more row below `top` may be header: mostly texts, no numbers of stations, over the same columns."""
    if top + lines > len(sheet.rows):
        return False
    row = sheet.rows[top + lines - 1]
    said = [cell for cell in row if words(cell)]
    texts = [cell for cell in said if isinstance(cell, str) and whole(cell) is None and not looks_like_number(cell)]
    if len(distinct(row)) < (2 if lines == 1 else 1) or len(texts) < _ENOUGH * len(said) or is_number_line(row):
        return False
    return lines == 1 or _spans(sheet, top, top + lines - 1)


def _spans(sheet: Sheet, top: int, bottom: int) -> bool:
    """Whether the header's first row stands over most columns of a lower one: a title beside a value does not."""
    below = [at for at in range(sheet.width) if words(sheet.cell(bottom, at))]
    over = [at for at in below if words(sheet.cell(top, at))]
    is_pair = any(words(cell).endswith(":") or words(cell).startswith(":") for cell in sheet.rows[top])
    return not is_pair and 2 * len(over) > len(below)


def _labels(sheet: Sheet, top: int, lines: int) -> tuple[str, ...]:
    rows = [[words(sheet.cell(top + line, at)) for at in range(sheet.width)] for line in range(lines)]
    for upper_row, lower in pairwise(rows):
        for at in range(1, sheet.width):
            if not upper_row[at] and lower[at] and upper_row[at - 1] and lower[at - 1] not in ("", upper_row[at - 1]):
                upper_row[at] = upper_row[at - 1]
    return tuple(" ".join(dict.fromkeys(text for text in column if text)) for column in zip(*rows, strict=True))


def _score(table: Table) -> int:
    fields = dict(table.columns.columns)
    groups = len(table.columns.missing())
    lowest = table.first - 1
    quality = sum(
        field_quality(table.kind, field, table.labels[at], words(table.sheet.cell(lowest, at)))
        for field, at in fields.items()
        if at < len(table.labels)
    )
    return quality - 10 * groups + 20 if fields else 0


def _length(table: Table) -> int:
    return sum(1 for row in table.sheet.rows[table.first :] if distinct(row))


def _by_content(table: Table, places: Places | None) -> Table:
    if table.kind == "stations":
        table = _tell_count_from_number(table)
    if places is None:
        return table
    found: dict[str, int | None] = {}
    taken = {at for _, at in table.columns.columns}
    for field in ("code", "district", "village", "number"):
        if table.columns.of(field) is not None or field not in _MEMBERS or not _wants(table, field):
            continue
        column = _column_of(table, field, places, taken)
        if column is not None:
            found[field] = column
            taken.add(column)
    return table.with_columns(table.columns.changed(found)) if found else table


def _wants(table: Table, field: str) -> bool:
    if field not in {one.field for one in FIELDS[table.kind]}:
        return False
    return field != "number" or (table.columns.of("count") is None and table.columns.of("code") is None)


def _column_of(table: Table, field: str, places: Places, taken: set[int]) -> int | None:
    for at in range(table.sheet.width):
        cells = _sample(table, at)
        if at not in taken and cells and sum(_MEMBERS[field](cell, places) for cell in cells) >= _ENOUGH * len(cells):
            return at
    return None


def _sample(table: Table, column: int) -> list[Cell]:
    rows = range(table.first, min(table.first + SAMPLE, len(table.sheet.rows)))
    cells = (table.sheet.cell(row, column) for row in rows)
    return [cell for cell in cells if not is_empty(cell)]


def _is_village(cell: Cell, places: Places) -> bool:
    return isinstance(cell, str) and bool({name_key(cell), name_key(bare(cell, "village"))} & places.village_keys)


def _is_district(cell: Cell, places: Places) -> bool:
    return isinstance(cell, str) and bool({name_key(cell), name_key(bare(cell, "district"))} & places.district_keys)


def _is_code(cell: Cell, places: Places) -> bool:
    return as_code(cell, (10, 13))[:10] in places.by_code


def _is_number(cell: Cell, _: Places) -> bool:
    return isinstance(cell, str) and words(cell).upper().startswith("TPS") and looks_like_number(cell)


_MEMBERS = {"code": _is_code, "district": _is_district, "village": _is_village, "number": _is_number}


def _tell_count_from_number(table: Table) -> Table:
    """Under a bare TPS may stand a number for each station or how many there are: the villages tell which."""
    at = table.columns.of("number")
    special = table.columns.of("special")
    if special is not None and any(whole(cell) is None for cell in _sample(table, special)):
        table = table.with_columns(table.columns.changed({"special": None}))
    if at is None or table.columns.of("count") is not None or _SURE_NUMBER.search(label_key(table.labels[at])):
        return table
    rows = range(table.first, min(table.first + SAMPLE, len(table.sheet.rows)))
    said = [
        (words(table.cell(row, "village")), table.sheet.cell(row, at))
        for row in rows
        if not total_label(table.sheet.rows[row]) and not is_number_line(table.sheet.rows[row])
    ]
    counts = [(name, cell) for name, cell in said if whole(cell) is not None or looks_like_count(cell)]
    is_count = any(looks_like_count(cell) for _, cell in counts) or _each_village_once(table, counts)
    return table.with_columns(table.columns.changed({"number": None, "count": at})) if is_count else table


def _each_village_once(table: Table, said: Sequence[tuple[str, Cell]]) -> bool:
    if table.columns.of("village") is None:
        return False
    names = [name for name, _ in said]
    return len(names) > 1 and all(names) and len(set(names)) >= 0.9 * len(names) and any(whole(c) != 1 for _, c in said)

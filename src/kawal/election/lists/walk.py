"""The rows of a list one by one: which are entries, of which kecamatan and village, and which only say so or sum up."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property

from kawal.election.lists.cells import Cell, distinct, is_empty, words
from kawal.election.lists.columns import NEEDED, label_key
from kawal.election.lists.lines import DITTO, has_text, heading, is_number_line, lone_name, total_label, total_scope
from kawal.election.lists.names import name_key, upper
from kawal.election.lists.numbers import looks_like_number, stated_count
from kawal.election.lists.places import Found, Given, Places, as_code
from kawal.election.lists.problems import RowRefused, Skipped, Why
from kawal.election.lists.tables import Table

LEAST_CELLS = 3
"""Different cells that make a broken row an entry rather than a line of a signature."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of the list. row: from 0; district, village: of the row, or of the rows above where it leaves them out."""

    row: int
    district: Cell
    village: Cell

    def given(self, table: Table) -> Given:
        """What it says of its place."""
        return Given(self.district, self.village, table.cell(self.row, "code"), table.cell(self.row, "type"))


@dataclass(frozen=True, slots=True)
class Stated:
    """A number the list itself gives. area: a region's code, "" for rows `first` to `row`, from 0.

    other: another first row it may count from: a last JUMLAH may close its kecamatan or the whole list.
    """

    row: int
    label: str
    area: str
    first: int
    count: int
    other: int


@dataclass
class Walk:
    """A list taken row by row."""

    table: Table
    entries: list[Entry] = field(default_factory=list)
    stated: list[Stated] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)


@dataclass
class _Walker:
    """Where the walk stands. block: the first row since the last total."""

    walk: Walk
    places: Places
    last: int
    district: Cell = None
    village: Cell = None
    block: int = 0

    @property
    def table(self) -> Table:
        return self.walk.table

    def run(self) -> Walk:
        self.block = self.table.first
        self._titles()
        for row in range(self.table.first, len(self.table.sheet.rows)):
            cells = self.table.sheet.rows[row]
            if distinct(cells):
                self._take(row, cells)
        return self.walk

    def _titles(self) -> None:
        for row in range(self.table.first):
            cells = self.table.sheet.rows[row]
            if not distinct(cells):
                continue
            is_title = row < self.table.top
            self._skip(row, "title" if is_title else "header")
            named = heading((" ".join(distinct(cells)),)) if is_title else None
            if named and self._is_known(*named):
                self._enter(*named)

    def _is_known(self, level: str, name: str) -> bool:
        try:
            if level == "district":
                return bool(self.places.district(name))
            return bool(self.places.village(Given(self.district, name)))
        except RowRefused:
            return False

    def _enter(self, level: str, name: str) -> None:
        if level == "district":
            self.district, self.village = name, None
        else:
            self.village = name

    def _skip(self, row: int, why: Why) -> None:
        text = " · ".join(distinct(self.table.sheet.rows[row]))[:120]
        self.walk.skipped.append(Skipped(row + 1, why, text, self.table.sheet.name))

    def _take(self, row: int, cells: tuple[Cell, ...]) -> None:
        if is_number_line(cells) and not self._has_place(row):
            self._skip(row, "numbers")
        elif self._is_header_again(cells):
            self._skip(row, "header")
        elif self._is_total(row, cells):
            self._total(row, label_of_total(self.table, row))
        elif named := self._heading(row, cells):
            self._group(row, *named)
        elif self._is_footer(row, cells):
            self._skip(row, "footer" if row > self.last else "note")
        else:
            self._entry(row)

    def _has_place(self, row: int) -> bool:
        """Whether a row of numbers belongs to the village named above it, or names its own."""
        text = words(self.table.cell(row, "village"))
        return self.table.columns.of("village") is not None and (not text or sum(c.isalpha() for c in text) > 1)

    def _is_header_again(self, cells: tuple[Cell, ...]) -> bool:
        said = [(at, words(cell)) for at, cell in enumerate(cells) if words(cell)]
        same = [at for at, text in said if at in self.header and label_key(text) in self.header[at]]
        return len(same) >= 2 and len(same) >= 0.6 * len(said)

    @cached_property
    def header(self) -> dict[int, set[str]]:
        """Column -> what the lines of the header say over it."""
        lines = self.table.sheet.rows[self.table.top : self.table.first]
        return {
            at: {label_key(words(row[at])) for row in lines if at < len(row)} - {""}
            for at in range(self.table.sheet.width)
        }

    def _is_total(self, row: int, cells: tuple[Cell, ...]) -> bool:
        if label_of_total(self.table, row):
            return not self._is_known("village", words(self.table.cell(row, "village")))
        is_bare_sum = self.table.columns.of("number") is None and self.table.columns.of("count") is not None
        return (
            is_bare_sum
            and not has_text(cells)
            and is_empty(self.table.cell(row, "code"))
            and not is_empty(self._value(row))
        )

    def _value(self, row: int) -> Cell:
        count = self.table.cell(row, "count")
        return self.table.cell(row, "number") if is_empty(count) else count

    def _total(self, row: int, label: str) -> None:
        self._skip(row, "total")
        count = stated_count(self._value(row))
        if count is not None and self.table.kind == "stations":
            level, name = total_scope(label)
            area, first = self._scope(level, name)
            is_open = level == "block" and not self._more_entries()
            other = self.table.first if is_open and first != self.table.first else first
            self.walk.stated.append(Stated(row, label.title() or "Jumlah", area, first, count, other))
        self.block, self.village = row + 1, None

    def _scope(self, level: str, name: str) -> tuple[str, int]:
        """The area of a total, or the row it counts from."""
        if level == "name":
            level = next((one for one in ("district", "village") if self._is_known(one, name)), "all")
        if level == "all":
            return "", self.table.first
        if level == "district" and (name or not is_empty(self.district)):
            code = self._code(lambda: self.places.district(name or self.district))
            return code, self.block
        if level == "village" and name:
            return self._code(lambda: self.places.village(Given(self.district, name))), self.block
        has_entries = bool(self.walk.entries) and self.walk.entries[-1].row >= self.block
        is_first = not any(one.row >= self.table.first for one in self.walk.stated)
        return "", self.table.first if not has_entries or (is_first and not self._more_entries()) else self.block

    def _more_entries(self) -> bool:
        return bool(self.walk.entries) and self.walk.entries[-1].row < self.last

    @staticmethod
    def _code(look: Callable[[], Found]) -> str:
        try:
            return look().region.code
        except RowRefused:
            return ""

    def _heading(self, row: int, cells: tuple[Cell, ...]) -> tuple[str, str] | None:
        if row > self.last:
            return None
        if coded := self._coded_group(row):
            return coded
        named = heading(cells)
        if named and (named[0] == "district" or is_empty(self._value(row))):
            return named
        return self._outline(cells)

    def _coded_group(self, row: int) -> tuple[str, str] | None:
        """Among rows with village codes, a kecamatan's or kabupaten's own code heads its group."""
        code = as_code(self.table.cell(row, "code"), (4, 6))
        if not code or not self.has_village_codes:
            return None
        if code in {one.code for one in self.places.regencies}:
            return "regency", code
        return ("district", code) if code in self.places.by_code else None

    @cached_property
    def has_village_codes(self) -> bool:
        rows = range(self.table.first, len(self.table.sheet.rows))
        return any(as_code(self.table.cell(row, "code"), (10, 13)) for row in rows)

    def _outline(self, cells: tuple[Cell, ...]) -> tuple[str, str] | None:
        """In a column KECAMATAN / DESA a group begins with the name of a kecamatan."""
        at = self.table.columns.of("village")
        label = label_key(self.table.labels[at]) if at is not None and at < len(self.table.labels) else ""
        alone = lone_name(cells)
        if "KEC" not in label or self.table.columns.of("district") is not None or alone is None:
            return None
        name, is_marked = alone
        if not self._is_known("district", name):
            return None
        is_village = not is_empty(self.district) and self._is_known("village", name)
        return ("district", name) if is_marked or not is_village else None

    def _group(self, row: int, level: str, name: str) -> None:
        self._skip(row, "group")
        if level == "regency":
            self._state(row, self.places.name(name), name)
            return
        self._enter(level, name)
        if level == "district":
            self._state(row, self.places.name(name), self._code(lambda: self.places.district(name)))

    def _state(self, row: int, label: str, area: str) -> None:
        count = stated_count(self._value(row))
        if area and count is not None and self.table.kind == "stations":
            self.walk.stated.append(Stated(row, label.title(), area, row, count, row))

    def _is_footer(self, row: int, cells: tuple[Cell, ...]) -> bool:
        said = distinct(cells)
        if row > self.last:
            is_place = not is_empty(self.table.cell(row, "village")) and not is_empty(self._value(row))
            is_code = bool(as_code(self.table.cell(row, "code"), (4, 10, 13)))
            return not ((is_place and len(said) >= LEAST_CELLS) or (is_code and len(said) >= 2))
        if len(said) != 1 or not has_text(cells) or is_strong(self.table, row):
            return False
        return not any(self._is_known(level, said[0]) for level in ("district", "village"))

    def _entry(self, row: int) -> None:
        district, village = self._own(row, "district"), self._own(row, "village")
        if not is_empty(district):
            if name_key(words(district)) != name_key(words(self.district)):
                self.village = None
            self.district = district
        if not is_empty(village):
            self.village = village
        may_carry = self.table.columns.of("number") is not None
        self.walk.entries.append(
            Entry(row, self.district, self.village if may_carry or not is_empty(village) else None)
        )

    def _own(self, row: int, field: str) -> Cell:
        cell = self.table.cell(row, field)
        return None if upper(words(cell)) in DITTO or words(cell) in DITTO else cell


def walk_rows(table: Table, places: Places) -> Walk:
    """Take a list row by row. Raises: ColumnsMissing."""
    table.require_columns()
    return _Walker(Walk(table), places, _last_entry(table)).run()


def _last_entry(table: Table) -> int:
    """The last row that may be an entry: the last sure one, and broken ones that follow it without a gap."""
    rows = table.sheet.rows
    last = next((row for row in range(len(rows) - 1, table.first - 1, -1) if is_strong(table, row)), table.first - 1)
    for row in range(last + 1, len(rows)):
        if label_of_total(table, row):
            continue
        if len(distinct(rows[row])) < LEAST_CELLS:
            break
        last = row
    return last


def is_strong(table: Table, row: int) -> bool:
    """Whether a row surely is an entry: it has what its kind needs, and is no total."""
    cells = table.sheet.rows[row]
    if label_of_total(table, row) or is_number_line(cells) or not distinct(cells):
        return False
    if len(distinct(cells)) < 2 and not looks_like_number(table.cell(row, "number")):
        return False
    return all(_says(table, row, group) for group in NEEDED[table.kind])


def label_of_total(table: Table, row: int) -> str:
    """The label of a total row, looked for left of what the row counts; "" where it is none."""
    own = [at for name, at in table.columns.columns if name != "note"]
    return total_label(table.sheet.rows[row][: max(own, default=0) + 1])


def _says(table: Table, row: int, group: tuple[str, ...]) -> bool:
    return any(_is_told(field, table.cell(row, field)) for field in group) or (
        table.kind == "stations" and "village" in group and table.columns.of("number") is not None
    )


def _is_told(field: str, cell: Cell) -> bool:
    if field in ("number", "count"):
        return looks_like_number(cell) or stated_count(cell) is not None
    if field in ("date", "serial", "lat", "position"):
        return any(c.isdigit() for c in words(cell))
    return not is_empty(cell)

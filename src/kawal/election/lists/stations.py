"""The decree's table of polling stations, one row a station or one row a village, as 13-digit codes."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from kawal.election.boxes import station_code
from kawal.election.lists.cells import is_empty, shown, words
from kawal.election.lists.entries import column_name
from kawal.election.lists.numbers import FIRST_SPECIAL, in_runs, station_count, station_numbers
from kawal.election.lists.places import Found, Places, as_code
from kawal.election.lists.problems import ReadAs, RowProblem, RowRefused, Severity, Skipped
from kawal.election.lists.tables import Table
from kawal.election.lists.walk import Entry, Stated, walk_rows
from kawal.election.regions import dotted


@dataclass(frozen=True, slots=True)
class Station:
    """A polling station of a list. code: 13 digits; row_number: as the sheet shows it; is_special: 901 and up."""

    code: str
    village: str
    number: int
    row_number: int
    sheet: str = ""

    @property
    def is_special(self) -> bool:
        """Whether it stands at a special location."""
        return self.number >= FIRST_SPECIAL


@dataclass(frozen=True, slots=True)
class StatedCount:
    """A number the list states, beside what was read. area: a region's code, "" for rows of the list."""

    row_number: int
    label: str
    area: str
    stated: int
    read: int
    sheet: str = ""


@dataclass(frozen=True, slots=True)
class StationsRead:
    """What a list of stations says. stations: by code; problems: by sheet and row."""

    stations: tuple[Station, ...]
    problems: tuple[RowProblem, ...]
    stated: tuple[StatedCount, ...]
    skipped: tuple[Skipped, ...]
    read_as: tuple[ReadAs, ...]


@dataclass
class _Reader:
    places: Places
    tables: Sequence[Table]
    by_code: dict[str, Station] = field(default_factory=dict)
    problems: list[RowProblem] = field(default_factory=list)
    stated: list[StatedCount] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    spelt: dict[tuple[str, str, str], list[int]] = field(default_factory=lambda: defaultdict(list))
    counted: dict[str, int] = field(default_factory=dict)
    rows_of: dict[str, int] = field(default_factory=dict)

    def run(self) -> None:
        walks = [walk_rows(table, self.places) for table in self.tables]
        sure = {found.region.code for walk in walks for found in self._sure(walk.table, walk.entries)}
        for walk in walks:
            for entry in walk.entries:
                self._take(walk.table, entry, sure)
            self.skipped.extend(walk.skipped)
        for walk in walks:
            self.stated.extend(self._counted(walk.table, one) for one in walk.stated)

    def _sure(self, table: Table, entries: Iterable[Entry]) -> Iterable[Found]:
        for entry in entries:
            try:
                found = self.places.village(entry.given(table))
            except RowRefused:
                continue
            if found.how != "near":
                yield found

    def _take(self, table: Table, entry: Entry, sure: set[str]) -> None:
        try:
            found = self.places.village(entry.given(table))
            if found.how == "near" and found.region.code in sure:
                raise _too_near(entry, found)
            numbers = self._numbers(table, entry, found)
            self._refuse_second_count(table, entry, found)
        except RowRefused as refused:
            self._say(table, entry.row, refused.field, "error", refused.says_id, refused.says_en)
            return
        for doubt in found.doubts:
            self._say(table, entry.row, doubt.field, "warn", doubt.says_id, doubt.says_en)
        self._note_spelling(table, entry, found)
        self._add(table, entry.row, found.region.code, numbers)

    def _numbers(self, table: Table, entry: Entry, found: Found) -> tuple[int, ...]:
        number, count = table.cell(entry.row, "number"), table.cell(entry.row, "count")
        code = as_code(table.cell(entry.row, "code"), (13,))
        if not is_empty(number):
            numbers = station_numbers(number)
            self._hold_against_count(table, entry, found, numbers)
        elif code and is_empty(count):
            numbers = station_numbers(code[10:])
        else:
            self._refuse_merged_count(table, entry)
            numbers = station_count(count)
        return numbers + self._special(table, entry, numbers)

    def _special(self, table: Table, entry: Entry, numbers: tuple[int, ...]) -> tuple[int, ...]:
        cell = table.cell(entry.row, "special")
        if is_empty(cell) or any(number >= FIRST_SPECIAL for number in numbers):
            return ()
        return tuple(FIRST_SPECIAL + at for at in range(len(station_count(cell, "special"))))

    def _hold_against_count(self, table: Table, entry: Entry, found: Found, numbers: tuple[int, ...]) -> None:
        cell = table.cell(entry.row, "count")
        if is_empty(cell):
            return
        stated = len(station_count(cell))
        if len(numbers) == 1:
            self.counted.setdefault(found.region.code, stated)
        elif stated != len(numbers):
            raise RowRefused(
                "count",
                f"Nomor {in_runs(list(numbers))} adalah {len(numbers)} TPS, tetapi jumlahnya {stated}. Betulkan.",
                f"Numbers {in_runs(list(numbers))} are {len(numbers)} TPS, but the count says {stated}. Correct one.",
            )

    def _refuse_merged_count(self, table: Table, entry: Entry) -> None:
        at = table.columns.of("count")
        if at is not None and (entry.row, at) in table.sheet.copies:
            raise RowRefused(
                "count",
                "Satu jumlah digabung untuk beberapa baris. Pisahkan selnya, satu jumlah satu desa.",
                "One count is merged over several rows. Split the cell, one count a village.",
            )

    def _refuse_second_count(self, table: Table, entry: Entry, found: Found) -> None:
        """A village counted in two rows would silently be the larger of both."""
        if not is_empty(table.cell(entry.row, "number")) or as_code(table.cell(entry.row, "code"), (13,)):
            return
        before = self.rows_of.get(found.region.code)
        if before is not None:
            raise RowRefused(
                "village",
                f"{found.region.name} ({dotted(found.region.code)}) sudah ada di baris {before}. Hapus salah satunya.",
                f"{found.region.name} ({dotted(found.region.code)}) is already in row {before}. Remove one of them.",
            )

    def _add(self, table: Table, row: int, village: str, numbers: tuple[int, ...]) -> None:
        self.rows_of.setdefault(village, row + 1)
        if not numbers:
            self._say(table, row, "count", "warn", "Desa ini tanpa TPS. Pastikan benar.", "No TPS here. Make sure.")
        for number in numbers:
            code = station_code(village, number)
            before = self.by_code.get(code)
            if before is None:
                self.by_code[code] = Station(code, village, number, row + 1, table.sheet.name)
                continue
            self._say(
                table,
                row,
                "number",
                "error",
                f"TPS {number:03d} desa ini sudah ada di baris {before.row_number}. Hapus atau perbaiki nomornya.",
                f"TPS {number:03d} of this village is already in row {before.row_number}. Remove it or correct it.",
            )

    def _note_spelling(self, table: Table, entry: Entry, found: Found) -> None:
        if found.how in ("sound", "near"):
            self._spelt(table, entry.row, words(entry.village), found.region.code)
        if is_empty(entry.district):
            return
        try:
            district = self.places.district(entry.district)
        except RowRefused:
            return
        if district.how in ("sound", "near"):
            self._spelt(table, entry.row, words(entry.district), district.region.code)

    def _spelt(self, table: Table, row: int, given: str, code: str) -> None:
        self.spelt[table.sheet.name, given, code].append(row + 1)

    def _counted(self, table: Table, one: Stated) -> StatedCount:
        if one.area:
            read = sum(station.code.startswith(one.area) for station in self.by_code.values())
        else:
            read, other = (self._between(table, first, one.row) for first in (one.first, one.other))
            read = other if other == one.count else read
        return StatedCount(one.row + 1, one.label, one.area, one.count, read, table.sheet.name)

    def _between(self, table: Table, first: int, last: int) -> int:
        own = (station for station in self.by_code.values() if station.sheet == table.sheet.name)
        return sum(first < station.row_number <= last + 1 for station in own)

    def _say(self, table: Table, row: int, field: str, severity: Severity, says_id: str, says_en: str) -> None:
        self.problems.append(
            RowProblem(row + 1, column_name(table, field), severity, says_id, says_en, table.sheet.name)
        )


def _too_near(entry: Entry, found: Found) -> RowRefused:
    return RowRefused(
        "village",
        f"{shown(entry.village)} mirip {found.region.name}, yang sudah ada di daftar. Perbaiki ejaan atau isi kode.",
        f"{shown(entry.village)} is like {found.region.name}, already in the list. Correct it or fill its code.",
    )


def read_stations(tables: Sequence[Table], places: Places) -> StationsRead:
    """Read the stations of a list, which may stand in several sheets. Raises: ColumnsMissing."""
    reader = _Reader(places, tables)
    reader.run()
    stations = tuple(reader.by_code[code] for code in sorted(reader.by_code))
    stated = (*reader.stated, *_stated_of_villages(reader, stations))
    problems = sorted(reader.problems, key=lambda one: (one.sheet, one.row_number, one.severity))
    read_as = (
        ReadAs(given, code, places.name(code), tuple(rows), sheet)
        for (sheet, given, code), rows in reader.spelt.items()
    )
    listed = check_stations(stations, places, known=reader.rows_of)
    return StationsRead(stations, (*problems, *listed), stated, tuple(reader.skipped), tuple(read_as))


def _stated_of_villages(reader: _Reader, stations: Sequence[Station]) -> list[StatedCount]:
    read = Counter(station.village for station in stations)
    return [
        StatedCount(reader.rows_of.get(village, 0), reader.places.name(village), village, count, read[village])
        for village, count in reader.counted.items()
    ]


def check_stations(stations: Iterable[Station], places: Places, *, known: Mapping[str, int]) -> list[RowProblem]:
    """What only the whole list shows: numbers left out, villages and kecamatan that are not in it."""
    numbers: dict[str, list[int]] = defaultdict(list)
    for station in stations:
        numbers[station.village].append(station.number)
    return [*_gaps(numbers, places, known), *_absent(set(numbers) | set(known), places)]


def _gaps(numbers: Mapping[str, list[int]], places: Places, known: Mapping[str, int]) -> Iterable[RowProblem]:
    for village, own in numbers.items():
        missing = [
            number
            for first, run in ((1, [n for n in own if n < FIRST_SPECIAL]), (FIRST_SPECIAL, own))
            for number in range(first, max(run, default=0) + 1)
            if number not in set(run)
        ]
        if missing:
            says = f"{places.name(village)} ({dotted(village)})"
            yield RowProblem(
                known.get(village, 0),
                "",
                "warn",
                f"{says}: TPS {in_runs(missing)} tidak ada di daftar. Pastikan nomornya memang melompat.",
                f"{says}: TPS {in_runs(missing)} is not in the list. Make sure the numbers really skip.",
            )


def _absent(present: set[str], places: Places) -> Iterable[RowProblem]:
    districts = {village[:6] for village in present}
    for district in places.districts:
        missing = [one for one in places.villages[district.code] if one.code not in present]
        if district.code not in districts:
            yield _warning(
                f"Kecamatan {district.name} ({dotted(district.code)}) tidak ada di daftar. Tambahkan atau pastikan.",
                f"Kecamatan {district.name} ({dotted(district.code)}) is not in the list. Add it or make sure.",
            )
        elif missing:
            named = ", ".join(f"{one.name} ({dotted(one.code)})" for one in missing)
            yield _warning(
                f"Kecamatan {district.name}: desa ini tidak ada di daftar: {named}. Tambahkan atau pastikan.",
                f"Kecamatan {district.name}: these villages are not in the list: {named}. Add them or make sure.",
            )


def _warning(says_id: str, says_en: str) -> RowProblem:
    return RowProblem(0, "", "warn", says_id, says_en)

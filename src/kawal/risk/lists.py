"""A list of classes or scores as an office hands it in, read row by row: good rows taken, bad ones named by number."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import cast

from kawal.election.boxes import station_code
from kawal.election.lists.cells import Cell, is_empty, shown, whole, words
from kawal.election.lists.dates import read_when
from kawal.election.lists.entries import ListRead, Made, read_entries
from kawal.election.lists.names import upper
from kawal.election.lists.places import Given, Places, as_code
from kawal.election.lists.problems import RowRefused
from kawal.election.lists.tables import Table
from kawal.election.lists.walk import Entry as Row
from kawal.risk.register import BadEntry, Confidentiality, Entry, Instrument, check, place_kind, read_value

_INSTRUMENTS: tuple[tuple[str, Instrument], ...] = (
    (r"IPKP|POTENSI KERAWANAN|IPK", "ipkp"),
    (r"IKP|INDEKS KERAWANAN", "ikp"),
    (r"TPS RAWAN", "tps-rawan"),
    (r"LOKAL|LOCAL|SENDIRI|INTELKAM|POLRES|POLSEK", "local"),
)
_SECRECIES: tuple[tuple[str, Confidentiality], ...] = (
    (r"UMUM|PUBLIK|PUBLIC|BIASA", "public"),
    (r"INTERNAL|TERBATAS|DINAS", "internal"),
    (r"INTEL|INTELIJEN|RAHASIA", "intel"),
)
_CODES = (2, 4, 6, 10, 13)
_NUMBER = re.compile(r"(?:TPS)?\s*(?:NO\.?|NOMOR)?\s*0*(\d{1,3})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class RowEntry:
    """An entry and the row it stands in, as the sheet shows it."""

    entry: Entry
    row_number: int


def read_risk(
    tables: Sequence[Table], places: Places, *, stage: str, may_keep: Callable[[str], bool] = lambda _place: True
) -> ListRead[RowEntry]:
    """Read entries. stage: for rows that name none; may_keep: whether whoever hands it in may enter that place.

    Raises: ColumnsMissing.
    """

    def make(table: Table, row: Row) -> Made[RowEntry]:
        entry = _entry(table, row, places, stage)
        if not may_keep(entry.place):
            raise RowRefused(
                "place",
                "Kelas TPS dan wilayah lain hanya diisi oleh pejabat yang berwenang. Minta Karendalops mengisinya.",
                "Only officers with that right enter classes of TPS or of another area. Ask Karendalops to enter it.",
            )
        return RowEntry(entry, row.row + 1), ()

    def key(one: RowEntry) -> str:
        return f"{one.entry.place} {one.entry.instrument} {one.entry.stage} {one.entry.on}"

    return read_entries(tables, places, make, key)


def _entry(table: Table, row: Row, places: Places, stage: str) -> Entry:

    def cell(field: str) -> Cell:
        return table.cell(row.row, field)

    try:
        return check(
            Entry(
                "",
                _place(table, row, places),
                _instrument(cell("instrument")),
                _stage(cell("stage"), stage),
                read_when(cell("date")).first,
                words(cell("source")),
                read_value(words(cell("value"))),
                _secrecy(cell("confidentiality")),
            )
        )
    except BadEntry as bad:
        raise RowRefused(bad.field, bad.says_id, bad.says_en) from bad


def _place(table: Table, row: Row, places: Places) -> str:
    """Where a row is about: a code or a site's name where one stands, else kecamatan, village and number."""
    for field in ("code", "place"):
        cell = table.cell(row.row, field)
        if code := as_code(cell, _CODES):
            return _of_operation(code, cell, places)
        if field == "place" and not is_empty(cell):
            return _named(words(cell), cell, places)
    given = row.given(table)
    if is_empty(table.cell(row.row, "number")) and is_empty(table.cell(row.row, "village")):
        return places.district(given.district).region.code
    village = places.village(Given(given.district, given.village)).region.code
    number = table.cell(row.row, "number")
    return village if is_empty(number) else station_code(village, _number(number))


def _named(text: str, cell: Cell, places: Places) -> str:
    name = text.casefold()
    if "-" in name and any(sign.isdigit() for sign in name) and " " not in name and place_kind(name) == "site":
        _of_operation(name.rpartition("-")[2], cell, places)
        return name
    return places.district(cell).region.code


def _of_operation(code: str, cell: Cell, places: Places) -> str:
    known = (
        code[:10] in places.by_code if len(code) >= 6 else any(one.code.startswith(code) for one in places.districts)
    )
    if not known:
        raise RowRefused(
            "code",
            f"Kode {shown(cell)} tidak ada di operasi ini. Periksa kodenya.",
            f"The code {shown(cell)} is not in this operation. Check it.",
        )
    return code


def _number(cell: Cell) -> int:
    number = whole(cell)
    match = _NUMBER.fullmatch(words(cell))
    if number is None and match is not None:
        number = int(match[1])
    if number is None or not 1 <= number <= 999:
        raise RowRefused("number", f"{shown(cell)} bukan nomor TPS.", f"{shown(cell)} is not the number of a TPS.")
    return number


def _instrument(cell: Cell) -> Instrument:
    found = next(
        (name for says, name in _INSTRUMENTS if re.search(rf"\b(?:{says})\b", upper(words(cell)).replace("-", " "))),
        None,
    )
    return found or cast("Instrument", words(cell))


def _secrecy(cell: Cell) -> Confidentiality:
    """Where a row says nothing, what it says is internal."""
    if is_empty(cell):
        return "internal"
    found = next((name for says, name in _SECRECIES if re.search(rf"\b(?:{says})\b", upper(words(cell)))), None)
    return found or cast("Confidentiality", words(cell))


def _stage(cell: Cell, usual: str) -> str:
    """A stage's id: its words in small letters with dashes."""
    return "-".join(re.findall(r"[a-z0-9]+", words(cell).casefold()))[:40] or usual

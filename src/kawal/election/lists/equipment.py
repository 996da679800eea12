"""Seal stock and vehicles: ranges of serials that must count up, and what carries how many boxes."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from kawal.election.lists.cells import is_empty, shown, whole, words
from kawal.election.lists.entries import ListRead, Made, read_entries
from kawal.election.lists.names import upper
from kawal.election.lists.places import Places
from kawal.election.lists.problems import RowRefused
from kawal.election.lists.tables import Table
from kawal.election.lists.walk import Entry

SealKind = Literal["tie", "sticker"]
MOST_SEALS = 10_000_000
_UNTIL = re.compile(r"\s*(?:\bs\s?[/.]\s?d\b\.?|\bsd\b|\bsampai(?: dengan)?\b|\bhingga\b|–|—|\s-\s)\s*", re.IGNORECASE)
_SERIAL = re.compile(r"(.*?)(\d+)")
_PLATE = re.compile(r"([A-Z]{1,2})\s*[-.]?\s*(\d{1,4})\s*[-.]?\s*([A-Z]{0,3})")


@dataclass(frozen=True, slots=True)
class SealLot:
    """Seals of one kind. first, last: serials, "" where they bear none."""

    kind: SealKind
    first: str
    last: str
    count: int
    row_number: int

    def overlaps(self, other: "SealLot") -> bool:
        """Whether a serial is in both."""
        if not self.first or not other.first:
            return False
        (mine, a), (_, b) = _split(self.first), _split(self.last)
        (its, c), (_, d) = _split(other.first), _split(other.last)
        return mine == its and len(self.first) == len(other.first) and a <= d and c <= b


@dataclass(frozen=True, slots=True)
class Vehicle:
    """A truck or boat. name: plate or name; capacity: boxes, None where it is not said; owner: as written."""

    name: str
    kind: str
    capacity: int | None
    owner: str
    row_number: int


def read_seal_stock(tables: Sequence[Table], places: Places) -> ListRead[SealLot]:
    """Read lots of seals; a lot that shares serials with one above it is refused. Raises: ColumnsMissing."""
    lots: list[SealLot] = []

    def make(table: Table, entry: Entry) -> Made[SealLot]:
        lot = _lot(table, entry)
        for before in lots:
            if lot.overlaps(before):
                raise RowRefused(
                    "serial",
                    f"Seri {lot.first} sampai {lot.last} sudah ada di baris {before.row_number}. Perbaiki.",
                    f"Serials {lot.first} to {lot.last} are already in row {before.row_number}. Correct one.",
                )
        lots.append(lot)
        return lot, ()

    return read_entries(tables, places, make, lambda lot: lot.first or f"{lot.kind} #{lot.row_number}")


def _lot(table: Table, entry: Entry) -> SealLot:
    kind: SealKind = "tie" if re.search(r"TIE|KABEL|PLASTIK", _kind_text(table, entry)) else "sticker"
    first, last = _ends(table, entry)
    stated = whole(table.cell(entry.row, "count"))
    if stated is None and not is_empty(table.cell(entry.row, "count")):
        raise _bad_count(words(table.cell(entry.row, "count")))
    count = _between(first, last) if first else stated
    if count is None or not 1 <= count <= MOST_SEALS:
        raise _bad_count(words(table.cell(entry.row, "count")))
    if stated is not None and stated != count:
        raise RowRefused(
            "count",
            f"Seri {first} sampai {last} adalah {count} segel, tetapi tertulis {stated}. Betulkan.",
            f"Serials {first} to {last} are {count} seals, but {stated} is written. Correct one.",
        )
    return SealLot(kind, first, last, count, entry.row + 1)


def _kind_text(table: Table, entry: Entry) -> str:
    own = words(table.cell(entry.row, "kind"))
    return upper(own or " ".join((*table.titles, table.sheet.name)))


def _ends(table: Table, entry: Entry) -> tuple[str, str]:
    first, last = (words(table.cell(entry.row, field)).replace(" ", "") for field in ("first", "last"))
    if first:
        return first, last or first
    ends = [part.replace(" ", "") for part in _UNTIL.split(words(table.cell(entry.row, "serial"))) if part.strip(" -")]
    if not ends:
        return "", ""
    return ends[0], ends[-1]


def _split(serial: str) -> tuple[str, int]:
    match = _SERIAL.fullmatch(serial)
    if match is None or not serial.isascii() or serial[:1] in "=+@" or len(serial) > 40:
        raise RowRefused(
            "serial",
            f"{shown(serial)} bukan nomor seri. Tulis misalnya A000001.",
            f"{shown(serial)} is not a serial. Write for instance A000001.",
        )
    return match[1], int(match[2])


def _between(first: str, last: str) -> int:
    (one, a), (other, b) = _split(first), _split(last)
    if one != other or b < a or len(first) != len(last):
        raise RowRefused(
            "serial",
            f"{shown(first)} sampai {shown(last)} bukan satu rangkaian. Periksa awal dan akhirnya.",
            f"{shown(first)} to {shown(last)} is no one run. Check its first and last.",
        )
    return b - a + 1


def _bad_count(text: str) -> RowRefused:
    return RowRefused(
        "count", f"{shown(text)} bukan jumlah segel. Isi angkanya.", f"{shown(text)} is no count. Fill it."
    )


def read_vehicles(tables: Sequence[Table], places: Places) -> ListRead[Vehicle]:
    """Read trucks and boats; one plate twice is refused. Raises: ColumnsMissing."""

    def make(table: Table, entry: Entry) -> Made[Vehicle]:
        name = _plate(words(table.cell(entry.row, "name")))
        if not any(c.isalnum() for c in name) or name[:1] in "=+@":
            raise RowRefused("name", "Nomor polisi atau nama kosong. Isi.", "No plate or name. Fill it.")
        cell = table.cell(entry.row, "capacity")
        number = re.search(r"\d+", words(cell)) if isinstance(cell, str) else None
        capacity = whole(number[0]) if number else whole(cell)
        if not is_empty(cell) and (capacity is None or not 1 <= capacity <= 10_000):
            raise RowRefused(
                "capacity",
                f"{shown(cell)} bukan jumlah kotak. Isi 1 sampai 10.000.",
                f"{shown(cell)} is not a number of boxes. Write 1 to 10,000.",
            )
        kind, owner = (words(table.cell(entry.row, field)) for field in ("kind", "owner"))
        return Vehicle(name, kind, capacity, owner, entry.row + 1), ()

    return read_entries(tables, places, make, lambda vehicle: vehicle.name.upper())


def _plate(text: str) -> str:
    match = _PLATE.fullmatch(upper(text))
    return " ".join(part for part in match.groups() if part) if match else text

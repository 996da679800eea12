"""Opening the file a clerk hands in: bytes of a workbook or a text file to sheets of cells, within limits."""

import csv
import io
import json
import struct
import subprocess
import sys
import zipfile
from collections.abc import Callable, Sequence
from datetime import date, datetime, time
from typing import Any

from kawal.election.lists.cells import Cell, Merged, Sheet

FILE_LIMIT = 20 * 1024 * 1024
ROWS_LIMIT = 200_000
COLUMNS_LIMIT = 200
UNPACKED_LIMIT = 400 * 1024 * 1024
PARTS_LIMIT = 5_000
SECONDS_LIMIT = 60
DELIMITERS = ";,\t|"
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BIFF8_BOF, _FILEPASS = b"\x09\x08\x10\x00\x00\x06\x05\x00", 0x2F
_MAKERS: dict[str, Callable[[str], Cell]] = {
    "datetime": datetime.fromisoformat,
    "date": date.fromisoformat,
    "time": time.fromisoformat,
}


class ListRefused(ValueError):
    """The file cannot be opened as a list; the message says why and what to do."""


class ListTooBig(ListRefused):
    """The file, or what is packed in it, is larger than any list of an operation."""


class ListEncrypted(ListRefused):
    """The workbook needs a password."""


class NotAList(ListRefused):
    """The bytes are no workbook and no table of text."""


def open_list(content: bytes) -> tuple[Sheet, ...]:
    """Open a file by what it is, whatever its name says: xlsx, xls, ods, csv or text. Raises: ListRefused."""
    if len(content) > FILE_LIMIT:
        raise _too_big(f"{len(content) / 1024 / 1024:.0f} MiB")
    if content.startswith((_ZIP, _OLE)):
        if content.startswith(_ZIP):
            _refuse_bomb(content)
        elif _is_locked(content):
            raise _encrypted()
        return _read_apart(content)
    return (_read_text(content),)


def _refuse_bomb(content: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            parts = packed.infolist()
    except (zipfile.BadZipFile, ValueError, OverflowError) as error:
        raise _no_list() from error
    if len(parts) > PARTS_LIMIT or sum(part.file_size for part in parts) > UNPACKED_LIMIT:
        raise _too_big(f"{sum(part.file_size for part in parts) / 1024 / 1024:.0f} MiB")
    if any(part.flag_bits & 1 for part in parts):
        raise _encrypted()


def _is_locked(content: bytes) -> bool:
    """Whether a compound file holds an encrypted workbook: Excel's own package, or FILEPASS behind the first BOF."""
    if "EncryptedPackage".encode("utf-16-le") in content:
        return True
    at = content.find(_BIFF8_BOF)
    for _ in range(3):
        if at < 0 or at + 4 > len(content):
            return False
        kind, size = struct.unpack_from("<HH", content, at)
        if kind == _FILEPASS:
            return True
        at += 4 + size
    return False


def _read_apart(content: bytes) -> tuple[Sheet, ...]:
    """Parse in a process of its own with little memory: a hostile workbook takes only that one down."""
    command = [sys.executable, "-m", "kawal_server.actions.read_workbook", str(ROWS_LIMIT), str(COLUMNS_LIMIT)]
    try:
        run = subprocess.run(command, input=content, capture_output=True, timeout=SECONDS_LIMIT, check=False)
    except subprocess.TimeoutExpired as error:
        raise _too_big(f"> {SECONDS_LIMIT} s") from error
    if run.returncode != 0:
        raise _too_big("?")
    answer = json.loads(run.stdout)
    match answer.get("refused"):
        case None:
            return tuple(_sheet(one) for one in answer["sheets"])
        case "encrypted":
            raise _encrypted()
        case "big":
            raise _too_big(answer["why"])
    raise _no_list()


def _sheet(one: dict[str, Any]) -> Sheet:
    rows = tuple(tuple(_cell(cell) for cell in row) for row in one["rows"])
    return Sheet(one["name"], rows, tuple(Merged(*ends) for ends in one["merged"]), is_hidden=one["is_hidden"])


def _cell(cell: Any) -> Cell:
    if isinstance(cell, dict):
        [(kind, text)] = cell.items()
        return _MAKERS[kind](text)
    known: Cell = None if cell == "" else cell
    return known


def _read_text(content: bytes) -> Sheet:
    text = _decoded(content)
    lines = text.splitlines()
    if len(lines) > ROWS_LIMIT:
        raise _too_big(f"{len(lines)} baris / rows")
    csv.field_size_limit(FILE_LIMIT)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(lines)))
    except csv.Error as error:
        raise _no_list() from error
    if max(map(len, rows), default=0) > COLUMNS_LIMIT:
        raise _too_big(f"{max(map(len, rows))} kolom / columns")
    if max(map(len, rows), default=0) < 2:
        raise _no_list()
    return Sheet("CSV", tuple(tuple(cell or None for cell in row) for row in rows))


def _decoded(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    if b"\0" in content:
        raise _no_list()
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _delimiter(lines: Sequence[str]) -> str:
    """The sign that cuts most of the first lines into the same number of fields, two or more."""

    def fit(sign: str) -> tuple[int, int]:
        widths = [len(row) for row in csv.reader(lines[:100], delimiter=sign) if len(row) > 1]
        usual = max(set(widths), key=widths.count, default=0)
        return widths.count(usual), usual

    return max(DELIMITERS, key=fit)


def _too_big(what: str) -> ListTooBig:
    return ListTooBig(
        f"Berkas terlalu besar ({what}): paling banyak 20 MiB, {ROWS_LIMIT} baris, {COLUMNS_LIMIT} kolom. Bagilah. / "
        f"The file is too big ({what}): 20 MiB, {ROWS_LIMIT} rows and {COLUMNS_LIMIT} columns at most. Split it first."
    )


def _encrypted() -> ListEncrypted:
    return ListEncrypted(
        "Berkas ini memakai kata sandi. Simpan tanpa kata sandi, lalu unggah lagi. / "
        "This file needs a password. Save it without one and upload it again."
    )


def _no_list() -> NotAList:
    return NotAList(
        "Berkas ini bukan daftar. Unggah .xlsx, .xls, .ods atau .csv. / "
        "This file is not a list. Upload .xlsx, .xls, .ods or .csv."
    )

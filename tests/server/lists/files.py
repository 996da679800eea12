"""Files as offices hand them in, made here: a workbook of Excel, of LibreOffice, of Excel 97, and text."""

import io
import struct
import zipfile
from collections.abc import Sequence

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

Row = Sequence[object]


def decree(sheet: Worksheet, rows: Sequence[Row], *merged: str) -> None:
    for row in rows:
        sheet.append(list(row))
    for one in merged:
        sheet.merge_cells(one)


def saved(book: Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def xlsx(rows: Sequence[Row], *merged: str) -> bytes:
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    decree(sheet, rows, *merged)
    return saved(book)


def ods(rows: Sequence[Row]) -> bytes:
    def cell(value: object) -> str:
        if isinstance(value, (int, float)):
            return f'<table:table-cell office:value-type="float" office:value="{value}"/>'
        return f'<table:table-cell office:value-type="string"><text:p>{value}</text:p></table:table-cell>'

    lines = "".join(f"<table:table-row>{''.join(map(cell, row))}</table:table-row>" for row in rows)
    urn = "urn:oasis:names:tc:opendocument:xmlns"
    content = (
        f'<?xml version="1.0"?><office:document-content xmlns:office="{urn}:office:1.0" '
        f'xmlns:table="{urn}:table:1.0" xmlns:text="{urn}:text:1.0"><office:body><office:spreadsheet>'
        f'<table:table table:name="Lembar1">{lines}</table:table></office:spreadsheet></office:body>'
        "</office:document-content>"
    )
    mime = "application/vnd.oasis.opendocument.spreadsheet"
    manifest = (
        f'<manifest:manifest xmlns:manifest="{urn}:manifest:1.0"><manifest:file-entry manifest:media-type="{mime}" '
        'manifest:full-path="/"/></manifest:manifest>'
    )
    return zipped({"mimetype": mime, "content.xml": content, "META-INF/manifest.xml": manifest})


def zipped(parts: dict[str, str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, text in parts.items():
            packed.writestr(name, text)
    return out.getvalue()


def xls(rows: Sequence[Row], *, is_locked: bool = False) -> bytes:
    """A BIFF8 stream in a compound file: labels and numbers, no styles."""

    def record(kind: int, body: bytes) -> bytes:
        return struct.pack("<HH", kind, len(body)) + body

    def start(kind: int) -> bytes:
        return record(0x809, struct.pack("<HHHHII", 0x600, kind, 0, 0, 0, 0))

    cells = b""
    for at, row in enumerate(rows):
        for column, value in enumerate(row):
            place = struct.pack("<HHH", at, column, 0)
            if isinstance(value, (int, float)):
                cells += record(0x203, place + struct.pack("<d", value))
            elif value is not None:
                text = str(value).encode("latin-1")
                cells += record(0x204, place + struct.pack("<HB", len(text), 0) + text)
    lock = record(0x2F, b"\x01\x00\x01\x00\x01\x00" + bytes(48)) if is_locked else b""
    end, name = record(0x0A, b""), b"Lembar1"
    head = start(0x05) + lock
    offset = len(head) + 4 + 8 + len(name) + len(end)
    head += record(0x85, struct.pack("<IBBBB", offset, 0, 0, len(name), 0) + name) + end
    return _compound(head + start(0x10) + cells + end)


def _compound(stream: bytes) -> bytes:
    stream = stream.ljust(4096, b"\0")
    sectors = -(-len(stream) // 512)
    stream = stream.ljust(sectors * 512, b"\0")
    free, last = 0xFFFFFFFF, 0xFFFFFFFE
    chain = [0xFFFFFFFD, last, *range(3, 2 + sectors), last]
    assert len(chain) <= 128
    table = struct.pack("<128I", *chain, *[free] * (128 - len(chain)))

    def entry(name: str, kind: int, child: int, first: int, size: int) -> bytes:
        text = name.encode("utf-16-le") + b"\0\0"
        links = struct.pack("<BBIII", kind, 1, free, free, child)
        return (
            text.ljust(64, b"\0") + struct.pack("<H", len(text)) + links + bytes(36) + struct.pack("<IQ", first, size)
        )

    folder = entry("Root Entry", 5, 1, last, 0) + entry("Workbook", 2, free, 2, len(stream)) + bytes(256)
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    header += struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    header += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, last, 0, last, 0) + struct.pack("<I", 0)
    return header + struct.pack("<108I", *[free] * 108) + table + folder + stream

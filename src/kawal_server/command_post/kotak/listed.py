"""The list of boxes as a file that a spreadsheet opens without running anything in it."""

import csv
import io
import re
from collections.abc import Iterable, Iterator

from django.utils import translation
from django.utils.translation import gettext as _

from kawal.ledger.clock import clock
from kawal.watch.titles import title
from kawal_server.command_post.places import place_name, region_name, unit_name
from kawal_server.command_post.plain import plain
from kawal_server.command_post.templatetags.kawal import look_name
from kawal_server.store.models import BoxLine

BATCH = 500
# A spreadsheet runs what begins so; a tab or line end before it hides it from whoever looks.
_RUNS = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n")
# Where the comma is the decimal sign, as in Indonesia, a spreadsheet begins a new cell behind each semicolon.
_RUNS_LATER = re.compile(r"([;\t\r\n]\s*)(?=[=+\-@＝＋－＠])")


def cell(value: object) -> str:
    """A value as a cell holds it: text that a spreadsheet would run begins with an apostrophe."""
    text = _RUNS_LATER.sub(r"\1'", plain(value))
    return f"'{text}" if text.startswith(_RUNS) or text.lstrip().startswith(_RUNS) else text


def as_csv(boxes: Iterable[BoxLine], *, zone: str, language: str) -> Iterator[bytes]:
    """Write boxes as CSV with a byte order mark, some rows at a time."""
    # The reader's language ends with the request's own work, and these pieces are made after it.
    with translation.override(language):
        head = _row(_columns())
    yield b"\xef\xbb\xbf" + head
    waiting: list[BoxLine] = []
    for box in boxes:
        waiting.append(box)
        if len(waiting) == BATCH:
            yield _rows(waiting, zone, language)
            waiting = []
    if waiting:
        yield _rows(waiting, zone, language)


def _rows(boxes: Iterable[BoxLine], zone: str, language: str) -> bytes:
    with translation.override(language):
        return b"".join(_row(_cells(box, zone, language)) for box in boxes)


def _row(values: Iterable[object]) -> bytes:
    line = io.StringIO()
    csv.writer(line).writerow([cell(value) for value in values])
    return line.getvalue().encode("utf-8", "replace")


def _columns() -> list[str]:
    return [
        _("Kotak"),
        _("Kode label"),
        _("Pemilihan"),
        _("Kode kecamatan"),
        _("Kecamatan"),
        _("Desa"),
        _("Kode TPS"),
        _("Tempat"),
        _("Lokasi"),
        _("Pemegang"),
        _("Mutu serah terima"),
        _("Segel"),
        _("Bukti terakhir"),
        _("Bukti terakhir (detik UNIX)"),
        _("Keadaan"),
        _("Alasan"),
    ]


def _cells(box: BoxLine, zone: str, language: str) -> list[object]:
    return [
        box.box,
        box.code,
        box.election,
        box.district,
        region_name(box.district) if box.district else "",
        region_name(box.village) if box.village else "",
        box.station,
        place_name(box.place),
        unit_name(box.site),
        unit_name(box.holder),
        title(box.grade, language=language),
        box.seals,
        "" if box.seen_at is None else clock(box.seen_at, zone, language=language),
        "" if box.seen_at is None else box.seen_at,
        look_name(box.look),
        "; ".join(title(one, language=language) for one in box.why),
    ]

"""The label of a box: a QR code of its id, and the short code that people read aloud and type."""

import io
from dataclasses import dataclass

import segno
from django.utils.safestring import SafeString, mark_safe

from kawal_server.store.models import BoxLine


@dataclass(frozen=True)
class Label:
    """What is printed for one box. `qr`: SVG without any style; `groups`: the text code in two."""

    line: BoxLine
    qr: SafeString
    groups: tuple[str, str]


def label_of(line: BoxLine) -> Label:
    """Draw the label of a box: level M, because paper gets dirty and torn."""
    return Label(line, qr_code(line.box), (line.code[:4], line.code[4:]))


def qr_code(text: str, *, error: str = "m") -> SafeString:
    """A QR code as an SVG drawing that takes the size its class gives it."""
    drawn = io.BytesIO()
    made = segno.make_qr(text, error=error, boost_error=False)
    made.save(drawn, kind="svg", xmldecl=False, svgns=True, omitsize=True, svgclass="qr", lineclass=None, nl=False)
    return mark_safe(drawn.getvalue().decode("ascii"))  # modules only, none of the text

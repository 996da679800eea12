"""What somebody typed into the forms of Kerawanan, read into the mission's words."""

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import cast

from django.http import QueryDict

from kawal.election.lists.coordinates import read_position
from kawal.risk.classes import CLASSES, UNKNOWN, RiskClass
from kawal.risk.closeness import Closeness, Step
from kawal.risk.indicators import VARIABLES
from kawal.risk.patterns import BareTriple, Pattern, read_pattern
from kawal.risk.register import (
    INSTRUMENTS,
    BadEntry,
    Confidentiality,
    Cut,
    Entry,
    Instrument,
    PlaceKind,
    Value,
    read_value,
)
from kawal.risk.sites import Priority, SiteKind, Strategic
from kawal.risk.weights import Weights

USUAL_SHARE = "2/3"
_TEXT = 300
_ROW = re.compile(r"[0-9]{1,15}")
_SHARE = re.compile(r"[0-9]{1,3}/[1-9][0-9]{0,2}|[01](?:\.[0-9]{1,4})?")
_NUMBER = re.compile(r"[0-9]{1,3}(?:[.,][0-9]{1,2})?")


class BadNumber(ValueError):
    """A field that needs a whole number holds something else."""

    def __init__(self, text: str) -> None:
        super().__init__(
            f"“{text[:20]}” bukan bilangan bulat. Tulis angka. / “{text[:20]}” is not a whole number. Write digits."
        )


def text(form: QueryDict, name: str) -> str:
    """A field as one line."""
    return " ".join(form.get(name, "").replace("\0", "").split())[:_TEXT]


def whole(form: QueryDict, name: str) -> int:
    """A field as a whole number from 0; an empty one is 0. Raises: BadNumber."""
    said = text(form, name)
    if not said:
        return 0
    if not (said.isascii() and said.isdigit() and len(said) <= 7):
        raise BadNumber(said)
    return int(said)


def read_entry(form: QueryDict) -> Entry:
    """An entry. Raises: BadEntry."""
    return Entry(
        "",
        text(form, "tps") or text(form, "tempat"),
        cast("Instrument", text(form, "instrumen")),
        text(form, "tahap").casefold().replace(" ", "-"),
        _day(form),
        text(form, "sumber"),
        _value(form),
        cast("Confidentiality", text(form, "kerahasiaan") or "internal"),
        text(form, "ganti") if _ROW.fullmatch(text(form, "ganti")) else "",
    )


def _value(form: QueryDict) -> Value:
    """The class or score typed in; of TPS rawan also the indicators ticked."""
    ticked = frozenset(form.getlist("indikator"))
    if ticked or (form.get("diperiksa") == "ya" and not text(form, "nilai")):
        return ticked
    return read_value(text(form, "nilai"))


def _day(form: QueryDict) -> date:
    try:
        return date.fromisoformat(text(form, "tanggal"))
    except ValueError as error:
        raise BadEntry("date", "Isi tanggalnya.", "Fill the date.") from error


def read_weights(form: QueryDict) -> Weights:
    """The weights of a form. Raises: BadNumber."""
    return Weights(
        {one: whole(form, f"bobot-{one}") for one in INSTRUMENTS},
        {one.key: whole(form, f"bobot-{one.key}") for one in VARIABLES},
    )


def read_cut(form: QueryDict) -> Cut:
    """A cut-off. Raises: BadEntry."""
    kind, instrument = text(form, "jenis"), text(form, "instrumen")
    if kind not in ("province", "regency", "district", "village", "station") or instrument not in INSTRUMENTS:
        raise BadEntry("cut", "Pilih instrumen dan jenis wilayahnya.", "Choose the instrument and the kind of region.")
    return Cut(
        instrument,
        cast("PlaceKind", kind),
        _decimal(text(form, "rawan")),
        _decimal(text(form, "sangat")),
        text(form, "sumber"),
    )


def _decimal(said: str) -> Decimal | None:
    return Decimal(said.replace(",", ".")) if _NUMBER.fullmatch(said) else None


def read_pattern_form(form: QueryDict) -> Pattern:
    """A pattern by its named fields; a triple pasted in beside them is refused, or read where it names its numbers.

    Raises: BadPattern, BadNumber.
    """
    risk, source, area = cast("RiskClass", text(form, "kelas")), text(form, "sumber"), text(form, "wilayah")
    pasted = text(form, "pola")
    if pasted:
        return read_pattern(pasted, risk, source, area=area)
    if not all(text(form, name) for name in ("polri", "jumlah-tps", "linmas")):
        raise BareTriple("?")
    return Pattern(risk, whole(form, "polri"), whole(form, "jumlah-tps"), whole(form, "linmas"), source, area)


def read_site(form: QueryDict) -> Strategic:
    """A strategic site. Raises: BadNumber, kawal.election.lists.problems.RowRefused."""
    area, name = text(form, "wilayah"), text(form, "nama")
    position = read_position(text(form, "titik") or None, None, None, None)
    named = "-".join(
        part for part in "".join(c if c.isascii() and c.isalnum() else " " for c in name.casefold()).split()
    )
    return Strategic(
        text(form, "situs") or f"titik-{named[:40]}-{area}",
        cast("SiteKind", text(form, "jenis")),
        name,
        area,
        cast("Priority", whole(form, "prioritas")),
        text(form, "alasan"),
        *(position.e6 if position is not None else (None, None)),
    )


def read_closeness(form: QueryDict) -> Closeness:
    """How close a race is. Raises: BadEntry."""
    return Closeness(text(form, "pemilihan"), cast("Step", text(form, "kelas")), text(form, "sumber"), _day(form))


def read_counts(form: QueryDict) -> Mapping[str, int]:
    """Stations by class as typed in. Raises: BadNumber."""
    return {one: whole(form, f"tps-{one}") for one in (*CLASSES, UNKNOWN)}


def read_share(form: QueryDict) -> Fraction:
    """The part of a Polres that is sent out; what is no fraction of it counts as the usual two thirds."""
    said = text(form, "bagian").replace(",", ".")
    share = Fraction(said) if _SHARE.fullmatch(said) else Fraction(0)
    return share if 0 < share <= 1 else Fraction(USUAL_SHARE)

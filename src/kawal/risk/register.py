"""The register of kerawanan: what an instrument said of a place, at which stage, when, and where that can be read."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal, get_args

from kawal.risk.classes import CLASSES, WORDS, RiskClass
from kawal.risk.indicators import variables_of

Instrument = Literal["ikp", "ipkp", "tps-rawan", "local"]
INSTRUMENTS: tuple[Instrument, ...] = get_args(Instrument)
Confidentiality = Literal["public", "internal", "intel"]
CONFIDENTIALITIES: tuple[Confidentiality, ...] = get_args(Confidentiality)
PlaceKind = Literal["province", "regency", "district", "village", "station", "site"]
Value = RiskClass | Decimal | frozenset[str] | None
"""A class, a score from 0 to 100, or the indicators found (none: looked at, nothing found).

None withdraws the entry that this one replaces.
"""

_KINDS: Mapping[int, PlaceKind] = {2: "province", 4: "regency", 6: "district", 10: "village", 13: "station"}
_SITE = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)+")
_SCORE = re.compile(r"[0-9]{1,3}(?:[.,][0-9]{1,10})?")
STAGE = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
TEXT_LIMIT = 300


class BadEntry(ValueError):
    """An entry cannot stand in the register; the message says why and what to do. field: which member says so."""

    def __init__(self, field: str, says_id: str, says_en: str) -> None:
        super().__init__(f"{says_id} / {says_en}")
        self.field, self.says_id, self.says_en = field, says_id, says_en


@dataclass(frozen=True, slots=True)
class Cut:
    """Where the classes of an instrument's score begin, for one kind of place, and who says so.

    prone_from, high_from: None while nobody has said it; then no score of it can be read.
    """

    instrument: Instrument
    kind: PlaceKind
    prone_from: Decimal | None
    high_from: Decimal | None
    source: str


USUAL_CUTS: tuple[Cut, ...] = (
    Cut("ikp", "province", Decimal("21.7"), Decimal("68.5"), "Bawaslu, IKP 2024 (alinea.id)"),
    Cut("ikp", "regency", Decimal("13.47"), Decimal("49.33"), "Bawaslu, IKP 2024 (alinea.id)"),
)
"""Cut-offs seen in a source. Those of the police's index are published nowhere: whoever holds them enters them."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One statement about one place. entry: its id here; stage: id of an operation's stage; replaces: an entry's id."""

    entry: str
    place: str
    instrument: Instrument
    stage: str
    on: date
    source: str
    value: Value
    confidentiality: Confidentiality = "internal"
    replaces: str = ""


def place_kind(place: str) -> PlaceKind:
    """What a place is: a region by the length of its code, a TPS by its 13 digits, else a site. Raises: BadEntry."""
    if place.isascii() and place.isdigit() and len(place) in _KINDS:
        return _KINDS[len(place)]
    if is_site(place):
        return "site"
    raise BadEntry(
        "place",
        f"Tempat {place[:40]!r} bukan kode wilayah, kode TPS 13 angka atau nama lokasi. Pilih dari daftar.",
        f"The place {place[:40]!r} is no region code, 13-digit TPS code or site. Choose one of the list.",
    )


def is_region(place: str) -> bool:
    """Whether a text is the code of a province, kabupaten, kecamatan or village."""
    return place.isascii() and place.isdigit() and len(place) in (2, 4, 6, 10)


def is_site(place: str) -> bool:
    """Whether a text is written as the id of a site: `ppk-530305`."""
    return len(place) <= 64 and _SITE.fullmatch(place) is not None


def is_station(place: str) -> bool:
    """Whether a place is a polling station, whose class never leaves the post."""
    return len(place) == 13 and place.isdigit()


def read_value(text: str) -> Value:
    """Read a class in words (`rawan`, `tinggi`) or a score (`49,33`). Raises: BadEntry."""
    said = " ".join(text.split()).casefold()
    if said in WORDS:
        return WORDS[said]
    if _SCORE.fullmatch(said) is None:
        raise _no_value(text)
    return _checked_score(Decimal(said.replace(",", ".")))


def _checked_score(score: Decimal) -> Decimal:
    if not score.is_finite() or not 0 <= score <= 100:
        raise BadEntry(
            "value", "Skor harus dari 0 sampai 100. Periksa angkanya.", "A score is 0 to 100. Check the number."
        )
    return score


def _no_value(text: str) -> BadEntry:
    return BadEntry(
        "value",
        f"“{text[:40]}” bukan kelas dan bukan skor. Tulis kurang rawan, rawan, sangat rawan, khusus, atau angka 0–100.",
        f"“{text[:40]}” is no class and no score. Write kurang rawan, rawan, sangat rawan, khusus, or a number 0–100.",
    )


def check(entry: Entry) -> Entry:
    """Give the entry back where it may stand in the register. Raises: BadEntry, UnknownIndicator."""
    kind = place_kind(entry.place)
    if entry.instrument not in INSTRUMENTS:
        raise BadEntry(
            "instrument",
            f"Instrumen {entry.instrument[:40]!r} tidak dikenal. Pilih IKP, IPKP, TPS rawan atau penilaian sendiri.",
            f"The instrument {entry.instrument[:40]!r} is not known. Choose IKP, IPKP, TPS rawan or own assessment.",
        )
    if entry.confidentiality not in CONFIDENTIALITIES:
        raise BadEntry(
            "confidentiality",
            "Kerahasiaan harus umum, internal atau intelijen.",
            "Confidentiality is public, internal or intelligence.",
        )
    if kind == "station" and entry.confidentiality == "public":
        raise BadEntry(
            "confidentiality",
            "Kelas satu TPS tidak pernah umum. Pilih internal atau intelijen.",
            "The class of one TPS is never public. Choose internal or intelligence.",
        )
    _check_texts(entry)
    _check_value(entry, kind)
    return entry


def _check_texts(entry: Entry) -> None:
    if STAGE.fullmatch(entry.stage) is None:
        raise BadEntry("stage", "Isi tahapnya, misalnya kampanye.", "Fill the stage, for instance kampanye.")
    if not 5 <= len(entry.source.strip()) <= TEXT_LIMIT:
        raise BadEntry(
            "source",
            f"Isi sumbernya: nama dokumen atau alamat web, 5 sampai {TEXT_LIMIT} huruf.",
            f"Fill the source: a document's name or a web address, 5 to {TEXT_LIMIT} letters.",
        )


def _check_value(entry: Entry, kind: PlaceKind) -> None:
    match entry.value:
        case None:
            if not entry.replaces:
                raise BadEntry("value", "Isi kelas, skor atau indikatornya.", "Fill a class, a score or indicators.")
        case str():
            if entry.value not in CLASSES:
                raise _no_value(entry.value)
        case Decimal():
            _checked_score(entry.value)
        case frozenset():
            variables_of(entry.value)
            if entry.instrument != "tps-rawan" or kind not in ("station", "village", "district"):
                raise BadEntry(
                    "value",
                    "Indikator hanya untuk instrumen TPS rawan, pada TPS, desa atau kecamatan.",
                    "Indicators belong to the instrument TPS rawan, of a TPS, village or kecamatan.",
                )


def cut_for(cuts: Iterable[Cut], instrument: Instrument, place: str) -> Cut | None:
    """The cut-off that counts for a place: the last one given for its kind; None where there is none."""
    kind = place_kind(place)
    found = [one for one in cuts if one.instrument == instrument and one.kind == kind]
    return found[-1] if found else None


def check_cut(cut: Cut) -> tuple[Decimal, Decimal]:
    """Give where rawan and sangat rawan begin, where a cut-off can be used. Raises: BadEntry."""
    if cut.prone_from is None or cut.high_from is None or not 0 < cut.prone_from < cut.high_from < 100:
        raise BadEntry(
            "cut",
            "Batas rawan harus lebih dari 0 dan kurang dari batas sangat rawan, dan itu kurang dari 100.",
            "Vulnerable begins above 0 and below where highly vulnerable begins, and that is below 100.",
        )
    if len(cut.source.strip()) < 5:
        raise BadEntry("source", "Isi sumber batasnya.", "Fill the source of the cut-off.")
    return cut.prone_from, cut.high_from


def standing_of(entries: Iterable[Entry]) -> tuple[tuple[Entry, ...], tuple[Entry, ...]]:
    """Split one place's entries into those that count and those superseded, whatever order they came in.

    Of each instrument the newest counts, of whatever stage; an entry that another replaces counts no more.
    """
    given = sorted(entries, key=lambda one: (one.instrument, one.on, one.entry))
    replaced = {one.replaces for one in given if one.replaces}
    newest = {one.instrument: one for one in given if one.entry not in replaced and one.value is not None}
    current = tuple(newest[name] for name in INSTRUMENTS if name in newest)
    return current, tuple(one for one in given if one not in current)

"""Lists of people and posts as offices write them: rows into typed values, bad rows named, good rows kept."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import time
from typing import Generic, TypeVar

from kawal.election.lists.cells import Cell, Sheet, distinct, filled, is_empty, letters, shown, whole, words
from kawal.election.lists.columns import label_key
from kawal.election.lists.dates import read_when, seconds
from kawal.election.lists.names import name_key, upper
from kawal.election.lists.problems import RowProblem, RowRefused
from kawal.guard.roster.problem import DAY, Person, Post, Slot, Span
from kawal.guard.roster.shifts import TEMPLATES, slots_of

SEARCHED_ROWS = 30
_AGENCIES = (
    ("linmas", r"LINMAS|HANSIP|PERLINDUNGAN MASYARAKAT"),
    ("satpolpp", r"SATPOL|SATPOLPP|PAMONG"),
    ("tni", r"TNI|KODIM|KORAMIL|BABINSA|PRAJURIT|AD|AL|AU"),
    ("polri", r"POLRI|POLRES|POLSEK|POLDA|BRIMOB|SAMAPTA|SABHARA|BHABINKAMTIBMAS|POLISI"),
)
_SKILLS = (
    ("leader", r"DANRU|DANTON|KOMANDAN|PADAL|KA ?JAGA|LEADER|KANIT|KAPOLSEK"),
    ("experienced", r"PENGALAMAN|BERPENGALAMAN|EXPERIENCED|SENIOR"),
    ("driver", r"DRIVER|PENGEMUDI|SOPIR"),
)
_RISKS = (
    ("special", r"KHUSUS|SPECIAL"), ("high", r"SANGAT RAWAN|TINGGI|HIGH"), ("less", r"KURANG RAWAN|RENDAH|AMAN|LESS"),
    ("prone", r"RAWAN|SEDANG|PRONE"),
)  # fmt: skip
_PLACES = (
    ("pleno", r"PLENO|REKAPITULASI"), ("storage", r"GUDANG|PENYIMPANAN|PPK|STORAGE|LOGISTIK|KOTAK"),
    ("patrol", r"PATROLI|PATROL"), ("reserve", r"CADANGAN|RESERVE|STANDBY"), ("office", r"KANTOR|KPU|BAWASLU|OFFICE"),
)  # fmt: skip

PERSON_FIELDS: Mapping[str, str] = {
    "who": r"WHO|ID|ID PERSONEL",
    "nrp": r"NRP|NIP|NRP NIP|NO ANGGOTA",
    "name": r"NAMA|NAMA PERSONEL|NAMA LENGKAP",
    "rank": r"PANGKAT|PKT|PANGKAT NRP",
    "unit": r"KESATUAN|SATUAN|UNIT|SATKER|POLSEK|JABATAN KESATUAN",
    "agency": r"INSTANSI|AGENCY|ASAL",
    "skills": r"KEAHLIAN|KEMAMPUAN|SKILLS|KUALIFIKASI|PERAN|JABATAN",
    "home": r"DOMISILI|TEMPAT TINGGAL|KODE KECAMATAN|HOME|ALAMAT KODE",
    "exclusions": r"BENTURAN|BENTURAN KEPENTINGAN|DILARANG DI|KECUALI|EXCLUSIONS",
    "leave": r"CUTI|IZIN|SAKIT|CUTI SAKIT|LEAVE",
    "contingent": r"BKO|KONTINGEN|CONTINGENT",
    "since": r"MULAI|SEJAK|TIBA|SINCE|MULAI BKO",
    "until": r"SAMPAI|SELESAI|HINGGA|UNTIL|SELESAI BKO",
}
POST_FIELDS: Mapping[str, str] = {
    "post": r"POST|ID POS|KODE POS|ID",
    "name": r"NAMA POS|POS|NAMA|TEMPAT|LOKASI",
    "site": r"SITE|SITUS|ID SITUS",
    "area": r"AREA|KODE WILAYAH|KODE|KODE KECAMATAN",
    "place": r"JENIS|JENIS POS|PLACE",
    "risk": r"KERAWANAN|RISIKO|KLASIFIKASI|RISK|KELAS",
    "need": r"KEKUATAN|JUMLAH|KEBUTUHAN|JUMLAH PERSONEL|NEED|MIN STRENGTH",
    "template": r"POLA|SHIFT|POLA JAGA|JADWAL|TEMPLATE",
    "leader": r"KOMANDAN|DANRU|LEADER",
    "core": r"MIN POLRI|POLRI|CORE|INTI",
    "since": r"MULAI|DARI|FROM|TANGGAL MULAI|SINCE",
    "until": r"SAMPAI|SELESAI|TO|TANGGAL SELESAI|UNTIL",
}
_NEEDED: Mapping[str, tuple[tuple[str, ...], ...]] = {
    "people": (("who", "nrp", "name"),),
    "posts": (("post", "name"), ("need",), ("since",), ("until",)),
}
Row = TypeVar("Row")


class NoSuchColumns(ValueError):
    """A list lacks a column that its kind needs; the message says which."""


@dataclass(frozen=True)
class NamedPerson:
    """A person of a list, and what only the post may keep of him: name, NRP. The ledger sees `person.who` alone."""

    person: Person
    name: str
    nrp: str
    row_number: int


@dataclass(frozen=True)
class PostRow:
    """A post of a list with its hours."""

    post: Post
    slots: tuple[Slot, ...]
    row_number: int


@dataclass(frozen=True)
class RowsRead(Generic[Row]):
    """Rows in order, and what is wrong with the others."""

    rows: tuple[Row, ...]
    problems: tuple[RowProblem, ...]


@dataclass(frozen=True)
class _Found:
    """A table: the sheet, the first row below its header, and which column holds which field."""

    sheet: Sheet
    first: int
    columns: Mapping[str, int]

    def cell(self, row: int, field: str) -> Cell:
        return self.sheet.cell(row, self.columns.get(field))


WhoOf = Callable[[str, str], str]
"""NRP and name -> the opaque id of a person; who makes ids is not the mission's business."""


def read_people(sheets: Sequence[Sheet], who_of: WhoOf, *, zone: str, year: int | None = None) -> RowsRead[NamedPerson]:
    """Read people. year: of dates without one. Raises: NoSuchColumns."""
    return _read(
        "people", sheets, PERSON_FIELDS, lambda t, row: _person(t, row, who_of, zone, year), lambda r: r.person.who
    )


def read_posts(sheets: Sequence[Sheet], *, zone: str, zone_hours: int, year: int | None = None) -> RowsRead[PostRow]:
    """Read posts with their strength and shift pattern. Raises: NoSuchColumns."""
    return _read(
        "posts", sheets, POST_FIELDS, lambda t, row: _post(t, row, zone, zone_hours, year), lambda r: r.post.post
    )


def _read(
    kind: str,
    sheets: Sequence[Sheet],
    fields: Mapping[str, str],
    make: Callable[[_Found, int], Row],
    key: Callable[[Row], str],
) -> RowsRead[Row]:
    found = max((_table(filled(sheet), fields) for sheet in sheets), key=lambda one: len(one.columns), default=None)
    missing = [group for group in _NEEDED[kind] if found is None or not set(group) & found.columns.keys()]
    if missing or found is None:
        names = "; ".join(" / ".join(group) for group in missing)
        raise NoSuchColumns(f"Tidak ada kolom {names}. Beri kepala kolom itu. / No column {names}. Give it a header.")
    rows: dict[str, tuple[Row, int]] = {}
    problems = []
    for row in range(found.first, len(found.sheet.rows)):
        if len(distinct(found.sheet.rows[row])) < 2:
            continue
        try:
            made = make(found, row)
            if key(made) in rows:
                raise _again(key(made), rows[key(made)][1])
            rows[key(made)] = made, row + 1
        except RowRefused as refused:
            at = found.columns.get(refused.field)
            column = letters(at) if at is not None else ""
            problems.append(RowProblem(row + 1, column, "error", refused.says_id, refused.says_en, found.sheet.name))
    return RowsRead(tuple(made for made, _ in rows.values()), tuple(problems))


def _table(sheet: Sheet, fields: Mapping[str, str]) -> _Found:
    """The row that names most fields is the header; each column serves once, the fields in their order."""
    best = _Found(sheet, 0, {})
    for row in range(min(SEARCHED_ROWS, len(sheet.rows))):
        keys = [label_key(words(cell)) for cell in sheet.rows[row]]
        columns: dict[str, int] = {}
        for exact in (True, False):
            for field, says in fields.items():
                at = next(
                    (at for at, key in enumerate(keys) if at not in columns.values() and _names(key, says, exact)), None
                )
                if field not in columns and at is not None:
                    columns[field] = at
        if len(columns) > len(best.columns):
            best = _Found(sheet, row + 1, columns)
    return best


def _names(key: str, says: str, exact: bool) -> bool:
    return bool(re.fullmatch(says, key) if exact else re.match(rf"(?:{says})\b", key))


def _again(named: str, row: int) -> RowRefused:
    return RowRefused(
        "", f"{named} sudah ada di baris {row}. Hapus salah satunya.", f"{named} is already in row {row}."
    )


def _kind(text: str, kinds: Sequence[tuple[str, str]]) -> str:
    plain = re.sub(r"[^A-Z0-9]+", " ", upper(text))
    return next((kind for kind, says in kinds if re.search(rf"\b(?:{says})\b", plain)), "")


def _person(table: _Found, row: int, who_of: WhoOf, zone: str, year: int | None) -> NamedPerson:
    nrp = re.sub(r"\D", "", words(table.cell(row, "nrp")))
    name = words(table.cell(row, "name"))
    who = words(table.cell(row, "who")) or (who_of(nrp, name) if nrp or name else "")
    if not who:
        raise RowRefused("name", "Isi NRP atau nama.", "Fill the NRP or the name.")
    rank, unit, job = (words(table.cell(row, field)) for field in ("rank", "unit", "skills"))
    agency = _kind(words(table.cell(row, "agency")) or unit, _AGENCIES) or "polri"
    if agency == "polri" and not is_empty(table.cell(row, "nrp")) and len(nrp) not in (8, 18):
        given = shown(table.cell(row, "nrp"))
        raise RowRefused(
            "nrp", f"{given} bukan NRP (8 angka) atau NIP (18).", f"{given} is no NRP (8 digits) or NIP (18)."
        )
    skills = frozenset(skill for skill, says in _SKILLS if _kind(job, ((skill, says),)))
    since, until = _moment(table, row, "since", zone, year), _moment(table, row, "until", zone, year)
    person = Person(
        who,
        name_key(unit).lower(),
        agency,
        rank,
        skills,
        home=re.sub(r"\D", "", words(table.cell(row, "home"))),
        exclusions=frozenset(re.split(r"[,;\s]+", words(table.cell(row, "exclusions")))) - {"", "-"},
        leave=_leave(table, row, zone, year),
        contingent=words(table.cell(row, "contingent")) if not is_empty(table.cell(row, "contingent")) else "",
        since=since,
        until=None if until is None else until + DAY,
    )
    return NamedPerson(person, name, nrp, row + 1)


def _moment(table: _Found, row: int, field: str, zone: str, year: int | None) -> int | None:
    cell = table.cell(row, field)
    if is_empty(cell):
        return None
    when = read_when(cell, year=year, field=field)
    return seconds(when.first, when.opens or time(), zone)


def _leave(table: _Found, row: int, zone: str, year: int | None) -> tuple[Span, ...]:
    cell = table.cell(row, "leave")
    if is_empty(cell):
        return ()
    spans = []
    for part in re.split(r"[;\n]", words(cell)) if isinstance(cell, str) else [cell]:
        when = read_when(part, year=year, field="leave")
        spans.append(Span(seconds(when.first, time(), zone), seconds(when.last, time(), zone) + DAY))
    return tuple(spans)


def _post(table: _Found, row: int, zone: str, zone_hours: int, year: int | None) -> PostRow:
    name = words(table.cell(row, "name"))
    post_id = words(table.cell(row, "post")) or re.sub(r"[^a-z0-9]+", "-", upper(name).lower()).strip("-")
    need = whole(table.cell(row, "need"))
    if need is None or not 0 < need <= 500:
        given = shown(table.cell(row, "need"))
        raise RowRefused("need", f"{given} bukan kekuatan pos (1-500).", f"{given} is no strength of a post (1-500).")
    pattern = words(table.cell(row, "template")).lower().replace(" ", "") or "3x8"
    if pattern not in TEMPLATES:
        raise RowRefused(
            "template", f"Pola {pattern} tidak dikenal. Tulis 3x8, 2x12 atau 1x24.", "Write 3x8, 2x12 or 1x24."
        )
    since, until = _moment(table, row, "since", zone, year), _moment(table, row, "until", zone, year)
    if since is None or until is None or until + DAY <= since:
        raise RowRefused("until", "Isi tanggal mulai dan selesai, berurutan.", "Fill first and last day, in order.")
    place = _kind(words(table.cell(row, "place")) or name, _PLACES) or "office"
    risk = _kind(words(table.cell(row, "risk")), _RISKS) or "prone"
    area = re.sub(r"\D", "", words(table.cell(row, "area")))
    post = Post(post_id, name or post_id, words(table.cell(row, "site")), area, place, risk)
    leads = upper(words(table.cell(row, "leader"))) in ("YA", "Y", "1", "TRUE", "ADA", "YES")
    asked = Slot(post_id, since, until + DAY, need, leader=leads, core=min(need, whole(table.cell(row, "core")) or 0))
    return PostRow(post, slots_of(asked, TEMPLATES[pattern], zone_hours=zone_hours), row + 1)

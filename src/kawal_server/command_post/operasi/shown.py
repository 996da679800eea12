"""What a preview looks like on the page: its rows as cells, its sums by kecamatan, its columns to choose from."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from babel.dates import format_date
from django.utils.translation import gettext as _

from kawal.election.lists.cells import letters, words
from kawal.election.lists.columns import FIELDS, ListKind
from kawal.election.lists.equipment import SealLot, Vehicle
from kawal.election.lists.registering import Change
from kawal.election.lists.sessions import SessionRow
from kawal.election.lists.sites import SiteRow
from kawal.election.lists.stations import Station
from kawal.election.lists.tables import Table
from kawal.election.manifests import COLUMNS
from kawal.election.regions import dotted
from kawal_server.actions.keep_lists import MANIFEST_OF, Looked
from kawal_server.actions.read_lists import AnyRow
from kawal_server.command_post.places import region_name
from kawal_server.command_post.templatetags.kawal import clock, grouped, language
from kawal_server.store.models import Operation

_E6 = 1_000_000
_MARKS = {"Asia/Jakarta": "WIB", "Asia/Pontianak": "WIB", "Asia/Makassar": "WITA", "Asia/Jayapura": "WIT"}
SAMPLES = 3


@dataclass(frozen=True, slots=True)
class Column:
    """A field and the columns it may be. at: the one it is read from."""

    field: str
    label: str
    at: int | None


@dataclass(frozen=True, slots=True)
class Sum:
    """Stations of one region. stated: what the list or the decree says, where it does; is_same: whether all agree."""

    code: str
    name: str
    read: int
    stated: int | None
    decree: int | None

    @property
    def is_same(self) -> bool:
        """Whether what is stated is what was read."""
        return all(one in (None, self.read) for one in (self.stated, self.decree))


def day_of(operation: Operation) -> str:
    """The day of the election in words."""
    return format_date(operation.vote_day, "EEEE, d MMMM y", locale=language()) if operation.vote_day else "—"


def zone_of(zone: str) -> str:
    """A zone as people write it, and its name."""
    return f"{_MARKS.get(zone, '')} · {zone}"


def headings(kind: ListKind) -> list[str]:
    """The headings of the rows' table."""
    return {
        "stations": [_("Kode TPS"), _("Kecamatan"), _("Desa/kelurahan"), _("Nomor TPS")],
        "sites": [_("Tempat"), _("Jenis"), _("Nama"), _("Titik"), _("Radius")],
        "sessions": [_("Kecamatan"), _("Mulai"), _("Selesai"), _("Batas akhir"), _("Tempat")],
        "seal_stock": [_("Jenis"), _("Seri awal"), _("Seri akhir"), _("Jumlah")],
        "vehicles": [_("Nomor polisi atau nama"), _("Jenis"), _("Kapasitas (kotak)"), _("Pemilik")],
    }[kind]


def cells(row: AnyRow) -> list[str]:
    """A row as the cells under those headings."""
    match row:
        case Station():
            return [
                f"{dotted(row.village)}.{row.number:03d}",
                region_name(row.code[:6]),
                region_name(row.village),
                f"{row.number:03d}",
            ]
        case SiteRow():
            return [row.site, row.kind, row.name or "—", _point(row), f"{row.radius_m} m"]
        case SessionRow():
            times = [clock(at, row.zone) for at in (row.starts, row.ends, row.deadline)]
            return [region_name(row.area), *times, row.place or "—"]
        case SealLot():
            kind = _("kabel ties") if row.kind == "tie" else _("stiker")
            return [kind, row.first or "—", row.last or "—", grouped(row.count)]
        case Vehicle():
            return [row.name, row.kind or "—", "—" if row.capacity is None else grouped(row.capacity), row.owner or "—"]


def _point(row: SiteRow) -> str:
    point = f"{row.lat_e6 / _E6:.5f}, {row.lon_e6 / _E6:.5f}"
    return f"{point} ({_('perkiraan')})" if row.is_estimated else point


def columns_of(table: Table) -> list[Column]:
    """The fields of a list and the column each is read from."""
    return [
        Column(one.field, one.label_en if language() == "en" else one.label_id, table.columns.of(one.field))
        for one in FIELDS[table.kind]
    ]


def choices_of(table: Table) -> list[tuple[int, str]]:
    """The columns of a sheet, by letter and header, with what stands first in each."""
    return [(at, f"{letters(at)} · {_label(table, at)}") for at in range(min(table.sheet.width, 60))]


def _label(table: Table, at: int) -> str:
    label = table.labels[at][:40] if at < len(table.labels) else ""
    if label:
        return label
    below = (words(table.sheet.cell(row, at)) for row in range(table.first, len(table.sheet.rows)))
    return ", ".join([text[:20] for text in below if text][:SAMPLES]) or "—"


def sums(looked: Looked) -> list[Sum]:
    """The stations of each kecamatan beside what was stated of them, then of everything."""
    rows = [row for row in looked.preview.rows if isinstance(row, Station)]
    read = Counter(row.code[:6] for row in rows)
    decree = looked.choice.decree
    stated = {_level(one.area): one.stated for one in looked.preview.stated}
    named = sorted({*read, *(code for code in (*decree, *stated) if len(code) == 6)})
    found = [Sum(code, region_name(code), read[code], stated.get(code), decree.get(code)) for code in named]
    return [*found, Sum("", _("Seluruhnya"), len(rows), stated.get(""), decree.get(""))]


def _level(area: str) -> str:
    """A total of some rows or of a kabupaten stands beside everything: the last one of a list sums it all."""
    return area if len(area) >= 6 else ""


@dataclass(frozen=True, slots=True)
class ChangeShown:
    """What accepting a list would change, by kind of change: the name, how many, and the first of them."""

    name: str
    look: str
    count: int
    first: Sequence[str]
    says: str = ""


def change_shown(kind: ListKind, change: Change, *, is_open: bool, most: int = 200) -> list[ChangeShown]:
    """The change as a page tells it."""
    manifest = MANIFEST_OF[kind]
    keys = [_key(manifest, row) for row in change.added]
    gone = [_key(manifest, row) for row in change.removed]
    kept = [_key(manifest, row) for row in change.kept_with_history]
    changed = [f"{one.key}: {_between(manifest, one.before, one.after)}" for one in change.changed]
    stays = _("Yang sudah terdaftar di log tidak pernah ditarik: tetap diharapkan.") if is_open else ""
    return [
        ChangeShown(_("Baru"), "aman", len(keys), keys[:most]),
        ChangeShown(_("Berubah"), "perhatian", len(changed), changed[:most]),
        ChangeShown(_("Hilang dari daftar"), "bahaya", len(gone), gone[:most]),
        ChangeShown(_("Tetap terdaftar"), "keterangan", len(kept), kept[:most], stays),
    ]


def _key(manifest: str, row: Sequence[str]) -> str:
    return " ".join(row[:3]) if manifest == "sessions" else row[0]


def _between(manifest: str, before: Sequence[str], after: Sequence[str]) -> str:
    names: Mapping[int, str] = dict(enumerate(COLUMNS[manifest]))
    pairs = zip(before, after, strict=True)
    return ", ".join(f"{names[at]} {old} → {new}" for at, (old, new) in enumerate(pairs) if old != new)

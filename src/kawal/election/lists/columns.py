"""Which column holds what: the words these offices put over their columns, and a map that can be kept and changed."""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, get_args

from kawal.election.lists.names import upper

ListKind = Literal["stations", "sites", "sessions", "seal_stock", "vehicles"]
KINDS: tuple[ListKind, ...] = get_args(ListKind)
TableKind = Literal[ListKind, "risk"]
"""Every kind of table that can be found in a sheet: the operation's lists, and those of parts that read their own."""

Field = str


@dataclass(frozen=True, slots=True)
class FieldWords:
    """A field of a list, and what a header over it says. never: words that make it another column."""

    field: Field
    says: re.Pattern[str]
    never: re.Pattern[str]
    label_id: str
    label_en: str


def _field(field: Field, says: str, label_id: str, label_en: str, never: str = r"$^") -> FieldWords:
    return FieldWords(field, re.compile(rf"\b(?:{says})\b"), re.compile(rf"\b(?:{never})\b"), label_id, label_en)


_COUNTING = "JUMLAH|JML|JLH|JUM|TOTAL|BANYAKNYA|REKAP"
_PEOPLE = "PEMILIH|DPT|DPS|LAKI|PEREMPUAN|KPPS|PETUGAS|LINMAS|KETUA|NAMA PPK|ANGGOTA|SURAT SUARA"
_DISTRICT = _field(
    "district",
    r"KECAMATAN|KEC|DISTRIK|KAPANEWON|PPK|PPD",
    "Kecamatan",
    "Kecamatan",
    f"KODE|ALAMAT|NO|DESA|KELURAHAN|KEL|{_COUNTING}|KETUA",
)
_VILLAGE = _field(
    "village",
    r"DESA|KELURAHAN|KEL|KAMPUNG|NAGARI|GAMPONG|PEKON|LEMBANG|TIYUH|OHOI|NEGERI|KALURAHAN|PPS",
    "Desa/kelurahan",
    "Village",
    f"KODE|ALAMAT|JENIS|STATUS|NO|{_COUNTING}|KETUA",
)
_CODE = _field(
    "code",
    r"KODE|KODE WILAYAH|KODE DESA|KODE KEL|KODE KEMENDAGRI|ID WILAYAH|KODE TPS",
    "Kode",
    "Code",
    "POS|KEC|KECAMATAN",
)
_TYPE = _field(
    "type", r"JENIS|STATUS|DESA ATAU KELURAHAN", "Jenis (desa atau kelurahan)", "Type (desa or kelurahan)", "TPS|SEGEL"
)
_NOTE = _field("note", r"KETERANGAN|KET|CATATAN", "Keterangan", "Note")
_COUNT_OF = "JUMLAH|JML|JLH|BANYAKNYA|KUANTITAS|QTY|VOLUME|STOK|ISI"

FIELDS: Mapping[TableKind, tuple[FieldWords, ...]] = {
    "stations": (
        _CODE,
        _DISTRICT,
        _VILLAGE,
        _TYPE,
        _field(
            "special",
            rf"(?:TPS|{_COUNTING})\b.*\b(?:LOKSUS|KHUSUS)",
            "Jumlah TPS khusus",
            "Special TPS",
            f"{_PEOPLE}|KET|KETERANGAN",
        ),
        _field(
            "count",
            rf"(?:{_COUNTING})\b.*\bTPS|TPS\b.*\b(?:{_COUNTING}|REGULER)",
            "Jumlah TPS",
            "TPS count",
            f"{_PEOPLE}|LOKSUS|KHUSUS|RATA",
        ),
        _field(
            "number",
            r"TPS|(?:NO|NOMOR)\b.*\bTPS",
            "Nomor TPS",
            "TPS number",
            f"{_PEOPLE}|{_COUNTING}|ALAMAT|LOKASI|TEMPAT|KODE|LINTANG|BUJUR|KET|KETERANGAN|JENIS",
        ),
        _NOTE,
    ),
    "sites": (
        _field("kind", r"JENIS|TIPE|KATEGORI|JENIS LOKASI|LEMBAGA|INSTANSI", "Jenis", "Kind", "DESA"),
        _field(
            "name",
            r"NAMA|LOKASI|TEMPAT|KANTOR|SEKRETARIAT|GUDANG|SITUS|URAIAN",
            "Nama",
            "Name",
            "KECAMATAN|DESA|KELURAHAN|ALAMAT|KETUA|JENIS|KOORDINAT|TITIK|NO",
        ),
        _CODE,
        _DISTRICT,
        _VILLAGE,
        _field("address", r"ALAMAT|JALAN", "Alamat", "Address"),
        _field(
            "position",
            r"KOORDINAT|TITIK|TITIK KOORDINAT|GPS|POSISI|LATLONG|LAT LONG?|(?:GOOGLE )?MAPS?|PETA|SHARELOK|SHARE ?LOC",
            "Titik koordinat",
            "Position",
        ),
        _field("lat", r"LAT|LATITUDE|LINTANG|LS|LU", "Lintang", "Latitude", "LONG|LON|LONGITUDE|BUJUR"),
        _field("lon", r"LON|LONG|LNG|LONGITUDE|BUJUR|BT", "Bujur", "Longitude", "LAT|LATITUDE|LINTANG"),
        _field("radius", r"RADIUS|JARI JARI", "Radius (m)", "Radius (m)"),
        _NOTE,
    ),
    "sessions": (
        _CODE,
        _DISTRICT,
        _field(
            "date",
            r"TANGGAL|TGL|HARI|JADWAL|PELAKSANAAN|WAKTU PELAKSANAAN|MULAI|PLENO",
            "Tanggal",
            "Date",
            "TEMPAT|SELESAI|LOKASI|JAM|PUKUL",
        ),
        _field(
            "end_date", r"(?:TANGGAL|TGL|HARI)\b.*\b(?:SELESAI|SAMPAI|BERAKHIR)", "Tanggal selesai", "Last day", "MULAI"
        ),
        _field("end", r"SELESAI|SAMPAI|BERAKHIR|TANGGAL SELESAI|S D", "Selesai", "End", "MULAI"),
        _field("time", r"JAM|PUKUL|WAKTU", "Pukul", "Time", "TANGGAL|HARI|PELAKSANAAN"),
        _field("place", r"TEMPAT|LOKASI|GEDUNG|AULA", "Tempat", "Place"),
        _field("deadline", r"BATAS|TENGGAT|PALING LAMBAT|BATAS AKHIR", "Batas akhir", "Deadline"),
        _NOTE,
    ),
    "seal_stock": (
        _field(
            "kind",
            r"JENIS|URAIAN|NAMA BARANG|BARANG|MACAM|SEGEL|NAMA SEGEL",
            "Jenis segel",
            "Seal kind",
            f"{_COUNT_OF}|NO|NOMOR|SERI|AWAL|AKHIR",
        ),
        _field(
            "serial",
            r"NOMOR SERI|NO SERI|SERI|SERIAL|NOMOR SEGEL|NO SEGEL",
            "Nomor seri",
            "Serials",
            "AWAL|AKHIR|DARI|SAMPAI|S D",
        ),
        _field("first", r"AWAL|DARI|MULAI|PERTAMA", "Seri awal", "First serial"),
        _field("last", r"AKHIR|SAMPAI|S D|TERAKHIR", "Seri akhir", "Last serial"),
        _field("count", _COUNT_OF, "Jumlah", "Count"),
        _NOTE,
    ),
    "vehicles": (
        _field(
            "name",
            r"NOPOL|NO POL|NOMOR POLISI|NO POLISI|PLAT|PLAT NOMOR|TNKB|NAMA KAPAL|NAMA PERAHU|NAMA KENDARAAN|NAMA",
            "Nomor polisi atau nama",
            "Plate or name",
            "PEMILIK|SOPIR|PENGEMUDI|JURUMUDI|NAHKODA|NAKHODA",
        ),
        _field("kind", r"JENIS|TIPE|MERK|KENDARAAN|MODA|ARMADA", "Jenis", "Kind", "NAMA|NO|NOMOR|PEMILIK"),
        _field(
            "capacity", r"KAPASITAS|DAYA ANGKUT|MUATAN|DAYA MUAT|JUMLAH KOTAK", "Kapasitas (kotak)", "Capacity (boxes)"
        ),
        _field("owner", r"PEMILIK|INSTANSI|MILIK|ASAL|KEPEMILIKAN|PENYEDIA|DARI", "Pemilik", "Owner"),
        _NOTE,
    ),
    "risk": (
        _CODE,
        _field("place", r"TEMPAT|WILAYAH|LOKASI|PLACE|SITE", "Tempat", "Place", "KODE"),
        _DISTRICT,
        _VILLAGE,
        _field("number", r"TPS|(?:NO|NOMOR)\b.*\bTPS", "Nomor TPS", "TPS number", f"KODE|KELAS|KERAWANAN|{_COUNTING}"),
        _field("instrument", r"INSTRUMEN|INSTRUMENT|INDEKS|ALAT UKUR", "Instrumen", "Instrument"),
        _field("stage", r"TAHAP|TAHAPAN|STAGE", "Tahap", "Stage"),
        _field("date", r"TANGGAL|TGL|DATE", "Tanggal", "Date"),
        _field("confidentiality", r"KERAHASIAAN|SIFAT|KLASIFIKASI|CONFIDENTIALITY", "Kerahasiaan", "Confidentiality"),
        _field(
            "value",
            r"KELAS|SKOR|NILAI|KERAWANAN|KATEGORI|TINGKAT|CLASS|SCORE",
            "Kelas atau skor",
            "Class or score",
            "SUMBER",
        ),
        _field("source", r"SUMBER|RUJUKAN|SOURCE|DOKUMEN", "Sumber", "Source"),
        _NOTE,
    ),
}
"""Kind -> its fields, in the order in which a header is tried on them."""

NEEDED: Mapping[TableKind, tuple[tuple[Field, ...], ...]] = {
    "stations": (("code", "village"), ("number", "count", "code")),
    "sites": (("name", "kind", "district"), ("position", "lat", "district", "village", "code")),
    "sessions": (("district", "code"), ("date",)),
    "seal_stock": (("serial", "first", "count"),),
    "vehicles": (("name",), ("kind", "capacity", "owner")),
    "risk": (("place", "code", "district"), ("instrument",), ("date",), ("value",), ("source",)),
}
"""Kind -> groups of fields; of each group one column at least must be there."""


@dataclass(frozen=True, slots=True)
class ColumnMap:
    """Field -> column, from 0, for one kind of list. Kept as JSON beside the header's fingerprint."""

    kind: TableKind
    columns: tuple[tuple[Field, int], ...]

    def of(self, field: Field) -> int | None:
        """The column of a field; None where the list has none."""
        return dict(self.columns).get(field)

    def missing(self) -> tuple[tuple[Field, ...], ...]:
        """The groups of which no column is known yet."""
        has = {field for field, _ in self.columns}
        return tuple(group for group in NEEDED[self.kind] if not has & set(group))

    def changed(self, columns: Mapping[Field, int | None]) -> "ColumnMap":
        """The map with these fields set; None takes a field away. Raises: ValueError for a field of no such kind."""
        known = {one.field for one in FIELDS[self.kind]}
        if unknown := set(columns) - known:
            raise ValueError(f"tidak ada kolom ini / no such field: {', '.join(sorted(unknown))}")
        merged = dict(self.columns) | dict(columns)
        return ColumnMap(self.kind, tuple((field, at) for field, at in merged.items() if at is not None))

    def as_json(self) -> dict[str, int]:
        """What is remembered of it."""
        return dict(self.columns)


def column_map(kind: TableKind, columns: Mapping[Field, int | None]) -> ColumnMap:
    """A map from what was remembered or chosen. Raises: ValueError."""
    return ColumnMap(kind, ()).changed(columns)


@lru_cache(maxsize=10_000)
def label_key(label: str) -> str:
    """A header as words: capitals, only letters and digits, one space."""
    return " ".join(re.findall(r"[A-Z0-9]+", upper(label)))


def fingerprint(header: Sequence[str]) -> str:
    """What two headers share that differ only in case, spaces and signs: 16 hex digits of a SHA-256."""
    keys = [label_key(label) for label in header]
    while keys and not keys[-1]:
        keys.pop()
    return hashlib.sha256("\x1f".join(keys).encode()).hexdigest()[:16]


def guess_columns(labels: Sequence[str], kind: TableKind) -> ColumnMap:
    """Guess by the words of the header: the shortest label that fits a field wins, each column serves once."""
    found: dict[Field, int] = {}
    used: set[int] = set()
    keys = [label_key(label) for label in labels]
    for one in FIELDS[kind]:
        fits = [
            at for at, key in enumerate(keys) if at not in used and one.says.search(key) and not one.never.search(key)
        ]
        if fits:
            found[one.field] = min(fits, key=lambda at: (_rank(one, keys[at]), len(keys[at]), at))
            used.add(found[one.field])
    return ColumnMap(kind, tuple(found.items()))


def _rank(one: FieldWords, key: str) -> int:
    """NAMA before a field's word is the name; a label that begins with the word comes next."""
    return 0 if one.says.fullmatch(key) else 1 if one.says.match(key.removeprefix("NAMA ")) else 2


def field_quality(kind: TableKind, field: Field, label: str, lowest: str = "") -> int:
    """How well a label says a field: 3 exactly, 2 it begins with it, 1 the word is in it, 0 not at all.

    lowest: the last line of a header of several.
    """
    one = next(one for one in FIELDS[kind] if one.field == field)
    keys = [key for key in (label_key(label), label_key(lowest)) if one.says.search(key) and not one.never.search(key)]
    return max((3 - _rank(one, key) for key in keys), default=0)

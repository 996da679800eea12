"""Contacts of each desa: whom to call before anything else works. Names and numbers stay in this table of the post."""

import csv
import io
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db import transaction

from kawal.election.regions import UnknownRegion, plain
from kawal_machine.regions import official_codes
from kawal_server.store.models import ContactRow
from kawal_server.store.units import the_jurisdiction, the_units

KINDS = ("kades", "bhabinkamtibmas", "babinsa", "pkd")
COLUMNS = ("desa", "jabatan", "nama", "telepon")
ROWS_LIMIT = 20_000
FILE_LIMIT = 2 * 1024 * 1024
_PHONE = re.compile(r"\+?\d{7,15}")
# A spreadsheet would run a cell that begins so.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class ContactRefused(ValueError):
    """What was typed is no contact. fields: field -> "what is so and what to do", in both languages."""

    def __init__(self, fields: Mapping[str, str]) -> None:
        super().__init__("; ".join(fields.values()))
        self.fields = dict(fields)


@dataclass(frozen=True, slots=True)
class Contact:
    """One contact as typed. area: the desa's code."""

    area: str
    kind: str
    name: str
    phone: str


def keep_contact(contact: Contact, *, at: int) -> ContactRow:
    """Keep a contact in place of the one of its kind in this desa. Raises: ContactRefused."""
    read = _read(contact)
    kept, _made = ContactRow.objects.update_or_create(
        area=read.area,
        kind=read.kind,
        defaults={"name": read.name, "phone": read.phone, "unit": unit_of(read.area), "changed_at": at},
    )
    return kept


def keep_file(data: bytes, *, at: int, may_keep: Iterable[str] | None = None) -> tuple[int, list[str]]:
    """Keep the contacts of a CSV file, as `write_csv` writes it; gives how many, and a sentence for each row refused.

    may_keep: the units within the officer's reach, None for all.
    """
    reach = None if may_keep is None else frozenset(may_keep)
    kept, wrong = 0, []
    with transaction.atomic():
        for number, row in enumerate(_rows(data), start=2):
            try:
                contact = _read(Contact(*(row.get(name) or "" for name in COLUMNS)))
                if reach is not None and unit_of(contact.area) not in reach:
                    raise ContactRefused({"area": _elsewhere(contact.area)})
                keep_contact(contact, at=at)
                kept += 1
            except ContactRefused as refused:
                wrong.append(_on_row(number, str(refused)))
    return kept, wrong


def write_csv(rows: Iterable[ContactRow]) -> str:
    """The contacts as CSV: for a phone's address book, or a stick."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for row in rows:
        writer.writerow([row.area, row.kind, _harmless(row.name), row.phone.replace("+", "00", 1)])
    return out.getvalue()


def unit_of(area: str) -> str:
    """The unit whose area a desa lies in: its Polsek, or the Polres where no Polsek is known."""
    code = plain(area)
    polsek = f"polsek-{code[:6]}"
    return polsek if polsek in the_units().by_name else the_jurisdiction().polres(code)


def _read(contact: Contact) -> Contact:
    wrong: dict[str, str] = {}
    area, kind = plain(contact.area), contact.kind.strip().lower()
    name = " ".join(contact.name.split())
    phone = re.sub(r"[\s().-]", "", contact.phone)
    phone = f"+{phone[2:]}" if phone.startswith("00") else phone
    if not _is_village(area):
        wrong["area"] = "Tulis kode desa 10 angka yang dikenal. / Write a desa's code of 10 digits that is known."
    if kind not in KINDS:
        wrong["kind"] = f"Pilih jabatan: {', '.join(KINDS)}. / Choose the office: {', '.join(KINDS)}."
    if not 2 <= len(name) <= 120:
        wrong["name"] = "Tulis nama. / Write the name."
    if not _PHONE.fullmatch(phone):
        wrong["phone"] = "Tulis nomor telepon, 7 sampai 15 angka. / Write the phone number, 7 to 15 digits."
    if wrong:
        raise ContactRefused(wrong)
    return Contact(area, kind, name, phone)


def _is_village(area: str) -> bool:
    try:
        return len(area) == 10 and official_codes().region(area).code == area
    except UnknownRegion:
        return False


def _rows(data: bytes) -> Iterable[dict[str, str]]:
    text = data.decode("utf-8-sig", "replace").replace("\0", "")
    first = text.partition("\n")[0]
    reader = csv.DictReader(io.StringIO(text), delimiter=";" if first.count(";") > first.count(",") else ",")
    reader.fieldnames = [name.strip().lower() for name in reader.fieldnames or ()]
    for at, row in enumerate(reader):
        if at >= ROWS_LIMIT:
            return
        yield {name: value for name, value in row.items() if isinstance(name, str) and isinstance(value, str)}


def _on_row(number: int, refused: str) -> str:
    """The reasons of one row, with its number before each half."""
    halves = [one.split(" / ", 1) for one in refused.split("; ")]
    return f"Baris {number}: {' '.join(one[0] for one in halves)} / Row {number}: {' '.join(one[-1] for one in halves)}"


def _elsewhere(area: str) -> str:
    return f"Desa {area} di luar satuan Anda. / The desa {area} is outside your unit."


def _harmless(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA) else text

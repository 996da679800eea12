"""People one at a time: entered, changed, sent on leave, and removed with everything that names them."""

import secrets
from collections.abc import Mapping
from typing import cast

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet

from kawal.command.people import Person, PersonRefused, read_leave, read_person
from kawal_server.accounts.access import fetch, may, within_reach
from kawal_server.accounts.models import Officer
from kawal_server.accounts.reads import note_read
from kawal_server.store.models import Operation, PersonRow, RoleRow, UnitRow

WHO_BYTES = 5


class OperationClosed(RuntimeError):
    """The operation is closed: nobody's data is kept here any more."""

    def __init__(self) -> None:
        super().__init__(
            "Operasi sudah ditutup; data orang tidak disimpan lagi di sini. / "
            "The operation is closed; no personal data is kept here any more."
        )


def new_who() -> str:
    """An opaque id for a person: made of nothing that is known about them."""
    return f"p-{secrets.token_hex(WHO_BYTES)}"


def people_within_reach(officer: object) -> QuerySet[PersonRow]:
    """The people that an officer may see. Whoever shows them calls `note_read` with what was shown."""
    return within_reach(officer, "see-people", PersonRow.objects.all())


def one_person(officer: object, who: str) -> PersonRow:
    """One person that an officer may see. Raises: PermissionDenied, Http404."""
    row = fetch(officer, "see-people", PersonRow.objects.all(), who=who)
    note_read(cast("Officer", officer), "person", 1, about=row.who)
    return row


def add_person(officer: object, form: Mapping[str, str], *, who: str = "") -> PersonRow:
    """Enter a person. who: an id they have already, as on a device enrolled before; else a new one.

    Raises: PermissionDenied, PersonRefused, OperationClosed.
    """
    person = _read(officer, who or new_who(), form)
    if PersonRow.objects.filter(who=person.who).exists():
        raise PersonRefused({"who": "Orang dengan tanda ini sudah ada. / There is a person with this id already."})
    row = as_row(person)
    row.save(force_insert=True)
    return row


def change_person(officer: object, who: str, form: Mapping[str, str]) -> PersonRow:
    """Change what is known of a person; leave stays. Raises: PermissionDenied, Http404, PersonRefused."""
    row = fetch(officer, "change-people", PersonRow.objects.all(), who=who)
    changed = as_row(_read(officer, who, form))
    changed.leave = row.leave
    changed.save(force_update=True)
    return changed


def give_leave(officer: object, who: str, first: str, last: str) -> PersonRow:
    """Send a person on leave. Raises: PermissionDenied, Http404, PersonRefused."""
    row = fetch(officer, "change-people", PersonRow.objects.all(), who=who)
    leave = read_leave(first, last)
    days = [leave.first.isoformat(), leave.last.isoformat()]
    row.leave = sorted([*(one for one in row.leave if one != days), days])
    row.save(update_fields=["leave"])
    return row


def take_leave(officer: object, who: str, first: str) -> PersonRow:
    """Take back the leave that begins on a day. Raises: PermissionDenied, Http404."""
    row = fetch(officer, "change-people", PersonRow.objects.all(), who=who)
    row.leave = [one for one in row.leave if one[0] != first]
    row.save(update_fields=["leave"])
    return row


def remove_person(officer: object, who: str) -> None:
    """Remove a person and their roles; the log keeps an id that then belongs to nobody.

    Raises: PermissionDenied, Http404.
    """
    row = fetch(officer, "change-people", PersonRow.objects.all(), who=who)
    with transaction.atomic():
        RoleRow.objects.filter(who=who).delete()
        row.delete()


def _read(officer: object, who: str, form: Mapping[str, str]) -> Person:
    operation = Operation.objects.first()
    if operation is not None and operation.closed_at is not None:
        raise OperationClosed
    person = read_person(who, form)
    if not UnitRow.objects.filter(unit=person.unit).exists():
        raise PersonRefused({"unit": "Pilih satuannya. / Choose the unit."})
    if not may(officer, "change-people", unit=person.unit):
        raise PermissionDenied("change-people")
    return person


def as_row(person: Person) -> PersonRow:
    """A person as a row."""
    return PersonRow(
        who=person.who,
        name=person.name,
        rank=person.rank,
        nrp=person.nrp,
        unit=person.unit,
        agency=person.agency,
        skills=list(person.skills),
        phone=person.phone,
        home_district=person.home_district,
        leave=[[one.first.isoformat(), one.last.isoformat()] for one in person.leave],
    )

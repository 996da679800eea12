"""People from lists that offices have: read row by row, looked at, then entered; bad rows named, good rows taken."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db import transaction

from kawal.command.people import PersonRefused, read_person
from kawal.election.lists.names import name_key
from kawal.election.lists.problems import RowProblem
from kawal.guard.roster.lists import NamedPerson, NoSuchColumns, read_people
from kawal.guard.roster.problem import DAY, HOUR, Span
from kawal_server import clock
from kawal_server.accounts.access import may, within_reach
from kawal_server.accounts.models import Officer
from kawal_server.actions.keep_people import OperationClosed, as_row, new_who, people_within_reach
from kawal_server.actions.open_lists import ListRefused, open_list
from kawal_server.store.models import ContingentLine, ListDraft, Operation, PersonRow, PlannedPersonRow, UnitRow

KIND = "people"
_HOURS = {"Asia/Makassar": 8, "Asia/Jayapura": 9}


class NothingHandedIn(ValueError):
    """There is no list to look at."""

    def __init__(self) -> None:
        super().__init__(
            "Belum ada berkas. Pilih berkas, lalu unggah. / There is no file yet. Choose one, then upload."
        )


class ListChanged(ValueError):
    """Somebody else handed a list in meanwhile."""

    def __init__(self) -> None:
        super().__init__(
            "Daftarnya sudah berganti sejak Anda lihat. Periksa lagi. / The list changed since you looked. Look again."
        )


@dataclass(frozen=True)
class LookedPerson:
    """A row that can be taken. is_known: the NRP is somebody's already, who is then changed."""

    row_number: int
    row: PersonRow
    about: PlannedPersonRow
    is_known: bool


@dataclass(frozen=True)
class Looked:
    """A list as it was read. mark: which upload it is."""

    file_name: str
    mark: str
    people: tuple[LookedPerson, ...]
    problems: tuple[RowProblem, ...]


def hand_in(officer: Officer, file_name: str, content: bytes) -> None:
    """Keep a file to look at, for this officer alone. Raises: ListRefused, NoSuchColumns, OperationClosed."""
    operation = Operation.objects.first()
    if operation is not None and operation.closed_at is not None:
        raise OperationClosed
    _read(officer, content)
    kept = {"file_name": file_name[:200], "content": content, "by": officer.username, "at": clock.now()}
    ListDraft.objects.update_or_create(kind=KIND, state="preview", defaults=kept)


def look(officer: Officer) -> Looked:
    """What the file says. Raises: NothingHandedIn, ListRefused, NoSuchColumns."""
    draft = _draft(officer)
    people, problems = _read(officer, bytes(draft.content))
    return Looked(draft.file_name, f"{draft.pk}-{draft.at}", tuple(people), tuple(problems))


def accept(officer: Officer, mark: str) -> int:
    """Enter everybody of the list who could be read, and forget the file; gives how many.

    Raises: NothingHandedIn, ListChanged, ListRefused, NoSuchColumns.
    """
    with transaction.atomic():
        looked = look(officer)
        if looked.mark != mark:
            raise ListChanged
        for one in looked.people:
            one.row.save()
            if one.about.contingent or one.about.exclusions:
                one.about.save()
        discard(officer)
    return len(looked.people)


def discard(officer: Officer) -> None:
    """Forget the file."""
    ListDraft.objects.filter(kind=KIND, state="preview", by=officer.username).delete()


def _draft(officer: Officer) -> ListDraft:
    draft = ListDraft.objects.filter(kind=KIND, state="preview", by=officer.username).first()
    if draft is None:
        raise NothingHandedIn
    return draft


def _read(officer: Officer, content: bytes) -> tuple[list[LookedPerson], list[RowProblem]]:
    operation = Operation.objects.first()
    zone = operation.zone if operation is not None else "Asia/Jakarta"
    lent = list(within_reach(officer, "change-people", ContingentLine.objects.all()))
    lent_people = PersonRow.objects.filter(unit__in={one.origin for one in lent})
    known = {row.nrp: row for row in (*people_within_reach(officer), *lent_people) if row.nrp}
    # An id for looking only: whoever is new gets a true one when the row is made.
    read = read_people(
        open_list(content),
        lambda nrp, _name: known[nrp].who if nrp in known else new_who(),
        zone=zone,
        year=datetime.fromtimestamp(clock.now(), UTC).year,
    )
    units = _units()
    taken, problems = [], list(read.problems)
    for one in read.rows:
        made = _looked(officer, one, units, known, lent, zone_hours=_HOURS.get(zone, 7))
        if isinstance(made, RowProblem):
            problems.append(made)
        else:
            taken.append(made)
    return taken, sorted(problems, key=lambda one: one.row_number)


def _units() -> Mapping[str, str]:
    """Every way to write a unit -> its id."""
    rows = list(UnitRow.objects.all())
    return {name_key(one.name).lower(): one.unit for one in rows} | {
        name_key(one.unit).lower(): one.unit for one in rows
    }


def _looked(
    officer: Officer,
    one: NamedPerson,
    units: Mapping[str, str],
    known: Mapping[str, PersonRow],
    lent: Sequence[ContingentLine],
    *,
    zone_hours: int,
) -> LookedPerson | RowProblem:
    person = one.person
    unit = units.get(name_key(person.unit).lower())
    if unit is None:
        said = person.unit or "—"
        return _problem(
            one,
            f"Satuan {said} tidak dikenal. Tulis kode atau namanya seperti di Operasi, bagian Satuan.",
            f"The unit {said} is not known. Write its code or name as it stands under Operation, Units.",
        )
    contingent = next((c for c in lent if person.contingent in (c.name, c.number) and c.origin == unit), None)
    if person.contingent and contingent is None:
        return _problem(
            one,
            f"Kontingen {person.contingent} tidak dikenal. Tulis nomor sprin BKO-nya seperti di BKO.",
            f"The contingent {person.contingent} is not known. Write the number of its order as it stands under BKO.",
        )
    if not may(officer, "change-people", unit=unit) and contingent is None:
        return _problem(one, f"{unit} di luar wewenang Anda.", f"{unit} is beyond your reach.")
    before = known.get(one.nrp)
    form = {
        "name": one.name,
        "rank": person.rank,
        "nrp": one.nrp,
        "unit": unit,
        "agency": person.agency,
        "skills": ",".join(sorted(person.skills)),
        "phone": before.phone if before is not None else "",
        "home_district": person.home[:6],
    }
    try:
        row = as_row(read_person(person.who, form))
    except PersonRefused as refused:
        says_id, _, says_en = next(iter(refused.fields.values())).partition(" / ")
        return _problem(one, says_id, says_en)
    row.leave = _leave([*(before.leave if before is not None else [])], person.leave, zone_hours)
    about = PlannedPersonRow(
        who=person.who,
        contingent=contingent.name if contingent is not None else "",
        exclusions=sorted(person.exclusions)[:50],
    )
    return LookedPerson(one.row_number, row, about, before is not None)


def _leave(before: list[list[str]], spans: Sequence[Span], zone_hours: int) -> list[list[str]]:
    days = [
        [_day(span.starts, zone_hours), _day(span.ends - DAY, zone_hours)] for span in spans
    ]  # fmt: skip
    return sorted([*before, *(one for one in days if one not in before)])


def _day(at: int, zone_hours: int) -> str:
    return (datetime.fromtimestamp(at, UTC) + timedelta(seconds=zone_hours * HOUR)).date().isoformat()


def _problem(one: NamedPerson, says_id: str, says_en: str) -> RowProblem:
    return RowProblem(one.row_number, "", "error", says_id, says_en)


__all__ = ["ListRefused", "Looked", "NoSuchColumns", "accept", "discard", "hand_in", "look"]

"""The command of the demonstration: units of its area, the stages of 2024, and invented people, marked DEMO.

People are made for the opaque ids that the played logs enrol, so that whoever stands guard there has a name here.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import TYPE_CHECKING

from kawal.command.roles import Role
from kawal.command.stages import Stage, on_days, usual_stages
from kawal.ledger.event import read_event

if TYPE_CHECKING:
    from kawal_server.store.models import Operation, PersonRow

CALENDAR_2024: dict[str, tuple[date, date]] = {
    # PKPU 2/2024: nomination until the candidates are determined, and the campaign.
    "pencalonan": (date(2024, 8, 27), date(2024, 9, 22)),
    "kampanye": (date(2024, 9, 25), date(2024, 11, 23)),
    # Played: boxes are sealed from the 20th, and leave the warehouse from the 24th.
    "distribusi": (date(2024, 11, 20), date(2024, 11, 26)),
    # Results announced by 16 December; the court's rulings ended on 24 February 2025.
    "penetapan": (date(2024, 12, 6), date(2024, 12, 16)),
    "phpu": (date(2024, 12, 18), date(2025, 2, 24)),
}
"""What follows from no offset; the re-vote and the inauguration are left without dates, as somebody would find them."""
_FIRST = ("Yohanes", "Maria", "Petrus", "Agustinus", "Kristina", "Dominikus", "Yosef", "Elisabet", "Paulus", "Rosalia")
_LAST = ("Contoh", "Misal", "Umpama", "Teladan", "Peraga", "Latihan", "Simulasi", "Tiruan", "Rekaan", "Bayangan")
_RANKS = {
    "guard": ("Bripda", "Briptu", "Brigpol", "Bripka"),
    "escort": ("Aipda", "Aiptu"),
    "observer": ("Aiptu", "Ipda"),
}
_LEADERS: tuple[tuple[Role, str, str], ...] = (
    ("kaops", "AKBP", ""),
    ("wakaops", "Kompol", ""),
    ("karendalops", "Kompol", ""),
    ("kasatgas", "AKP", "preventif"),
    ("kasatgas", "Iptu", "gakkum"),
)
_SKILLS = ("perahu", "p3k", "radio", "pengemudi")
LEADS, _LEADING = "danru", frozenset({"Brigpol", "Bripka"})
"""Who may lead a watch, and of which ranks."""
MARK = "(DEMO)"


@dataclass(frozen=True, slots=True)
class Enrolled:
    """What an enrolment of the played log says of a person."""

    who: str
    role: str
    unit: str
    agency: str


def lay_out_command(operation: "Operation", lines: Iterable[bytes]) -> None:
    """Give a demonstration its units, stages, task forces, people and roles, in the place of earlier ones.

    lines: the JWS of both played logs, whose enrolments name everybody.
    """
    from django.db import transaction

    from kawal_server.actions.keep_structure import make_usual_task_forces
    from kawal_server.actions.set_units import make_usual_units
    from kawal_server.store.models import PersonRow, RoleRow, StageRow

    with transaction.atomic():
        make_usual_units(operation)
        make_usual_task_forces()
        StageRow.objects.all().delete()
        StageRow.objects.bulk_create(
            StageRow(stage=one.stage, order=order, starts=one.starts, ends=one.ends)
            for order, one in enumerate(stages(operation))
        )
        leaders = [(role, about, _leader(role, rank, about, operation)) for role, rank, about in _LEADERS]
        enrolled = [one for one in {each.who: each for each in _enrolled(lines)}.values() if one.role in _FORCE_ROLES]
        RoleRow.objects.all().delete()
        PersonRow.objects.all().delete()
        PersonRow.objects.bulk_create([*(row for _, _, row in leaders), *(_person(one) for one in enrolled)])
        RoleRow.objects.bulk_create(RoleRow(role=role, who=row.who, about=about) for role, about, row in leaders)
        secretary = next((one for one in enrolled if one.role == "commander"), None)
        if secretary is not None:
            RoleRow.objects.create(role="kasetops", who=secretary.who)


def stages(operation: "Operation") -> list[Stage]:
    """The stages by the calendar of 2024, in the operation's zone."""
    return [
        on_days(one.stage, *CALENDAR_2024[one.stage], operation.zone) if one.stage in CALENDAR_2024 else one
        for one in usual_stages(date(2024, 11, 27), operation.zone)
    ]


_FORCE_ROLES = frozenset({"guard", "escort", "observer", "commander"})


def _enrolled(lines: Iterable[bytes]) -> Iterator[Enrolled]:
    for event in (read_event(line).event for line in lines):
        if event.t == "ledger.enrol":
            yield Enrolled(*(str(event.payload.get(member, "")) for member in ("who", "role", "unit", "agency")))


def _person(one: Enrolled) -> "PersonRow":
    rank = _chosen(one.who, "pangkat", _RANKS.get(one.role, ("AKP",))) if one.agency == "polri" else ""
    return _row(one.who, rank, one.unit, one.agency)


def _leader(role: Role, rank: str, about: str, operation: "Operation") -> "PersonRow":
    area = operation.area.replace(".", "").split(",")[0][:4]
    who = f"p-{sha256(f'demo|{role}|{about}|{area}'.encode()).hexdigest()[:10]}"
    return _row(who, rank, f"polres-{area}", "polri")


def _row(who: str, rank: str, unit: str, agency: str) -> "PersonRow":
    from kawal_server.store.models import PersonRow

    name = invented_name(who)
    # An NRP begins with year and month of birth: nobody is born in month 00.
    nrp = f"0000{_number(who, 'nrp') % 10_000:04d}" if agency == "polri" else ""
    skills = [_chosen(who, "kecakapan", _SKILLS)] if _number(who, "cakap") % 3 == 0 else []
    skills += [LEADS] if rank in _LEADING else []
    return PersonRow(who=who, name=name, rank=rank, nrp=nrp, unit=unit, agency=agency, skills=skills)


def invented_name(who: str) -> str:
    """A name that nobody bears, the same for the same id."""
    return f"{_chosen(who, 'depan', _FIRST)} {_chosen(who, 'belakang', _LAST)} {MARK}"


def _number(who: str, what: str) -> int:
    return int.from_bytes(sha256(f"{what}|{who}".encode()).digest()[:4])


def _chosen(who: str, what: str, many: tuple[str, ...]) -> str:
    return many[_number(who, what) % len(many)]

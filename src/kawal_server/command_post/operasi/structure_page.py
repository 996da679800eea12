"""The section Struktur: who leads, which task forces there are, and what was done, by kind of activity."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import cast

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kawal.command.activities import MODES, Mode
from kawal.command.operation import Level
from kawal.command.roles import ROLES, Assignment, Role, title, vacant
from kawal_server.accounts.access import AuthenticatedRequest, may, who_may
from kawal_server.accounts.reads import note_read
from kawal_server.actions.keep_people import people_within_reach
from kawal_server.actions.keep_structure import (
    StructureRefused,
    add_task_force,
    give_role,
    remove_task_force,
    take_role,
)
from kawal_server.command_post.operasi.guard import the_operation
from kawal_server.command_post.operasi.sections import sections
from kawal_server.command_post.templatetags.kawal import said
from kawal_server.store.models import ActivityLine, PersonRow, RoleRow, TaskForceRow

LAST_DAYS = 14


@dataclass(frozen=True, slots=True)
class Held:
    """A role and who holds it. name: "" where this reader may not know it; is_vacant: nobody holds it."""

    pk: int | None
    role: Role
    title: str
    about: str
    name: str
    is_vacant: bool


@dataclass(frozen=True, slots=True)
class Done:
    """What was done of one mode. kinds: event type and how often."""

    mode: Mode
    name: str
    count: int
    kinds: list[tuple[str, int]]


@require_safe
@who_may("see-operation")
def show_structure(request: AuthenticatedRequest) -> HttpResponse:
    """Roles, task forces and counts."""
    return _page(request)


@require_POST
@who_may("change-people")
def change(request: AuthenticatedRequest) -> HttpResponse:
    """Add or remove a task force, give a role or take it."""
    form = request.POST
    try:
        match form.get("aksi"):
            case "tambah-satgas":
                add_task_force(form.get("nama", ""), form.get("sifat", ""))
            case "hapus-satgas":
                remove_task_force(form.get("satgas", ""))
            case "beri":
                give_role(form.get("peran", ""), form.get("orang", ""), form.get("tentang", ""))
            case "lepas":
                take_role(int(number) if (number := form.get("nomor", "")).isdecimal() else 0)
            case _:
                raise StructureRefused("Tombol ini tidak dikenal. Muat ulang. / This button is unknown. Load again.")
    except StructureRefused as error:
        return _page(request, wrong=str(error), status=400)
    return HttpResponseRedirect(reverse("operasi-struktur"))


def _page(request: AuthenticatedRequest, *, wrong: str = "", status: int = 200) -> HttpResponse:
    operation = the_operation()
    level = cast("Level", operation.level) if operation is not None else "polres"
    forces, people = list(TaskForceRow.objects.all()), _people(request)
    around = {
        "sections": sections(request, "operasi-struktur"),
        "operation": operation,
        "roles": roles(level, forces, people),
        "forces": [(one, _mode_name(one.mode)) for one in forces],
        "done": done() if may(request.user, "see-guard") else None,
        "days": by_last_days() if may(request.user, "see-guard") else [],
        "role_choices": [(role, title(role, level)) for role in ROLES],
        "modes": [(mode, _mode_name(mode)) for mode in MODES],
        "people": [(one.who, f"{one.rank} {one.name}".strip()) for one in people.values()],
        "knows_people": may(request.user, "see-people"),
        "may_change": may(request.user, "change-people"),
        "wrong": said(wrong),
    }
    return render(request, "operasi/structure.html", around, status=status)


def _people(request: AuthenticatedRequest) -> dict[str, PersonRow]:
    """Those whose names this page shows: in a role, or to be chosen for one."""
    if not may(request.user, "see-people"):
        return {}
    people = {one.who: one for one in people_within_reach(request.user)}
    if people:
        note_read(request.user, "structure", len(people))
    return people


def roles(level: Level, forces: list[TaskForceRow], people: dict[str, PersonRow]) -> list[Held]:
    """Every role in order, those that nobody holds too."""
    rows = list(RoleRow.objects.all())
    names = {one.key: one.name for one in forces}
    held = [
        Held(
            row.pk,
            cast("Role", row.role),
            title(cast("Role", row.role), level),
            names.get(row.about, row.about),
            f"{person.rank} {person.name}".strip() if (person := people.get(row.who)) else "",
            False,
        )
        for row in rows
    ]
    assigned = [Assignment(cast("Role", row.role), row.who, row.about) for row in rows]
    empty = [
        Held(None, role, title(role, level), names.get(about, about), "", True)
        for role, about in vacant(assigned, names)
    ]
    return sorted([*held, *empty], key=lambda one: (ROLES.index(one.role), one.about, one.name))


def done() -> list[Done]:
    """All that was done so far, by mode."""
    kinds: dict[str, Counter[str]] = defaultdict(Counter)
    for row in ActivityLine.objects.all():
        kinds[row.mode][row.kind] += row.count
    return [
        Done(
            mode,
            _mode_name(mode),
            kinds[mode].total(),
            [(kind_name(kind), n) for kind, n in sorted(kinds[mode].items())],
        )
        for mode in MODES
    ]


def by_last_days() -> list[tuple[str, list[int]]]:
    """The last days on which anything was done, the newest first: (ISO day, count of each mode)."""
    days: dict[str, Counter[str]] = defaultdict(Counter)
    for row in ActivityLine.objects.all():
        days[row.day][row.mode] += row.count
    return [(day, [days[day][mode] for mode in MODES]) for day in sorted(days, reverse=True)[:LAST_DAYS]]


def kind_name(kind: str) -> str:
    """What counts, as people say it."""
    return {
        "guard.on": _("dinas jaga dimulai"),
        "patrol.start": _("patroli dimulai"),
        "convoy.depart": _("konvoi dikawal"),
        "command.log": _("kegiatan dicatat"),
    }.get(kind, kind)


def _mode_name(mode: str) -> str:
    return {"preemptive": _("preemtif"), "preventive": _("preventif"), "repressive": _("represif")}.get(
        mode, _("menurut kegiatannya")
    )

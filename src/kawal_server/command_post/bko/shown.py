"""Contingents as a picture: six steps from asked for to released with numbers and ages, and tasks against strength."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from kawal.command.events import STEPS, TASKS, Step
from kawal.command.sums import Part, SumCheck, check_sum
from kawal_server.command_post.places import unit_name
from kawal_server.store.models import ContingentLine, ContingentTaskLine, OwnForceRow, UnitRow

STEP_NAMES: Mapping[Step, str] = {
    "requested": gettext_noop("Diminta"),
    "approved": gettext_noop("Disetujui"),
    "sent": gettext_noop("Dikirim"),
    "arrived": gettext_noop("Tiba"),
    "tasked": gettext_noop("Bertugas"),
    "released": gettext_noop("Dilepas"),
}
TASK_NAMES: Mapping[str, str] = {
    "escort": gettext_noop("Pengawalan"),
    "hot-area": gettext_noop("Wilayah rawan"),
    "reserve": gettext_noop("Cadangan"),
}
_ODDITIES = {
    "not approved": gettext_noop("berjalan tanpa persetujuan yang tercatat"),
    "out of order": gettext_noop("langkah tercatat tidak berurutan"),
    "other origin": gettext_noop("ada langkah dengan satuan asal lain"),
    "other number": gettext_noop("ada langkah dengan nomor sprin lain"),
    "same order": gettext_noop("satuan asal dan nomor sprin sama dengan kontingen lain: tercatat dua kali?"),
    "after release": gettext_noop("ada langkah sesudah dilepas"),
}
WAITS_S = 24 * 3_600


@dataclass(frozen=True)
class Stage:
    """One step in the picture. count None: not taken, or no number named; less: fewer than the step before."""

    step: Step
    name: str
    count: int | None
    at: int | None
    less: int

    @property
    def is_taken(self) -> bool:
        """Whether somebody signed it."""
        return self.at is not None


@dataclass(frozen=True)
class Segment:
    """A stretch of the tasks' bar, in hundredths of its width."""

    task: str
    name: str
    count: int
    x: float
    width: float


@dataclass(frozen=True)
class ContingentShown:
    """One contingent. left_s: seconds until its order ends, None where nothing names an end."""

    line: ContingentLine
    stages: tuple[Stage, ...]
    segments: tuple[Segment, ...]
    tasks: tuple[ContingentTaskLine, ...]
    oddities: tuple[str, ...]
    left_s: int | None
    is_ended: bool
    waits: bool

    @property
    def idle(self) -> int:
        """How many have no task."""
        return max(0, self.line.strength - self.line.tasked)

    @property
    def is_over(self) -> bool:
        """Whether more have tasks than there are."""
        return self.line.tasked > self.line.strength and not self.is_ended

    @property
    def present(self) -> int:
        """How many of it are here to be counted: those who arrived, until they are released or their order ends."""
        return 0 if self.is_ended or self.line.arrived is None else self.line.strength

    @property
    def look(self) -> str:
        """What does not fit is grave; what waits or was not met is worth a look."""
        if self.is_over:
            return "bahaya"
        if self.oddities or self.line.unmet or self.waits:
            return "perhatian"
        if self.is_ended:
            return "keterangan"
        return "aman" if self.line.arrived is not None else "tidak diketahui"

    @property
    def state(self) -> str:
        """The furthest step in words; an order that ended sends them home without a step."""
        if self.is_ended and self.line.reached != "released":
            return _("Berakhir menurut sprin")
        return _(STEP_NAMES[cast("Step", self.line.reached)])


def shown(lines: Iterable[ContingentLine], now: int) -> list[ContingentShown]:
    """Contingents as pages show them. now: UNIX seconds."""
    many = list(lines)
    tasks: dict[str, list[ContingentTaskLine]] = {}
    for row in ContingentTaskLine.objects.filter(contingent__in=[line.name for line in many]):
        tasks.setdefault(row.contingent, []).append(row)
    return [_shown(line, tuple(tasks.get(line.name, ())), now) for line in many]


def _shown(line: ContingentLine, tasks: tuple[ContingentTaskLine, ...], now: int) -> ContingentShown:
    is_released = line.reached == "released" and line.strength == 0
    is_ended = is_released or (line.until is not None and now > line.until)
    return ContingentShown(
        line,
        tuple(_stages(line)),
        segments(tasks, line.strength),
        tasks,
        # More tasks than people is said beside the tasks themselves.
        tuple(_(_ODDITIES[one]) for one in line.oddities if one in _ODDITIES),
        None if line.until is None else line.until - now,
        is_ended,
        waits=line.reached in ("requested", "approved", "sent") and not is_ended and now - line.last_at > WAITS_S,
    )


def _stages(line: ContingentLine) -> Iterable[Stage]:
    less = {str(after): int(count) for _before, after, count, _why in line.shortfalls}
    for step in STEPS:
        at = line.times.get(step)
        # A release that names no number lets everybody go: it has its time, and no number is made up for it.
        count = (line.tasked if at is not None else None) if step == "tasked" else getattr(line, step)
        yield Stage(step, _(STEP_NAMES[step]), count, at, less.get(step, 0))


def segments(tasks: Sequence[ContingentTaskLine], strength: int) -> tuple[Segment, ...]:
    """The tasks side by side, on a bar as long as the strength, or as all tasks together where they are more."""
    counts = {task: sum(row.count for row in tasks if row.task == task) for task in TASKS}
    whole, made, start = max(strength, sum(counts.values()), 1), [], 0.0
    for task, count in counts.items():
        width = 100 * count / whole
        made.append(Segment(task, _(TASK_NAMES[task]), count, round(start, 2), round(width, 2)))
        start += width
    return tuple(made)


@dataclass(frozen=True)
class Strength:
    """All who stand ready, line by line. check: beside a total that was published, where somebody gave one."""

    parts: tuple[Part, ...]
    total: int
    check: SumCheck | None


def strength_of(contingents: Sequence[ContingentShown], stated: int | None) -> Strength:
    """The forces of one's own and every contingent that is here; two of one size from one Polda stay two."""
    own = [Part(row.name, row.count) for row in OwnForceRow.objects.order_by("id")]
    lent = [Part(name_of(one.line.origin, one.line.number), one.present) for one in contingents if one.present]
    parts = (*own, *lent)
    total = sum(part.count for part in parts)
    return Strength(parts, total, None if stated is None else check_sum(parts, stated))


def name_of(origin: str, number: str) -> str:
    """A contingent as people tell it apart: its origin and its order."""
    known = UnitRow.objects.filter(pk=origin).values_list("name", flat=True).first()
    said = known or unit_name(origin) or "—"
    return f"{said} ({number})" if number else said

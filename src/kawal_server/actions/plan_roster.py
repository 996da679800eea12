"""Ask for a roster: a draft is queued with its problem, and the post's worker plans it in a process of its own."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from kawal.guard.roster.as_json import as_json, read_plan, read_problem
from kawal.guard.roster.problem import DAY, HOUR, Roster, RosterPlan, RosterProblem, Slot, Span
from kawal.guard.roster.shifts import TEMPLATES
from kawal_server.accounts.access import fetch, may
from kawal_server.accounts.models import Officer
from kawal_server.actions.roster_problem import Asked, gather
from kawal_server.store.models import RosterDraft

MOST_DAYS = 31
MOST_SLOTS = 12_000
LEAST_SECONDS, MOST_SECONDS = 5, 600
REPLAN_SECONDS = 20
RUNS = ("queued", "running")
HAS_PLAN = ("done", "published")


class CannotPlan(ValueError):
    """Nothing can be planned from this. fields: field -> what is so and what to do, in both languages."""

    def __init__(self, fields: Mapping[str, str]) -> None:
        super().__init__("; ".join(fields.values()))
        self.fields = dict(fields)


class NotYourRoster(PermissionError):
    """The roster is another unit's."""


@dataclass(frozen=True, slots=True)
class Happened:
    """What happened after a roster was made: who is away, where more are needed, which post begins later."""

    sick: tuple[str, ...] = ()
    sick_span: Span | None = None
    post: str = ""
    more: int = 0
    more_span: Span | None = None
    late_post: str = ""
    begins: int | None = None

    @property
    def is_nothing(self) -> bool:
        """Whether nothing is asked."""
        return not (self.sick or (self.post and self.more) or self.late_post)


def ask_roster(officer: Officer, asked: Asked, *, at: int) -> RosterDraft:
    """Queue a roster of a unit. at: UNIX seconds.

    Raises: NotYourRoster, CannotPlan, kawal_server.actions.roster_rules.BadRules.
    """
    if not may(officer, "plan-roster", unit=asked.unit):
        raise NotYourRoster("Satuan ini di luar wewenang Anda. / This unit is beyond your reach.")
    _refuse_times(asked)
    gathered = gather(asked, now=at)
    _refuse_empty(gathered.problem)
    return RosterDraft.objects.create(
        made_at=at,
        by=str(officer.pk),
        unit=asked.unit,
        starts=asked.starts,
        ends=asked.ends,
        template=asked.template,
        notes=[list(one) for one in gathered.notes],
        problem=as_json(gathered.problem),
        seconds=asked.seconds,
    )


def _refuse_times(asked: Asked) -> None:
    wrong: dict[str, str] = {}
    if not asked.starts < asked.ends <= asked.starts + MOST_DAYS * DAY:
        wrong["ends"] = (
            f"Jadwal berakhir sesudah mulainya, paling lama {MOST_DAYS} hari. / "
            f"A roster ends after it starts, {MOST_DAYS} days at most."
        )
    if asked.template not in TEMPLATES:
        wrong["template"] = f"Pilih pola {', '.join(TEMPLATES)}. / Choose one of {', '.join(TEMPLATES)}."
    if not LEAST_SECONDS <= asked.seconds <= MOST_SECONDS:
        wrong["seconds"] = (
            f"Waktu mencari {LEAST_SECONDS} sampai {MOST_SECONDS} detik. / "
            f"The time to search is {LEAST_SECONDS} to {MOST_SECONDS} seconds."
        )
    if wrong:
        raise CannotPlan(wrong)


def _refuse_empty(problem: RosterProblem) -> None:
    wrong: dict[str, str] = {}
    if not problem.slots:
        wrong["posts"] = (
            "Tidak ada pos yang dapat dijadwalkan pada waktu ini. Isi satuan, ring dan masa pos di Atur pos jaga. / "
            "No post can be planned for this time. Fill unit, rings and dates under the plans of posts."
        )
    if not problem.people and not problem.forces:
        wrong["people"] = (
            "Satuan ini belum punya personel, kontingen yang tiba atau kekuatan lain. Isi di Orang, atau unggah "
            "daftarnya. / This unit has no people, no contingent that arrived and no other force. Enter or upload them."
        )
    if len(problem.slots) > MOST_SLOTS:
        wrong["ends"] = "Terlalu banyak regu jaga. Persingkat waktunya. / Too many shifts. Make it shorter."
    if wrong:
        raise CannotPlan(wrong)


def cancel_roster(officer: object, draft: int) -> RosterDraft:
    """Stop planning; what was found so far stays to be looked at. Raises: PermissionDenied, Http404."""
    row = fetch(officer, "plan-roster", RosterDraft.objects.all(), pk=draft)
    queued = RosterDraft.objects.filter(pk=draft, state="queued")
    if not queued.update(state="cancelled", is_cancelled=True, message=_CANCELLED):
        RosterDraft.objects.filter(pk=draft, state="running").update(is_cancelled=True)
    row.refresh_from_db()
    return row


_CANCELLED = "Dibatalkan sebelum mulai. / Cancelled before it began."


def ask_replan(officer: Officer, draft: int, happened: Happened, *, at: int) -> RosterDraft:
    """Queue the repair of a roster after something happened. Raises: PermissionDenied, Http404, CannotPlan."""
    row = fetch(officer, "plan-roster", RosterDraft.objects.all(), pk=draft)
    problem, roster = problem_of(row), plan_of(row).roster
    if happened.is_nothing:
        raise CannotPlan({"sick": "Tulis apa yang terjadi. / Write what happened."})
    changed = after(problem, happened)
    asked = {"now": at, "published": as_json(roster), "happened": _as_words(happened)}
    return _derived(officer, row, "replan", changed, asked, at=at)


def after(problem: RosterProblem, happened: Happened) -> RosterProblem:
    """The problem as it is after something happened. Raises: CannotPlan."""
    slots = problem.slots
    people = problem.people
    if happened.sick:
        if happened.sick_span is None or happened.sick_span.starts >= happened.sick_span.ends:
            raise CannotPlan({"sick": "Isi sejak kapan dan sampai kapan mereka sakit. / Fill from when to when."})
        unknown = set(happened.sick) - {one.who for one in people}
        if unknown:
            raise CannotPlan({"sick": f"Tidak dikenal: {', '.join(sorted(unknown))[:60]}. / Not known."})
        away = set(happened.sick)
        people = tuple(
            replace(one, leave=(*one.leave, happened.sick_span)) if one.who in away else one for one in people
        )
    if happened.post and happened.more:
        span = happened.more_span
        if happened.post not in problem.post_of or span is None or not 1 <= happened.more <= 500:
            raise CannotPlan({"more": "Pilih pos, jumlah dan waktunya. / Choose the post, the number and the time."})
        slots = tuple(
            replace(one, need=one.need + happened.more)
            if one.post == happened.post and span.meets(one.starts, one.ends)
            else one
            for one in slots
        )
    if happened.late_post:
        slots = _later(problem, slots, happened)
    return replace(problem, people=people, slots=slots)


def _later(problem: RosterProblem, slots: Sequence[Slot], happened: Happened) -> tuple[Slot, ...]:
    """A post that begins later needs nobody before: whole shifts go, so that those left keep their hours."""
    if happened.late_post not in problem.post_of or happened.begins is None:
        raise CannotPlan({"late": "Pilih pos dan waktu mulainya. / Choose the post and when it begins."})
    begins = happened.begins
    return tuple(one for one in slots if one.post != happened.late_post or one.ends > begins)


def _as_words(happened: Happened) -> dict[str, object]:
    return {
        "sick": list(happened.sick),
        "post": happened.post,
        "more": happened.more,
        "late": happened.late_post,
    }


def ask_what_if(officer: Officer, draft: int, slot: tuple[str, int, int], *, at: int) -> RosterDraft:
    """Queue the question what gives where a slot is filled by force. Raises: PermissionDenied, Http404, CannotPlan."""
    row = fetch(officer, "plan-roster", RosterDraft.objects.all(), pk=draft)
    problem, plan = problem_of(row), plan_of(row)
    found = next((one for one in problem.slots if (one.post, one.starts, one.ends) == slot), None)
    if found is None:
        raise CannotPlan({"slot": "Jam itu bukan jam jaga pos ini. / Those are no hours of this post."})
    asked = {"slot": as_json(found), "roster": as_json(plan.roster), "now": at}
    return _derived(officer, row, "what-if", problem, asked, at=at)


def _derived(
    officer: Officer, base: RosterDraft, kind: str, problem: RosterProblem, asked: dict[str, object], *, at: int
) -> RosterDraft:
    return RosterDraft.objects.create(
        made_at=at,
        by=str(officer.pk),
        hands=sorted({base.by, *base.hands}) if base.state != "published" else [],
        unit=base.unit,
        kind=kind,
        base=base.pk,
        starts=base.starts,
        ends=base.ends,
        template=base.template,
        asked=asked,
        notes=base.notes,
        problem=as_json(problem),
        seconds=REPLAN_SECONDS,
    )


def problem_of(draft: RosterDraft) -> RosterProblem:
    """The problem of a draft. Raises: CannotPlan once closing the operation has emptied it."""
    if not draft.problem:
        raise CannotPlan({"all": "Isi jadwal ini sudah dihapus. / What stood in this roster is erased."})
    return read_problem(draft.problem)


def plan_of(draft: RosterDraft) -> RosterPlan:
    """What was found. Raises: CannotPlan while there is nothing."""
    if draft.state not in HAS_PLAN or not draft.plan:
        raise CannotPlan({"all": "Jadwal ini belum selesai disusun. / This roster is not planned yet."})
    return read_plan(draft.plan)


def roster_of(draft: RosterDraft) -> Roster:
    """Who stands where; nobody while nothing was found."""
    return read_plan(draft.plan).roster if draft.plan else Roster()


def hours_of_rest(problem: RosterProblem) -> int:
    """The rest after a usual duty, in hours."""
    return problem.rules.rest_after(8 * HOUR) // HOUR

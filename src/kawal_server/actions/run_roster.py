"""The worker's part of planning: one draft after the other, in a process that reports, stops when asked, or is killed.

A step takes a moment only, so that publishing and judging go on beside it. Nothing is planned in the web process.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from kawal.guard.roster.as_json import BadProblem, as_json, read_plan, read_problem
from kawal.guard.roster.check import check
from kawal.guard.roster.explain import explain
from kawal.guard.roster.fairness import fairness
from kawal.guard.roster.fixes import fixes
from kawal.guard.roster.problem import Roster, RosterProblem
from kawal_machine.solving import Solving, SolvingFailed, Told
from kawal_server.store.models import RosterDraft

POLL_S = 0.02
MOST_TOLD = 40
"""Lines of one process that a step reads at most."""
MOST_FIXES = 20
"""Shortages whose remedies are told: each takes a few hundredths of a second at 400 people."""
LOST = (
    "Posko dimulai ulang saat jadwal ini disusun. Susun lagi. / "
    "The post was restarted while this roster was planned. Plan it again."
)
STOPPED = (
    "Dihentikan; ini yang terbaik sampai saat itu. / Stopped; this is the best there was by then.",
    (
        "Penyusun tidak berhenti pada waktunya dan dimatikan; ini hasil terakhirnya. / "
        "The planner did not stop in time and was killed; this is its last result."
    ),
)


@dataclass
class Planning:
    """Plans the queued drafts of this post, one at a time. A draft left running by a worker that died has failed."""

    _job: Solving | None = None
    _told: Iterator[Told] | None = None
    _draft: int = 0
    _has_looked: bool = field(default=False)

    def step(self) -> bool:
        """Go on for a moment; True while there is work."""
        if not self._has_looked:
            RosterDraft.objects.filter(state="running").update(state="failed", message=LOST)
            self._has_looked = True
        if self._job is None:
            return self._begin()
        return self._listen(self._job)

    def close(self) -> None:
        """Let the process end: whoever works here next calls its draft lost."""
        if self._job is not None and self._told is not None:
            self._job.kill()
            for _ in self._told:
                pass
            self._job = self._told = None

    def _begin(self) -> bool:
        draft = RosterDraft.objects.filter(state="queued").order_by("made_at", "id").first()
        # Compare and set: it may have been cancelled since it was read.
        if draft is None or not RosterDraft.objects.filter(pk=draft.pk, state="queued").update(state="running"):
            return draft is not None
        self._job = Solving(*_order(draft), draft.seconds)
        self._told, self._draft = self._job.told(POLL_S), draft.pk
        return True

    def _listen(self, job: Solving) -> bool:
        assert self._told is not None
        newest: Told | None = None
        for _ in range(MOST_TOLD):
            told = next(self._told, None)
            if told is None:
                self._end(job)
                return True
            newest = told if told.progress is not None or newest is None else newest
            if told.progress is None:
                break
        draft = RosterDraft.objects.only("is_cancelled", "progress").get(pk=self._draft)
        if draft.is_cancelled:
            job.cancel()
        if newest is not None:
            _note(draft, newest)
        return True

    def _end(self, job: Solving) -> None:
        draft = RosterDraft.objects.get(pk=self._draft)
        try:
            found = job.result()
            if draft.is_cancelled:
                draft.message = STOPPED[0]
            elif job.was_killed:
                draft.message = STOPPED[1]
            take_result(draft, found)
        except (SolvingFailed, BadProblem, NotFound) as error:
            draft.state = "cancelled" if draft.is_cancelled else "failed"
            draft.message = str(error)[:600]
        draft.save()
        # Not before it is kept: where the database is away, the next step ends it again.
        self._job = self._told = None


class NotFound(RuntimeError):
    """No roster answers what was asked, or the one found breaks a rule."""


def _order(draft: RosterDraft) -> tuple[str, dict[str, Any]]:
    """The task and what the planning process is told of it."""
    if draft.kind == "replan":
        asked = {"problem": draft.problem, "published": draft.asked["published"], "now": draft.asked["now"]}
        return "replan", asked
    if draft.kind == "what-if":
        return "what_if", {"problem": draft.problem, **draft.asked}
    return "roster", {"problem": draft.problem, "seed": 0}


def _note(draft: RosterDraft, told: Told) -> None:
    progress = dict(draft.progress) | {"seconds": round(told.seconds, 1)}
    if told.progress is not None:
        progress |= as_json(told.progress)
    if progress != draft.progress:
        RosterDraft.objects.filter(pk=draft.pk).update(progress=progress)


def take_result(draft: RosterDraft, found: dict[str, Any]) -> None:
    """Take what a process found into its draft, checked once more. Raises: NotFound, BadProblem."""
    problem = read_problem(draft.problem)
    match draft.kind:
        case "replan":
            draft.plan = found["plan"]
            draft.changes = found["changes"]
            draft.told = {"future": found["future"], "kept": found["kept"], "lost": found["lost"]}
        case "what-if":
            if found.get("roster") is None:
                raise NotFound(
                    "Tidak ada jadwal yang mengisi jam itu tanpa melanggar aturan. Minta BKO, atau ubah aturannya. / "
                    "No roster fills those hours within the rules. Ask for BKO, or change the rules."
                )
            draft.plan = found["plan"]
            draft.told = {name: found[name] for name in ("gives", "taken", "added", "extra_cost")}
        case _:
            draft.plan = found
    tell(draft, problem, read_plan(draft.plan).roster)
    if draft.checked:
        raise NotFound("; ".join(f"{one[4]} / {one[5]}" for one in draft.checked[:3]))
    draft.state = "done"
    draft.progress = {}


def tell(draft: RosterDraft, problem: RosterProblem, roster: Roster) -> None:
    """Check a roster and say what is to be said of it: breaches, shortages with the smallest fix, fairness."""
    since = int(draft.asked.get("now", 0)) if draft.kind == "replan" else 0
    # What was served before a re-plan stands as it was, whatever the leave of today says of it.
    draft.checked = [
        [b.rule, b.who, b.post, b.at, b.says_id, b.says_en] for b in check(problem, roster) if b.at >= since
    ]
    shortages = explain(problem, roster)
    draft.told = dict(draft.told) | {
        "shortages": [
            {
                "post": one.post, "starts": one.starts, "ends": one.ends, "n": one.n, "lacks": one.lacks,
                "rule": one.rule, "says": [one.says_id, one.says_en], "slot": [one.slots[0].starts, one.slots[0].ends],
                "fixes": [
                    [fix.kind, fix.says_id, fix.says_en] for fix in fixes(problem, roster, one)
                ] if at < MOST_FIXES else [],
            }
            for at, one in enumerate(shortages)
        ],
        "fairness": as_json(fairness(problem, roster)),
    }  # fmt: skip

"""The audit: read a folder, fold it, and say where every box is and what is wrong. Needs no server."""

from dataclasses import dataclass
from functools import partial
from pathlib import Path

from kawal.custody.state import Custody
from kawal.election.state import Register
from kawal.guard.state import Guard
from kawal.ledger.finding import Finding
from kawal.ledger.history import History
from kawal.sitrep.board import Board
from kawal.sitrep.judged import STEPS, judge
from kawal_cli.reading import Given, Progress, read_given
from kawal_cli.words import say

CLEAN, ALARM, UNREADABLE = 0, 1, 2


@dataclass(frozen=True, slots=True)
class Audit:
    """What one audit knows and found. notes: what could not be read, though the rest was."""

    history: History
    register: Register
    custody: Custody
    guard: Guard
    findings: tuple[Finding, ...]
    board: Board
    notes: tuple[str, ...]
    has_unreadable: bool

    @property
    def exit_code(self) -> int:
        """0 without an alarm, 1 with one, 2 where something given could not be read."""
        if self.has_unreadable:
            return UNREADABLE
        return ALARM if any(finding.severity == "alarm" for finding in self.findings) else CLEAN


def audit(folder: Path, *, at: int | None = None, as_of: int | None = None, progress: Progress | None = None) -> Audit:
    """Audit a folder. at: UNIX seconds to take as now; as_of: to know only what was witnessed by then.

    Without `at`, now is the newest witness time: of what came after it the record says nothing, so its silence is none.
    Raises: kawal_cli.reading.Unreadable.
    """
    given = read_given(folder, progress, as_of=as_of)
    return audit_given(given, at=at, progress=progress)


def audit_given(given: Given, *, at: int | None = None, progress: Progress | None = None) -> Audit:
    """Audit what was read already."""
    step = partial(progress, say("menilai", "judging")) if progress is not None else _silent
    done = judge(given.logs, given.blobs, at=at, step=lambda count: step(count, STEPS))
    history, register, custody, guard = done.history, done.register, done.custody, done.guard
    problems = (*register.problems, *guard.problems)
    absent = _absent_lists(history, given)
    unreadable = [f"{eid[:12]}: {reason}" for eid, reason in (custody.unreadable | guard.unreadable).items()]
    return Audit(
        history,
        register,
        custody,
        guard,
        done.findings,
        done.board,
        (*given.notes, *problems, *absent, *unreadable),
        any(log.problems for log in given.logs) or given.is_broken or bool(problems or absent),
    )


def _silent(_done: int, _total: int) -> None:
    """Nobody watches."""


def _absent_lists(history: History, given: Given) -> list[str]:
    """Lists of boxes that events name and no `blobs/` holds: what they say about boxes is not known."""
    named = {
        str(event.payload["mh"]): event.t
        for event in history.events
        if event.t.startswith(("custody.", "convoy.")) and isinstance(event.payload.get("mh"), str)
    }
    return [
        f"{t}: daftar {mh[:12]} tidak ada di blobs/ / the list is not in blobs/"
        for mh, t in named.items()
        if not given.blobs.holds(mh)
    ]

"""The audit: read a folder, fold it, and say where every box is and what is wrong. Needs no server."""

from dataclasses import dataclass
from functools import partial
from pathlib import Path

from kawal.custody.findings import custody_findings
from kawal.custody.state import Custody, fold_custody
from kawal.election.state import Register, fold_register
from kawal.ledger.finding import Finding, in_order
from kawal.ledger.findings import ledger_findings
from kawal.ledger.history import History, build_history
from kawal.sitrep.board import Board, draw_board
from kawal_cli.reading import Given, Progress, read_given
from kawal_cli.words import say

CLEAN, ALARM, UNREADABLE = 0, 1, 2
STEPS = 3


@dataclass(frozen=True, slots=True)
class Audit:
    """What one audit knows and found. notes: what could not be read, though the rest was."""

    history: History
    register: Register
    custody: Custody
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
    """Audit a folder. at: UNIX seconds to take as now; as_of: to know only what the log held then, and take it as now.

    Raises: kawal_cli.reading.Unreadable.
    """
    given = read_given(folder, progress, as_of=as_of)
    return audit_given(given, at=as_of if at is None else at, progress=progress)


def audit_given(given: Given, *, at: int | None = None, progress: Progress | None = None) -> Audit:
    """Audit what was read already."""
    step = partial(progress, say("menilai", "judging")) if progress is not None else _silent
    step(0, STEPS)
    history = build_history(given.logs, at=at)
    step(1, STEPS)
    register = fold_register(history, given.blobs)
    custody = fold_custody(history, register, given.blobs)
    step(2, STEPS)
    findings = in_order(
        [
            *ledger_findings(history, register.limits, zone=register.zone),
            *custody_findings(history, register, custody),
        ]
    )
    step(3, STEPS)
    board = draw_board(history, register, custody, findings)
    absent = _absent_lists(history, given)
    unreadable = [f"{eid[:12]}: {reason}" for eid, reason in custody.unreadable.items()]
    return Audit(
        history,
        register,
        custody,
        tuple(findings),
        board,
        (*given.notes, *register.problems, *absent, *unreadable),
        any(log.problems for log in given.logs) or given.is_broken or bool(register.problems or absent),
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

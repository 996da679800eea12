"""One judgement of the whole record: read logs in, and out come the boxes, the posts, the findings and the board."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from kawal.command.activities import Activity, fold_activities
from kawal.command.binding import fold_bound
from kawal.command.lapsing import Bound
from kawal.command.state import Command, fold_command
from kawal.custody.findings import custody_findings
from kawal.custody.state import Custody, fold_custody
from kawal.election.manifests import Blobs
from kawal.election.state import Register, fold_register
from kawal.guard.findings import guard_findings
from kawal.guard.state import Guard, fold_guard
from kawal.ledger.finding import Finding, in_order
from kawal.ledger.findings import ledger_findings
from kawal.ledger.history import History, build_history
from kawal.ledger.reading import LogContent
from kawal.risk.live import Incident, fold_incidents
from kawal.sitrep.board import Board, draw_board

STEPS = 3
Step = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Judgement:
    """Everything that one set of logs says."""

    history: History
    register: Register
    custody: Custody
    guard: Guard
    command: Command
    findings: tuple[Finding, ...]
    board: Board
    bound: tuple[Bound, ...] = ()
    activities: tuple[Activity, ...] = ()
    incidents: tuple[Incident, ...] = ()


def judge(
    logs: Iterable[LogContent], blobs: Blobs, *, at: int | None = None, step: Step = lambda _done: None
) -> Judgement:
    """Fold and judge. at: UNIX seconds to take as now (see `build_history`); step: told how many of STEPS are done."""
    step(0)
    history = build_history(logs, at=at)
    step(1)
    register = fold_register(history, blobs)
    custody = fold_custody(history, register, blobs)
    guard = fold_guard(history, blobs)
    command = fold_command(history)
    step(2)
    findings = in_order(
        [
            *ledger_findings(history, register.limits, zone=register.zone),
            *custody_findings(history, register, custody),
            *guard_findings(history, register, guard, is_now_known=at is not None),
        ]
    )
    step(3)
    board = draw_board(history, register, custody, findings, is_now_known=at is not None)
    return Judgement(
        history,
        register,
        custody,
        guard,
        command,
        tuple(findings),
        board,
        fold_bound(history, blobs),
        fold_activities(history),
        fold_incidents(history, register.site_area),
    )

"""Close the operation after the last ruling: see that nothing stands in the way, tell the log, erase, say what remains.

The archives are written and verified between these steps by `kawal close` (kawal_cli/closing.py), which needs no post
to do so. Every step may be repeated.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kawal.command.ending import in_the_way
from kawal.command.state import is_police_command
from kawal.ledger.event import read_event
from kawal.ledger.finding import Says
from kawal.ledger.log_of import LOG_NAMES, PENGAMANAN
from kawal_server.actions.bound_things import boxes_at
from kawal_server.actions.counting import counting
from kawal_server.actions.erase_personal import Erased, erase_personal, is_erased, rows_left, squeeze
from kawal_server.actions.open_operation import NoOperation
from kawal_server.actions.sign_command import tell_command
from kawal_server.actions.work import Worker
from kawal_server.store.models import Operation
from kawal_server.store.opened import the_store
from kawal_server.store.stages import the_bound, the_stages

ABOUT = "operation:closed"
NOTE = "Operasi ditutup: arsip untuk KPU dan Bawaslu dibuat, data pribadi di posko dihapus."


class CannotClose(RuntimeError):
    """The operation cannot be closed yet. ways: what stands in the way, each by its name."""

    def __init__(self, ways: Iterable[Says]) -> None:
        self.ways = tuple(ways)
        super().__init__("; ".join(f"{one.id} / {one.en}" for one in self.ways))


@dataclass(frozen=True, slots=True)
class Remains:
    """What is still there. rows: by table; leaves, enrolled, people: by log: events, enrolments, opaque ids in them."""

    rows: Mapping[str, int]
    leaves: Mapping[str, int]
    enrolled: Mapping[str, int]
    people: Mapping[str, int]


def refuse_open(*, now: int) -> Operation:
    """Give the operation if it may be closed, judged anew first. Raises: CannotClose, NoOperation."""
    operation = Operation.objects.first()
    if operation is None or operation.opened_at is None:
        raise NoOperation
    if operation.is_demo:
        raise CannotClose([Says("Ini peragaan: hapus saja foldernya.", "This is a demonstration: delete its folder.")])
    if operation.closed_at is not None:
        return operation
    worker = Worker()
    try:
        worker.tell(is_due=True)
    finally:
        worker.close()
    ways = in_the_way(the_stages(), the_bound(), now=now, boxes_at=boxes_at(), zone=operation.zone)
    if ways:
        raise CannotClose(ways)
    return operation


def publish_end(*, now: int) -> bool:
    """Tell the log, once, that the operation ends, and publish both logs. False where Polri's key lies elsewhere.

    Raises: kawal_server.actions.admin_chain.NotTaken.
    """
    is_told = _is_told() or tell_command(NOTE, ABOUT, at=now)
    worker = Worker()
    try:
        worker.publish(now)
    finally:
        worker.close()
    return is_told


def _is_told() -> bool:
    said = counting(PENGAMANAN, "command.log")
    return any(event.payload.get("about") == ABOUT and is_police_command(speaker) for event, speaker in said)


def erase_and_mark(operation: Operation, *, now: int) -> list[Erased]:
    """Erase all personal data for good, and mark the operation closed; twice is once."""
    erased = erase_personal()
    if operation.closed_at is None:
        operation.closed_at = now
        operation.save(update_fields=["closed_at"])
    squeeze()
    return erased


def remains() -> Remains:
    """What the tables and the logs still hold: ids that say nothing, and commitments whose salts are gone."""
    enrolments = {
        log: [read_event(leaf.jws).event for leaf in the_store().leaves_of(log, "ledger.enrol")] for log in LOG_NAMES
    }
    own = {log: [one for one in many if one.t == "ledger.enrol"] for log, many in enrolments.items()}
    return Remains(
        rows_left(),
        {log: the_store().head(log).size for log in LOG_NAMES},
        {log: len(many) for log, many in own.items()},
        {log: len({str(one.payload.get("who")) for one in many}) for log, many in own.items()},
    )


__all__ = ["CannotClose", "Erased", "Remains", "erase_and_mark", "is_erased", "publish_end", "refuse_open", "remains"]

"""The three events of an incident, folded from a log: what is open, how grave, where, and since when."""

import pytest

from kawal.ledger.reading import LogReader
from kawal.risk.live import Incident, fold_incidents
from kawal.sitrep.judged import judge
from tests.mission.custody.operation import HOUR, PPK_SITE, VOTE, Memory, Operation

AREAS = {PPK_SITE: "530305"}


@pytest.fixture
def operation() -> Operation:
    return Operation()


def folded(operation: Operation) -> tuple[Incident, ...]:
    reader = LogReader("pengamanan")
    for line in operation.lines:
        reader.take(line)
    done = judge([reader.finish()], Memory(operation.blobs), at=VOTE + 24 * HOUR)
    again = fold_incidents(done.history, lambda site: AREAS.get(site, ""))
    assert {one.eid for one in again} == {one.eid for one in done.incidents}
    return again


def report(operation: Operation, at: int = VOTE, **members: object) -> str:
    said = {"level": "threshold", "origin": "external", "kind": "crowd", "about": PPK_SITE, **members}
    return operation.say(operation.guard, "incident.report", at, **said)


def test_a_report_is_an_open_incident_at_its_place(operation: Operation) -> None:
    eid = report(operation)
    assert folded(operation) == (Incident(eid, "threshold", "crowd", PPK_SITE, "530305", VOTE),)  # type: ignore[arg-type]


def test_anyone_may_raise_it_and_only_the_command_lowers_or_ends_it(operation: Operation) -> None:
    commander = operation.device("commander", "polres-5303", agency="polri")
    eid = report(operation)
    operation.say(operation.guard, "incident.update", VOTE + 60, of=eid, level="actual")
    operation.say(operation.guard, "incident.update", VOTE + 120, of=eid, level="potential")
    operation.say(operation.guard, "incident.close", VOTE + 180, of=eid, why="bubar")
    assert [(one.level, one.closed_at) for one in folded(operation)] == [("actual", None)]
    operation.say(commander, "incident.update", VOTE + 240, of=eid, level="potential")
    operation.say(commander, "incident.close", VOTE + HOUR, of=eid, why="bubar")
    operation.say(commander, "incident.close", VOTE + 2 * HOUR, of=eid, why="bubar lagi")
    assert [(one.level, one.closed_at) for one in folded(operation)] == [("potential", VOTE + HOUR)]


@pytest.mark.parametrize(
    ("about", "area"),
    [
        ("BUP-5303052001003", "5303052001003"),
        ("PPK-530305-1", "530305"),
        ("ppk-530308", "530308"),
        ("530308", "530308"),
        ("konvoi kedua", ""),
        ("", ""),
    ],
)
def test_the_place_is_read_from_what_it_is_about(operation: Operation, about: str, area: str) -> None:
    report(operation, about=about)
    assert folded(operation)[0].area == area


def test_an_event_of_another_shape_takes_nothing_down(operation: Operation) -> None:
    report(operation, level=7, about=["x"], kind=None)
    operation.say(operation.guard, "incident.update", VOTE + 60, of="no-such-report", level="actual")
    found = folded(operation)
    assert [(one.level, one.kind, one.area) for one in found] == [("potential", "", "")]

"""What must hold of any record: arrival never matters, twice is once, and less evidence never looks safer."""

from collections.abc import Callable
from functools import cache
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kawal.ledger.event import read_event
from kawal.sitrep.board import Look
from kawal_cli.audit import Audit
from tests.mission.custody.operation import (
    BOX,
    DAY,
    HOUR,
    OTHER,
    PPK_SITE,
    PPS_SITE,
    STORE,
    TPS,
    VOTE,
    Operation,
    journey,
)

LOOKS_SAFE: tuple[Look, ...] = ("aman", "perhatian")


def plain() -> Operation:
    """A whole clean journey, from the station to the store, with a pleno between."""
    operation = Operation()
    operation.places()
    operation.expect([BOX, OTHER])
    journey(operation, [BOX, OTHER])
    operation.count(operation.ppk, [BOX, OTHER], VOTE + 22 * HOUR, site=PPK_SITE)
    for number, (election, box) in enumerate((("GUB", BOX), ("BUP", OTHER))):
        opens = VOTE + DAY + (8 + 4 * number) * HOUR
        about = {"level": "district", "area": "530305", "election": election}
        operation.say(operation.observer, "pleno.open", opens, **about)
        present = ["ppk", "pps", "supervisor", "witness"]
        operation.say(
            operation.ppk, "custody.open", opens + HOUR, boxes=[box], why="pleno", present=present, site=PPK_SITE
        )
        seals = [{"k": "tie", "s": f"R{number}", "n": 1}]
        operation.seal(operation.ppk, box, opens + 2 * HOUR, seals, site=PPK_SITE)
        operation.say(operation.observer, "pleno.close", opens + 3 * HOUR, **about)
    operation.hand_over(operation.ppk, operation.kpu, [BOX, OTHER], opens + 6 * HOUR, site=STORE)
    operation.count(operation.kpu, [BOX, OTHER], opens + 8 * HOUR, site=STORE)
    return close(operation, opens + 9 * HOUR)


def troubled() -> Operation:
    """The same night with wrong seals, a box two phones never passed on, and a box reported burned."""
    operation = Operation()
    operation.places()
    third = BOX.replace("GUB", "WAKO")
    operation.expect([BOX, OTHER, third])
    journey(operation, [BOX, OTHER, third])
    operation.check(operation.guard, BOX, VOTE + 21 * HOUR, site=PPK_SITE, seals=[{"k": "tie", "s": "ZZ", "n": 1}])
    operation.offer(operation.ppk, operation.kpu, [OTHER], VOTE + 22 * HOUR, site=STORE)
    operation.say(operation.guard, "custody.state", VOTE + 22 * HOUR, box=third, is_="destroyed")
    operation.check(operation.guard, BOX, VOTE + 23 * HOUR, site=PPK_SITE)
    return close(operation, VOTE + 24 * HOUR)


def close(operation: Operation, at: int) -> Operation:
    """Every phone signs the head of its chain at the end of its shift."""
    for device in (operation.kpps, operation.pps, operation.ppk, operation.kpu, operation.escort, operation.guard,
                   operation.panwas, operation.observer):  # fmt: skip
        operation.say(device, "ledger.head", at, n=device.seq, eid=device.head)
    return operation


def said(audit: Audit) -> tuple[list[dict[str, object]], list[tuple[str, str, str | None, str]]]:
    """Everything an audit says, but for what is only about when the server took events in."""
    findings = [one.as_json() for one in audit.findings if one.code != "ledger.late"]
    return findings, [(line.box, line.holder, line.site, line.look) for line in audit.board.lines]


@cache
def made(build: Callable[[], Operation]) -> Operation:
    return build()


@pytest.mark.parametrize("build", [plain, troubled])
@given(seed=st.integers(0, 2**32))
@settings(max_examples=25)
def test_any_order_of_arrival_gives_the_same_state_and_findings(build: Callable[[], Operation], seed: int) -> None:
    operation = made(build)
    at = VOTE + 3 * DAY
    shuffled = operation.lines[:1] + Random(seed).sample(operation.lines[1:], len(operation.lines) - 1)
    assert said(operation.audit(at=at, lines=shuffled)) == said(operation.audit(at=at))


@pytest.mark.parametrize("build", [plain, troubled])
def test_handing_everything_in_twice_changes_nothing(build: Callable[[], Operation]) -> None:
    operation = made(build)
    at = VOTE + 3 * DAY
    twice = [line for line in operation.lines for _ in range(2)]
    assert said(operation.audit(at=at, lines=twice)) == said(operation.audit(at=at))


def removals(operation: Operation) -> list[int]:
    """Every event that is not the last of its device's chain."""
    events = [read_event(line).event for line in operation.lines]
    last = {event.kid: event.seq for event in events}
    return [number for number, event in enumerate(events) if event.seq < last[event.kid]]


@pytest.mark.parametrize("build", [plain, troubled])
def test_removing_any_event_of_a_chain_but_its_last_is_seen(build: Callable[[], Operation]) -> None:
    operation = made(build)
    events = [read_event(line).event for line in operation.lines]
    for number in removals(operation):
        audit = operation.audit(lines=operation.lines[:number] + operation.lines[number + 1 :])
        shown = {(one.code, one.subject) for one in audit.findings}
        # Without its enrolment a device counts for nothing, and without the genesis nobody does: louder than a gap.
        is_seen = ("ledger.chain-gap", events[number].kid) in shown or any(
            code == "ledger.unenrolled" for code, _ in shown
        )
        assert is_seen, events[number]


@pytest.mark.parametrize("build", [plain, troubled])
def test_removing_an_accept_yields_a_gap_or_a_one_sided_hand_over(build: Callable[[], Operation]) -> None:
    operation = made(build)
    for number, line in enumerate(operation.lines):
        event = read_event(line).event
        if event.t != "custody.accept":
            continue
        rest = operation.lines[:number] + operation.lines[number + 1 :]
        found = {(one.code, one.subject) for one in operation.audit(at=VOTE + 3 * DAY, lines=rest).findings}
        assert {("custody.gap", BOX), ("custody.one-sided", BOX)} & found


@pytest.mark.parametrize("build", [plain, troubled])
def test_removing_any_single_event_never_makes_a_box_look_safer(build: Callable[[], Operation]) -> None:
    operation = made(build)
    at = VOTE + 2 * DAY
    before = {line.box: line.look for line in operation.audit(at=at).board.lines}
    for number, line in enumerate(operation.lines):
        rest = operation.lines[:number] + operation.lines[number + 1 :]
        after = {one.box: one.look for one in operation.audit(at=at, lines=rest).board.lines}
        for box, look in before.items():
            if look not in LOOKS_SAFE:
                assert after.get(box) not in LOOKS_SAFE, (read_event(line).event, box)


def test_the_plain_journey_is_clean_and_the_troubled_one_is_not() -> None:
    assert made(plain).audit().findings == ()
    looks = {line.box: line.look for line in made(plain).audit().board.lines}
    assert looks == {BOX: "aman", OTHER: "aman"}
    assert {one.code for one in made(troubled).audit(at=VOTE + 2 * DAY).findings} >= {
        "custody.seal-mismatch",
        "custody.one-sided",
    }


def test_a_box_seen_by_nobody_is_unknown_and_never_safe() -> None:
    operation = Operation()
    operation.expect([BOX])
    operation.seal(operation.kpps, OTHER, VOTE, site=TPS)
    (line,) = [line for line in operation.audit().board.lines if line.box == BOX]
    assert (line.look, line.place, line.holder) == ("tidak diketahui", "tidak diketahui", "")


def test_a_box_unseen_for_over_a_day_is_no_longer_safe() -> None:
    operation = Operation()
    operation.places()
    operation.expect([BOX])
    operation.seal(operation.kpps, BOX, VOTE)
    assert [line.look for line in operation.audit(at=VOTE + DAY).board.lines] == ["aman"]
    assert [line.look for line in operation.audit(at=VOTE + DAY + 1).board.lines] == ["tidak diketahui"]


def test_events_that_arrive_two_days_late_land_where_they_belong() -> None:
    operation = Operation()
    operation.places()
    operation.expect([BOX])
    operation.seal(operation.kpps, BOX, VOTE)
    start = len(operation.lines)
    operation.hand_over(operation.kpps, operation.pps, [BOX], VOTE + HOUR, site=PPS_SITE)
    late = operation.lines[start:]
    operation.hand_over(operation.pps, operation.ppk, [BOX], VOTE + 3 * HOUR, site=PPK_SITE)
    without = [line for line in operation.lines if line not in late]
    assert "custody.gap" in {one.code for one in operation.audit(lines=without).findings}
    arrived = operation.audit(lines=without + late)
    assert {one.code for one in arrived.findings} <= {"ledger.late"}
    assert arrived.custody.boxes[BOX].holder == operation.ppk.unit

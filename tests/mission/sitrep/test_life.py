"""The life line of a box: hand-overs put together, in the order in which things happened, whatever came in first."""

from collections.abc import Sequence
from random import Random

import pytest

from kawal.custody.naming import NoBlobs
from kawal.ledger.devices import read_devices
from kawal.ledger.event import read_event
from kawal.ledger.order import Interval
from kawal.sitrep.life import LifeStep, Trace, tell_life
from tests.mission.custody.operation import BOX, HOUR, PPK_SITE, PPS_SITE, VOTE, Memory, Operation, journey

LEDGER = ("ledger.genesis", "ledger.enrol")


def traces(operation: Operation) -> list[Trace]:
    events = [(index, read_event(line).event) for index, line in enumerate(operation.lines)]
    return [Trace("kotak", index, event) for index, event in events if not event.t.startswith((*LEDGER, "register."))]


def told(operation: Operation, found: Sequence[Trace] | None = None) -> tuple[LifeStep, ...]:
    devices = read_devices(read_event(line).event for line in operation.lines)
    return tell_life(BOX, traces(operation) if found is None else found, {"kotak": devices}, Memory(operation.blobs))


def test_the_plain_journey_is_three_steps_with_the_right_parts() -> None:
    operation = Operation()
    journey(operation)
    sealed, first, second = told(operation)
    assert (sealed.t, sealed.seals_before, sealed.seals) == ("custody.seal", "", "J0A, J0B")
    assert [one.part for one in first.signed] == ["giver", "receiver", "close", "attest", "attest"]
    assert [one.speaker.role for one in second.signed[:3]] == ["pps", "ppk", "pps"]
    assert {one.speaker.role for one in second.of_part("attest")} == {"escort", "supervisor"}
    assert {step.answer for step in (first, second)} == {"ok"}
    assert {step.grade for step in (first, second)} == {"dua ponsel"}
    assert first.seals_before == "J0A, J0B"


def test_the_order_in_which_events_came_in_does_not_matter() -> None:
    operation = Operation()
    journey(operation)
    found = traces(operation)
    Random(3).shuffle(found)
    assert told(operation, found) == told(operation)


def test_an_answer_whose_offer_has_not_come_stands_alone() -> None:
    operation = Operation()
    offer, _ = operation.hand_over(operation.kpps, operation.pps, [BOX], VOTE + HOUR, site=PPS_SITE)
    without = [one for one in traces(operation) if one.event.eid != offer]
    steps = told(operation, without)
    assert steps[0].t == "custody.accept"
    assert steps[0].of_part("signer")
    assert steps[0].of_part("close")


@pytest.mark.parametrize(
    ("res", "diff", "answer", "seals", "differences"),
    [
        ("ok", [], "ok", "", ()),
        ("no", [], "no", "", ()),
        ("diff", [[BOX, "missing"]], "diff", "", ("missing",)),
        ("diff", [[BOX, "seal", ["X1"]]], "diff", "X1", ("seal",)),
        ("diff", [["GUB-OTHER", "seal", ["X1"]]], "diff", "", ()),
    ],
)
def test_the_receivers_answer_is_told_for_this_box(
    res: str, diff: list[object], answer: str, seals: str, differences: tuple[str, ...]
) -> None:
    operation = Operation()
    offer = operation.offer(operation.kpps, operation.pps, [BOX], VOTE + HOUR, site=PPS_SITE)
    operation.accept(operation.pps, offer, VOTE + HOUR + 60, site=PPS_SITE, res=res, diff=diff)
    (step,) = told(operation)
    assert (step.answer, step.seals, step.differences) == (answer, seals, differences)


def test_an_offer_that_nobody_answered_waits_and_one_that_was_withdrawn_says_so() -> None:
    operation = Operation()
    offer = operation.offer(operation.kpps, operation.pps, [BOX], VOTE + HOUR, site=PPS_SITE)
    assert told(operation)[0].answer == ""
    operation.say(operation.kpps, "custody.void", VOTE + 2 * HOUR, of=offer, why="uji")
    (step,) = told(operation)
    assert (step.answer, [one.part for one in step.signed]) == ("void", ["giver", "void"])


def test_seals_are_compared_with_those_on_record_until_the_box_is_opened() -> None:
    operation = Operation()
    operation.seal(operation.kpps, BOX, VOTE)
    same = [{"k": "tie", "s": "T2", "n": 1}, {"k": "tie", "s": "T1", "n": 1}]
    operation.check(operation.kpps, BOX, VOTE + 1, site=PPS_SITE, seals=same)
    operation.check(operation.kpps, BOX, VOTE + 2, site=PPS_SITE, seals=same[:1])
    operation.check(operation.kpps, BOX, VOTE + 3, site=PPS_SITE)
    operation.say(operation.kpps, "custody.open", VOTE + 4, boxes=[BOX], why="pleno", site=PPS_SITE)
    operation.check(operation.kpps, BOX, VOTE + 5, site=PPS_SITE, seals=same)
    assert [step.is_matching for step in told(operation)] == [None, True, False, None, None, None]


def test_the_word_of_a_device_that_nobody_enrolled_is_shown_as_such() -> None:
    operation = Operation()
    stranger = operation.device("kpps", "kpps-5303052001009", is_confirmed=False)
    operation.check(stranger, BOX, VOTE + HOUR, site=PPS_SITE)
    operation.check(operation.kpps, BOX, VOTE + 2 * HOUR, site=PPS_SITE)
    first, second = told(operation)
    assert first.first.standing == "unenrolled"
    assert second.first.standing == "good"


def test_a_false_clock_is_held_inside_what_can_be_proven() -> None:
    operation = Operation()
    operation.check(operation.ppk, BOX, VOTE + 9 * HOUR, site=PPK_SITE)
    (trace,) = traces(operation)
    bounded = Trace("kotak", trace.index, trace.event, Interval(VOTE, VOTE + HOUR))
    (step,) = told(operation, [bounded])
    assert step.first.at == VOTE + HOUR


def test_members_of_any_shape_stop_nothing() -> None:
    operation = Operation()
    operation.say(operation.kpps, "custody.seal", VOTE, box=BOX, seals="T1", why=["x"], note=7, ph={"a": 1})
    operation.say(operation.kpps, "custody.offer", VOTE + 1, what="box", to=3, items=[[BOX]], n="2", site=9)
    operation.say(operation.kpps, "custody.accept", VOTE + 2, of=[1, None], res="maybe", diff=[["x"]])
    operation.say(operation.kpps, "custody.count", VOTE + 3, mh="not a hash", n=3)
    assert [step.t for step in told(operation)] == [
        "custody.seal",
        "custody.offer",
        "custody.accept",
        "custody.count",
    ]


def test_a_list_that_has_not_come_gives_its_number() -> None:
    operation = Operation()
    named = operation.blob(b"box,seals\nGUB-1,\n")
    operation.say(operation.kpps, "custody.count", VOTE, mh=named, n=1, site=PPS_SITE)
    devices = read_devices(read_event(line).event for line in operation.lines)
    (step,) = tell_life(BOX, traces(operation), {"kotak": devices}, NoBlobs())
    assert step.count == 1

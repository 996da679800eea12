"""Whatever steps anybody signs: a contingent is never less than nobody, and saying all of it again changes nothing."""

from hypothesis import given
from hypothesis import strategies as st

from kawal.command.contingents import Contingent, StepTaken
from kawal.command.events import STEPS, TASKS, BkoStepped
from kawal.ledger.event import Eid

COUNTS = st.none() | st.integers(0, 500)
NAMES = st.sampled_from(["", "polda-64", "brimob-64"])


@st.composite
def taken(draw: st.DrawFn) -> StepTaken:
    step = draw(st.sampled_from(STEPS))
    task = draw(st.sampled_from(TASKS)) if step == "tasked" else None
    until = draw(st.none() | st.integers(0, 1_000))
    said = BkoStepped("bko-a", step, draw(COUNTS), draw(NAMES), draw(NAMES), task, draw(NAMES), until, "")
    return StepTaken(Eid("e"), draw(st.integers(0, 1_000)), said)


STORY = st.lists(taken(), min_size=1, max_size=12)


@given(STORY)
def test_there_is_never_less_than_nobody(steps: list[StepTaken]) -> None:
    one = Contingent("bko-a", steps)
    assert min(one.strength, one.unmet, *(share.count for share in one.shares), 0) == 0
    assert all(share.count > 0 for share in one.shares)
    assert all(fall.count for fall in one.shortfalls)


@given(STORY)
def test_what_is_said_again_changes_nothing(steps: list[StepTaken]) -> None:
    once, again = Contingent("bko-a", steps), Contingent("bko-a", [*steps, *steps])
    for member in ("origin", "number", "receiver", "reached", "strength", "shares", "shortfalls", "unmet", "oddities"):
        assert getattr(once, member) == getattr(again, member)


@given(STORY, st.integers(0, 2_000))
def test_nobody_is_lent_before_an_arrival_or_after_the_order(steps: list[StepTaken], at: int) -> None:
    one = Contingent("bko-a", steps)
    arrivals = [step.at for step in steps if step.said.step == "arrived"]
    if one.is_lent(at):
        assert min(arrivals) <= at
        assert one.until is None or at <= one.until

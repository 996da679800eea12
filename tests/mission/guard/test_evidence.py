"""What must hold of any record of a post: arrival never matters, twice is once, less evidence never looks better."""

from collections.abc import Callable
from functools import cache
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kawal.ledger.event import Event, read_event
from kawal.ledger.finding import Finding
from kawal_cli.audit import Audit
from tests.mission.custody.operation import HOUR
from tests.mission.guard.watch_night import MORNING, POST, Night, broken, quiet

NOW = MORNING + HOUR
BUILDS = pytest.mark.parametrize("build", [quiet, broken])
Build = Callable[[], Night]


@cache
def made(build: Build) -> Night:
    return build()


def guarded(audit: Audit) -> list[dict[str, object]]:
    return [one.as_json() for one in audit.findings if one.code.startswith("guard.")]


def lacking(findings: tuple[Finding, ...], code: str) -> set[int]:
    """The minutes of which a code speaks at the post."""
    spans = [(one.since, one.until or NOW) for one in findings if (one.code, one.subject) == (code, POST)]
    return {minute for since, until in spans for minute in range(since // 60, until // 60)}


@BUILDS
@given(seed=st.integers(0, 2**32))
@settings(max_examples=20)
def test_any_order_of_arrival_says_the_same(build: Build, seed: int) -> None:
    night = made(build)
    shuffled = night.lines[:1] + Random(seed).sample(night.lines[1:], len(night.lines) - 1)
    assert guarded(night.audit(at=NOW, lines=shuffled)) == guarded(night.audit(at=NOW))


@BUILDS
def test_handing_everything_in_twice_changes_nothing(build: Build) -> None:
    night = made(build)
    twice = [line for line in night.lines for _ in range(2)]
    assert guarded(night.audit(at=NOW, lines=twice)) == guarded(night.audit(at=NOW))


def without(night: Night) -> list[tuple[Event, tuple[Finding, ...]]]:
    """Each event that a guard signed, and what is found without it."""
    found = []
    for number, line in enumerate(night.lines):
        event = read_event(line).event
        if event.t.startswith(("guard.", "custody.")):
            rest = night.lines[:number] + night.lines[number + 1 :]
            found.append((event, night.audit(at=NOW, lines=rest).findings))
    return found


@BUILDS
def test_no_event_less_ever_makes_a_post_look_less_silent(build: Build) -> None:
    night = made(build)
    before = lacking(night.audit(at=NOW).findings, "guard.silent")
    for event, findings in without(night):
        assert lacking(findings, "guard.silent") >= before, event


@BUILDS
def test_no_event_less_but_a_leaving_makes_a_post_look_covered(build: Build) -> None:
    night = made(build)
    before = lacking(night.audit(at=NOW).findings, "guard.uncovered")
    for event, findings in without(night):
        if event.t != "guard.off":
            assert lacking(findings, "guard.uncovered") >= before, event


@BUILDS
def test_a_leaving_that_is_kept_back_is_seen_in_its_chain(build: Build) -> None:
    """Without its `guard.off` somebody seems to stay: the record cannot know, but later events of the phone can."""
    night = made(build)
    last = {read_event(line).event.kid: read_event(line).event.seq for line in night.lines}
    for event, findings in without(night):
        if event.t == "guard.off" and event.seq < last[event.kid]:
            assert ("ledger.chain-gap", event.kid) in {(one.code, one.subject) for one in findings}


@pytest.mark.parametrize("word", ["on", "beat"])
def test_a_stranger_covers_nothing_and_breaks_no_silence(word: str) -> None:
    night = broken()
    before = guarded(night.audit(at=NOW))
    unknown = night.device("guard", "polsek-530305", agency="polri", is_confirmed=False)
    night.at_post(unknown, word, MORNING - 2 * HOUR, n=5)
    assert guarded(night.audit(at=NOW)) == before

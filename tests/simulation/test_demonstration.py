"""The demonstration brings a post what phones signed, soon after they signed it, and opens while plenos are held."""

from itertools import pairwise

import pytest

from kawal.ledger.event import read_event
from kawal.ledger.log_of import LOG_NAMES
from kawal.ledger.reading import Witnessed
from kawal_cli.demonstrate import Play
from kawal_cli.reading import read_heads
from kawal_cli.simulate import Simulated
from kawal_cli.simulate.devices import LARGEST_SKEW_S, WIRED

SOON_S = WIRED.longest_s + LARGEST_SKEW_S + 60


@pytest.fixture(scope="module")
def play(clean: Simulated) -> Play:
    return Play(clean.out)


def newest(clean: Simulated, log: str) -> Witnessed:
    return max(read_heads(clean.out / log).witnessed, key=lambda head: head.size)


@pytest.mark.parametrize("log", LOG_NAMES)
def test_every_event_is_brought_once_and_in_the_order_of_the_log(play: Play, clean: Simulated, log: str) -> None:
    steps = [step for step in play.steps if step.log == log]
    assert steps[0].start == 0
    assert all(one.end == other.start and one.start < one.end for one, other in pairwise(steps))
    assert steps[-1].end == newest(clean, log).size
    assert all(one.at <= other.at for one, other in pairwise(steps))


def test_nothing_arrives_before_it_was_signed_and_a_post_with_a_wire_is_heard_at_once(play: Play) -> None:
    heard = 0
    for step in play.steps:
        for line in play.lines(step):
            event = read_event(line).event
            assert event.ts <= step.at + LARGEST_SKEW_S
            if event.t == "guard.beat" and event.payload["post"] == "pos-gudang-5303":
                heard += 1
                assert step.at - event.ts <= SOON_S
    assert heard > 100


@pytest.mark.parametrize("shown", [1, 5, 7])
def test_it_opens_when_so_many_plenos_are_closed_and_no_other(play: Play, shown: int) -> None:
    closed: dict[str, set[str]] = {}
    for step in play.steps:
        if step.at <= play.opening(shown):
            for event in (read_event(line).event for line in play.lines(step)):
                if event.t == "pleno.close":
                    closed.setdefault(str(event.payload["area"]), set()).add(str(event.payload["election"]))
    assert sum(len(elections) == 2 for elections in closed.values()) == shown

"""Neither the order nor the number of arrivals changes what custody says, and what a finding looks like."""

import random

import pytest

from tests.contracts.auditing import Answer
from tests.contracts.conftest import Audited
from tests.contracts.logbook import LAST_SECOND
from tests.contracts.scene import BOX, DAWN, DAY, HOUR, OTHER, PPK, TPS, WAREHOUSE, Scene

START = DAWN + DAY
NOW = START + 5 * HOUR


def troubled() -> Scene:
    """A gap, a mismatch, an offer without an answer and an opening that nothing permits."""
    scene = Scene(boxes=(BOX, OTHER))
    scene.carried_to_office((BOX, OTHER))
    scene.check(scene.kpu, DAWN + 14 * HOUR, site=WAREHOUSE, seals=("q",))
    scene.offer(scene.ppk, scene.kpu, DAWN + 15 * HOUR, [(OTHER, (f"{OTHER}/a", f"{OTHER}/b"))], site=PPK)
    scene.session(START, START + DAY)
    scene.pleno("open", START)
    scene.opened(START + HOUR, OTHER, why="photo")
    return scene


def custody(answer: Answer) -> list[object]:
    return [one for one in answer.findings if one["code"].startswith("custody.")]


@pytest.mark.parametrize("seed", range(5))
def test_the_order_of_arrival_changes_nothing(audited: Audited, seed: int) -> None:
    scene = troubled()
    told = custody(audited(scene, now=NOW))
    rest = scene.events[1:]
    random.Random(seed).shuffle(rest)
    scene.events[1:] = rest
    assert custody(audited(scene, now=NOW)) == told


def test_a_log_sent_twice_says_the_same(audited: Audited) -> None:
    scene = troubled()
    told = audited(scene, now=NOW).out
    scene.events.extend(list(scene.events))
    assert audited(scene, now=NOW).out == told


def test_findings_are_sorted_and_complete(audited: Audited) -> None:
    scene = troubled()
    answer = audited(scene, now=NOW)
    keys = [(one["code"], one["subject"], one["from"]) for one in answer.findings]
    assert keys == sorted(keys)
    assert {code for code, _, _ in keys} >= {"custody.gap", "custody.seal-mismatch", "custody.opened"}
    eids = {event.eid for event in scene.events}
    for one in answer.findings:
        assert set(one) == {"code", "severity", "subject", "from", "to", "evidence", "says"}
        assert set(one["says"]) == {"id", "en"}
        assert all(one["says"].values())
        assert isinstance(one["from"], int)
        assert one["evidence"]
        assert set(one["evidence"]) <= eids


def test_a_hand_over_that_arrives_late_explains_what_stood_before(audited: Audited) -> None:
    scene = Scene()
    scene.seal(scene.kpps, DAWN + 9 * HOUR)
    colleague = scene.member("ppk", scene.ppk.unit, "ppk", name="colleague")
    scene.check(colleague, DAWN + 12 * HOUR, site=PPK)
    assert audited(scene).only("custody.gap", BOX)
    scene.hand_over(scene.kpps, scene.ppk, DAWN + 10 * HOUR, site=PPK)
    assert not custody(audited(scene))


def test_what_nobody_knows_is_kept_and_ignored(audited: Audited) -> None:
    scene = Scene()
    scene.seal(scene.kpps, DAWN + 9 * HOUR)
    scene.write(scene.guard, "nothing.known", DAWN + 9 * HOUR + 5, foo={"a": [1, 2]})
    scene.write(scene.guard, "custody.check", DAWN + 10 * HOUR, box=BOX, seals=[], ok=True, site=TPS, zz=[1])
    assert audited(scene).findings == []


def test_one_clock_a_year_ahead_changes_nothing(audited: Audited) -> None:
    scene = Scene()
    scene.seal(scene.kpps, DAWN + 9 * HOUR)
    ahead = scene.member("guard", "polres-5303", "polri", name="ahead", exp=LAST_SECOND + 400 * DAY)
    offered = scene.offer(scene.kpps, scene.pps, DAWN + 10 * HOUR)
    scene.check(ahead, DAWN + 365 * DAY)
    assert not custody(audited(scene)), "now is the median of the last twenty"
    assert audited(scene, now=offered.ts + HOUR).of("custody.one-sided")


@pytest.mark.parametrize(("seconds", "codes"), [(0, []), (-1800, ["ledger.clock"])])
def test_along_one_chain_no_clock_goes_back(audited: Audited, seconds: int, codes: list[str]) -> None:
    scene = Scene()
    scene.seal(scene.kpps, DAWN + 9 * HOUR)
    scene.check(scene.guard, DAWN + 10 * HOUR)
    scene.check(scene.guard, DAWN + 10 * HOUR + seconds)
    assert audited(scene).codes == codes


def test_in_a_bare_log_the_twenty_before_tell_how_late_an_event_is(audited: Audited) -> None:
    scene = Scene()
    scene.seal(scene.kpps, DAWN + 9 * HOUR)
    for second in range(25):
        scene.check(scene.guard, DAWN + 30 * HOUR + second)
    late = scene.check(scene.witness, DAWN + 17 * HOUR)
    scene.check(scene.supervisor, DAWN + 19 * HOUR)
    found = audited(scene).only("ledger.late", scene.witness.kid)
    assert (found["severity"], found["from"], found["evidence"]) == ("warn", DAWN + 17 * HOUR, [late.eid])


def test_a_warning_alone_ends_with_nought(audited: Audited) -> None:
    scene = Scene()
    scene.seal(scene.kpps, DAWN + 9 * HOUR)
    scene.offer(scene.kpps, scene.pps, DAWN + 10 * HOUR)
    answer = audited(scene, now=DAWN + 12 * HOUR)
    assert (answer.codes, answer.code) == (["custody.one-sided"], 0)

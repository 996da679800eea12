"""A post handed over: who is on by it, clocks that disagree, and `guard.count`."""

import pytest

from tests.contracts.conftest import Audited
from tests.contracts.duty import ENDS, MINUTE, POST, STARTS, Duty, row
from tests.contracts.logbook import Event
from tests.contracts.scene import DAWN, HOUR
from tests.contracts.signing import Json

NOON = DAWN + 12 * HOUR


def held() -> Duty:
    duty = Duty()
    duty.on(duty.ari, STARTS)
    return duty


def relieved(duty: Duty, *, skew: int = 0, answer: dict[str, Json] | None = None) -> tuple[Event, Event]:
    """Ari gives the post to Budi, whose clock is `skew` seconds ahead, and leaves a minute after."""
    offered = duty.offer(duty.ari, duty.budi, NOON)
    accepted = duty.accept(duty.budi, offered, NOON + 40 + skew, **(answer or {}))
    duty.close(duty.ari, accepted, NOON + 60)
    duty.off(duty.ari, NOON + 90)
    return offered, accepted


def test_whoever_accepts_a_post_is_on_duty_there(audited: Audited) -> None:
    duty = held()
    relieved(duty)
    assert audited(duty, now=ENDS).findings == []


def test_until_they_sign_off_the_giver_is_still_there(audited: Audited) -> None:
    duty = held()
    offered = duty.offer(duty.ari, duty.budi, NOON)
    accepted = duty.accept(duty.budi, offered, NOON + 40)
    duty.close(duty.ari, accepted, NOON + 60)
    duty.off(duty.budi, NOON + HOUR)
    assert audited(duty, now=ENDS).findings == []


@pytest.mark.parametrize(
    ("answer", "is_on"),
    [
        ({"res": "ok"}, True),
        ({"res": "diff"}, True),
        ({"res": "no"}, False),
        ({"res": None}, True),
        ({"ok": False, "res": None}, True),
    ],
)
def test_a_refusal_puts_nobody_on(audited: Audited, answer: dict[str, Json], is_on: bool) -> None:
    duty = held()
    relieved(duty, answer=answer)
    assert bool(audited(duty, now=ENDS).of("guard.uncovered")) is not is_on


def test_an_answer_in_the_words_of_a_relief_alone_is_read(audited: Audited) -> None:
    duty = held()
    offered = duty.offer(duty.ari, duty.budi, NOON)
    duty.write(duty.budi, "custody.accept", NOON + 40, of=offered.eid, post=POST, n=40, ok=True, note="")
    duty.off(duty.ari, NOON + 90)
    answer = audited(duty, now=ENDS)
    assert (answer.findings, answer.err) == ([], "")


def test_an_offer_to_another_is_not_theirs_to_take(audited: Audited) -> None:
    duty = held()
    offered = duty.offer(duty.ari, duty.budi, NOON)
    duty.accept(duty.citra, offered, NOON + 40)
    duty.off(duty.ari, NOON + 90)
    assert audited(duty, now=ENDS).codes == ["guard.relief-gap", "guard.uncovered"]


def test_a_colleague_of_the_unit_may_take_it(audited: Audited) -> None:
    duty = held()
    colleague = duty.person("dewi")
    offered = duty.offer(duty.ari, duty.budi, NOON)
    duty.accept(colleague, offered, NOON + 40)
    duty.off(duty.ari, NOON + 90)
    assert audited(duty, now=ENDS).findings == []


@pytest.mark.parametrize("skew", [-2 * HOUR, -20 * MINUTE, 20 * MINUTE, 2 * HOUR])
def test_a_co_signed_relief_leaves_no_gap_whatever_the_clocks(audited: Audited, skew: int) -> None:
    duty = held()
    relieved(duty, skew=skew)
    assert [code for code in audited(duty, now=ENDS).codes if code.startswith("guard.")] == []


def test_an_offer_that_pins_the_successors_head_shows_them_there(audited: Audited) -> None:
    duty = held()
    duty.on(duty.budi, NOON + 20 * MINUTE)
    duty.offer(duty.ari, duty.budi, NOON)
    duty.off(duty.ari, NOON + 90)
    assert audited(duty, now=ENDS).findings == []


def test_without_any_trace_of_the_successor_the_claims_stand(audited: Audited) -> None:
    duty = held()
    duty.off(duty.ari, NOON + 90)
    duty.on(duty.budi, NOON + 20 * MINUTE)
    found = audited(duty, now=ENDS).of("guard.relief-gap", POST)
    assert [(one["from"], one["to"]) for one in found] == [(NOON + 90, NOON + 20 * MINUTE)]


def test_a_close_after_signing_off_explains_nothing(audited: Audited) -> None:
    duty = held()
    offered = duty.offer(duty.ari, duty.budi, NOON)
    duty.off(duty.ari, NOON + 30)
    accepted = duty.accept(duty.budi, offered, NOON + 10 * MINUTE)
    duty.close(duty.ari, accepted, NOON + 11 * MINUTE)
    found = audited(duty, now=ENDS).of("guard.relief-gap", POST)
    assert [(one["from"], one["to"]) for one in found] == [(NOON + 30, NOON + 10 * MINUTE)]


def test_after_an_accept_coming_on_tells_how_many(audited: Audited) -> None:
    duty = Duty(row(strength=2))
    duty.on(duty.ari, STARTS, n=2)
    offered = duty.offer(duty.ari, duty.budi, NOON)
    duty.accept(duty.budi, offered, NOON + 40)
    duty.on(duty.budi, NOON + 50, n=2)
    duty.off(duty.ari, NOON + 90)
    assert audited(duty, now=ENDS).findings == []


def test_the_number_of_boxes_is_not_the_number_of_guards(audited: Audited) -> None:
    duty = Duty(row(strength=2))
    duty.on(duty.ari, STARTS, n=2)
    relieved(duty)
    assert audited(duty, now=ENDS).codes == ["guard.uncovered"]


def test_a_relief_is_no_hand_over_of_boxes(audited: Audited) -> None:
    duty = held()
    relieved(duty)
    assert [code for code in audited(duty, now=ENDS).codes if code.startswith("custody.")] == []


@pytest.mark.parametrize(
    ("given", "answer", "is_found"),
    [
        (40, {"n": 40}, False),
        (40, {"n": 39}, True),
        (40, {"n": 39, "ok": False}, True),
        (40, {"n": None}, False),
        (None, {"n": 40}, False),
        (None, {"n": None}, False),
        (0, {"n": 1}, True),
        (40, {"n": 40, "res": "diff"}, True),
        (None, {"n": None, "res": "diff"}, True),
        (40, {"n": 39, "res": "no"}, True),
        (40, {"n": 40, "ok": False}, False),
    ],
)
def test_counts_that_differ_are_found(
    audited: Audited, given: int | None, answer: dict[str, Json], is_found: bool
) -> None:
    duty = held()
    offered = duty.offer(duty.ari, duty.budi, NOON, n=given)
    accepted = duty.accept(duty.budi, offered, NOON + 40, **answer)
    found = audited(duty, now=ENDS).of("guard.count", POST)
    assert bool(found) is is_found
    for one in found:
        assert (one["severity"], one["from"], one["to"]) == ("warn", accepted.ts, None)
        assert {offered.eid, accepted.eid} <= set(one["evidence"])


def test_a_count_that_is_left_out_was_not_seen(audited: Audited) -> None:
    duty = held()
    offered = duty.write(duty.ari, "custody.offer", NOON, what="post", to=duty.budi.kid, post=POST, ok=True, note="")
    duty.accept(duty.budi, offered, NOON + 40)
    assert audited(duty, now=ENDS).findings == []


def test_the_next_relief_that_agrees_settles_it(audited: Audited) -> None:
    duty = held()
    offered = duty.offer(duty.ari, duty.budi, NOON)
    accepted = duty.accept(duty.budi, offered, NOON + 40, n=39)
    again = duty.offer(duty.budi, duty.ari, NOON + HOUR)
    agreed = duty.accept(duty.ari, again, NOON + HOUR + 40)
    found = audited(duty, now=ENDS).only("guard.count", POST)
    assert (found["from"], found["to"]) == (accepted.ts, agreed.ts)

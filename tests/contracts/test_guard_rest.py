"""`guard.fatigue`: rest between duties, of a person and never of a phone."""

import pytest

from tests.contracts.conftest import Audited
from tests.contracts.duty import MINUTE, Duty, row
from tests.contracts.logbook import Event
from tests.contracts.scene import DAWN, DAY, HOUR

NEXT_DAY = row(starts=DAWN, ends=DAWN + 4 * DAY, strength=0)


def worked(duty: Duty, starts: int, ends: int, post: str = "pos-a") -> tuple[Event, Event]:
    return duty.on(duty.ari, starts, post=post), duty.off(duty.ari, ends, post=post)


@pytest.mark.parametrize(
    ("rest", "tired"), [(8 * HOUR, False), (8 * HOUR - 1, True), (HOUR, True), (30 * MINUTE, True), (DAY, False)]
)
def test_less_than_eight_hours_is_too_little(audited: Audited, rest: int, tired: bool) -> None:
    duty = Duty(NEXT_DAY)
    _, off = worked(duty, DAWN, DAWN + 8 * HOUR)
    on, _ = worked(duty, off.ts + rest, off.ts + rest + 8 * HOUR)
    answer = audited(duty, now=DAWN + 3 * DAY)
    assert bool(answer.findings) is tired
    for one in answer.findings:
        assert (one["code"], one["subject"], one["severity"]) == ("guard.fatigue", duty.ari.who, "warn")
        assert (one["from"], one["to"]) == (off.ts, on.ts)
        assert {off.eid, on.eid} <= set(one["evidence"])


def test_an_operation_may_ask_for_more(audited: Audited) -> None:
    duty = Duty(NEXT_DAY, policy='["guard.fatigue"]\nrest_h = 16\n')
    worked(duty, DAWN, DAWN + 8 * HOUR)
    worked(duty, DAWN + 23 * HOUR, DAWN + 30 * HOUR)
    assert audited(duty, now=DAWN + 3 * DAY).codes == ["guard.fatigue"]


def test_another_post_or_another_phone_is_the_same_body(audited: Audited) -> None:
    duty = Duty(NEXT_DAY)
    second = duty.person("ari-2", who=duty.ari.who)
    worked(duty, DAWN, DAWN + 8 * HOUR)
    duty.on(second, DAWN + 12 * HOUR, post="pos-b")
    duty.off(second, DAWN + 14 * HOUR, post="pos-b")
    found = audited(duty, now=DAWN + 3 * DAY).only("guard.fatigue", duty.ari.who)
    assert (found["from"], found["to"]) == (DAWN + 8 * HOUR, DAWN + 12 * HOUR)


def test_a_swapped_phone_ends_no_duty(audited: Audited) -> None:
    duty = Duty(NEXT_DAY)
    worked(duty, DAWN, DAWN + 4 * HOUR)
    worked(duty, DAWN + 4 * HOUR + 29 * MINUTE, DAWN + 12 * HOUR)
    assert audited(duty, now=DAWN + 3 * DAY).findings == []


@pytest.mark.parametrize(("ends", "tired"), [(12 * HOUR, False), (12 * HOUR + 1, True)])
def test_a_short_break_in_over_twelve_hours_is_no_excuse(audited: Audited, ends: int, tired: bool) -> None:
    duty = Duty(NEXT_DAY)
    worked(duty, DAWN, DAWN + 6 * HOUR)
    worked(duty, DAWN + 6 * HOUR + 10 * MINUTE, DAWN + ends)
    assert bool(audited(duty, now=DAWN + 3 * DAY).findings) is tired


def test_moving_to_the_neighbour_post_is_one_duty(audited: Audited) -> None:
    duty = Duty(NEXT_DAY)
    duty.on(duty.ari, DAWN, post="pos-a")
    duty.on(duty.ari, DAWN + 5 * HOUR, post="pos-b")
    duty.off(duty.ari, DAWN + 8 * HOUR, post="pos-b")
    worked(duty, DAWN + 16 * HOUR, DAWN + 20 * HOUR)
    assert audited(duty, now=DAWN + 3 * DAY).findings == []


def test_after_a_swap_rest_is_measured_from_the_end_of_the_whole(audited: Audited) -> None:
    duty = Duty(NEXT_DAY)
    worked(duty, DAWN, DAWN + 4 * HOUR)
    _, off = worked(duty, DAWN + 4 * HOUR + MINUTE, DAWN + 8 * HOUR)
    on, _ = worked(duty, DAWN + 15 * HOUR, DAWN + 20 * HOUR)
    found = audited(duty, now=DAWN + 3 * DAY).only("guard.fatigue")
    assert (found["from"], found["to"]) == (off.ts, on.ts)


def test_whoever_never_signed_off_was_on_duty_while_they_were_heard(audited: Audited) -> None:
    duty = Duty(NEXT_DAY)
    duty.on(duty.ari, DAWN, post="pos-a")
    last = duty.beat(duty.ari, DAWN + 6 * HOUR, post="pos-a")
    on = duty.on(duty.ari, DAWN + 13 * HOUR, post="pos-b")
    found = audited(duty, now=DAWN + 3 * DAY).only("guard.fatigue")
    assert (found["from"], found["to"]) == (last.ts, on.ts)


def test_whoever_was_not_heard_for_eight_hours_may_have_rested(audited: Audited) -> None:
    duty = Duty(NEXT_DAY)
    duty.on(duty.ari, DAWN, post="pos-a")
    duty.on(duty.ari, DAWN + 8 * HOUR, post="pos-b")
    assert audited(duty, now=DAWN + 3 * DAY).findings == []


def test_a_relief_begins_a_duty(audited: Audited) -> None:
    duty = Duty(NEXT_DAY)
    duty.on(duty.budi, DAWN, post="pos-a")
    _, off = worked(duty, DAWN, DAWN + 4 * HOUR)
    offered = duty.offer(duty.budi, duty.ari, DAWN + 9 * HOUR, post="pos-a")
    on = duty.accept(duty.ari, offered, DAWN + 9 * HOUR + 40)
    found = audited(duty, now=DAWN + 3 * DAY).only("guard.fatigue", duty.ari.who)
    assert (found["from"], found["to"]) == (off.ts, on.ts)


def test_two_people_of_one_post_rest_by_themselves(audited: Audited) -> None:
    duty = Duty(NEXT_DAY)
    worked(duty, DAWN, DAWN + 8 * HOUR)
    duty.on(duty.budi, DAWN + 8 * HOUR, post="pos-a")
    assert audited(duty, now=DAWN + 3 * DAY).findings == []


def test_the_sentence_names_nobody_but_the_who(audited: Audited) -> None:
    duty = Duty(NEXT_DAY)
    worked(duty, DAWN, DAWN + 8 * HOUR)
    worked(duty, DAWN + 9 * HOUR, DAWN + 20 * HOUR)
    found = audited(duty, now=DAWN + 3 * DAY).only("guard.fatigue")
    assert duty.ari.who in found["says"]["id"]
    assert duty.ari.who in found["says"]["en"]

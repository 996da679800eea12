"""`guard.uncovered` and `guard.relief-gap`: each with the twin that must stay silent."""

import pytest

from tests.contracts.conftest import Audited
from tests.contracts.duty import ENDS, MINUTE, POST, STARTS, Duty, row
from tests.contracts.scene import DAWN, DAY, HOUR

NOW = DAWN + 22 * HOUR


def manned(*rows: str, policy: str | None = None) -> Duty:
    """Ari holds the post for its whole time."""
    duty = Duty(*rows, policy=policy)
    duty.on(duty.ari, STARTS)
    return duty


def test_a_post_that_is_held_from_beginning_to_end_is_clean(audited: Audited) -> None:
    duty = manned()
    duty.off(duty.ari, ENDS)
    answer = audited(duty, now=NOW)
    assert (answer.findings, answer.code) == ([], 0)


def test_a_post_nobody_ever_came_to_is_uncovered_from_its_first_second(audited: Audited) -> None:
    duty = Duty()
    answer = audited(duty, now=STARTS + HOUR)
    found = answer.only("guard.uncovered", POST)
    assert (found["severity"], found["from"], found["to"]) == ("alarm", STARTS, None)
    assert answer.code == 1
    assert audited(duty, now=STARTS - 1).findings == []


def test_both_findings_tell_an_hour_without_anybody(audited: Audited) -> None:
    duty = manned()
    left = duty.off(duty.ari, DAWN + 12 * HOUR)
    came = duty.on(duty.budi, DAWN + 13 * HOUR)
    answer = audited(duty, now=NOW)
    assert answer.codes == ["guard.relief-gap", "guard.uncovered"]
    for one in answer.findings:
        assert (one["subject"], one["from"], one["to"]) == (POST, left.ts, came.ts)
        assert {left.eid, came.eid} <= set(one["evidence"])
        assert POST in one["says"]["id"]
        assert POST in one["says"]["en"]
        assert duty.ari.who not in str(one["says"])
    assert [one["severity"] for one in answer.findings] == ["warn", "alarm"]

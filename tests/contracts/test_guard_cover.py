"""`guard.uncovered` and `guard.relief-gap`: each with the twin that must stay silent."""

import pytest

from tests.contracts.auditing import Answer
from tests.contracts.conftest import Audited
from tests.contracts.duty import ENDS, MINUTE, POST, STARTS, Duty, row
from tests.contracts.scene import DAWN, DAY, HOUR, WAREHOUSE

NOW = DAWN + 22 * HOUR
NOON = DAWN + 12 * HOUR
OTHER_POST = "pos-gudang-5303"


def manned(*rows: str) -> Duty:
    """Ari is there from the post's first second."""
    duty = Duty(*rows)
    duty.on(duty.ari, STARTS)
    return duty


def spans(answer: Answer, code: str) -> list[tuple[int, int | None]]:
    return [(one["from"], one["to"]) for one in answer.of(code, POST)]


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
    assert (answer.code, len(found["evidence"])) == (1, 1)
    assert audited(duty, now=STARTS - 1).findings == []
    assert spans(audited(duty, now=ENDS), "guard.uncovered") == [(STARTS, ENDS)]


def test_both_findings_tell_an_hour_without_anybody(audited: Audited) -> None:
    duty = manned()
    left = duty.off(duty.ari, NOON)
    came = duty.on(duty.budi, NOON + HOUR)
    answer = audited(duty, now=NOW)
    assert answer.codes == ["guard.relief-gap", "guard.uncovered"]
    for one in answer.findings:
        assert (one["subject"], one["from"], one["to"]) == (POST, left.ts, came.ts)
        assert {left.eid, came.eid} <= set(one["evidence"])
        assert POST in one["says"]["id"]
        assert POST in one["says"]["en"]
        assert duty.ari.who not in str(one["says"])
    assert [one["severity"] for one in answer.findings] == ["warn", "alarm"]


def test_while_nobody_has_come_it_lasts(audited: Audited) -> None:
    duty = manned()
    left = duty.off(duty.ari, NOON)
    answer = audited(duty, now=NOON + 5 * MINUTE)
    assert spans(answer, "guard.uncovered") == spans(answer, "guard.relief-gap") == [(left.ts, None)]
    assert spans(audited(duty, now=NOON - 1), "guard.uncovered") == []


def test_at_a_moment_inside_the_gap_it_lasts_though_later_somebody_came(audited: Audited) -> None:
    duty = manned()
    duty.off(duty.ari, NOON)
    duty.on(duty.budi, NOON + HOUR)
    assert spans(audited(duty, now=NOON + MINUTE), "guard.uncovered") == [(NOON, None)]


def test_a_gap_that_the_log_itself_closes_needs_no_clock_of_the_auditor(audited: Audited) -> None:
    duty = manned()
    duty.off(duty.ari, NOON)
    duty.on(duty.budi, NOON + HOUR)
    assert spans(audited(duty), "guard.uncovered") == [(NOON, NOON + HOUR)]


def test_the_rows_end_ends_what_is_open(audited: Audited) -> None:
    duty = manned()
    duty.off(duty.ari, ENDS - HOUR)
    answer = audited(duty, now=NOW)
    assert spans(answer, "guard.uncovered") == spans(answer, "guard.relief-gap") == [(ENDS - HOUR, ENDS)]


def test_leaving_as_the_rows_end_leaves_nothing_uncovered(audited: Audited) -> None:
    duty = manned()
    duty.off(duty.ari, ENDS + MINUTE)
    assert audited(duty, now=NOW).findings == []


def test_one_second_is_a_gap_and_the_same_second_is_none(audited: Audited) -> None:
    for seconds, expected in ((0, []), (1, [(NOON, NOON + 1)])):
        duty = manned()
        duty.off(duty.ari, NOON)
        duty.on(duty.budi, NOON + seconds)
        assert spans(audited(duty, now=NOW), "guard.uncovered") == expected


def test_one_of_two_is_too_few_and_yet_somebody(audited: Audited) -> None:
    duty = manned(row(strength=2))
    duty.on(duty.budi, DAWN + 9 * HOUR)
    duty.off(duty.budi, NOON)
    duty.on(duty.citra, NOON + HOUR)
    answer = audited(duty, now=ENDS)
    assert spans(answer, "guard.uncovered") == [(STARTS, DAWN + 9 * HOUR), (NOON, NOON + HOUR)]
    assert answer.of("guard.relief-gap") == []


def test_a_first_arrival_after_the_rows_begin_is_no_relief(audited: Audited) -> None:
    duty = Duty()
    duty.on(duty.ari, STARTS + MINUTE)
    answer = audited(duty, now=ENDS)
    assert answer.codes == ["guard.uncovered"]
    assert spans(answer, "guard.uncovered") == [(STARTS, STARTS + MINUTE)]


@pytest.mark.parametrize(("people", "codes"), [(None, ["guard.uncovered"]), (2, []), (3, []), (1, ["guard.uncovered"])])
def test_those_with_a_phone_count(audited: Audited, people: int | None, codes: list[str]) -> None:
    duty = Duty(row(strength=2))
    duty.on(duty.ari, STARTS, n=people)
    assert audited(duty, now=ENDS).codes == codes


@pytest.mark.parametrize("people", [0, -3, "2", True, [2]])
def test_a_number_that_is_none_is_the_holder_alone(audited: Audited, people: object) -> None:
    duty = Duty(row(strength=1))
    duty.on(duty.ari, STARTS, n=people)  # type: ignore[arg-type]
    assert audited(duty, now=ENDS).findings == []
    duty = Duty(row(strength=2))
    duty.on(duty.ari, STARTS, n=people)  # type: ignore[arg-type]
    assert audited(duty, now=ENDS).codes == ["guard.uncovered"]


def test_a_heartbeat_may_tell_that_some_have_left(audited: Audited) -> None:
    duty = Duty(row(strength=3))
    duty.on(duty.ari, STARTS, n=3)
    fewer = duty.beat(duty.ari, NOON, n=2)
    again = duty.beat(duty.ari, NOON + HOUR, n=3)
    found = audited(duty, now=ENDS).only("guard.uncovered")
    assert (found["from"], found["to"]) == (NOON, NOON + HOUR)
    assert {fewer.eid, again.eid} <= set(found["evidence"])


def test_two_phones_of_one_person_are_one(audited: Audited) -> None:
    duty = Duty(row(strength=2))
    second = duty.person("ari-2", who=duty.ari.who)
    duty.on(duty.ari, STARTS)
    duty.on(second, STARTS)
    assert audited(duty, now=ENDS).codes == ["guard.uncovered"]


def test_a_person_signs_off_with_whichever_phone(audited: Audited) -> None:
    duty = manned()
    second = duty.person("ari-2", who=duty.ari.who)
    duty.off(second, NOON)
    assert spans(audited(duty, now=NOW), "guard.uncovered") == [(NOON, ENDS)]


def test_coming_on_elsewhere_leaves_the_first_post(audited: Audited) -> None:
    duty = manned(row(), row(post=OTHER_POST, site=WAREHOUSE))
    moved = duty.on(duty.ari, NOON, post=OTHER_POST)
    answer = audited(duty, now=NOW)
    assert spans(answer, "guard.uncovered") == spans(answer, "guard.relief-gap") == [(NOON, ENDS)]
    assert [(one["from"], one["to"]) for one in answer.of("guard.uncovered", OTHER_POST)] == [(STARTS, NOON)]
    assert all(moved.eid in one["evidence"] for one in answer.of("guard.uncovered"))


def test_signing_off_where_one_never_was_on_changes_nothing(audited: Audited) -> None:
    duty = manned()
    duty.off(duty.budi, NOON)
    duty.off(duty.ari, NOON, post=OTHER_POST)
    assert audited(duty, now=ENDS).findings == []


@pytest.mark.parametrize(("role", "codes"), [("guard", []), ("escort", []), ("commander", ["guard.uncovered"]),
                                             ("observer", ["guard.uncovered"]), ("supervisor", ["guard.uncovered"]),
                                             ("ppk", ["guard.uncovered"]), ("kpu", ["guard.uncovered"])])  # fmt: skip
def test_strength_is_guards_and_escorts(audited: Audited, role: str, codes: list[str]) -> None:
    duty = Duty()
    duty.on(duty.person("dewi", role=role), STARTS)
    assert audited(duty, now=ENDS).codes == codes


def test_a_heartbeat_alone_puts_nobody_on_duty(audited: Audited) -> None:
    duty = Duty()
    duty.beat(duty.ari, STARTS)
    assert audited(duty, now=ENDS).codes == ["guard.uncovered"]


def test_a_post_of_strength_nought_lacks_nobody(audited: Audited) -> None:
    duty = Duty(row(strength=0))
    assert audited(duty, now=NOW).findings == []


def test_a_post_that_no_list_knows_lacks_nobody(audited: Audited) -> None:
    duty = manned()
    duty.on(duty.budi, STARTS, post="pos-lain")
    duty.off(duty.budi, NOON, post="pos-lain")
    assert audited(duty, now=ENDS).findings == []


def test_rings_add_up(audited: Audited) -> None:
    duty = manned(row(strength=1), row(strength=1, ring=2, starts=NOON, ends=NOON + HOUR))
    assert spans(audited(duty, now=NOW), "guard.uncovered") == [(NOON, NOON + HOUR)]
    duty.on(duty.budi, NOON)
    assert audited(duty, now=ENDS).findings == []


def test_a_strength_that_rises_while_too_few_are_there_is_one_finding(audited: Audited) -> None:
    duty = Duty(row(ends=NOON), row(starts=NOON, strength=3))
    duty.on(duty.ari, NOON + HOUR, n=3)
    answer = audited(duty, now=NOW)
    assert spans(answer, "guard.uncovered") == [(STARTS, NOON + HOUR)]


def test_periods_that_follow_each_other_are_one_and_those_apart_are_two(audited: Audited) -> None:
    duty = Duty(row(ends=NOON), row(starts=NOON, ends=NOON + HOUR))
    assert spans(audited(duty, now=NOW), "guard.uncovered") == [(STARTS, NOON + HOUR)]
    duty = Duty(row(ends=NOON), row(starts=NOON + 1, ends=NOON + HOUR))
    assert spans(audited(duty, now=NOW), "guard.uncovered") == [(STARTS, NOON), (NOON + 1, NOON + HOUR)]


def test_between_two_periods_nobody_needs_to_be_there(audited: Audited) -> None:
    duty = manned(row(ends=NOON), row(starts=NOON + 2 * HOUR))
    duty.off(duty.ari, NOON)
    duty.on(duty.budi, NOON + 2 * HOUR)
    assert audited(duty, now=ENDS).findings == []


def test_overnight_a_shift_goes_on(audited: Audited) -> None:
    duty = Duty(row(ends=STARTS + DAY))
    duty.on(duty.ari, STARTS)
    duty.on(duty.budi, DAWN + 18 * HOUR)
    duty.off(duty.ari, DAWN + 18 * HOUR + MINUTE)
    duty.on(duty.citra, STARTS + DAY - HOUR)
    duty.off(duty.budi, STARTS + DAY - HOUR)
    assert audited(duty, now=STARTS + DAY).findings == []


def test_events_that_reach_the_log_last_land_where_they_belong(audited: Audited) -> None:
    duty = manned()
    duty.off(duty.ari, NOON + HOUR)
    left = duty.on(duty.citra, ENDS - HOUR)
    assert spans(audited(duty, now=NOW), "guard.uncovered") == [(NOON + HOUR, left.ts)]
    duty.on(duty.budi, NOON)
    duty.off(duty.budi, ENDS - HOUR)
    assert audited(duty, now=NOW).findings == []


def test_a_phone_of_no_standing_covers_nothing(audited: Audited) -> None:
    duty = Duty()
    expired = duty.member("guard", "polsek-530305", "polri", name="expired", exp=DAWN)
    duty.on(expired, STARTS)
    assert {"guard.uncovered", "ledger.expired"} == set(audited(duty, now=ENDS).codes)

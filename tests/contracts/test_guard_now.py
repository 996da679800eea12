"""A bare log audited without `--at`: what it tells has happened, and what is only due is due by its last leaves."""

import pytest

from tests.contracts.auditing import Answer
from tests.contracts.conftest import Audited
from tests.contracts.duty import COLUMNS, ENDS, FAR, MINUTE, POST, STARTS, Duty, row
from tests.contracts.scene import DAWN, DAY, HOUR, WAREHOUSE
from tests.contracts.signing import Phone

NOON = DAWN + 12 * HOUR
EVENING = DAWN + 18 * HOUR
OTHER_POST = "pos-gudang-5303"
YEAR = 365 * DAY


def spans(answer: Answer, code: str, post: str = POST) -> list[tuple[int, int | None]]:
    return [(one["from"], one["to"]) for one in answer.of(code, post)]


def long_lived(duty: Duty, name: str) -> Phone:
    return duty.member("guard", "polsek-530305", "polri", name=name, who=f"p-{name}", exp=DAWN + 500 * DAY)


def reported(duty: Duty, phone: Phone, since: int, times: int, every: int, post: str = POST) -> None:
    """A guard comes on and is heard again and again."""
    duty.on(phone, since, post=post)
    for number in range(1, times):
        duty.beat(phone, since + number * every, post=post)


def test_the_last_of_two_who_leaves_leaves_a_gap(audited: Audited) -> None:
    duty = Duty()
    duty.on(duty.ari, STARTS)
    duty.off(duty.ari, NOON)
    duty.on(duty.budi, NOON)
    duty.off(duty.budi, EVENING)
    answer = audited(duty)
    assert spans(answer, "guard.uncovered") == spans(answer, "guard.relief-gap") == [(EVENING, None)]
    assert answer.code == 1


def test_a_short_rest_is_told_by_whoever_had_it_alone(audited: Audited) -> None:
    duty = Duty(row(DAWN, DAWN + 40 * HOUR, strength=0))
    duty.on(duty.budi, DAWN)
    duty.off(duty.budi, DAWN + 2 * HOUR)
    duty.on(duty.ari, DAWN)
    duty.off(duty.ari, DAWN + 9 * HOUR)
    duty.on(duty.ari, DAWN + 16 * HOUR)
    found = audited(duty).only("guard.fatigue", "p-ari")
    assert (found["from"], found["to"]) == (DAWN + 9 * HOUR, DAWN + 16 * HOUR)


def test_a_silence_that_ended_is_told_after_everybody_else_went_home(audited: Audited) -> None:
    duty = Duty(row(beat=HOUR))
    duty.on(duty.budi, STARTS)
    duty.off(duty.budi, STARTS + HOUR)
    reported(duty, duty.ari, STARTS, 3, HOUR)
    duty.beat(duty.ari, EVENING)
    assert spans(audited(duty), "guard.silent") == [(STARTS + 3 * HOUR + 5 * MINUTE, EVENING)]


def test_a_count_and_a_place_reported_last_are_told(audited: Audited) -> None:
    duty = Duty()
    duty.on(duty.ari, STARTS)
    offered = duty.offer(duty.ari, duty.budi, NOON)
    duty.accept(duty.budi, offered, NOON + MINUTE, n=39, pos=FAR)
    assert audited(duty).codes == ["guard.away", "guard.count"]


def test_what_is_only_due_is_due_by_the_median_of_a_long_log(audited: Audited) -> None:
    duty = Duty(row(beat=HOUR), row(beat=HOUR, post=OTHER_POST, site=WAREHOUSE))
    duty.on(duty.budi, STARTS, post=OTHER_POST)
    reported(duty, duty.ari, STARTS, 20, 10 * MINUTE)
    assert spans(audited(duty), "guard.silent", OTHER_POST) == [(STARTS + 65 * MINUTE, None)]
    duty.beat(duty.budi, STARTS + HOUR, post=OTHER_POST)
    assert spans(audited(duty), "guard.silent", OTHER_POST) == []


def test_what_events_tell_is_told_though_the_median_lies_before_it(audited: Audited) -> None:
    duty = Duty(row(beat=HOUR))
    reported(duty, duty.ari, STARTS, 24, 10 * MINUTE)
    duty.beat(duty.ari, EVENING)
    duty.off(duty.ari, EVENING)
    answer = audited(duty)
    assert spans(answer, "guard.silent") == [(STARTS + 230 * MINUTE + 65 * MINUTE, EVENING)]
    assert spans(answer, "guard.uncovered") == [(EVENING, None)]


@pytest.mark.parametrize("times", [4, 30])
@pytest.mark.parametrize("is_alone", [True, False])
def test_one_clock_a_year_ahead_changes_nothing(audited: Audited, times: int, is_alone: bool) -> None:
    duty = Duty(row(ends=STARTS + 30 * DAY, beat=HOUR))
    ari = long_lived(duty, "ari-lama")
    ahead = ari if is_alone else long_lived(duty, "maju")
    reported(duty, ari, STARTS, times, 50 * MINUTE)
    assert audited(duty).findings == []
    duty.beat(ahead, STARTS + YEAR)
    assert [one for one in audited(duty).codes if one.startswith("guard.")] == []


def test_two_clocks_that_agree_are_believed(audited: Audited) -> None:
    duty = Duty(row(), row(starts=STARTS + YEAR, ends=ENDS + YEAR))
    ari, budi = long_lived(duty, "ari-lama"), long_lived(duty, "budi-lama")
    for day in (0, YEAR):
        duty.on(ari, STARTS + day)
        duty.off(ari, NOON + day)
        duty.on(budi, NOON + day + HOUR)
        duty.off(budi, ENDS + day)
    assert spans(audited(duty), "guard.uncovered") == [(NOON + day, NOON + day + HOUR) for day in (0, YEAR)]


def test_a_given_time_is_the_only_one(audited: Audited) -> None:
    duty = Duty(row(beat=HOUR))
    reported(duty, duty.ari, STARTS, 2, HOUR)
    duty.off(duty.ari, NOON)
    for now in (STARTS + 2 * HOUR, STARTS + 2 * HOUR + 5 * MINUTE):
        assert audited(duty, now=now).findings == []
    assert audited(duty, now=NOON - 1).codes == ["guard.silent"]


def test_a_list_of_posts_counts_in_either_log(audited: Audited) -> None:
    duty = Duty(row(post=OTHER_POST, strength=0, site=WAREHOUSE))
    mh, n = duty.table(COLUMNS, row())
    duty.write(duty.kpu, "register.manifest", DAWN - DAY, kind="posts", mh=mh, n=n)
    duty.on(duty.ari, STARTS)
    duty.off(duty.ari, NOON)
    assert spans(audited(duty), "guard.uncovered") == [(NOON, None)]

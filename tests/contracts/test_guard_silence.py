"""`guard.silent`: when a sign of life was due, from whom, and where silence is expected."""

import pytest

from tests.contracts.auditing import Answer
from tests.contracts.conftest import Audited
from tests.contracts.duty import ENDS, MINUTE, POST, STARTS, Duty, row
from tests.contracts.scene import DAWN, HOUR

NOON = DAWN + 12 * HOUR
GRACE = 300
CAMERA = "kamera-ppk-530305"


def heard(*rows: str, policy: str | None = None) -> Duty:
    """Ari comes on as the post begins; a sign is due every hour."""
    duty = Duty(*(rows or (row(beat=HOUR),)), policy=policy)
    duty.on(duty.ari, STARTS)
    return duty


def silences(answer: Answer, post: str = POST) -> list[tuple[int, int | None]]:
    return [(one["from"], one["to"]) for one in answer.of("guard.silent", post)]


def test_hourly_beats_keep_a_post_heard(audited: Audited) -> None:
    duty = heard()
    for hour in range(1, 13):
        duty.beat(duty.ari, STARTS + hour * HOUR)
    assert audited(duty, now=ENDS + HOUR).findings == []


def test_a_missed_beat_is_silence_from_when_it_was_due(audited: Audited) -> None:
    duty = heard()
    last = duty.beat(duty.ari, STARTS + HOUR)
    after = duty.beat(duty.ari, STARTS + 4 * HOUR)
    found = audited(duty, now=after.ts).only("guard.silent", POST)
    assert (found["severity"], found["from"], found["to"]) == ("warn", last.ts + HOUR + GRACE, after.ts)
    assert {last.eid, after.eid} <= set(found["evidence"])
    assert POST in found["says"]["id"]
    assert duty.ari.who not in str(found["says"])


@pytest.mark.parametrize(("seconds", "silent"), [(HOUR, False), (HOUR + GRACE, False), (HOUR + GRACE + 1, True)])
def test_the_grace_is_given_to_the_second(audited: Audited, seconds: int, silent: bool) -> None:
    duty = heard()
    assert bool(audited(duty, now=STARTS + seconds).findings) is silent
    duty.beat(duty.ari, STARTS + seconds)
    assert bool(audited(duty, now=STARTS + seconds).findings) is silent


def test_it_lasts_until_somebody_is_heard(audited: Audited) -> None:
    duty = heard()
    assert silences(audited(duty, now=STARTS + 2 * HOUR)) == [(STARTS + HOUR + GRACE, None)]


def test_the_rows_end_ends_silence(audited: Audited) -> None:
    assert silences(audited(heard(), now=ENDS + HOUR)) == [(STARTS + HOUR + GRACE, ENDS)]


def test_a_post_never_heard_is_silent_from_its_first_beat_on(audited: Audited) -> None:
    answer = audited(Duty(row(beat=HOUR)), now=STARTS + 2 * HOUR)
    assert answer.codes == ["guard.silent", "guard.uncovered"]
    assert silences(answer) == [(STARTS + HOUR + GRACE, None)]


def test_a_policy_may_wait_longer(audited: Audited) -> None:
    duty = heard(policy='["guard.silent"]\ngrace_s = 1800\n')
    assert audited(duty, now=STARTS + HOUR + 1800).findings == []
    assert silences(audited(duty, now=STARTS + HOUR + 1801)) == [(STARTS + HOUR + 1800, None)]


@pytest.mark.parametrize("word", ["on", "off", "log", "visitor", "beat"])
def test_whatever_names_the_post_is_a_sign_of_life(audited: Audited, word: str) -> None:
    duty = heard()
    duty.on(duty.budi, STARTS)
    duty.at_post(duty.budi, word, STARTS + HOUR, note="aman", dir="in", why="periksa", doc="1")
    assert audited(duty, now=STARTS + 2 * HOUR).findings == []


def test_a_relief_is_a_sign_of_life_by_each_of_its_signatures(audited: Audited) -> None:
    duty = heard()
    offered = duty.offer(duty.ari, duty.budi, STARTS + HOUR)
    accepted = duty.accept(duty.budi, offered, STARTS + 2 * HOUR)
    duty.close(duty.ari, accepted, STARTS + 3 * HOUR)
    duty.write(duty.citra, "ledger.attest", STARTS + 4 * HOUR, of=[accepted.eid])
    assert audited(duty, now=STARTS + 5 * HOUR).of("guard.silent") == []


@pytest.mark.parametrize("role", ["supervisor", "ppk", "kpu", "kpps", "commander", "observer"])
def test_others_do_not_speak_for_a_post(audited: Audited, role: str) -> None:
    duty = heard()
    duty.beat(duty.person("dewi", role=role), STARTS + HOUR)
    assert silences(audited(duty, now=STARTS + 2 * HOUR)) == [(STARTS + HOUR + GRACE, None)]


def test_a_beat_of_another_post_is_none_of_this(audited: Audited) -> None:
    duty = heard()
    duty.beat(duty.budi, STARTS + HOUR, post="pos-lain")
    assert silences(audited(duty, now=STARTS + 2 * HOUR)) == [(STARTS + HOUR + GRACE, None)]


def test_where_no_signal_is_silence_is_expected(audited: Audited) -> None:
    night = (row(beat=HOUR, ends=NOON), row(starts=NOON, ends=NOON + 3 * HOUR), row(starts=NOON + 3 * HOUR, beat=HOUR))
    duty = heard(*night)
    for hour in range(1, 4):
        duty.beat(duty.ari, STARTS + hour * HOUR)
    opened = NOON + 3 * HOUR
    assert audited(duty, now=opened + HOUR + GRACE).findings == []
    assert silences(audited(duty, now=ENDS)) == [(opened + HOUR + GRACE, ENDS)]


def test_a_window_laid_over_a_period_of_its_ring_silences_it(audited: Audited) -> None:
    duty = heard(row(beat=HOUR), row(starts=STARTS + HOUR, ends=ENDS))
    assert audited(duty, now=ENDS).findings == []


def test_silence_before_a_window_ends_with_its_beginning(audited: Audited) -> None:
    duty = heard(row(beat=HOUR, ends=NOON), row(starts=NOON))
    assert silences(audited(duty, now=ENDS)) == [(STARTS + HOUR + GRACE, NOON)]


def test_a_ring_without_a_beat_excuses_no_other(audited: Audited) -> None:
    duty = heard(row(beat=HOUR, strength=1), row(beat=0, strength=0, ring=2))
    assert silences(audited(duty, now=NOON)) == [(STARTS + HOUR + GRACE, None)]


def test_of_two_rings_the_shorter_beat_is_due(audited: Audited) -> None:
    duty = heard(row(beat=3 * HOUR), row(beat=HOUR, ring=2, strength=0))
    assert silences(audited(duty, now=NOON)) == [(STARTS + HOUR + GRACE, None)]


def test_following_periods_keep_one_clock(audited: Audited) -> None:
    duty = heard(row(beat=HOUR, ends=STARTS + HOUR), row(beat=HOUR, starts=STARTS + HOUR))
    assert silences(audited(duty, now=NOON)) == [(STARTS + HOUR + GRACE, None)]


def test_a_shorter_beat_asks_from_its_own_beginning(audited: Audited) -> None:
    duty = heard(row(beat=6 * HOUR, ends=NOON), row(beat=600, starts=NOON))
    assert silences(audited(duty, now=NOON + 600 + GRACE)) == []
    assert silences(audited(duty, now=NOON + HOUR)) == [(NOON + 600 + GRACE, None)]


@pytest.mark.parametrize("role", ["commander", "observer", "admin"])
def test_an_office_beats_for_a_machine_and_gives_no_strength(audited: Audited, role: str) -> None:
    duty = heard(row(), row(post=CAMERA, strength=0, beat=600))
    office = duty.person("posko", role=role)
    for minute in range(0, 60, 10):
        duty.beat(office, STARTS + minute * MINUTE, post=CAMERA)
    assert audited(duty, now=STARTS + HOUR).findings == []
    assert silences(audited(duty, now=STARTS + 2 * HOUR), CAMERA) == [(STARTS + 50 * MINUTE + 600 + GRACE, None)]


def test_nobody_on_duty_is_silence_too(audited: Audited) -> None:
    duty = heard()
    duty.off(duty.ari, STARTS + MINUTE)
    assert silences(audited(duty, now=STARTS + 2 * HOUR)) == [(STARTS + MINUTE + HOUR + GRACE, None)]


def test_each_silence_is_told_by_itself(audited: Audited) -> None:
    duty = heard()
    duty.beat(duty.ari, STARTS + 3 * HOUR)
    duty.beat(duty.ari, STARTS + 6 * HOUR)
    assert silences(audited(duty, now=STARTS + 6 * HOUR)) == [
        (STARTS + HOUR + GRACE, STARTS + 3 * HOUR),
        (STARTS + 4 * HOUR + GRACE, STARTS + 6 * HOUR),
    ]


def test_one_clock_a_year_ahead_ends_no_silence_and_makes_none(audited: Audited) -> None:
    duty = heard()
    ahead = duty.member("guard", "polsek-530305", "polri", name="ahead", exp=DAWN + 500 * 24 * HOUR)
    for hour in range(1, 5):
        duty.beat(duty.ari, STARTS + hour * HOUR)
        duty.beat(duty.citra, STARTS + hour * HOUR)
    duty.beat(ahead, DAWN + 365 * 24 * HOUR)
    assert audited(duty).of("guard.silent") == []

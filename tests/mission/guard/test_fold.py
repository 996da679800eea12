"""What the fold keeps of a night: duties, reliefs, visitors, log lines, and the SOP card each guard cited."""

import pytest

from kawal_cli.audit import Audit
from tests.mission.custody.operation import HOUR, PPK_SITE
from tests.mission.guard.watch_night import DUSK, MIDNIGHT, MORNING, POST, SOP, Night, broken, quiet


def told(audit: Audit) -> list[tuple[str, int, int | None]]:
    return [(one.code, one.since, one.until) for one in audit.findings if one.code.startswith("guard.")]


def test_a_quiet_night_is_clean() -> None:
    audit = quiet().audit(at=MORNING + HOUR)
    assert audit.findings == ()
    assert audit.guard.problems == []
    assert audit.guard.unreadable == {}


@pytest.mark.parametrize("skew", [-HOUR, -900, 900, HOUR])
def test_a_clock_that_is_wrong_makes_no_gap_at_a_relief_both_signed(skew: int) -> None:
    found = told(quiet(skew=skew).audit(at=MORNING + 2 * HOUR))
    assert [one for one in found if one[1] < MORNING - HOUR] == [], "an early clock signs off early: that claim stands"


def test_who_stood_there_when() -> None:
    life = quiet().audit(at=MORNING).guard.lives[POST]
    assert {one.who for one in life.on_duty(DUSK)} == {"p-ari", "p-budi"}
    assert {one.who for one in life.on_duty(MIDNIGHT - 1)} == {"p-ari", "p-budi", "p-citra", "p-dewi"}
    assert {one.who for one in life.on_duty(MIDNIGHT)} == {"p-citra", "p-dewi"}
    assert life.on_duty(DUSK - 1) == life.on_duty(MORNING) == []


def test_the_log_book_the_visitor_and_the_cited_card_are_kept() -> None:
    guard = quiet().audit(at=MORNING).guard
    life = guard.lives[POST]
    assert [(one.at, one.note, one.who) for one in life.lines] == [(DUSK + HOUR, "Aman.", "p-budi")]
    (visit,) = life.visits
    assert (visit.way, visit.why, visit.doc, visit.beside) == ("in", "hitung kotak", "ST/12", ("kpu", "supervisor"))
    assert [one.sop for one in guard.people["p-ari"]] == [SOP]
    assert [one.sop for one in guard.people["p-citra"]] == [""]


def test_each_relief_knows_both_sides() -> None:
    first, second = quiet().audit(at=MORNING).guard.lives[POST].reliefs
    assert first.receiver is not None
    assert (first.giver.who, first.receiver.who, first.given, first.taken) == ("p-ari", "p-citra", 40, 40)
    assert first.is_taken
    assert first.closed_by is not None
    assert second.giver.who == "p-budi"


def test_a_roster_is_kept_as_a_plan() -> None:
    night = quiet()
    night.manifest("roster", [[POST, "p-ari", DUSK, MIDNIGHT], [POST, "p-citra", MIDNIGHT, MORNING]])
    post = night.audit(at=MORNING).guard.posts[POST]
    assert [(one.who, one.since, one.until) for one in post.roster] == [
        ("p-ari", DUSK, MIDNIGHT),
        ("p-citra", MIDNIGHT, MORNING),
    ]
    assert (post.site, post.is_listed, post.is_planned) == (PPK_SITE, True, True)


def test_a_broken_night_is_told_in_full() -> None:
    assert told(broken().audit(at=MORNING)) == [
        ("guard.relief-gap", DUSK + 3 * HOUR, DUSK + 4 * HOUR),
        ("guard.silent", DUSK + 8 * HOUR + 300, MORNING),
        ("guard.uncovered", DUSK + 2 * HOUR, DUSK + 4 * HOUR),
        ("guard.uncovered", DUSK + 5 * HOUR + 120, DUSK + 6 * HOUR),
    ]


def test_a_clock_known_to_be_wrong_is_set_right() -> None:
    """Ari's phone is two hours ahead; three reliefs with three others tell by how much."""
    night = Night(strength=1, beat=0)
    ahead = 2 * HOUR
    others = (night.budi, night.citra, night.dewi)
    night.at_post(night.budi, "on", DUSK)
    for number, other in enumerate(others):
        at = DUSK + (2 * number + 1) * HOUR
        about = {"post": POST, "n": 40, "ok": True}
        offer = night.say(other, "custody.offer", at, what="post", to=night.ari.key.kid, ch="A" * 22, **about)
        accept = night.say(night.ari, "custody.accept", at + 40 + ahead, of=offer, res="ok", **about)
        night.say(other, "custody.close", at + 70, of=accept, rtt=60)
        night.at_post(other, "off", at + 90)
        following = others[(number + 1) % 3]
        night.at_post(following, "on", at + HOUR - 60)
        night.at_post(night.ari, "off", at + HOUR + ahead)
    assert {code for code, _, _ in told(night.audit(at=MORNING))} == {"guard.fatigue"}


def test_an_audit_says_which_of_the_guard_events_it_could_not_read() -> None:
    night = quiet()
    bad = night.say(night.ari, "guard.on", MORNING)
    assert set(night.audit(at=MORNING).guard.unreadable) == {bad}

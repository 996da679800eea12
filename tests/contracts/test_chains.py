"""`ledger.chain-gap`, `fork`, `withheld` and what is harmless in a device's chain."""

import base64
from collections.abc import Callable

import pytest

from tests.contracts.conftest import Audited
from tests.contracts.logbook import Event
from tests.contracts.scene import BOX, DAWN, DAY, HOUR, TPS, Scene
from tests.contracts.signing import Json, digest

LOOK: dict[str, Json] = {"box": BOX, "seals": [], "ok": True, "site": TPS}


def sealed() -> Scene:
    scene = Scene()
    scene.seal(scene.kpps, DAWN + 9 * HOUR)
    return scene


def hidden(scene: Scene, ts: int) -> Event:
    """A guard's look at the box that stays on the phone."""
    return scene.sign(scene.guard, "custody.check", ts, **LOOK)


def heard(scene: Scene, first: int, last: int) -> Event:
    return scene.write(
        scene.kpu, "ledger.gap", DAWN + 14 * HOUR, kid=scene.guard.kid, range=[first, last], th=digest(b"heard")
    )


def test_a_first_record_that_is_missing_leaves_a_gap_since_the_enrolment(audited: Audited) -> None:
    scene = sealed()
    hidden(scene, DAWN + 10 * HOUR)
    seen = scene.check(scene.guard, DAWN + 11 * HOUR)
    found = audited(scene).only("ledger.chain-gap", scene.guard.kid)
    assert (found["severity"], found["from"], found["to"]) == ("warn", DAWN - 10 * DAY, seen.ts)


def test_a_gap_in_the_middle_lies_between_its_neighbours(audited: Audited) -> None:
    scene = sealed()
    before = scene.check(scene.guard, DAWN + 10 * HOUR)
    hidden(scene, DAWN + 11 * HOUR)
    hidden(scene, DAWN + 12 * HOUR)
    after = scene.check(scene.guard, DAWN + 13 * HOUR)
    found = audited(scene).only("ledger.chain-gap", scene.guard.kid)
    assert (found["from"], found["to"]) == (before.ts, after.ts)
    assert after.eid in found["evidence"]


@pytest.mark.parametrize("attester", ["supervisor", "kpu", None])
@pytest.mark.parametrize("last", [1, 9])
def test_a_testimony_never_takes_the_warning_away(audited: Audited, attester: str | None, last: int) -> None:
    scene = sealed()
    hidden(scene, DAWN + 10 * HOUR)
    scene.check(scene.guard, DAWN + 11 * HOUR)
    told = heard(scene, last, last)
    if attester is not None:
        scene.attest(getattr(scene, attester), DAWN + 14 * HOUR + 60, told)
    assert audited(scene).only("ledger.chain-gap", scene.guard.kid)["severity"] == "warn"


def test_a_first_record_must_name_its_enrolment(audited: Audited) -> None:
    scene = sealed()
    scene.guard.head = digest(b"another enrolment")
    scene.check(scene.guard, DAWN + 10 * HOUR)
    assert audited(scene).only("ledger.chain-gap", scene.guard.kid)["severity"] == "warn"


def test_two_records_under_one_number_are_a_fork(audited: Audited) -> None:
    scene = sealed()
    one = scene.check(scene.guard, DAWN + 10 * HOUR)
    other = scene.fork(one, "custody.check", DAWN + 10 * HOUR + 60, **LOOK)
    found = audited(scene).only("ledger.fork", scene.guard.kid)
    assert found["severity"] == "alarm"
    assert set(found["evidence"]) == {one.eid, other.eid}


def test_both_branches_of_a_fork_stay_evidence(audited: Audited) -> None:
    for elsewhere in (0, 1):
        scene = sealed()
        sites = [TPS, "ppk-530305"]
        one = scene.check(scene.guard, DAWN + 10 * HOUR, site=sites[elsewhere])
        scene.fork(one, "custody.check", DAWN + 10 * HOUR + 60, **{**LOOK, "site": sites[1 - elsewhere]})
        assert "custody.gap" in audited(scene).codes


def test_the_same_line_twice_is_one_event(audited: Audited) -> None:
    scene = sealed()
    scene.events.append(scene.check(scene.guard, DAWN + 10 * HOUR))
    assert audited(scene).findings == []


@pytest.mark.parametrize("attested", [True, False], ids=["of a signature of its own", "of the first"])
def test_another_signature_over_the_same_payload_is_harmless(audited: Audited, attested: bool) -> None:
    scene = sealed()
    browser = scene.member("pps", "pps-5303052001", "pps", name="browser", alg="ES256")
    offered = scene.offer(scene.kpps, browser, DAWN + 10 * HOUR)
    accepted = scene.accept(browser, offered, DAWN + 10 * HOUR + 60)
    again = Event(browser, accepted.seq, accepted.ts, browser.sign(payload_bytes(accepted)), accepted.payload)
    assert again.line != accepted.line
    scene.events.append(again)
    named = again if attested else accepted
    for one in (scene.guard, scene.supervisor):
        scene.attest(one, DAWN + 10 * HOUR + 200, named)
    browser.head = named.eid
    scene.check(browser, DAWN + 11 * HOUR)
    assert audited(scene).findings == []


def payload_bytes(event: Event) -> bytes:
    part = event.line.split(b".")[1]
    return base64.urlsafe_b64decode(part + b"=" * (-len(part) % 4))


def by_hand_over_head(scene: Scene) -> Event:
    scene.sign(scene.pps, "custody.check", DAWN + 9 * HOUR + 60, **LOOK)
    return scene.offer(scene.kpps, scene.pps, DAWN + 10 * HOUR)


def by_answer(scene: Scene) -> Event:
    offered = scene.offer(scene.kpps, scene.pps, DAWN + 10 * HOUR)
    scene.events.remove(offered)
    return scene.accept(scene.pps, offered, DAWN + 10 * HOUR + 60)


def by_attest(scene: Scene) -> Event:
    return scene.attest(scene.supervisor, DAWN + 10 * HOUR, hidden(scene, DAWN + 9 * HOUR + 120))


def by_signed_head(scene: Scene) -> Event:
    unseen = hidden(scene, DAWN + 9 * HOUR + 60)
    return scene.write(scene.guard, "ledger.head", DAWN + 10 * HOUR, n=unseen.seq, eid=unseen.eid)


@pytest.mark.parametrize("pointing", [by_hand_over_head, by_answer, by_attest, by_signed_head])
def test_whoever_points_at_what_the_log_lacks_shows_that_it_is_withheld(
    audited: Audited, pointing: Callable[[Scene], Event]
) -> None:
    scene = sealed()
    pointer = pointing(scene)
    (found,) = audited(scene, now=DAWN + 10 * HOUR + 300).of("ledger.withheld")
    assert (found["subject"], found["severity"]) == (pointer.phone.kid, "alarm")
    assert pointer.eid in found["evidence"]


def test_a_signed_head_of_a_record_that_is_there_withholds_nothing(audited: Audited) -> None:
    scene = sealed()
    seen = scene.check(scene.guard, DAWN + 10 * HOUR)
    scene.write(scene.guard, "ledger.head", DAWN + 11 * HOUR, n=seen.seq, eid=seen.eid)
    assert audited(scene).findings == []

"""Who counts: enrolment by two agencies, terms of duty, revocation."""

import pytest

from tests.contracts.conftest import Audited
from tests.contracts.logbook import LAST_SECOND, Event
from tests.contracts.scene import BOX, DAWN, DAY, HOUR, PPK, Scene
from tests.contracts.signing import Json, Phone

FAR = "kupang"


def sealed() -> Scene:
    scene = Scene()
    scene.seal(scene.kpps, DAWN + 9 * HOUR)
    return scene


def stranger() -> Phone:
    return Phone("stranger", "ppk", "ppk-530305", "ppk", "p-stranger")


def revoke(scene: Scene, phone: Phone, ts: int, good: Event, *, confirmed: bool = True) -> None:
    members: dict[str, Json] = {"kid": phone.kid, "why": "lost", "from": ts, "good": [good.seq, good.eid]}
    said = scene.write(scene.admin, "ledger.revoke", ts, **members)
    if confirmed:
        scene.write(scene.second, "ledger.revoke-ok", ts, of=said.eid)


@pytest.mark.parametrize("how", ["never", "unconfirmed", "by one administrator", "by no administrator"])
def test_a_key_that_two_administrators_did_not_enrol_leaves_no_evidence(audited: Audited, how: str) -> None:
    scene = sealed()
    phone = stranger()
    phone.head = scene.events[0].eid
    pairs: dict[str, tuple[Phone, Phone | None]] = {
        "unconfirmed": (scene.admin, None),
        "by one administrator": (scene.admin, scene.admin),
        "by no administrator": (scene.kpu, scene.second),
    }
    if how in pairs:
        scene.enrol(phone, DAWN - 9 * DAY, *pairs[how])
    scene.check(phone, DAWN + 9 * HOUR + 60, site=FAR)
    answer = audited(scene)
    assert answer.only("ledger.unenrolled", phone.kid)["severity"] == "alarm"
    assert answer.code == 1


def test_two_administrators_of_one_agency_do_not_enrol(audited: Audited) -> None:
    scene = sealed()
    colleague = Phone("admin-kpu-2", "admin", "kpu-5303", "kpu", "p-a3")
    scene.enrol(colleague, DAWN - 9 * DAY, scene.admin, scene.second)
    phone = stranger()
    scene.enrol(phone, DAWN - 8 * DAY, scene.admin, colleague)
    scene.check(phone, DAWN + 9 * HOUR + 60, site=FAR)
    answer = audited(scene)
    assert answer.of("ledger.one-agency", phone.kid)[0]["severity"] == "warn"
    assert {code.split(".")[0] for code in answer.codes} == {"ledger"}, "its record is no evidence"


def test_a_confirmation_that_comes_late_is_one(audited: Audited) -> None:
    scene = sealed()
    phone = stranger()
    enrolment = scene.enrol(phone, DAWN - 9 * DAY, scene.admin, None)
    scene.check(phone, DAWN + 10 * HOUR, site=PPK)
    scene.write(scene.second, "ledger.enrol-ok", DAWN + 11 * HOUR, of=enrolment.eid)
    assert audited(scene).only("custody.gap", BOX)


@pytest.mark.parametrize(
    ("nbf", "exp", "counts"),
    [
        (DAWN + 10 * HOUR, DAWN + 10 * HOUR, True),
        (DAWN + 10 * HOUR + 1, LAST_SECOND, False),
        (DAWN, DAWN + 10 * HOUR - 1, False),
    ],
)
def test_a_record_outside_the_term_of_duty_does_not_count(audited: Audited, nbf: int, exp: int, counts: bool) -> None:
    scene = sealed()
    phone = scene.member("ppk", "ppk-530305", "ppk", name="term", nbf=nbf, exp=exp)
    scene.check(phone, DAWN + 10 * HOUR, site=PPK)
    answer = audited(scene)
    if counts:
        assert answer.only("custody.gap", BOX)
    else:
        assert answer.only("ledger.expired", phone.kid)["severity"] == "warn"


def test_after_its_last_good_record_a_revoked_key_leaves_no_evidence(audited: Audited) -> None:
    scene = sealed()
    good = scene.check(scene.guard, DAWN + 10 * HOUR)
    after = scene.check(scene.guard, DAWN + 10 * HOUR + 60, site=FAR)
    revoke(scene, scene.guard, DAWN + 12 * HOUR, good)
    found = audited(scene).only("ledger.revoked", scene.guard.kid)
    assert (found["severity"], found["evidence"][0]) == ("alarm", after.eid)


def test_what_a_revoked_key_accepted_before_stays_accepted(audited: Audited) -> None:
    scene = sealed()
    colleague = scene.member("pps", scene.pps.unit, "pps", name="colleague")
    accepted = scene.hand_over(scene.kpps, scene.pps, DAWN + 10 * HOUR)
    revoke(scene, scene.pps, DAWN + 12 * HOUR, accepted)
    scene.check(colleague, DAWN + 13 * HOUR)
    assert audited(scene).findings == []


def test_one_administrator_alone_revokes_nothing(audited: Audited) -> None:
    scene = sealed()
    good = scene.check(scene.guard, DAWN + 10 * HOUR)
    scene.check(scene.guard, DAWN + 11 * HOUR)
    revoke(scene, scene.guard, DAWN + 12 * HOUR, good, confirmed=False)
    assert audited(scene).findings == []


@pytest.mark.parametrize("listed", [True, False], ids=["x and y", "x alone"])
def test_an_older_browser_holds_boxes_too(audited: Audited, listed: bool) -> None:
    scene = sealed()
    phone = Phone("browser", "ppk", "ppk-530305", "ppk", "p-browser", "ES256")
    if not listed:
        phone.y = None
    scene.enrol(phone, DAWN - 9 * DAY, scene.admin, scene.second)
    scene.hand_over(scene.kpps, phone, DAWN + 10 * HOUR, site=PPK)
    scene.check(phone, DAWN + 12 * HOUR, site=PPK)
    assert audited(scene).findings == []

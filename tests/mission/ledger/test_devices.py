"""Who may speak: two administrators of two agencies say so, and two can take it back."""

import pytest

from kawal.ledger.devices import Devices, Standing, read_devices
from kawal.ledger.event import leaf_id
from tests.mission.ledger.scene import DAWN, DAY, Device, Log, event_of, key_of, kotak


def devices_of(log: Log) -> Devices:
    return read_devices([event_of(jws) for jws in log.leaves])


def standing_of(log: Log, jws: bytes) -> Standing:
    event = event_of(jws)
    return devices_of(log).standing(event, event.ts)


def test_a_device_of_two_agencies_counts() -> None:
    log = kotak()
    ppk = log.enrols("ppk", unit="ppk-530305", agency="ppk")
    devices = devices_of(log)
    assert standing_of(log, ppk.signs("custody.check", 3600)) == "good"
    assert devices.agency(ppk.kid) == "ppk"
    assert [one.enrol.unit for one in devices.enrolments[ppk.kid]] == ["ppk-530305"]


def test_a_confirmation_may_arrive_before_its_enrolment() -> None:
    log = kotak()
    ppk = log.enrols("ppk")
    log.leaves[-2:] = log.leaves[:-3:-1]
    assert standing_of(log, ppk.signs("custody.check", 3600)) == "good"


def test_a_device_that_only_one_administrator_proposed_does_not_count() -> None:
    log = kotak()
    ghost = Device("ghost", key_of("ghost"))
    log.proposes(ghost, by="kpu")
    assert standing_of(log, ghost.signs("custody.check", 3600)) == "unenrolled"


def test_one_administrator_does_not_sign_twice() -> None:
    log = kotak()
    ghost = log.enrols("ghost", by="kpu", ok="kpu")
    assert standing_of(log, ghost.signs("custody.check", 3600)) == "unenrolled"


def test_nobody_who_is_no_administrator_enrols() -> None:
    log = kotak()
    log.admins["ppk"] = log.enrols("ppk")
    for by, ok in (("ppk", "kpu"), ("kpu", "ppk")):
        ghost = log.enrols(f"ghost-{by}", by=by, ok=ok)
        assert standing_of(log, ghost.signs("custody.check", 3600)) == "unenrolled"


def test_two_administrators_of_one_agency_enrol_nobody() -> None:
    log = Log().opened(kpu="kpu", kpu2="kpu", bawaslu="bawaslu")
    ghost = log.enrols("ghost", by="kpu", ok="kpu2")
    assert standing_of(log, ghost.signs("custody.check", 3600)) == "one-agency"
    assert [one.kid for one in devices_of(log).one_agency] == [ghost.kid]


def test_another_agency_s_confirmation_mends_it() -> None:
    log = Log().opened(kpu="kpu", kpu2="kpu", bawaslu="bawaslu")
    ppk = Device("ppk", key_of("ppk"))
    enrol = log.proposes(ppk, by="kpu")
    log.confirms(enrol, by="kpu2")
    log.confirms(enrol, by="bawaslu")
    assert standing_of(log, ppk.signs("custody.check", 3600)) == "good"
    assert devices_of(log).one_agency == ()


def told_by_enrolment() -> Log:
    log = Log().opened(kpu="", kpu2="", bawaslu="")
    for name, by, ok in (("kpu", "kpu2", "bawaslu"), ("kpu2", "kpu", "bawaslu"), ("bawaslu", "kpu", "kpu2")):
        log.confirms(log.proposes(log.admins[name], by=by, role="admin", agency=name.rstrip("2")), by=ok)
    return log


def test_an_agency_that_the_genesis_leaves_out_is_told_by_enrolment() -> None:
    log = told_by_enrolment()
    ghost, ppk = log.enrols("ghost", by="kpu", ok="kpu2"), log.enrols("ppk", by="kpu", ok="bawaslu")
    assert set(devices_of(log).admins.values()) == {"kpu", "bawaslu"}
    assert standing_of(log, ghost.signs("custody.check", 3600)) == "one-agency"
    assert standing_of(log, ppk.signs("custody.check", 3600)) == "good"


def test_no_administrator_alone_tells_its_own_agency() -> None:
    log = Log().opened(kpu="", kpu2="", bawaslu="")
    log.proposes(log.admins["kpu2"], by="kpu2", role="admin", agency="observers")
    told = told_by_enrolment()
    claims = Log(admins={name: admin.copied() for name, admin in log.admins.items()}, leaves=list(log.leaves))
    for name, by, ok in (("kpu", "kpu2", "bawaslu"), ("kpu2", "kpu", "bawaslu"), ("bawaslu", "kpu", "kpu2")):
        claims.confirms(claims.proposes(claims.admins[name], by=by, role="admin", agency=name.rstrip("2")), by=ok)
    ghost = claims.enrols("ghost", by="kpu", ok="kpu2")
    assert sorted(devices_of(claims).admins.values()) == sorted(devices_of(told).admins.values())
    assert standing_of(claims, ghost.signs("custody.check", 3600)) == "one-agency"


def test_an_administrator_whom_administrators_enrolled_enrols_others() -> None:
    log = kotak()
    log.admins["pemda"] = log.enrols("pemda", role="admin", agency="pemda", exp=DAWN + DAY)
    ppk = log.enrols("ppk", by="pemda", ok="bawaslu", at=3600)
    ghost = log.enrols("ghost", by="post", ok="pemda", at=2 * DAY)
    assert standing_of(log, ppk.signs("custody.check", 7200)) == "good"
    assert standing_of(log, ghost.signs("custody.check", 2 * DAY + 60)) == "unenrolled", "his own term was over"


def test_a_device_speaks_in_its_term_alone() -> None:
    log = kotak()
    ppk = log.enrols("ppk", nbf=DAWN + 3600, exp=DAWN + 7200)
    said = {at: standing_of(log, ppk.signs("custody.check", at)) for at in (3599, 3600, 7200, 7201)}
    assert said == {3599: "expired", 3600: "good", 7200: "good", 7201: "expired"}


def test_a_renewed_enrolment_covers_both_terms() -> None:
    log = kotak()
    ppk = log.enrols("ppk", exp=DAWN + DAY, unit="ppk-530305")
    log.confirms(log.proposes(ppk, by="kpu", nbf=DAWN + 2 * DAY, unit="ppk-530306"), by="bawaslu")
    devices = devices_of(log)
    units = [one and one.enrol.unit for at in (0, 3 * DAY) for one in [devices.enrolment(ppk.kid, DAWN + at)]]
    assert units == ["ppk-530305", "ppk-530306"]
    assert standing_of(log, ppk.signs("custody.check", DAY + 3600)) == "expired"


def test_a_key_that_is_not_its_kid_is_not_enrolled() -> None:
    log = kotak()
    ghost = log.enrols("ghost", kid=key_of("ppk").kid)
    assert standing_of(log, ghost.signs("custody.check", 3600)) == "unenrolled"


@pytest.mark.parametrize("ok", [None, "kpu"])
def test_one_administrator_revokes_nobody(ok: str | None) -> None:
    log = kotak()
    ppk = log.enrols("ppk")
    log.revokes(ppk, 3600, None, ok=ok or "kpu")
    assert standing_of(log, ppk.signs("custody.check", 7200)) == "good"


def test_a_revoked_device_keeps_what_it_said_before() -> None:
    log = kotak()
    ppk = log.enrols("ppk")
    first, last = ppk.signs("custody.check", 3600), ppk.signs("custody.check", 3700)
    log.leaves += [first, last]
    log.revokes(ppk, 3800, [2, leaf_id(last)])
    after = ppk.signs("custody.check", 3750)
    assert [standing_of(log, jws) for jws in (first, last, after)] == ["good", "good", "revoked"]


def test_a_revocation_that_names_no_head_counts_from_its_time() -> None:
    log = kotak()
    ppk = log.enrols("ppk")
    log.revokes(ppk, 3700, None)
    before, after = ppk.signs("custody.check", 3700), ppk.signs("custody.check", 3701)
    assert [standing_of(log, jws) for jws in (before, after)] == ["good", "revoked"]


def test_a_device_revoked_unused_never_counts() -> None:
    log = kotak()
    ppk = log.enrols("ppk")
    log.revokes(ppk, 3700, [0, ppk.head])
    assert standing_of(log, ppk.signs("custody.check", 3600)) == "revoked"


def test_a_thief_s_branch_below_the_last_good_head_does_not_count() -> None:
    log = kotak()
    ppk = log.enrols("ppk")
    thief = ppk.copied()
    mine = [ppk.signs("custody.check", 3600), ppk.signs("custody.check", 3700)]
    forged = [thief.signs("custody.check", 3650), thief.signs("custody.check", 3660)]
    log.leaves += [*mine, *forged]
    log.revokes(ppk, 3800, [2, leaf_id(mine[1])])
    assert [standing_of(log, jws) for jws in (*mine, *forged)] == ["good", "good", "revoked", "revoked"]


def test_what_an_administrator_signed_after_its_own_revocation_enrols_nobody() -> None:
    log = kotak()
    stolen = log.admins["post"]
    good = log.add(stolen.signs("ledger.head", 300, n=0, eid=stolen.head))
    log.revokes(stolen, 400, [stolen.seq, good])
    ghost = log.enrols("ghost", by="post", ok="kpu", at=500)
    assert standing_of(log, ghost.signs("custody.check", 3600)) == "unenrolled"


def test_a_second_genesis_brings_no_administrators() -> None:
    log = kotak()
    false = Log().opened(thief="kpu", thief2="bawaslu")
    ghost = false.enrols("ghost", by="thief", ok="thief2")
    log.leaves += false.leaves
    assert standing_of(log, ghost.signs("custody.check", 3600)) == "unenrolled"
    assert set(devices_of(log).admins) == {admin.kid for admin in log.admins.values()}


def handed_over() -> Log:
    """A log whose first three administrators handed over to three others and were withdrawn."""
    log = Log().opened(kpu="kpu", bawaslu="bawaslu", polri="polri")
    new = {
        f"new-{agency}": log.enrols(f"new-{agency}", by=by, ok=ok, role="admin", agency=agency)
        for agency, by, ok in (
            ("kpu", "kpu", "bawaslu"),
            ("bawaslu", "bawaslu", "polri"),
            ("polri", "polri", "kpu"),
        )
    }
    log.admins |= new
    for old in ("kpu", "bawaslu", "polri"):
        admin = log.admins[old]
        log.revokes(admin.copied(), 600, [admin.seq, admin.head], by="new-kpu", ok="new-polri", why="role-end")
    return log


def test_after_the_hand_over_the_new_administrators_enrol_and_the_old_ones_do_not() -> None:
    log = handed_over()
    ppk = log.enrols("ppk", by="new-kpu", ok="new-bawaslu", at=3600)
    ghost = log.enrols("ghost", by="kpu", ok="bawaslu", at=3600)
    mixed = log.enrols("mixed", by="new-kpu", ok="polri", at=3600)
    assert standing_of(log, ppk.signs("custody.check", 7200)) == "good"
    assert standing_of(log, ghost.signs("custody.check", 7200)) == "unenrolled"
    assert standing_of(log, mixed.signs("custody.check", 7200)) == "unenrolled"


def test_a_copy_of_the_old_keys_withdraws_nobody() -> None:
    log = handed_over()
    log.revokes(log.admins["new-kpu"], 7200, None, by="kpu", ok="polri")
    ppk = log.enrols("ppk", by="new-kpu", ok="new-bawaslu", at=9000)
    assert log.admins["new-kpu"].kid not in devices_of(log).revocations
    assert standing_of(log, ppk.signs("custody.check", 9600)) == "good"


def test_a_copy_of_the_old_keys_enrols_nobody_below_their_last_good_heads_either() -> None:
    log = Log().opened(kpu="kpu", bawaslu="bawaslu", polri="polri")
    copies = {name: log.admins[name].copied() for name in ("kpu", "bawaslu")}
    for name in ("kpu", "bawaslu"):
        admin = log.admins[name]
        log.add(admin.signs("ledger.head", 60, n=0, eid=admin.head or log.admins["polri"].head))
    log.revokes(log.admins["kpu"].copied(), 600, [log.admins["kpu"].seq, log.admins["kpu"].head], by="polri")
    log.revokes(
        log.admins["bawaslu"].copied(), 600, [log.admins["bawaslu"].seq, log.admins["bawaslu"].head], by="polri"
    )
    log.admins |= copies
    ghost = log.enrols("ghost", by="bawaslu", ok="kpu", at=3600)
    assert standing_of(log, ghost.signs("custody.check", 7200)) == "unenrolled"


def test_a_withdrawal_that_counted_stays_when_its_signer_is_withdrawn_later() -> None:
    log = Log().opened(kpu="kpu", bawaslu="bawaslu", polri="polri")
    ppk = log.enrols("ppk", by="kpu", ok="polri")
    log.revokes(ppk, 600, [0, ppk.head], by="kpu", ok="bawaslu")
    kpu = log.admins["kpu"]
    log.revokes(kpu, 700, [1, log.admins["polri"].head], by="polri", ok="bawaslu")
    assert set(devices_of(log).revocations) == {ppk.kid, kpu.kid}

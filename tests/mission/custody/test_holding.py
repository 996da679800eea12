"""Who holds a box, and every interval in which that is uncertain."""

import pytest

from tests.mission.custody.operation import (
    BOX,
    FAR_BOX,
    HOUR,
    OTHER,
    PPK_SITE,
    PPS_SITE,
    STORE,
    TPS,
    VOTE,
    Operation,
    journey,
)


@pytest.fixture
def operation() -> Operation:
    made = Operation()
    made.places()
    made.expect([BOX, OTHER])
    return made


def test_a_box_handed_over_by_two_phones_all_the_way_raises_nothing(operation: Operation) -> None:
    journey(operation, [BOX, OTHER])
    audit = operation.audit()
    assert audit.findings == ()
    record = audit.custody.boxes[BOX]
    assert (record.holder, record.site, record.grade) == ("ppk-530305", PPK_SITE, "dua ponsel")
    assert audit.exit_code == 0


def test_the_first_custodian_to_sign_on_a_box_is_its_first_holder(operation: Operation) -> None:
    operation.seal(operation.kpps, BOX, VOTE)
    assert operation.audit().custody.boxes[BOX].holder == operation.kpps.unit


def test_a_guard_who_checks_a_box_never_becomes_its_holder(operation: Operation) -> None:
    operation.check(operation.guard, BOX, VOTE, site=TPS)
    assert operation.audit().custody.boxes[BOX].holder == ""


def test_a_box_that_appears_with_another_custodian_opens_a_gap_from_its_last_certain_evidence(
    operation: Operation,
) -> None:
    sealed = operation.seal(operation.kpps, BOX, VOTE)
    seen = operation.check(operation.ppk, BOX, VOTE + 2 * HOUR, site=PPK_SITE)
    (gap,) = operation.findings("custody.gap")
    assert (gap.subject, gap.severity, gap.since, gap.until) == (BOX, "alarm", VOTE, None)
    assert gap.evidence == (sealed, seen)
    assert operation.kpps.unit in gap.says.id
    assert operation.kpps.unit in gap.says.en
    assert operation.audit().exit_code == 1


def test_a_gap_closes_at_the_next_accepted_hand_over(operation: Operation) -> None:
    operation.seal(operation.kpps, BOX, VOTE)
    operation.check(operation.ppk, BOX, VOTE + 2 * HOUR, site=PPK_SITE)
    operation.hand_over(operation.ppk, operation.kpu, [BOX], VOTE + 5 * HOUR, site=STORE)
    (gap,) = operation.findings("custody.gap")
    assert gap.until == VOTE + 5 * HOUR + 120
    assert operation.audit().custody.boxes[BOX].holder == "kpu-5303"


def test_a_gap_closed_by_an_attested_stock_take_is_only_told(operation: Operation) -> None:
    operation.seal(operation.kpps, BOX, VOTE)
    operation.check(operation.ppk, BOX, VOTE + 2 * HOUR, site=PPK_SITE)
    count = operation.count(operation.ppk, [BOX], VOTE + 3 * HOUR, site=PPK_SITE)
    operation.say(operation.panwas, "ledger.attest", VOTE + 3 * HOUR, of=[count])
    (gap,) = operation.findings("custody.gap")
    assert (gap.severity, gap.until) == ("info", VOTE + 3 * HOUR)


def test_a_stock_take_that_nobody_attested_leaves_the_alarm(operation: Operation) -> None:
    operation.seal(operation.kpps, BOX, VOTE)
    operation.check(operation.ppk, BOX, VOTE + 2 * HOUR, site=PPK_SITE)
    operation.count(operation.ppk, [BOX], VOTE + 3 * HOUR, site=PPK_SITE)
    (gap,) = operation.findings("custody.gap")
    assert gap.severity == "alarm"


def test_a_guard_who_sees_a_box_at_another_site_opens_a_gap(operation: Operation) -> None:
    operation.seal(operation.kpps, BOX, VOTE)
    operation.check(operation.guard, BOX, VOTE + HOUR, site=PPS_SITE)
    (gap,) = operation.findings("custody.gap")
    assert gap.subject == BOX
    assert PPS_SITE in gap.says.en


def test_a_guard_who_sees_a_box_where_it_should_be_confirms_it(operation: Operation) -> None:
    operation.seal(operation.kpps, BOX, VOTE)
    operation.check(operation.guard, BOX, VOTE + HOUR, site=TPS)
    assert operation.findings("custody.gap") == []


def test_the_holder_may_move_a_box_without_a_gap(operation: Operation) -> None:
    operation.seal(operation.kpps, BOX, VOTE)
    operation.check(operation.kpps, BOX, VOTE + HOUR, site=PPS_SITE)
    operation.check(operation.guard, BOX, VOTE + 2 * HOUR, site=PPS_SITE)
    assert operation.findings("custody.gap") == []


def test_a_box_on_the_road_may_be_seen_anywhere(operation: Operation) -> None:
    operation.seal(operation.kpps, BOX, VOTE)
    operation.say(operation.escort, "convoy.depart", VOTE + 60, convoy="k-1", vehicle="v", boxes=[BOX], n=1)
    operation.check(operation.guard, BOX, VOTE + HOUR, site=PPK_SITE)
    assert operation.findings("custody.gap") == []


def test_an_emergency_move_by_whoever_guards_is_no_gap(operation: Operation) -> None:
    operation.seal(operation.ppk, BOX, VOTE, site=PPK_SITE)
    operation.say(operation.guard, "custody.move", VOTE + HOUR, boxes=[BOX], from_=PPK_SITE, to=STORE, why="kebakaran")
    operation.check(operation.guard, BOX, VOTE + 2 * HOUR, site=STORE)
    audit = operation.audit()
    assert audit.findings == ()
    assert (audit.custody.boxes[BOX].holder, audit.custody.boxes[BOX].site) == (operation.ppk.unit, STORE)


def test_officers_of_one_unit_may_act_for_each_other(operation: Operation) -> None:
    colleague = operation.device("ppk", operation.ppk.unit)
    operation.seal(operation.pps, BOX, VOTE)
    offer = operation.offer(operation.pps, operation.ppk, [BOX], VOTE + HOUR, site=PPK_SITE)
    operation.accept(colleague, offer, VOTE + HOUR + 60, site=PPK_SITE)
    assert operation.audit().custody.boxes[BOX].holder == operation.ppk.unit


def test_an_answer_by_a_phone_the_offer_does_not_name_passes_nothing(operation: Operation) -> None:
    """A relayed photo of the QR code: another unit's phone answers it."""
    operation.seal(operation.kpps, BOX, VOTE)
    offer = operation.offer(operation.kpps, operation.pps, [BOX], VOTE + HOUR, site=PPS_SITE)
    operation.accept(operation.ppk, offer, VOTE + HOUR + 60, site=PPS_SITE)
    audit = operation.audit(at=VOTE + 2 * HOUR)
    assert audit.custody.boxes[BOX].holder == operation.kpps.unit
    assert "custody.one-sided" in {finding.code for finding in audit.findings}


def test_a_hand_over_with_differences_passes_every_box_not_missing(operation: Operation) -> None:
    operation.seal(operation.kpps, BOX, VOTE)
    operation.seal(operation.kpps, OTHER, VOTE, [{"k": "tie", "s": "X1", "n": 1}])
    offer = operation.offer(operation.kpps, operation.pps, [BOX, OTHER], VOTE + HOUR, site=PPS_SITE)
    operation.accept(operation.pps, offer, VOTE + HOUR + 60, site=PPS_SITE, res="diff", diff=[[OTHER, "missing", []]])
    audit = operation.audit()
    assert audit.custody.boxes[BOX].holder == operation.pps.unit
    assert audit.custody.boxes[OTHER].holder == operation.kpps.unit
    assert [(one.code, one.subject) for one in audit.findings] == [("custody.count", OTHER)]


def test_a_refused_hand_over_passes_nothing_and_is_no_gap(operation: Operation) -> None:
    operation.seal(operation.kpps, BOX, VOTE)
    offer = operation.offer(operation.kpps, operation.pps, [BOX], VOTE + HOUR, site=PPS_SITE)
    operation.accept(operation.pps, offer, VOTE + HOUR + 60, site=PPS_SITE, res="no")
    audit = operation.audit(at=VOTE + 9 * HOUR)
    assert audit.findings == ()
    assert audit.custody.boxes[BOX].holder == operation.kpps.unit


def test_a_box_received_beyond_the_list_is_counted_and_named(operation: Operation) -> None:
    operation.seal(operation.kpps, BOX, VOTE)
    operation.seal(operation.other_kpps, FAR_BOX, VOTE, [{"k": "tie", "s": "X1", "n": 1}])
    offer = operation.offer(operation.kpps, operation.pps, [BOX], VOTE + HOUR, site=PPS_SITE)
    operation.accept(operation.pps, offer, VOTE + HOUR + 60, site=PPS_SITE, res="diff", diff=[[FAR_BOX, "extra", []]])
    found = {(one.code, one.subject) for one in operation.audit().findings}
    assert {("custody.count", FAR_BOX), ("custody.gap", FAR_BOX)} <= found


def test_a_list_beyond_the_payload_travels_as_a_manifest(operation: Operation) -> None:
    operation.seal(operation.kpps, BOX, VOTE)
    mh = operation.blob(f"box,seals\n{BOX},T1 T2\n".encode())
    offer = operation.say(
        operation.kpps, "custody.offer", VOTE + HOUR, what="box", to=operation.pps.key.kid, ch="A" * 22, mh=mh, n=1
    )
    operation.accept(operation.pps, offer, VOTE + HOUR + 60, site=PPS_SITE)
    audit = operation.audit()
    assert audit.findings == ()
    assert audit.custody.boxes[BOX].holder == operation.pps.unit


def test_relief_of_a_post_is_no_hand_over_of_boxes(operation: Operation) -> None:
    operation.say(operation.guard, "custody.offer", VOTE, what="post", to=operation.escort.key.kid, post="pos-1", n=3)
    audit = operation.audit(at=VOTE + 9 * HOUR)
    assert audit.findings == ()
    assert audit.custody.offers == {}


def test_an_event_with_members_of_no_shape_is_noted_and_takes_nothing_down(operation: Operation) -> None:
    operation.say(operation.kpps, "custody.offer", VOTE, what="box", to=7, items="semua")
    operation.say(operation.kpps, "custody.seal", VOTE + 1, box=None, seals="x")
    operation.seal(operation.kpps, BOX, VOTE + 2)
    audit = operation.audit()
    assert audit.custody.boxes[BOX].holder == operation.kpps.unit
    assert len(audit.custody.unreadable) == 2
    assert len(audit.notes) == 2


def test_a_destroyed_box_is_danger_and_a_lost_one_unknown(operation: Operation) -> None:
    journey(operation, [BOX, OTHER])
    operation.say(operation.guard, "custody.state", VOTE + 21 * HOUR, box=BOX, is_="destroyed")
    operation.say(operation.guard, "custody.state", VOTE + 21 * HOUR, box=OTHER, is_="lost")
    looks = {line.box: line.look for line in operation.audit().board.lines}
    assert looks == {BOX: "bahaya", OTHER: "tidak diketahui"}

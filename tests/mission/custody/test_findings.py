"""Every `custody.*` finding: what provokes it, and what does not."""

import pytest

from kawal.ledger.finding import Finding
from tests.mission.custody.operation import (
    BOX,
    DAY,
    DISTRICT,
    FAR_BOX,
    HOUR,
    OTHER,
    PPK_SITE,
    PPS_SITE,
    SEALS,
    STORE,
    TPS,
    VOTE,
    Device,
    Operation,
    journey,
)

PRESENT = ["ppk", "pps", "supervisor", "witness"]


@pytest.fixture
def operation() -> Operation:
    made = Operation()
    made.places()
    made.expect([BOX, OTHER])
    return made


def only(found: list[Finding]) -> Finding:
    assert len(found) == 1, found
    return found[0]


# One-sided


def test_an_offer_nobody_answers_is_one_sided_after_thirty_minutes(operation: Operation) -> None:
    operation.seal(operation.kpps, BOX, VOTE)
    operation.offer(operation.kpps, operation.pps, [BOX], VOTE + HOUR, site=PPS_SITE)
    assert operation.findings("custody.one-sided", at=VOTE + HOUR + 1800) == []
    one = only(operation.findings("custody.one-sided", at=VOTE + HOUR + 1801))
    assert (one.subject, one.severity, one.since, one.until) == (BOX, "warn", VOTE + HOUR, None)
    assert operation.kpps.unit in one.says.id


def test_an_offer_withdrawn_in_time_is_not_one_sided(operation: Operation) -> None:
    operation.seal(operation.kpps, BOX, VOTE)
    offer = operation.offer(operation.kpps, operation.pps, [BOX], VOTE + HOUR, site=PPS_SITE)
    operation.say(operation.kpps, "custody.void", VOTE + HOUR + 600, of=offer)
    assert operation.findings("custody.one-sided", at=VOTE + DAY) == []


def test_an_answer_that_comes_too_late_is_told_with_its_end(operation: Operation) -> None:
    operation.seal(operation.kpps, BOX, VOTE)
    offer = operation.offer(operation.kpps, operation.pps, [BOX], VOTE + HOUR, site=PPS_SITE)
    operation.accept(operation.pps, offer, VOTE + 2 * HOUR, site=PPS_SITE)
    assert only(operation.findings("custody.one-sided")).until == VOTE + 2 * HOUR


def test_the_givers_own_stopwatch_outweighs_two_clocks_that_disagree(operation: Operation) -> None:
    operation.seal(operation.kpps, BOX, VOTE)
    offer = operation.offer(operation.kpps, operation.pps, [BOX], VOTE + HOUR, site=PPS_SITE)
    accept = operation.accept(operation.pps, offer, VOTE + 2 * HOUR, site=PPS_SITE)
    operation.say(operation.kpps, "custody.close", VOTE + HOUR + 90, of=accept, rtt=80)
    assert operation.findings("custody.one-sided") == []


def test_an_offer_withdrawn_and_accepted_at_once_is_for_a_person_to_settle(operation: Operation) -> None:
    operation.seal(operation.kpps, BOX, VOTE)
    offer = operation.offer(operation.kpps, operation.pps, [BOX], VOTE + HOUR, site=PPS_SITE)
    operation.accept(operation.pps, offer, VOTE + HOUR + 60, site=PPS_SITE)
    operation.say(operation.kpps, "custody.void", VOTE + HOUR + 61, of=offer)
    assert "ditarik dan diterima" in only(operation.findings("custody.one-sided")).says.id


# Paper


def page(operation: Operation, giver: Device, receiver: Device, at: int, *, typed_at: int, by: Device) -> str:
    return operation.say(
        by, "custody.paper", typed_at, from_=giver.unit, to=receiver.unit, at=at, boxes=[BOX], ok=True, doc="BA-1"
    )


def test_a_paper_hand_over_moves_custody_at_grade_kertas(operation: Operation) -> None:
    operation.seal(operation.kpps, BOX, VOTE)
    page(operation, operation.kpps, operation.pps, VOTE + HOUR, typed_at=VOTE + 5 * HOUR, by=operation.pps)
    audit = operation.audit()
    assert audit.findings == ()
    assert (audit.custody.boxes[BOX].holder, audit.custody.boxes[BOX].grade) == (operation.pps.unit, "kertas")


def test_paper_alone_looks_weaker_than_two_phones_but_not_wrong(operation: Operation) -> None:
    operation.seal(operation.kpps, BOX, VOTE)
    page(operation, operation.kpps, operation.pps, VOTE + HOUR, typed_at=VOTE + 5 * HOUR, by=operation.pps)
    (line,) = [line for line in operation.audit().board.lines if line.box == BOX]
    assert line.look == "perhatian"


def test_a_ppk_that_works_on_paper_alone_raises_no_one_sided(operation: Operation) -> None:
    operation.seal(operation.kpps, BOX, VOTE)
    operation.offer(operation.kpps, operation.pps, [BOX], VOTE + HOUR, site=PPS_SITE)
    page(operation, operation.kpps, operation.pps, VOTE + HOUR, typed_at=VOTE + 5 * HOUR, by=operation.guard)
    audit = operation.audit(at=VOTE + 10 * HOUR)
    assert [one.code for one in audit.findings] == []
    assert audit.custody.boxes[BOX].grade == "satu ponsel"


def test_a_page_typed_after_the_next_hand_over_lands_where_it_belongs(operation: Operation) -> None:
    operation.seal(operation.kpps, BOX, VOTE)
    operation.hand_over(operation.pps, operation.ppk, [BOX], VOTE + 3 * HOUR, site=PPK_SITE)
    assert only(operation.findings("custody.gap")).subject == BOX
    page(operation, operation.kpps, operation.pps, VOTE + HOUR, typed_at=VOTE + 9 * HOUR, by=operation.pps)
    audit = operation.audit()
    assert [one.code for one in audit.findings if one.code == "custody.gap"] == []
    assert [one.grade for one in audit.custody.boxes[BOX].hand_overs] == ["kertas", "dua ponsel"]


def test_a_page_about_what_two_phones_signed_changes_nothing(operation: Operation) -> None:
    journey(operation)
    page(operation, operation.kpps, operation.pps, VOTE + 18 * HOUR, typed_at=VOTE + 30 * HOUR, by=operation.pps)
    record = operation.audit().custody.boxes[BOX]
    assert [one.grade for one in record.hand_overs] == ["dua ponsel", "dua ponsel"]


def test_a_page_that_hands_a_box_to_the_police_is_wrong(operation: Operation) -> None:
    operation.seal(operation.kpps, BOX, VOTE)
    page(operation, operation.kpps, operation.guard, VOTE + HOUR, typed_at=VOTE + 2 * HOUR, by=operation.guard)
    found = only(operation.findings("custody.wrong-roles"))
    assert (found.subject, found.severity) == (BOX, "alarm")
    assert operation.audit().custody.boxes[BOX].holder == operation.kpps.unit


# Who


def test_one_person_on_both_sides_is_named(operation: Operation) -> None:
    second = operation.device("pps", operation.pps.unit, who="p-77")
    first = operation.device("kpps", operation.kpps.unit, who="p-77")
    operation.seal(first, BOX, VOTE)
    operation.hand_over(first, second, [BOX], VOTE + HOUR, site=PPS_SITE)
    assert only(operation.findings("custody.same-person")).subject == BOX


def test_a_guard_who_accepts_a_box_is_an_alarm_and_holds_nothing(operation: Operation) -> None:
    operation.seal(operation.kpps, BOX, VOTE)
    operation.hand_over(operation.kpps, operation.guard, [BOX], VOTE + HOUR, site=TPS)
    assert only(operation.findings("custody.wrong-roles")).severity == "alarm"
    assert operation.audit().custody.boxes[BOX].holder == operation.kpps.unit


def test_a_hand_over_that_nobody_attested_is_told_once_the_next_one_is_made(operation: Operation) -> None:
    operation.seal(operation.kpps, BOX, VOTE)
    operation.hand_over(operation.kpps, operation.pps, [BOX], VOTE + HOUR, site=PPS_SITE, is_attested=False)
    assert operation.findings("custody.wrong-roles") == []
    operation.hand_over(operation.pps, operation.ppk, [BOX], VOTE + 3 * HOUR, site=PPK_SITE)
    found = only(operation.findings("custody.wrong-roles"))
    assert (found.severity, found.since) == ("warn", VOTE + HOUR + 120)


def test_an_escort_alone_is_not_enough_of_a_witness(operation: Operation) -> None:
    operation.seal(operation.kpps, BOX, VOTE)
    offer, accept = operation.hand_over(
        operation.kpps, operation.pps, [BOX], VOTE + HOUR, site=PPS_SITE, is_attested=False
    )
    operation.say(operation.escort, "ledger.attest", VOTE + HOUR + 200, of=[offer, accept])
    operation.hand_over(operation.pps, operation.ppk, [BOX], VOTE + 3 * HOUR, site=PPK_SITE)
    assert "pengawas atau saksi" in only(operation.findings("custody.wrong-roles")).says.id


# Seals


def test_seals_that_are_not_those_recorded_are_an_alarm(operation: Operation) -> None:
    operation.seal(operation.kpps, BOX, VOTE)
    seen = operation.check(operation.guard, BOX, VOTE + HOUR, site=TPS, seals=[{"k": "tie", "s": "T9", "n": 1}])
    found = only(operation.findings("custody.seal-mismatch"))
    assert (found.subject, found.since) == (BOX, VOTE + HOUR)
    assert seen in found.evidence
    assert "T9" in found.says.id
    assert "T1, T2" in found.says.id


def test_the_right_seals_and_seals_nobody_looked_at_are_fine(operation: Operation) -> None:
    operation.seal(operation.kpps, BOX, VOTE)
    operation.check(operation.guard, BOX, VOTE + HOUR, site=TPS, seals=SEALS)
    operation.check(operation.guard, BOX, VOTE + 2 * HOUR, site=TPS, seals=[])
    assert operation.audit().findings == ()


def test_seals_without_numbers_are_held_by_their_count(operation: Operation) -> None:
    operation.seal(operation.kpps, BOX, VOTE, [{"k": "tie", "s": None, "n": 6}, {"k": "sticker", "s": None, "n": 24}])
    operation.check(operation.guard, BOX, VOTE + HOUR, site=TPS, seals=[{"k": "tie", "s": None, "n": 6}])
    assert operation.findings("custody.seal-mismatch") == []
    operation.check(operation.guard, BOX, VOTE + 2 * HOUR, site=TPS, seals=[{"k": "tie", "s": None, "n": 5}])
    assert only(operation.findings("custody.seal-mismatch")).subject == BOX


def test_seals_the_receiver_reads_differently_are_a_mismatch(operation: Operation) -> None:
    operation.seal(operation.kpps, BOX, VOTE)
    offer = operation.offer(operation.kpps, operation.pps, [BOX], VOTE + HOUR, site=PPS_SITE)
    operation.accept(
        operation.pps, offer, VOTE + HOUR + 60, site=PPS_SITE, res="diff", diff=[[BOX, "seal", ["T1", "T7"]]]
    )
    assert "T1, T7" in only(operation.findings("custody.seal-mismatch")).says.en


def test_a_box_that_arrives_without_any_seal_is_a_mismatch(operation: Operation) -> None:
    operation.seal(operation.kpps, BOX, VOTE)
    offer = operation.offer(operation.kpps, operation.pps, [BOX], VOTE + HOUR, site=PPS_SITE)
    operation.accept(operation.pps, offer, VOTE + HOUR + 60, site=PPS_SITE, res="diff", diff=[[BOX, "seal", []]])
    assert only(operation.findings("custody.seal-mismatch")).subject == BOX
    assert operation.audit().custody.boxes[BOX].holder == operation.pps.unit


def test_a_mismatch_ends_when_the_right_seals_are_read_again(operation: Operation) -> None:
    operation.seal(operation.kpps, BOX, VOTE)
    operation.check(operation.guard, BOX, VOTE + HOUR, site=TPS, seals=[{"k": "tie", "s": "T9", "n": 1}])
    operation.check(operation.guard, BOX, VOTE + 2 * HOUR, site=TPS, seals=SEALS)
    assert only(operation.findings("custody.seal-mismatch")).until == VOTE + 2 * HOUR


def test_one_number_on_two_boxes_is_a_reuse_on_the_second(operation: Operation) -> None:
    operation.seal(operation.kpps, BOX, VOTE)
    operation.seal(operation.kpps, OTHER, VOTE + 60, [{"k": "tie", "s": "T2", "n": 1}])
    found = only(operation.findings("custody.seal-reused"))
    assert (found.subject, found.since) == (OTHER, VOTE + 60)
    assert BOX in found.says.en


def test_a_number_taken_off_one_box_may_be_used_again(operation: Operation) -> None:
    operation.seal(operation.kpps, BOX, VOTE)
    operation.seal(operation.kpps, BOX, VOTE + 60, [{"k": "tie", "s": "N1", "n": 1}])
    operation.seal(operation.kpps, OTHER, VOTE + 120, [{"k": "tie", "s": "T2", "n": 1}])
    assert operation.findings("custody.seal-reused") == []


# Openings


def opening(operation: Operation, at: int, **members: object) -> str:
    said = {"boxes": [BOX], "why": "pleno", "doc": "", "present": PRESENT, "site": PPK_SITE, **members}
    return operation.say(operation.ppk, "custody.open", at, **said)


@pytest.fixture
def at_ppk(operation: Operation) -> Operation:
    operation.seal(operation.ppk, BOX, VOTE, site=PPK_SITE)
    operation.seal(operation.ppk, OTHER, VOTE, [{"k": "tie", "s": "O1", "n": 1}], site=PPK_SITE)
    return operation


def test_a_box_opened_in_its_pleno_before_all_who_must_be_there_is_right(at_ppk: Operation) -> None:
    at_ppk.session(VOTE + DAY, VOTE + DAY + 6 * HOUR)
    opening(at_ppk, VOTE + DAY + HOUR)
    at_ppk.seal(at_ppk.ppk, BOX, VOTE + DAY + HOUR + 600, [{"k": "tie", "s": "P1", "n": 1}], site=PPK_SITE)
    assert at_ppk.audit().findings == ()


@pytest.mark.parametrize(
    ("members", "reason"),
    [
        ({"present": ["ppk", "pps", "witness"]}, "supervisor"),
        ({"present": ["ppk", "pps", "supervisor"]}, "witness"),
        ({"why": "penasaran"}, "alasan"),
        ({"why": "evidence", "present": ["kpu", "supervisor", "witness", "guard"]}, "surat perintah"),
        ({"why": "court"}, "surat perintah"),
        ({"boxes": [OTHER]}, "pleno"),
    ],
)
def test_a_box_opened_without_what_its_reason_asks_is_named(
    at_ppk: Operation, members: dict[str, object], reason: str
) -> None:
    at_ppk.session(VOTE + DAY, VOTE + DAY + 6 * HOUR)
    opening(at_ppk, VOTE + DAY + HOUR, **members)
    assert reason in only(at_ppk.findings("custody.opened")).says.id


def test_the_note_that_no_witness_came_stands_for_the_witness(at_ppk: Operation) -> None:
    at_ppk.session(VOTE + DAY, VOTE + DAY + 6 * HOUR)
    opening(at_ppk, VOTE + DAY + HOUR, present=["ppk", "pps", "supervisor"], note="saksi tidak hadir")
    assert at_ppk.findings("custody.opened") == []


@pytest.mark.parametrize("at", [VOTE + DAY - HOUR, VOTE + DAY + 9 * HOUR])
def test_a_box_opened_outside_its_session_is_named(at_ppk: Operation, at: int) -> None:
    at_ppk.session(VOTE + DAY, VOTE + DAY + 6 * HOUR)
    opening(at_ppk, at)
    assert "tidak ada pleno" in only(at_ppk.findings("custody.opened")).says.id


def test_a_box_opened_while_its_session_is_suspended_is_named(at_ppk: Operation) -> None:
    at_ppk.session(VOTE + DAY, None)
    about = {"level": "district", "area": DISTRICT, "election": "GUB", "why": "ricuh"}
    at_ppk.say(at_ppk.observer, "pleno.suspend", VOTE + DAY + HOUR, **about)
    opening(at_ppk, VOTE + DAY + 2 * HOUR)
    at_ppk.say(at_ppk.observer, "pleno.resume", VOTE + DAY + 3 * HOUR, **about)
    opening(at_ppk, VOTE + DAY + 4 * HOUR)
    assert only(at_ppk.findings("custody.opened")).since == VOTE + DAY + 2 * HOUR


def test_a_box_left_open_an_hour_after_its_session_is_unsealed(at_ppk: Operation) -> None:
    at_ppk.session(VOTE + DAY, VOTE + DAY + 6 * HOUR)
    opening(at_ppk, VOTE + DAY + HOUR)
    assert at_ppk.findings("custody.unsealed", at=VOTE + DAY + 7 * HOUR) == []
    found = only(at_ppk.findings("custody.unsealed", at=VOTE + DAY + 7 * HOUR + 1))
    assert (found.subject, found.until) == (BOX, None)


def test_a_box_moved_while_open_is_unsealed_at_once(at_ppk: Operation) -> None:
    at_ppk.session(VOTE + DAY, VOTE + DAY + 6 * HOUR)
    opening(at_ppk, VOTE + DAY + HOUR)
    at_ppk.hand_over(at_ppk.ppk, at_ppk.kpu, [BOX], VOTE + DAY + 6 * HOUR + 600, site=STORE)
    assert "terbuka" in only(at_ppk.findings("custody.unsealed")).says.id


# Places and counts


def test_a_box_seen_too_far_away_too_soon_is_in_two_places(operation: Operation) -> None:
    operation.seal(operation.kpps, BOX, VOTE)
    far = [-6_000_000, 124_000_000, 20]
    operation.say(operation.guard, "custody.check", VOTE + HOUR, box=BOX, seals=[], ok=True, pos=far)
    found = only(operation.findings("custody.two-places"))
    assert found.subject == BOX
    operation.say(operation.guard, "custody.check", VOTE + 2 * HOUR, box=BOX, seals=[], ok=True, site=TPS)
    assert len(operation.findings("custody.two-places")) == 1


def test_a_mistyped_coordinate_of_one_site_accuses_no_box(operation: Operation) -> None:
    sites = [
        [f"tps-{number}", "tps", DISTRICT, -9_450_000, 124_480_000 + number, 50, "Asia/Makassar"] for number in range(6)
    ]
    sites.append([PPS_SITE, "pps", DISTRICT, -4_450_000, 124_480_000, 50, "Asia/Makassar"])
    operation.manifest("sites", sites)
    journey(operation)
    assert operation.findings("custody.two-places") == []


def test_a_stock_take_names_each_box_that_is_not_there(operation: Operation) -> None:
    journey(operation, [BOX, OTHER])
    operation.count(operation.ppk, [OTHER], VOTE + 22 * HOUR, site=PPK_SITE)
    found = only(operation.findings("custody.count"))
    assert (found.subject, found.severity) == (BOX, "alarm")
    assert operation.ppk.unit in found.says.id


def test_a_number_that_does_not_agree_is_told_of_the_site(operation: Operation) -> None:
    journey(operation, [BOX, OTHER])
    operation.say(operation.guard, "custody.count", VOTE + 22 * HOUR, site=PPK_SITE, n=3)
    found = only(operation.findings("custody.count"))
    assert found.subject == PPK_SITE
    assert "3" in found.says.id
    assert "2" in found.says.id


def test_what_arrives_is_held_against_what_departed(operation: Operation) -> None:
    journey(operation, [BOX, OTHER])
    operation.say(operation.escort, "convoy.depart", VOTE + 21 * HOUR, convoy="k", vehicle="v", boxes=[BOX, OTHER], n=2)
    operation.say(
        operation.escort, "convoy.arrive", VOTE + 22 * HOUR, convoy="k", vehicle="v", boxes=[OTHER], n=1, site=STORE
    )
    assert only(operation.findings("custody.count")).subject == BOX


def test_a_box_on_no_list_is_unknown(operation: Operation) -> None:
    operation.check(operation.kpps, FAR_BOX, VOTE, site=TPS)
    found = only(operation.findings("custody.unknown"))
    assert (found.subject, found.severity, found.since) == (FAR_BOX, "alarm", VOTE)


def test_a_slip_of_the_hand_in_a_list_is_read_as_the_box_it_can_only_mean(operation: Operation) -> None:
    operation.seal(operation.kpps, BOX, VOTE)
    operation.seal(operation.kpps, OTHER, VOTE, [{"k": "tie", "s": "O1", "n": 1}])
    slip = BOX.replace("2001001", "2001O01")
    operation.hand_over(operation.kpps, operation.pps, [slip, OTHER], VOTE + HOUR, site=PPS_SITE)
    audit = operation.audit()
    assert [(one.code, one.subject, one.severity) for one in audit.findings] == [("custody.unknown", slip, "info")]
    assert audit.custody.boxes[BOX].holder == operation.pps.unit


def test_a_boxes_manifest_that_kpu_did_not_sign_counts_for_nothing() -> None:
    operation = Operation()
    operation.manifest("boxes", [[BOX, "GUB", BOX[4:], DISTRICT]], by=operation.guard)
    assert operation.audit().register.boxes == {}


# Deadlines


def test_a_box_not_at_the_ppk_when_its_session_opens_is_missing(operation: Operation) -> None:
    journey(operation, [OTHER])
    operation.seal(operation.kpps, BOX, VOTE)
    operation.session(VOTE + DAY + 8 * HOUR, None)
    found = only(operation.findings("custody.missing"))
    assert (found.subject, found.since, found.until) == (BOX, VOTE + DAY + 8 * HOUR, None)
    assert operation.kpps.unit in found.says.id
    operation.hand_over(operation.kpps, operation.ppk, [BOX], VOTE + DAY + 10 * HOUR, site=PPK_SITE)
    assert only(operation.findings("custody.missing")).until == VOTE + DAY + 10 * HOUR


def test_a_box_that_only_went_out_through_the_ppk_is_missing_there(operation: Operation) -> None:
    operation.seal(operation.kpu, BOX, VOTE - 5 * DAY, site=STORE)
    operation.hand_over(operation.kpu, operation.ppk, [BOX], VOTE - 3 * DAY, site=PPK_SITE)
    operation.session(VOTE + DAY, None)
    assert only(operation.findings("custody.missing")).subject == BOX


def test_a_box_not_in_the_store_a_day_after_its_session_is_missing(operation: Operation) -> None:
    journey(operation)
    operation.session(VOTE + DAY, VOTE + DAY + 6 * HOUR)
    deadline = VOTE + 2 * DAY + 6 * HOUR
    assert operation.findings("custody.missing", at=deadline) == []
    found = only(operation.findings("custody.missing", at=deadline + 1))
    assert (found.subject, found.since) == (BOX, deadline)


def test_a_burned_box_is_still_owed_to_its_pleno(operation: Operation) -> None:
    operation.seal(operation.kpps, BOX, VOTE)
    operation.say(operation.guard, "custody.state", VOTE + HOUR, box=BOX, is_="destroyed")
    operation.session(VOTE + DAY, None)
    missing = {one.subject: one for one in operation.findings("custody.missing")}
    assert operation.kpps.unit in missing[BOX].says.id


def test_a_box_that_leaves_before_its_pleno_closed_is_early(operation: Operation) -> None:
    journey(operation, [BOX, OTHER])
    operation.session(VOTE + DAY, VOTE + DAY + 6 * HOUR)
    operation.session(VOTE + DAY, VOTE + DAY + 9 * HOUR, election="BUP")
    operation.hand_over(operation.ppk, operation.kpu, [BOX, OTHER], VOTE + DAY + 7 * HOUR, site=STORE)
    found = only(operation.findings("custody.early"))
    assert (found.subject, found.until) == (OTHER, VOTE + DAY + 9 * HOUR)


def test_a_ppk_box_waits_for_every_session_of_its_kecamatan() -> None:
    operation = Operation()
    operation.places()
    own = f"PPK-{DISTRICT}-1"
    operation.expect([own])
    operation.seal(operation.ppk, own, VOTE, site=PPK_SITE)
    operation.session(VOTE + DAY, VOTE + DAY + 6 * HOUR)
    operation.session(VOTE + DAY, None, election="BUP")
    operation.hand_over(operation.ppk, operation.kpu, [own], VOTE + DAY + 7 * HOUR, site=STORE)
    assert only(operation.findings("custody.early")).until is None


def test_empty_boxes_on_their_way_out_are_not_early(operation: Operation) -> None:
    operation.seal(operation.kpu, BOX, VOTE - 5 * DAY, site=STORE)
    operation.session(VOTE + DAY, None)
    operation.hand_over(operation.kpu, operation.ppk, [BOX], VOTE - 3 * DAY, site=PPK_SITE)
    operation.hand_over(operation.ppk, operation.pps, [BOX], VOTE - 2 * DAY, site=PPS_SITE)
    assert operation.findings("custody.early") == []


def test_a_convoy_beyond_its_plan_times_one_and_a_half_is_overdue(operation: Operation) -> None:
    journey(operation)
    operation.manifest("convoys", [["k-1", "DH 1 XX", "r", PPK_SITE, STORE, VOTE + 30 * HOUR, VOTE + 32 * HOUR, 2]])
    operation.say(
        operation.escort, "convoy.depart", VOTE + 30 * HOUR, convoy="k-1", vehicle="DH 1 XX", boxes=[BOX], n=1
    )
    assert operation.findings("custody.overdue", at=VOTE + 33 * HOUR) == []
    found = only(operation.findings("custody.overdue", at=VOTE + 33 * HOUR + 1))
    assert (found.subject, found.since, found.until) == (BOX, VOTE + 33 * HOUR, None)


# Limits


def test_the_registers_policy_changes_a_limit_and_the_audit_says_so(operation: Operation) -> None:
    text = b'["custody.one-sided"]\nlimit_min = 5\n'
    mh = operation.blob(text)
    operation.say(operation.kpu, "register.manifest", VOTE - DAY, kind="policy", mh=mh, n=1)
    operation.seal(operation.kpps, BOX, VOTE)
    operation.offer(operation.kpps, operation.pps, [BOX], VOTE + HOUR, site=PPS_SITE)
    assert len(operation.findings("custody.one-sided", at=VOTE + HOUR + 301)) == 1
    assert operation.audit().register.limits.source == mh


def test_a_policy_that_cannot_be_read_leaves_the_defaults_and_is_noted(operation: Operation) -> None:
    mh = operation.blob(b"limit = [")
    operation.say(operation.kpu, "register.manifest", VOTE - DAY, kind="policy", mh=mh, n=1)
    audit = operation.audit()
    assert audit.register.limits.source == "bawaan"
    assert len(audit.notes) == 1

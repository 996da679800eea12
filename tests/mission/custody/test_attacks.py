"""What somebody with a phone, a pen or a friend would try, and what the record shows all the same."""

from typing import Any

import pytest

from kawal_cli.audit import Audit
from tests.mission.custody.operation import (
    BOX,
    DAY,
    DISTRICT,
    HOUR,
    OTHER,
    PPK_SITE,
    PPS_SITE,
    STORE,
    TPS,
    VOTE,
    Device,
    Operation,
    journey,
)

NIGHT = VOTE + 23 * HOUR
FALSE_SEALS = [{"k": "tie", "s": "FAKE9", "n": 1}]


@pytest.fixture
def operation() -> Operation:
    """Two boxes at the PPK, in order."""
    made = Operation()
    made.places()
    made.expect([BOX, OTHER])
    journey(made, [BOX, OTHER])
    return made


def codes(audit: Audit, box: str = BOX) -> set[str]:
    return {one.code for one in audit.findings if one.subject == box and one.severity != "info"}


def look(audit: Audit, box: str = BOX) -> str:
    return next(line.look for line in audit.board.lines if line.box == box)


def test_a_guard_cannot_put_new_seals_on_record(operation: Operation) -> None:
    operation.seal(operation.guard, BOX, NIGHT, FALSE_SEALS, site=PPK_SITE)
    assert "custody.seal-mismatch" in codes(operation.audit())


def test_a_holder_cannot_clear_its_own_mismatch(operation: Operation) -> None:
    operation.check(operation.guard, BOX, NIGHT, site=PPK_SITE, seals=FALSE_SEALS)
    right = [{"k": "tie", "s": "J0A", "n": 1}, {"k": "tie", "s": "J0B", "n": 1}]
    operation.check(operation.ppk, BOX, NIGHT + 60, site=PPK_SITE, seals=right)
    assert look(operation.audit()) == "bahaya"
    operation.check(operation.panwas, BOX, NIGHT + 120, site=PPK_SITE, seals=right)
    assert look(operation.audit()) == "perhatian"


def test_a_box_reported_not_well_is_not_safe(operation: Operation) -> None:
    operation.say(operation.guard, "custody.check", NIGHT, box=BOX, seals=[], ok=False, site=PPK_SITE, note="menganga")
    assert look(operation.audit(at=NIGHT + HOUR)) == "perhatian"


def test_a_stranger_to_the_matter_cannot_unburn_a_box(operation: Operation) -> None:
    operation.say(operation.guard, "custody.state", NIGHT, box=BOX, is_="destroyed")
    operation.say(operation.observer, "custody.state", NIGHT + 60, box=BOX, is_="found")
    assert look(operation.audit()) == "bahaya"


@pytest.mark.parametrize("t", ["convoy.depart", "custody.move"])
def test_an_observer_cannot_put_a_box_on_the_road(operation: Operation, t: str) -> None:
    operation.say(operation.observer, t, NIGHT, convoy="zzz", vehicle="v", boxes=[BOX], n=1, from_=PPK_SITE, to=TPS)
    operation.count(operation.ppk, [OTHER], NIGHT + HOUR, site=PPK_SITE)
    assert "custody.count" in codes(operation.audit())


def test_a_box_on_a_convoy_that_nobody_planned_is_not_safe(operation: Operation) -> None:
    operation.say(operation.escort, "convoy.depart", NIGHT, convoy="zzz", vehicle="v", boxes=[BOX], n=1)
    assert look(operation.audit(at=NIGHT + HOUR)) == "perhatian"


def page(operation: Operation, by: Device, giver: str, receiver: str, *, at: int) -> None:
    operation.say(by, "custody.paper", NIGHT + 2 * HOUR, from_=giver, to=receiver, at=at, boxes=[BOX], ok=True)


def test_a_page_typed_by_who_may_not_type_pages_explains_nothing(operation: Operation) -> None:
    operation.check(operation.kpps, BOX, NIGHT, site=TPS)
    page(operation, operation.kpps, operation.ppk.unit, operation.kpps.unit, at=NIGHT - HOUR)
    assert "custody.gap" in codes(operation.audit())


def test_a_page_from_the_future_keeps_no_box_fresh(operation: Operation) -> None:
    page(operation, operation.guard, operation.ppk.unit, operation.kpu.unit, at=2**53 - 1)
    assert look(operation.audit(at=NIGHT + 90 * DAY)) == "tidak diketahui"


def test_my_own_second_phone_witnesses_nothing(operation: Operation) -> None:
    second = operation.device("guard", operation.kpps.unit)
    count = operation.count(operation.kpps, [BOX], NIGHT, site=TPS)
    operation.say(second, "ledger.attest", NIGHT + 60, of=[count])
    (gap,) = operation.findings("custody.gap")
    assert gap.severity == "alarm"


def test_a_kpps_neither_opens_plenos_nor_sets_limits(operation: Operation) -> None:
    about = {"level": "district", "area": DISTRICT, "election": "GUB"}
    operation.say(operation.kpps, "pleno.open", NIGHT, **about)
    mh = operation.blob(b'["custody.one-sided"]\nlimit_min = 90000\n')
    operation.say(operation.kpps, "register.manifest", NIGHT, kind="policy", mh=mh, n=1)
    register = operation.audit().register
    assert register.sessions == {}
    assert register.limits.source == "bawaan"


def test_one_accept_answers_one_offer() -> None:
    operation = Operation()
    operation.expect([BOX, OTHER])
    for number, box in enumerate((BOX, OTHER)):
        operation.seal(operation.kpps, box, VOTE + number, [{"k": "tie", "s": f"S{number}", "n": 1}])
    offers = [operation.offer(operation.kpps, operation.pps, [box], VOTE + HOUR, site=PPS_SITE) for box in (BOX, OTHER)]
    operation.say(operation.pps, "custody.accept", VOTE + HOUR + 60, of=offers, res="ok", diff=[], site=PPS_SITE)
    audit = operation.audit(at=VOTE + 2 * HOUR)
    held = {audit.custody.boxes[box].holder for box in (BOX, OTHER)}
    assert held == {operation.pps.unit, operation.kpps.unit}
    assert "custody.one-sided" in codes(audit, OTHER)


def test_a_box_the_receiver_missed_stays_with_the_giver_however_it_was_typed() -> None:
    operation = Operation()
    operation.expect([BOX, OTHER])
    for number, box in enumerate((BOX, OTHER)):
        operation.seal(operation.kpps, box, VOTE + number, [{"k": "tie", "s": f"S{number}", "n": 1}])
    slip = BOX.replace("2001001", "2001O01")
    offer = operation.offer(operation.kpps, operation.pps, [slip, OTHER], VOTE + HOUR, site=PPS_SITE)
    diff = [[slip, "missing", []]]
    operation.accept(operation.pps, offer, VOTE + HOUR + 60, site=PPS_SITE, res="diff", diff=diff)
    assert operation.audit().custody.boxes[BOX].holder == operation.kpps.unit


def test_one_phone_cannot_move_a_site(operation: Operation) -> None:
    far = [-6_200_000, 106_800_000, 20]
    for number in range(4):
        operation.say(operation.observer, "command.note", NIGHT + number, site=PPK_SITE, pos=far)
    operation.say(operation.guard, "custody.check", NIGHT + 60, box=BOX, seals=[], ok=True, pos=far)
    assert "custody.two-places" in codes(operation.audit())


def test_an_unexpected_box_in_a_manifest_is_unknown_too(operation: Operation) -> None:
    mh = operation.blob(f"box,seals\nGUB-{BOX[4:14]}999,\n".encode())
    operation.say(operation.escort, "convoy.depart", NIGHT, convoy="k", vehicle="v", mh=mh, n=1)
    assert operation.findings("custody.unknown")[0].subject == f"GUB-{BOX[4:14]}999"


@pytest.mark.parametrize("blob", [b"x = " + b"9" * 5000, b"x = " + b"[" * 3000, b"\xff"])
def test_a_policy_made_to_break_the_audit_is_only_noted(operation: Operation, blob: bytes) -> None:
    operation.say(operation.kpu, "register.manifest", NIGHT, kind="policy", mh=operation.blob(blob), n=1)
    audit = operation.audit()
    assert (audit.register.limits.source, len(audit.notes), audit.exit_code) == ("bawaan", 1, 2)


@pytest.mark.parametrize("field", ["9" * 400, "1e3", "x" * 200_000])
def test_a_list_of_sites_made_to_break_the_audit_is_only_noted(operation: Operation, field: str) -> None:
    operation.manifest("sites", [["s", "tps", DISTRICT, field, 1, 1, "Asia/Makassar"]])
    audit = operation.audit()
    assert len(audit.notes) == 1
    assert audit.exit_code == 2


def test_a_thousand_chained_pages_are_folded_without_end() -> None:
    operation = Operation()
    operation.expect([BOX])
    operation.seal(operation.kpps, BOX, VOTE)
    for number in range(1000):
        giver, receiver = (
            (operation.pps.unit, operation.ppk.unit) if number % 2 else (operation.ppk.unit, operation.pps.unit)
        )
        operation.say(
            operation.guard,
            "custody.paper",
            VOTE + HOUR + number,
            from_=giver,
            to=receiver,
            at=VOTE + number,
            boxes=[BOX],
        )
    operation.hand_over(operation.kpps, operation.ppk, [BOX], VOTE + 2 * HOUR, site=PPK_SITE)
    assert operation.audit().custody.boxes[BOX].holder in (operation.ppk.unit, operation.pps.unit)


def test_one_more_event_of_an_uninvolved_phone_never_makes_a_box_look_safe() -> None:
    def trouble() -> Operation:
        made = Operation()
        made.places()
        made.expect([BOX, OTHER])
        journey(made, [BOX, OTHER])
        made.check(made.guard, BOX, NIGHT, site=PPK_SITE, seals=FALSE_SEALS)
        made.check(made.kpu, OTHER, NIGHT, site=STORE)
        return made

    extra: dict[str, dict[str, Any]] = {
        "custody.seal": {"box": BOX, "seals": FALSE_SEALS},
        "custody.check": {"box": BOX, "seals": [], "ok": True},
        "custody.state": {"box": BOX, "is": "found"},
        "custody.count": {"boxes": [BOX, OTHER], "n": 2, "site": PPK_SITE},
        "custody.move": {"boxes": [BOX, OTHER], "from": PPK_SITE, "to": STORE},
        "convoy.depart": {"convoy": "k", "vehicle": "v", "boxes": [BOX, OTHER], "n": 2},
        "convoy.arrive": {"convoy": "k", "vehicle": "v", "boxes": [BOX, OTHER], "n": 2},
        "custody.paper": {"from": "ppk-530305", "to": "kpu-5303", "at": NIGHT - HOUR, "boxes": [BOX, OTHER]},
        "custody.open": {"boxes": [BOX], "why": "emergency", "present": []},
    }
    for t, members in extra.items():
        operation = trouble()
        operation.say(operation.observer, t, NIGHT + HOUR, **members)
        audit = operation.audit(at=NIGHT + 2 * HOUR)
        assert "aman" not in {look(audit, BOX), look(audit, OTHER)}, t

"""What is wrong with the record: each finding, and beside it the same log with nothing wrong."""

import re
from pathlib import Path

import pytest

from kawal.ledger.encoding import b64u
from kawal.ledger.event import Eid
from kawal.ledger.finding import SEVERITY, Finding, Says, found, in_order
from kawal.ledger.findings import cited_roots, ledger_findings
from kawal.ledger.limits import read_limits
from kawal.ledger.tree import leaf_hash
from tests.mission.ledger.scene import (
    DAWN,
    DAY,
    HOUR,
    Device,
    Log,
    codes_in,
    digest_of,
    eid_of,
    found_in,
    history_of,
    key_of,
    kotak,
)


def only(findings: list[Finding], code: str) -> Finding:
    (one,) = [finding for finding in findings if finding.code == code]
    return one


def test_a_clean_night_has_no_findings() -> None:
    log = kotak()
    ppk, kpu, guard = log.enrols("ppk"), log.enrols("kpu-5303"), log.enrols("guard", role="guard")
    offer = log.add(ppk.signs("custody.offer", HOUR, what="box", to=kpu.kid, hb=[kpu.seq, kpu.head]))
    accept = log.add(kpu.signs("custody.accept", HOUR + 60, of=offer))
    log.add(guard.signs("ledger.attest", HOUR + 90, of=[offer, accept]))
    log.add(ppk.signs("custody.close", HOUR + 120, of=accept))
    log.add(ppk.signs("ledger.head", HOUR + 180, n=ppk.seq, eid=ppk.head))
    assert found_in(log.read((len(log.leaves), 2 * HOUR))) == []
    assert found_in(log.read()) == []


def checked(count: int = 4) -> tuple[Log, Device, list[bytes]]:
    log = kotak()
    ppk = log.enrols("ppk", unit="ppk-530305")
    signed = [ppk.signs("custody.check", HOUR + 60 * number) for number in range(count)]
    return log, ppk, signed


@pytest.mark.parametrize("lost", [0, 1, 2])
def test_a_missing_number_is_a_chain_gap(lost: int) -> None:
    log, ppk, signed = checked()
    log.leaves += signed[:lost] + signed[lost + 1 :]
    gap = only(found_in(log.read()), "ledger.chain-gap")
    assert (gap.subject, gap.severity) == (ppk.kid, "warn")
    assert gap.evidence == tuple(eid_of(jws) for jws in signed[max(0, lost - 1) : lost + 2] if jws is not signed[lost])
    assert "(ppk-530305)" in gap.says.id
    log.leaves.append(signed[lost])
    assert codes_in(log.read()) == []


def test_a_chain_that_does_not_begin_at_its_enrolment_is_a_gap() -> None:
    log, ppk, _ = checked()
    ppk.seq, ppk.head = 0, digest_of("the enrolment of another log")
    log.add(ppk.signs("custody.check", HOUR))
    assert codes_in(log.read()) == [("ledger.chain-gap", ppk.kid)]


def lost_for_ever() -> tuple[Log, Device, Device, Device]:
    log, ppk, signed = checked(5)
    log.leaves += [signed[0], signed[3], signed[4]]
    return log, ppk, log.enrols("kpu-5303"), log.enrols("guard", role="guard")


def test_two_officers_explain_a_gap_and_it_stays_in_sight() -> None:
    log, ppk, kpu, guard = lost_for_ever()
    told = log.add(kpu.signs("ledger.gap", 2 * HOUR, kid=ppk.kid, range=[2, 3], th=digest_of("testimony")))
    assert only(found_in(log.read()), "ledger.chain-gap").severity == "warn"
    seen = log.add(guard.signs("ledger.attest", 2 * HOUR, of=[told]))
    gap = only(found_in(log.read()), "ledger.chain-gap")
    assert gap.severity == "warn"
    assert "dua petugas" in gap.says.id
    assert {told, seen} <= set(gap.evidence)


@pytest.mark.parametrize("span", [[2, 2], [3, 3], [4, 5], [3, 2], ["2", 3], None])
def test_a_testimony_explains_its_own_numbers_alone(span: object) -> None:
    log, ppk, kpu, guard = lost_for_ever()
    told = log.add(kpu.signs("ledger.gap", 2 * HOUR, kid=ppk.kid, range=span, th=digest_of("testimony")))
    log.add(guard.signs("ledger.attest", 2 * HOUR, of=[told]))
    assert only(found_in(log.read()), "ledger.chain-gap").says.id.count("dua petugas") == 0


@pytest.mark.parametrize("who", ["own phone", "own second phone", "the device itself"])
def test_nobody_testifies_twice_or_for_itself(who: str) -> None:
    log, ppk, kpu, _ = lost_for_ever()
    again = log.enrols("kpu-second", who="p-kpu-5303")
    told = log.add(kpu.signs("ledger.gap", 2 * HOUR, kid=ppk.kid, range=[2, 3], th=digest_of("testimony")))
    second = {"own phone": kpu, "own second phone": again, "the device itself": ppk}[who]
    log.add(second.signs("ledger.attest", 2 * HOUR, of=[told]))
    assert only(found_in(log.read()), "ledger.chain-gap").says.id.count("dua petugas") == 0


def test_two_contents_of_one_number_are_a_fork() -> None:
    log, ppk, signed = checked(1)
    log.leaves += signed
    other = Device("other", ppk.key, 0, eid_of(log.leaves[1]))
    forged = log.add(other.signs("custody.check", HOUR, box="GUB-9"))
    fork = only(found_in(log.read()), "ledger.fork")
    assert (fork.subject, fork.severity) == (ppk.kid, "alarm")
    assert set(fork.evidence) == {eid_of(signed[0]), forged}


def test_a_claim_outside_its_interval_is_a_false_clock() -> None:
    log, ppk, _ = checked(0)
    log.add(ppk.signs("custody.check", 2 * HOUR))
    size = len(log.leaves)
    assert codes_in(log.read((size, 2 * HOUR - 600))) == []
    assert codes_in(log.read((size, 2 * HOUR - 601))) == [("ledger.clock", ppk.kid)]


@pytest.mark.parametrize("later", [{"at": HOUR - 1}, {"at": HOUR, "size": 2}], ids=["time", "checkpoint"])
def test_neither_time_nor_checkpoint_falls_along_a_chain(later: dict[str, int]) -> None:
    log, ppk, _ = checked(0)
    content = log.read((1, 0), (2, 0), (3, 0))
    roots = {one.size: b64u(one.root) for one in content.witnessed}
    log.add(ppk.signs("custody.check", HOUR, cp=[3, roots[3]]))
    size = later.get("size", 3)
    log.add(ppk.signs("custody.check", later["at"], cp=[size, roots[size]]))
    assert codes_in(log.read()) == [("ledger.clock", ppk.kid)]


def test_what_a_stranger_signs_is_one_finding() -> None:
    log, ppk, signed = checked(1)
    log.leaves += signed
    stranger = Device("stranger", key_of("stranger"), 0, ppk.head)
    log.add(stranger.signs("custody.check", 400 * DAY, cp=[1, digest_of("no such tree")]))
    log.add(stranger.signs("custody.check", HOUR, hb=[7, digest_of("no such event")]))
    assert codes_in(log.read()) == [("ledger.unenrolled", stranger.kid)]


def test_what_a_device_signs_that_one_administrator_proposed_is_one_finding() -> None:
    log = kotak()
    ghost = Device("ghost", key_of("ghost"))
    log.proposes(ghost, by="kpu")
    ghost.seq = 3
    log.add(ghost.signs("custody.check", 400 * DAY, cp=[1, digest_of("no such tree")]))
    assert codes_in(log.read()) == [("ledger.unenrolled", ghost.kid)]


@pytest.mark.parametrize("by", ["kpu", "bawaslu"])
def test_only_a_pair_of_one_agency_is_named_so(by: str) -> None:
    log = Log().opened(kpu="kpu", kpu2="kpu", bawaslu="bawaslu")
    ghost = log.enrols("ghost", by=by, ok="kpu2")
    log.add(ghost.signs("custody.check", HOUR))
    assert codes_in(log.read()) == ([("ledger.one-agency", ghost.kid)] if by == "kpu" else [])


def test_an_event_outside_its_term_is_expired() -> None:
    log = kotak()
    ppk = log.enrols("ppk", nbf=DAWN + HOUR, exp=DAWN + 2 * HOUR)
    log.add(ppk.signs("custody.check", HOUR))
    assert codes_in(log.read()) == []
    log.add(ppk.signs("custody.check", 2 * HOUR + 1))
    assert codes_in(log.read()) == [("ledger.expired", ppk.kid)]


def test_an_event_after_the_last_good_one_is_revoked() -> None:
    log, ppk, signed = checked(2)
    log.add(signed[0])
    log.revokes(ppk, 2 * HOUR, [1, eid_of(signed[0])])
    assert codes_in(log.read()) == []
    log.add(signed[1])
    assert codes_in(log.read()) == [("ledger.revoked", ppk.kid)]


def test_a_checkpoint_that_is_not_in_this_history_is_a_split_view() -> None:
    log, ppk, _ = checked(0)
    true = b64u(log.read((3, 0)).witnessed[0].root)
    log.add(ppk.signs("custody.check", HOUR, cp=[3, true]))
    assert codes_in(log.read()) == []
    log.add(ppk.signs("custody.check", HOUR, cp=[3, b64u(leaf_hash(b"another tree"))]))
    assert codes_in(log.read()) == [("ledger.split-view", ppk.kid)]


def test_a_bare_file_of_events_is_judged_by_no_tree() -> None:
    log, ppk, _ = checked(0)
    log.add(ppk.signs("custody.check", HOUR, cp=[3, b64u(leaf_hash(b"another tree"))]))
    log.add(ppk.signs("custody.check", HOUR, cp=[900, b64u(leaf_hash(b"a later tree"))]))
    assert codes_in(log.read(has_tree=False)) == []
    assert codes_in(log.read()) == [("ledger.split-view", ppk.kid), ("ledger.withheld", ppk.kid)]


@pytest.mark.parametrize(("hours", "late"), [(12, False), (13, True)])
def test_an_event_logged_half_a_day_later_is_late(hours: int, late: bool) -> None:
    log, ppk, _ = checked(0)
    log.add(ppk.signs("custody.check", HOUR))
    assert codes_in(log.read((3, 300), (4, HOUR + hours * HOUR))) == ([("ledger.late", ppk.kid)] if late else [])


def test_in_a_bare_log_the_neighbours_tell_when_an_event_came() -> None:
    log = kotak()
    ppk, kpu = log.enrols("ppk"), log.enrols("kpu-5303")
    early = ppk.signs("custody.check", HOUR)
    log.leaves += [kpu.signs("custody.check", DAY + 60 * number) for number in range(20)]
    log.add(early)
    assert codes_in(log.read()) == [("ledger.late", ppk.kid)]


def test_a_head_that_a_partner_pinned_and_the_log_lacks_is_withheld() -> None:
    log = kotak()
    ppk, kpu = log.enrols("ppk"), log.enrols("kpu-5303")
    hidden = ppk.signs("custody.check", HOUR)
    log.add(kpu.signs("custody.offer", HOUR, to=ppk.kid, hb=[ppk.seq, ppk.head]))
    withheld = only(found_in(log.read()), "ledger.withheld")
    assert (withheld.subject, withheld.severity, withheld.until) == (kpu.kid, "alarm", None)
    assert withheld.cause == f"device:{ppk.kid}"
    log.add(hidden)
    assert codes_in(log.read()) == []


def test_a_device_s_own_signed_head_shows_up_its_hidden_tail() -> None:
    log, ppk, signed = checked(2)
    head = Device("ppk", ppk.key, 1, eid_of(signed[0])).signs("ledger.head", 2 * HOUR, n=2, eid=eid_of(signed[1]))
    log.leaves += [signed[0], head]
    assert codes_in(log.read()) == [("ledger.withheld", ppk.kid)]


def test_a_checkpoint_larger_than_the_log_shows_up_a_hidden_tail() -> None:
    log, ppk, _ = checked(0)
    log.add(ppk.signs("custody.check", HOUR, cp=[99, digest_of("a later tree")]))
    assert codes_in(log.read()) == [("ledger.withheld", ppk.kid)]


def test_an_answer_to_what_the_log_lacks_is_withheld() -> None:
    log, ppk, _ = checked(0)
    log.add(ppk.signs("custody.accept", HOUR, of=digest_of("an offer nobody handed in")))
    assert codes_in(log.read()) == [("ledger.withheld", ppk.kid)]


def test_every_ledger_code_is_provoked_here() -> None:
    codes = {code for code in SEVERITY if code.startswith("ledger.")}
    here = set(re.findall(r"ledger\.[a-z-]+", Path(__file__).read_text("utf-8")))
    assert codes <= here


def test_an_impossible_claim_stops_no_audit() -> None:
    log, ppk, signed = checked(1)
    log.add(ppk.signs("custody.check", 2**53 - 1 - DAWN))
    log.leaves.append(signed[0])
    log.add(ppk.signs("custody.check", -DAWN))
    for content in (log.read(), log.read((len(log.leaves), 2 * HOUR))):
        assert ("ledger.clock", ppk.kid) in codes_in(content)


def test_roots_are_told_at_each_cited_size() -> None:
    log, ppk, _ = checked(0)
    log.add(ppk.signs("custody.check", HOUR, cp=[0, digest_of("")]))
    log.add(ppk.signs("custody.check", HOUR, cp=[2, digest_of("")]))
    content = log.read((0, 0), (2, 0))
    assert cited_roots(content) == {one.size: b64u(one.root) for one in content.witnessed}
    assert cited_roots(kotak().read()) == {}


def test_a_person_reads_a_finding_in_both_languages() -> None:
    log, _, signed = checked()
    log.leaves += [signed[0], *signed[2:]]
    says = only(found_in(log.read()), "ledger.chain-gap").says
    assert says.id.startswith("Perangkat ")
    assert "Rab 27 Nov 08.00 WIB" in says.id
    assert says.en.startswith("Device ")
    assert "Wed 27 Nov 08.00 WIB" in says.en


def test_findings_stand_in_the_order_an_audit_prints() -> None:
    says = Says("a", "a")
    late, *forks = (("ledger.late", "b", 1), ("ledger.fork", "b", 2), ("ledger.fork", "b", 1), ("ledger.fork", "a", 9))
    many = [
        found(code, subject, since=since, until=None, evidence=[Eid("e"), Eid("e")], says=says)
        for code, subject, since in (late, *forks)
    ]
    told = [(one.code, one.subject, one.since) for one in in_order(many)]
    assert told == sorted(told)
    assert many[0].as_json() == {
        "code": "ledger.late",
        "severity": "warn",
        "subject": "b",
        "from": 1,
        "to": None,
        "evidence": ["e"],
        "says": {"id": "a", "en": "a"},
    }


def test_a_limit_of_the_operation_changes_a_finding() -> None:
    log, ppk, _ = checked(0)
    log.add(ppk.signs("custody.check", HOUR))
    history = history_of(log.read((3, 300), (4, 3 * HOUR)))
    strict = read_limits('["ledger.late"]\nlimit_h = 1\n', source="policy")
    assert [finding.code for finding in ledger_findings(history, strict)] == ["ledger.late"]

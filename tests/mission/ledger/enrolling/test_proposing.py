"""What two administrators sign at a muster, and what they refuse to sign."""

import pytest

from kawal.ledger.brief import BadBrief, pack_brief, read_answer, read_brief, unpack_brief
from kawal.ledger.devices import read_devices
from kawal.ledger.enrol_request import StaleRequest
from kawal.ledger.event import Kid
from kawal.ledger.log_of import KOTAK, LOG_NAMES, LogName
from kawal.ledger.proposing import (
    BadProposal,
    ChainNotWhole,
    NotAdministrator,
    Signer,
    brought,
    counts,
    make_proposal,
    read_proposals,
    stand,
)
from kawal.ledger.qr import join_parts, split_parts
from tests.mission.ledger.enrolling.muster import NOW, brief, duty, first_enrol, known, logs, proposal, request, signer
from tests.mission.ledger.scene import DAY, Log, event_of, key_of


def enrolled(both: dict[LogName, Log]) -> Kid:
    """Polri proposes penjaga, KPU confirms."""
    polri, kpu = signer(both, "polri"), signer(both, "kpu")
    for log, jws in polri.propose(proposal(), at=NOW):
        both[log].leaves += [jws, kpu.confirm(log, event_of(jws), at=NOW)]
    return Kid(key_of("penjaga").kid)


def test_two_agencies_sign_away_from_the_post_and_the_phone_counts() -> None:
    both = logs()
    kid = enrolled(both)
    for log in both.values():
        devices = read_devices([event_of(jws) for jws in log.leaves])
        assert [one.enrol.who for one in devices.enrolments[kid]] == ["p-penjaga"]


def test_an_agency_proposes_nobody_of_another() -> None:
    both = logs()
    with pytest.raises(BadProposal, match="diusulkan oleh admin polri"):
        signer(both, "kpu").propose(proposal(), at=NOW)


def test_the_second_is_of_another_agency() -> None:
    both = logs()
    jws = first_enrol(signer(both, "polri").propose(proposal(), at=NOW))
    with pytest.raises(BadProposal, match="lembaga lain"):
        signer(both, "polri").confirm(KOTAK, event_of(jws), at=NOW)


def test_an_insider_finds_no_second_for_a_ghost() -> None:
    """KPU's administrator makes up a guard: Bawaslu and Polri refuse to confirm what is not KPU's to propose."""
    both = logs()
    kpu = signer(both, "kpu")
    from kawal.ledger.proposing import enrol_members

    ghost = kpu.sign(KOTAK, "ledger.enrol", at=NOW, members=enrol_members(key_of("hantu").public, duty("hantu")))
    for second in ("bawaslu", "polri"):
        with pytest.raises(BadProposal, match="diusulkan oleh admin polri"):
            signer(both, second).confirm(KOTAK, event_of(ghost), at=NOW)
    told = known(both)[KOTAK]
    assert not counts(told, [ghost], Kid(key_of("hantu").kid), NOW)


def test_a_request_replayed_for_another_person_is_refused() -> None:
    text = request("penjaga", asked_for="p-penjaga")
    assert make_proposal(text, duty("penjaga"), at=NOW).duty.who == "p-penjaga"
    with pytest.raises(BadProposal, match="bukan p-pencuri"):
        make_proposal(text, duty("pencuri"), at=NOW)


def test_a_relayed_request_ages() -> None:
    with pytest.raises(StaleRequest):
        make_proposal(request("penjaga"), duty("penjaga"), at=NOW + 2 * DAY)


@pytest.mark.parametrize(
    "wrong", [{"who": "Budi Santoso"}, {"unit": "Polres TTU"}, {"nbf": NOW + DAY, "exp": NOW}, {"idc": "x"}]
)
def test_what_no_enrolment_may_state_is_refused(wrong: dict[str, str | int]) -> None:
    with pytest.raises(BadProposal):
        make_proposal(request("penjaga"), duty("penjaga", **wrong), at=NOW)


def test_a_list_is_read_line_by_line_and_a_bad_line_takes_no_other_down() -> None:
    good = proposal().as_line()
    read, bad = read_proposals([good, "", "{}", good, proposal("lain").as_line()], at=NOW)
    assert [one.duty.who for one in read] == ["p-penjaga", "p-lain"]
    assert [number for number, _ in bad] == [3, 4]
    assert "sudah ada" in bad[1][1]


def test_a_machine_that_signed_before_goes_on_where_it_was() -> None:
    both = logs()
    polri = signer(both, "polri")
    signed = [event_of(jws) for log, jws in polri.propose(proposal(), at=NOW) if log == KOTAK]
    told = known(both)[KOTAK]
    assert stand(told, Kid(polri.key.kid), signed)[:2] == (signed[-1].seq, signed[-1].eid)


def test_a_key_used_in_two_places_signs_nothing_more_here() -> None:
    both = logs()
    here, there = signer(both, "polri"), signer(both, "polri")
    mine = [event_of(jws) for log, jws in here.propose(proposal(), at=NOW) if log == KOTAK]
    for log, jws in there.propose(proposal("lain"), at=NOW):
        both[log].leaves.append(jws)
    with pytest.raises(ChainNotWhole, match="bercabang"):
        stand(known(both)[KOTAK], Kid(here.key.kid), mine)


def test_a_post_that_is_ahead_is_believed_only_when_somebody_says_so() -> None:
    both = logs()
    polri = signer(both, "polri")
    mine = [event_of(jws) for log, jws in polri.propose(proposal(), at=NOW) if log == KOTAK]
    for name in ("lain", "ketiga"):
        for log, jws in polri.propose(proposal(name), at=NOW):
            both[log].leaves.append(jws)
    told = known(both)[KOTAK]
    with pytest.raises(ChainNotWhole, match="dipakai juga"):
        stand(told, Kid(polri.key.kid), mine)
    assert stand(told, Kid(polri.key.kid), mine, adopts=True)[0] == 3


def test_a_withdrawn_administrator_signs_nothing() -> None:
    both = logs()
    polri = both[KOTAK].admins["polri"]
    both[KOTAK].revokes(polri, 600, [0, polri.head])
    with pytest.raises(NotAdministrator):
        stand(known(both)[KOTAK], polri.kid, [])


def test_what_another_brings_is_verified_before_it_is_confirmed() -> None:
    both = logs()
    jws = first_enrol(signer(both, "polri").propose(proposal(), at=NOW))
    told, events = brought(known(both)[KOTAK], [jws])
    assert [event.t for event in events] == ["ledger.enrol"]
    with pytest.raises(BadProposal, match="tidak cocok"):
        brought(known(both)[KOTAK], [jws[:-4] + b"AAAA"])
    assert told.devices.enrolments == {}


def test_the_answer_lets_the_phone_work_at_once() -> None:
    both = logs()
    kid = enrolled(both)
    answer = brief(both, kid)
    assert unpack_brief(join_parts(split_parts(pack_brief(answer)))) == answer
    told = read_answer(answer, kid, at=NOW)
    assert set(told) == set(LOG_NAMES)
    assert told[KOTAK].head(kid) == (0, told[KOTAK].devices.enrolments[kid][0].eid, 0)


def test_an_answer_is_no_other_phone_s_and_needs_both_signatures() -> None:
    both = logs()
    kid = enrolled(both)
    with pytest.raises(BadBrief, match="belum mendaftarkan"):
        read_answer(brief(both, kid), Kid(key_of("lain").kid), at=NOW)
    for log in both.values():
        log.leaves.pop()
    with pytest.raises(BadBrief, match="belum mendaftarkan"):
        read_answer(brief(both, kid), kid, at=NOW)


def test_a_brief_whose_policy_or_signature_was_changed_is_refused() -> None:
    told = brief(logs())
    for wrong in (told.replace(b'"policy":"policy"', b'"policy":"other"'), told.replace(b"brief-1", b"brief-2"), b"{"):
        with pytest.raises(BadBrief):
            read_brief(wrong)


def test_polri_and_bawaslu_enrol_a_new_administrator_of_polri() -> None:
    both = logs()
    polri, bawaslu = signer(both, "polri"), signer(both, "bawaslu")
    for log, jws in polri.propose(proposal("baru", role="admin"), at=NOW):
        both[log].leaves += [jws, bawaslu.confirm(log, event_of(jws), at=NOW)]
    new = signer(both, "baru")
    assert isinstance(new, Signer)
    assert (new.agency, new.chains[KOTAK][0]) == ("polri", 0)
    assert new.propose(proposal(), at=NOW)

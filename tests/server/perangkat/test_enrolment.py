"""A phone is enrolled at the post: asked, proposed by its own agency, confirmed by another, and never by one alone."""

import pytest

from kawal.ledger.encoding import b64u
from kawal.ledger.enrolling import commitment
from kawal.ledger.event import read_event
from kawal.ledger.log_of import LOG_NAMES
from kawal_cli import verify
from kawal_server import clock
from kawal_server.actions.admin_chain import admin_path
from kawal_server.actions.devices_now import waiting
from kawal_server.actions.enrol_devices import confirm_enrolments, propose_enrolments, refuse_request, settle_requests
from kawal_server.actions.request_device import NotAsked, renew_device, request_device
from kawal_server.actions.signing_officer import NoKeyHere, NotAnAgency
from kawal_server.store.models import DeviceRequest, EnrolmentPerson, UnitRow
from kawal_server.store.opened import the_store
from tests.server.perangkat.cast import DAY, Cast, Phone


def test_a_phone_that_two_agencies_enrolled_is_heard(cast: Cast) -> None:
    guard = Phone("penjaga")
    assert not cast.sends(guard.signs())[0].is_new
    cast.enrols(guard)
    guard.heads.clear()
    assert [answer.is_new for answer in cast.sends(guard.signs(), guard.signs())] == [True, True]
    standing = cast.standing(guard)
    assert standing is not None
    assert (standing.state, standing.logs, standing.enrol.who) == ("good", LOG_NAMES, "p-penjaga")
    for folder in cast.export():
        assert list(verify.verify(folder))


def test_what_was_committed_to_can_be_proven_and_names_stay_here(cast: Cast) -> None:
    guard = cast.enrols(Phone("penjaga"))
    kept = EnrolmentPerson.objects.get(kid=guard.kid)
    leaf = the_store().leaves_of("kotak", "ledger.enrol")[0]
    told = read_event(leaf.jws).event.payload
    assert (told["who"], told["idc"]) == ("p-penjaga", kept.idc)
    assert commitment(bytes.fromhex(kept.salt), kept.record) == kept.idc


def test_one_signature_is_not_enough(cast: Cast) -> None:
    guard = Phone("penjaga")
    propose_enrolments(cast.officer("kasetops"), [cast.asks(guard)], at=clock.now())
    standing = cast.standing(guard)
    assert standing is not None
    assert standing.state == "waiting"
    assert not cast.sends(guard.signs())[0].is_new


def test_the_second_is_of_another_agency(cast: Cast) -> None:
    guard = Phone("penjaga")
    propose_enrolments(cast.officer("kasetops"), [cast.asks(guard)], at=clock.now())
    count, refused = confirm_enrolments(cast.officer("kaops"), [guard.kid], at=clock.now())
    assert count == 0
    assert "lembaga lain" in refused[0][1]
    assert confirm_enrolments(cast.officer("bawaslu"), [guard.kid], at=clock.now()) == (1, [])


def test_nobody_signs_both(cast: Cast) -> None:
    """One person with a hand in two offices: proposed as Polri, then moved to KPU, still may not confirm."""
    guard = Phone("penjaga")
    officer = cast.officer("kasetops", "rangkap")
    propose_enrolments(officer, [cast.asks(guard)], at=clock.now())
    officer.office = "kpu"
    officer.save()
    count, refused = confirm_enrolments(officer, [guard.kid], at=clock.now())
    assert count == 0
    assert "Anda yang mengusulkannya" in refused[0][1]


@pytest.mark.parametrize("by", ["kpu", "bawaslu"])
def test_an_agency_proposes_only_its_own(cast: Cast, by: str) -> None:
    row = cast.asks(Phone("penjaga"))
    count, refused = propose_enrolments(cast.officer(by), [row], at=clock.now())  # type: ignore[arg-type]
    assert count == 0
    assert "diusulkan oleh admin polri" in refused[0][1]
    row.refresh_from_db()
    assert row.state == "asked"


def test_kpu_enrols_its_own_with_bawaslu(cast: Cast) -> None:
    pps = Phone("pps")
    row = cast.asks(pps, by="kpu", role="pps", unit="pps-5303052001", agency="pps")
    assert propose_enrolments(cast.officer("kpu"), [row], at=clock.now()) == (1, [])
    assert confirm_enrolments(cast.officer("bawaslu"), [pps.kid], at=clock.now()) == (1, [])
    standing = cast.standing(pps)
    assert standing is not None
    assert standing.state == "good"


def test_an_insider_s_ghost_finds_no_second(cast: Cast) -> None:
    """The police make up a custodian: it is KPU's to propose, and nobody confirms what another proposed."""
    with pytest.raises(NotAsked, match="tidak ada di lembaga polri"):
        cast.asks(Phone("hantu"), role="ppk", agency="polri")
    row = cast.asks(Phone("hantu"), role="ppk", unit="ppk-530305", agency="ppk")
    count, refused = propose_enrolments(cast.officer("kasetops"), [row], at=clock.now())
    assert (count, refused[0][0]) == (0, "p-hantu")
    assert waiting() == []


@pytest.mark.parametrize("office", ["humas", "auditor"])
def test_an_outsider_asks_for_nothing(cast: Cast, office: str) -> None:
    with pytest.raises(NotAsked):
        cast.asks(Phone("penjaga"), by=office)  # type: ignore[arg-type]


def test_an_officer_of_one_polsek_asks_for_no_phone_of_another(cast: Cast) -> None:
    for unit, above in (("polsek-530305", "polres-5303"), ("polsek-530308", "polres-5303"), ("polres-5303", "")):
        fields = {"kind": "polsek", "name": unit, "agency": "polri", "area": "5303", "commanded_by": above}
        UnitRow.objects.update_or_create(unit=unit, defaults=fields)
    officer = cast.officer("padal", "padal-05", unit="polsek-530305")
    with pytest.raises(NotAsked, match="bukan di bawah satuan"):
        request_device(officer, cast.wanted(Phone("penjaga"), unit="polsek-530308"), at=clock.now())
    assert request_device(officer, cast.wanted(Phone("penjaga"), unit="polsek-530305"), at=clock.now()).pk


def test_a_request_is_taken_once(cast: Cast) -> None:
    guard = Phone("penjaga")
    row = cast.asks(guard)
    with pytest.raises(NotAsked, match="sudah menunggu"):
        cast.asks(guard)
    refuse_request(cast.officer("kasetops"), row, "salah orang")
    with pytest.raises(NotAsked, match="pernah dipindai"):
        cast.asks(guard)
    assert cast.asks(guard, text=guard.asks(nonce="2")).state == "asked"


def test_a_request_replayed_for_another_person_is_refused(cast: Cast) -> None:
    guard = Phone("penjaga")
    with pytest.raises(NotAsked, match="bukan p-pencuri"):
        cast.asks(guard, who="p-pencuri")
    cast.enrols(guard, text=guard.asks(asked_for=""))
    with pytest.raises(NotAsked, match="sudah milik p-penjaga"):
        cast.asks(guard, text=guard.asks(asked_for="", nonce="2"), who="p-pencuri")


def test_a_relayed_photograph_is_too_old(cast: Cast) -> None:
    guard = Phone("penjaga")
    text = guard.asks()
    cast.passes(2 * DAY)
    with pytest.raises(NotAsked, match="24 jam"):
        cast.asks(guard, text=text)
    assert not EnrolmentPerson.objects.exists(), "no salt is kept for what is refused"


def test_a_key_of_low_order_is_not_asked_for(cast: Cast) -> None:
    parts = Phone("penjaga").asks().split(".")
    parts[2] = b64u(b"\x01" + bytes(31))
    with pytest.raises(NotAsked):
        cast.asks(Phone("penjaga"), text=".".join(parts))


def test_without_the_key_nothing_is_signed_here_and_the_way_is_told(cast: Cast) -> None:
    row = cast.asks(Phone("penjaga"))
    admin_path("polri").unlink()
    with pytest.raises(NoKeyHere, match="kawal sign-enrolments"):
        propose_enrolments(cast.officer("kasetops"), [row], at=clock.now())


def test_an_officer_of_the_army_signs_for_nobody(cast: Cast) -> None:
    officer = cast.officer("kasetops", "danramil", agency="tni")
    with pytest.raises(NotAnAgency):
        propose_enrolments(officer, [cast.asks(Phone("penjaga"))], at=clock.now())


def test_a_duty_ends_and_is_renewed_by_a_new_enrolment(cast: Cast) -> None:
    guard = cast.enrols(Phone("penjaga"), exp=clock.now() + DAY // 2)
    assert [one.state for one in [cast.standing(guard)] if one] == ["soon"]
    renewed = renew_device(cast.officer("kasetops"), guard.kid, until=clock.now() + 5 * DAY, at=clock.now())
    propose_enrolments(cast.officer("kasetops"), [renewed], at=clock.now())
    confirm_enrolments(cast.officer("kpu"), [guard.kid], at=clock.now())
    cast.passes(DAY)
    assert [one.state for one in [cast.standing(guard)] if one] == ["good"]
    cast.passes(5 * DAY)
    assert [one.state for one in [cast.standing(guard)] if one] == ["expired"]


def test_requests_follow_what_the_logs_say(cast: Cast) -> None:
    asked, over = cast.asks(Phone("penjaga")), cast.asks(Phone("lama"), exp=clock.now() + 60)
    propose_enrolments(cast.officer("kasetops"), [asked], at=clock.now())
    confirm_enrolments(cast.officer("kpu"), [asked.kid], at=clock.now())
    DeviceRequest.objects.filter(pk=asked.pk).update(state="asked")
    cast.passes(120)
    settle_requests(at=clock.now())
    assert [DeviceRequest.objects.get(pk=row.pk).state for row in (asked, over)] == ["confirmed", "expired"]

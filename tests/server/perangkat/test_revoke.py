"""A key is withdrawn at its last good head by two agencies; what its thief signed later counts for nothing."""

import pytest

from kawal.ledger.log_of import KOTAK, PENGAMANAN
from kawal_server import clock
from kawal_server.actions.lost_phone import NotTold, attest_gaps, gaps_of, is_settled, sign_gaps, tell_lost
from kawal_server.actions.request_device import NotAsked
from kawal_server.actions.revoke_device import NotRevoked, chain_of, confirm_revocation, holes_in, revoke_device
from kawal_server.store.models import FindingLine
from kawal_server.store.opened import the_store
from tests.server.perangkat.cast import Cast, Phone


def revokes(cast: Cast, phone: Phone, good: int | None = None, **other: object) -> None:
    told = {"why": "stolen", "since": clock.now(), "good": {} if good is None else {PENGAMANAN: good}, **other}
    revoke_device(cast.officer("kasetops"), phone.kid, at=clock.now(), **told)  # type: ignore[arg-type]


def confirms(cast: Cast, phone: Phone) -> None:
    confirm_revocation(cast.officer("kpu"), phone.kid, at=clock.now())


def codes(cast: Cast) -> list[tuple[str, str]]:
    cast.post.worker.publish()
    cast.post.worker.tell(is_due=True)
    return list(FindingLine.objects.filter(code__startswith="ledger.").values_list("code", "subject"))


def test_what_a_thief_signs_after_the_last_good_head_is_suspect(cast: Cast) -> None:
    guard = cast.enrols(Phone("penjaga"))
    cast.sends(guard.signs(), guard.signs())
    thief = guard.signs()
    cast.sends(thief)
    revokes(cast, guard, good=2)
    confirms(cast, guard)
    [standing] = [cast.standing(guard)]
    assert standing is not None
    assert standing.state == "revoked"
    late = cast.sends(guard.signs())
    assert late[0].is_new, "evidence is kept, whoever signed it"
    assert ("ledger.revoked", guard.kid) in codes(cast)


def test_one_agency_withdraws_nobody(cast: Cast) -> None:
    guard = cast.enrols(Phone("penjaga"))
    revokes(cast, guard)
    with pytest.raises(NotRevoked, match="lembaga lain"):
        confirm_revocation(cast.officer("kaops"), guard.kid, at=clock.now())
    standing = cast.standing(guard)
    assert standing is not None
    assert standing.state == "good"


def test_a_withdrawal_is_asked_for_once(cast: Cast) -> None:
    guard = cast.enrols(Phone("penjaga"))
    revokes(cast, guard)
    revokes(cast, guard)
    assert cast.in_log("ledger.revoke") == 1
    confirms(cast, guard)
    with pytest.raises(NotRevoked, match="tidak ada pencabutan"):
        confirms(cast, guard)


def test_a_good_head_that_is_not_there_is_refused(cast: Cast) -> None:
    guard = cast.enrols(Phone("penjaga"))
    cast.sends(guard.signs())
    with pytest.raises(NotRevoked, match="nomor 9"):
        revokes(cast, guard, good=9)


@pytest.mark.parametrize("office", ["pamatwil", "padal", "auditor", "operator"])
def test_those_who_may_not_withdraw_do_not(cast: Cast, office: str) -> None:
    guard = cast.enrols(Phone("penjaga"))
    told = {"why": "lost", "good": {}, "since": clock.now(), "at": clock.now()}
    with pytest.raises(NotRevoked):
        revoke_device(cast.officer(office), guard.kid, **told)  # type: ignore[arg-type]


def test_a_withdrawn_key_does_not_come_back(cast: Cast) -> None:
    guard = cast.enrols(Phone("penjaga"))
    revokes(cast, guard)
    confirms(cast, guard)
    with pytest.raises(NotAsked, match="sudah dicabut"):
        cast.asks(guard, text=guard.asks(nonce="2"))


def lost(cast: Cast) -> Phone:
    """A phone whose second and third events never came."""
    guard = cast.enrols(Phone("penjaga"))
    first, _second, _third, fourth = (guard.signs() for _ in range(4))
    cast.sends(first, fourth)
    return guard


def test_a_lost_phone_is_settled_by_two_officers(cast: Cast) -> None:
    guard = lost(cast)
    assert ("ledger.chain-gap", guard.kid) in codes(cast)
    assert holes_in(chain_of(PENGAMANAN, guard.kid)) == [(2, 3)]
    row = tell_lost(cast.officer("kasetops"), guard.kid, "Jatuh ke laut di Wini, 14.30.", at=clock.now())
    revokes(cast, guard, good=4, why="lost")
    confirms(cast, guard)
    assert sign_gaps(cast.officer("kasetops"), row, at=clock.now()) == 1
    assert not is_settled(guard.kid)
    with pytest.raises(NotTold, match="petugas lain"):
        attest_gaps(cast.officer("kasetops"), row, at=clock.now())
    assert attest_gaps(cast.officer("kpu"), row, at=clock.now()) == 1
    assert is_settled(guard.kid)
    [(_eid, span)] = gaps_of(PENGAMANAN, guard.kid)
    assert span == (2, 3)
    codes(cast)
    [finding] = FindingLine.objects.filter(code="ledger.chain-gap", subject=guard.kid)
    assert gaps_of(PENGAMANAN, guard.kid)[0][0] in finding.evidence, "the testimony explains the gap"


def test_the_words_of_the_testimony_stay_at_the_post(cast: Cast) -> None:
    guard = lost(cast)
    row = tell_lost(cast.officer("kasetops"), guard.kid, "Dipegang Budi Santoso", at=clock.now())
    sign_gaps(cast.officer("kasetops"), row, at=clock.now())
    leaves = the_store().leaves_of(PENGAMANAN, "ledger.gap")
    assert [row.th in _payload(leaf.jws) for leaf in leaves] == [True]
    assert not any("Santoso" in _payload(leaf.jws) for leaf in the_store().leaves(PENGAMANAN, 0, 999))
    assert not any(row.th in str(path) for path in (cast.post.data / "logs").rglob("*"))
    with pytest.raises(NotTold, match="sudah dicatat"):
        tell_lost(cast.officer("kaops"), guard.kid, "lain", at=clock.now())


def _payload(jws: bytes) -> str:
    from kawal.ledger.encoding import unb64u

    return unb64u(jws.split(b".")[1]).decode()


def test_a_gap_is_acknowledged_once(cast: Cast) -> None:
    guard = lost(cast)
    row = tell_lost(cast.officer("kasetops"), guard.kid, "Jatuh ke laut.", at=clock.now())
    assert sign_gaps(cast.officer("kasetops"), row, at=clock.now()) == 1
    assert sign_gaps(cast.officer("kasetops"), row, at=clock.now()) == 0
    assert cast.in_log("ledger.gap", KOTAK) == 0

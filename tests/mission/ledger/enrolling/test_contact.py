"""A phone that was not heard of for long enough is unknown, whatever it was before."""

from kawal.ledger.contact import expected_s, is_known


def test_a_guard_fades_after_two_missed_contacts() -> None:
    last = 1_000_000
    assert is_known("guard", last, last + 2 * expected_s("guard"))
    assert not is_known("guard", last, last + 2 * expected_s("guard") + 1)


def test_an_escort_fades_sooner_than_a_custodian() -> None:
    assert not is_known("escort", 0, 3600)
    assert is_known("ppk", 0, 3600)


def test_a_phone_that_never_wrote_is_unknown() -> None:
    assert not is_known("guard", None, 0)

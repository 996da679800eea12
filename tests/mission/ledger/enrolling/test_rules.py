"""Each agency proposes its own, another confirms, and a role fits the agency it is in."""

from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kawal.ledger.enrolling import (
    ADMIN_AGENCIES,
    AGENCIES_OF,
    PROPOSED_BY,
    commitment,
    fits,
    logs_of,
    may_confirm,
    may_propose,
)
from kawal.ledger.events import CUSTODIAN_ROLES, ESCORT_ROLES, Role

agencies = st.sampled_from(sorted(PROPOSED_BY))
admins = st.sampled_from([*ADMIN_AGENCIES, ""])


def test_every_role_has_agencies_it_is_held_in() -> None:
    assert set(AGENCIES_OF) == set(get_args(Role))
    assert set().union(*AGENCIES_OF.values()) == set(PROPOSED_BY)


@pytest.mark.parametrize(
    ("agency", "proposer"),
    [
        ("kpps", "kpu"),
        ("ppk", "kpu"),
        ("party", "bawaslu"),
        ("bawaslu", "bawaslu"),
        ("tni", "polri"),
        ("linmas", "polri"),
    ],
)
def test_each_agency_proposes_its_own(agency: str, proposer: str) -> None:
    role = next(role for role, held in AGENCIES_OF.items() if agency in held)
    assert may_propose(proposer, agency, role)
    for other in {*ADMIN_AGENCIES, "", "tni"} - {proposer}:
        refused = may_propose(other, agency, role)
        assert not refused
        assert f"admin {proposer}" in refused.reason


@pytest.mark.parametrize("role", sorted(CUSTODIAN_ROLES))
@pytest.mark.parametrize("agency", ["polri", "tni", "linmas", "satpolpp", "bawaslu", "party"])
def test_nobody_but_the_election_s_bodies_holds_boxes(role: str, agency: str) -> None:
    assert not fits(role, agency)


@pytest.mark.parametrize("role", sorted(ESCORT_ROLES))
def test_no_custodian_guards(role: str) -> None:
    assert [agency for agency in PROPOSED_BY if fits(role, agency)] == ["polri", "tni", "linmas", "satpolpp"]


def test_a_supervisor_is_bawaslu_s_and_a_witness_a_party_s() -> None:
    assert [agency for agency in PROPOSED_BY if fits("supervisor", agency)] == ["bawaslu"]
    assert [agency for agency in PROPOSED_BY if fits("witness", agency)] == ["party"]


def test_an_unknown_role_fits_nowhere() -> None:
    assert "tidak dikenal" in fits("king", "polri").reason


@given(admins, admins)
def test_the_second_is_never_of_the_same_agency(first: str, second: str) -> None:
    assert bool(may_confirm(first, second)) == (first != second and bool(first) and bool(second))
    assert bool(may_confirm(first, second)) == bool(may_confirm(second, first))


@given(agencies, admins)
def test_no_role_lets_an_agency_propose_another_s_people(agency: str, admin: str) -> None:
    can = any(may_propose(admin, agency, role) for role in AGENCIES_OF)
    assert can == (admin == PROPOSED_BY[agency])


def test_a_party_s_witness_writes_nothing_to_the_guards_log() -> None:
    assert logs_of("witness") == ("kotak",)
    assert set(logs_of("guard")) == {"kotak", "pengamanan"}


def test_a_commitment_needs_its_whole_salt() -> None:
    assert commitment(bytes(16), "a") != commitment(bytes(15) + b"\1", "a")
    with pytest.raises(ValueError, match="16 bytes"):
        commitment(b"", "a")

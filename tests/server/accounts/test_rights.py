"""Every office x every action x own unit, below, another's, another agency's: held against a table written by hand.

A change of rights is a change of rights.txt, and so is seen by whoever reads the change.
"""

from pathlib import Path

import pytest

from kawal_server.accounts.access import ALLOWED, Action, acts_for, agency_of, fetch, may, within_reach
from kawal_server.accounts.models import Office, Officer
from kawal_server.store.models import UnitRow
from tests.server.accounts.matrix import ACTIONS, OFFICES, foreign, holder, nobodies, reach, seat, table
from tests.server.post import Post

RIGHTS = Path(__file__).with_name("rights.txt")


def expected() -> dict[tuple[str, str], str]:
    lines = [line for line in RIGHTS.read_text("utf-8").splitlines() if line and not line.startswith("#")]
    offices = lines[0].split()[1:]
    cells = {}
    for line in lines[1:]:
        action, *row = line.split()
        assert len(row) == len(offices), line
        cells.update({(office, action): cell for office, cell in zip(offices, row, strict=True)})
    return cells


def test_the_table_names_every_office_and_every_action() -> None:
    assert set(expected()) == {(office, action) for office in OFFICES for action in ACTIONS}


def test_every_office_may_what_the_table_says_and_nothing_else(real: Post) -> None:
    found: dict[tuple[str, str], str] = {
        (office, action): reach(holder(office), office, action) for office in OFFICES for action in ACTIONS
    }
    wrong = {key: (cell, found[key]) for key, cell in expected().items() if found[key] != cell}
    assert wrong == {}, "\n" + table()


@pytest.mark.parametrize("office", OFFICES)
def test_who_is_nobody_here_may_nothing(real: Post, office: Office) -> None:
    own, below, other = seat(office)
    for nobody in nobodies(office):
        for action in ACTIONS:
            for unit in (None, own, below, other, foreign(office), "", "tidak-ada"):
                assert not may(nobody, action, unit=unit), (nobody, action, unit)


@pytest.mark.parametrize("office", OFFICES)
def test_an_office_that_is_not_confirmed_may_only_look_after_its_account(real: Post, office: Office) -> None:
    unsure = holder(office, is_confirmed=False)
    assert [action for action in ACTIONS if may(unsure, action)] == ["own-account"]


@pytest.mark.parametrize("office", OFFICES)
def test_an_office_for_the_whole_operation_reaches_all_units_of_those_it_acts_for(real: Post, office: Office) -> None:
    whole = holder(office, unit="")
    action: Action = "see-devices"
    reached = {unit for unit in UnitRow.objects.values_list("unit", flat=True) if may(whole, action, unit=unit)}
    agencies = {"kpu": {"kpu", "ppk"}, "bawaslu": {"bawaslu"}}.get(office)
    wanted = UnitRow.objects.filter(agency__in=agencies) if agencies else UnitRow.objects.all()
    assert reached == (set(wanted.values_list("unit", flat=True)) if action in ALLOWED[office] else set())


def test_police_never_act_for_kpu() -> None:
    for office in OFFICES:
        for agency in ("polri", "kpu", "bawaslu"):
            own = {"kpu": "kpu", "bawaslu": "bawaslu", "operator": "", "auditor": ""}.get(office, "polri")
            assert acts_for(Officer(office=office), agency) is (agency == own), (office, agency)
    assert not acts_for(None, "kpu")
    assert not acts_for(Officer(office="operator"), "")


def test_an_account_whose_agency_contradicts_its_office_acts_for_nobody() -> None:
    torn = Officer(office="kaops", agency="kpu")
    assert agency_of(torn) == ""
    assert not acts_for(torn, "kpu")
    assert not acts_for(torn, "polri")


def test_fetching_is_authorising(real: Post) -> None:
    from django.core.exceptions import PermissionDenied
    from django.http import Http404

    kasatgas, rows = holder("kasatgas"), UnitRow.objects.all()
    assert fetch(kasatgas, "change-guard", rows, unit="polsek-530305").unit == "polsek-530305"
    with pytest.raises(Http404):
        fetch(kasatgas, "change-guard", rows, unit="polsek-647401")
    with pytest.raises(Http404):
        fetch(kasatgas, "change-guard", rows, unit="tidak-ada")
    with pytest.raises(PermissionDenied):
        fetch(kasatgas, "issue-order", rows, unit="polsek-530305")


@pytest.mark.parametrize("office", OFFICES)
def test_a_list_within_reach_holds_what_may_be_fetched_one_by_one(real: Post, office: Office) -> None:
    rows = UnitRow.objects.all()
    for someone in (holder(office), holder(office, unit="")):
        for action in ACTIONS:
            one_by_one = {row.unit for row in rows if may(someone, action, unit=row.unit)}
            assert {row.unit for row in within_reach(someone, action, rows)} == one_by_one, action

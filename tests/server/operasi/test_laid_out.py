"""The demonstration's command: everybody who is enrolled has a name there, marked as invented, and no log has it."""

from kawal.command.people import RANKS
from kawal.ledger.log_of import PENGAMANAN
from kawal_cli.lay_out_command import MARK, lay_out_command
from kawal_server.store.models import Operation, PersonRow, RoleRow, StageRow, UnitRow
from kawal_server.store.opened import the_store
from tests.mission.command.scene import at
from tests.server.closing import field
from tests.server.operasi.clerk import Clerk


def lines() -> list[bytes]:
    return [leaf.jws for leaf in the_store().leaves(PENGAMANAN, 0, the_store().head(PENGAMANAN).size)]


def test_whoever_is_enrolled_as_a_guard_has_an_invented_name(opened: Clerk) -> None:
    until = at("2025-01-01")
    field.Phone(PENGAMANAN, "guard", "polsek-530305", "polri", who="p-guard1", until=until)
    field.Phone(PENGAMANAN, "guard", "polsek-530305", "linmas", who="p-guard2", until=until)
    field.Phone(PENGAMANAN, "commander", "polres-5303", "polri", who="p-command", until=until)
    field.Phone(PENGAMANAN, "supervisor", "bawaslu-5303", "bawaslu", who="p-bawaslu", until=until)
    lay_out_command(Operation.objects.get(), lines())
    people = {row.who: row for row in PersonRow.objects.all()}
    assert {"p-guard1", "p-guard2", "p-command"} <= set(people)
    assert "p-bawaslu" not in people
    assert all(row.name.endswith(MARK) for row in people.values())
    assert people["p-guard1"].rank in RANKS["polri"]
    assert (people["p-guard2"].rank, people["p-guard2"].nrp) == ("", "")
    assert all(row.nrp[2:4] == "00" for row in people.values() if row.nrp)
    assert RoleRow.objects.get(role="kasetops").who == "p-command"
    assert UnitRow.objects.filter(unit__in={row.unit for row in people.values()}).count() == 2


def test_the_stages_are_those_of_2024_and_laying_out_again_changes_nothing(opened: Clerk) -> None:
    operation = Operation.objects.get()
    lay_out_command(operation, lines())
    ends = {row.stage: row.ends for row in StageRow.objects.all()}
    assert ends["kampanye"] == at("2024-11-24")
    assert ends["phpu"] == at("2025-02-25")
    assert ends["psu"] is None
    held = sorted(PersonRow.objects.values_list("who", "name"))
    lay_out_command(operation, lines())
    assert sorted(PersonRow.objects.values_list("who", "name")) == held

"""The proposal of who goes where: the gravest need first, squads whole, a reserve held, and one officer who accepts."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from kawal.command.bko_check import BkoBreach
from kawal.ledger.event import read_event
from kawal.ledger.log_of import PENGAMANAN
from kawal_server.accounts.models import Office
from kawal_server.actions import share_bko
from kawal_server.store.models import BkoNeed, ContingentLine, ContingentTaskLine, Operation, RiskEntry
from kawal_server.store.opened import the_store
from tests.mission.command.orders_kit import BARAT, DAY, HOUR, POLRES, UTARA, VOTE
from tests.server.bko.test_bko import lend, step
from tests.server.commanding import Commanding

PAGE = "/bko/bagi/"


def need(unit: str, count: int, *, area: str = "", skill: str = "", ends: int = VOTE + 5 * DAY) -> BkoNeed:
    return BkoNeed.objects.create(
        unit=unit, starts=VOTE, ends=ends, count=count, area=area, skill=skill, reason="penebalan pos PPK", made_at=VOTE
    )


def classed(place: str, risk: str) -> None:
    RiskEntry.objects.create(
        place=place, level="district", unit=POLRES, instrument="local", stage="rekap-kec", on=date(2024, 11, 4),
        source="penilaian Polres", kind="class", value=risk, confidentiality="internal", by="intel", at=VOTE,
    )  # fmt: skip


def proposed(client: Client, **asked: str) -> list[tuple[str, int]]:
    """Where the proposal sends how many."""
    return [(one.place, one.people) for one in client.get(PAGE, asked).context["proposal"].shares]


def accept(client: Client, **form: str) -> Any:
    seen = client.get(PAGE, {"cadangan": form["cadangan"]} if "cadangan" in form else {})
    token = seen.context["proposal"].token if seen.status_code == 200 else ""
    return client.post(PAGE, {"usulan": token, **form})


def tasked() -> list[tuple[str, int]]:
    payloads = [read_event(leaf.jws).event.payload for leaf in the_store().leaves_of(PENGAMANAN, "bko.step")]
    return sorted((str(one["to"]), int(one["n"])) for one in payloads if one["step"] == "tasked")


def test_the_gravest_need_is_met_first_and_a_reserve_is_held(commanding: Commanding) -> None:
    lend(commanding, origin="ditsamapta-64", number="Sprin/101", count="40")
    need(UTARA, 20, area="647401")
    need(BARAT, 20, area="647403")
    classed("647401", "less")
    classed("647403", "high")
    kaops = commanding.officer("kaops")
    # Of forty people four are held; three squads are left, and the graver place is short of nobody.
    assert sorted(proposed(kaops)) == [("647401", 10), ("647403", 20)]
    body = kaops.get(PAGE).content.decode()
    for words in ("tetap kurang 10 dari 20 orang", "10 orang tetap bebas tugas", "Cadangan 10% ditahan", "Terbukti"):
        assert words in body
    assert sorted(proposed(kaops, cadangan="0")) == [("647401", 20), ("647403", 20)]
    assert "Semua kebutuhan yang tertulis terpenuhi." in kaops.get(PAGE, {"cadangan": "0"}).content.decode()


def test_whoever_decides_accepts_and_each_task_is_signed_once(commanding: Commanding) -> None:
    name = lend(commanding, origin="ditsamapta-64", number="Sprin/101", count="40")
    met, half = need(BARAT, 20, area="647403"), need(UTARA, 20, area="647401")
    classed("647403", "high")
    kaops = commanding.officer("kaops")
    assert accept(kaops).status_code == 302
    assert tasked() == [("647401", 10), ("647403", 20)]
    met.refresh_from_db()
    half.refresh_from_db()
    assert (met.contingent, half.contingent, half.count) == (name, "", 10)
    commanding.tell(VOTE + 4 * HOUR)
    assert ContingentLine.objects.get().tasked == 30
    assert sorted(ContingentTaskLine.objects.values_list("to", "task", "count")) == [
        ("647401", "hot-area", 10), ("647403", "hot-area", 20)
    ]  # fmt: skip


def test_a_proposal_adds_to_the_task_that_stands_at_the_place(commanding: Commanding) -> None:
    name = lend(commanding, origin="ditsamapta-64", number="Sprin/101", count="40")
    step(commanding.officer("kaops"), name, "tasked", tugas="hot-area", kepada="647403", jumlah="12")
    commanding.tell(VOTE + 4 * HOUR)
    need(BARAT, 10, area="647403")
    need(BARAT, 10, area="647403")
    assert accept(commanding.officer("karendalops"), cadangan="0").status_code == 302
    commanding.tell(VOTE + 5 * HOUR)
    assert ContingentTaskLine.objects.get().count == 32


def test_what_changed_meanwhile_is_read_again_before_it_is_signed(commanding: Commanding) -> None:
    lend(commanding, origin="ditsamapta-64", number="Sprin/101", count="40")
    need(BARAT, 20)
    kaops = commanding.officer("kaops")
    token = kaops.get(PAGE).context["proposal"].token
    need(UTARA, 10)
    answer = kaops.post(PAGE, {"usulan": token})
    assert answer.status_code == 409
    assert "Keadaan berubah" in answer.content.decode()
    assert kaops.post(PAGE, {"usulan": ""}).status_code == 409
    assert tasked() == []


@pytest.mark.parametrize("office", ["kasetops", "kasatgas"])
def test_whoever_asks_reads_the_proposal_and_does_not_accept_it(commanding: Commanding, office: Office) -> None:
    lend(commanding, origin="ditsamapta-64", number="Sprin/101", count="40")
    need(BARAT, 20)
    client = commanding.officer(office)
    assert "Usulkan pembagian" in client.get("/bko/").content.decode()
    assert proposed(client) == [(BARAT, 20)]
    assert "Terima dan tandatangani" not in client.get(PAGE).content.decode()
    assert accept(client).status_code == 403
    assert tasked() == []


@pytest.mark.parametrize("office", ["operator", "padal", "pamatwil", "auditor", "humas", "kpu", "bawaslu"])
def test_whoever_asks_for_nobody_sees_no_proposal(commanding: Commanding, office: Office) -> None:
    client = commanding.officer(office)
    assert client.get(PAGE).status_code == 403
    assert client.post(PAGE, {"usulan": "x"}).status_code == 403
    assert Client().get(PAGE).status_code == 302


def test_another_units_people_are_not_given_away(commanding: Commanding) -> None:
    lend(commanding, origin="ditsamapta-64", number="Sprin/101", count="40")
    need(BARAT, 20)
    elsewhere = commanding.officer("karendalops", unit=UTARA)
    assert elsewhere.get(PAGE).context["proposal"].shares == ()
    assert accept(elsewhere).status_code == 409
    need("polda-64", 20)
    assert proposed(commanding.officer("kaops"), cadangan="0") == [(BARAT, 20)]


def test_what_cannot_be_shared_is_said_in_words(commanding: Commanding) -> None:
    kaops = commanding.officer("kaops")
    assert "Tidak ada kebutuhan yang menunggu" in kaops.get(PAGE).content.decode()
    need(BARAT, 20)
    need(BARAT, 5, skill="negosiator")
    need(BARAT, 5, ends=VOTE + 60)
    assert "Tidak ada kontingen yang sudah tiba" in kaops.get(PAGE).content.decode()
    lend(commanding, origin="ditsamapta-64", number="Sprin/101", count="9")
    assert "Tidak satu regu pun dapat dibagi" in kaops.get(PAGE).content.decode()


def test_a_plan_that_its_checker_refuses_is_not_shown(commanding: Commanding, monkeypatch: pytest.MonkeyPatch) -> None:
    lend(commanding, origin="ditsamapta-64", number="Sprin/101", count="40")
    need(BARAT, 20)
    breach = BkoBreach("supply", "x", "melebihi yang ada.", "more than there are.")
    monkeypatch.setattr(share_bko, "check_bko", lambda *_: (breach,))
    answer = commanding.officer("kaops").get(PAGE)
    assert answer.status_code == 409
    assert "melebihi yang ada" in answer.content.decode()
    assert answer.context["shares"] == []


def test_a_demonstration_proposes_and_signs_nothing(commanding: Commanding) -> None:
    lend(commanding, origin="ditsamapta-64", number="Sprin/101", count="40")
    need(BARAT, 20)
    Operation.objects.update(is_demo=True)
    kaops = commanding.officer("kaops")
    assert "Ini demonstrasi: tidak ada yang ditandatangani." in kaops.get(PAGE).content.decode()
    assert accept(kaops).status_code == 403
    assert tasked() == []

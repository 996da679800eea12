"""BKO on the post: Bontang's groups step by step, two forties that stay two, and the demand nobody met."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from kawal_server.accounts.models import Office
from kawal_server.actions.admin_chain import admin_path
from kawal_server.actions.judge import differing
from kawal_server.store.models import BkoNeed, ContingentLine, ContingentTaskLine, OwnForceRow
from kawal_server.store.opened import the_store
from tests.mission.command.orders_kit import BARAT, DAY, HOUR, POLRES, VOTE
from tests.server.commanding import Commanding
from tests.server.post import Post

ASKED = {"kepada": POLRES, "asal": "ditsamapta-64", "jumlah": "40", "nomor": "R/12", "alasan": "pleno tiga kecamatan"}
APPROVED = {"asal": "ditsamapta-64", "nomor": "Sprin/101", "jumlah": "40", "sampai": "2024-12-03T08:00"}


def ask(client: Client, **form: str) -> Any:
    return client.post("/bko/minta/", {**ASKED, **form})


def step(client: Client, name: str, step: str, **form: str) -> Any:
    return client.post(f"/bko/kontingen/{name}/", {"langkah": step, **form})


def lend(commanding: Commanding, *, origin: str, number: str, count: str) -> str:
    """A contingent from asked for to arrived, as two officers book it; gives its name."""
    planner, decider = commanding.officer("kasetops"), commanding.officer("karendalops")
    before = set(ContingentLine.objects.values_list("name", flat=True))
    assert ask(planner, asal=origin, nomor=f"R/{number}", jumlah=count).status_code == 302
    commanding.tell(VOTE + 60)
    [name] = set(ContingentLine.objects.values_list("name", flat=True)) - before
    given = {**APPROVED, "asal": origin, "nomor": number, "jumlah": count}
    assert step(decider, name, "approved", **given).status_code == 302
    for at, booked in enumerate(("sent", "arrived"), start=1):
        commanding.tell(VOTE + at * HOUR)
        assert step(planner, name, booked, jumlah=count).status_code == 302
    commanding.tell(VOTE + 3 * HOUR)
    return name


def test_a_contingent_goes_from_asked_for_to_released(commanding: Commanding) -> None:
    name = lend(commanding, origin="ditsamapta-64", number="Sprin/101", count="40")
    kaops = commanding.officer("kaops")
    for task, to, count in (("escort", "", "20"), ("hot-area", "640205", "12"), ("reserve", "", "8")):
        assert step(kaops, name, "tasked", tugas=task, kepada=to, jumlah=count).status_code == 302
        commanding.tell(VOTE + 4 * HOUR)
    line = ContingentLine.objects.get()
    assert (line.name, line.origin, line.number, line.unit) == (
        "bko-ditsamapta-64-r-sprin-101", "ditsamapta-64", "Sprin/101", POLRES
    )  # fmt: skip
    assert (line.reached, line.strength, line.tasked, line.oddities) == ("tasked", 40, 40, [])
    page = kaops.get(f"/bko/kontingen/{name}/").content.decode()
    assert "40 bertugas dari kekuatan 40" in page
    assert step(kaops, name, "released").status_code == 302
    commanding.tell(VOTE + 5 * HOUR)
    line = ContingentLine.objects.get()
    assert (line.reached, line.strength) == ("released", 0)
    page = kaops.get(f"/bko/kontingen/{name}/").content.decode()
    assert "Sudah kembali ke satuan asal." in page
    assert "bertugas dari kekuatan" not in page
    assert differing(the_store()) == []


def test_bontangs_five_groups_are_1266_and_the_two_forties_stay_two(commanding: Commanding) -> None:
    for origin, number, count in (
        ("polda-64", "Sprin/102", "40"), ("brimob-64", "Sprin/103", "100"), ("ditsamapta-64", "Sprin/101", "40"),
    ):  # fmt: skip
        lend(commanding, origin=origin, number=number, count=count)
    kaops = commanding.officer("kaops")
    for name, people in (("Polres Bontang", "240"), ("Linmas", "846")):
        assert kaops.post("/bko/kekuatan/", {"nama": name, "jumlah": people}).status_code == 302
    answer = kaops.get("/bko/?jumlah=1.266")
    strength = answer.context["strength"]
    assert sorted(part.count for part in strength.parts) == [40, 40, 100, 240, 846]
    assert (strength.total, strength.check.is_right) == (1266, True)
    forties = [part.name for part in strength.parts if part.count == 40]
    assert sorted(forties) == ["Ditsamapta Polda Kaltim (Sprin/101)", "Polda Kaltim (Sprin/102)"]
    assert "Cocok: rinciannya berjumlah 1.266" in answer.content.decode()
    wrong = kaops.get("/bko/?jumlah=1226")
    assert {part.count for part in wrong.context["strength"].check.suspects} == {40}
    assert "selisih -40" in wrong.content.decode()


def test_whoever_returned_is_counted_no_more_and_nobody_booked_it(commanding: Commanding) -> None:
    name = lend(commanding, origin="ditsamapta-64", number="Sprin/101", count="40")
    kaops = commanding.officer("kaops")
    assert kaops.get("/bko/").context["strength"].total == 40
    commanding.tell(VOTE + 10 * DAY)
    answer = kaops.get("/bko/")
    assert answer.context["strength"].total == 0
    assert answer.context["contingents"][0][0].state == "Berakhir menurut sprin"
    assert name in answer.content.decode()


def test_more_tasks_than_people_are_refused_here_and_shown_where_they_come_from_elsewhere(
    commanding: Commanding,
) -> None:
    name = lend(commanding, origin="ditsamapta-64", number="Sprin/101", count="40")
    kaops = commanding.officer("kaops")
    step(kaops, name, "tasked", tugas="escort", jumlah="30")
    commanding.tell(VOTE + 4 * HOUR)
    answer = step(kaops, name, "tasked", tugas="reserve", jumlah="11")
    assert answer.status_code == 400
    assert "Tugas melebihi kekuatan: 40 orang, 30 sudah bertugas" in answer.content.decode()
    commanding.operation.step(name, "tasked", VOTE + 5 * HOUR, task="reserve", n=11)
    commanding.tell(VOTE + 6 * HOUR)
    body = kaops.get("/bko/").content.decode()
    assert "tugas melebihi kekuatan" in body
    assert kaops.get("/bko/").context["contingents"][0][0].look == "bahaya"


def test_fewer_than_asked_needs_a_reason_and_stays_as_unmet_demand(commanding: Commanding) -> None:
    ask(commanding.officer("kasetops"), jumlah="100")
    commanding.tell(VOTE + 60)
    name, decider = ContingentLine.objects.get().name, commanding.officer("karendalops")
    assert step(decider, name, "approved", **{**APPROVED, "jumlah": "60"}).status_code == 400
    given = {**APPROVED, "jumlah": "60", "alasan": "cadangan Polda terbatas"}
    assert step(decider, name, "approved", **given).status_code == 302
    commanding.tell(VOTE + HOUR)
    line = ContingentLine.objects.get()
    assert (line.unmet, line.shortfalls) == (40, [["requested", "approved", 40, "cadangan Polda terbatas"]])
    body = decider.get("/bko/").content.decode()
    assert "40 orang tidak terpenuhi" in body
    assert "cadangan Polda terbatas" in body


def test_one_contingent_is_not_booked_under_two_names(commanding: Commanding) -> None:
    lend(commanding, origin="ditsamapta-64", number="Sprin/101", count="40")
    ask(commanding.officer("kasetops"), nomor="R/99")
    commanding.tell(VOTE + 4 * HOUR)
    second = ContingentLine.objects.get(name__contains="r-99")
    answer = step(commanding.officer("kaops"), second.name, "approved", **APPROVED)
    assert answer.status_code == 400
    assert "satu kontingen dicatat sekali" in answer.content.decode()


def test_asking_twice_under_one_letter_makes_two_names(commanding: Commanding) -> None:
    client = commanding.officer("kasetops")
    ask(client)
    ask(client)
    commanding.tell(VOTE + 60)
    assert set(ContingentLine.objects.values_list("name", flat=True)) == {
        "bko-ditsamapta-64-r-12", "bko-ditsamapta-64-r-12-2"
    }  # fmt: skip


def test_a_need_is_kept_until_somebody_is_asked_and_then_asked_once(commanding: Commanding) -> None:
    client = commanding.officer("kasetops")
    need = {
        "kepada": POLRES, "jumlah": "12", "mulai": "2024-11-30T00:00", "selesai": "2024-12-02T00:00",
        "keahlian": "negosiator", "wilayah": "640205", "alasan": "Pos Marang Kayu kurang 2 orang Sabtu 00.00-08.00",
    }  # fmt: skip
    assert client.post("/bko/kebutuhan/", need).status_code == 302
    row = BkoNeed.objects.get()
    assert "kurang 2 orang" in client.get("/bko/").content.decode()
    for _ in range(2):
        assert ask(client, kebutuhan=str(row.pk), jumlah="9999").status_code == 302
    commanding.tell(VOTE + 60)
    line = ContingentLine.objects.get()
    assert (line.requested, line.until, line.steps[0]["why"]) == (12, None, need["alasan"])
    assert list(client.get("/bko/").context["needs"]) == []


@pytest.mark.parametrize(
    ("field", "value"), [("jumlah", "0"), ("jumlah", "-4"), ("asal", ""), ("asal", "Dit Samapta"), ("alasan", "")]
)
def test_what_is_no_request_is_refused(commanding: Commanding, field: str, value: str) -> None:
    assert ask(commanding.officer("kasetops"), **{field: value}).status_code == 400
    commanding.tell(VOTE + 60)
    assert not ContingentLine.objects.exists()


def test_a_reason_that_names_somebody_is_refused(commanding: Commanding) -> None:
    answer = ask(commanding.officer("kasetops"), alasan="hubungi 0812-3456-7890")
    assert answer.status_code == 400
    assert "Jangan tulis nama" in answer.content.decode()


@pytest.mark.parametrize("office", ["operator", "padal", "pamatwil", "auditor"])
def test_whoever_only_reads_asks_for_nobody(commanding: Commanding, office: Office) -> None:
    name = lend(commanding, origin="ditsamapta-64", number="Sprin/101", count="40")
    client = commanding.officer(office)
    assert client.get("/bko/").status_code == 200
    assert "Minta BKO" not in client.get("/bko/").content.decode()
    assert ask(client).status_code == 403
    assert client.post("/bko/kebutuhan/", {}).status_code == 403
    assert client.post("/bko/kekuatan/", {"nama": "x", "jumlah": "1"}).status_code == 403
    for booked in ("approved", "sent", "arrived", "tasked", "released"):
        assert step(client, name, booked, jumlah="1").status_code == 403


@pytest.mark.parametrize("office", ["humas", "kpu", "bawaslu"])
def test_strength_is_hidden_from_those_who_command_nobody(commanding: Commanding, office: Office) -> None:
    name = lend(commanding, origin="ditsamapta-64", number="Sprin/101", count="40")
    for path in ("/bko/", f"/bko/kontingen/{name}/"):
        assert commanding.officer(office).get(path).status_code == 403
        assert Client().get(path).status_code == 302


def test_asking_is_one_office_and_deciding_another(commanding: Commanding) -> None:
    name = lend(commanding, origin="ditsamapta-64", number="Sprin/101", count="40")
    asker = commanding.officer("kasatgas")
    assert step(asker, name, "tasked", tugas="escort", jumlah="1").status_code == 403
    assert step(asker, name, "released").status_code == 403
    assert step(asker, name, "arrived", jumlah="40").status_code == 302
    commanding.tell(VOTE + 4 * HOUR)
    assert step(commanding.officer("karendalops"), name, "tasked", tugas="escort", jumlah="1").status_code == 302
    commanding.tell(VOTE + 5 * HOUR)
    assert ContingentTaskLine.objects.get().count == 1


def test_another_units_contingent_is_as_absent_as_what_does_not_exist(commanding: Commanding) -> None:
    name = lend(commanding, origin="ditsamapta-64", number="Sprin/101", count="40")
    other = commanding.officer("kasatgas", unit=BARAT)
    assert other.get(f"/bko/kontingen/{name}/").status_code == 404
    assert step(other, name, "arrived", jumlah="40").status_code == 404
    assert other.get("/bko/").context["contingents"] == []
    assert ask(other).status_code == 403
    own = commanding.officer("kasatgas", unit=POLRES)
    assert own.get(f"/bko/kontingen/{name}/").status_code == 200


def test_a_step_moves_no_contingent_to_another_unit(commanding: Commanding) -> None:
    name = lend(commanding, origin="ditsamapta-64", number="Sprin/101", count="40")
    kaops = commanding.officer("kaops")
    for booked in ("approved", "arrived"):
        assert step(kaops, name, booked, **{**APPROVED, "kepada": BARAT}).status_code == 302
        commanding.tell(VOTE + 4 * HOUR)
    assert (ContingentLine.objects.get().unit, ContingentLine.objects.get().oddities) == (POLRES, [])


def test_steps_of_elsewhere_that_do_not_fit_are_shown(commanding: Commanding) -> None:
    operation = commanding.operation
    odd = "<b>x</b>/../\n?" + "y" * 200
    operation.step(odd, "arrived", VOTE, n=40, to=POLRES)
    operation.step(odd, "approved", VOTE + HOUR, n=50, number="Sprin/1")
    commanding.tell(VOTE + 2 * HOUR)
    client, line = commanding.officer("kaops"), ContingentLine.objects.get()
    body = client.get("/bko/").content.decode()
    assert "langkah tercatat tidak berurutan" in body
    assert "<b>x" not in body
    assert client.get(reverse("bko-kontingen", args=[line.name])).status_code == 200


def test_without_polris_key_nothing_is_asked_and_the_page_says_where(commanding: Commanding) -> None:
    admin_path("polri").unlink()
    answer = ask(commanding.officer("kasetops"))
    assert answer.status_code == 409
    assert "perangkat komandan" in answer.content.decode()


def test_a_demonstration_moves_nobody(post: Post) -> None:
    commanding = Commanding(post, is_demo=True)
    assert ask(commanding.officer("kasetops")).status_code == 403
    assert "Minta BKO langsung" not in commanding.officer("kasetops").get("/bko/").content.decode()


def test_a_force_of_ones_own_is_forgotten_with_nought(commanding: Commanding) -> None:
    client = commanding.officer("kaops")
    client.post("/bko/kekuatan/", {"nama": "Linmas", "jumlah": "846"})
    client.post("/bko/kekuatan/", {"nama": "Linmas", "jumlah": "0"})
    assert not OwnForceRow.objects.exists()
    assert client.post("/bko/kekuatan/", {"nama": " ", "jumlah": "3"}).status_code == 400

"""Messages, communication checks and calls: logged for ever by office and place, and never by name or number."""

import pytest

from kawal.ledger.event import read_event
from kawal.ledger.log_of import PENGAMANAN
from kawal_server.accounts.models import Office, Officer
from kawal_server.store.models import CommandLogLine, ContactRow
from kawal_server.store.opened import the_store
from tests.mission.command.orders_kit import BARAT, DAY, HOUR, UTARA, VOTE
from tests.server.commanding import Commanding

PAGE = "/perintah/koordinasi/"
DESA = "6474012001"


def logged() -> list[dict[str, object]]:
    leaves = the_store().leaves_of(PENGAMANAN, "command.log")
    return [dict(read_event(leaf.jws).event.payload) for leaf in leaves]


def test_a_message_is_logged(commanding: Commanding) -> None:
    client = commanding.officer("padal", unit=UTARA)
    assert (
        client.post(PAGE, {"jenis": "pesan", "pesan": "Jalur Selat ditutup banjir", "satuan": UTARA}).status_code == 302
    )
    commanding.tell(VOTE + 60)
    [line] = CommandLogLine.objects.all()
    assert (line.kind, line.about, line.note) == ("message", UTARA, "Jalur Selat ditutup banjir")
    assert "Jalur Selat ditutup banjir" in client.get(PAGE).content.decode()


def test_a_unit_that_was_not_reached_stands_first_and_yesterdays_check_tells_nothing(commanding: Commanding) -> None:
    client = commanding.officer("operator")
    for unit, result in ((UTARA, "jelas"), (BARAT, "tidak terjawab")):
        assert client.post(PAGE, {"jenis": "cek", "satuan": unit, "hasil": result}).status_code == 302
    commanding.tell(VOTE + HOUR)

    def looks() -> dict[str, str]:
        return {one.unit: one.look for one in client.get(PAGE).context["reached"]}

    first, *_ = client.get(PAGE).context["reached"]
    assert (first.unit, first.look) == (BARAT, "bahaya")
    assert (looks()[UTARA], looks()["polsek-647402"]) == ("aman", "tidak diketahui")
    commanding.tell(VOTE + DAY)
    assert looks()[UTARA] == "tidak diketahui"


def test_nobody_logs_about_a_unit_that_is_not_theirs(commanding: Commanding) -> None:
    client = commanding.officer("padal", unit=UTARA)
    for form in ({"jenis": "cek", "hasil": "jelas"}, {"jenis": "pesan", "pesan": "siap semua"}):
        assert client.post(PAGE, {**form, "satuan": BARAT}).status_code == 403
        assert client.post(PAGE, {**form, "satuan": UTARA}).status_code == 302
    assert {line["about"] for line in logged()} == {UTARA}


@pytest.mark.parametrize("office", ["auditor", "humas"])
def test_whoever_only_reads_writes_no_line(commanding: Commanding, office: Office) -> None:
    client = commanding.officer(office)
    assert client.get(PAGE).status_code == 200
    assert client.post(PAGE, {"jenis": "pesan", "pesan": "halo semua"}).status_code == 403
    assert logged() == []


@pytest.mark.parametrize(
    "text",
    ["telepon 0812-3456-7890", "NRP 85041234 lapor", "Maria Goreti Neno setuju", "yohanes bria siap", "", "x" * 501],
)
def test_a_line_that_leads_to_somebody_is_refused(commanding: Commanding, kades: ContactRow, text: str) -> None:
    Officer.objects.create(username="bria", first_name="Yohanes", last_name="Bria", office="padal")
    answer = commanding.officer("operator").post(PAGE, {"jenis": "pesan", "pesan": text})
    assert answer.status_code == 400
    assert logged() == []


def test_a_call_is_logged_by_desa_office_and_outcome(commanding: Commanding, kades: ContactRow) -> None:
    client = commanding.officer("operator")
    assert client.post(f"/perintah/kontak/{kades.pk}/", {"hasil": "tidak diangkat"}).status_code == 302
    commanding.tell(VOTE + HOUR)
    [event] = logged()
    assert (event["kind"], event["about"], event["note"]) == ("call", kades.area, "kades: tidak diangkat")
    assert not any(word in str(event) for word in ("Maria", "81234567890"))
    [village] = client.get("/perintah/kontak/").context["villages"]
    assert [(one.outcome, one.called_at) for one in village.contacts] == [("tidak diangkat", VOTE)]
    assert village.missing == ("bhabinkamtibmas", "babinsa", "pkd")


def test_a_call_that_says_nothing_is_refused(commanding: Commanding, kades: ContactRow) -> None:
    answer = commanding.officer("operator").post(f"/perintah/kontak/{kades.pk}/", {"hasil": "Maria senang"})
    assert answer.status_code == 400
    assert logged() == []


@pytest.mark.parametrize("office", ["auditor", "humas", "kpu", "bawaslu"])
def test_phone_numbers_are_shown_to_the_police_alone(commanding: Commanding, kades: ContactRow, office: Office) -> None:
    assert commanding.officer(office).get("/perintah/kontak/").status_code == 403
    assert commanding.officer(office).post("/perintah/kontak.csv", {"alasan": "sekadar ingin tahu"}).status_code == 403
    answer = commanding.officer("padal", unit=BARAT).get("/perintah/kontak/")
    assert answer.status_code == 200
    assert "81234567890" in answer.content.decode()
    assert commanding.officer(office).post(f"/perintah/kontak/{kades.pk}/", {"hasil": "sibuk"}).status_code == 403


def test_another_units_contacts_are_as_absent_as_what_does_not_exist(commanding: Commanding, kades: ContactRow) -> None:
    other = commanding.officer("padal", unit=UTARA)
    assert "Maria" not in other.get("/perintah/kontak/").content.decode()
    kaops = commanding.officer("kaops", unit=UTARA).post("/perintah/kontak.csv", {"alasan": "dibawa ke pos lain"})
    assert "Maria" not in kaops.content.decode()
    assert other.post(f"/perintah/kontak/{kades.pk}/", {"aksi": "hapus"}).status_code == 404
    own = commanding.officer("padal", unit=BARAT)
    assert own.post(f"/perintah/kontak/{kades.pk}/", {"aksi": "hapus"}).status_code == 302
    assert not ContactRow.objects.exists()


def test_a_unit_reads_the_lines_about_itself_and_its_places(commanding: Commanding) -> None:
    operation = commanding.operation
    for note, about in (("umum", ""), ("milik utara", UTARA), ("desa utara", "6474011001"), ("milik barat", BARAT)):
        operation.say(operation.kabagops, "command.log", VOTE, note=note, about=about)
    commanding.tell(VOTE + HOUR)
    body = commanding.officer("padal", unit=UTARA).get(PAGE).content.decode()
    assert [note in body for note in ("umum", "milik utara", "desa utara", "milik barat")] == [True, True, True, False]
    assert "milik barat" in commanding.officer("auditor").get(PAGE).content.decode()

"""Orders on the post: one drafts and another issues, phones take them on, and who has not stands first."""

from typing import Any

import pytest
from django.test import Client

from kawal.ledger.event import read_event
from kawal.ledger.log_of import PENGAMANAN
from kawal_server.accounts.models import Office
from kawal_server.actions.admin_chain import admin_path
from kawal_server.actions.issue_order import mark_of
from kawal_server.actions.judge import differing
from kawal_server.store.evidence import the_blobs
from kawal_server.store.models import CommandLogLine, ContactRow, OrderDraft, OrderLine, OrderUnitLine, StageRow
from kawal_server.store.opened import the_store
from tests.mission.command.orders_kit import BARAT, DAY, HOUR, POLRES, UTARA, VOTE
from tests.server.commanding import Commanding
from tests.server.post import Post

FORM = {
    "nomor": "Sprin/101/XI/PAM.3.2./2024",
    "perihal": "Pengamanan kotak suara di PPK",
    "isi": "Laksanakan pengamanan 1x24 jam di kantor PPK.\n1. Dua orang setiap saat.",
    "satuan": [UTARA, BARAT],
    "sampai": "2024-12-03T08:00",
}


def write(client: Client, **other: Any) -> Any:
    return client.post("/perintah/baru/", {**FORM, **other})


def issue(client: Client, **form: str) -> Any:
    draft = OrderDraft.objects.latest("id")
    return client.post(f"/perintah/draf/{draft.pk}/terbitkan/", {"tanda": mark_of(draft), **form})


def issued(commanding: Commanding, **other: Any) -> OrderLine:
    """An order that Karendalops wrote and Kaops issued."""
    write(commanding.officer("karendalops"), **other)
    assert issue(commanding.officer("kaops"), diperiksa="ya").status_code == 302
    commanding.tell(VOTE + 60)
    return OrderLine.objects.get(eid=OrderDraft.objects.latest("id").eid)


def leaves(t: str) -> list[dict[str, Any]]:
    return [dict(read_event(leaf.jws).event.payload) for leaf in the_store().leaves_of(PENGAMANAN, t)]


def test_an_order_is_drafted_by_one_officer_and_issued_by_another(commanding: Commanding) -> None:
    line = issued(commanding)
    assert (line.number, line.to, line.awaited) == (FORM["nomor"], [UTARA, BARAT], 2)
    text = the_blobs().read(line.mh)
    assert text is not None
    assert text.decode() == f"# {FORM['perihal']}\n\n{FORM['isi']}\n"
    [event] = leaves("order.issue")
    assert event["exp"] == 1_733_184_000  # 3 December 2024, 08.00 WITA
    assert {"by", "text", "title"}.isdisjoint(event)


def test_an_order_names_a_stage_of_the_operation_and_no_other(commanding: Commanding) -> None:
    StageRow.objects.create(stage="rekap-kec", order=1)
    StageRow.objects.create(stage="psu", order=2, is_left_out=True)
    client = commanding.officer("karendalops")
    form = client.get("/perintah/baru/").content.decode()
    assert '<option value="rekap-kec">Rekapitulasi kecamatan</option>' in form
    assert 'value="psu"' not in form
    for stage in ("psu", "pesta"):
        answer = write(client, tahapan=stage)
        assert answer.status_code == 400
        assert "Pilih tahapan dari daftar" in answer.content.decode()
    assert issued(commanding, tahapan="rekap-kec").stage == "rekap-kec"
    StageRow.objects.all().delete()
    draft = OrderDraft.objects.create(
        **{**OrderDraft.objects.values().get(), "id": None, "eid": "", "number": "Sprin/9"}
    )
    again = client.post(f"/perintah/draf/{draft.pk}/ubah/", {**FORM, "nomor": "Sprin/9", "tahapan": "rekap-kec"})
    assert again.status_code == 302


def test_nobody_issues_what_they_wrote(commanding: Commanding) -> None:
    kaops = commanding.officer("kaops")
    assert write(kaops).status_code == 302
    answer = issue(kaops)
    assert answer.status_code == 403
    assert "Minta perwira lain" in answer.content.decode()
    assert leaves("order.issue") == []
    assert issue(commanding.officer("karendalops")).status_code == 302


def test_nobody_issues_what_was_written_after_they_read_it(commanding: Commanding) -> None:
    writer, issuer = commanding.officer("karendalops"), commanding.officer("kaops")
    write(writer)
    draft = OrderDraft.objects.get()
    page = issuer.get(f"/perintah/draf/{draft.pk}/").content.decode()
    mark = page.split('name="tanda" value="')[1].split('"')[0]
    writer.post(f"/perintah/draf/{draft.pk}/ubah/", {**FORM, "isi": "Tarik semua penjaga dari kantor PPK."})
    answer = issue(issuer, tanda=mark)
    assert answer.status_code == 409
    assert "Baca lagi" in answer.content.decode()
    assert "Tarik semua penjaga" in answer.content.decode()
    assert leaves("order.issue") == []
    assert issue(issuer).status_code == 302


def test_a_draft_of_the_whole_operation_is_within_reach_of_the_unit_that_commands_all_it_orders(
    commanding: Commanding,
) -> None:
    number = "Sprin/101/XI"
    write(commanding.officer("kaops"))
    above = commanding.officer("karendalops", unit=POLRES)
    assert number in above.get("/perintah/").content.decode()
    below = commanding.officer("kasetops", unit=UTARA)
    assert number not in below.get("/perintah/").content.decode()
    assert issue(below, diperiksa="ya").status_code == 404
    assert issue(above, diperiksa="ya").status_code == 302


def test_whoever_changes_a_draft_becomes_its_writer(commanding: Commanding) -> None:
    kaops, karendalops = commanding.officer("kaops"), commanding.officer("karendalops")
    write(kaops)
    draft = OrderDraft.objects.get()
    assert karendalops.post(f"/perintah/draf/{draft.pk}/ubah/", {**FORM, "perihal": "Lain"}).status_code == 302
    assert issue(karendalops).status_code == 403
    assert issue(kaops).status_code == 302


@pytest.mark.parametrize("office", ["operator", "kasatgas", "padal", "pamatwil", "humas", "auditor", "kpu", "bawaslu"])
def test_only_the_planning_offices_write_and_issue(commanding: Commanding, office: Office) -> None:
    write(commanding.officer("kaops"))
    client = commanding.officer(office)
    assert write(client).status_code == 403
    assert issue(client).status_code == 403
    number = OrderDraft.objects.get().pk
    assert client.get(f"/perintah/draf/{number}/").status_code == 403
    assert client.post(f"/perintah/draf/{number}/buang/").status_code == 403


@pytest.mark.parametrize("office", ["kpu", "bawaslu"])
def test_other_agencies_and_strangers_see_no_order(commanding: Commanding, office: Office) -> None:
    line = issued(commanding)
    for path in ("/perintah/", f"/perintah/{line.eid}/", "/perintah/koordinasi/"):
        assert commanding.officer(office).get(path).status_code == 403
        assert Client().get(path).status_code == 302
        assert commanding.officer("auditor").get(path).status_code == 200
    assert 'href="/perintah/"' not in commanding.officer(office).get("/kotak/").content.decode()


@pytest.mark.parametrize(
    ("field", "value"),
    [("nomor", "x"), ("perihal", ""), ("isi", "pendek"), ("satuan", []), ("satuan", ["polsek-999999"]),
     ("sampai", "2024-11-01T08:00"), ("sampai", "besok"), ("memperpanjang", "x")],
)  # fmt: skip
def test_what_is_no_order_is_not_kept_and_says_why(commanding: Commanding, field: str, value: Any) -> None:
    answer = write(commanding.officer("kaops"), **{field: value})
    assert answer.status_code == 400
    assert 'class="fails"' in answer.content.decode() or field == "memperpanjang"
    assert not OrderDraft.objects.exists()


def test_a_text_that_may_name_somebody_is_examined_first(commanding: Commanding) -> None:
    ContactRow.objects.create(
        area="6474012001", kind="kades", name="Maria Neno", phone="+628123", unit=UTARA, changed_at=1
    )
    write(commanding.officer("karendalops"), isi="Padal Maria Neno, NRP 85041234, hubungi 0812-3456-7890.")
    kaops = commanding.officer("kaops")
    page = kaops.get(f"/perintah/draf/{OrderDraft.objects.get().pk}/").content.decode()
    assert all(word in page for word in ("Maria Neno", "85041234", "0812-3456-7890", "mirip NRP"))
    assert issue(kaops).status_code == 400
    assert leaves("order.issue") == []
    assert issue(kaops, diperiksa="ya").status_code == 302


def test_issuing_twice_is_once_and_an_issued_order_never_changes(commanding: Commanding) -> None:
    issued(commanding)
    kaops, draft = commanding.officer("kaops"), OrderDraft.objects.get()
    assert issue(kaops).status_code == 409
    assert kaops.post(f"/perintah/draf/{draft.pk}/ubah/", FORM).status_code == 409
    assert kaops.post(f"/perintah/draf/{draft.pk}/buang/").status_code == 409
    assert len(leaves("order.issue")) == 1


def test_an_issue_that_a_crash_cut_off_is_finished_and_not_repeated(commanding: Commanding) -> None:
    line = issued(commanding)
    OrderDraft.objects.update(eid="", issued_by="")
    assert issue(commanding.officer("kaops")).status_code == 302
    assert OrderDraft.objects.get().eid == line.eid
    assert len(leaves("order.issue")) == 1


def test_a_number_is_borne_by_one_order(commanding: Commanding) -> None:
    issued(commanding)
    write(commanding.officer("karendalops"), isi="Isi yang sama sekali lain.")
    answer = issue(commanding.officer("kaops"))
    assert answer.status_code == 409
    assert "sudah dipakai" in answer.content.decode()


def test_who_has_not_taken_it_on_stands_first(commanding: Commanding) -> None:
    done = issued(commanding)
    waiting = issued(commanding, nomor="Sprin/102/XI/2024", perihal="Kawal distribusi")
    operation = commanding.operation
    for device in (operation.utara, operation.barat):
        operation.ack(device, done.eid, VOTE + HOUR)
    operation.ack(operation.barat, waiting.eid, VOTE + HOUR, do="read")
    operation.ack(operation.utara, waiting.eid, VOTE + 2 * HOUR)
    commanding.tell(VOTE + 3 * HOUR)
    answer = commanding.officer("kaops").get("/perintah/")
    orders = answer.context["orders"]
    assert [(one.line.eid, one.state, one.look) for one in orders] == [
        (waiting.eid, "menunggu", "bahaya"),
        (done.eid, "berlaku", "aman"),
    ]
    assert [(one.unit, one.state) for one in orders[0].awaited] == [(BARAT, "baca")]
    body = answer.content.decode()
    assert "1 dari 2 satuan belum menerima" in body
    assert "1 perintah menunggu lebih dari 2 jam" in body


def test_an_order_runs_out_and_a_new_one_extends_it(commanding: Commanding) -> None:
    first = issued(commanding)
    for device in (commanding.operation.utara, commanding.operation.barat):
        commanding.operation.ack(device, first.eid, VOTE + HOUR)
    kaops = commanding.officer("kaops")

    def state(at: int) -> str:
        commanding.tell(at)
        return str(kaops.get("/perintah/").context["orders"][-1].state)

    until = first.until
    assert until is not None
    assert [state(VOTE + 2 * HOUR), state(until - HOUR), state(until + 1)] == ["berlaku", "segera", "berakhir"]
    commanding.tell(VOTE + DAY)
    page = kaops.get(f"/perintah/baru/?memperpanjang={first.eid}")
    assert page.context["written"].to == (UTARA, BARAT)
    issued(commanding, nomor="Sprin/118/XII/2024", memperpanjang=first.eid, sampai="2024-12-20T08:00")
    shown = kaops.get(f"/perintah/{first.eid}/")
    assert shown.context["order"].state == "diganti"
    assert "Sprin/118/XII/2024" in shown.content.decode()


def test_a_unit_sees_its_own_orders_and_no_others(commanding: Commanding) -> None:
    own = issued(commanding, satuan=[UTARA])
    other = issued(commanding, nomor="Sprin/103", satuan=[BARAT])
    padal = commanding.officer("padal", unit=UTARA)
    assert [one.line.eid for one in padal.get("/perintah/").context["orders"]] == [own.eid]
    assert padal.get(f"/perintah/{own.eid}/").status_code == 200
    assert padal.get(f"/perintah/{other.eid}/").status_code == 404
    assert len(commanding.officer("pamatwil", unit="polres-6474").get("/perintah/").context["orders"]) == 2


def test_reading_in_the_browser_is_noted_and_is_no_acknowledgement(commanding: Commanding) -> None:
    line = issued(commanding, satuan=[UTARA, BARAT])
    padal = commanding.officer("padal", unit=UTARA)
    assert "Catat sudah dibaca" in padal.get(f"/perintah/{line.eid}/").content.decode()
    assert padal.post(f"/perintah/{line.eid}/catat/").status_code == 302
    commanding.tell(VOTE + HOUR)
    [note] = CommandLogLine.objects.filter(about=line.eid)
    assert (note.kind, note.note, note.unit, note.role) == (
        "message",
        f"{UTARA} membaca perintah ini di posko",
        "",
        "admin",
    )
    assert OrderUnitLine.objects.filter(ack_at__isnull=True, read_at__isnull=True).count() == 2
    assert note.note in padal.get(f"/perintah/{line.eid}/").content.decode()


def test_nobody_notes_for_a_unit_that_is_not_theirs(commanding: Commanding) -> None:
    line = issued(commanding, satuan=[UTARA])
    assert commanding.officer("kaops").post(f"/perintah/{line.eid}/catat/").status_code == 403
    assert commanding.officer("auditor").post(f"/perintah/{line.eid}/catat/").status_code == 403
    assert commanding.officer("padal", unit=BARAT).post(f"/perintah/{line.eid}/catat/").status_code == 404
    assert leaves("command.log") == []


def test_answers_of_others_are_shown_apart(commanding: Commanding) -> None:
    line = issued(commanding, satuan=[UTARA])
    commanding.operation.ack(commanding.operation.barat, line.eid, VOTE + HOUR)
    commanding.tell(VOTE + 2 * HOUR)
    answer = commanding.officer("kaops").get(f"/perintah/{line.eid}/")
    assert "Jawaban satuan lain" in answer.content.decode()
    assert answer.context["order"].state == "menunggu"


def test_the_sheet_has_the_text_the_hash_and_no_writer(commanding: Commanding) -> None:
    line = issued(commanding)
    page = commanding.officer("auditor").get(f"/perintah/{line.eid}/").content.decode()
    sheet = page.split('<article class="record"')[1]
    assert "1. Dua orang setiap saat." in sheet
    assert line.mh in sheet
    assert "karendalops" not in page
    assert "style=" not in page


def test_an_order_whose_text_is_not_here_says_so(commanding: Commanding) -> None:
    eid = commanding.operation.issue(VOTE, [UTARA])
    commanding.tell(VOTE + HOUR)
    page = commanding.officer("kaops").get(f"/perintah/{eid}/").content.decode()
    assert "Isi perintah belum sampai di posko ini" in page


def test_hostile_orders_are_shown_as_text(commanding: Commanding) -> None:
    number, unit = "<b>\u202e1</b>" + "9" * 300, "<script>" + "x" * 200
    eid = commanding.operation.issue(VOTE, [unit, UTARA], no=number, stage="\0")
    commanding.operation.say(commanding.operation.kabagops, "command.log", VOTE, note="<i>\u202ex", about="<u>" * 60)
    commanding.tell(VOTE + HOUR)
    kaops = commanding.officer("kaops")
    for path in ("/perintah/", f"/perintah/{eid}/", "/perintah/koordinasi/"):
        body = kaops.get(path).content.decode()
        assert not any(bad in body for bad in ("<b>", "<script>x", "<i>", "<u>", "\u202e"))


def test_without_polris_key_nothing_is_issued_and_the_page_says_where(commanding: Commanding) -> None:
    write(commanding.officer("karendalops"))
    admin_path("polri").unlink()
    answer = issue(commanding.officer("kaops"))
    assert answer.status_code == 409
    assert "perangkat komandan" in answer.content.decode()
    assert OrderDraft.objects.get().eid == ""


def test_a_demonstration_issues_nothing(post: Post) -> None:
    commanding = Commanding(post, is_demo=True)
    assert write(commanding.officer("kaops")).status_code == 403
    assert "Tulis perintah" not in commanding.officer("kaops").get("/perintah/").content.decode()


def test_nobody_orders_units_that_are_not_under_theirs(commanding: Commanding) -> None:
    outsider = commanding.officer("kasetops", unit=UTARA)
    assert write(outsider, satuan=[BARAT]).status_code == 400
    assert write(outsider, satuan=[UTARA]).status_code == 302
    write(commanding.officer("karendalops"))
    assert outsider.get(f"/perintah/draf/{OrderDraft.objects.latest('id').pk}/").status_code == 404
    shown = outsider.get("/perintah/").context["drafts"]
    assert [draft.to for draft in shown] == [[UTARA]]
    wide = OrderDraft.objects.latest("id")
    OrderDraft.objects.filter(pk=wide.pk).update(unit=UTARA)
    assert outsider.post(f"/perintah/draf/{wide.pk}/terbitkan/").status_code == 400
    assert leaves("order.issue") == []


def test_nobody_extends_an_order_that_they_may_not_see(commanding: Commanding) -> None:
    other = issued(commanding, satuan=[BARAT])
    outsider = commanding.officer("kasetops", unit=UTARA)
    assert write(outsider, satuan=[UTARA], memperpanjang=other.eid).status_code == 400
    assert write(commanding.officer("kasetops"), memperpanjang=other.eid).status_code == 302


def test_the_replay_gives_the_same_lines(commanding: Commanding) -> None:
    issued(commanding)
    OrderUnitLine.objects.filter(unit=UTARA).update(ack_at=VOTE)
    assert differing(the_store()) == ["OrderUnitLine"]
    commanding.tell(VOTE + HOUR)
    assert differing(the_store()) == []

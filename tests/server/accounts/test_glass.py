"""Break-glass: an hour, a reason, one's own agency, everybody sees it, and not again without somebody else's word."""

import pytest
from django.test import Client

from kawal.ledger.event import read_event
from kawal.ledger.log_of import PENGAMANAN
from kawal_server import clock
from kawal_server.accounts.access import ALLOWED, may
from kawal_server.accounts.models import AccountEvent, GlassRow, Office, Officer
from kawal_server.accounts.powers import BROKEN_GLASS
from kawal_server.actions import break_glass as acting
from kawal_server.actions.admin_chain import NotTaken
from kawal_server.actions.break_glass import LASTS_S, GlassRefused, break_glass, confirm_glass, end_glass
from kawal_server.actions.take_in import Answer
from kawal_server.store.models import Operation
from kawal_server.store.opened import the_store
from tests.server.accounts.cast import officer
from tests.server.operasi.clerk import Clerk
from tests.server.operasi.conftest import clerk, ready
from tests.server.post import Post

__all__ = ["clerk", "ready"]
REASON = "Massa mengepung PPK, pengganti Padal belum datang"


@pytest.fixture
def dewi(real: Post) -> Officer:
    return officer("dewi", "kasetops")


@pytest.fixture
def budi(real: Post) -> Officer:
    return officer("budi", "kaops")


def test_a_broken_glass_gives_what_it_names_for_an_hour_and_ends_by_itself(dewi: Officer, second: list[float]) -> None:
    assert not may(dewi, "decide-bko")
    break_glass(dewi, REASON)
    second[0] += LASTS_S - 1
    assert may(dewi, "decide-bko")
    second[0] += 1
    assert not may(dewi, "decide-bko")


def test_it_gives_it_in_the_own_agency_alone(dewi: Officer) -> None:
    Officer.objects.filter(pk=dewi.pk).update(unit="polsek-530305")
    dewi.unit = "polsek-530305"
    break_glass(dewi, REASON)
    for unit, is_own in {"polres-5303": True, "polsek-647401": True, "ppk-530305": False, "kpu-5303": False}.items():
        assert may(dewi, "decide-bko", unit=unit) is is_own, unit
    assert not may(dewi, "decide-bko", unit="tidak-ada")


def test_it_never_closes_an_operation_and_never_makes_an_account() -> None:
    for agency, given in BROKEN_GLASS.items():
        assert not given & {"close-operation", "manage-accounts", "export-people", "break-glass", "see-reads"}, agency
    for agency in ("kpu", "bawaslu"):
        assert not BROKEN_GLASS[agency] & {"see-guard", "see-roster", "see-risk", "see-station-classes", "see-people"}


@pytest.mark.parametrize("office", ["operator", "kasatgas", "padal", "pamatwil", "humas", "auditor"])
def test_an_office_without_the_right_breaks_nothing(real: Post, office: Office) -> None:
    someone = officer("ani", office)
    assert "break-glass" not in ALLOWED[office]
    with pytest.raises(GlassRefused):
        break_glass(someone, REASON)
    assert real.client(office).post("/darurat/mulai/", {"alasan": REASON}).status_code == 403
    assert not GlassRow.objects.exists()


@pytest.mark.parametrize(
    "reason",
    [
        "",
        "gawat",
        "x" * 301,
        "Telepon 0812 3456 7890 tidak diangkat",
        "NRP 85041234 menolak perintah",
        "Cari Dewi Seran segera",
    ],
    ids=range(6),
)
def test_a_reason_is_given_and_names_nobody(dewi: Officer, reason: str) -> None:
    Officer.objects.filter(pk=dewi.pk).update(first_name="Dewi Seran")
    with pytest.raises(GlassRefused):
        break_glass(dewi, reason)
    assert not GlassRow.objects.exists()


def test_it_is_not_broken_again_without_somebody_elses_word(dewi: Officer, budi: Officer, second: list[float]) -> None:
    row = break_glass(dewi, REASON)
    with pytest.raises(GlassRefused, match="still running"):
        break_glass(dewi, REASON)
    second[0] += LASTS_S + 1
    with pytest.raises(GlassRefused, match="not confirmed"):
        break_glass(dewi, REASON)
    with pytest.raises(GlassRefused):
        confirm_glass(row, by=dewi)
    confirm_glass(row, by=budi)
    with pytest.raises(GlassRefused):
        confirm_glass(row, by=budi)
    break_glass(dewi, REASON)
    assert may(dewi, "decide-bko")


def test_another_agency_does_not_confirm_it(dewi: Officer) -> None:
    with pytest.raises(GlassRefused):
        confirm_glass(break_glass(dewi, REASON), by=officer("kpu", "kpu"))


def test_a_second_officer_ends_it_and_it_is_over_at_once(dewi: Officer, budi: Officer, real: Post) -> None:
    row = break_glass(dewi, REASON)
    with pytest.raises(GlassRefused):
        end_glass(row, by=officer("ani", "padal"))
    end_glass(row, by=budi)
    assert not may(dewi, "decide-bko")
    with pytest.raises(GlassRefused, match="is over"):
        end_glass(row, by=budi)


def test_every_step_is_an_event_of_the_account(dewi: Officer, budi: Officer) -> None:
    row = break_glass(dewi, REASON)
    end_glass(row, by=budi)
    confirm_glass(row, by=budi)
    events = [(one.kind, one.by, one.note) for one in AccountEvent.objects.filter(officer=dewi.pk).order_by("pk")]
    assert events == [
        ("glass-begun", dewi.pk, REASON),
        ("glass-ended", budi.pk, ""),
        ("glass-confirmed", budi.pk, ""),
    ]


@pytest.mark.parametrize("office", ["kaops", "padal", "humas", "auditor", "kpu", "bawaslu", "operator"])
def test_everybody_who_sees_the_operation_sees_it_on_every_page(real: Post, dewi: Officer, office: Office) -> None:
    client = real.client(office)
    assert "Darurat berjalan" not in client.get("/komando/").content.decode()
    break_glass(dewi, REASON)
    for page in ("/komando/", "/kotak/", "/serah-terima/", "/buku-audit/", "/akun/", "/darurat/", "/komando/usang/"):
        html = client.get(page).content.decode()
        assert "Darurat berjalan" in html, page
        assert "60 menit" in html
    assert REASON in client.get("/darurat/").content.decode()
    assert "dewi" not in client.get("/darurat/").content.decode()


def test_the_page_breaks_ends_and_confirms(real: Post, budi: Officer, second: list[float]) -> None:
    dewi: Client = real.client("kasetops")
    assert dewi.post("/darurat/mulai/", {"alasan": "gawat"}).status_code == 400
    assert dewi.post("/darurat/mulai/", {"alasan": REASON}).headers["Location"] == "/darurat/"
    row = GlassRow.objects.get()
    kaops = real.client("kaops")
    assert kaops.post(f"/darurat/{row.pk}/sahkan/").status_code == 302
    assert kaops.post(f"/darurat/{row.pk}/akhiri/").status_code == 302
    assert kaops.post(f"/darurat/{row.pk}/akhiri/").status_code == 400
    assert kaops.post("/darurat/999/akhiri/").status_code == 404
    assert GlassRow.objects.get().ended_at == int(second[0])


def test_it_writes_itself_into_the_ledger_where_polris_key_lies_at_the_post(ready: Clerk) -> None:
    assert ready.open().status_code == 302
    before = the_store().head(PENGAMANAN).size
    row = break_glass(officer("dewi", "kasetops"), REASON)
    (leaf,) = the_store().leaves(PENGAMANAN, before, before + 1)
    payload = read_event(leaf.jws).event.payload
    said = {name: payload[name] for name in ("t", "kind", "note", "about")}
    assert said == {"t": "command.log", "kind": "message", "note": f"break-glass: {REASON}", "about": "kasetops"}
    assert GlassRow.objects.get(pk=row.pk).is_in_ledger
    assert b"dewi" not in leaf.jws


def test_in_a_demonstration_the_account_events_alone_have_it(dewi: Officer) -> None:
    Operation.objects.update(is_demo=True)
    row = break_glass(dewi, REASON)
    assert not GlassRow.objects.get(pk=row.pk).is_in_ledger
    assert AccountEvent.objects.get(kind="glass-begun").note == REASON
    assert clock.now()


def test_nothing_is_given_where_the_ledger_refuses(ready: Clerk, monkeypatch: pytest.MonkeyPatch) -> None:
    assert ready.open().status_code == 302
    monkeypatch.setattr(acting, "take_in", lambda _log, _lines: [Answer(eid=None, reason="unavailable")])
    dewi = officer("dewi", "kasetops")
    with pytest.raises(NotTaken):
        break_glass(dewi, REASON)
    assert not may(dewi, "decide-bko")
    assert not GlassRow.objects.exists()
    assert not AccountEvent.objects.filter(kind="glass-begun").exists()

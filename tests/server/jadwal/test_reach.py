"""Who may see, plan and publish rosters: by office and by unit, each refusal beside its success."""

from typing import Any

import pytest

from kawal_server.accounts.models import ReadOfPersonal
from kawal_server.store.models import RosterDraft
from kawal_server.store.personal import PERSONAL
from tests.server.jadwal.bontang import FORM, Bontang

READS = ("", "?hari=2024-11-30", "kemajuan/", "plotting/", "jadwal.xlsx", "orang/p-01/", "pos/pos-ppk-640217/kalender/")
WRITES = ("batal/", "ulang/", "andai/", "pindah/")


@pytest.mark.parametrize("office", ["kpu", "bawaslu", "humas"])
def test_no_page_of_rosters_is_for_those_who_hold_watch_or_tell(polres: Bontang, office: Any) -> None:
    draft = polres.planned()
    client = polres.client(office, unit="")
    for path in READS:
        assert client.get(f"/penjagaan/jadwal/{draft.pk}/{path}").status_code == 403, path
    for path in (*WRITES, "terbit/", "bko/", "nama/"):
        assert client.post(f"/penjagaan/jadwal/{draft.pk}/{path}").status_code == 403, path
    assert client.get("/penjagaan/jadwal/").status_code == 403
    assert client.get("/penjagaan/jadwal/personel/").status_code == 403
    assert client.post("/penjagaan/jadwal/susun/", FORM).status_code == 403


@pytest.mark.parametrize("office", ["padal", "pamatwil", "auditor"])
def test_who_may_see_a_roster_does_not_change_it(polres: Bontang, office: Any) -> None:
    draft = polres.planned()
    client = polres.client(office)
    for path in READS:
        assert client.get(f"/penjagaan/jadwal/{draft.pk}/{path}").status_code == 200, path
    for path in (*WRITES, "terbit/", "nama/"):
        assert client.post(f"/penjagaan/jadwal/{draft.pk}/{path}").status_code == 403, path
    assert client.post("/penjagaan/jadwal/susun/", FORM).status_code == 403
    assert "Susun jadwal baru" not in client.get("/penjagaan/jadwal/").content.decode()


def test_another_unit_does_not_even_learn_that_it_exists(polres: Bontang) -> None:
    draft = polres.planned()
    client = polres.client("karendalops", unit="polsek-647401")
    for path in READS:
        assert client.get(f"/penjagaan/jadwal/{draft.pk}/{path}").status_code == 404, path
    for path in (*WRITES, "terbit/", "bko/", "nama/"):
        assert client.post(f"/penjagaan/jadwal/{draft.pk}/{path}").status_code == 404, path
    assert f"/penjagaan/jadwal/{draft.pk}/" not in client.get("/penjagaan/jadwal/").content.decode()
    assert client.post("/penjagaan/jadwal/susun/", FORM).status_code == 403
    assert RosterDraft.objects.count() == 1


def test_the_polda_above_sees_it(polres: Bontang) -> None:
    draft = polres.planned()
    assert polres.client("karendalops", unit="polda-64").get(f"/penjagaan/jadwal/{draft.pk}/").status_code == 200


def test_a_kasatgas_plans_but_does_not_publish(polres: Bontang) -> None:
    client = polres.client("kasatgas")
    assert client.post("/penjagaan/jadwal/susun/", FORM).status_code == 302
    draft = RosterDraft.objects.get()
    assert client.post(f"/penjagaan/jadwal/{draft.pk}/terbit/").status_code == 403


def test_an_outsider_is_sent_to_the_door(polres: Bontang) -> None:
    client = polres.commanding.post.client()
    assert client.get("/penjagaan/jadwal/").status_code == 302
    assert client.post("/penjagaan/jadwal/susun/", FORM).status_code == 302


def test_what_does_not_exist_is_not_found(polres: Bontang) -> None:
    client = polres.client("karendalops")
    for path in ("999/", "99999999999999999999/", "999/orang/p-01/"):
        assert client.get(f"/penjagaan/jadwal/{path}").status_code == 404
    draft = polres.asked()
    for path in ("jadwal.xlsx", "orang/p-xx/", "pos/pos-xx/kalender/"):
        assert client.get(f"/penjagaan/jadwal/{draft.pk}/{path}").status_code == 404
    assert client.get(f"/penjagaan/jadwal/{draft.pk}/plotting/").status_code == 200


def test_penjagaan_leads_to_the_rosters(polres: Bontang) -> None:
    assert "/penjagaan/jadwal/" in polres.client("padal").get("/penjagaan/").content.decode()


def test_whoever_is_shown_names_leaves_a_note_of_it(polres: Bontang) -> None:
    draft = polres.planned()
    for office, is_noted in (("pamatwil", False), ("karendalops", True)):
        polres.client(office).get(f"/penjagaan/jadwal/{draft.pk}/?hari=2024-11-30")  # type: ignore[arg-type]
        noted = ReadOfPersonal.objects.filter(about=f"jadwal {draft.pk}")
        assert noted.exists() is is_noted
    assert {(one.what, one.count) for one in noted} == {("guard", 40)}


def test_a_closed_operation_leaves_an_empty_shell_of_each_roster(polres: Bontang) -> None:
    draft = polres.planned()
    client = polres.client("karendalops")
    RosterDraft.objects.update(**next(one.blank for one in PERSONAL if one.table == "store.RosterDraft"))
    assert client.get(f"/penjagaan/jadwal/{draft.pk}/").status_code == 200
    for path in ("plotting/", "jadwal.xlsx", "orang/p-01/"):
        assert client.get(f"/penjagaan/jadwal/{draft.pk}/{path}").status_code == 404
    assert client.post(f"/penjagaan/jadwal/{draft.pk}/ulang/", {}).status_code == 400
    assert "p-01" not in client.get(f"/penjagaan/jadwal/{draft.pk}/").content.decode()

"""A list read again: the difference is shown first, and no box that the log holds is ever dropped."""

from kawal.election.boxes import station_code
from kawal.election.manifests import write_rows
from kawal.ledger.event import read_event
from kawal.ledger.log_of import KOTAK
from kawal_cli import verify
from kawal_server import clock
from kawal_server.actions.admin_chain import admin_path, sign_next
from kawal_server.actions.register_lists import pending, registered
from kawal_server.store.evidence import the_blobs
from kawal_server.store.models import BoxLine, ListDraft, Operation
from kawal_server.store.opened import the_store
from tests.server.operasi import lists
from tests.server.operasi.clerk import Clerk
from tests.server.operasi.test_journey import publish
from tests.server.post import Post

VILLAGE = lists.shares("530308")[0][0]
MORE = {**lists.COUNTS, "530310": 9}


def manifests() -> list[tuple[str, int]]:
    events = (read_event(leaf.jws).event for leaf in the_store().leaves_of(KOTAK, "register.manifest"))
    return [(str(one.payload["kind"]), int(one.payload["n"])) for one in events]


def test_before_opening_what_disappears_must_be_confirmed(ready: Clerk) -> None:
    ready.upload("tps", lists.decree(without=[VILLAGE]))
    page = ready.read("/operasi/daftar/tps/")
    assert "baris dari daftar sebelumnya tidak ada lagi" in page
    assert f"<li>GUB-{station_code(VILLAGE, 1)}</li>" in page
    assert ready.accept("tps", confirm=False).status_code == 400
    assert ready.accept("tps").status_code == 302
    draft = ListDraft.objects.get(kind="stations")
    assert all(not row["code"].startswith(VILLAGE) for row in draft.rows)


def test_a_registered_box_is_never_withdrawn(post: Post, opened: Clerk) -> None:
    before = {row[0] for row in registered("boxes")}
    opened.upload("tps", lists.decree(without=[VILLAGE]))
    page = opened.read("/operasi/daftar/tps/")
    assert "tidak pernah ditarik: tetap diharapkan" in page
    assert "akan hilang" not in page
    assert opened.accept("tps").status_code == 302
    assert "Semua yang diterima sudah terdaftar di log." in opened.read("/operasi/buka/")
    assert opened.browser.post("/operasi/perubahan/").status_code == 302
    publish(post)
    assert {row[0] for row in registered("boxes")} == before
    assert BoxLine.objects.filter(is_expected=True).count() == lists.BOXES


def test_only_what_is_new_is_registered_again(post: Post, opened: Clerk) -> None:
    first = manifests()
    assert first[0] == ("boxes", lists.BOXES)
    opened.take("tps", lists.decree(counts=MORE))
    opened.take("jadwal", lists.schedule())
    page = opened.read("/operasi/buka/")
    assert "Daftarkan perubahan" in page
    assert opened.browser.post("/operasi/perubahan/").status_code == 302
    assert manifests() == [*first, ("boxes", 4), ("sessions", 6)]
    assert opened.browser.post("/operasi/perubahan/").status_code == 302
    assert manifests() == [*first, ("boxes", 4), ("sessions", 6)]
    publish(post)
    assert BoxLine.objects.filter(is_expected=True).count() == lists.BOXES + 4
    assert list(verify.verify(post.data / "logs" / KOTAK))


def test_a_corrected_point_is_registered_as_a_change(opened: Clerk) -> None:
    opened.take("tempat", lists.offices())
    assert opened.browser.post("/operasi/perubahan/").status_code == 302
    assert manifests()[-1] == ("sites", 2)
    assert {row[0]: row[3] for row in registered("sites")}["ppk-530305"] == "-9446000"


def test_without_the_key_of_kpu_nothing_more_is_registered(opened: Clerk) -> None:
    opened.take("tps", lists.decree(counts=MORE))
    first = manifests()
    admin_path("kpu").unlink()
    refused = opened.browser.post("/operasi/perubahan/")
    assert refused.status_code == 503
    assert "admin-kpu.key" in refused.content.decode()
    assert manifests() == first


def test_nothing_is_registered_before_the_operation_opens(ready: Clerk) -> None:
    assert ready.browser.post("/operasi/perubahan/").status_code == 409
    assert the_store().origin(KOTAK) is None


def test_a_list_that_another_agency_signed_keeps_none_of_kpu_s_from_being_registered(post: Post, opened: Clerk) -> None:
    opened.take("tps", lists.decree(counts=MORE))
    rows = pending("boxes", Operation.objects.get()).added
    mh = the_blobs().of(KOTAK).keep(write_rows("boxes", rows))
    jws = sign_next(KOTAK, "polri", "register.manifest", at=clock.now(), kind="boxes", mh=mh, n=len(rows))
    assert post.send([jws])[0].is_new
    assert opened.browser.post("/operasi/perubahan/").status_code == 302
    publish(post)
    assert BoxLine.objects.filter(is_expected=True).count() == lists.BOXES + 4

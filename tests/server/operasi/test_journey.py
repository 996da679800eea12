"""From messy lists to a live operation, in the browser alone."""

from kawal.ledger.log_of import KOTAK, LOG_NAMES
from kawal_cli import verify
from kawal_server.actions.admin_chain import AGENCIES, admin_path
from kawal_server.store.models import (
    BoxLine,
    FindingLine,
    Judged,
    Operation,
    SealLotRow,
    SessionLine,
    SiteLine,
    VehicleRow,
)
from kawal_server.store.opened import the_store
from tests.server.operasi import lists
from tests.server.operasi.clerk import Clerk
from tests.server.post import Post


def publish(post: Post) -> None:
    post.worker.publish()
    post.worker.tell(is_due=True)


def test_a_clerk_takes_messy_lists_to_a_live_operation(post: Post, clerk: Clerk) -> None:
    assert "Langkah 1 dan 2 harus selesai dulu" in clerk.read("/operasi/")
    assert clerk.describe().status_code == 302
    for word, content in {
        "tps": lists.decree(),
        "tempat": lists.offices(),
        "jadwal": lists.schedule(),
        "segel": lists.seals(),
        "kendaraan": lists.vehicles(),
    }.items():
        clerk.take(word, content)
    page = clerk.read("/operasi/buka/")
    assert f"<b>{lists.BOXES}</b> · BUP 108, GUB 108, PPK 6 · 108 TPS" in page
    assert "kawal.example/turangga-2024/530305-530308-530310/pengamanan" in page
    assert clerk.open().status_code == 302
    publish(post)

    assert BoxLine.objects.filter(is_expected=True).count() == lists.BOXES
    assert set(BoxLine.objects.values_list("look", "place")) == {("tidak diketahui", "tidak diketahui")}
    assert Judged.objects.get().problems == []
    assert SessionLine.objects.count() == 2 * 3
    assert SiteLine.objects.get(pk="ppk-530305").lat_e6 == -9_446_000
    assert SiteLine.objects.filter(kind="pps").exists()
    assert [(one.first, one.count) for one in SealLotRow.objects.all()] == [("A0001", 500)]
    assert [(one.name, one.capacity) for one in VehicleRow.objects.all()] == [("DH 1234 AB", 60)]
    for log in LOG_NAMES:
        assert list(verify.verify(post.data / "logs" / log))
    assert FindingLine.objects.count() == 0
    assert Operation.objects.get().opened_at is not None
    board = clerk.read("/komando/")
    assert "Tidak diketahui" in board
    assert "Belum ada operasi" not in board


def test_stations_alone_are_enough(post: Post, opened: Clerk) -> None:
    publish(post)
    assert BoxLine.objects.count() == lists.BOXES
    assert SessionLine.objects.count() == 0
    page = opened.read("/operasi/buka/")
    assert "Tanpa jadwal pleno tidak dinilai" in page
    assert SiteLine.objects.get(pk="ppk-530308").lat_e6 == -9_469_000


def test_the_keys_are_readable_by_nobody_else_and_the_page_says_that_they_lie_here(opened: Clerk) -> None:
    paths = [admin_path(agency) for agency in AGENCIES]
    assert [path.stat().st_mode & 0o777 for path in paths] == [0o600] * 3
    page = opened.read("/operasi/")
    assert "Kunci admin masih ada di posko ini" in page
    for path in paths:
        path.unlink()
    assert "Kunci admin masih ada" not in opened.read("/operasi/")


def test_the_operation_is_opened_once(opened: Clerk) -> None:
    sizes = [the_store().head(log).size for log in LOG_NAMES]
    again = opened.open()
    assert again.status_code == 409
    assert "sudah dibuka" in again.content.decode()
    assert [the_store().head(log).size for log in LOG_NAMES] == sizes
    assert opened.describe(nama="Nama lain").status_code == 409
    assert Operation.objects.get().name == lists.ORDER["name"]


def test_without_stations_nothing_opens(clerk: Clerk) -> None:
    clerk.describe()
    refused = clerk.open()
    assert refused.status_code == 400
    assert "Daftar TPS belum diterima" in refused.content.decode()
    assert the_store().origin(KOTAK) is None


def test_what_cannot_be_undone_must_be_confirmed(ready: Clerk) -> None:
    assert ready.open(mengerti="").status_code == 400
    assert the_store().origin(KOTAK) is None
    assert ready.open().status_code == 302


def test_stations_outside_the_area_open_nothing(ready: Clerk) -> None:
    assert ready.describe(wilayah=["530305"]).status_code == 302
    refused = ready.open()
    assert refused.status_code == 400
    assert "di luar wilayah operasi" in refused.content.decode()
    assert ready.describe().status_code == 302
    assert ready.open().status_code == 302

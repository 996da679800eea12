"""Which operation this is: what is typed is checked, and what is wrong is said beside its field."""

import pytest

from kawal_server.store.models import Operation
from tests.server.operasi.clerk import Clerk
from tests.server.post import Post


def test_the_zone_and_the_elections_follow_the_area(clerk: Clerk) -> None:
    assert clerk.describe().status_code == 302
    operation = Operation.objects.get()
    assert (operation.zone, operation.elections) == ("Asia/Makassar", ["GUB", "BUP"])
    assert clerk.describe(wilayah=["6474"]).status_code == 302
    assert Operation.objects.get().elections == ["GUB", "WAKO"]
    assert clerk.describe(wilayah=["9471"]).status_code in (302, 400)


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("nama", "", "Tulis nama operasi"),
        ("wilayah", [], "Pilih paling sedikit satu wilayah"),
        ("wilayah", ["9999"], "Tidak ada provinsi, kabupaten/kota atau kecamatan dengan kode 9999"),
        ("pemilihan", ["WAKO"], "Pemilihan ini tidak cocok"),
        ("hari", "27 November", "Isi hari pemungutan suara"),
        ("domain", "https://kpu.example/", "Tulis domain tanpa https://"),
        ("titik", "di sana", "Tulis"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(clerk: Clerk, field: str, value: object, says: str) -> None:
    refused = clerk.describe(**{field: value})
    assert refused.status_code == 400
    assert says in refused.content.decode()
    assert not Operation.objects.exists()
    assert clerk.describe().status_code == 302


def test_regions_are_found_by_name_and_by_code(clerk: Clerk) -> None:
    assert "53.03 Kabupaten Timor Tengah Utara" in clerk.read("/operasi/wilayah/?cari=timor+tengah+utara")
    assert "53.03.05 Kota Kefamenanu" in clerk.read("/operasi/wilayah/?cari=53.03")
    chosen = clerk.read("/operasi/wilayah/?cari=insana&wilayah=530305")
    assert 'value="530305" checked' in chosen
    assert "53.03.08 Insana" in chosen
    assert "Tidak ada wilayah lain" in clerk.read("/operasi/wilayah/?cari=%3Cscript%3E")
    searched = clerk.describe(aksi="cari", cari="Bontang")
    assert searched.status_code == 200
    assert "64.74 Kota Bontang" in searched.content.decode()
    assert not Operation.objects.exists()


def test_a_demonstration_is_looked_at_and_never_changed(post: Post, clerk: Clerk) -> None:
    Operation.objects.create(
        name="Peragaan", area="53.03", elections=["GUB", "BUP"], zone="Asia/Makassar", is_demo=True, opened_at=1
    )
    for path in ("/operasi/", "/operasi/pokok/", "/operasi/daftar/tps/", "/operasi/batas/", "/operasi/buka/"):
        page = clerk.browser.get(path)
        assert page.status_code == 200
        assert 'type="file"' not in page.content.decode()
    assert "Ini peragaan" in clerk.read("/operasi/")
    assert clerk.describe().status_code == 403
    assert clerk.upload("tps", b"x").status_code == 403
    assert clerk.open().status_code == 403
    assert clerk.browser.post("/operasi/batas/hapus/").status_code == 403

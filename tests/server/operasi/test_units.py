"""Units and jurisdiction: made from the area, changed by the office, seen by those who may."""

import pytest

from kawal_server.actions.set_units import UnitRefused, add_unit, move_district, remove_unit
from kawal_server.store.models import JurisdictionRow, UnitRow
from kawal_server.store.units import the_jurisdiction, the_units
from tests.server.operasi.clerk import Clerk
from tests.server.post import Post

BONTANG = ("6474", "640205", "640217")


@pytest.fixture
def bontang(clerk: Clerk) -> Clerk:
    assert clerk.describe(wilayah=list(BONTANG)).status_code == 302
    return clerk


def test_describing_the_operation_makes_its_units(clerk: Clerk) -> None:
    clerk.describe()
    units = the_units()
    assert units.chain("polsek-530305") == ("polsek-530305", "polres-5303", "polda-53")
    assert units.chain("ppk-530305", "election") == ("ppk-530305", "kpu-5303", "kpu-53")
    assert units.by_name["polres-5303"].name == "Polres Timor Tengah Utara"
    assert the_jurisdiction().districts("polres-5303") == ("530305", "530308", "530310")


def test_another_area_has_other_units_and_keeps_what_was_added_by_hand(clerk: Clerk) -> None:
    clerk.describe()
    add_unit("kodim", "Kodim 1618/TTU", "5303")
    clerk.describe(wilayah=["530305"])
    assert not UnitRow.objects.filter(unit="polsek-530308").exists()
    assert UnitRow.objects.filter(unit="kodim-5303").exists()
    assert list(JurisdictionRow.objects.values_list("district", flat=True)) == ["530305"]


def test_polres_bontang_answers_to_two_kpus_once_two_kecamatan_are_given_to_it(bontang: Clerk) -> None:
    for district in ("640205", "640217"):
        answer = bontang.browser.post("/operasi/satuan/wilayah/", {"kecamatan": district, "polres": "polres-6474"})
        assert answer.status_code == 302
    assert the_jurisdiction().kpus("polres-6474") == ("kpu-6402", "kpu-6474")
    assert the_units().is_within("polsek-640205", "polres-6474")
    page = bontang.read("/operasi/satuan/")
    assert "lintas kabupaten" in page
    assert "Pengawalan keluar wilayah" in page
    assert bontang.describe(wilayah=list(BONTANG)).status_code == 302
    assert the_jurisdiction().districts("polres-6474")[:2] == ("640205", "640217")


@pytest.mark.parametrize(("district", "polres"), [("640205", "kpu-6474"), ("530305", "polres-6474"), ("", "")])
def test_a_kecamatan_goes_only_to_a_polres_of_the_operation(bontang: Clerk, district: str, polres: str) -> None:
    refused = bontang.browser.post("/operasi/satuan/wilayah/", {"kecamatan": district, "polres": polres})
    assert refused.status_code == 400
    with pytest.raises(UnitRefused):
        move_district(district, polres)


def test_a_kodim_is_added_and_removed_again(bontang: Clerk) -> None:
    form = {"jenis": "kodim", "nama": "Kodim 0908/Bontang", "wilayah": "64.74", "di-bawah": ""}
    assert bontang.browser.post("/operasi/satuan/tambah/", form).status_code == 302
    assert the_units().by_name["kodim-6474"].agency == "tni"
    assert "Kodim 0908/Bontang" in bontang.read("/operasi/satuan/")
    assert bontang.browser.post("/operasi/satuan/tambah/", form).status_code == 302
    assert bontang.browser.post("/operasi/satuan/tambah/", form).status_code == 400
    assert bontang.browser.post("/operasi/satuan/hapus/", {"satuan": "kodim-6474"}).status_code == 302
    assert "kodim-6474" not in the_units().by_name


@pytest.mark.parametrize("unit", ["polres-6474", "polda-64", "tidak-ada"])
def test_a_unit_that_others_stand_under_is_not_removed(bontang: Clerk, unit: str) -> None:
    with pytest.raises(UnitRefused):
        remove_unit(unit)


@pytest.mark.parametrize(
    ("field", "value"), [("jenis", "pasukan"), ("nama", "K"), ("wilayah", "64x"), ("di-bawah", "polres-9999")]
)
def test_what_is_no_unit_is_refused(bontang: Clerk, field: str, value: str) -> None:
    form = {"jenis": "kodim", "nama": "Kodim 0908", "wilayah": "6474", "di-bawah": "", field: value}
    assert bontang.browser.post("/operasi/satuan/tambah/", form).status_code == 400


@pytest.mark.parametrize("office", ["kaops", "kpu", "auditor"])
def test_only_who_sets_the_operation_up_changes_units(post: Post, bontang: Clerk, office: str) -> None:
    client = post.client(office)  # type: ignore[arg-type]
    page = client.get("/operasi/satuan/")
    assert page.status_code == 200
    assert "Tambah satuan" not in page.content.decode()
    form = {"kecamatan": "640205", "polres": "polres-6474"}
    assert client.post("/operasi/satuan/wilayah/", form).status_code == 403
    assert client.post("/operasi/satuan/tambah/", {}).status_code == 403
    assert client.post("/operasi/satuan/hapus/", {"satuan": "polsek-640205"}).status_code == 403

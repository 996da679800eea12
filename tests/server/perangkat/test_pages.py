"""The pages of personnel and devices: who sees what, and each refusal beside its success."""

import json

import pytest
import segno
from django.core.files.uploadedfile import SimpleUploadedFile

from kawal.ledger.brief import pack_brief
from kawal.ledger.event import read_event
from kawal.ledger.log_of import PENGAMANAN
from kawal.ledger.qr import split_parts
from kawal_server import clock
from kawal_server.accounts.models import Office, ReadOfPersonal
from kawal_server.actions.admin_chain import admin_path
from kawal_server.actions.enrol_devices import propose_enrolments
from kawal_server.actions.lost_phone import is_settled
from kawal_server.command_post.personel.address import written_moment
from kawal_server.store.models import DeviceRequest, LostPhone, Operation, PersonRow
from tests.server.perangkat.cast import DAY, Cast, Phone

ZONE = "Asia/Makassar"


def form(phone: Phone, **other: str) -> dict[str, str]:
    told = {"apel": "Apel Senin", "peran": "guard", "lembaga": "polri", "satuan": "polres-5303", "kode": phone.asks()}
    return {**told, "sampai": written_moment(clock.now() + 3 * DAY, ZONE), "orang": "", **other}


def test_a_muster_takes_scan_after_scan_and_names_what_failed(cast: Cast) -> None:
    browser = cast.browser("padal")
    for number in range(3):
        assert browser.post("/personel/apel/", form(Phone(f"anggota-{number}"))).status_code == 302
    old = Phone("lama")
    answer = browser.post("/personel/apel/", form(old, kode=old.asks(at=clock.now() - 2 * DAY)), follow=True)
    page = answer.content.decode()
    assert DeviceRequest.objects.filter(muster="Apel Senin", state="asked").count() == 3
    assert "dibuat lebih dari 24 jam lalu" in page
    assert 'value="polres-5303"' in page, "the form stands ready for the next scan"
    assert '<strong class="big">3</strong> / 60' in page


def test_a_muster_s_list_comes_as_one_file(cast: Cast) -> None:
    phones = [Phone(f"anggota-{number}") for number in range(5)]
    rows = [f"{one.asks()},{one.who},guard,polres-5303,polri" for one in phones]
    rows[2] = f"{phones[2].asks()},p-lain,guard,polres-5303,polri"
    content = "request,who,role,unit,agency\n" + "\n".join(rows) + "\n"
    upload = SimpleUploadedFile("apel.csv", content.encode())
    page = cast.browser("padal").post("/personel/apel/", {**form(phones[0]), "kode": "", "daftar": upload}, follow=True)
    assert DeviceRequest.objects.count() == 4
    assert "bukan p-lain" in page.content.decode()


def test_two_agencies_sign_in_the_browser(cast: Cast) -> None:
    guard = Phone("penjaga")
    cast.browser("padal").post("/personel/apel/", form(guard))
    row = DeviceRequest.objects.get()
    polri, kpu = cast.browser("kasetops"), cast.browser("kpu")
    assert "p-penjaga" in polri.get("/personel/pendaftaran/").content.decode()
    assert polri.post("/personel/pendaftaran/usul/", {"pilih": [row.pk]}).status_code == 302
    refused = polri.post("/personel/pendaftaran/setuju/", {"pilih": [guard.kid]})
    assert refused.status_code == 409
    assert "Anda yang mengusulkannya" in refused.content.decode()
    assert kpu.post("/personel/pendaftaran/setuju/", {"pilih": [guard.kid]}).status_code == 302
    assert "berlaku" in polri.get("/personel/").content.decode()
    page = polri.get(f"/personel/perangkat/{guard.kid}/").content.decode()
    assert "Pendaftaran dan kedua penanda tangannya" in page
    assert page.count('title="') >= 4


def test_a_request_is_refused_with_a_reason(cast: Cast) -> None:
    row = cast.asks(Phone("penjaga"))
    browser = cast.browser("kasetops")
    browser.post("/personel/pendaftaran/usul/", {"pilih": [row.pk], "aksi": "tolak", "alasan": "bukan anggota"})
    row.refresh_from_db()
    assert (row.state, row.reason) == ("refused", "bukan anggota")


def test_without_a_key_here_the_page_says_where_to_sign(cast: Cast) -> None:
    row = cast.asks(Phone("penjaga"))
    admin_path("polri").unlink()
    browser = cast.browser("kasetops")
    assert "tidak di posko ini" in browser.get("/personel/pendaftaran/").content.decode()
    refused = browser.post("/personel/pendaftaran/usul/", {"pilih": [row.pk]})
    assert refused.status_code == 409
    assert "kawal sign-enrolments" in refused.content.decode()
    listed = browser.get("/personel/apel/daftar.jsonl").content.decode()
    assert json.loads(listed)["who"] == "p-penjaga"
    assert b"brief-1" in browser.get("/personel/apel/bekal.json").content


def test_kpu_does_not_read_how_many_guards_there_are(cast: Cast) -> None:
    guard = cast.enrols(Phone("penjaga"))
    row = cast.asks(Phone("pps"), by="kpu", role="pps", unit="pps-5303052001", agency="pps")
    propose_enrolments(cast.officer("kpu"), [row], at=clock.now())
    kpu = cast.browser("kpu")
    page = kpu.get("/personel/").content.decode()
    assert "p-pps" in page
    assert "p-penjaga" not in page
    assert kpu.get(f"/personel/perangkat/{guard.kid}/").status_code == 404
    cast.asks(Phone("minta"))
    for path in ("/personel/pendaftaran/", "/personel/apel/", "/personel/apel/daftar.jsonl"):
        assert "p-minta" not in kpu.get(path).content.decode(), path
    assert "p-minta" in cast.browser("kasetops").get("/personel/pendaftaran/").content.decode()
    assert "p-penjaga" in cast.browser("kaops").get("/personel/").content.decode()


@pytest.mark.parametrize(
    ("path", "allowed", "refused"),
    [
        ("/personel/", "pamatwil", "humas"),
        ("/personel/apel/", "pamatwil", "auditor"),
        ("/personel/pendaftaran/", "pamatwil", "auditor"),
        ("/personel/apel/bekal.json", "pamatwil", "auditor"),
        ("/personel/apel/daftar.jsonl", "kasetops", "padal"),
        ("/personel/hilang/", "kasetops", "padal"),
    ],
)
def test_each_page_has_those_who_may_and_those_who_may_not(
    cast: Cast, path: str, allowed: Office, refused: Office
) -> None:
    assert cast.browser(allowed).get(path).status_code == 200
    assert cast.browser(refused).get(path).status_code == 403


@pytest.mark.parametrize("path", ["usul", "setuju"])
def test_those_who_sign_nothing_are_refused(cast: Cast, path: str) -> None:
    assert cast.browser("padal").post(f"/personel/pendaftaran/{path}/", {"pilih": ["1"]}).status_code == 403


def test_a_key_is_withdrawn_after_a_look_at_what_becomes_suspect(cast: Cast) -> None:
    guard = cast.enrols(Phone("penjaga"))
    cast.sends(*(guard.signs() for _ in range(5)))
    browser, address = cast.browser("kasetops"), f"/personel/perangkat/{guard.kid}/"
    assert (
        "Dengan kepala baik 3, 2 peristiwa sesudahnya" in browser.get(f"{address}?baik-pengamanan=3").content.decode()
    )
    told = {"alasan": "stolen", "baik-pengamanan": "3", "baik-kotak": "", "sejak": written_moment(clock.now(), ZONE)}
    assert browser.post(f"{address}cabut/", told).status_code == 302
    assert browser.post(f"{address}cabut/setuju/").status_code == 409
    assert cast.browser("bawaslu").post(f"{address}cabut/setuju/").status_code == 302
    assert cast.browser("padal").post(f"{address}cabut/", told).status_code == 403


def test_the_lost_phone_goes_step_by_step(cast: Cast) -> None:
    guard = cast.enrols(Phone("penjaga"))
    first, _second, third = (guard.signs() for _ in range(3))
    cast.sends(first, third)
    browser, address = cast.browser("kasetops"), f"/personel/hilang/{guard.kid}/"
    assert "keterangan pemegangnya" in browser.get(address).content.decode()
    assert browser.post(address, {"keterangan": "  "}).status_code == 409
    assert browser.post(address, {"keterangan": "Jatuh ke laut."}).status_code == 302
    assert "pencabutan kunci" in browser.get("/personel/hilang/").content.decode()
    assert browser.post(f"{address}akui/").status_code == 302
    assert browser.post(f"{address}saksikan/").status_code == 409
    assert "belum disaksikan" in browser.get(address).content.decode()
    assert LostPhone.objects.get().signed_by == "kasetops"
    assert cast.in_log("ledger.gap", PENGAMANAN) == 1


def test_the_other_agency_attests_and_reads_no_testimony(cast: Cast) -> None:
    guard = cast.enrols(Phone("penjaga"))
    first, _second, third = (guard.signs() for _ in range(3))
    cast.sends(first, third)
    polri, kpu, address = cast.browser("kasetops"), cast.browser("kpu"), f"/personel/hilang/{guard.kid}/"
    polri.post(address, {"keterangan": "Jatuh ke laut."})
    assert kpu.post(f"{address}saksikan/").status_code == 404, "nothing is acknowledged yet"
    polri.post(f"{address}akui/")
    assert cast.browser("kaops").post(f"{address}saksikan/").status_code == 409, "the same key is no second witness"
    assert "Saksikan pengakuan ini" in kpu.get("/personel/hilang/").content.decode()
    assert "Jatuh" not in kpu.get("/personel/hilang/").content.decode()
    assert kpu.get(address).status_code == 404
    assert kpu.post(f"{address}saksikan/").status_code == 302
    assert is_settled(guard.kid)
    assert "Saksikan pengakuan ini" not in kpu.get("/personel/hilang/").content.decode()


@pytest.mark.parametrize("span", [[2, 2], ["a", {}], [[], None], [1]])
def test_a_phone_that_acknowledges_gaps_neither_settles_nor_stops_anything(cast: Cast, span: list[object]) -> None:
    guard, other, third = (cast.enrols(Phone(name)) for name in ("penjaga", "teman", "kawan"))
    first, _second, last = (guard.signs() for _ in range(3))
    gap = other.signs("ledger.gap", kid=guard.kid, range=span, th="A" * 43)
    cast.sends(first, last, gap)
    cast.sends(third.signs("ledger.attest", of=read_event(gap).event.eid))
    assert not is_settled(guard.kid)
    browser, address = cast.browser("kasetops"), f"/personel/hilang/{guard.kid}/"
    assert browser.get(address).status_code == 200
    browser.post(address, {"keterangan": "Jatuh ke laut."})
    assert browser.post(f"{address}akui/").status_code == 302
    assert cast.in_log("ledger.gap", PENGAMANAN) == 2


def test_the_answer_is_shown_as_codes_and_given_as_a_file(cast: Cast) -> None:
    guard = cast.enrols(Phone("penjaga"))
    browser, address = cast.browser("padal"), f"/personel/perangkat/{guard.kid}/jawaban/"
    page = browser.get(address).content.decode()
    parts = split_parts(pack_brief(browser.get(f"{address}?berkas").content))
    assert page.count("<figure>") == len(parts)
    assert max(int(segno.make_qr(part, error="l", boost_error=False).version) for part in parts) <= 13
    assert b"brief-1" in browser.get(f"{address}?berkas").content
    waiting = Phone("tunggu")
    propose_enrolments(cast.officer("kasetops"), [cast.asks(waiting)], at=clock.now())
    assert browser.get(f"/personel/perangkat/{waiting.kid}/jawaban/").status_code == 409


def test_what_runs_out_within_a_day_is_said_and_renewed(cast: Cast) -> None:
    guard = cast.enrols(Phone("penjaga"), exp=clock.now() + DAY // 2)
    browser = cast.browser("kasetops")
    assert "1 kunci habis masa tugasnya dalam 24 jam" in browser.get("/personel/").content.decode()
    until = written_moment(clock.now() + 4 * DAY, ZONE)
    address = f"/personel/perangkat/{guard.kid}/perpanjang/"
    assert browser.post(address, {"sampai": "kapan-kapan"}).status_code == 409
    assert browser.post(address, {"sampai": until}).status_code == 302
    assert DeviceRequest.objects.filter(state="asked", kid=guard.kid).count() == 1


def test_a_phone_that_is_silent_for_long_is_unknown(cast: Cast) -> None:
    guard = cast.enrols(Phone("penjaga"))
    cast.sends(guard.signs())
    browser = cast.browser("kaops")
    assert "hanya yang diam (0)" in _flat(browser.get("/personel/").content.decode())
    cast.passes(3 * 3600)
    page = _flat(browser.get("/personel/?diam=ya").content.decode())
    assert "hanya yang diam (1)" in page
    assert "Tidak diketahui" in page


def _flat(page: str) -> str:
    return " ".join(page.split())


def test_a_demonstration_is_looked_at_and_never_changed(cast: Cast) -> None:
    row = cast.asks(Phone("penjaga"))
    Operation.objects.update(is_demo=True)
    browser = cast.browser("kasetops")
    assert browser.get("/personel/").status_code == 200
    assert browser.post("/personel/pendaftaran/usul/", {"pilih": [row.pk]}).status_code == 403
    assert browser.post("/personel/apel/", form(Phone("lain"))).status_code == 403


def test_no_name_is_shown_to_those_who_may_not_see_people(cast: Cast) -> None:
    cast.enrols(Phone("penjaga"))
    unit = {"unit": "polres-5303", "agency": "polri"}
    PersonRow.objects.create(who="p-penjaga", name="Budi Santoso", rank="Bripka", **unit)
    assert "Bripka Budi Santoso" in cast.browser("kaops").get("/personel/").content.decode()
    assert list(ReadOfPersonal.objects.values_list("what", "count")) == [("personel", 1)]
    for office in ("pamatwil", "auditor", "kpu"):
        assert "Santoso" not in cast.browser(office).get("/personel/").content.decode()
    other = cast.browser("padal", "padal-08", unit="polsek-530308", agency="polri")
    assert "Santoso" not in other.get("/personel/").content.decode()
    assert ReadOfPersonal.objects.count() == 1


def test_the_pages_carry_no_script_or_style_of_their_own(cast: Cast) -> None:
    guard = cast.enrols(Phone("penjaga"))
    browser = cast.browser("kasetops")
    for path in ("", "apel/", "pendaftaran/", "hilang/", f"hilang/{guard.kid}/", f"perangkat/{guard.kid}/"):
        page = browser.get(f"/personel/{path}").content.decode()
        assert "<style" not in page, path
        assert " style=" not in page, path

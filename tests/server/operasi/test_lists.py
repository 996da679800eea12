"""A list is shown as it was read, every doubt is named, and nothing is accepted that the clerk did not see."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from kawal_server.accounts.models import Officer
from kawal_server.store.models import ColumnMemory, ListDraft
from tests.server.lists.files import xlsx
from tests.server.operasi import lists
from tests.server.operasi.clerk import Clerk
from tests.server.post import Post


def rows_accepted(kind: str = "stations") -> int:
    draft = ListDraft.objects.filter(kind=kind, state="accepted").first()
    return 0 if draft is None else len(draft.rows)


def altered(**cells: object) -> bytes:
    """The decree with some cells (row and column, as `r7c2`) otherwise."""
    rows = [list(row) for row in lists.decree_rows()]
    for at, value in cells.items():
        row, _, column = at.removeprefix("r").partition("c")
        rows[int(row) - 1][int(column)] = value
    return xlsx(rows, "A1:E1", "A2:E2")


def test_the_preview_counts_and_sums_what_it_read(clerk: Clerk) -> None:
    clerk.describe()
    clerk.upload("tps", lists.decree())
    page = clerk.read("/operasi/daftar/tps/")
    assert "<b>108</b> TPS terbaca" in page
    assert "<b>0</b> baris tidak terbaca" in page
    assert "LAMPIRAN KEPUTUSAN KPU" in page
    assert page.count("</span>sama</span>") == 4
    assert rows_accepted() == 0
    assert clerk.accept("tps").status_code == 302
    assert rows_accepted() == 108


def test_good_rows_survive_bad_ones_when_the_clerk_says_so(clerk: Clerk) -> None:
    clerk.describe()
    clerk.upload("tps", altered(r7c3="tiga"))
    page = clerk.read("/operasi/daftar/tps/")
    assert "bukan nomor atau jumlah TPS" in page
    assert "D (JUMLAH TPS)" in page
    unsure = clerk.accept("tps", confirm=False)
    assert unsure.status_code == 400
    assert "Masih ada yang belum dipastikan" in unsure.content.decode()
    assert rows_accepted() == 0
    assert clerk.accept("tps").status_code == 302
    assert 0 < rows_accepted() < 108
    assert "1 baris tidak terbaca dan tidak ikut diterima." in clerk.read("/operasi/daftar/tps/")


def test_the_decree_is_held_against_what_was_read(clerk: Clerk) -> None:
    clerk.describe()
    clerk.upload("tps", lists.decree())
    clerk.read_as("tps", **{"keputusan-semua": "110", "keputusan-530305": "66"})
    page = clerk.read("/operasi/daftar/tps/")
    assert "Keputusan: tertulis 110 TPS, terbaca 108 (selisih -2)." in page
    assert page.count('name="pasti"') == 1
    assert clerk.accept("tps", confirm=False).status_code == 400
    clerk.read_as("tps", **{"keputusan-semua": "108"})
    assert clerk.accept("tps", confirm=False).status_code == 302


def test_what_changed_since_it_was_shown_is_not_accepted(clerk: Clerk) -> None:
    clerk.describe()
    clerk.upload("tps", lists.decree())
    refused = clerk.accept("tps", mark="0" * 32)
    assert refused.status_code == 409
    assert "Pratinjau berubah" in refused.content.decode()
    assert rows_accepted() == 0


def test_columns_that_nobody_can_guess_are_chosen_and_remembered(clerk: Clerk) -> None:
    clerk.describe()
    header = ("Kolom satu", "Kolom dua", "Kolom tiga")
    rows = [header, *((None, name, count) for _, name, count in lists.shares("530310"))]
    content = xlsx(rows)
    clerk.upload("tps", content)
    assert "pilih kolom untuk" in clerk.read("/operasi/daftar/tps/")
    clerk.read_as("tps", **{"kolom-village": "1", "kolom-count": "2"})
    page = clerk.read("/operasi/daftar/tps/")
    assert f"<b>{lists.COUNTS['530310']}</b> TPS terbaca" in page
    assert clerk.accept("tps").status_code == 302
    assert ColumnMemory.objects.get().columns == {"village": 1, "count": 2}
    clerk.upload("tps", content)
    again = clerk.read("/operasi/daftar/tps/")
    assert "kolomnya diingat" in again
    assert f"<b>{lists.COUNTS['530310']}</b> TPS terbaca" in again


def test_columns_are_forgotten_where_the_clerk_says_so(clerk: Clerk) -> None:
    clerk.describe()
    clerk.upload("tps", lists.decree())
    assert clerk.accept("tps", remember=False).status_code == 302
    assert not ColumnMemory.objects.exists()


def test_another_header_row_is_read_when_chosen(clerk: Clerk) -> None:
    clerk.describe()
    clerk.upload("tps", lists.decree())
    clerk.read_as("tps", kepala="1")
    assert "pilih kolom untuk" in clerk.read("/operasi/daftar/tps/")
    clerk.read_as("tps", kepala="4")
    assert "<b>108</b> TPS terbaca" in clerk.read("/operasi/daftar/tps/")


def test_a_csv_of_semicolons_is_a_list_too(clerk: Clerk) -> None:
    clerk.describe()
    lines = ["KECAMATAN;DESA;JUMLAH TPS"]
    lines += [f"Kota Kefamenanu;{name};{count}" for _, name, count in lists.shares("530305")]
    clerk.upload("tps", "\r\n".join(lines).encode("cp1252"), "daftar.csv")
    assert "<b>66</b> TPS terbaca" in clerk.read("/operasi/daftar/tps/")


def test_what_a_stranger_wrote_in_a_cell_stays_text(clerk: Clerk) -> None:
    clerk.describe()
    evil = "<script>alert(1)</script>"
    clerk.upload("tps", altered(r7c2=evil, r1c0=evil), f"{evil}.xlsx")
    page = clerk.read("/operasi/daftar/tps/")
    assert evil not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    clerk.upload("kendaraan", xlsx([("Nomor Polisi", "Jenis", "Pemilik"), ("KM \u202eSumber", evil, evil)]))
    assert clerk.accept("kendaraan").status_code == 302
    kept = clerk.read("/operasi/daftar/kendaraan/")
    assert evil not in kept
    assert "\u202e" not in kept


def test_a_file_that_is_no_list_is_refused(clerk: Clerk) -> None:
    clerk.describe()
    refused = clerk.upload("tps", b"%PDF-1.7 \x00 nothing to see")
    assert refused.status_code == 400
    assert "Berkas ini bukan daftar" in refused.content.decode()
    assert not ListDraft.objects.exists()
    empty = clerk.upload("tps", xlsx([]))
    assert empty.status_code == 400
    assert "kosong" in empty.content.decode()


def test_a_file_over_20_mib_is_refused(clerk: Clerk) -> None:
    clerk.describe()
    refused = clerk.upload("tps", b"x" * (20 * 1024 * 1024 + 100_000))
    assert refused.status_code == 413
    assert "Paling banyak 20 MiB" in refused.content.decode()
    just_over = clerk.upload("tps", b"x" * (20 * 1024 * 1024 + 1))
    assert just_over.status_code == 413
    assert not ListDraft.objects.exists()


def test_a_list_needs_an_operation_to_be_read_against(clerk: Clerk) -> None:
    assert clerk.upload("tps", lists.decree()).status_code == 400
    assert "Isi langkah 1 dulu" in clerk.read("/operasi/daftar/tps/")


def test_a_file_can_be_discarded(ready: Clerk) -> None:
    ready.upload("tps", altered(r7c3="tiga"))
    assert ready.browser.post("/operasi/daftar/tps/buang/").status_code == 302
    assert "Pratinjau" not in ready.read("/operasi/daftar/tps/")
    assert rows_accepted() == 108


def test_long_lists_are_shown_a_page_at_a_time(ready: Clerk) -> None:
    page = ready.read("/operasi/daftar/tps/?diterima=3")
    assert "Halaman 3 dari 3" in page
    assert page.count("<tr><td>") == 108 - 100


def test_only_who_sets_up_comes_in(post: Post, ready: Clerk) -> None:
    auditor, stranger = post.client("auditor"), Client()
    for path in ("/operasi/pokok/", "/operasi/daftar/tps/", "/operasi/batas/", "/operasi/buka/"):
        assert auditor.get(path).status_code == 403
        assert stranger.get(path).status_code == 302
        assert ready.browser.get(path).status_code == 200
    assert auditor.post("/operasi/buka/", {"mengerti": "ya"}).status_code == 403
    assert auditor.get("/operasi/").headers["Location"] == "/operasi/tahapan/"
    assert ready.browser.get("/operasi/daftar/tidak-ada/").status_code == 404


def test_a_form_from_elsewhere_is_refused(post: Post) -> None:
    officer = post.client("operator")
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = officer.cookies
    for path in ("/operasi/pokok/", "/operasi/daftar/tps/unggah/", "/operasi/buka/", "/operasi/batas/"):
        assert strict.post(path, {"mengerti": "ya"}).status_code == 403


def test_the_decree_may_be_typed_with_the_file(clerk: Clerk) -> None:
    clerk.describe()
    form = {"berkas": SimpleUploadedFile("tps.xlsx", lists.decree()), "keputusan-semua": "1.108"}
    assert clerk.browser.post("/operasi/daftar/tps/unggah/", form).status_code == 302
    assert "Keputusan: tertulis 1108 TPS, terbaca 108" in clerk.read("/operasi/daftar/tps/")


def test_only_who_may_see_the_operation_is_shown_the_way(post: Post) -> None:
    assert 'href="/operasi/"' in post.client("operator").get("/kotak/").content.decode()
    auditor = post.client("auditor")
    page = auditor.get("/operasi/tahapan/").content.decode()
    assert 'href="/operasi/"' in page
    assert 'href="/operasi/orang/"' not in page
    Officer.objects.filter(username="auditor").update(operation="lain")
    assert auditor.get("/operasi/tahapan/").status_code == 403

"""The security log names posts and guards: offices that may not know of them read the log of boxes alone."""

from hashlib import sha256

import pytest
from django.conf import settings

from kawal.ledger.log_of import PENGAMANAN
from kawal_server.accounts.models import Office
from tests.server.post import Post
from tests.server.told import tell_night

PAGES = ("/buku-audit/?log={}", "/buku-audit/{}/perangkat/", "/buku-audit/{}/0/", "/buku-audit/{}/0.jws")
POLICE: tuple[Office, ...] = ("kaops", "padal", "operator", "auditor")
OTHERS: tuple[Office, ...] = ("kpu", "bawaslu", "humas")
LIST = b"post,site,ring,min_strength,beat_s,from,to\npos-a,a,1,2,0,1,2\n"


@pytest.mark.parametrize("page", PAGES)
def test_the_security_log_is_read_by_those_who_guard_and_those_who_audit(post: Post, page: str) -> None:
    tell_night(post)
    for office in POLICE:
        assert post.client(office).get(page.format("pengamanan")).status_code != 403
    for office in OTHERS:
        assert post.client(office).get(page.format("pengamanan")).status_code == 403
        assert post.client(office).get(page.format("kotak")).status_code == 200


@pytest.mark.parametrize("office", ["kpu", "bawaslu"])
def test_other_agencies_take_the_log_of_boxes_away_and_no_other(post: Post, office: Office) -> None:
    tell_night(post)
    client = post.client(office)
    assert client.get("/buku-audit/ekspor.zip?log=kotak").status_code == 200
    for asked in ("pengamanan", "semua"):
        assert client.get(f"/buku-audit/ekspor.zip?log={asked}").status_code == 403
    book = client.get("/buku-audit/").content.decode()
    assert "log=semua" not in book
    assert "log=pengamanan" not in book


def keep_security_files() -> None:
    """One entry and one list of the security log, among the files that are served."""
    where = settings.LOGS / PENGAMANAN
    for name, data in (("tile/entries/000.p/1", b"\0\x05guard"), (f"blobs/{sha256(LIST).hexdigest()}", LIST)):
        (where / name).parent.mkdir(parents=True, exist_ok=True)
        (where / name).write_bytes(data)


@pytest.mark.parametrize("path", ["tile/entries/000.p/1", f"blobs/{sha256(LIST).hexdigest()}"])
def test_the_files_of_the_security_log_are_no_way_around_the_book(post: Post, path: str) -> None:
    tell_night(post)
    keep_security_files()
    for office in POLICE:
        assert post.client(office).get(f"/log/pengamanan/{path}").status_code == 200
    for office in OTHERS:
        assert post.client(office).get(f"/log/pengamanan/{path}").status_code == 401
        assert post.client(office).get("/log/kotak/tile/entries/000.p/1").status_code in (200, 404)


def test_anyone_with_the_book_may_check_that_both_logs_are_whole(post: Post) -> None:
    tell_night(post)
    assert post.client("bawaslu").post("/buku-audit/kotak/periksa/").status_code == 200
    assert post.client("bawaslu").post("/buku-audit/pengamanan/periksa/").status_code == 200

"""What a stranger on the network, or a browser used after somebody else, gains: nothing, and no error page either."""

import logging

import pytest

from kawal_server import clock
from kawal_server.accounts.models import Officer
from kawal_server.store.models import ReadToken
from kawal_server.store.opened import the_store
from tests.mission.custody.operation import BOX, VOTE
from tests.server.post import Post


@pytest.mark.parametrize("body", [b"\n" * 10_001, b"x\n" * 1_000_000])
def test_a_body_of_line_ends_is_refused_before_it_is_taken_apart(post: Post, body: bytes) -> None:
    post.begin()
    answer = post.client().post("/api/v1/kotak/batches", body, content_type="application/jose-lines")
    assert answer.status_code == 413
    assert "10000" in answer.json()["reason"]
    assert the_store().head("kotak").size == 1


def test_as_many_lines_as_allowed_may_each_end_with_a_line_end(post: Post) -> None:
    post.begin()
    answer = post.client().post("/api/v1/kotak/batches", b"x\n" * 10_000, content_type="application/jose-lines")
    assert answer.status_code == 200
    assert len(answer.json()["answers"]) == 10_000


def test_a_name_that_no_database_takes_is_a_wrong_name(post: Post) -> None:
    Officer.objects.create_user("dewi", password="kotak-suara-terkunci", office="operator")
    answer = post.client().post("/", {"username": "\0tidakada", "password": "a\0b"}, REMOTE_ADDR="203.0.113.77")
    assert answer.status_code == 403


def test_a_token_s_holder_has_no_hidden_end(post: Post) -> None:
    assert (
        post.client("operator").post("/buku-audit/kode-baca/", {"log": "kotak", "pemegang": "a\0b"}).status_code == 200
    )
    assert ReadToken.objects.get().holder == "ab"


@pytest.mark.parametrize("page", ["/kotak/", "/kotak.csv", "/label/"])
def test_whatever_is_searched_for_there_is_an_answer(post: Post, page: str) -> None:
    post.tell()
    for word in ("²", "٣", "tps ²", "\0", "%", "_" * 200):
        answer = post.client("auditor").get(page, {"q": word})
        assert answer.status_code == 200, word
        answer.close()


@pytest.mark.parametrize("pace", ["9" * 5000, "²", "-1", "61", ""])
def test_a_pace_that_no_clock_has_changes_nothing(post: Post, pace: str) -> None:
    clock.set_to(VOTE, speed=60, is_paused=True)
    assert post.client("operator").post("/jam/", {"laju": pace}).status_code == 302
    row = clock.row()
    assert row is not None
    assert row.speed == 60


def test_what_an_officer_was_shown_is_kept_by_no_cache(post: Post) -> None:
    post.operation.expect([BOX])
    post.tell()
    entries = post.data / "logs" / "kotak" / "tile" / "entries"
    entry = next(path for path in entries.rglob("*") if path.is_file()).relative_to(post.data / "logs")
    browser = post.client("operator")
    urls = ("/komando/", "/kotak/", f"/kotak/{BOX}/", "/serah-terima/", "/buku-audit/", "/operasi/", f"/log/{entry}")
    for url in (*urls, "/buku-audit/kode-baca/", "/label/", "/kotak.csv"):
        answer = browser.get(url)
        assert answer.status_code == 200, url
        assert "no-store" in answer.headers["Cache-Control"], url
        assert "public" not in answer.headers["Cache-Control"], url
        answer.close()


def test_asking_under_a_made_up_name_leaves_no_line(post: Post, capfd: pytest.CaptureFixture[str]) -> None:
    assert post.client().get("/", headers={"Host": "evil.example"}).status_code == 400
    assert "evil" not in capfd.readouterr().err
    assert logging.getLogger("django.security.DisallowedHost").propagate is False

"""Read tokens: given by those who may, shown once, kept as a hash, and worth nothing once withdrawn."""

from hashlib import sha256

from kawal_server.store.models import ReadToken
from tests.server.post import Post
from tests.server.told import tell_night

PATH = "/buku-audit/kode-baca/"
ENTRIES = "/log/kotak/tile/entries/000.p/"


def test_an_operator_gives_a_token_that_reads_until_it_is_withdrawn(post: Post) -> None:
    operation = tell_night(post)
    client = post.client("operator")
    answer = client.post(PATH, {"log": "kotak", "pemegang": "saksi <Bawaslu>"})
    token = answer.context["given"]
    assert token in answer.content.decode()
    assert answer["Cache-Control"] == "no-store"
    row = ReadToken.objects.get()
    assert (row.digest, row.holder) == (sha256(token.encode()).hexdigest(), "saksi <Bawaslu>")
    assert token not in client.get(PATH).content.decode()
    path = f"{ENTRIES}{len(operation.lines)}"
    bearer = {"Authorization": f"Bearer {token}"}
    assert post.client().get(path).status_code == 401
    read = post.client().get(path, headers=bearer)
    assert read.status_code == 200
    read.close()
    assert client.post(f"{PATH}{row.pk}/cabut/").status_code == 302
    assert post.client().get(path, headers=bearer).status_code == 401


def test_auditors_and_strangers_give_no_token(post: Post) -> None:
    tell_night(post)
    given = {"log": "kotak", "pemegang": "saksi"}
    assert post.client("auditor").post(PATH, given).status_code == 403
    assert post.client("auditor").get(PATH).status_code == 403
    assert post.client().post(PATH, given).status_code == 302
    assert not ReadToken.objects.exists()
    assert "kode-baca" not in post.client("auditor").get("/buku-audit/").content.decode()
    assert "kode-baca" in post.client("operator").get("/buku-audit/").content.decode()


def test_a_token_without_a_holder_is_not_made(post: Post) -> None:
    answer = post.client("operator").post(PATH, {"log": "kotak", "pemegang": "  "})
    assert answer.status_code == 400
    assert "Tulis siapa yang memegang" in answer.content.decode()
    assert not ReadToken.objects.exists()


def test_nobody_withdraws_by_following_a_link(post: Post) -> None:
    client = post.client("operator")
    client.post(PATH, {"log": "kotak", "pemegang": "saksi"})
    row = ReadToken.objects.get()
    assert client.get(f"{PATH}{row.pk}/cabut/").status_code == 405
    assert post.client("auditor").post(f"{PATH}{row.pk}/cabut/").status_code == 403
    row.refresh_from_db()
    assert row.revoked_at is None

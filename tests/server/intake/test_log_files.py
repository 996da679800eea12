"""Who reads what of a log: hash tiles and checkpoints anyone, entries and files only by token or sign-in."""

from hashlib import sha256

import pytest
from django.test import Client

from kawal_server.store.models import ReadToken
from tests.server.post import Post

TOKEN = "a-token-that-nobody-guesses"


@pytest.fixture
def published(post: Post) -> Post:
    post.begin()
    post.tell()
    return post


def get(client: Client, path: str, **headers: str) -> tuple[int, str]:
    """The status and the caching of a file, the file closed again."""
    response = client.get(path, headers=headers)
    response.close()
    return response.status_code, response.headers.get("Cache-Control", "")


def tiles(post: Post) -> tuple[str, str]:
    top = post.data / "logs" / "kotak" / "tile"
    hashes = next(path for path in (top / "0").rglob("*") if path.is_file())
    entry = next(path for path in (top / "entries").rglob("*") if path.is_file())
    return tuple(f"/log/kotak/{path.relative_to(top.parent)}" for path in (hashes, entry))  # type: ignore[return-value]


def test_anyone_reads_checkpoint_policy_and_hash_tiles(published: Post) -> None:
    client = published.client()
    for path in ("/log/kotak/checkpoint", "/log/kotak/policy", tiles(published)[0]):
        assert get(client, path)[0] == 200, path


def test_a_checkpoint_is_fetched_anew_and_a_tile_is_kept_for_ever(published: Post) -> None:
    client = published.client()
    assert "immutable" not in get(client, "/log/kotak/checkpoint")[1]
    assert "immutable" in get(client, tiles(published)[0])[1]
    assert "public" in get(client, tiles(published)[0])[1]
    assert "private" in get(published.client("auditor"), tiles(published)[1])[1]


def test_entries_are_read_by_token_of_that_log_or_by_an_officer(published: Post) -> None:
    path = tiles(published)[1]
    client = published.client()
    assert get(client, path)[0] == 401
    ReadToken.objects.create(
        digest=sha256(TOKEN.encode()).hexdigest(), log="kotak", holder="saksi", made_at=1, revoked_at=None
    )
    bearer = f"Bearer {TOKEN}"
    assert get(client, path, Authorization=bearer)[0] == 200
    assert get(client, path, Authorization=bearer + "x")[0] == 401
    assert get(client, path.replace("kotak", "pengamanan"), Authorization=bearer)[0] == 401
    ReadToken.objects.update(revoked_at=2)
    assert get(client, path, Authorization=bearer)[0] == 401
    assert get(published.client("auditor"), path)[0] == 200


@pytest.mark.parametrize(
    "name",
    [
        "../kawal.sqlite3",
        "..%2f..%2fsecret",
        "tile/../../../keys/kotak.key",
        "tile/0/../../policy",
        "keys/kotak.key",
        "tile/0/000/",
        "checkpoint/",
        "CHECKPOINT",
        "",
    ],
)
def test_nothing_but_a_log_s_own_files_is_ever_served(published: Post, name: str) -> None:
    assert get(published.client("operator"), f"/log/kotak/{name}")[0] in (301, 404)
    assert get(published.client(), "/log/lain/checkpoint")[0] == 404

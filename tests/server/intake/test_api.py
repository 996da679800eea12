"""The open door for phones: what each request is answered, and what is refused before anything is kept."""

import json
from hashlib import sha256
from typing import Any

import pytest

from kawal.ledger.encoding import digest
from kawal_server.actions import take_in as taking
from kawal_server.field_link.api import BatchAnswer
from kawal_server.store.opened import the_store
from kawal_server.store.port import Busy, StoreFailed
from kawal_server.store.sequencer import Sequencer
from tests.mission.custody.operation import BOX, VOTE
from tests.server.post import Post

LINES = "application/jose-lines"


def send(post: Post, body: bytes, log: str = "kotak") -> tuple[int, dict[str, Any]]:
    response = post.client().post(f"/api/v1/{log}/batches", body, content_type=LINES)
    return response.status_code, json.loads(response.content)


def test_each_line_is_answered_by_its_index_or_a_reason(post: Post) -> None:
    lines = post.operation.lines
    status, answer = send(post, b"\n".join([lines[1], b"", b"rubbish", lines[2]]) + b"\n")
    assert status == 200
    assert [one["line"] for one in answer["answers"]] == [1, 3, 4]
    assert [one.get("index") for one in answer["answers"]] == [1, None, 2]
    assert answer["answers"][1]["reason"]
    assert answer["answers"][1]["final"] is True


def test_lines_with_carriage_returns_are_no_events(post: Post) -> None:
    _, answer = send(post, b"\r\n".join(post.operation.lines[1:3]) + b"\r\n")
    assert all("reason" in one for one in answer["answers"])
    assert the_store().head("kotak").size == 1


def test_an_empty_body_is_no_news(post: Post) -> None:
    post.begin()
    assert send(post, b"") == (200, {"log": "kotak", "answers": []})


def test_an_unknown_log_is_refused(post: Post) -> None:
    assert send(post, b"x", log="lain")[0] == 422


def test_too_many_lines_are_413(post: Post) -> None:
    post.begin()
    status, answer = send(post, b"x\n" * 10_001)
    assert status == 413
    assert "10000" in answer["reason"]


def test_a_full_queue_asks_to_come_back_later(post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    def busy(*_: object, **__: object) -> None:
        raise Busy("penuh / full")

    post.begin()
    monkeypatch.setattr(Sequencer, "append", busy)
    response = post.client().post("/api/v1/kotak/batches", post.operation.lines[1], content_type=LINES)
    assert response.status_code == 429
    assert int(response["Retry-After"]) > 0


def test_a_store_that_fails_acknowledges_nothing(post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise StoreFailed("disk full at /somewhere/secret")

    post.begin()
    with monkeypatch.context() as broken:
        broken.setattr(Sequencer, "append", fail)
        response = post.client().post("/api/v1/kotak/batches", post.operation.lines[1], content_type=LINES)
        assert response.status_code == 503
        assert b"secret" not in response.content
    assert send(post, post.operation.lines[1])[1]["answers"][0]["index"] == 1
    assert taking.LINES_LIMIT == 10_000


def test_a_file_is_kept_only_where_an_event_names_it(post: Post) -> None:
    data = b"box,seals\n"
    name = sha256(data).hexdigest()
    client = post.client()
    post.begin()
    assert client.put(f"/api/v1/kotak/blobs/{name}", data, "application/octet-stream").status_code == 409
    post.operation.say(post.operation.pps, "custody.count", VOTE, site="x", mh=digest(data), n=0)
    post.send()
    assert client.put(f"/api/v1/kotak/blobs/{name}", b"other bytes", "application/octet-stream").status_code == 422
    assert not (post.data / "logs" / "kotak" / "blobs" / name).exists()
    for _ in range(2):
        assert client.put(f"/api/v1/kotak/blobs/{name}", data, "application/octet-stream").status_code == 200
    assert client.put("/api/v1/kotak/blobs/..%2f..%2fsecret", data, "application/octet-stream").status_code in (
        404,
        422,
    )
    assert client.put(f"/api/v1/kotak/blobs/{name.upper()}", data, "application/octet-stream").status_code == 422


def test_a_photo_that_an_event_names_is_kept_too(post: Post) -> None:
    photo = b"\xff\xd8 not really a picture"
    post.operation.say(post.operation.kpps, "custody.check", VOTE, box=BOX, seals=[], ok=True, ph=[digest(photo)])
    post.send()
    name = sha256(photo).hexdigest()
    assert post.client().put(f"/api/v1/kotak/blobs/{name}", photo, "application/octet-stream").status_code == 200


def test_the_door_is_described_in_openapi(post: Post) -> None:
    described = post.client().get("/api/v1/openapi.json").json()
    assert {"/api/v1/{log}/batches", "/api/v1/{log}/blobs/{name}", "/log/{log}/checkpoint"} <= set(described["paths"])
    answers = described["paths"]["/api/v1/{log}/batches"]["post"]["responses"]
    assert {"200", "413", "429", "503"} <= set(answers)


@pytest.mark.parametrize("path", ["/api/v1/kotak/batches", "/api/v1/kotak/blobs/" + "0" * 64])
def test_a_browser_s_cookie_opens_nothing_more(post: Post, path: str) -> None:
    assert post.client("operator").get(path).status_code == 405


def test_the_answer_is_what_its_description_says(post: Post) -> None:
    lines = post.operation.lines
    _, answer = send(post, b"\n".join([lines[1], b"rubbish", lines[2]]))
    read = BatchAnswer.model_validate(answer, extra="forbid")
    assert read.model_dump(exclude_none=True) == {
        "log": "kotak",
        "answers": [{name: value for name, value in one.items() if value is not None} for one in answer["answers"]],
    }

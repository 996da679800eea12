"""Every signed event from anyone for anyone: once, durably, with an answer for each line."""

from hashlib import sha256

import pytest

from kawal.ledger.encoding import b64u, digest
from kawal.ledger.event import sign_event
from kawal.ledger.keys import ed25519_from_seed
from kawal_server.actions.take_in import TooManyLines, take_in
from kawal_server.store.evidence import the_blobs
from kawal_server.store.opened import the_store
from tests.mission.custody.operation import BOX, OTHER, VOTE, Device
from tests.server.post import Post


def test_a_batch_goes_in_and_the_same_batch_again_is_answered_with_the_same_indexes(post: Post) -> None:
    operation = post.operation
    operation.say(operation.kpps, "custody.seal", VOTE, box=BOX, seals=[], why="TPS")
    first = post.send()
    again = post.send(operation.lines)
    assert [one.index for one in first] == list(range(1, len(operation.lines)))
    assert [one.index for one in again] == list(range(len(operation.lines)))
    assert not any(one.is_new for one in again)
    post.tell()


def test_one_event_twice_in_a_batch_stands_once(post: Post) -> None:
    post.operation.say(post.operation.kpps, "custody.seal", VOTE, box=BOX, seals=[], why="TPS")
    post.send(post.operation.lines[:-1])
    answers = post.send([post.operation.lines[-1]] * 3)
    assert len({one.index for one in answers}) == 1
    assert [one.is_new for one in answers] == [True, False, False]


def test_a_bad_line_takes_no_other_down_with_it(post: Post) -> None:
    operation = post.operation
    operation.say(operation.kpps, "custody.seal", VOTE, box=BOX, seals=[], why="TPS")
    good = operation.lines[1:]
    torn = good[-1][:-20]
    answers = post.send([b"not an event", *good, torn])
    assert answers[0].reason is not None
    assert answers[-1].reason is not None
    assert [one.index for one in answers[1:-1]] == list(range(1, len(operation.lines)))


@pytest.mark.parametrize("name", ["signature", "payload", "header", "key"])
def test_a_changed_event_is_refused_for_good(post: Post, name: str) -> None:
    operation = post.operation
    operation.say(operation.kpps, "custody.seal", VOTE, box=BOX, seals=[], why="TPS")
    post.send(operation.lines[:-1])
    header, payload, signature = operation.lines[-1].split(b".")
    changed = {
        "signature": b".".join([header, payload, b64u(bytes(64)).encode()]),
        "payload": b".".join([header, b64u(b'{"v":1}').encode(), signature]),
        "header": b".".join([b64u(b'{"alg":"none"}').encode(), payload, signature]),
        "key": b".".join([operation.lines[0].split(b".")[0], payload, signature]),
    }[name]
    (answer,) = post.send([changed])
    assert answer.index is None
    assert answer.reason is not None
    assert answer.is_final


def test_a_stranger_s_event_is_refused_but_may_come_again(post: Post) -> None:
    stranger = ed25519_from_seed(sha256(b"outsider").digest())
    jws = sign_event({"v": 1, "t": "custody.seal", "seq": 1, "prev": digest(b"x"), "ts": VOTE, "box": BOX}, stranger)
    post.begin()
    (answer,) = post.send([jws])
    assert answer.index is None
    assert answer.reason is not None
    assert not answer.is_final


def test_one_administrator_alone_brings_no_phone_in(post: Post) -> None:
    operation = post.operation
    phone = operation.device("kpps", "kpps-x", is_confirmed=False)
    enrol = phone.head
    operation.say(phone, "custody.seal", VOTE, box=BOX, seals=[], why="TPS")
    *before, own = operation.lines
    assert all(one.reason is None for one in post.send(before))
    (refused,) = post.send([own])
    assert refused.reason is not None
    operation.say(operation.admin_bawaslu, "ledger.enrol-ok", VOTE, of=enrol)
    (confirmed, taken) = post.send([operation.lines[-1], own])
    assert confirmed.reason is None
    assert taken.reason is None


def test_an_enrolment_and_the_phone_s_first_event_may_come_in_one_batch_in_any_order(post: Post) -> None:
    operation = post.operation
    operation.say(operation.kpps, "custody.seal", VOTE, box=BOX, seals=[], why="TPS")
    answers = post.send(list(reversed(operation.lines[1:])))
    assert [one.reason for one in answers if one.reason] == []


def test_forks_gaps_and_late_events_are_evidence_and_go_in(post: Post) -> None:
    operation = post.operation
    post.send()
    kpps = operation.kpps
    fork = Device(kpps.key, kpps.unit, kpps.seq, kpps.head)
    operation.say(kpps, "custody.seal", VOTE, box=BOX, seals=[], why="TPS")
    operation.say(fork, "custody.seal", VOTE, box=OTHER, seals=[], why="TPS")
    kpps.seq += 5
    operation.say(kpps, "custody.check", VOTE - 999_999, box=BOX, seals=[], ok=True)
    assert all(one.is_new for one in post.send())
    post.tell()


def test_an_event_of_the_other_log_is_sent_there(post: Post) -> None:
    operation = post.operation
    operation.say(operation.guard, "guard.on", VOTE, post="pos-1")
    post.send(operation.lines[:-1])
    (answer,) = post.send([operation.lines[-1]])
    assert answer.reason is not None
    assert "pengamanan" in answer.reason or "log lain" in answer.reason or "yang lain" in answer.reason
    assert answer.is_final


def test_nobody_begins_a_log_a_second_time(post: Post) -> None:
    post.begin()
    size = the_store().head("kotak").size
    thief = ed25519_from_seed(sha256(b"thief").digest())
    admins = [{"kid": thief.kid, "alg": "Ed25519", "x": b64u(thief.public.x), "agency": "kpu"}]
    members = {"origin": "kawal.example/uji/5303/kotak", "admins": admins, "need": 2, "policy": digest(b"")}
    jws = sign_event({"v": 1, "t": "ledger.genesis", "seq": 1, "prev": "", "ts": VOTE, **members}, thief)
    (answer,) = post.send([jws])
    assert answer.reason is not None
    assert the_store().head("kotak").size == size


def test_more_lines_than_allowed_are_refused_whole(post: Post) -> None:
    post.begin()
    with pytest.raises(TooManyLines):
        take_in("kotak", [b"x"] * 10_001)
    assert len(take_in("kotak", [b"x"] * 10_000)) == 10_000


def test_empty_lines_need_no_answer(post: Post) -> None:
    post.begin()
    assert take_in("kotak", [b"", b""]) == []


def test_a_list_that_comes_after_its_event_joins_the_index(post: Post) -> None:
    operation = post.operation
    data = f"box,seals\n{BOX},T1\n{OTHER},\n".encode()
    operation.say(operation.pps, "custody.count", VOTE, site="pps-x", mh=digest(data), n=2)
    post.send()
    assert the_store().named("kotak", BOX) == []
    client = post.client()
    name = sha256(data).hexdigest()
    assert client.put(f"/api/v1/kotak/blobs/{name}", data, "application/octet-stream").status_code == 200
    assert len(the_store().named("kotak", BOX)) == 1
    assert len(the_store().named("kotak", OTHER)) == 1
    assert the_blobs().read(digest(data)) == data

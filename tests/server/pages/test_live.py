"""The live stream says which part changed, once for each browser, and ends with the session."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest
from django.db import DatabaseError

from kawal_server import clock
from kawal_server.accounts.models import Officer
from kawal_server.command_post import live
from kawal_server.command_post.live import TOPICS, Hub, Stand, read_stand, topics_since
from kawal_server.store.models import Judged
from tests.mission.custody.operation import BOX, VOTE
from tests.server.post import Post

FIRST = Stand(7, (12, 0), (100.0, 60, True))


class Counters:
    """Counters that change when a test says so."""

    def __init__(self) -> None:
        self.stand = FIRST
        self.reads = 0
        self.is_broken = False

    def read(self) -> Stand:
        self.reads += 1
        if self.is_broken:
            raise DatabaseError("gone")
        return self.stand


def heard(act: Callable[[Hub, Counters], Awaitable[None]]) -> Counters:
    async def run() -> Counters:
        counters = Counters()
        hub = Hub(counters.read, poll_s=0.001)
        await act(hub, counters)
        return counters

    return asyncio.run(run())


def test_a_new_judgement_touches_every_board() -> None:
    assert topics_since(str(FIRST), FIRST._replace(version=8)) == {"komando", "kotak", "serah-terima", "buku-audit"}


def test_a_longer_log_touches_the_audit_book() -> None:
    assert topics_since(str(FIRST), FIRST._replace(sizes=(13, 0))) == {"buku-audit"}


def test_another_pace_touches_the_clock() -> None:
    assert topics_since(str(FIRST), FIRST._replace(pace=(100.0, 60, False))) == {"jam"}


def test_nothing_changed_says_nothing() -> None:
    assert topics_since(str(FIRST), FIRST) == set()


@pytest.mark.parametrize("known", ["", "?", "7", "a~b~c~d~e", "7~12~0~"])
def test_a_browser_that_knows_nothing_is_told(known: str) -> None:
    assert topics_since(known, FIRST)


def test_every_listener_hears_a_change_and_one_poller_reads() -> None:
    async def act(hub: Hub, counters: Counters) -> None:
        listeners = [hub.join(str(FIRST)) for _ in range(50)]
        assert [await one.wait(0.05) for one in listeners[:1]] == [set()]
        counters.stand = FIRST._replace(version=8)
        told = await asyncio.gather(*(one.wait(5) for one in listeners))
        assert told == [set(TOPICS[:4])] * 50
        for one in listeners:
            hub.leave(one)
        assert hub.count == 0

    assert heard(act).reads < 500


def test_who_comes_back_hears_what_was_missed() -> None:
    async def act(hub: Hub, counters: Counters) -> None:
        counters.stand = FIRST._replace(sizes=(40, 2))
        listener = hub.join(str(FIRST))
        assert await listener.wait(5) == {"buku-audit"}
        hub.leave(listener)

    heard(act)


def test_a_slow_listener_hears_each_topic_once() -> None:
    async def act(hub: Hub, counters: Counters) -> None:
        slow, quick = hub.join(str(FIRST)), hub.join(str(FIRST))
        for version in range(8, 12):
            counters.stand = FIRST._replace(version=version)
            assert await quick.wait(5) == set(TOPICS[:4])
        assert await slow.wait(5) == set(TOPICS[:4])
        assert await slow.wait(0.01) == set()
        hub.leave(slow)
        hub.leave(quick)

    heard(act)


def test_nobody_listens_nobody_reads() -> None:
    async def act(hub: Hub, counters: Counters) -> None:
        listener = hub.join(str(FIRST))
        await listener.wait(0.01)
        hub.leave(listener)
        await asyncio.sleep(0.01)
        before = counters.reads
        await asyncio.sleep(0.02)
        assert counters.reads - before <= 1

    heard(act)


def test_a_database_that_is_away_ends_no_stream() -> None:
    async def act(hub: Hub, counters: Counters) -> None:
        listener = hub.join(str(FIRST))
        counters.is_broken = True
        assert await listener.wait(0.02) == set()
        counters.is_broken, counters.stand = False, FIRST._replace(version=9)
        assert "komando" in await listener.wait(5)
        hub.leave(listener)

    heard(act)


def test_a_server_that_goes_down_ends_every_stream() -> None:
    async def act(hub: Hub, counters: Counters) -> None:
        listener = hub.join(str(FIRST))
        hub.close()
        await listener.wait(5)
        assert not listener.is_open
        hub.leave(listener)

    heard(act)


def test_the_counters_are_those_of_the_post(drawn: Post) -> None:
    before = read_stand()
    assert (before.version, before.sizes) == (7, (0, 0))
    clock.steer(is_paused=False)
    Judged.objects.update(version=8)
    assert topics_since(str(before), read_stand()) == {*TOPICS}


def test_a_page_knows_what_its_stream_need_not_tell(drawn: Post) -> None:
    page = drawn.client("operator").get("/komando/").content.decode()
    assert f'data-tahu="{read_stand()}"' in page


def test_a_stranger_gets_no_stream(drawn: Post) -> None:
    answer = drawn.client().get("/langsung/")
    assert (answer.status_code, answer.content) == (401, b"")


def test_an_officer_gets_a_stream_that_nothing_keeps(drawn: Post) -> None:
    answer = drawn.client("auditor").get("/langsung/")
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "text/event-stream"
    assert answer.headers["X-Accel-Buffering"] == "no"
    assert answer.headers["Cache-Control"] == "no-store"
    answer.close()


def test_the_stream_tells_topics_and_ends_with_the_session(drawn: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live, "CHECK_S", 0.05)
    client = drawn.client("operator")
    session = str(client.session.session_key)

    async def run() -> list[str]:
        monkeypatch.setattr(live, "hub", Hub(read_stand, poll_s=0.01))
        lines = live._lines(session, "?")
        said = [await anext(lines), await anext(lines)]
        await asyncio.to_thread(Officer.objects.update, is_active=False)
        said.extend([line async for line in lines])
        return said

    begin, told, *rest = asyncio.run(run())
    assert begin.startswith("retry:")
    assert [line.removeprefix("event: ") for line in told.splitlines() if line.startswith("event")] == list(TOPICS)
    assert rest[-1] == "event: berakhir\ndata: 0\n\n"


def test_what_came_in_is_told_before_it_is_judged(post: Post) -> None:
    post.tell()
    before = read_stand()
    operation = post.operation
    operation.say(operation.kpps, "custody.seal", VOTE, box=BOX, seals=[], why="TPS")
    post.send()
    assert topics_since(str(before), read_stand()) == {"buku-audit"}
    assert "1 catatan baru belum dinilai" in post.client("auditor").get("/komando/umur/").content.decode()
    post.tell()
    assert "belum dinilai" not in post.client("auditor").get("/komando/umur/").content.decode()

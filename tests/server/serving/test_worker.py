"""The worker looks again until it is told to stop, and waits longer for a database that is away."""

from collections.abc import Callable
from threading import Event

import pytest
from django.db import OperationalError

from kawal_server.actions.work import LOOP_S, RETRY_S, Worker, rest_until
from kawal_server.store.models import Judged
from tests.server.post import Post


def rounds(count: int, rested: list[float]) -> Callable[[float], bool]:
    """Rest no time at all, and stop after so many rounds."""

    def rest(seconds: float) -> bool:
        rested.append(seconds)
        return len(rested) > count

    return rest


def test_the_worker_publishes_and_judges_what_came_in(post: Post) -> None:
    post.begin()
    post.send()
    rested: list[float] = []
    post.worker.run(rounds(1, rested))
    assert rested == [0.0, LOOP_S]
    assert (post.data / "logs" / "kotak" / "checkpoint").is_file()
    assert Judged.objects.get().kotak_size == len(post.operation.lines)


def test_a_database_that_is_away_is_waited_for(post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(_: Worker, at: int | None = None) -> bool:
        raise OperationalError("away")

    post.begin()
    rested: list[float] = []
    with monkeypatch.context() as broken:
        broken.setattr(Worker, "publish", away)
        post.worker.run(rounds(2, rested))
    assert rested == [0.0, RETRY_S, RETRY_S]
    post.worker.run(rounds(1, []))
    assert Judged.objects.exists()


def test_what_nobody_thought_of_ends_the_worker_loudly(post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_: Worker, at: int | None = None) -> bool:
        raise RuntimeError("the tree is another one")

    post.begin()
    monkeypatch.setattr(Worker, "publish", broken)
    with pytest.raises(RuntimeError, match="another one"):
        post.worker.run(rounds(3, []))


def test_a_stop_that_was_asked_for_is_heard_at_once() -> None:
    is_asked = Event()
    rest = rest_until(is_asked)
    assert rest(0.0) is False
    is_asked.set()
    assert rest(3600.0) is True

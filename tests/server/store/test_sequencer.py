"""Those who hand in at once share a commit, an incident goes first, and no failure leaves anybody without an answer."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Event
from time import monotonic

import pytest

from kawal.ledger.log_of import KOTAK, PENGAMANAN, LogName
from kawal_server.store.memory import MemoryStore
from kawal_server.store.port import Busy, Entry, Placed, StoreFailed
from kawal_server.store.sequencer import Sequencer
from tests.server.store.scene import AT, ORIGIN, chain, check_ledger, entry


class SlowStore(MemoryStore):
    """A store whose commit takes as long as the test says."""

    def __init__(self) -> None:
        super().__init__()
        self.has_begun, self.may_go_on = Event(), Event()
        self.rounds: list[tuple[LogName, int, int]] = []
        self.fault: Exception | None = None
        for log in (KOTAK, PENGAMANAN):
            self.open_log(log, ORIGIN)

    def append(self, log: LogName, entries: Sequence[Entry], *, received_at: int) -> list[Placed]:
        self.has_begun.set()
        assert self.may_go_on.wait(30)
        self.rounds.append((log, len(entries), received_at))
        if self.fault is not None:
            raise self.fault
        return super().append(log, entries, received_at=received_at)


class Post:
    """A sequencer with many who hand in, the first of whom keeps it busy."""

    def __init__(self, pool: ThreadPoolExecutor, *, waiting_limit: int = 64, round_limit: int = 2_000) -> None:
        self.store = SlowStore()
        self.sequencer = Sequencer(self.store, waiting_limit=waiting_limit, round_limit=round_limit)
        self._pool = pool
        self.first = self._pool.submit(self.sequencer.append, KOTAK, [entry("first")], AT)
        assert self.store.has_begun.wait(30)

    def hand_in(
        self, entries: Sequence[Entry], log: LogName = KOTAK, at: int = AT, *, urgent: bool = False
    ) -> "Future[list[Placed]]":
        """Hand in from another thread; comes back once the batch stands in line."""
        before = self.sequencer.waiting
        answer = self._pool.submit(self.sequencer.append, log, entries, at, urgent=urgent)
        until(lambda: self.sequencer.waiting > before or answer.done())
        return answer

    def go_on(self) -> None:
        self.store.may_go_on.set()


def until(is_so: Callable[[], bool]) -> None:
    end = monotonic() + 30
    while not is_so():
        assert monotonic() < end


@pytest.fixture
def make() -> Iterator[Callable[..., Post]]:
    made: list[Post] = []
    with ThreadPoolExecutor(16) as pool:

        def post(**limits: int) -> Post:
            made.append(Post(pool, **limits))
            return made[-1]

        yield post
        for one in made:
            one.go_on()
            one.sequencer.close()
            for log in (KOTAK, PENGAMANAN):
                check_ledger(one.store, log)


Make = Callable[..., Post]


def test_those_who_wait_share_one_commit_a_log(make: Make) -> None:
    post = make()
    a = post.hand_in(chain("guard", 3), at=AT + 1)
    b = post.hand_in(chain("kpps", 2), PENGAMANAN, at=AT + 2)
    c = post.hand_in([entry("guard", 9), *chain("guard", 1)], at=AT + 3)
    post.go_on()
    assert [(p.index, p.is_new) for p in a.result()] == [(1, True), (2, True), (3, True)]
    assert [(p.index, p.is_new) for p in b.result()] == [(0, True), (1, True)]
    assert [(p.index, p.is_new) for p in c.result()] == [(4, True), (1, False)]
    assert post.store.rounds == [(KOTAK, 1, AT), (KOTAK, 5, AT + 3), (PENGAMANAN, 2, AT + 2)]


def test_a_full_queue_is_refused_at_once_and_an_incident_is_not(make: Make) -> None:
    post = make(waiting_limit=2)
    taken = [post.hand_in(chain(f"phone-{n}", 1)) for n in range(2)]
    with pytest.raises(Busy, match="send again shortly"):
        post.sequencer.append(KOTAK, chain("late", 1), AT)
    urgent = [post.hand_in([entry("guard", n, t="incident.report")], PENGAMANAN, urgent=True) for n in (1, 2)]
    with pytest.raises(Busy):
        post.sequencer.append(PENGAMANAN, [entry("guard", 3)], AT, urgent=True)
    post.go_on()
    assert [len(one.result()) for one in (*taken, *urgent)] == [1, 1, 1, 1]
    assert post.sequencer.append(KOTAK, chain("late", 1), AT)[0].is_new


def test_an_incident_goes_before_what_came_earlier(make: Make) -> None:
    post = make(round_limit=4)
    waiting = [post.hand_in(chain(f"phone-{n}", 3)) for n in range(2)]
    incident = post.hand_in([entry("guard", t="incident.public")], urgent=True)
    post.go_on()
    assert incident.result()[0].index == 1
    assert [one.result()[0].index for one in waiting] == [2, 5]


def test_a_round_takes_no_more_than_its_limit_but_always_one_batch(make: Make) -> None:
    post = make(round_limit=4)
    waiting = [post.hand_in(chain(f"phone-{n}", size)) for n, size in enumerate((9, 2, 2, 1))]
    post.go_on()
    assert [len(one.result()) for one in waiting] == [9, 2, 2, 1]
    assert [size for _, size, _ in post.store.rounds] == [1, 9, 4, 1]


@pytest.mark.parametrize("fault", [StoreFailed("disk full"), MemoryError("no room"), KeyError("a mistake")])
def test_a_failed_commit_is_told_to_each_who_waited_and_the_next_is_served(make: Make, fault: Exception) -> None:
    post = make()
    waiting = [post.hand_in(chain(f"phone-{n}", 2)) for n in range(3)]
    post.store.fault = fault
    post.go_on()
    errors = [one.exception() for one in (post.first, *waiting)]
    assert all(isinstance(error, StoreFailed) and "send it again" in str(error) for error in errors)
    assert len({id(error) for error in errors}) == 4
    assert isinstance(errors[1], StoreFailed)
    assert errors[1].__cause__ is not None
    assert errors[1].__cause__.__cause__ is fault
    post.store.fault = None
    assert post.sequencer.append(KOTAK, chain("phone-0", 2), AT)[1].index == 1


def test_closing_writes_what_waits_and_takes_nothing_more(make: Make) -> None:
    post = make()
    waiting = [post.hand_in(chain(f"phone-{n}", 1)) for n in range(3)]
    post.go_on()
    post.sequencer.close()
    assert [one.result()[0].index for one in waiting] == [1, 2, 3]
    with pytest.raises(Busy, match="stopping"):
        post.sequencer.append(KOTAK, chain("late", 1), AT)
    assert post.store.head(KOTAK).size == 4


def test_handing_in_nothing_waits_for_nobody(make: Make) -> None:
    assert make().sequencer.append(KOTAK, [], AT) == []

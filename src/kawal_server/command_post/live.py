"""The live stream: tell each browser which part of the board changed, never what stands in it.

One poller a process looks at a few counters while somebody listens; the pages then ask for their own fragments, so
access is decided in one place and a missed word does no harm.
"""

import asyncio
import logging
import signal
import time
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from types import FrameType
from typing import Any, NamedTuple, ParamSpec, TypeVar

from asgiref.sync import sync_to_async
from django.contrib.sessions.backends.db import SessionStore
from django.db import DatabaseError, close_old_connections
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase

from kawal_server import clock
from kawal_server.accounts.access import may
from kawal_server.accounts.doors import officer_of
from kawal_server.store.models import Judged
from kawal_server.store.opened import the_store
from kawal_server.store.port import StoreFailed

TOPICS = ("komando", "kotak", "serah-terima", "buku-audit", "jam")
POLL_S = 0.25
KEEP_ALIVE_S = 15.0
CHECK_S = 5.0
Args = ParamSpec("Args")
Answer = TypeVar("Answer")
_logger = logging.getLogger(__name__)


class Stand(NamedTuple):
    """What the poller compares. `sizes`: of both logs as committed, judged or not."""

    version: int
    sizes: tuple[int, int]
    pace: tuple[float, int, bool] | None

    def __str__(self) -> str:
        pace = "-" if self.pace is None else f"{self.pace[0]!r}_{self.pace[1]}_{int(self.pace[2])}"
        return f"{self.version}~{self.sizes[0]}~{self.sizes[1]}~{pace}"


def topics_since(known: str, stand: Stand) -> set[str]:
    """What changed since a page was made, or since a stream broke off. known: a stand as text; anything else: all."""
    told, now = known.split("~"), str(stand).split("~")
    if len(told) != len(now):
        return set(TOPICS)
    topics = set(TOPICS[:4]) if told[0] != now[0] else set()
    if told[1:3] != now[1:3]:
        topics.add("buku-audit")
    return topics | ({"jam"} if told[3] != now[3] else set())


def read_stand() -> Stand:
    """Read the counters."""
    judged, pace, store = Judged.objects.first(), clock.row(), the_store()
    return Stand(
        judged.version if judged else 0,
        (store.head("kotak").size, store.head("pengamanan").size),
        (pace.shown_at, pace.speed, pace.is_paused) if pace else None,
    )


class Listener:
    """One open stream: what it has not been told yet. Slow ones are told once, however often a topic changed."""

    def __init__(self, known: str) -> None:
        self.known: str | None = known
        self._untold: set[str] = set()
        self._wake = asyncio.Event()
        self.is_open = True

    def tell(self, topics: set[str]) -> None:
        """Something changed."""
        if topics:
            self._untold |= topics
            self._wake.set()

    def close(self) -> None:
        """End the stream at its next breath."""
        self.is_open = False
        self._wake.set()

    async def wait(self, seconds: float) -> set[str]:
        """The topics that changed; none after so many seconds of silence."""
        try:
            await asyncio.wait_for(self._wake.wait(), seconds)
        except TimeoutError:
            return set()
        self._wake.clear()
        told, self._untold = self._untold, set()
        return told


class Hub:
    """All open streams of this process and their one poller.

    read: gives the counters; runs in a thread of its own, so the database never holds the loop up.
    """

    def __init__(self, read: Callable[[], Stand] = read_stand, *, poll_s: float = POLL_S) -> None:
        self._read = read
        self._poll_s = poll_s
        self._listeners: set[Listener] = set()
        self._poller: asyncio.Task[None] | None = None
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="kawal-live")
        self.stand: Stand | None = None

    @property
    def count(self) -> int:
        """How many streams are open."""
        return len(self._listeners)

    def join(self, known: str) -> Listener:
        """Open a stream. known: the stand it knows, as text; it is told at once what changed since."""
        listener = Listener(known)
        self._listeners.add(listener)
        if self._poller is None or self._poller.done():
            self._poller = asyncio.get_running_loop().create_task(self._poll())
        return listener

    def leave(self, listener: Listener) -> None:
        """Close a stream; with the last one the poller rests."""
        self._listeners.discard(listener)
        if not self._listeners and self._poller is not None:
            self._poller.cancel()
            self._poller = None

    def close(self) -> None:
        """End every stream: the server is going down."""
        for listener in self._listeners:
            listener.close()

    async def ask(self, read: Callable[Args, Answer], *args: Args.args, **kwargs: Args.kwargs) -> Answer:
        """Read the database in the hub's own thread: all streams of a process together hold one connection."""
        return await sync_to_async(read, thread_sensitive=False, executor=self._thread)(*args, **kwargs)

    async def _poll(self) -> None:
        while True:
            try:
                stand = await self.ask(self._read_once)
            except (DatabaseError, StoreFailed) as error:
                _logger.warning("live: %s", type(error).__name__)
            else:
                self._tell(stand)
            await asyncio.sleep(self._poll_s)

    def _read_once(self) -> Stand:
        close_old_connections()
        return self._read()

    def _tell(self, stand: Stand) -> None:
        before, self.stand = str(self.stand), stand
        for listener in self._listeners:
            listener.tell(topics_since(listener.known or before, stand))
            listener.known = None


hub = Hub()


async def stream(request: HttpRequest) -> HttpResponseBase:
    """The stream of one browser: `event: <topic>`, `data: <seq>`. 401 for whoever may not see the board."""
    if request.method != "GET":
        return HttpResponse(status=405, headers={"Allow": "GET"})
    if not may(await request.auser(), "see-board"):
        return HttpResponse(status=401)
    known = request.headers.get("Last-Event-ID") or request.GET.get("tahu", "")
    _end_with_the_server(asyncio.get_running_loop())
    answer = StreamingHttpResponse(
        _lines(str(request.session.session_key), known or "?"),
        content_type="text/event-stream",
    )
    answer["Cache-Control"] = "no-store"
    answer["X-Accel-Buffering"] = "no"
    return answer


async def _lines(session: str, known: str) -> AsyncIterator[str]:
    listener = hub.join(known)
    silent_s = 0.0
    try:
        yield "retry: 2000\n: kawal\n\n"
        checked_at = time.monotonic()
        while listener.is_open:
            topics = await listener.wait(CHECK_S)
            silent_s = 0.0 if topics else silent_s + CHECK_S
            if time.monotonic() - checked_at >= CHECK_S:
                checked_at = time.monotonic()
                if not await hub.ask(_is_still_in, session):
                    yield "event: berakhir\ndata: 0\n\n"
                    return
            if topics and hub.stand:
                seq, told = hub.stand.version, [one for one in TOPICS if one in topics]
                yield "".join(f"id: {hub.stand}\nevent: {one}\ndata: {seq}\n\n" for one in told)
            elif silent_s >= KEEP_ALIVE_S:
                silent_s = 0.0
                yield ": masih di sini\n\n"
    finally:
        hub.leave(listener)


def _is_still_in(session: str) -> bool:
    """Whether the session has not ended, and its officer may still see the board."""
    close_old_connections()
    request = HttpRequest()
    request.session = SessionStore(session)
    return may(officer_of(request), "see-board")


_ended_loops: set[int] = set()


def _end_with_the_server(loop: asyncio.AbstractEventLoop) -> None:
    """End the streams on SIGTERM and SIGINT before the web server's own handler, which would wait for them."""
    if id(loop) in _ended_loops:
        return
    _ended_loops.add(id(loop))
    for number in (signal.SIGTERM, signal.SIGINT):
        before = signal.getsignal(number)

        def ended(got: int, frame: FrameType | None, before: Any = before) -> None:
            loop.call_soon_threadsafe(hub.close)
            if callable(before):
                before(got, frame)

        try:
            signal.signal(number, ended)
        except ValueError:  # not the main thread: then whoever runs this loop ends it
            return

"""One thread a process writes to the ledger: whoever hands in events waits for the commit they share.

While one commit waits for the disk, batches gather; the next commit takes them all. So the more comes in, the more
shares one fsync, and a lone batch never waits for company: no window of time is needed.
"""

import threading
from collections import deque
from collections.abc import Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from itertools import islice

from kawal.ledger.log_of import LogName
from kawal_server.store.port import Busy, Entry, Placed, Store, StoreFailed

WAITING_LIMIT = 64
# A commit of so many events takes some tens of milliseconds: no longer does an incident wait behind one.
ROUND_LIMIT = 2_000


@dataclass(frozen=True, slots=True, eq=False)
class _Batch:
    log: LogName
    entries: Sequence[Entry]
    received_at: int
    answer: "Future[list[Placed]]" = field(default_factory=Future)


class Sequencer:
    """Appends to a store for all threads of a process. Several processes may do so: the store orders them."""

    def __init__(self, store: Store, *, waiting_limit: int = WAITING_LIMIT, round_limit: int = ROUND_LIMIT) -> None:
        """waiting_limit: batches in each lane before Busy; round_limit: events that share a commit."""
        self._store = store
        self._waiting_limit = waiting_limit
        self._round_limit = round_limit
        self._urgent: deque[_Batch] = deque()
        self._ordinary: deque[_Batch] = deque()
        self._changed = threading.Condition()
        self._is_closing = False
        self._thread = threading.Thread(target=self._run, name="sequencer", daemon=True)
        self._thread.start()

    def append(self, log: LogName, entries: Sequence[Entry], received_at: int, *, urgent: bool = False) -> list[Placed]:
        """Append verified entries, and come back when they are durable; one answer for each, in order.

        urgent: goes before all that is not, as an incident must. received_at: UNIX seconds; of the batches that share a
        commit, the latest counts for all. Raises: Busy, StoreFailed.
        """
        if not entries:
            return []
        batch = _Batch(log, entries, received_at)
        self._line_up(batch, self._urgent if urgent else self._ordinary)
        try:
            return batch.answer.result()
        except StoreFailed as error:
            # An exception of its own: those who shared the commit must not share a traceback.
            raise StoreFailed(str(error)) from error

    @property
    def waiting(self) -> int:
        """How many batches stand in line, beside those being written now."""
        return len(self._urgent) + len(self._ordinary)

    def close(self) -> None:
        """Write what waits, and end the thread. Whoever comes later is told Busy."""
        with self._changed:
            self._is_closing = True
            self._changed.notify()
        self._thread.join()

    def _line_up(self, batch: _Batch, lane: "deque[_Batch]") -> None:
        with self._changed:
            if self._is_closing:
                raise Busy("pos sedang berhenti; kirim lagi sebentar lagi / the post is stopping; send again shortly")
            if len(lane) >= self._waiting_limit:
                raise Busy(
                    "antrean penuh, tidak ada yang disimpan; kirim lagi sebentar lagi / "
                    "the queue is full and nothing was taken; send again shortly"
                )
            lane.append(batch)
            self._changed.notify()

    def _run(self) -> None:
        while batches := self._next_round():
            for log in dict.fromkeys(batch.log for batch in batches):
                self._commit(log, [batch for batch in batches if batch.log == log])
        self._store.close()

    def _next_round(self) -> list[_Batch]:
        """Wait for work and take what one round carries, the urgent first; nothing only when all is done."""
        with self._changed:
            self._changed.wait_for(lambda: self._urgent or self._ordinary or self._is_closing)
            taken: list[_Batch] = []
            room = self._round_limit
            for lane in (self._urgent, self._ordinary):
                while lane and (not taken or len(lane[0].entries) <= room):
                    taken.append(lane.popleft())
                    room -= len(taken[-1].entries)
            return taken

    def _commit(self, log: LogName, batches: Sequence[_Batch]) -> None:
        entries = [entry for batch in batches for entry in batch.entries]
        try:
            placed = iter(self._store.append(log, entries, received_at=max(batch.received_at for batch in batches)))
        # The outermost loop of this thread: whatever happens, those who wait get an answer, and the next are served.
        except Exception as error:  # noqa: BLE001
            failed = StoreFailed(f"tidak tersimpan, kirim lagi / it was not stored, send it again: {error}")
            failed.__cause__ = error
            for batch in batches:
                batch.answer.set_exception(failed)
            return
        for batch in batches:
            batch.answer.set_result(list(islice(placed, len(batch.entries))))

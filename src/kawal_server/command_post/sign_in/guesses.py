"""Slow down whoever guesses passwords, without ever locking the command post out.

KNOWN GAP: each process counts for itself, so a post of N processes lets N times as many guesses through.
"""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

FORGOTTEN_AFTER_S = 15 * 60
REMEMBERED = 10_000


@dataclass(slots=True)
class _Tried:
    count: int
    waits_until: float


class Guesses:
    """How often a key was tried in vain, and until when it must wait.

    The first `free` tries cost nothing, each further one doubles the wait, up to `longest_s`. A try counts before its
    password is looked at, so that many at once gain nothing.
    """

    def __init__(self, *, free: int, longest_s: int, seconds: Callable[[], float] = time.monotonic) -> None:
        self._free = free
        self._longest = longest_s
        self._seconds = seconds
        self._tried: OrderedDict[str, _Tried] = OrderedDict()
        self._lock = threading.Lock()

    def begin(self, key: str) -> int:
        """Count a try. Gives 0, or the seconds still to wait: then the try must not be looked at."""
        with self._lock:
            now = self._seconds()
            tried = self._tried.pop(key, None)
            if tried is None or now > tried.waits_until + FORGOTTEN_AFTER_S:
                tried = _Tried(0, now)
            self._tried[key] = tried
            if tried.waits_until > now:
                return int(tried.waits_until - now) + 1
            tried.count += 1
            if tried.count >= self._free:
                tried.waits_until = now + min(self._longest, 2.0 ** min(30, tried.count - self._free))
            if len(self._tried) > REMEMBERED:
                self._tried.popitem(last=False)
            return 0

    def forget(self, key: str) -> None:
        """The password was right: nothing of this key is held against it."""
        with self._lock:
            self._tried.pop(key, None)

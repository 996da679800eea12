"""The store of the configured database, and the one sequencer of this process."""

import atexit
import os
import threading
from concurrent.futures import ThreadPoolExecutor
from functools import cache

from django.core.exceptions import ImproperlyConfigured
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

from kawal_server.store.port import Store
from kawal_server.store.postgres import postgres_store
from kawal_server.store.sequencer import Sequencer
from kawal_server.store.sqlite import sqlite_store

_MAKERS = {"sqlite": sqlite_store, "postgresql": postgres_store}
_lock = threading.Lock()
# By process id: a forked child has the object but not its thread.
_sequencers: dict[int, Sequencer] = {}
_hands: dict[int, ThreadPoolExecutor] = {}
HANDS = 16


def _connection() -> BaseDatabaseWrapper:
    return connections["default"]


@cache
def the_store() -> Store:
    """The ledger in the database of the settings; connections are each thread's own."""
    vendor = _connection().vendor
    if vendor not in _MAKERS:
        raise ImproperlyConfigured(
            f"basis data {vendor} tidak dikenal; pakai SQLite atau PostgreSQL / "
            f"the database {vendor} is not known; use SQLite or PostgreSQL"
        )
    return _MAKERS[vendor](_connection)


def the_sequencer() -> Sequencer:
    """The sequencer of this process; its thread starts with the first call, and ends with the process."""
    with _lock:
        if os.getpid() not in _sequencers:
            _sequencers.clear()
            _sequencers[os.getpid()] = Sequencer(the_store())
            atexit.register(close_all)
        return _sequencers[os.getpid()]


def the_hands() -> ThreadPoolExecutor:
    """The threads of this process that take in what phones send, each with a connection that it keeps.

    A thread of its own for each request, as a web server has it, would also connect anew for each.
    """
    with _lock:
        if os.getpid() not in _hands:
            _hands.clear()
            _hands[os.getpid()] = ThreadPoolExecutor(HANDS, thread_name_prefix="intake")
            atexit.register(close_all)
        return _hands[os.getpid()]


def close_all() -> None:
    """Write what waits, end this process's threads, and forget the store; the next call makes all of it anew."""
    with _lock:
        hands, sequencer = _hands.pop(os.getpid(), None), _sequencers.pop(os.getpid(), None)
        atexit.unregister(close_all)
    if hands is not None:
        hands.shutdown()
    if sequencer is not None:
        sequencer.close()
    the_store.cache_clear()

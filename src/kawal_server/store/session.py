"""One thread's connection to the database: a transaction that answers only after its commit, and plain reads."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from django.db import Error
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.utils import CursorWrapper

from kawal_server.store.port import StoreFailed

Connect = Callable[[], BaseDatabaseWrapper]
"""Gives the calling thread's connection."""

T = TypeVar("T")


class InsideTransaction(RuntimeError):
    """A write to the ledger inside a transaction of the caller's, which would answer before the commit."""


class Session:
    """begin: the statement that opens a transaction. It is sent as it stands, so that no setting can weaken it."""

    def __init__(self, connect: Connect, begin: str) -> None:
        self._connect = connect
        self._begin = begin

    @contextmanager
    def write(self) -> Iterator[CursorWrapper]:
        """One transaction of its own, committed when the block ends.

        Raises: StoreFailed when the database refuses, InsideTransaction.
        """
        connection = self._connect()
        if connection.in_atomic_block:
            raise InsideTransaction(
                "panggil di luar transaction.atomic() / call it outside transaction.atomic(): it commits by itself"
            )
        try:
            _heal(connection)
            with connection.cursor() as cursor:
                cursor.execute(self._begin)
                yield cursor
                cursor.execute("COMMIT")
        except Error as error:
            _roll_back(connection)
            raise StoreFailed(f"tidak tersimpan, kirim lagi / it was not stored, send it again: {error}") from error
        except BaseException:
            _roll_back(connection)
            raise

    def read(self, work: Callable[[CursorWrapper], T]) -> T:
        """What `work` reads, inside the caller's transaction if there is one. Raises: StoreFailed."""
        connection = self._connect()
        try:
            if not connection.in_atomic_block:
                _heal(connection)
            with connection.cursor() as cursor:
                return work(cursor)
        except Error as error:
            raise StoreFailed(
                f"basis data tidak menjawab, coba lagi / the database does not answer, try again: {error}"
            ) from error

    def close(self) -> None:
        """Close the calling thread's connection; the next use opens it anew."""
        self._connect().close()


def _heal(connection: BaseDatabaseWrapper) -> None:
    """Leave a connection that broke; with CONN_HEALTH_CHECKS also one that a restarted server left behind."""
    connection.close_if_unusable_or_obsolete()


def _roll_back(connection: BaseDatabaseWrapper) -> None:
    """End the transaction for certain: if it cannot be rolled back, its connection goes."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("ROLLBACK")
    except Error:
        connection.close()

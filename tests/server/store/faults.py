"""A connection that breaks once, at a chosen statement: before it did anything, or after it did everything."""

from dataclasses import dataclass, field
from typing import Any, Literal, cast

from django.db import OperationalError
from django.db.backends.base.base import BaseDatabaseWrapper

from kawal_server.store.session import Connect

How = Literal["lost", "kept"]


@dataclass
class Fault:
    """Strikes once, at the first statement that begins with `at`. lost: before it is sent; kept: its answer is lost.

    is_dead: the connection stays silent from then on, until it is closed; otherwise it can still roll back.
    """

    at: str
    how: How
    is_dead: bool
    has_struck: bool = field(default=False, init=False)
    is_silent: bool = field(default=False, init=False)

    def breaks(self, statement: str, moment: How) -> None:
        if self.is_silent:
            raise OperationalError("the connection is dead")
        if not self.has_struck and moment == self.how and " ".join(statement.split()).startswith(self.at):
            self.has_struck = True
            self.is_silent = self.is_dead
            raise OperationalError(f"{self.at} was {self.how}")


class FaultyCursor:
    def __init__(self, cursor: Any, fault: Fault) -> None:
        self._cursor = cursor
        self._fault = fault

    def __enter__(self) -> "FaultyCursor":
        self._cursor.__enter__()
        return self

    def __exit__(self, *error: object) -> None:
        self._cursor.__exit__(*error)

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._cursor, name)
        if name not in ("execute", "executemany", "copy"):
            return found

        def run(statement: str, *rest: Any) -> Any:
            self._fault.breaks(statement, "lost")
            answer = found(statement, *rest)
            self._fault.breaks(statement, "kept")
            return answer

        return run


class FaultyConnection:
    def __init__(self, connection: BaseDatabaseWrapper, fault: Fault) -> None:
        self._connection = connection
        self._fault = fault

    def __getattr__(self, name: str) -> Any:
        return getattr(self._connection, name)

    def cursor(self) -> FaultyCursor:
        return FaultyCursor(self._connection.cursor(), self._fault)

    def close(self) -> None:
        self._fault.is_silent = False
        self._connection.close()


def faulty(connect: Connect, fault: Fault) -> Connect:
    return lambda: cast(BaseDatabaseWrapper, FaultyConnection(connect(), fault))

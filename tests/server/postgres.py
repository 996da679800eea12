"""A PostgreSQL for tests: found on this machine, started in a folder of its own on a Unix socket, and ended again.

In this order: the server of KAWAL_TEST_PG (postgres://…, a role that may create databases), /usr/lib/postgresql, none.
"""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any, Literal

import dj_database_url
import psycopg

INSTALL = "no PostgreSQL here: `apt-get install postgresql`, or set KAWAL_TEST_PG=postgres://…"
StopMode = Literal["fast", "immediate"]
_numbers = count()


class NoPostgres(RuntimeError):
    """There is none, and the message says what would change that."""


@dataclass(frozen=True)
class Server:
    """A running server. folder: its own, None where the server is somebody else's and must not be stopped."""

    address: dict[str, Any]
    bin: Path | None = None
    folder: Path | None = None
    made: list[str] = field(default_factory=list)

    def database(self) -> dict[str, Any]:
        """A new empty database, as Django's settings name one."""
        name = f"kawal_test_{os.getpid()}_{next(_numbers)}"
        self._run(f'CREATE DATABASE "{name}"')
        self.made.append(name)
        return {
            "ENGINE": "django.db.backends.postgresql",
            "CONN_MAX_AGE": None,
            "CONN_HEALTH_CHECKS": True,
            **self.address,
            "NAME": name,
        }

    def drop(self) -> None:
        while self.made:
            self._run(f'DROP DATABASE "{self.made.pop()}" WITH (FORCE)')

    def start(self) -> None:
        # As badly set as an operator could: the store must ask by itself for what it relies on.
        careless = "-c synchronous_commit=off -c wal_writer_delay=10s -c default_transaction_isolation=serializable"
        small = "-c shared_buffers=32MB -c max_connections=60"
        options = f"-k {self.folder} -c listen_addresses= -c fsync=on {small} {careless}"
        self._pg_ctl("start", "-w", "-l", "server.txt", "-o", options)

    def stop(self, mode: StopMode) -> None:
        """fast: as an operator stops it; immediate: as a power cut does, without a word to anybody."""
        self._pg_ctl("stop", "-w", "-m", mode)

    def pids(self) -> list[int]:
        """The server's processes: the first of them, and its children."""
        assert self.folder is not None
        first = int((self.folder / "data" / "postmaster.pid").read_text().split()[0])
        children = Path(f"/proc/{first}/task/{first}/children").read_text().split()
        return [first, *map(int, children)]

    def _pg_ctl(self, *arguments: str) -> None:
        assert self.bin is not None
        assert self.folder is not None
        _as_other([str(self.bin / "pg_ctl"), "-s", "-D", "data", *arguments], self.folder)

    def _run(self, statement: str) -> None:
        names = {"HOST": "host", "PORT": "port", "USER": "user", "PASSWORD": "password"}
        given = {names[key]: value for key, value in self.address.items() if key in names and value}
        with psycopg.connect(dbname="postgres", autocommit=True, **given) as connection:
            connection.execute(statement.encode())


@contextmanager
def a_server() -> Iterator[Server]:
    """A server for as long as the block runs. Raises: NoPostgres."""
    given = os.environ.get("KAWAL_TEST_PG")
    if given:
        found: dict[str, Any] = dict(dj_database_url.parse(given))
        server = Server({key: found[key] for key in ("HOST", "PORT", "USER", "PASSWORD", "OPTIONS") if key in found})
        try:
            yield server
        finally:
            server.drop()
        return
    with _own_server(_programs()) as server:
        yield server


@contextmanager
def _own_server(programs: Path) -> Iterator[Server]:
    # Not pytest's own folder: that is closed to the other user whom root must become.
    folder = Path(tempfile.mkdtemp(prefix="kawal-pg-"))
    try:
        if os.geteuid() == 0:
            other = _other_user()
            os.chown(folder, other.pw_uid, other.pw_gid)
        words = ["-D", "data", "-U", "kawal", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"]
        _as_other([str(programs / "initdb"), *words], folder)
        server = Server({"USER": "kawal", "HOST": str(folder)}, programs, folder)
        server.start()
        try:
            yield server
        finally:
            server.stop("immediate")
    finally:
        shutil.rmtree(folder)


def _programs() -> Path:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: float(path.parent.name))
    usable = [path for path in found if (path / "initdb").exists() and (path / "postgres").exists()]
    if not usable:
        raise NoPostgres(INSTALL)
    return usable[-1]


def _other_user() -> pwd.struct_passwd:
    """PostgreSQL refuses to run as root."""
    names = {entry.pw_name: entry for entry in pwd.getpwall()}
    for name in ("postgres", "nobody"):
        if name in names:
            return names[name]
    raise NoPostgres("PostgreSQL does not run as root, and there is no user postgres or nobody to run it")


def _as_other(command: list[str], folder: Path) -> None:
    who: dict[str, Any] = {}
    if os.geteuid() == 0:
        other = _other_user()
        who = {"user": other.pw_uid, "group": other.pw_gid, "extra_groups": []}
    # Its output goes to a file: the server keeps a pipe open for as long as it lives.
    with (folder / "pg_ctl.txt").open("ab") as said:
        done = subprocess.run(command, cwd=folder, stdin=subprocess.DEVNULL, stdout=said, stderr=said, **who)
    if done.returncode:
        raise RuntimeError(f"{command[0]} failed: {(folder / 'pg_ctl.txt').read_text()[-2000:]}")

"""One suite for every store: memory, SQLite in a file, and PostgreSQL where there is one."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django.plugin import DjangoDbBlocker

from kawal_server.store.ledger_tables import make_tables
from kawal_server.store.memory import MemoryStore
from tests.server.postgres import NoPostgres, Server, a_server
from tests.server.store.scene import Place, sqlite_database, store_in


@pytest.fixture(autouse=True, scope="session")
def _may_touch_databases(django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """These tests make databases of their own; that of the settings stays untouched."""
    with django_db_blocker.unblock():
        yield


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    try:
        with a_server() as found:
            yield found
    except NoPostgres as reason:
        pytest.skip(str(reason))


def made(kind: str, request: pytest.FixtureRequest, folder: Path) -> Place:
    if kind == "memory":
        return Place(MemoryStore())
    is_sqlite = kind == "sqlite"
    place = store_in(
        sqlite_database(folder / "kawal.sqlite3") if is_sqlite else request.getfixturevalue("server").database()
    )
    make_tables(place.connection())
    return place


@pytest.fixture(params=["memory", "sqlite", "postgresql"], scope="module")
def place(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """A store with its tables, for all tests of a module: each test opens logs of its own."""
    found = made(request.param, request, tmp_path_factory.mktemp("store"))
    yield found
    found.store.close()


@pytest.fixture(params=["sqlite", "postgresql"], scope="module")
def base(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """The same, where there is a database to break."""
    found = made(request.param, request, tmp_path_factory.mktemp("base"))
    yield found
    found.store.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Place]:
    """A database of one test's own."""
    found = made(request.param, request, tmp_path)
    yield found
    found.store.close()


@pytest.fixture
def ours(request: pytest.FixtureRequest, server: Server, tmp_path: Path) -> Iterator[Place]:
    """A database of one test's own on a PostgreSQL that it may stop."""
    if server.folder is None:
        pytest.skip("the server of KAWAL_TEST_PG is not ours to stop; unset it, and `apt-get install postgresql`")
    found = made("postgresql", request, tmp_path)
    yield found
    found.store.close()

"""The databases a post is served from: SQLite in its folder, and PostgreSQL where there is one."""

from collections.abc import Iterator

import pytest
from pytest_django.plugin import DjangoDbBlocker

from tests.server.postgres import NoPostgres, Server, a_server


@pytest.fixture(scope="session")
def server(django_db_blocker: DjangoDbBlocker) -> Iterator[Server]:
    with django_db_blocker.unblock():
        try:
            with a_server() as found:
                yield found
        except NoPostgres as reason:
            pytest.skip(str(reason))


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest) -> str | None:
    """None for SQLite, else the URL of an empty PostgreSQL database."""
    if request.param == "sqlite":
        return None
    found = request.getfixturevalue("server").database()
    return url(found)


def url(found: dict[str, object]) -> str:
    """A connection as DATABASE_URL writes it."""
    from urllib.parse import quote

    who = f"{quote(str(found['USER']))}:{quote(str(found.get('PASSWORD') or ''))}"
    return f"postgres://{who}@{quote(str(found['HOST']), safe='')}:{found.get('PORT') or ''}/{found['NAME']}"

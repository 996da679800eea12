"""A post of one's own for each test: a real folder, a real SQLite file, real threads; nothing is rolled back."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.core.management import call_command
from django.db import connections
from pytest_django.plugin import DjangoDbBlocker

from kawal_server.actions.take_in import the_ring
from kawal_server.store.opened import close_all
from kawal_server.words import compile_words
from tests.server.post import Post


@pytest.fixture(scope="session")
def _migrated(tmp_path_factory: pytest.TempPathFactory, django_db_blocker: DjangoDbBlocker) -> Path:
    """An empty post's tables, made once and copied for each test."""
    compile_words()
    path = tmp_path_factory.mktemp("template") / "kawal.sqlite3"
    with django_db_blocker.unblock():
        _use(path)
        call_command("migrate", verbosity=0, interactive=False)
        with connections["default"].cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connections.close_all()
    return path


@pytest.fixture
def post(tmp_path: Path, _migrated: Path, django_db_blocker: DjangoDbBlocker) -> Iterator[Post]:
    """A fresh post. At the end its projections must be what a replay of its logs gives."""
    data = tmp_path / "data"
    data.mkdir()
    shutil.copy(_migrated, data / "kawal.sqlite3")
    with django_db_blocker.unblock():
        _use(data / "kawal.sqlite3")
        made = Post(data)
        try:
            yield made
            made.check_replay()
        finally:
            made.close()
            _forget()


def _use(database: Path) -> None:
    connections.close_all()
    connections.databases["default"]["NAME"] = str(database)
    connections["default"].settings_dict["NAME"] = str(database)
    data = database.parent
    for name, value in {
        "DATA": data,
        "LOGS": data / "logs",
        "KEYS": data / "keys",
        "SIGNER_STATE": data / "signer",
    }.items():
        setattr(django_settings, name, value)
    _forget()


def _forget() -> None:
    close_all()
    the_ring.cache_clear()
    connections.close_all()

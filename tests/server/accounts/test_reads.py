"""Who read about people, and what happened to accounts, is written down for good, and read under the same rule."""

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest
from django.db import DatabaseError, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from pytest_django.plugin import DjangoDbBlocker

from kawal_server.accounts.events import note_event
from kawal_server.accounts.kept_tables import TABLES, keep, release
from kawal_server.accounts.models import AccountEvent, ReadOfPersonal
from kawal_server.accounts.reads import ReasonMissing, note_export, note_read
from tests.server.accounts.cast import officer
from tests.server.post import Post
from tests.server.postgres import NoPostgres, a_server
from tests.server.store.scene import store_in


def test_a_read_says_who_when_what_how_many_and_about_whom(real: Post, second: list[float]) -> None:
    ani = officer("ani", "padal")
    note_read(ani, "people", 12, about="p-7f3a p-81c2", action="see-people")
    row = ReadOfPersonal.objects.get()
    assert (row.at, row.officer, row.what, row.count, row.about, row.action, row.why) == (
        int(second[0]), ani.pk, "people", 12, "p-7f3a p-81c2", "see-people", "",
    )  # fmt: skip


@pytest.mark.parametrize("why", ["", "  ", "perlu", "\0" * 20])
def test_nobody_takes_peoples_data_away_without_a_reason(real: Post, why: str) -> None:
    with pytest.raises(ReasonMissing):
        note_export(officer("dewi", "kaops"), "people", 400, why=why)
    assert not ReadOfPersonal.objects.exists()


def test_an_export_is_written_down_with_its_reason(real: Post) -> None:
    note_export(officer("dewi", "kaops"), "people", 400, why="Laporan  kekuatan ke Polda")
    row = ReadOfPersonal.objects.get()
    assert (row.action, row.why) == ("export-people", "Laporan kekuatan ke Polda")


def test_the_auditor_sees_who_read_what_and_that_is_written_down_too(real: Post) -> None:
    note_read(officer("ani", "padal"), "contacts", 3, about="desa-5303052001")
    browser = real.client("auditor")
    page = browser.get("/akun/jejak/").content.decode()
    assert "ani (Padal)" in page
    assert "desa-5303052001" in page
    assert ReadOfPersonal.objects.first() is not None
    assert [row.what for row in ReadOfPersonal.objects.all()] == ["reads", "contacts"]
    note_event("deactivated", officer("budi", "humas"))
    assert "akun ditutup" in browser.get("/akun/jejak/?daftar=akun").content.decode()


@pytest.mark.parametrize("office", ["operator", "padal", "humas", "kpu", "bawaslu", "kasetops"])
def test_others_do_not_see_who_read_what(real: Post, office: str) -> None:
    assert real.client(office).get("/akun/jejak/").status_code == 403  # type: ignore[arg-type]
    assert not ReadOfPersonal.objects.exists()


@pytest.mark.parametrize("office", ["auditor", "kaops"])
def test_an_erased_account_stays_in_the_record_by_its_number(real: Post, office: str) -> None:
    ani = officer("ani", "padal")
    number = ani.pk
    note_read(ani, "people", 1)
    ani.delete()
    page = real.client(office).get("/akun/jejak/").content.decode()  # type: ignore[arg-type]
    assert f"#{number}" in page
    assert "ani (" not in page


REFUSED = (
    "UPDATE {} SET officer = 2",
    "UPDATE {} SET at = at + 1 WHERE id = 1",
    "DELETE FROM {}",
    "DELETE FROM {} WHERE id = 1",
)
REFUSED_BY = {
    "sqlite": ("INSERT OR REPLACE INTO {0} SELECT * FROM {0}", "REPLACE INTO {0} SELECT * FROM {0} WHERE id = 1"),
    "postgresql": ("TRUNCATE {}",),
}


def run(connection: BaseDatabaseWrapper, statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def refuses_all(connection: BaseDatabaseWrapper) -> None:
    for table in TABLES:
        for statement in REFUSED + REFUSED_BY[connection.vendor]:
            with pytest.raises(DatabaseError, match="append-only"):
                run(connection, statement.format(table))


def test_no_statement_changes_or_removes_what_was_written(real: Post) -> None:
    ani = officer("ani", "padal")
    for _ in range(2):
        note_read(ani, "people", 1)
        note_event("created", ani)
    before = list(ReadOfPersonal.objects.values()), list(AccountEvent.objects.values())
    refuses_all(connections["default"])
    assert (list(ReadOfPersonal.objects.values()), list(AccountEvent.objects.values())) == before
    note_read(ani, "people", 1)
    assert ReadOfPersonal.objects.count() == 3


@pytest.fixture
def postgres(django_db_blocker: DjangoDbBlocker) -> Iterator[BaseDatabaseWrapper]:
    try:
        with a_server() as server, django_db_blocker.unblock():
            place = store_in(server.database())
            yield place.connection()
            place.store.close()
    except NoPostgres as reason:
        pytest.skip(str(reason))


def test_postgresql_refuses_the_same(postgres: BaseDatabaseWrapper) -> None:
    for table in TABLES:
        run(postgres, f"CREATE TABLE {table} (id bigint PRIMARY KEY, at bigint, officer bigint)")
        run(postgres, f"INSERT INTO {table} VALUES (1, 1, 1)")
    keep(postgres)
    refuses_all(postgres)
    run(postgres, f"INSERT INTO {TABLES[0]} VALUES (2, 2, 2)")
    release(postgres)
    run(postgres, f"DELETE FROM {TABLES[0]}")


def test_the_migration_sets_the_triggers_and_takes_them_off_again(real: Post) -> None:
    (path,) = Path(import_module("kawal_server.accounts").__file__ or "").parent.glob("migrations/0003_*.py")
    operation = import_module(f"kawal_server.accounts.migrations.{path.stem}").Migration.operations[-1]
    with connections["default"].schema_editor() as editor:
        operation.reverse_code(None, editor)
        operation.code(None, editor)
    note_event("created", officer("ani", "padal"))
    note_read(officer("budi", "padal"), "people", 1)
    refuses_all(connections["default"])

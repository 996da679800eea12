"""Erase what the post keeps about people, so that not even the database's unused pages hold it any more."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from django.apps import apps
from django.db import connections, models, transaction

from kawal_server.store.opened import close_all
from kawal_server.store.personal import PERSONAL, Personal


@dataclass(frozen=True, slots=True)
class Erased:
    """What was erased of a table. fields: those that were blanked; none where whole rows went."""

    table: str
    fields: tuple[str, ...]
    rows: int


def erase_personal() -> list[Erased]:
    """Erase all personal data in one transaction; twice is once. `squeeze` makes it final on the disk."""
    with connections["default"].cursor() as cursor:
        if connections["default"].vendor == "sqlite":
            cursor.execute("PRAGMA secure_delete = ON")
    with transaction.atomic():
        return [_erase(one) for one in PERSONAL]


def _erase(one: Personal) -> Erased:
    if one.is_kept:
        with _without_triggers(_model(one)._meta.db_table):
            return _erase_rows(one)
    return _erase_rows(one)


def _erase_rows(one: Personal) -> Erased:
    rows = _model(one)._default_manager.filter(**one.where)
    if one.blank:
        held = rows.exclude(**one.blank)
        return Erased(one.table, tuple(one.blank), held.update(**one.blank))
    count = rows.count()
    rows.delete()
    return Erased(one.table, (), count)


@contextmanager
def _without_triggers(table: str) -> Iterator[None]:
    """Lift the triggers that keep a table's rows, and put each back as it stood: inside the one transaction."""
    connection = connections["default"]
    name = connection.ops.quote_name(table)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"ALTER TABLE {name} DISABLE TRIGGER USER")
            yield
            cursor.execute(f"ALTER TABLE {name} ENABLE TRIGGER USER")
            return
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s", [table])
        triggers = cursor.fetchall()
        for trigger, _ in triggers:
            cursor.execute(f"DROP TRIGGER {connection.ops.quote_name(trigger)}")
        yield
        for _, statement in triggers:
            cursor.execute(statement)


def _model(one: Personal) -> type[models.Model]:
    return apps.get_model(one.table)


def is_erased() -> bool:
    """Whether nothing personal is left in the tables of the list."""
    return all(_left(one) == 0 for one in PERSONAL)


def _left(one: Personal) -> int:
    rows = _model(one)._default_manager.filter(**one.where)
    return (rows.exclude(**one.blank) if one.blank else rows).count()


def squeeze() -> None:
    """Rewrite the database so that erased rows are in no page of it. Nobody else may use it meanwhile.

    SQLite: VACUUM, and the write-ahead log cut to nothing. PostgreSQL: VACUUM FULL of the tables of the list; its own
    write-ahead log and its backups keep the old rows for as long as the server's settings say (docs/operate/close.md).
    """
    close_all()
    connection = connections["default"]
    if connection.vendor == "postgresql":
        _squeeze_tables(sorted({_model(one)._meta.db_table for one in PERSONAL}))
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        cursor.execute("VACUUM")
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _squeeze_tables(names: list[str]) -> None:
    connection = connections["default"]
    with connection.cursor() as cursor:
        for name in names:
            cursor.execute(f"VACUUM FULL {connection.ops.quote_name(name)}")


def rows_left() -> Mapping[str, int]:
    """How many rows each table of the post still holds, by its name; empty tables are left out."""
    kinds = [one for one in apps.get_models() if one._meta.app_label in ("store", "accounts", "sessions")]
    counted = {one._meta.label: one._default_manager.count() for one in kinds}
    return {name: count for name, count in sorted(counted.items()) if count}

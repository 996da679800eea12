"""The triggers that keep what is written about accounts: rows come, and none ever changes or goes.

Migration 0003 runs these statements as they stand here. A change is a new migration, never an edit.
"""

from django.db.backends.base.base import BaseDatabaseWrapper

TABLES = ("accounts_accountevent", "accounts_readofpersonal")
_WORD = "catatan akun hanya bertambah / the record of accounts is append-only"


def _sqlite(table: str) -> tuple[str, ...]:
    taken = f"EXISTS (SELECT 1 FROM {table} WHERE id = NEW.id)"
    refuse = f"BEGIN SELECT RAISE(ABORT, '{_WORD}'); END"
    return (
        f"CREATE TRIGGER {table}_update BEFORE UPDATE ON {table} {refuse}",
        f"CREATE TRIGGER {table}_delete BEFORE DELETE ON {table} {refuse}",
        # INSERT OR REPLACE deletes the row in its way without asking the trigger above.
        f"CREATE TRIGGER {table}_replace BEFORE INSERT ON {table} WHEN {taken} {refuse}",
    )


def _postgres(table: str) -> tuple[str, ...]:
    when = "BEFORE UPDATE OR DELETE OR TRUNCATE"
    return (f"CREATE TRIGGER {table}_keep {when} ON {table} FOR EACH STATEMENT EXECUTE FUNCTION accounts_keep()",)


def keep(connection: BaseDatabaseWrapper) -> None:
    """Let these tables only grow from now on."""
    is_sqlite = connection.vendor == "sqlite"
    with connection.cursor() as cursor:
        if not is_sqlite:
            cursor.execute(
                "CREATE FUNCTION accounts_keep() RETURNS trigger LANGUAGE plpgsql AS $$ "
                f"BEGIN RAISE EXCEPTION '{_WORD}'; END $$"
            )
        for table in TABLES:
            for statement in _sqlite(table) if is_sqlite else _postgres(table):
                cursor.execute(statement)


def release(connection: BaseDatabaseWrapper) -> None:
    """Take the triggers off again, before the tables themselves are dropped."""
    is_sqlite = connection.vendor == "sqlite"
    with connection.cursor() as cursor:
        for table in TABLES:
            for name in ("update", "delete", "replace") if is_sqlite else ("keep",):
                cursor.execute(f"DROP TRIGGER {table}_{name}" + ("" if is_sqlite else f" ON {table}"))
        if not is_sqlite:
            cursor.execute("DROP FUNCTION accounts_keep()")

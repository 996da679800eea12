"""Nobody changes or removes what stands in the ledger, not even with the database's own statements."""

from importlib import import_module

import pytest
from django.db import DatabaseError
from django.db.backends.base.base import BaseDatabaseWrapper

from kawal_server.store.ledger_tables import LedgerNotEmpty, drop_tables, make_tables
from kawal_server.store.port import StoreFailed
from tests.server.store.scene import Place, add, chain, check_ledger

REFUSED = [
    "UPDATE ledger_leaf SET jws = '' WHERE idx = 1",
    "UPDATE ledger_leaf SET received_at = received_at + 1",
    "DELETE FROM ledger_leaf",
    "DELETE FROM ledger_leaf WHERE idx = 2",
    "DELETE FROM ledger_log",
    "UPDATE ledger_log SET size = size - 1",
    "UPDATE ledger_log SET origin = 'elsewhere.example'",
    "UPDATE ledger_log SET name = 'elsewhere'",
    "UPDATE ledger_log SET edge = ''",
]
_REWRITE = "INTO ledger_leaf SELECT log, {}, {}, kid, seq, t, ts, 0, '' FROM ledger_leaf WHERE idx = 1"
REFUSED_BY_SQLITE = [
    "INSERT OR REPLACE " + _REWRITE.format("idx", "eid"),
    "INSERT OR REPLACE " + _REWRITE.format("idx + 99", "eid"),
    "REPLACE " + _REWRITE.format("idx", "'another'"),
    "REPLACE INTO ledger_log SELECT name, origin, 0, '' FROM ledger_log",
]
REFUSED_BY_POSTGRES = [
    "TRUNCATE ledger_leaf",
    "TRUNCATE ledger_log",
    "INSERT " + _REWRITE.format("idx", "eid") + " ON CONFLICT (log, idx) DO UPDATE SET jws = EXCLUDED.jws",
]


def run(connection: BaseDatabaseWrapper, statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def statements(base: Place) -> list[str]:
    is_sqlite = base.connection().vendor == "sqlite"
    return REFUSED + (REFUSED_BY_SQLITE if is_sqlite else REFUSED_BY_POSTGRES)


def test_no_statement_changes_or_removes_a_leaf_or_turns_a_log_back(base: Place) -> None:
    log = base.log()
    add(base, log, *chain("guard", 5))
    before = check_ledger(base.store, log), base.store.head(log)
    for statement in statements(base):
        with pytest.raises(DatabaseError, match="append-only"):
            run(base.connection(), statement)
        assert (check_ledger(base.store, log), base.store.head(log)) == before, statement


def test_a_log_still_grows_where_nothing_else_may_change(base: Place) -> None:
    log = base.log()
    add(base, log, *chain("guard", 5))
    assert add(base, log, *chain("kpps", 2)) == [(5, True), (6, True)]
    check_ledger(base.store, log)


def test_a_ledger_that_holds_events_is_not_dropped(base: Place) -> None:
    log = base.log()
    add(base, log, *chain("guard", 2))
    with pytest.raises(LedgerNotEmpty, match="another database"):
        drop_tables(base.connection())
    assert len(check_ledger(base.store, log)) == 2


def test_the_first_migration_makes_these_tables_and_unmakes_them_while_they_are_empty(empty: Place) -> None:
    (operation,) = import_module("kawal_server.store.migrations.0001_ledger").Migration.operations
    editor = empty.connection().schema_editor()
    log = empty.log()
    operation.reverse_code(None, editor)
    with pytest.raises(StoreFailed):
        empty.store.head(log)
    operation.code(None, editor)
    add(empty, empty.log(), *chain("guard", 1))
    with pytest.raises(LedgerNotEmpty):
        operation.reverse_code(None, editor)


def test_an_empty_ledger_is_dropped_and_made_again(empty: Place) -> None:
    empty.log()
    drop_tables(empty.connection())
    make_tables(empty.connection())
    assert add(empty, empty.log(), *chain("guard", 1)) == [(0, True)]

"""The ledger's own tables: two append-only logs, and the indexes that can be made again from them."""

from typing import ClassVar

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import StateApps

from kawal_server.store.ledger_tables import drop_tables, make_tables


def _make(_: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    make_tables(editor.connection)


def _drop(_: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    drop_tables(editor.connection)


class Migration(migrations.Migration):
    """Reversible only while the ledger is empty."""

    dependencies: ClassVar[list[tuple[str, str]]] = []
    operations: ClassVar[list[Operation]] = [migrations.RunPython(_make, _drop)]

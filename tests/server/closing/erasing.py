"""Erases a person at a post of its own, in the database of DATABASE_URL: `python -m tests.server.closing.erasing DIR`.

It prints one line of JSON: where the table lay before and lies after, and how many rows each table has left.
"""

import json
import sys
from pathlib import Path

from kawal_server import prepare

NAME = "Arif Setiawan Rahmadi"


def main(folder: Path) -> None:
    prepare.choose(folder)
    prepare.start_django()
    prepare.prepare()
    from django.db import connection

    from kawal_server.actions.erase_personal import erase_personal, rows_left, squeeze
    from kawal_server.store import personal
    from kawal_server.store.models import PersonRow

    table = PersonRow._meta.db_table

    def lies() -> tuple[str, bool]:
        with connection.cursor() as cursor:
            cursor.execute("CHECKPOINT")
            cursor.execute("SELECT current_setting('data_directory') || '/' || pg_relation_filepath(%s)", [table])
            path = str(cursor.fetchone()[0])
        return path, NAME.encode() in Path(path).read_bytes()

    PersonRow.objects.create(who="p-1", name=NAME, unit="polsek-530305", agency="polri")
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE FUNCTION kept() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'kept'; END $$"
        )
        cursor.execute(f"CREATE TRIGGER kept BEFORE DELETE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION kept()")
    personal.PERSONAL[0] = personal.Personal("store.PersonRow", is_kept=True)
    before = lies()
    erase_personal()
    squeeze()
    print(json.dumps({"before": before, "after": lies(), "left": dict(rows_left())}))


if __name__ == "__main__":
    main(Path(sys.argv[1]))

"""The ledger's tables in the words of each database: what they hold, and that they only ever grow.

Migration 0001 runs these statements as they stand here. A change to a table is a new migration, never an edit.

An event's row is never a foreign key's target or holder: a log is opened before it is written to, under the lock of
its head, and a check for each row would only cost. Text is compared byte by byte in both databases.
"""

from django.db.backends.base.base import BaseDatabaseWrapper

TABLES = ("ledger_device_head", "ledger_subject", "ledger_leaf", "ledger_log")

_APPEND_ONLY = "buku audit hanya bertambah: {} / the ledger is append-only: {}"
_LEAF = _APPEND_ONLY.format("daun tidak diubah dan tidak dihapus", "a leaf is never changed or deleted")
_LOG = _APPEND_ONLY.format(
    "ukuran tidak mengecil, asal tidak berganti, akar tidak bercabang", "no smaller size, no other origin, no fork"
)


class LedgerNotEmpty(RuntimeError):
    """The ledger holds leaves: it cannot be unmade."""


_SQLITE = (
    # `edge`: the complete subtrees' hashes, largest first, 32 bytes each, one after the other.
    """
    CREATE TABLE ledger_log (
        name TEXT PRIMARY KEY, origin TEXT NOT NULL, size INTEGER NOT NULL CHECK (size >= 0), edge BLOB NOT NULL
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE ledger_leaf (
        log TEXT NOT NULL, idx INTEGER NOT NULL CHECK (idx >= 0), eid TEXT NOT NULL, kid TEXT NOT NULL,
        seq INTEGER NOT NULL, t TEXT NOT NULL, ts INTEGER NOT NULL, received_at INTEGER NOT NULL, jws BLOB NOT NULL,
        PRIMARY KEY (log, idx), UNIQUE (log, eid)
    )
    """,
    "CREATE INDEX ledger_leaf_type ON ledger_leaf (log, t, idx)",
    """
    CREATE TABLE ledger_subject (
        log TEXT NOT NULL, subject TEXT NOT NULL, idx INTEGER NOT NULL, PRIMARY KEY (log, subject, idx)
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE ledger_device_head (
        log TEXT NOT NULL, kid TEXT NOT NULL, seq INTEGER NOT NULL, idx INTEGER NOT NULL, eid TEXT NOT NULL,
        ts INTEGER NOT NULL, received_at INTEGER NOT NULL, count INTEGER NOT NULL, PRIMARY KEY (log, kid)
    ) WITHOUT ROWID
    """,
    f"CREATE TRIGGER ledger_leaf_update BEFORE UPDATE ON ledger_leaf BEGIN SELECT RAISE(ABORT, '{_LEAF}'); END",
    f"CREATE TRIGGER ledger_leaf_delete BEFORE DELETE ON ledger_leaf BEGIN SELECT RAISE(ABORT, '{_LEAF}'); END",
    # INSERT OR REPLACE deletes the row in its way without asking the trigger above.
    f"""
    CREATE TRIGGER ledger_leaf_replace BEFORE INSERT ON ledger_leaf
    WHEN EXISTS (SELECT 1 FROM ledger_leaf WHERE log = NEW.log AND idx = NEW.idx)
        OR EXISTS (SELECT 1 FROM ledger_leaf WHERE log = NEW.log AND eid = NEW.eid)
    BEGIN SELECT RAISE(ABORT, '{_LEAF}'); END
    """,
    f"""
    CREATE TRIGGER ledger_log_update BEFORE UPDATE ON ledger_log
    WHEN NEW.name <> OLD.name OR NEW.origin <> OLD.origin OR NEW.size < OLD.size
        OR (NEW.size = OLD.size AND NEW.edge <> OLD.edge)
    BEGIN SELECT RAISE(ABORT, '{_LOG}'); END
    """,
    f"CREATE TRIGGER ledger_log_delete BEFORE DELETE ON ledger_log BEGIN SELECT RAISE(ABORT, '{_LOG}'); END",
    f"""
    CREATE TRIGGER ledger_log_replace BEFORE INSERT ON ledger_log
    WHEN EXISTS (SELECT 1 FROM ledger_log WHERE name = NEW.name)
    BEGIN SELECT RAISE(ABORT, '{_LOG}'); END
    """,
)

_POSTGRES = (
    """
    CREATE TABLE ledger_log (
        name text COLLATE "C" PRIMARY KEY, origin text COLLATE "C" NOT NULL,
        size bigint NOT NULL CHECK (size >= 0), edge bytea NOT NULL
    )
    """,
    """
    CREATE TABLE ledger_leaf (
        log text COLLATE "C" NOT NULL, idx bigint NOT NULL CHECK (idx >= 0), eid text COLLATE "C" NOT NULL,
        kid text COLLATE "C" NOT NULL, seq bigint NOT NULL, t text COLLATE "C" NOT NULL, ts bigint NOT NULL,
        received_at bigint NOT NULL, jws bytea NOT NULL, PRIMARY KEY (log, idx), UNIQUE (log, eid)
    )
    """,
    # A JWS is base64 of what is signed: it does not compress, and trying costs more than all the rest of the row.
    "ALTER TABLE ledger_leaf ALTER COLUMN jws SET STORAGE EXTERNAL",
    "CREATE INDEX ledger_leaf_type ON ledger_leaf (log, t, idx)",
    """
    CREATE TABLE ledger_subject (
        log text COLLATE "C" NOT NULL, subject text COLLATE "C" NOT NULL, idx bigint NOT NULL,
        PRIMARY KEY (log, subject, idx)
    )
    """,
    """
    CREATE TABLE ledger_device_head (
        log text COLLATE "C" NOT NULL, kid text COLLATE "C" NOT NULL, seq bigint NOT NULL, idx bigint NOT NULL,
        eid text COLLATE "C" NOT NULL, ts bigint NOT NULL, received_at bigint NOT NULL, count bigint NOT NULL,
        PRIMARY KEY (log, kid)
    )
    """,
    f"""
    CREATE FUNCTION ledger_keep_leaf() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION '{_LEAF}'; END $$
    """,
    f"""
    CREATE FUNCTION ledger_keep_log() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION '{_LOG}'; END $$
    """,
    """
    CREATE TRIGGER ledger_leaf_keep BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger_leaf
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_keep_leaf()
    """,
    """
    CREATE TRIGGER ledger_log_update BEFORE UPDATE ON ledger_log FOR EACH ROW
    WHEN (NEW.name <> OLD.name OR NEW.origin <> OLD.origin OR NEW.size < OLD.size
        OR (NEW.size = OLD.size AND NEW.edge <> OLD.edge))
    EXECUTE FUNCTION ledger_keep_log()
    """,
    """
    CREATE TRIGGER ledger_log_keep BEFORE DELETE OR TRUNCATE ON ledger_log
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_keep_log()
    """,
)


def make_tables(connection: BaseDatabaseWrapper) -> None:
    """Make the ledger's tables, empty, with the triggers that keep them."""
    with connection.cursor() as cursor:
        for statement in _SQLITE if connection.vendor == "sqlite" else _POSTGRES:
            cursor.execute(statement)


def drop_tables(connection: BaseDatabaseWrapper) -> None:
    """Drop the ledger's tables again, where nothing was ever written to them.

    Raises: LedgerNotEmpty.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM ledger_leaf")
        (count,) = cursor.fetchone()
        if count:
            raise LedgerNotEmpty(
                f"buku audit berisi {count} peristiwa dan tidak dihapus; pakai basis data lain / "
                f"the ledger holds {count} events and is not dropped; use another database"
            )
        for table in TABLES:
            cursor.execute(f"DROP TABLE {table}")
        if connection.vendor == "postgresql":
            cursor.execute("DROP FUNCTION ledger_keep_leaf()")
            cursor.execute("DROP FUNCTION ledger_keep_log()")

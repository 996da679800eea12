"""The doctor: is this machine fit to run Kawal, and what is missing?"""

import os
import platform
import shutil
import sqlite3
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kawal.ledger.event import read_event, sign_event
from kawal.ledger.keys import BadKey, PublicKey, check_key, ed25519_from_seed
from kawal_cli.words import say
from kawal_machine.files import write_whole

LEAST_FREE_BYTES = 500_000_000
LEAST_SQLITE = (3, 35, 0)
CONNECT_S = 5


@dataclass(frozen=True, slots=True)
class Sign:
    """One thing looked at. `is_needed`: without it Kawal does not work here."""

    name: str
    is_well: bool
    says: str
    is_needed: bool = True


def examine() -> Iterator[Sign]:
    """Look at Python, the signature library, the disk, the region codes, and the database the post would use."""
    yield Sign("python", (3, 11) <= sys.version_info < (3, 15), platform.python_version())
    yield _signatures()
    yield _disk()
    yield _regions()
    yield _database()
    go = shutil.which("go")
    yield Sign(
        "go", go is not None, go or say("hanya untuk uji pemeriksa luar", "only for the outside verifier's test"), False
    )


def _signatures() -> Sign:
    key = ed25519_from_seed(bytes(32))
    payload = {"v": 1, "t": "ledger.head", "seq": 1, "prev": "A" * 43, "ts": 0, "n": 0, "eid": "A" * 43}
    read_event(sign_event(payload, key)).check(key.public)
    try:
        check_key(PublicKey("Ed25519", bytes(32)))
    except BadKey:
        return Sign("libsodium", True, say("Ed25519 ditandatangani dan diperiksa", "Ed25519 signed and verified"))
    return Sign("libsodium", False, say("menerima kunci lemah: perbarui PyNaCl", "accepts a weak key: update PyNaCl"))


def _disk() -> Sign:
    with tempfile.TemporaryDirectory() as folder:
        write_whole(Path(folder) / "probe", b"kawal", is_durable=True)
        free = shutil.disk_usage(folder).free
    megabytes = free // 1_000_000
    return Sign("disk", free > LEAST_FREE_BYTES, say(f"{megabytes} MB bebas", f"{megabytes} MB free"))


def _database() -> Sign:
    url = os.environ.get("DATABASE_URL")
    if not url:
        return Sign("sqlite", sqlite3.sqlite_version_info >= LEAST_SQLITE, sqlite3.sqlite_version)
    import psycopg

    try:
        with psycopg.connect(url, connect_timeout=CONNECT_S) as connection:
            return Sign("postgresql", True, str(connection.info.server_version))
    except psycopg.Error as error:
        why = str(error).strip().splitlines()[0]
        return Sign("postgresql", False, say(f"DATABASE_URL tidak tersambung: {why}", f"DATABASE_URL: {why}"))


def _regions() -> Sign:
    from kawal_machine.regions import official_codes

    codes = official_codes()
    return Sign("wilayah", codes.region("5303").name != "", codes.version)

"""Whoever owns the machine can bring the only operator back in, and that is written down."""

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

from tests.server.served import environment


def password(data: Path, *flags: str) -> str:
    command = [sys.executable, "-m", "kawal_cli.main", "password", "--data", str(data), *flags]
    done = subprocess.run(command, env=environment(), capture_output=True, text=True, check=True, timeout=120)
    return done.stdout.strip()


def kinds(data: Path) -> list[str]:
    with closing(sqlite3.connect(data / "kawal.sqlite3")) as database:
        return [kind for (kind,) in database.execute("SELECT kind FROM accounts_accountevent ORDER BY id")]


def test_a_new_password_and_a_lost_factor_leave_their_events(tmp_path: Path) -> None:
    data = tmp_path / "data"
    assert len(password(data)) > 20
    with closing(sqlite3.connect(data / "kawal.sqlite3")) as database, database:
        database.execute(
            "INSERT INTO accounts_factorrow (kind, name, secret, credential, rp, counter, made_at, officer_id) "
            "SELECT 'totp', 'hilang', x'00', '', '', 0, 0, id FROM accounts_officer"
        )
    password(data)
    assert kinds(data) == ["password-changed"] * 2
    password(data, "--lost-factor")
    assert kinds(data)[2:] == ["password-changed", "factor-reset"]
    with closing(sqlite3.connect(data / "kawal.sqlite3")) as database:
        assert database.execute("SELECT count(*) FROM accounts_factorrow").fetchone() == (0,)

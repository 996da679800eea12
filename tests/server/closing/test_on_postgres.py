"""Erasing on PostgreSQL: the table is written anew, and its new file holds nobody; kept tables are erased too."""

import json
import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import quote

import pytest

from tests.server.postgres import NoPostgres, Server, a_server

ROOT = Path(__file__).parents[3]


def url(server: Server) -> str:
    found = server.database()
    return f"postgres://{found['USER']}@{quote(str(found['HOST']), safe='')}:{found.get('PORT') or ''}/{found['NAME']}"


def test_the_rewritten_table_holds_nobody(tmp_path: Path) -> None:
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("KAWAL_", "DJANGO_"))}
    try:
        with a_server() as server:
            if server.folder is None:
                pytest.skip("the server of KAWAL_TEST_PG keeps its files to itself")
            done = subprocess.run(
                [sys.executable, "-m", "tests.server.closing.erasing", str(tmp_path / "data")],
                cwd=ROOT,
                env={**environment, "DATABASE_URL": url(server)},
                check=True,
                capture_output=True,
                text=True,
                timeout=120,
            )
    except NoPostgres as error:
        pytest.skip(str(error))
    said = json.loads(done.stdout.splitlines()[-1])
    (before, was_there), (after, is_there) = said["before"], said["after"]
    assert was_there
    assert not is_there
    assert before != after
    assert "store.PersonRow" not in said["left"]

"""`kawal init` does from the terminal what the page Operasi does, and refuses what it refuses."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.server.lists.files import xlsx
from tests.server.operasi import lists
from tests.server.served import environment

NAMED = ("--name", "Operasi Uji", "--area", "530305,530308,530310", "--vote-day", "2024-11-27")


def init(data: Path, *options: str, language: str = "id") -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "kawal_cli.main", "init", "--data", str(data), *options]
    return subprocess.run(
        command, env=environment() | {"KAWAL_LANG": language}, capture_output=True, text=True, check=False, timeout=120
    )


@pytest.fixture
def decree(tmp_path: Path) -> Path:
    path = tmp_path / "tps.xlsx"
    path.write_bytes(lists.decree())
    return path


def test_without_lists_it_says_what_to_do_in_the_browser(tmp_path: Path) -> None:
    done = init(tmp_path / "data")
    assert done.returncode == 0, done.stderr
    assert "sandi:" in done.stdout
    assert "halaman Operasi" in done.stdout
    assert (tmp_path / "data" / "kawal.sqlite3").is_file()
    again = init(tmp_path / "data", language="en")
    assert "password:" not in again.stdout
    assert "the page Operation" in again.stdout


def test_lists_open_the_operation_and_more_of_them_add_to_it(tmp_path: Path, decree: Path) -> None:
    data, schedule = tmp_path / "data", tmp_path / "jadwal.xlsx"
    schedule.write_bytes(lists.schedule())
    done = init(data, *NAMED, "--stations", str(decree), "--decree", "108")
    assert done.returncode == 0, done.stdout + done.stderr
    assert f"boxes {lists.BOXES}" in done.stdout
    assert "upacara kunci" in done.stdout
    more = init(data, "--sessions", str(schedule))
    assert more.returncode == 0, more.stdout + more.stderr
    assert "sessions 6" in more.stdout
    assert os.stat(data / "keys" / "admin-kpu.key").st_mode & 0o77 == 0


def test_what_is_in_doubt_needs_a_yes(tmp_path: Path, decree: Path) -> None:
    doubtful = init(tmp_path / "data", *NAMED, "--stations", str(decree), "--decree", "110")
    assert doubtful.returncode == 1
    assert "tertulis 110 TPS, terbaca 108" in doubtful.stdout
    assert not (tmp_path / "data" / "logs" / "kotak").exists()
    sure = init(tmp_path / "data", *NAMED, "--stations", str(decree), "--decree", "110", "--yes")
    assert sure.returncode == 0, sure.stderr


def test_rows_in_error_are_refused_even_with_a_yes(tmp_path: Path) -> None:
    rows = [list(row) for row in lists.decree_rows()]
    rows[6][3] = "tiga"
    path = tmp_path / "salah.xlsx"
    path.write_bytes(xlsx(rows))
    done = init(tmp_path / "data", *NAMED, "--stations", str(path), "--yes")
    assert done.returncode == 2
    assert "bukan nomor atau jumlah TPS" in done.stdout


def test_an_operation_without_a_name_or_area_is_refused(tmp_path: Path, decree: Path) -> None:
    done = init(tmp_path / "data", "--stations", str(decree))
    assert done.returncode == 2
    assert "Tulis nama" in done.stderr

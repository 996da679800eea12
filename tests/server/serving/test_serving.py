"""A post that runs: it starts without a terminal, stops when asked, and never keeps half of what it was sent."""

import contextlib
import socket
import subprocess
import sys
import threading
from http.client import HTTPException
from pathlib import Path
from random import Random
from typing import Any

import pytest

from kawal_cli.verify import verify
from tests.mission.custody.operation import BOX, VOTE, Operation
from tests.outside.verifier import missing, verify_outside
from tests.server.served import START_S, Served, begin, environment, serving

LIMIT = 32 * 1024 * 1024


def policy() -> bytes:
    from kawal.ledger.keys import ed25519_from_seed
    from kawal.ledger.note import LOG_SIGNATURE, NoteKey
    from tests.server.served import ORIGIN, SEED

    return f"log {NoteKey(ORIGIN, LOG_SIGNATURE, ed25519_from_seed(SEED).public.x).vkey()}\nquorum none\n".encode()


@pytest.fixture
def operation() -> Operation:
    return Operation(policy=policy())


@pytest.fixture
def running(tmp_path: Path, operation: Operation) -> Any:
    begin(tmp_path / "data", operation)
    with serving(tmp_path / "data") as served:
        yield served


def test_the_first_start_prints_a_password_once_and_the_address(tmp_path: Path) -> None:
    with serving(tmp_path / "data") as first:
        assert sum("sandi" in line.lower() and "operator" in line for line in first.said) == 1
        word = first.said[0].rsplit(" ", 1)[1].strip()
        assert first.ask("GET", "/")[0] == 200
        assert first.stop() == 0
    with serving(tmp_path / "data") as second:
        assert all(word not in line for line in second.said)
        assert second.stop() == 0


def test_a_taken_port_is_said_and_nothing_is_made(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        done = tool("serve", "--data", str(tmp_path / "data"), "--port", port)
    assert done.returncode == 2
    assert port in done.stderr
    assert "PORT=" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "data").exists()


def test_no_address_but_the_sign_in_page_answers_a_stranger(running: Served) -> None:
    assert running.ask("GET", "/")[0] == 200
    for path in ("/komando/", "/kotak/", "/serah-terima/", "/buku-audit/", "/operasi/", "/langsung/"):
        assert running.ask("GET", path)[0] in (302, 401), path


def test_a_body_over_32_mib_is_refused_by_its_length_alone(running: Served) -> None:
    assert raw(running, b"Content-Length: %d\r\n\r\n" % (LIMIT + 1)).startswith(b"HTTP/1.1 413")


def test_a_body_that_hides_its_length_is_refused_once_it_is_over_32_mib(running: Served) -> None:
    chunk = b"100000\r\n" + b"x" * 0x100000 + b"\r\n"
    assert b" 413" in raw(running, b"Transfer-Encoding: chunked\r\n\r\n" + chunk * 33 + b"0\r\n\r\n")[:40]


def test_a_body_that_breaks_off_leaves_nothing_behind(running: Served, operation: Operation) -> None:
    body = b"\n".join(operation.lines[1:])
    with socket.create_connection(("127.0.0.1", running.port)) as line:
        line.sendall(head(b"Content-Length: %d\r\n\r\n" % (len(body) + 10)) + body)
    assert [one["index"] for one in running.post(operation.lines[1:])] == list(range(1, len(operation.lines)))


def raw(served: Served, rest: bytes) -> bytes:
    with socket.create_connection(("127.0.0.1", served.port), timeout=30) as line:
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            line.sendall(head(rest))
        return line.recv(4096)


def head(rest: bytes) -> bytes:
    return b"POST /api/v1/kotak/batches HTTP/1.1\r\nHost: localhost\r\n" + rest


@pytest.mark.slow
def test_a_post_killed_while_it_takes_events_in_loses_none_it_acknowledged(
    tmp_path: Path, database: str | None, operation: Operation
) -> None:
    data = tmp_path / "data"
    begin(data, operation, database)
    for number in range(600):
        operation.say(operation.kpps, "custody.check", VOTE + number, box=BOX, seals=[], ok=True)
    acknowledged: dict[str, int] = {}
    dice = Random(7)
    with serving(data, database) as served:
        feed(served, operation.lines[1:], acknowledged, dice)
        served.process.wait(30)
    assert acknowledged
    with serving(data, database) as served:
        again = served.post(operation.lines[1:])
        indexes = {one["eid"]: one["index"] for one in again}
        assert {eid: indexes[eid] for eid in acknowledged} == acknowledged
        assert sorted(indexes.values()) == list(range(1, len(operation.lines)))
        until_published(served, len(operation.lines))
        assert served.stop() == 0
    assert list(verify(data / "logs" / "kotak"))
    assert tool("rebuild", "--check", "--data", str(data), database=database).returncode == 0


@pytest.mark.outside
@pytest.mark.skipif(missing() is not None, reason=missing() or "")
def test_an_export_of_the_running_post_verifies_with_tools_that_are_not_ours(
    running: Served, operation: Operation, tmp_path: Path
) -> None:
    for number in range(300):
        operation.say(operation.kpps, "custody.check", VOTE + number, box=BOX, seals=[], ok=True)
    running.post(operation.lines[1:])
    until_published(running, len(operation.lines))
    done = tool("export", str(tmp_path / "out"), "--data", str(tmp_path / "data"))
    assert done.returncode == 0, done.stderr
    assert list(verify(tmp_path / "out"))
    assert f"{len(operation.lines)}" in verify_outside(tmp_path / "out")


def tool(*words: str, database: str | None = None) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "kawal_cli.main", *words],
        env=environment(database),
        capture_output=True,
        text=True,
        timeout=START_S,
        check=False,
    )


def feed(served: Served, lines: list[bytes], acknowledged: dict[str, int], dice: Random) -> None:
    """Send overlapping batches until the post is gone, killed soon after its first answer; remember the answers."""
    start = 0
    killer = threading.Timer(dice.uniform(0.1, 0.6), served.kill)
    try:
        while start < len(lines):
            end = start + dice.randint(1, 12)
            for one in served.post(lines[max(0, start - 3) : end]):
                acknowledged[one["eid"]] = one["index"]
            if not start:
                killer.start()
            start = end
        while True:
            served.post(lines[:5])
    except (OSError, HTTPException, AssertionError, ValueError):
        # The connection may break at any byte of an answer: what is not fully read is not acknowledged.
        return


def until_published(served: Served, size: int) -> None:
    """Wait until the log's checkpoint covers all; the test's own time limit ends it otherwise."""
    while True:
        status, body = served.ask("GET", "/log/kotak/checkpoint")
        if status == 200 and int(body.split(b"\n")[1]) >= size:
            return


def test_a_second_post_on_the_same_folder_is_refused(running: Served, tmp_path: Path) -> None:
    done = tool("serve", "--data", str(tmp_path / "data"), "--port", "0")
    assert done.returncode == 2
    assert "folder ini" in done.stderr
    assert "Traceback" not in done.stderr
    assert running.ask("GET", "/")[0] == 200


@pytest.mark.parametrize("url", ["postgres://kawal@127.0.0.1:1/kawal", "mysql://x/y", "not a url"])
def test_a_database_that_is_not_there_is_said_in_a_sentence(tmp_path: Path, url: str) -> None:
    done = tool("serve", "--data", str(tmp_path / "data"), "--port", "0", database=url)
    assert done.returncode == 2
    assert "DATABASE_URL" in done.stderr
    assert "Traceback" not in done.stderr

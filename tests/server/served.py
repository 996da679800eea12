"""A post that really runs: `kawal serve` as a process of its own, on a port the system chose."""

import http.client
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.mission.custody.operation import Operation

ORIGIN = "kawal.example/uji/5303/kotak"
SEED = b"\x07" * 32
SECRET = "only-for-tests-only-for-tests-only-for-tests"
START_S = 60

_BEGIN = """
import sys
from pathlib import Path
from kawal_server import prepare
prepare.choose(Path(sys.argv[1])); prepare.start_django(); prepare.prepare()
from kawal_server.actions.begin_log import begin_log
from kawal_server.store.key_files import make_key
from kawal_server.store.opened import the_store
the_store().open_log("kotak", sys.argv[2])
make_key(Path(sys.argv[1]) / "keys" / "kotak.key", bytes.fromhex(sys.argv[3]))
begin_log("kotak", sys.stdin.buffer.read())
"""


def environment(database: str | None = None) -> dict[str, str]:
    """What the process inherits. database: a PostgreSQL URL; else SQLite."""
    kept = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "KAWAL_DATA", "PORT")}
    return kept | {"KAWAL_SECRET": SECRET} | ({"DATABASE_URL": database} if database else {})


def begin(data: Path, operation: Operation, database: str | None = None) -> None:
    """Set a post up for the kit's operation, in another process."""
    folder = data / "logs" / "kotak"
    folder.mkdir(parents=True)
    (folder / "policy").write_bytes(operation.policy)
    subprocess.run(
        [sys.executable, "-c", _BEGIN, str(data), ORIGIN, SEED.hex()],
        input=operation.lines[0],
        env=environment(database),
        check=True,
        timeout=START_S,
    )


class Served:
    """A running post. `said`: what it printed at the start."""

    def __init__(self, process: "subprocess.Popen[str]", said: list[str]) -> None:
        self.process = process
        self.said = said
        self.address = said[-1].strip()
        self.port = int(self.address.rstrip("/").rpartition(":")[2])

    def ask(self, method: str, path: str, body: bytes = b"", headers: Mapping[str, str] = {}) -> tuple[int, bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request(method, path, body=body, headers=dict(headers))
            response = connection.getresponse()
            return response.status, response.read()
        finally:
            connection.close()

    def post(self, lines: list[bytes], log: str = "kotak") -> list[dict[str, Any]]:
        status, body = self.ask("POST", f"/api/v1/{log}/batches", b"\n".join(lines))
        assert status == 200, body
        answers: list[dict[str, Any]] = json.loads(body)["answers"]
        return answers

    def kill(self) -> None:
        """As a power cut ends it, its worker too."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(30)

    def stop(self) -> int:
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(30)


@contextmanager
def serving(data: Path, database: str | None = None, *, command: str = "serve") -> Iterator[Served]:
    """Run a post until the block ends."""
    process = subprocess.Popen(
        [sys.executable, "-m", "kawal_cli.main", command, "--data", str(data), "--port", "0"],
        env=environment(database),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    try:
        yield Served(process, _until_address(process))
    finally:
        if process.poll() is None:
            process.terminate()
            process.wait(30)
        if process.stdout is not None:
            process.stdout.close()


def _until_address(process: "subprocess.Popen[str]") -> list[str]:
    said: list[str] = []
    assert process.stdout is not None
    for line in process.stdout:
        said.append(line)
        if line.startswith("http://"):
            return said
    raise AssertionError(f"the post did not start: {said}")

"""A real server in a process of its own, with what a test may do to its board and see of its streams."""

import os
import re
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
_ADDRESS = re.compile(r"running on (http://127\.0\.0\.1:\d+)")


@dataclass(frozen=True)
class Served:
    """A post at an address."""

    url: str
    folder: Path
    process: subprocess.Popen[str]

    def change(self, statement: str) -> None:
        """Do what the judge does: write, and count the version up."""
        with closing(sqlite3.connect(self.folder / "kawal.sqlite3", timeout=10)) as database, database:
            database.execute(statement)
            database.execute("UPDATE store_judged SET version = version + 1")

    def stop(self, seconds: float) -> int:
        """Ask it to end. Raises: TimeoutExpired where it does not within so many seconds."""
        self.process.terminate()
        return self.process.wait(seconds)


@contextmanager
def serve(folder: Path) -> Iterator[Served]:
    """Prepare a post in the folder and serve it on a free port until the end."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("KAWAL_", "DJANGO_"))}
    subprocess.run(
        [sys.executable, "-m", "tests.journeys.seeded", str(folder)], cwd=ROOT, env=environment, check=True, timeout=120
    )
    environment |= {"KAWAL_DATA": str(folder), "KAWAL_DEMO": "yes", "KAWAL_HOSTS": "127.0.0.1"}
    command = [sys.executable, "-m", "uvicorn", "kawal_server.asgi:application", "--port", "0", "--lifespan", "off"]
    process = subprocess.Popen(
        [*command, "--ws", "none", "--timeout-graceful-shutdown", "20"],
        cwd=ROOT,
        env=environment,
        stderr=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        text=True,
    )
    try:
        yield Served(_address(process), folder, process)
    finally:
        process.kill()
        process.wait(10)
        if process.stderr is not None:
            process.stderr.close()


def _address(process: subprocess.Popen[str]) -> str:
    assert process.stderr is not None
    heard = []
    for line in process.stderr:
        heard.append(line)
        if found := _ADDRESS.search(line):
            return found[1]
    raise AssertionError("the server did not start:\n" + "".join(heard))

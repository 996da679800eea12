"""A post to measure: set up for the logs of an export, and served by `kawal serve` as a process of its own.

`python -m bench.post DATA EXPORT` sets one up; the database is that of DATABASE_URL, else SQLite.
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

from kawal.ledger.log_of import LOG_NAMES
from kawal_cli import simulate
from kawal_cli.demonstrate import LEFT_OUT
from kawal_cli.reading import entries, read_heads
from kawal_cli.simulate.dice import seed_of
from kawal_cli.simulate.logs import DOMAIN, WITNESS_DELAYS
from kawal_machine.files import write_once
from kawal_server import prepare
from tests.server.postgres import NoPostgres, Server, a_server

SEED = 1
SECRET = "only-for-measuring-only-for-measuring"
STOP_S = 30


def environment(database: str | None = None, *, is_demo: bool = False) -> dict[str, str]:
    """What the processes of a post inherit. database: a PostgreSQL URL; else SQLite."""
    kept = {name: one for name, one in os.environ.items() if not name.startswith(("KAWAL_", "DJANGO_", "DATABASE_"))}
    demo = {"KAWAL_DEMO": "yes"} if is_demo else {}
    return kept | {"KAWAL_SECRET": SECRET} | demo | ({"DATABASE_URL": database} if database else {})


@dataclass(frozen=True)
class Served:
    """A running `kawal serve`. pid: of the process that answers; its worker is a child of it."""

    pid: int
    port: int

    @property
    def url(self) -> str:
        """The address, without a slash."""
        return f"http://127.0.0.1:{self.port}"


@contextmanager
def serving(data: Path, database: str | None = None, *, is_demo: bool = False) -> Iterator[Served]:
    """Run a post as operators do until the block ends."""
    process = subprocess.Popen(
        [sys.executable, "-m", "kawal_cli.main", "serve", "--data", str(data), "--port", "0"],
        env=environment(database, is_demo=is_demo),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    try:
        address = next(line for line in process.stdout if line.startswith("http://"))
        yield Served(process.pid, int(address.strip().rstrip("/").rpartition(":")[2]))
    finally:
        process.terminate()
        process.wait(STOP_S)
        process.stdout.close()


def simulated(out: Path, *, area: str, faults: str = "none", scale: float = 1.0) -> Path:
    """The export of a simulated operation; one that is there already is taken as it is.

    faults: "all" leaves out what intake refuses, as the demonstration does.
    """
    if not (out / "kotak" / "checkpoint").is_file():
        chosen = sorted(set(simulate.FAULTS) - LEFT_OUT) if faults == "all" else faults
        simulate.run(out, area=area.split(","), seed=SEED, faults=chosen, scale=scale)
    return out


def begin(data: Path, export: Path, database: str | None = None) -> None:
    """Set up a post for both logs of an export, in another process. database: a PostgreSQL URL; else SQLite."""
    command = [sys.executable, "-m", "bench.post", str(data), str(export)]
    subprocess.run(command, env=environment(database), check=True)


def start(data: Path, *, is_demo: bool = False) -> None:
    """Make Django ready in this process for the post of this folder."""
    prepare.choose(data, is_demo=is_demo)
    prepare.start_django()


def _begin(data: Path, export: Path) -> None:
    start(data)
    prepare.prepare()
    from kawal_server.actions.begin_log import begin_log
    from kawal_server.store.key_files import make_key
    from kawal_server.store.opened import the_store

    for name in LOG_NAMES:
        heads = read_heads(export / name)
        write_once(data / "logs" / name / "policy", (export / name / "policy").read_bytes())
        make_key(data / "keys" / f"{name}.key", seed_of(SEED, "log", name))
        for who in WITNESS_DELAYS:
            make_key(data / "keys" / f"witness-{name}-{who}.{DOMAIN}.key", seed_of(SEED, "saksi", who, name))
        the_store().open_log(name, heads.newest.origin)
        begin_log(name, next(iter(entries(export / name, 1))))


@contextmanager
def databases() -> Iterator[list[tuple[str, Server | None]]]:
    """SQLite, and PostgreSQL where this machine has one, by name."""
    try:
        with a_server() as server:
            yield [("SQLite", None), ("PostgreSQL", server)]
    except NoPostgres as reason:
        print(f"PostgreSQL is left out: {reason}", file=sys.stderr)
        yield [("SQLite", None)]


def url_of(server: Server | None) -> str | None:
    """DATABASE_URL of a new empty database; None for SQLite."""
    if server is None:
        return None
    found: dict[str, Any] = server.database()
    who = f"{quote(str(found['USER']))}:{quote(str(found.get('PASSWORD') or ''))}"
    return f"postgres://{who}@{quote(str(found['HOST']), safe='')}:{found.get('PORT') or ''}/{found['NAME']}"


def cpu_of(pid: int) -> float:
    """Seconds of processor time of a running process, those of its children that ended among them."""
    words = Path(f"/proc/{pid}/stat").read_text().rpartition(") ")[2].split()
    return sum(map(int, words[11:15])) / os.sysconf("SC_CLK_TCK")


def cpu_of_server(server: Server | None) -> float:
    """Seconds of processor time of a database server's processes, those that ended among them."""
    while server is not None and server.folder is not None:
        first, *children = server.pids()
        try:
            return cpu_of(first) + sum(cpu_of(pid) for pid in children)
        except FileNotFoundError:
            continue  # One ended meanwhile: its time is the first one's from now on.
    return 0.0


if __name__ == "__main__":
    _begin(Path(sys.argv[1]), Path(sys.argv[2]))

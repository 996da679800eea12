"""One work on a post in a process of its own; its last line says all.

`fill DATA EXPORT [SHARE]`, `judge DATA`, `pages DATA` or `officer DATA PASSWORD`. The database is that of
DATABASE_URL, else SQLite; the post must have been set up by `bench.post.begin`.
"""

import json
import resource
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from statistics import median
from typing import Any

from bench.post import start
from kawal_cli.demonstrate import Play, Step

BATCH = 1_000
MERGED_S = 7_200
WARM_UP = 3
TIMES = 15
PANELS = ("corong", "tindakan", "pleno", "kecamatan", "papan", "umur", "usang", "jam", "laju")
Answer = dict[str, Any]


class Clocks:
    """Seconds of wall and of processor time, by what they were spent on."""

    def __init__(self) -> None:
        self.took: dict[str, float] = {}

    @contextmanager
    def on(self, name: str) -> Iterator[None]:
        wall, cpu = time.perf_counter(), time.process_time()
        yield
        for kind, seconds in (("wall", time.perf_counter() - wall), ("cpu", time.process_time() - cpu)):
            self.took[f"{name}_{kind}"] = self.took.get(f"{name}_{kind}", 0.0) + seconds


def fill(data: Path, export: str, share: str = "1") -> Answer:
    """Bring an export into a post in the order it grew: files kept, events taken in, and published every two hours.

    share: of its steps, the first so many.
    """
    start(data, is_demo=True)
    from kawal_server import clock
    from kawal_server.actions.take_in import take_in
    from kawal_server.actions.work import Worker
    from kawal_server.store.evidence import the_blobs

    play, worker, clocks, events = Play(Path(export)), Worker(), Clocks(), 0
    steps = merged(play.steps)
    for step in steps[: round(len(steps) * float(share))]:
        with clocks.on("files"):
            for name, content in play.files(step):
                the_blobs().of(step.log).keep(content, name)
        lines = play.lines(step)
        with clocks.on("intake"):
            for at in range(0, len(lines), BATCH):
                answers = take_in(step.log, lines[at : at + BATCH], received_at=step.at)
                assert [one.reason for one in answers if one.reason] == []
        with clocks.on("publish"):
            worker.publish(step.at)
        events += len(lines)
    worker.close()
    clock.set_to(step.at + MERGED_S, speed=1, is_paused=True)
    return {"events": events, "database": _database_bytes(data), "logs": _folder_bytes(data / "logs"), **clocks.took}


def merged(steps: list[Step]) -> list[Step]:
    """Join what reached one log within two hours: the past needs no finer checkpoints."""
    joined: dict[tuple[str, int], Step] = {}
    for step in steps:
        before = joined.get((step.log, step.at // MERGED_S))
        joined[step.log, step.at // MERGED_S] = replace(step, start=before.start) if before else step
    return sorted(joined.values(), key=lambda step: (step.at, step.log))


def _database_bytes(data: Path) -> int:
    from django.db import connection

    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            return (data / "kawal.sqlite3").stat().st_size
        cursor.execute("SELECT pg_database_size(current_database())")
        return int(cursor.fetchone()[0])


def _folder_bytes(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def judge(data: Path) -> Answer:
    """Judge a filled post from nothing, and then once more as its worker does after each arrival."""
    start(data, is_demo=True)
    from kawal_server import clock
    from kawal_server.actions.judge import Judge
    from kawal_server.store.models import BoxLine, FindingLine
    from kawal_server.store.opened import the_store

    at, clocks, judge = clock.now(), Clocks(), Judge(the_store())
    with clocks.on("first"):
        judge.tell(at=at)
    with clocks.on("again"):
        judge.tell(at=at + 60)
    return {"boxes": BoxLine.objects.count(), "findings": FindingLine.objects.count(), **clocks.took}


def pages(data: Path) -> Answer:
    """Time the pages of a judged post as an operator asks for them: (median milliseconds, queries) of each."""
    start(data, is_demo=True)
    from django.test import Client

    from kawal_server.accounts.doors import open_door
    from kawal_server.accounts.models import Officer

    client = Client(HTTP_HOST="localhost")
    made, _ = Officer.objects.get_or_create(username="bench", defaults={"office": "operator"})
    client.force_login(made)
    session = client.session
    open_door(session, made, is_proved=True)
    session.save()
    part = {"HX-Request": "true"}
    asked: dict[str, Callable[[], Any]] = {
        "Komando, the whole page": lambda: client.get("/komando/"),
        **{f"Komando, {name}": lambda name=name: client.get(f"/komando/{name}/") for name in PANELS},  # type: ignore[misc]
        "Komando, the map": lambda: client.get("/komando/peta.json"),
        "Kotak, the list": lambda: client.get("/kotak/"),
        "Kotak, page 100 by last seen": lambda: client.get("/kotak/?urut=terlihat&halaman=100", headers=part),
        "Kotak, found by a part of a name": lambda: client.get("/kotak/?cari=" + _middle_box()[:10], headers=part),
        "a box, as most are": lambda: client.get(f"/kotak/{_middle_box()}/"),
        "a box, the longest life": lambda: client.get(f"/kotak/{_longest_box()}/"),
        "Serah terima": lambda: client.get("/serah-terima/"),
        "Buku audit": lambda: client.get("/buku-audit/"),
    }
    return {name: _timed(ask) for name, ask in asked.items()}


def officer(data: Path, password: str) -> Answer:
    """Let an officer of this password sign in: an auditor, whose password is enough."""
    start(data, is_demo=True)
    from kawal_server.accounts.models import Officer

    made, _ = Officer.objects.get_or_create(username="bench-reader", defaults={"office": "auditor"})
    made.set_password(password)
    made.save()
    return {}


def _timed(ask: Callable[[], Any]) -> tuple[float, int]:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    for _ in range(WARM_UP):
        answer = ask()
        assert answer.status_code == 200, answer.status_code
    walls = []
    for _ in range(TIMES):
        wall = time.perf_counter()
        ask()
        walls.append((time.perf_counter() - wall) * 1e3)
    with CaptureQueriesContext(connection) as queries:
        ask()
    return median(walls), len(queries)


def _middle_box() -> str:
    from kawal_server.store.models import BoxLine

    boxes = BoxLine.objects.filter(seen_at__isnull=False).values_list("box", flat=True)
    return str(boxes[len(boxes) // 2])


def _longest_box() -> str:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT subject FROM ledger_subject JOIN store_boxline ON box = subject"
            " GROUP BY subject ORDER BY count(*) DESC, subject LIMIT 1"
        )
        return str(cursor.fetchone()[0])


def main(arguments: list[str]) -> Answer:
    works: dict[str, Callable[..., Answer]] = {"fill": fill, "judge": judge, "pages": pages, "officer": officer}
    answer = works[arguments[0]](Path(arguments[1]), *arguments[2:])
    return {**answer, "peak_kb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss}


if __name__ == "__main__":
    print(json.dumps(main(sys.argv[1:])))

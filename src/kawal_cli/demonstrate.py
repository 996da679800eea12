"""The demonstration of `make run`: a real district's operation, played with faults into a real post, faster than life.

The simulator writes the whole operation first. The part before the opening moment goes through intake, publishing and
judging at once, each batch at its own time; the rest is posted to the running server as phones would, when the post's
clock comes to it.
"""

import json
import threading
import urllib.error
import urllib.request
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from kawal.custody.naming import files_named
from kawal.ledger.encoding import blob_name
from kawal.ledger.event import read_event
from kawal.ledger.log_of import LOG_NAMES, PENGAMANAN, LogName
from kawal.ledger.reading import Witnessed
from kawal_cli import simulate
from kawal_cli.lay_out_command import lay_out_command
from kawal_cli.lay_out_guard import lay_out_guard
from kawal_cli.lay_out_risk import lay_out_risk
from kawal_cli.lay_out_roster import lay_out_roster
from kawal_cli.reading import Progress, entries, read_heads
from kawal_cli.serve import CannotServe
from kawal_cli.simulate.dice import seed_of
from kawal_cli.simulate.logs import DOMAIN, WITNESS_DELAYS
from kawal_cli.words import say

if TYPE_CHECKING:
    from kawal_server.store.models import Operation

TIMOR_TENGAH_UTARA = "5303"
SHOWN_KECAMATAN = 19
SPEED = 60
# Intake refuses what this fault needs: events of a phone that nobody enrolled never enter a log.
LEFT_OUT = frozenset({"unenrolled-device"})
LATER_S = 3600
MERGED_S = 1800
ARRIVES_S = 60
"""What arrived within a minute arrives together."""
AHEAD_S = 600
WAIT_S = 0.25
TIMEOUT_S = 30
BATCH = 1_000


class DemoFailed(RuntimeError):
    """The post did not take what the demonstration brought it."""


@dataclass(frozen=True, slots=True)
class Step:
    """What reached a log at one time (UNIX seconds): leaves [start, end)."""

    at: int
    log: LogName
    start: int
    end: int


class Play:
    """The simulated operation as a series of arrivals."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._entries: dict[LogName, list[bytes]] = {}
        steps: list[Step] = []
        for name in LOG_NAMES:
            heads = read_heads(folder / name)
            self._entries[name] = list(entries(folder / name, heads.newest.size))
            start, since = 0, 0
            for size, at in _arrivals(heads.witnessed):
                steps.extend(self._cut(Step(at, name, start, size), since))
                start, since = size, at
        self.steps = sorted(steps, key=lambda step: (step.at, step.log))

    def _cut(self, step: Step, since: int) -> Iterator[Step]:
        """Spread what a checkpoint brought over the minutes since the one before: a post in service hears it at once.

        The log's order is the order of arrival, and nothing arrives before it was signed. A clock that is far ahead
        of the checkpoint says nothing.
        """
        at, start = since, step.start
        for place, line in enumerate(self.lines(step), step.start):
            signed = read_event(line).event.ts
            is_ahead = signed > step.at + AHEAD_S
            arrives = at if is_ahead else min(step.at, -(-signed // ARRIVES_S) * ARRIVES_S)
            if arrives > at:
                if place > start:
                    yield Step(at, step.log, start, place)
                at, start = arrives, place
        yield Step(at, step.log, start, step.end)

    def lines(self, step: Step) -> list[bytes]:
        """The events of a step."""
        return self._entries[step.log][step.start : step.end]

    def all_lines(self, log: LogName) -> list[bytes]:
        """Every event of a log, as it stands at the end."""
        return self._entries[log]

    def files(self, step: Step) -> Iterator[tuple[str, bytes]]:
        """The manifests and photos that the step's events name: (SHA-256 in hex, bytes)."""
        for line in self.lines(step):
            for named in files_named(read_event(line).event):
                path = self.folder / step.log / "blobs" / blob_name(named)
                if path.is_file():
                    yield path.name, path.read_bytes()

    def opening(self, shown: int = SHOWN_KECAMATAN) -> int:
        """A moment when the plenos of `shown` kecamatan are known to be closed, and no other's: UNIX seconds."""
        closed: dict[str, set[str]] = {}
        done: dict[str, int] = {}
        for step in self.steps:
            for event in (read_event(line).event for line in self.lines(step)):
                if event.t == "pleno.close" and event.payload.get("level") == "district":
                    area = str(event.payload.get("area"))
                    closed.setdefault(area, set()).add(str(event.payload.get("election")))
                    if len(closed[area]) == 2:
                        done[area] = step.at
        times = sorted(done.values())
        if len(times) < shown:
            return self.steps[-1].at
        after = times[shown] - 60 if len(times) > shown else times[-1] + LATER_S
        return max(times[shown - 1], min(times[shown - 1] + LATER_S, after))


def _arrivals(heads: Iterable[Witnessed]) -> list[tuple[int, int]]:
    """When the log had grown to which size, both rising: a late witness may date a small tree after a larger one."""
    arrivals: list[tuple[int, int]] = []
    for one in sorted(heads, key=lambda head: head.size, reverse=True):
        if not arrivals or one.size < arrivals[-1][0]:
            arrivals.append((one.size, min(one.at, arrivals[-1][1]) if arrivals else one.at))
    return [(size, at) for size, at in reversed(arrivals) if size]


def simulated(folder: Path, *, seed: int, progress: Progress | None = None) -> Play:
    """The played operation of Timor Tengah Utara, written on the first run and read again after that."""
    if not (folder / "DEMO.txt").is_file():
        faults = sorted(set(simulate.FAULTS) - LEFT_OUT)
        simulate.run(folder, area=[TIMOR_TENGAH_UTARA], seed=seed, faults=faults, progress=progress)
    return Play(folder)


def begin(play: Play, *, seed: int, shown: int = SHOWN_KECAMATAN, progress: Progress | None = None) -> int:
    """Bring a post up to the opening moment, once; gives it. Django must be ready and the tables there.

    shown: so many plenos are closed by then.

    Raises: DemoFailed, CannotServe where the folder holds a real operation.
    """
    from kawal_server import clock
    from kawal_server.actions.work import Worker
    from kawal_server.store.models import Judged
    from kawal_server.store.opened import the_store

    _refuse_real()
    opening = play.opening(shown)
    if Judged.objects.exists():
        row = clock.row()
        last = max(Judged.objects.get().now, int(row.shown_at) if row else 0)
        clock.set_to(last, speed=row.speed if row else SPEED, is_paused=row.is_paused if row else False)
        return last
    operation = _lay_out(play, seed, opening)
    store, worker = the_store(), Worker()
    past = _merged([step for step in play.steps if step.at <= opening])
    for number, step in enumerate(past):
        if progress is not None:
            progress(say("memutar ulang", "replaying"), number, len(past))
        if store.head(step.log).size < step.end:
            clock.set_to(step.at, speed=SPEED, is_paused=True)
            _take(play, step)
            worker.publish(step.at)
    clock.set_to(opening, speed=SPEED, is_paused=True)
    worker.tell(is_due=True)
    worker.close()
    lay_out_roster(operation, now=opening)
    clock.set_to(opening, speed=SPEED, is_paused=False)
    return opening


def _refuse_real() -> None:
    """Leave a real operation alone: a clock that runs sixty times as fast would make every deadline of it false."""
    from kawal_server.store.models import Operation
    from kawal_server.store.opened import the_store

    operation = Operation.objects.first()
    has_begun = any(the_store().origin(name) is not None for name in LOG_NAMES)
    if has_begun if operation is None else not operation.is_demo:
        raise CannotServe(
            say(
                "folder ini berisi operasi sungguhan; pakai folder lain untuk peragaan: kawal demo --data FOLDER",
                "this folder holds a real operation; choose another one for the demonstration: kawal demo --data DIR",
            )
        )


def _merged(steps: list[Step]) -> list[Step]:
    """Join what reached one log within half an hour: the past needs no finer checkpoints."""
    joined: dict[tuple[LogName, int], Step] = {}
    for step in steps:
        before = joined.get((step.log, step.at // MERGED_S))
        joined[step.log, step.at // MERGED_S] = replace(step, start=before.start) if before else step
    return sorted(joined.values(), key=lambda step: (step.at, step.log))


def _lay_out(play: Play, seed: int, opening: int) -> "Operation":
    """Give the post the played log's keys, witnesses and policy, open both logs, and fill what people keep beside."""
    from django.conf import settings

    from kawal.election.regions import dotted
    from kawal_machine.files import write_once
    from kawal_server.store.key_files import make_key
    from kawal_server.store.models import Operation
    from kawal_server.store.opened import the_store

    for name in LOG_NAMES:
        keys = {f"{name}.key": seed_of(seed, "log", name)}
        keys |= {f"witness-{name}-{who}.{DOMAIN}.key": seed_of(seed, "saksi", who, name) for who in WITNESS_DELAYS}
        for file, key in keys.items():
            if not (settings.KEYS / file).exists():
                make_key(settings.KEYS / file, key)
        heads = read_heads(play.folder / name)
        write_once(settings.LOGS / name / "policy", (play.folder / name / "policy").read_bytes())
        the_store().open_log(name, heads.newest.origin)
    operation, _ = Operation.objects.update_or_create(
        pk=1,
        defaults={
            "name": say("Peragaan Pilkada 2024", "Demonstration, Pilkada 2024"),
            "area": dotted(TIMOR_TENGAH_UTARA),
            "elections": ["GUB", "BUP"],
            "zone": "Asia/Makassar",
            "vote_day": "2024-11-27",
            "domain": DOMAIN,
            "is_demo": True,
            "opened_at": play.steps[0].at,
        },
    )
    operation.refresh_from_db()
    lay_out_command(operation, [line for name in LOG_NAMES for line in play.all_lines(name)])
    heard = [line for step in play.steps if step.log == PENGAMANAN and step.at <= opening for line in play.lines(step)]
    lay_out_guard(operation, heard, play.folder / PENGAMANAN / "blobs", seed=seed)
    lay_out_risk(operation, seed=seed, now=opening)
    return operation


def _take(play: Play, step: Step) -> None:
    from kawal_server.actions.begin_log import begin_log
    from kawal_server.actions.take_in import take_in
    from kawal_server.store.evidence import the_blobs

    for name, data in play.files(step):
        the_blobs().of(step.log).keep(data, name)
    lines = play.lines(step)
    if step.start == 0:
        begin_log(step.log, lines[0], received_at=step.at)
    for start in range(0, len(lines), BATCH):
        answers = take_in(step.log, lines[start : start + BATCH], received_at=step.at)
        astray = [one for at, one in enumerate(answers, step.start + start) if one.index != at]
        if astray:
            raise DemoFailed(f"{step.log} {step.start}: {astray[0].reason or astray[0]}")


class Feeder(threading.Thread):
    """Posts what is left of the play to a running server, each step when the post's clock comes to it."""

    def __init__(self, play: Play, server: str, *, clock: Callable[[], float]) -> None:
        super().__init__(name="feeder", daemon=True)
        self._play = play
        self._server = server.rstrip("/")
        self._clock = clock
        self._is_over = threading.Event()

    def run(self) -> None:
        """Feed until the play ends or the post stops; what the post already has is answered as known."""
        began = self._clock()
        past = _merged([step for step in self._play.steps if began - 24 * 3600 < step.at <= began])
        for step in (*past, *(step for step in self._play.steps if step.at > began)):
            while step.at > self._clock():
                if self._is_over.wait(WAIT_S):
                    return
            while not self._post(step):
                if self._is_over.wait(WAIT_S):
                    return

    def stop(self) -> None:
        """Stop feeding."""
        self._is_over.set()

    def _post(self, step: Step) -> bool:
        try:
            answers = self._send("POST", f"/api/v1/{step.log}/batches", b"\n".join(self._play.lines(step)))
            if all(answer.get("reason") is None for answer in answers.get("answers", ())):
                for name, data in self._play.files(step):
                    self._send("PUT", f"/api/v1/{step.log}/blobs/{name}", data)
        except (urllib.error.URLError, TimeoutError, ConnectionError):
            return False
        return True

    def _send(self, method: str, path: str, body: bytes) -> dict[str, list[dict[str, object]]]:
        request = urllib.request.Request(self._server + path, data=body, method=method)
        request.add_header("Content-Type", "application/octet-stream")
        with urllib.request.urlopen(request, timeout=TIMEOUT_S) as response:
            found: dict[str, list[dict[str, object]]] = json.loads(response.read())
        return found


@contextmanager
def feeding(play: Play, server: str) -> Iterator[None]:
    """Feed a server as long as it runs."""
    from kawal_server import clock

    feeder = Feeder(play, server, clock=clock.exact)
    feeder.start()
    try:
        yield
    finally:
        feeder.stop()

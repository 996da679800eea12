"""Planning in a process of its own: it reports as it goes, stops when asked, and is killed when it does not.

For the tool and for the post's worker. The parent writes the problem as JSON to the child's standard input; the child
answers with JSON lines. A valid roster made by hand comes within seconds, so that even a killed process has left one.

    job = start_roster(problem, seconds=60)         # -> Solving; returns at once
    for told in job.told():                         # Progress as often as there is any, and at least each `poll_s`
        ...                                         # job.cancel() from here or from another thread
    plan = job.result()                             # RosterPlan; Raises: SolvingFailed

`solve_roster(problem, seconds=60, report=…, is_cancelled=…)` does all of that in one call. `start_replan` and
`start_bko` are alike. What is handed to `cancel()` is a file that the child looks for: it works on every system, and a
worker may cancel a job of another worker by `cancel_file` alone. The hard stop is at twice the seconds, and five more.
"""

import json
import os
import queue
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kawal.guard.roster.as_json import as_json, read_plan
from kawal.guard.roster.improve import Progress
from kawal.guard.roster.problem import Roster, RosterPlan, RosterProblem

GRACE_SECONDS = 5.0
POLL_SECONDS = 0.2


class SolvingFailed(RuntimeError):
    """The process ended without any roster; the message is its last word."""


@dataclass(frozen=True)
class Told:
    """What the child said last. progress: None where only time has passed."""

    seconds: float
    progress: Progress | None = None


class Solving:
    """A planning process. `found` is the best result so far: a RosterPlan as JSON, or whatever the task gives."""

    def __init__(self, task: str, asked: dict[str, Any], seconds: float, cancel_file: Path | None = None) -> None:
        handle, name = tempfile.mkstemp(prefix="kawal-cancel-")
        os.close(handle)
        self.cancel_file = cancel_file or Path(name)
        if cancel_file is None:
            self.cancel_file.unlink()
        else:
            Path(name).unlink()
        self.seconds = seconds
        self.found: dict[str, Any] | None = None
        self.error = ""
        self.was_killed = False
        self._begun = time.monotonic()
        self._lines: queue.Queue[str | None] = queue.Queue()
        self._process = subprocess.Popen(
            [sys.executable, "-m", "kawal_machine.solving"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            start_new_session=True,
        )
        order = {"task": task, "seconds": seconds, "cancel_file": str(self.cancel_file), **asked}
        threading.Thread(target=self._feed, args=(json.dumps(order),), daemon=True).start()
        threading.Thread(target=self._listen, daemon=True).start()

    def cancel(self) -> None:
        """Ask for the best so far; it comes within a second or so."""
        self.cancel_file.touch()

    def told(self, poll_s: float = POLL_SECONDS) -> Iterator[Told]:
        """What the process tells until it ends; kills it at twice its time."""
        while True:
            spent = time.monotonic() - self._begun
            if spent > 2 * self.seconds + GRACE_SECONDS:
                self.kill()
            try:
                line = self._lines.get(timeout=poll_s)
            except queue.Empty:
                yield Told(spent)
                continue
            if line is None:
                break
            yield Told(spent, self._taken(line))
        self._process.wait()
        self.cancel_file.unlink(missing_ok=True)

    def result(self) -> dict[str, Any]:
        """The last result, once `told` has ended. Raises: SolvingFailed."""
        for _ in self.told() if self._process.returncode is None else ():
            pass
        if self.found is None:
            raise SolvingFailed(self.error or "perencana berhenti tanpa hasil / the planner ended without a result")
        return self.found

    def _feed(self, order: str) -> None:
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(order)
            self._process.stdin.close()
        except BrokenPipeError:
            self.error = "perencana tidak dapat dimulai / the planner could not be started"

    def _listen(self) -> None:
        assert self._process.stdout is not None
        assert self._process.stderr is not None
        with self._process.stdout as lines:
            for line in lines:
                self._lines.put(line)
        with self._process.stderr as said:
            last = said.read().strip().splitlines()[-1:]
        self.error = self.error or "".join(last)
        self._lines.put(None)

    def _taken(self, line: str) -> Progress | None:
        message = json.loads(line)
        if "progress" in message:
            return Progress(**message["progress"])
        if "found" in message:
            self.found = message["found"]
        self.error = message.get("error", self.error)
        return None

    def kill(self) -> None:
        """End the process at once; what it found stays."""
        self.was_killed = True
        self._process.kill()


def start_roster(problem: RosterProblem, *, seconds: float, seed: int = 0, cancel_file: Path | None = None) -> Solving:
    """Begin to plan a roster."""
    return Solving("roster", {"problem": as_json(problem), "seed": seed}, seconds, cancel_file)


def start_replan(
    problem: RosterProblem, published: Roster, now: int, *, seconds: float, cancel_file: Path | None = None
) -> Solving:
    """Begin to repair a published roster; `result()` is a Replan as JSON, its plan under `plan`."""
    asked = {"problem": as_json(problem), "published": as_json(published), "now": now}
    return Solving("replan", asked, seconds, cancel_file)


def start_bko(problem: dict[str, Any], *, seconds: float, cancel_file: Path | None = None) -> Solving:
    """Begin to distribute BKO. problem: JSON as `solving_tasks.bko_problem` reads it; `result()` a BkoPlan as JSON."""
    return Solving("bko", {"problem": problem}, seconds, cancel_file)


def solve_roster(
    problem: RosterProblem,
    *,
    seconds: float,
    seed: int = 0,
    report: Callable[[Told], None] | None = None,
    is_cancelled: Callable[[], bool] | None = None,
) -> RosterPlan:
    """Plan a roster in a process of its own, and wait for it. Raises: SolvingFailed."""
    job = start_roster(problem, seconds=seconds, seed=seed)
    for told in job.told():
        if report is not None:
            report(told)
        if is_cancelled is not None and is_cancelled():
            job.cancel()
    return read_plan(job.result())


def main() -> None:
    """The child: read an order, do it, answer with JSON lines on what was standard output."""
    import signal

    from kawal_machine import solving_tasks

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to hear; it asks by the file
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8", buffering=1)
    os.dup2(2, 1)  # HiGHS greets on standard output
    order = json.load(sys.stdin)
    try:
        solving_tasks.run(order, lambda message: print(json.dumps(message), file=answers, flush=True))
    except ValueError as error:
        print(json.dumps({"error": str(error)}), file=answers, flush=True)
        sys.exit(1)


if __name__ == "__main__":
    main()

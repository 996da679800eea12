"""Rounds that alternate, medians, and a fresh process where memory is asked for."""

import json
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

ROUNDS = 5


@dataclass(frozen=True)
class Measured:
    """Seconds of wall and of processor time, each the median of alternating rounds."""

    wall: float
    cpu: float


def alternate(works: Sequence[Callable[[], object]], rounds: int = ROUNDS) -> list[Measured]:
    """Run the works in turn, round after round, so that a busy minute of the machine hits all of them."""
    walls: list[list[float]] = [[] for _ in works]
    cpus: list[list[float]] = [[] for _ in works]
    for _ in range(rounds):
        for number, work in enumerate(works):
            wall, cpu = time.perf_counter(), time.process_time()
            work()
            cpus[number].append(time.process_time() - cpu)
            walls[number].append(time.perf_counter() - wall)
    return [Measured(median(wall), median(cpu)) for wall, cpu in zip(walls, cpus, strict=True)]


@dataclass(frozen=True)
class Child:
    """What a work said of itself in a process of its own: its answer, seconds of wall, and its largest memory in MB."""

    answer: dict[str, Any]
    wall: float
    peak_mb: float


def in_child(module: str, *arguments: str, environment: Mapping[str, str] | None = None) -> Child:
    """Run `python -m module …` and read the JSON on its last line; memory is that process's own maximum."""
    start = time.perf_counter()
    command = [sys.executable, "-m", module, *arguments]
    done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True, check=True)
    wall = time.perf_counter() - start
    answer = json.loads(done.stdout.strip().splitlines()[-1])
    return Child(answer, wall, answer["peak_kb"] / 1024)

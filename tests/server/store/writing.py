"""Starting writers in processes of their own, and holding the ledger against what they were told."""

import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from kawal.ledger.log_of import LogName
from tests.server.store.scene import Place, check_ledger

ROOT = Path(__file__).parents[3]
Acknowledged = dict[str, dict[str, int]]
"""By log: the index that each event was promised."""


@contextmanager
def writer(
    place: Place, logs: Sequence[LogName], device: str, *, batches: int = 100_000, batch: int = 20
) -> Iterator["subprocess.Popen[str]"]:
    """A child that has opened the store and now writes. It does not outlive the block."""
    asked = {"database": place.database, "logs": logs, "device": device, "batches": batches, "batch": batch}
    child = subprocess.Popen(
        [sys.executable, "-m", "tests.server.store.writer", json.dumps(asked)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert child.stdout is not None
    try:
        assert child.stdout.readline() == "ready\n"
        yield child
    finally:
        child.kill()
        child.wait()
        child.stdout.close()


def read_lines(child: "subprocess.Popen[str]", most: int | None = None) -> list[str]:
    """Lines a child has printed: the first `most`, or all until it ends."""
    assert child.stdout is not None
    return child.stdout.readlines() if most is None else [child.stdout.readline() for _ in range(most)]


def acknowledged(lines: Sequence[str]) -> Acknowledged:
    """What whole lines say; the last one of a killed process may be cut."""
    found: Acknowledged = {}
    for line in lines:
        words = line.split(" ")
        if len(words) == 3 and line.endswith("\n"):
            found.setdefault(words[0], {})[words[2].strip()] = int(words[1])
    return found


def check_kept(place: Place, log: LogName, promised: dict[str, int]) -> None:
    """No acknowledged event is missing or elsewhere, and nothing is half there."""
    leaves = check_ledger(place.store, log)
    stands = {str(leaf.eid): leaf.index for leaf in leaves}
    assert {eid: stands.get(eid) for eid in promised} == promised

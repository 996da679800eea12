"""A post that takes in and publishes without end, until it is killed. Arguments: its folder, and a seed.

What is committed stands in `committed`, one octet an event, and outlives the process as a database does. Each step
on the disk is told on standard output, so that whoever kills it can choose the step.
"""

import os
import random
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.mission.ledger.scene import DAWN
from tests.server.publishing.post import STEPS, Post, lines

LAST = 1500


def telling(real: Callable[..., Any]) -> Callable[..., Any]:
    def call(*arguments: Any, **named: Any) -> Any:
        os.write(1, b".")
        return real(*arguments, **named)

    return call


def grow(root: Path, seed: int) -> None:
    dice, committed = random.Random(seed), root / "committed"
    post = Post(root, at=DAWN + 10_000 * seed)
    for name in STEPS:
        setattr(os, name, telling(getattr(os, name)))
    size = committed.stat().st_size if committed.exists() else 0
    post.store.commit(*lines(LAST)[:size])
    while size < LAST:
        post.publish()
        added = min(dice.choice((1, 3, 10, 30)), LAST - size)
        with committed.open("ab") as file:
            file.write(b"x" * added)
        post.store.commit(*lines(LAST)[size : size + added])
        size += added


if __name__ == "__main__":
    grow(Path(sys.argv[1]), int(sys.argv[2]))

"""A hand-made log, saved and audited."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.contracts.auditing import Answer, audit
from tests.contracts.scene import Scene

Audited = Callable[..., Answer]


@pytest.fixture
def audited(tmp_path: Path) -> Audited:
    def run(scene: Scene, *, now: int | None = None) -> Answer:
        return audit(scene.save(tmp_path / "log"), *(() if now is None else ("--at", now)))

    return run

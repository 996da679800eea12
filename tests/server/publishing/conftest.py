"""A post of its own for each test, stopped at the end, whatever happened."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.server.publishing.post import Post


@pytest.fixture
def post(tmp_path: Path) -> Iterator[Post]:
    made = Post(tmp_path / "post").made()
    yield made
    made.stop()

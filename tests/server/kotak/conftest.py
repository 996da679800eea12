"""A post whose board is drawn by hand, for what the list does with many boxes and with none."""

from collections.abc import Iterator

import pytest

from tests.server.pages import scene
from tests.server.post import Post


@pytest.fixture
def drawn(post: Post) -> Iterator[Post]:
    """The board of scene.py; wiped off again, since no replay would give it."""
    scene.fill()
    yield post
    scene.clear()

"""A post with the board of scene.py, and a register of kerawanan on it."""

from collections.abc import Iterator

import pytest

from kawal_server.store.models import IncidentLine
from tests.server.kerawanan.desk import say_all
from tests.server.pages import scene
from tests.server.post import Post


@pytest.fixture
def desk(post: Post) -> Iterator[Post]:
    scene.fill()
    say_all()
    yield post
    IncidentLine.objects.all().delete()
    scene.clear()

"""Polres Bontang at its post."""

from collections.abc import Iterator

import pytest

from kawal_server.store.models import ContingentLine
from tests.server.commanding import Commanding
from tests.server.jadwal import bontang
from tests.server.jadwal.bontang import Bontang
from tests.server.post import Post


@pytest.fixture
def polres(post: Post) -> Iterator[Bontang]:
    made = Bontang(Commanding(post))
    bontang.fill()
    yield made
    # Drawn by hand beside the log, so no replay could give it.
    ContingentLine.objects.all().delete()

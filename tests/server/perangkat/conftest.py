"""An open operation, and the cast around it."""

import pytest

from tests.server.operasi import lists
from tests.server.operasi.clerk import Clerk
from tests.server.perangkat.cast import Cast
from tests.server.post import Post


@pytest.fixture
def cast(post: Post) -> Cast:
    clerk = Clerk(post)
    assert clerk.describe().status_code == 302
    clerk.take("tps", lists.decree())
    assert clerk.open().status_code == 302
    return Cast(post)

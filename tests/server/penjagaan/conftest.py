"""A live operation, as the clerk opened it."""

import pytest

from tests.server.operasi import lists
from tests.server.operasi.clerk import Clerk
from tests.server.post import Post


@pytest.fixture
def live(post: Post) -> Clerk:
    clerk = Clerk(post)
    assert clerk.describe().status_code == 302
    clerk.take("tps", lists.decree())
    assert clerk.open().status_code == 302
    return clerk

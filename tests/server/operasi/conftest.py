"""A post whose operation is being set up."""

import pytest

from tests.server.operasi import lists
from tests.server.operasi.clerk import Clerk
from tests.server.post import Post


@pytest.fixture
def clerk(post: Post) -> Clerk:
    return Clerk(post)


@pytest.fixture
def ready(clerk: Clerk) -> Clerk:
    """The clerk once the operation is described and the decree's list accepted."""
    assert clerk.describe().status_code == 302
    clerk.take("tps", lists.decree())
    return clerk


@pytest.fixture
def opened(ready: Clerk) -> Clerk:
    """The clerk once the operation is open."""
    assert ready.open().status_code == 302
    return ready

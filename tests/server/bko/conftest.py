"""A post that commands, for the tests of this word."""

import pytest

from tests.server.commanding import Commanding
from tests.server.post import Post


@pytest.fixture
def commanding(post: Post) -> Commanding:
    return Commanding(post)

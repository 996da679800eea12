"""A post that commands, for the tests of this word."""

import pytest

from kawal_server.store.models import ContactRow
from tests.mission.command.orders_kit import BARAT, VOTE
from tests.server.commanding import Commanding
from tests.server.post import Post


@pytest.fixture
def commanding(post: Post) -> Commanding:
    return Commanding(post)


@pytest.fixture
def kades(commanding: Commanding) -> ContactRow:
    return ContactRow.objects.create(
        area="6474031001", kind="kades", name="Maria Goreti Neno", phone="+6281234567890", unit=BARAT, changed_at=VOTE
    )

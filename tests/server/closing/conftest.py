"""An open operation of one kecamatan, with people in it, whose last ruling is long over."""

from datetime import UTC, datetime

import pytest

from kawal_server import clock
from kawal_server.accounts.models import Officer
from kawal_server.actions.keep_people import add_person
from kawal_server.store.models import StageRow
from tests.server.operasi import lists
from tests.server.operasi.clerk import Clerk
from tests.server.post import Post

LAST_RULING = int(datetime(2025, 5, 1, tzinfo=UTC).timestamp())
NAME, NRP, PHONE = "Arif Setiawan Rahmadi", "81120012", "081234567890"


@pytest.fixture
def opened(post: Post) -> Clerk:
    clerk = Clerk(post)
    assert clerk.describe().status_code == 302
    clerk.take("tps", lists.decree())
    assert clerk.open().status_code == 302
    kaops = Officer.objects.create(username="kaops-dewi", first_name="Dewi", last_name="Kusumawardhani", office="kaops")
    form = {"name": NAME, "rank": "Aiptu", "nrp": NRP, "phone": PHONE, "agency": "polri"}
    add_person(kaops, {**form, "unit": "polsek-530305"}, who="p-7f3a")
    return clerk


@pytest.fixture
def ended(opened: Clerk) -> Clerk:
    """As it is after the last ruling: every stage over, or not held."""
    StageRow.objects.filter(ends=None).update(is_left_out=True)
    clock.set_to(LAST_RULING, speed=1, is_paused=True)
    return opened

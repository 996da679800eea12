"""What a single phone of low rank signs about posts: it hides no post, and keeps no list from being published."""

import pytest

from kawal.election.manifests import write_rows
from kawal.ledger.encoding import digest
from kawal.ledger.log_of import PENGAMANAN
from kawal_server import clock
from kawal_server.actions.keep_posts import keep_post, publish_posts, unpublished
from kawal_server.store.evidence import the_blobs
from kawal_server.store.models import PostLine
from tests.server.operasi import lists
from tests.server.operasi.clerk import Clerk
from tests.server.penjagaan.test_machines import guarded_post, padal
from tests.server.perangkat.cast import Cast, Phone
from tests.server.post import Post

POST = "pos-ppk-530305"


@pytest.fixture
def cast(post: Post) -> Cast:
    clerk = Clerk(post)
    assert clerk.describe().status_code == 302
    clerk.take("tps", lists.decree())
    assert clerk.open().status_code == 302
    return Cast(post)


def test_a_guard_who_lists_a_post_neither_publishes_it_nor_keeps_it_from_being_published(cast: Cast) -> None:
    guard = cast.enrols(Phone("penjaga"))
    row = keep_post(padal("polsek-530305"), guarded_post())
    same = write_rows("posts", [[POST, row.site, 1, 2, row.beat_s, row.starts, row.ends]])
    for data in (same, b"post,site,ring,min_strength,beat_s,from,to\nx,x,a,b,c,d,e\n", b"\xff\0"):
        mh = the_blobs().of(PENGAMANAN).keep(data)
        cast.sends(guard.signs("register.manifest", kind="posts", mh=mh, n=1))
    cast.sends(guard.signs("register.manifest", kind="posts", mh={"a": 1}, n=1))
    assert unpublished().added == (POST,)
    assert publish_posts(at=clock.now()) == 1
    assert unpublished().posts == ()


def test_a_list_of_the_command_that_cannot_be_read_stops_no_publishing(cast: Cast) -> None:
    commander = cast.enrols(Phone("komandan"), role="commander")
    keep_post(padal("polsek-530305"), guarded_post())
    cast.sends(commander.signs("register.manifest", kind="posts", mh=the_blobs().of(PENGAMANAN).keep(b"\xff"), n=1))
    cast.sends(commander.signs("register.manifest", kind="posts", mh=digest(b"nowhere"), n=1))
    assert publish_posts(at=clock.now()) == 1


def test_a_guard_from_elsewhere_takes_no_post_out_of_its_units_sight(cast: Cast) -> None:
    own = padal("polsek-530305")
    far = cast.enrols(Phone("jauh"), unit="polsek-530301")
    keep_post(own, guarded_post())
    publish_posts(at=clock.now())
    cast.post.worker.tell(is_due=True)
    before = PostLine.objects.get(post=POST).unit
    cast.sends(far.signs("guard.on", post=POST, order="A" * 43, n=50), far.signs("guard.off", post=POST, order=""))
    cast.post.worker.tell(is_due=True)
    assert PostLine.objects.get(post=POST).unit == before == "polsek-530305"

"""What a newcomer meets at a fresh post: no button that is not theirs, and every address complete."""

import pytest

from kawal_server.accounts.models import Office
from kawal_server.store.models import ClockRow, Machine
from tests.server.operasi.clerk import Clerk
from tests.server.post import Post


@pytest.fixture(autouse=True)
def proposed(post: Post, live: Clerk) -> None:
    """The board knows the places, and the operator asked for a post at each."""
    post.worker.tell(is_due=True)
    ClockRow.objects.all().delete()  # whoever has a clock of their own plays a demonstration
    assert live.browser.post("/penjagaan/atur/usulan/").status_code == 302


@pytest.mark.parametrize(("office", "publishes"), [("operator", False), ("padal", False), ("karendalops", True)])
def test_only_those_who_may_publish_and_lift_are_offered_it(
    post: Post, live: Clerk, office: Office, publishes: bool
) -> None:
    client = post.client(office)
    page = client.get("/penjagaan/atur/").content.decode()
    assert ("/penjagaan/atur/terbitkan/" in page) is publishes
    assert ("/angkat/" in page) is publishes
    assert ("Kaops, Karendalops atau Kasetops menerbitkannya." in page) is not publishes
    assert (client.post("/penjagaan/atur/terbitkan/").status_code == 302) is publishes


def test_posts_and_machines_that_wait_are_counted_apart(live: Clerk) -> None:
    form = {"kode": "kam-gudang", "nama": "Kamera", "lokasi": "gudang-5303", "denyut": "5"}
    answer = live.browser.post("/penjagaan/mesin/", form).content.decode()
    assert "http://testserver/api/v1/denyut/" in answer
    assert Machine.objects.get().unit == "polres-5303"
    assert "6 pos dan 1 mesin belum diterbitkan." in live.browser.get("/penjagaan/atur/").content.decode()


def test_a_refused_operator_is_not_sent_to_themselves(live: Clerk) -> None:
    answer = live.browser.post("/penjagaan/atur/terbitkan/")
    assert answer.status_code == 403
    assert "Minta operator" not in answer.content.decode()


@pytest.mark.parametrize("site", ["", "bukan lokasi", "\0", "x" * 90])
def test_a_machine_without_a_place_is_asked_for_it_or_is_of_no_unit(live: Clerk, site: str) -> None:
    form = {"kode": "kam-gudang", "nama": "Kamera", "lokasi": site, "denyut": "5"}
    assert live.browser.post("/penjagaan/mesin/", form).status_code == (200 if site.strip("\0") else 400)

"""Posts are planned as rows, and become evidence when they are published as a manifest that Polri signed."""

from datetime import date

import pytest

from kawal.election.manifests import rows
from kawal.guard.planning import BadPlan
from kawal.ledger.event import read_event
from kawal.ledger.log_of import PENGAMANAN
from kawal_server import clock
from kawal_server.accounts.models import Officer
from kawal_server.actions.keep_posts import (
    BoxesStand,
    NotYourPost,
    keep_post,
    lift_post,
    publish_posts,
    unpublished,
    usual_posts,
)
from kawal_server.actions.machines import add_machine
from kawal_server.store.evidence import the_blobs
from kawal_server.store.models import BoxLine, JurisdictionRow, PostPlan, RiskEntry, UnitRow
from kawal_server.store.opened import the_store
from tests.server.operasi.clerk import Clerk
from tests.server.post import Post

HOUR, DAY = 3600, 86_400
PPKS = ("ppk-530305", "ppk-530308", "ppk-530310")


@pytest.fixture
def karendal(live: Clerk) -> Officer:
    for unit, above in (("polres-5303", ""), ("polsek-530305", "polres-5303"), ("polsek-530301", "polres-5303")):
        UnitRow.objects.update_or_create(
            unit=unit,
            defaults={"kind": unit.split("-")[0], "name": unit, "agency": "polri", "area": unit[7:]}
            | {"commanded_by": above},
        )
    return Officer.objects.create_user(username="karendal", office="karendalops", agency="polri", unit="polres-5303")


def plan(post: str = "pos-ppk-530305", **changes: object) -> PostPlan:
    fields: dict[str, object] = {
        "name": "Kantor PPK Kota Kefamenanu",
        "site": "ppk-530305",
        "unit": "polsek-530305",
        "zones": [{"ring": 1, "name": "room", "strength": 2}],
        "starts": clock.now(),
        "ends": clock.now() + 9 * DAY,
    }
    return PostPlan(post=post, **{**fields, **changes})


def manifests() -> list[list[dict[str, str]]]:
    events = [read_event(leaf.jws).event for leaf in the_store().leaves_of(PENGAMANAN, "register.manifest")]
    found = []
    for event in events:
        if event.payload["kind"] == "posts":
            data = the_blobs().read(str(event.payload["mh"]))
            assert data is not None
            found.append(rows(data, "posts"))
    return found


def test_a_published_plan_is_in_the_log_once(karendal: Officer) -> None:
    keep_post(karendal, plan())
    assert unpublished().added == ("pos-ppk-530305",)
    assert publish_posts(at=clock.now()) == 1
    assert publish_posts(at=clock.now()) == 0
    [[row]] = manifests()
    assert (row["post"], row["min_strength"], row["ring"]) == ("pos-ppk-530305", "2", "1")


def test_only_what_changed_is_published_again(karendal: Officer) -> None:
    keep_post(karendal, plan())
    keep_post(karendal, plan("pos-ppk-530301", site="ppk-530301", unit="polsek-530301"))
    publish_posts(at=clock.now())
    keep_post(karendal, plan(zones=[{"ring": 1, "name": "room", "strength": 3}]))
    assert unpublished().changed == ("pos-ppk-530305",)
    publish_posts(at=clock.now())
    assert [len(one) for one in manifests()] == [2, 1]
    assert manifests()[1][0]["min_strength"] == "3"


def test_hours_without_signal_are_published_as_no_heartbeat(karendal: Officer) -> None:
    keep_post(karendal, plan(quiet=[["22.00", "05.00"]]))
    publish_posts(at=clock.now())
    assert {row["beat_s"] for row in manifests()[0]} == {"0", "3600"}


def test_machines_are_published_beside_the_posts_without_strength(karendal: Officer) -> None:
    keep_post(karendal, plan())
    add_machine("kam-gudang", "Kamera gudang", "gudang-5303", beat_s=300)
    publish_posts(at=clock.now())
    [row] = [row for row in manifests()[0] if row["post"] == "kam-gudang"]
    assert (row["min_strength"], row["beat_s"]) == ("0", "300")


def test_every_guarded_site_gets_a_plan_to_begin_with(post: Post, karendal: Officer) -> None:
    post.worker.tell(is_due=True)
    posts = {row.post for row in usual_posts(clock.now(), clock.now() + DAY)}
    assert posts == {f"pos-{site}" for site in ("bawaslu-5303", "gudang-5303", "kpu-5303", *PPKS)}
    keep_post(karendal, plan("pos-lain"))
    assert posts - {row.post for row in usual_posts(clock.now(), clock.now() + DAY)} == {"pos-ppk-530305"}


def test_a_plan_to_begin_with_asks_for_as_many_as_kerawanan_does(post: Post, karendal: Officer) -> None:
    post.worker.tell(is_due=True)

    def wanted() -> dict[str, list[tuple[int, str, int]]]:
        return {
            row.site: [(one["ring"], one["name"], one["strength"]) for one in row.zones]
            for row in usual_posts(clock.now(), clock.now() + DAY)
        }

    unknown = wanted()
    assert unknown["ppk-530305"] == unknown["ppk-530308"] == [(1, "ruang", 3)]
    assert unknown["gudang-5303"] == [(1, "ruang", 4)]
    RiskEntry.objects.create(
        place="530305", level="district", instrument="local", stage="masa tenang", on=date(2024, 11, 20),
        source="Renpam", kind="class", value="high", confidentiality="internal", unit="polsek-530305",
        by="karendal", at=clock.now(),
    )  # fmt: skip
    assert wanted() == unknown | {"ppk-530305": [(1, "ruang", 4)]}


def test_a_post_of_another_regency_is_of_the_polres_that_polices_it(post: Post, karendal: Officer) -> None:
    post.worker.tell(is_due=True)
    JurisdictionRow.objects.update_or_create(district="530308", defaults={"polres": "polres-5304"})
    UnitRow.objects.filter(unit="polsek-530308").delete()
    units = {row.site: row.unit for row in usual_posts(clock.now(), clock.now() + DAY)}
    assert (units["ppk-530305"], units["ppk-530308"]) == ("polsek-530305", "polres-5304")


def test_a_post_with_boxes_is_not_lifted(karendal: Officer) -> None:
    keep_post(karendal, plan())
    box = BoxLine.objects.create(
        box="GUB-5303052001003", code="x", election="GUB", district="530305", village="5303052001",
        station="5303052001003", is_expected=True, place="ppk", site="ppk-530305", holder="ppk-530305", grade="",
        seals="", look="aman", why=[],
    )  # fmt: skip
    with pytest.raises(BoxesStand, match="1 kotak"):
        lift_post(karendal, "pos-ppk-530305")
    box.delete()
    clock.set_to(clock.now() + HOUR, speed=1, is_paused=True)
    assert lift_post(karendal, "pos-ppk-530305").ends == clock.now()


def test_nobody_plans_or_lifts_another_units_post(karendal: Officer) -> None:
    keep_post(karendal, plan())
    padal = Officer.objects.create_user(username="padal", office="padal", agency="polri", unit="polsek-530301")
    with pytest.raises(NotYourPost):
        keep_post(padal, plan())
    with pytest.raises(NotYourPost):
        keep_post(padal, plan(unit="polsek-530301"))
    with pytest.raises(NotYourPost):
        lift_post(padal, "pos-ppk-530305")
    assert PostPlan.objects.get().unit == "polsek-530305"


def test_a_plan_that_cannot_be_stood_is_not_kept(karendal: Officer) -> None:
    with pytest.raises(BadPlan):
        keep_post(karendal, plan(ends=clock.now() - 1))
    assert not PostPlan.objects.exists()

"""The page Penjagaan: posts around the clock, and nobody but those who may sees where guards stand."""

from collections.abc import Iterator

import pytest

from kawal_server import clock
from kawal_server.accounts.models import Office, Officer
from kawal_server.command_post.penjagaan.strip import draw, late
from kawal_server.command_post.penjagaan.told import told_of
from kawal_server.store.models import (
    BookLine,
    CommandLogLine,
    DutyLine,
    FindingLine,
    PlannedLine,
    PostLine,
    SiteLine,
    UnitRow,
)
from tests.server.post import Post

HOUR, DAY = 3600, 86_400
MIDNIGHT = 1_732_896_000  # 30 November 2024, 00.00 WITA
NOW = MIDNIGHT + 17 * HOUR
STRANGE = "pos/../<b>&\n?x"


def post_line(post: str = "pos-ppk-530305", **changes: object) -> PostLine:
    fields: dict[str, object] = {
        "site": "ppk-530305", "site_kind": "ppk", "unit": "polsek-530305", "zone": "Asia/Makassar", "wanted": 2,
        "present": 2, "beat_s": HOUR, "heard_at": NOW - 600, "starts": MIDNIGHT, "ends": MIDNIGHT + DAY,
        "state": "berjalan", "periods": [[MIDNIGHT, MIDNIGHT + DAY, 2, HOUR]], "look": "aman", "why": [],
    }  # fmt: skip
    return PostLine(post=post, **{**fields, **changes})


def duty(who: str, since: int, until: int | None, *, people: int = 1, post: str = "pos-ppk-530305") -> DutyLine:
    return DutyLine(
        eid=f"{who}-{since}".ljust(43, "x"), post=post, who=who, unit="polsek-530305", on_at=since, left_at=until,
        has_signed_off=until is not None, heard_at=since, people=people, order="", sop="",
    )  # fmt: skip


@pytest.fixture
def guarded(post: Post) -> Iterator[Post]:
    post.begin()
    clock.set_to(NOW, speed=1, is_paused=True)
    for unit, above in (("polres-5303", ""), ("polsek-530305", "polres-5303"), ("polsek-530301", "polres-5303")):
        UnitRow.objects.create(
            unit=unit, kind=unit.split("-")[0], name=unit, agency="polri", area=unit[7:], commanded_by=above
        )
    post_line().save()
    post_line("pos-ppk-530301", site="ppk-530301", unit="polsek-530301", look="bahaya", present=0).save()
    post_line(STRANGE, site="", unit="", look="tidak diketahui").save()
    duty("p-arif", MIDNIGHT + 7 * HOUR, None).save()
    duty("p-rahmat", MIDNIGHT + 7 * HOUR, NOW - HOUR).save()
    BookLine.objects.create(
        eid="v".ljust(43, "x"), post="pos-ppk-530305", at=NOW - 2 * HOUR, kind="in", who="p-arif",
        note="cek logistik", doc="", beside=[],
    )  # fmt: skip
    FindingLine.objects.create(
        code="guard.uncovered", severity="alarm", subject="pos-ppk-530301", since=NOW - HOUR, until=None, evidence=[],
        says_id="Pos PPK kurang orang.", says_en="The post has too few.", cause="x",
    )  # fmt: skip
    yield post
    for kind in (PostLine, DutyLine, BookLine, FindingLine, PlannedLine):
        kind.objects.all().delete()


def read(guarded: Post, path: str, office: Office = "karendalops", unit: str = "") -> tuple[int, str]:
    client = guarded.client(office)
    Officer.objects.filter(username=office).update(unit=unit, agency="polri")
    answer = client.get(path)
    return answer.status_code, answer.content.decode()


def test_the_gravest_post_stands_first_and_every_name_has_an_address(guarded: Post) -> None:
    status, page = read(guarded, "/penjagaan/")
    assert status == 200
    assert page.index("/penjagaan/pos/pos-ppk-530301/") < page.index("/penjagaan/pos/pos-ppk-530305/")
    address = page.split("/penjagaan/pos/~")[1].split('"')[0]
    assert read(guarded, f"/penjagaan/pos/~{address}")[0] == 200
    assert "<b>&" not in page


def test_one_post_says_who_is_there_and_what_is_missing(guarded: Post) -> None:
    _, page = read(guarded, "/penjagaan/pos/pos-ppk-530305/")
    assert "p-arif" in page
    assert "tanpa surat" in page
    assert "KPU dan Bawaslu tidak tercatat" in page
    assert "belum diakui" in page
    _, other = read(guarded, "/penjagaan/pos/pos-ppk-530301/")
    assert "Pos PPK kurang orang." in other


def test_the_log_book_is_numbered_through_the_life_of_the_post(guarded: Post) -> None:
    BookLine.objects.create(
        eid="w".ljust(43, "x"), post="pos-ppk-530305", at=MIDNIGHT - HOUR, kind="log", who="p-arif", note="hujan",
        doc="", beside=[],
    )  # fmt: skip
    _, today = read(guarded, "/penjagaan/pos/pos-ppk-530305/buku/")
    assert "<td>2</td>" in today
    assert "hujan" not in today
    _, before = read(guarded, "/penjagaan/pos/pos-ppk-530305/buku/?hari=2024-11-29")
    assert "<td>1</td>" in before
    _, empty = read(guarded, "/penjagaan/pos/pos-ppk-530305/buku/?hari=2024-11-01")
    assert "Nihil" in empty


def test_a_polsek_sees_its_own_posts_alone(guarded: Post) -> None:
    _, page = read(guarded, "/penjagaan/", "padal", "polsek-530305")
    assert "pos-ppk-530305" in page
    assert "pos-ppk-530301" not in page
    assert read(guarded, "/penjagaan/pos/pos-ppk-530305/", "padal", "polsek-530305")[0] == 200
    for path in ("/penjagaan/pos/pos-ppk-530301/", "/penjagaan/pos/pos-ppk-530301/buku/"):
        assert read(guarded, path, "padal", "polsek-530305")[0] == 404


@pytest.mark.parametrize("office", ["kpu", "bawaslu", "humas"])
def test_where_guards_stand_is_not_for_those_who_hold_and_watch_boxes(guarded: Post, office: Office) -> None:
    for path in ("/penjagaan/", "/penjagaan/pos/pos-ppk-530305/", "/penjagaan/atur/", "/penjagaan/mesin/"):
        assert read(guarded, path, office)[0] == 403
    assert "/penjagaan/" not in read(guarded, "/komando/", office)[1]


def test_an_outsider_is_sent_to_the_door(guarded: Post) -> None:
    for path in ("/penjagaan/", "/penjagaan/pos/pos-ppk-530305/"):
        assert guarded.client().get(path).status_code == 302


def test_a_strip_shows_full_hours_short_hours_and_empty_hours() -> None:
    duties = [
        duty("p-arif", MIDNIGHT + 6 * HOUR, MIDNIGHT + 14 * HOUR),
        duty("p-rahmat", MIDNIGHT + 6 * HOUR, MIDNIGHT + 12 * HOUR),
    ]
    strip = draw(post_line(), duties, [], [], day=MIDNIGHT, now=NOW)
    assert [(one.start // 60, one.end // 60, one.people, one.look) for one in strip.pieces] == [
        (0, 6, 0, "bahaya"),
        (6, 12, 2, "aman"),
        (12, 14, 1, "bahaya"),
        (14, 17, 0, "bahaya"),
    ]
    assert strip.now == 17 * 60


def test_a_strip_of_another_day_has_no_now_and_a_day_to_come_only_plans() -> None:
    planned = [PlannedLine(post="pos-ppk-530305", who="p-arif", since=NOW + DAY, until=NOW + DAY + 8 * HOUR)]
    strip = draw(post_line(), [], planned, [], day=MIDNIGHT + DAY, now=NOW)
    assert strip.now is None
    assert strip.pieces == ()
    assert [(one.kind, one.width) for one in strip.shades] == [("planned", 7 * 60)]


def test_two_with_one_phone_count_as_two_and_one_person_with_two_phones_as_one() -> None:
    pair = draw(post_line(), [duty("p-arif", MIDNIGHT, None, people=2)], [], [], day=MIDNIGHT, now=NOW)
    assert {one.look for one in pair.pieces} == {"aman"}
    twice = [duty("p-arif", MIDNIGHT, None), duty("p-arif", MIDNIGHT + 1, None)]
    alone = draw(post_line(), twice, [], [], day=MIDNIGHT, now=NOW)
    assert {one.people for one in alone.pieces} == {1}


def test_whoever_is_planned_and_has_not_come_is_late_until_they_come() -> None:
    planned = [PlannedLine(post="pos-ppk-530305", who="p-yoga", since=NOW - 1800, until=NOW + 6 * HOUR)]
    assert [one.who for one in late([], planned, now=NOW)] == ["p-yoga"]
    assert late([], planned, now=NOW - 1800 + 60) == ()
    assert late([duty("p-yoga", NOW - 2400, None)], planned, now=NOW) == ()
    assert [one.who for one in late([duty("p-yoga", NOW - 9 * HOUR, NOW - 2 * HOUR)], planned, now=NOW)] == ["p-yoga"]


def test_what_lasts_at_a_post_is_told_upward_by_rank_and_minutes(guarded: Post) -> None:
    UnitRow.objects.create(unit="polda-53", kind="polda", name="polda-53", agency="polri", area="53")
    UnitRow.objects.filter(unit="polres-5303").update(commanded_by="polda-53")
    SiteLine.objects.create(
        site="ppk-530301", kind="ppk", area="530301", lat_e6=0, lon_e6=0, zone="Asia/Makassar", boxes=0, look="aman"
    )
    told = told_of(["pos-ppk-530301"], now=NOW)
    assert [one.unit for one in told] == ["polda-53", "polres-5303", "polsek-530301"]
    assert [one.unit for one in told_of(["pos-ppk-530301"], now=NOW - HOUR + 20 * 60)] == [
        "polres-5303",
        "polsek-530301",
    ]
    assert told_of(["pos-ppk-530305"], now=NOW) == []
    _, page = read(guarded, "/penjagaan/pos/pos-ppk-530301/")
    assert "Sudah diteruskan ke atas" in page
    SiteLine.objects.all().delete()


def test_what_the_command_logged_about_a_post_is_shown_and_stops_nothing(guarded: Post) -> None:
    UnitRow.objects.create(unit="polda-53", kind="polda", name="polda-53", agency="polri", area="53")
    assert {one.answered_at for one in told_of(["pos-ppk-530301"], now=NOW)} == {None}
    CommandLogLine.objects.create(
        eid="c".ljust(43, "x"), kind="call", mode="", about="post:pos-ppk-530301", note="dihubungi", unit="polres-5303",
        role="commander", at=NOW - 600,
    )  # fmt: skip
    told = told_of(["pos-ppk-530301"], now=NOW)
    assert told
    assert {one.answered_at for one in told} == {NOW - 600}
    CommandLogLine.objects.all().delete()
    SiteLine.objects.all().delete()

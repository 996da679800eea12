"""The list of boxes: found by what is known of a box, quick with many, and safe to open in a spreadsheet."""

import csv
import io
from collections.abc import Iterator

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kawal.ledger.qr import text_code
from kawal_server.command_post.kotak.listed import cell
from kawal_server.store.models import BoxLine, FindingLine, ItemLine
from tests.mission.custody.operation import BOX, FAR_BOX, OTHER
from tests.server.pages import scene
from tests.server.post import Post
from tests.server.streamed import body_of
from tests.server.told import tell_night


def found(client: Client, query: str) -> set[str]:
    answer = client.get(f"/kotak/?{query}")
    assert answer.status_code == 200
    return {line.box for line in answer.context["page"]}


@pytest.fixture
def operator(post: Post) -> Client:
    tell_night(post)
    return post.client("operator")


def test_a_stranger_is_sent_to_the_door_and_an_auditor_is_let_in(post: Post) -> None:
    for path in ("/kotak/", "/kotak.csv", "/label/", f"/kotak/{BOX}/", f"/kotak/{BOX}/label/"):
        answer = post.client().get(path)
        assert answer.status_code == 302
        assert answer["Location"].startswith("/?next=")
    tell_night(post)
    assert post.client("auditor").get("/kotak/").status_code == 200


@pytest.mark.parametrize(
    ("query", "boxes"),
    [
        ("", {BOX, OTHER, FAR_BOX}),
        ("q=GUB", {BOX, FAR_BOX}),
        (f"q={text_code(BOX)}", {BOX}),
        (f"q={text_code(BOX)[:4].lower()}+{text_code(BOX)[4:]}", {BOX}),
        ("q=J0A", {BOX}),
        ("q=tps+2", {FAR_BOX}),
        ("q=TPS+001+BUP", {OTHER}),
        ("q=002", {FAR_BOX}),
        ("tempat=ppk", {BOX, OTHER}),
        ("kecamatan=530305", {BOX, OTHER, FAR_BOX}),
        ("kecamatan=530301", set()),
        ("pemilihan=BUP", {OTHER}),
        ("pemegang=ppk-5303", {BOX, OTHER}),
        ("keadaan=tidak+diketahui", {FAR_BOX}),
        ("temuan=custody.gap", set()),
        ("keadaan=no-such-look", {BOX, OTHER, FAR_BOX}),
        ("halaman=999999999", {BOX, OTHER, FAR_BOX}),
        ("q=%00%27%25_", set()),
    ],
)
def test_a_box_is_found_by_what_is_known_of_it(operator: Client, query: str, boxes: set[str]) -> None:
    assert found(operator, query) == boxes


def test_a_kecamatan_is_found_by_its_name_and_a_box_by_its_finding(operator: Client) -> None:
    name = operator.get("/kotak/").content.decode()
    assert "Kota Kefamenanu" in name
    assert found(operator, "q=kota+kefamenanu") == {BOX, OTHER, FAR_BOX}
    FindingLine.objects.create(
        code="custody.gap", severity="alarm", subject=OTHER, since=1, evidence=[], says_id="", says_en="", cause=""
    )
    assert found(operator, "temuan=custody.gap") == {OTHER}
    FindingLine.objects.filter(code="custody.gap", since=1).delete()


def test_a_thing_to_do_opens_the_boxes_it_is_about_and_no_others(operator: Client) -> None:
    ItemLine.objects.create(
        order=99, cause="convoy:7", severity="alarm", codes=["custody.gap"], subjects=[BOX, OTHER, "a-device"],
        count=5, since=1, lasts=True, says_id="x", says_en="x",
    )  # fmt: skip
    assert found(operator, "hal=convoy:7") == {BOX, OTHER}
    assert found(operator, "hal=convoy:8") == set()
    assert 'name="hal" value="convoy:7"' in operator.get("/kotak/?hal=convoy:7").content.decode()
    assert "2 kotak" in operator.get("/komando/tindakan/?tindakan=semua").content.decode()
    ItemLine.objects.filter(order=99).delete()


def test_the_totals_above_stay_when_one_look_is_chosen(operator: Client) -> None:
    everything = operator.get("/kotak/").context["looks"]
    chosen = operator.get("/kotak/?keadaan=bahaya")
    assert [(look, count) for look, count, _ in chosen.context["looks"]] == [
        (look, count) for look, count, _ in everything
    ]
    assert chosen.context["total"] == 0
    assert "Tidak ada kotak yang cocok" in chosen.content.decode()


def test_the_gravest_come_first_when_sorted_by_look_and_last_the_other_way(operator: Client) -> None:
    down = [line.box for line in operator.get("/kotak/?urut=keadaan").context["page"]]
    up = [line.box for line in operator.get("/kotak/?urut=-keadaan").context["page"]]
    assert down[0] == up[-1] == FAR_BOX


def test_asked_for_in_the_background_only_the_board_comes(operator: Client) -> None:
    part = operator.get("/kotak/?q=GUB", headers={"HX-Request": "true"})
    assert part.content.lstrip().startswith(b'<div id="papan-isi"')
    assert b"<html" not in part.content
    assert "HX-Request" in part["Vary"]
    assert operator.get("/kotak/").content.startswith(b"<!doctype html>")


def test_a_post_without_boxes_says_where_they_come_from(drawn: Post) -> None:
    scene.clear()
    assert "Operasi" in drawn.client("operator").get("/kotak/").content.decode()


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("=HYPERLINK(1)", "'=HYPERLINK(1)"),
        ("+1", "'+1"),
        ("-1", "'-1"),
        ("@SUM", "'@SUM"),
        ("\t=1", "'\t'=1"),
        (" =1", "' =1"),
        ("GUB-1", "GUB-1"),
        (12, "12"),
        ("", ""),
        ("abc\u202edef", "abc⟦U+202E⟧def"),
    ],
)
def test_a_spreadsheet_runs_nothing_of_what_a_box_is_called(value: object, written: str) -> None:
    assert cell(value) == written


def rows(body: bytes) -> list[list[str]]:
    assert body.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(body[3:].decode())))


def test_the_csv_holds_the_boxes_asked_for_in_the_readers_language(operator: Client) -> None:
    BoxLine.objects.create(
        box='=cmd|" /C calc"!A0', code="X", election="GUB", district="530305", village="", station="",
        is_expected=False, place="ppk", site="", holder="@holder", grade="", seals="-1", look="bahaya", why=["lost"],
    )  # fmt: skip
    answer = operator.get("/kotak.csv?pemilihan=GUB")
    assert 'filename="kotak.csv"' in answer["Content-Disposition"]
    table = rows(body_of(answer))
    assert table[0][:2] == ["Kotak", "Kode label"]
    assert {row[0] for row in table[1:]} == {BOX, FAR_BOX, '\'=cmd|" /C calc"!A0'}
    assert {row[9] for row in table[1:] if row[9].startswith("'")} == {"'@holder"}
    operator.cookies["bahasa"] = "en"
    assert rows(body_of(operator.get("/kotak.csv")))[0][1] == "Label code"
    BoxLine.objects.filter(code="X").delete()


def many(count: int) -> Iterator[BoxLine]:
    for number in range(count):
        district = f"5303{number % 24 + 1:02d}"
        yield BoxLine(
            box=f"GUB-{district}{2001 + number % 10}{number:03d}", code=f"{number:08d}", election="GUB",
            district=district, village=f"{district}{2001 + number % 10}", station=f"{district}2001{number % 999:03d}",
            is_expected=True, place="ppk", site=f"ppk-{district}", holder=f"ppk-{district}", grade="dua ponsel",
            seals=f"T{number}", seen_at=number, look="aman", why=[],
        )  # fmt: skip


@pytest.mark.parametrize("query", ["", "q=T19+ppk", "q=kefamenanu&urut=-keadaan&halaman=3", "temuan=custody.gap"])
def test_two_thousand_boxes_take_no_more_questions_to_the_database_than_ten(drawn: Post, query: str) -> None:
    operator = drawn.client("operator")
    asked = []
    for count in (10, 2_000):
        BoxLine.objects.all().delete()
        BoxLine.objects.bulk_create(many(count), batch_size=500)
        with CaptureQueriesContext(connection) as questions:
            assert operator.get(f"/kotak/?{query}").status_code == 200
        asked.append(len(questions))
    # A page that turns out empty asks one question less.
    assert asked[1] <= asked[0] + 1 <= 22


def test_the_way_through_a_long_list_keeps_its_filters(drawn: Post) -> None:
    BoxLine.objects.all().delete()
    BoxLine.objects.bulk_create(many(120), batch_size=500)
    page = drawn.client("auditor").get("/kotak/?keadaan=aman&halaman=2").content.decode()
    assert "Halaman 2 dari 3" in page
    assert 'href="/kotak/?keadaan=aman&amp;halaman=1"' in page
    assert 'href="/kotak/?keadaan=aman&amp;halaman=3"' in page

"""A session ends by itself, at once when it is taken away, and no page that reloads itself keeps it open."""

from typing import Any

import pytest
from django.contrib.sessions.models import Session

from kawal_server.accounts.doors import HOUR_S, IDLE_S, MINUTE_S, WHOLE_S, browser_name, open_door
from kawal_server.accounts.models import AccountEvent, DoorRow, Office, Officer
from kawal_server.accounts.powers import FRESH_S
from kawal_server.command_post import live
from tests.server.accounts.cast import PASSWORD, Hand, found, officer
from tests.server.post import Post

NAVIGATES = {"Accept": "text/html,application/xhtml+xml"}


def is_in(browser: Any) -> bool:
    """Asked as a panel that reloads: it moves nothing."""
    return bool(browser.get("/komando/corong/", headers={"HX-Request": "true"}).status_code == 200)


@pytest.mark.parametrize(("office", "idle_s", "whole_s"), [("kaops", 1800, 8 * 3600), ("padal", 43200, 43200)])
def test_how_long_a_session_lasts(real: Post, second: list[float], office: Office, idle_s: int, whole_s: int) -> None:
    browser, begun = real.client(office), second[0]
    second[0] = begun + idle_s
    assert is_in(browser)
    second[0] = begun + idle_s + 1
    assert not is_in(browser)
    browser = real.client(office)
    begun = second[0]
    while second[0] + 1200 <= begun + whole_s:
        second[0] += 1200
        assert browser.get("/komando/", headers=NAVIGATES).status_code == 200
    second[0] = begun + whole_s + 1
    assert browser.get("/komando/", headers=NAVIGATES).status_code == 302
    assert not DoorRow.objects.exists()


@pytest.mark.parametrize(
    ("headers", "is_moved"),
    [
        (NAVIGATES, True),
        ({"Sec-Fetch-Mode": "navigate"}, True),
        ({"HX-Request": "true", "Accept": "text/html"}, False),
        ({"Sec-Fetch-Mode": "cors", "Accept": "text/html"}, False),
        ({"Sec-Fetch-Mode": "no-cors"}, False),
        ({"Accept": "text/event-stream"}, False),
        ({"Accept": "*/*"}, False),
    ],
)
def test_only_a_person_who_goes_to_a_page_keeps_a_session_open(
    real: Post, second: list[float], headers: dict[str, str], is_moved: bool
) -> None:
    browser = real.client("kaops")
    second[0] += IDLE_S[True] - MINUTE_S
    browser.get("/komando/", headers=headers)
    second[0] += 2 * MINUTE_S
    assert is_in(browser) is is_moved


def test_a_form_that_is_sent_keeps_a_session_open(real: Post, second: list[float]) -> None:
    browser = real.client("kaops")
    second[0] += IDLE_S[True] - MINUTE_S
    browser.post("/bahasa/", {"bahasa": "en"})
    browser.post("/akun/sandi/", {})
    second[0] += 2 * MINUTE_S
    assert is_in(browser)


def test_the_stream_keeps_nobody_in_and_ends_with_the_session(real: Post, second: list[float]) -> None:
    key = str(real.client("kaops").session.session_key)
    for _ in range(3):
        second[0] += 10 * MINUTE_S
        assert live._is_still_in(key)
    second[0] += 1
    assert not live._is_still_in(key)


def test_the_key_changes_at_the_password_and_at_the_second_factor(real: Post) -> None:
    officer("dewi", "kaops")
    hand = Hand()
    keys = [hand.browser.session.session_key]
    hand.knock("dewi")
    keys.append(hand.browser.session.session_key)
    hand.enrol_app()
    keys.append(hand.browser.session.session_key)
    assert len(set(keys)) == 3
    assert Session.objects.count() == 1


def test_a_session_without_its_row_is_nobodys(real: Post) -> None:
    browser = real.client("kaops")
    DoorRow.objects.all().delete()
    assert not is_in(browser)
    assert not Session.objects.exists()


def test_nobody_sits_in_by_the_row_of_another(real: Post) -> None:
    browser = real.client("padal")
    kaops = officer("kaops", "kaops")
    session = browser.session
    open_door(session, kaops, is_proved=True)
    session.save()
    assert not is_in(browser)


def test_an_officer_sees_the_sessions_and_ends_one(real: Post) -> None:
    officer("ani", "padal")
    here, there = Hand(), Hand()
    for hand in (here, there):
        hand.browser.defaults["HTTP_USER_AGENT"] = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko Firefox/140.0"
        hand.knock("ani")
    page = here.browser.get("/akun/").content.decode()
    assert page.count("Firefox, Linux</strong>") == 2
    mark = found(r'action="/akun/sesi/(\w+)/keluar/"', page)
    assert not DoorRow.objects.filter(key__contains=mark).exists()
    assert here.browser.post(f"/akun/sesi/{mark}/keluar/").status_code == 302
    assert here.is_in()
    assert not there.is_in()
    assert here.browser.post(f"/akun/sesi/{mark}/keluar/").status_code == 404


def test_nobody_ends_anothers_session(real: Post) -> None:
    officer("ani", "padal")
    officer("budi", "padal")
    ani, budi = Hand(), Hand()
    ani.knock("ani")
    budi.knock("budi")
    ani_elsewhere = Hand()
    ani_elsewhere.knock("ani")
    mark = found(r'action="/akun/sesi/(\w+)/keluar/"', ani.browser.get("/akun/").content.decode())
    assert budi.browser.post(f"/akun/sesi/{mark}/keluar/").status_code == 404
    assert ani_elsewhere.is_in()


def test_signing_out_everywhere_leaves_no_session(real: Post) -> None:
    officer("ani", "padal")
    hands = [Hand(), Hand(), Hand()]
    for hand in hands:
        hand.knock("ani")
    assert hands[0].browser.post("/akun/sesi/keluar/").headers["Location"] == "/"
    assert [hand.is_in() for hand in hands] == [False] * 3
    assert AccountEvent.objects.get(kind="sessions-ended").note == "3"


def test_a_new_password_ends_the_sessions_elsewhere(real: Post) -> None:
    officer("ani", "padal")
    here, there = Hand(), Hand()
    here.knock("ani")
    there.knock("ani")
    new = "lumbung-padi-terkunci"
    form = {"lama": PASSWORD, "baru": new, "ulang": new}
    assert here.browser.post("/akun/sandi/", form).headers["Location"] == "/akun/"
    assert here.is_in()
    assert not there.is_in()
    assert Hand().knock("ani").status_code == 403
    assert Hand().knock("ani", new).status_code == 302


@pytest.mark.parametrize(
    "form",
    [
        {"lama": "salah-sekali-ini", "baru": "lumbung-padi-terkunci", "ulang": "lumbung-padi-terkunci"},
        {"lama": PASSWORD, "baru": "lumbung-padi-terkunci", "ulang": "lumbung-padi-terbuka"},
        {"lama": PASSWORD, "baru": "pendek", "ulang": "pendek"},
        {"lama": PASSWORD, "baru": "password1234", "ulang": "password1234"},
    ],
)
def test_a_password_is_not_changed_by_mistake(real: Post, form: dict[str, str]) -> None:
    officer("ani", "padal")
    hand = Hand()
    hand.knock("ani")
    assert hand.browser.post("/akun/sandi/", form).status_code == 400
    assert Hand().knock("ani").status_code == 302


def test_what_is_dangerous_asks_again_after_five_minutes(real: Post, second: list[float]) -> None:
    officer("dewi", "kaops")
    hand = Hand()
    hand.knock("dewi")
    hand.enrol_app()
    second[0] += FRESH_S + 1
    form = {"alasan": "Kantor KPU dikepung massa"}
    answer = hand.browser.post("/darurat/mulai/", form, headers={"Referer": "http://testserver/darurat/"})
    assert answer.headers["Location"] == "/akun/pastikan/?next=%2Fdarurat%2F"
    assert hand.browser.post("/akun/pastikan/", {"kode": "123456", "next": "/darurat/"}).status_code == 403
    assert hand.app is not None
    sure = hand.browser.post("/akun/pastikan/", {"kode": hand.app.code(), "next": "/darurat/"})
    assert sure.headers["Location"] == "/darurat/"
    assert hand.browser.post("/darurat/mulai/", form).headers["Location"] == "/darurat/"


def test_a_fragment_that_is_dangerous_sends_the_whole_page(real: Post, second: list[float]) -> None:
    browser = real.client("kaops")
    second[0] += FRESH_S + 1
    answer = browser.post("/darurat/mulai/", {}, headers={"HX-Request": "true"})
    assert (answer.status_code, answer.headers["HX-Redirect"]) == (401, "/akun/pastikan/")


@pytest.mark.parametrize("elsewhere", ["https://evil.example/x", "", "http://testserver.evil.example/y"])
def test_making_sure_never_leads_to_another_house(real: Post, second: list[float], elsewhere: str) -> None:
    browser = real.client("kaops")
    second[0] += FRESH_S + 1
    answer = browser.post("/darurat/mulai/", {}, headers={"Referer": elsewhere})
    assert answer.headers["Location"] == "/akun/pastikan/?next=%2Fkomando%2F"


def test_without_a_factor_the_password_makes_sure(real: Post, second: list[float]) -> None:
    officer("ani", "padal")
    hand = Hand()
    hand.knock("ani")
    second[0] += FRESH_S + 1
    page = hand.browser.get("/akun/faktor/baru/")
    assert page.headers["Location"] == "/akun/pastikan/?next=/akun/faktor/baru/"
    assert hand.browser.post("/akun/pastikan/", {"password": "salah"}).status_code == 403
    sure = hand.browser.post("/akun/pastikan/", {"password": PASSWORD, "next": "/akun/faktor/baru/"})
    assert sure.headers["Location"] == "/akun/faktor/baru/"
    assert hand.browser.get("/akun/faktor/baru/").status_code == 200


def test_old_sessions_are_swept_out(real: Post, second: list[float]) -> None:
    ani = officer("ani", "padal")
    for _ in range(3):
        Hand().knock("ani")
        second[0] += WHOLE_S[False] + HOUR_S
    Hand().knock("ani")
    assert DoorRow.objects.filter(officer=ani).count() == 1


@pytest.mark.parametrize(
    ("agent", "name"),
    [
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit Chrome/140 Safari/537 Edg/140", "Edge, Windows"),
        ("Mozilla/5.0 (Linux; Android 14) AppleWebKit Chrome/140 Mobile Safari/537", "Chrome, Android"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18) AppleWebKit Version/18 Safari/604", "Safari, iPhone"),
        ("curl/8", ""),
        ("<script>", ""),
    ],
)
def test_a_browser_is_named_as_its_owner_knows_it(agent: str, name: str) -> None:
    assert browser_name(agent) == name


def test_a_closed_account_is_out_at_once(real: Post) -> None:
    browser = real.client("kaops")
    Officer.objects.update(is_active=False)
    assert not is_in(browser)

"""A powerful office opens with a password and something else: an app's code, a key, or a code on paper."""

import pytest
from django.db import connection

from kawal_server.accounts.models import AccountEvent, FactorRow, Officer, RecoveryRow
from kawal_server.store.models import Operation
from tests.server.accounts.cast import Hand, officer
from tests.server.post import Post

CLOSED = ("/komando/", "/kotak/", "/operasi/", "/akun/", "/akun/petugas/", "/akun/pastikan/", "/darurat/")


@pytest.fixture
def dewi(real: Post) -> Officer:
    return officer("dewi", "operator")


@pytest.fixture
def hand(dewi: Officer) -> Hand:
    """Dewi, signed in with her app."""
    made = Hand()
    made.knock("dewi")
    made.enrol_app()
    return made


def test_the_first_sign_in_of_a_powerful_office_leads_to_a_second_factor_and_to_nothing_else(dewi: Officer) -> None:
    hand = Hand()
    assert hand.knock("dewi").headers["Location"] == "/faktor/?next=%2Fkomando%2F"
    assert hand.browser.get("/faktor/").headers["Location"].startswith("/akun/faktor/baru/")
    for page in CLOSED:
        for method in (hand.browser.get, hand.browser.post):
            answer = method(page)
            assert answer.status_code in (302, 405), page
            assert answer.status_code == 405 or answer.headers["Location"].startswith("/faktor/"), page
    assert hand.browser.get("/langsung/").status_code == 401
    assert hand.browser.get("/log/kotak/tile/entries/000").status_code in (401, 404)


def test_an_app_opens_the_post_and_ten_codes_are_shown_once(dewi: Officer) -> None:
    hand = Hand()
    hand.knock("dewi")
    answer = hand.enrol_app()
    assert answer.status_code == 200
    assert len(set(hand.codes)) == 10
    assert hand.is_in()
    assert hand.codes[0] not in hand.browser.get("/akun/").content.decode()
    assert [event.kind for event in AccountEvent.objects.filter(officer=dewi.pk)] == ["codes-made", "factor-added"]


def test_a_wrong_code_enrols_nothing(dewi: Officer) -> None:
    hand = Hand()
    hand.knock("dewi")
    hand.browser.get("/akun/faktor/baru/")
    assert hand.browser.post("/akun/faktor/baru/", {"kode": "000000"}).status_code == 403
    assert not FactorRow.objects.exists()
    assert not hand.is_in()


def test_the_next_sign_in_asks_for_the_code(hand: Hand, second: list[float]) -> None:
    second[0] += 60
    again = Hand()
    again.app = hand.app
    again.knock("dewi")
    assert not again.is_in()
    assert again.give_code("123456").status_code == 403
    assert not again.is_in()
    assert again.give_code().headers["Location"] == "/komando/"
    assert again.is_in()


def test_whoever_knows_the_password_cannot_enrol_a_factor_beside_the_officers_own(hand: Hand) -> None:
    thief = Hand("203.0.113.9")
    thief.knock("dewi")
    assert thief.browser.get("/akun/faktor/baru/").headers["Location"] == "/faktor/"
    assert thief.browser.post("/akun/faktor/baru/", {"kode": "123456"}).headers["Location"] == "/faktor/"
    assert FactorRow.objects.count() == 1


def test_a_code_is_used_once(hand: Hand, second: list[float]) -> None:
    second[0] += 60
    assert hand.app is not None
    code, first, other = hand.app.code(), Hand(), Hand()
    for one in (first, other):
        one.knock("dewi")
        one.app = hand.app
    assert first.give_code(code).status_code == 302
    assert other.give_code(code).status_code == 403


@pytest.mark.parametrize(("later_s", "is_taken"), [(-60, False), (-30, True), (0, True), (30, True), (60, False)])
def test_a_phone_may_be_half_a_minute_off(hand: Hand, second: list[float], later_s: int, is_taken: bool) -> None:
    second[0] += 3600
    assert hand.app is not None
    again = Hand()
    again.app = hand.app
    again.knock("dewi")
    assert (again.give_code(hand.app.code(later_s=later_s)).status_code == 302) is is_taken


def test_a_code_on_paper_stands_in_once(hand: Hand, dewi: Officer) -> None:
    for is_taken in (True, False):
        again = Hand()
        again.knock("dewi")
        answer = again.browser.post("/faktor/", {"cadangan": hand.codes[3].upper(), "next": "/komando/"})
        assert (answer.status_code == 302) is is_taken
        assert again.is_in() is is_taken
    assert AccountEvent.objects.filter(officer=dewi.pk, kind="code-used").count() == 1


@pytest.mark.parametrize("typed", ["", "3", "11-abcd-efgh-jkmn", "-", "x-y", "3-", "99999999999-a", "²-abcd"])
def test_what_is_no_code_on_paper_opens_nothing(hand: Hand, typed: str) -> None:
    again = Hand()
    again.knock("dewi")
    assert again.browser.post("/faktor/", {"cadangan": typed}).status_code == 403


def test_no_secret_and_no_code_lies_open_in_the_tables(hand: Hand) -> None:
    page = hand.browser.get("/akun/faktor/baru/").content.decode()
    assert "otpauth" not in page
    row = FactorRow.objects.get()
    assert bytes(row.secret).startswith(b"gAAAA")
    with connection.cursor() as cursor:
        cursor.execute("SELECT digest FROM accounts_recoveryrow")
        kept = [digest for (digest,) in cursor.fetchall()]
    plain = [code.split("-", 1)[1].replace("-", "") for code in hand.codes]
    assert not any(code in digest for code in plain for digest in kept)


def test_an_app_sealed_under_another_secret_opens_nothing_and_paper_still_does(
    hand: Hand, monkeypatch: pytest.MonkeyPatch
) -> None:
    from django.conf import settings as ours

    monkeypatch.setattr(ours, "SECRET_KEY", "another-secret-another-secret-another-secret")
    again = Hand()
    again.app = hand.app
    again.knock("dewi")
    assert again.give_code().status_code == 403
    assert again.browser.post("/faktor/", {"cadangan": hand.codes[0]}).status_code == 302


def test_a_demonstration_asks_nobody_and_lets_everybody_try(real: Post) -> None:
    Operation.objects.update(is_demo=True)
    officer("dewi", "operator")
    hand = Hand()
    assert hand.knock("dewi").headers["Location"] == "/komando/"
    assert "tidak diwajibkan" in hand.browser.get("/akun/").content.decode()
    assert len(hand.enrol_app().content)
    assert len(hand.codes) == 10
    again = Hand()
    assert again.knock("dewi").headers["Location"].startswith("/faktor/")


def test_an_office_without_power_needs_no_factor_and_may_have_one(real: Post, second: list[float]) -> None:
    officer("ani", "pamatwil")
    hand = Hand()
    assert hand.knock("ani").headers["Location"] == "/komando/"
    hand.enrol_app()
    assert hand.is_in()
    assert Hand().knock("ani").headers["Location"].startswith("/faktor/")


def test_an_officer_who_becomes_powerful_is_asked_at_once(real: Post) -> None:
    officer("ani", "pamatwil")
    hand = Hand()
    hand.knock("ani")
    assert hand.is_in()
    Officer.objects.filter(username="ani").update(office="kaops")
    assert hand.browser.get("/komando/").headers["Location"].startswith("/faktor/")


def test_a_powerful_office_keeps_its_last_factor(hand: Hand) -> None:
    row = FactorRow.objects.get()
    assert hand.browser.post(f"/akun/faktor/{row.pk}/hapus/").status_code == 400
    assert FactorRow.objects.count() == 1


def test_a_second_app_lets_the_first_go(hand: Hand, second: list[float]) -> None:
    first = FactorRow.objects.get()
    second[0] += 60
    assert hand.enrol_app().headers["Location"] == "/akun/"
    assert hand.browser.post(f"/akun/faktor/{first.pk}/hapus/").headers["Location"] == "/akun/"
    assert FactorRow.objects.count() == 1
    assert RecoveryRow.objects.count() == 10


def test_nobody_removes_anothers_factor(hand: Hand, real: Post) -> None:
    row = FactorRow.objects.get()
    assert real.client("kaops").post(f"/akun/faktor/{row.pk}/hapus/").status_code == 404
    assert FactorRow.objects.count() == 1


def test_guessing_codes_waits_longer_and_longer_but_not_for_the_officer(hand: Hand, second: list[float]) -> None:
    thief = Hand("203.0.113.9")
    thief.knock("dewi")
    second[0] += 60
    answers = [thief.browser.post("/faktor/", {"kode": f"{number:06}"}).content for number in range(40)]
    assert sum(b"Tunggu" in answer for answer in answers) >= 34
    own = hand.browser
    own.post("/keluar/")
    hand.knock("dewi")
    assert hand.give_code().status_code == 302


def test_two_posts_of_the_same_code_at_one_moment_let_one_in(hand: Hand, dewi: Officer, second: list[float]) -> None:
    from kawal_server.accounts import totp

    second[0] += 60
    assert hand.app is not None
    code = hand.app.code()
    step = totp.step_of(bytes(FactorRow.objects.get().secret), code)
    FactorRow.objects.update(counter=step)  # the other hand was a moment faster
    assert not totp.is_code_right(dewi, code)

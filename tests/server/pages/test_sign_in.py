"""The door of the post: who comes in, who does not, and what a guesser gains."""

import pytest
from django.http import HttpResponse
from django.test import Client

from kawal_server.accounts import seconds
from kawal_server.accounts.models import Officer
from tests.server.post import Post

PASSWORD = "kotak-suara-terkunci"


@pytest.fixture
def second(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The real time, which passes only when a test says so."""
    at = [1_800_000_000.0]
    monkeypatch.setattr(seconds, "exact", lambda: at[0])
    return at


@pytest.fixture
def officer(drawn: Post) -> Officer:
    return Officer.objects.create_user("dewi", password=PASSWORD, office="operator")


def knock(name: str, password: str, *, next_url: str = "", address: str = "10.0.0.1") -> HttpResponse:
    typed = {"username": name, "password": password, "next": next_url}
    return Client().post("/", typed, REMOTE_ADDR=address)  # type: ignore[return-value]


def test_an_officer_comes_in_and_stands_before_the_board(officer: Officer) -> None:
    assert knock("dewi", PASSWORD).headers["Location"] == "/komando/"


def test_an_officer_comes_to_the_page_that_was_asked_for(officer: Officer) -> None:
    assert knock("dewi", PASSWORD, next_url="/kotak/?tempat=ppk").headers["Location"] == "/kotak/?tempat=ppk"


@pytest.mark.parametrize("elsewhere", ["https://kawal.example.net/", "//kawal.example.net", "javascript:alert(1)"])
def test_the_door_leads_to_no_other_house(officer: Officer, elsewhere: str) -> None:
    assert knock("dewi", PASSWORD, next_url=elsewhere).headers["Location"] == "/komando/"


def test_a_wrong_password_and_a_wrong_name_get_the_same_answer(officer: Officer) -> None:
    wrong_password, wrong_name = knock("dewi", "salah"), knock("tidakada", "salah")
    assert wrong_password.status_code == wrong_name.status_code == 403
    said = [
        answer.content.decode().split('role="alert"')[1].split("</p>")[0] for answer in (wrong_password, wrong_name)
    ]
    assert said[0] == said[1]
    assert "coba lagi" in said[0]


def test_an_officer_who_left_the_post_does_not_come_in(officer: Officer) -> None:
    Officer.objects.update(is_active=False)
    assert knock("dewi", PASSWORD).status_code == 403


def test_a_guesser_waits_longer_each_time_and_even_the_right_word_must_wait(
    officer: Officer, second: list[float]
) -> None:
    for _ in range(4):
        knock("dewi", "tebakan")
    assert b"Tunggu" in knock("dewi", PASSWORD).content
    second[0] += 2
    assert knock("dewi", "tebakan").status_code == 403
    second[0] += 1
    assert b"Tunggu" in knock("dewi", PASSWORD).content
    second[0] += 2
    assert knock("dewi", PASSWORD).status_code == 302


def test_a_guesser_elsewhere_does_not_keep_the_command_post_out(officer: Officer) -> None:
    for _ in range(50):
        knock("dewi", "tebakan", address="203.0.113.9")
    assert knock("dewi", PASSWORD, address="10.0.0.1").status_code == 302


def test_trying_many_names_from_one_address_is_slowed_too(officer: Officer) -> None:
    for number in range(30):
        knock(f"nama{number}", "tebakan", address="203.0.113.9")
    assert b"Tunggu" in knock("dewi", PASSWORD, address="203.0.113.9").content


def test_signing_out_ends_the_session(drawn: Post) -> None:
    client = drawn.client("operator")
    assert client.get("/komando/").status_code == 200
    assert client.post("/keluar/").headers["Location"] == "/"
    assert client.get("/komando/").status_code == 302


def test_a_link_cannot_sign_anyone_out(drawn: Post) -> None:
    client = drawn.client("operator")
    assert client.get("/keluar/").status_code == 405
    assert client.get("/komando/").status_code == 200


def test_a_form_of_another_site_is_refused(officer: Officer) -> None:
    client = Client(enforce_csrf_checks=True)
    assert client.post("/", {"username": "dewi", "password": PASSWORD}).status_code == 403
    assert client.post("/bahasa/", {"bahasa": "en"}).status_code == 403


def test_the_reader_chooses_the_language_and_it_stays(drawn: Post) -> None:
    client = drawn.client("operator")
    assert "Perlu tindakan" in client.get("/komando/").content.decode()
    assert client.post("/bahasa/", {"bahasa": "en", "next": "/komando/"}).headers["Location"] == "/komando/"
    page = client.get("/komando/").content.decode()
    assert '<html lang="en"' in page
    assert "To do" in page
    assert Officer.objects.get(username="operator").language == "en"


def test_a_language_nobody_speaks_here_changes_nothing(drawn: Post) -> None:
    client = drawn.client()
    answer = client.post("/bahasa/", {"bahasa": "xx", "next": "https://kawal.example.net"})
    assert answer.headers["Location"] == "/"
    assert "bahasa" not in answer.cookies


def test_whoever_is_in_already_is_sent_on(drawn: Post) -> None:
    assert drawn.client("auditor").get("/").headers["Location"] == "/komando/"

"""What `make run` shows: a real district, live, from the moment when nineteen of its twenty-four plenos are closed."""

import re
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, OpenerDirector, build_opener

import pytest

from tests.server.served import Served, serving

CLOCK = re.compile(r"\d\d\.\d\d")


@pytest.mark.slow
def test_a_newcomer_signs_in_and_sees_nineteen_of_twenty_four_plenos_and_a_clock_that_can_stand_still(
    tmp_path: Path,
) -> None:
    with serving(tmp_path / "demo", command="demo") as served:
        browser = signed_in(served)
        board = text(browser, served, "komando/")
        assert "19 dari 24 selesai" in board
        assert "DEMONSTRASI" in board
        steer(browser, served, board, keadaan="jeda")
        first = CLOCK.findall(text(browser, served, "komando/"))
        assert first == CLOCK.findall(text(browser, served, "komando/"))
        assert served.stop() == 0
    with serving(tmp_path / "demo", command="demo") as again:
        assert again.ask("GET", "/")[0] == 200
        assert again.stop() == 0


def signed_in(served: Served) -> OpenerDirector:
    browser = build_opener(HTTPCookieProcessor(CookieJar()))
    password = served.said[0].rsplit(" ", 1)[1].strip()
    page = text(browser, served, "")
    body = {"csrfmiddlewaretoken": token(page), "username": "operator", "password": password}
    answer = browser.open(served.address, urlencode(body).encode(), timeout=30)
    assert answer.url.endswith("/komando/")
    answer.close()
    return browser


def steer(browser: OpenerDirector, served: Served, page: str, **members: str) -> None:
    body = urlencode({"csrfmiddlewaretoken": token(page), **members}).encode()
    browser.open(served.address + "jam/", body, timeout=30).close()


def token(page: str) -> str:
    found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    assert found is not None
    return found[1]


def text(browser: OpenerDirector, served: Served, path: str) -> str:
    with browser.open(served.address + path, timeout=30) as answer:
        found: str = answer.read().decode()
    return found

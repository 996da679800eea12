"""In a real browser: a powerful officer comes in by a key, and everybody can read the pages of accounts."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, CDPSession, Page

from tests.journeys.conftest import enrol_app, sign_in
from tests.journeys.served import Served as Demo
from tests.journeys.test_access import wrong_in_every_view
from tests.server.served import Served, serving

pytestmark = pytest.mark.browser
KEY = {
    "protocol": "ctap2",
    "transport": "usb",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def real(tmp_path: Path) -> Iterator[Served]:
    """A post that is no demonstration."""
    with serving(tmp_path / "data") as post:
        yield post


@pytest.fixture
def page(context: BrowserContext) -> Page:
    page = context.new_page()
    page.on("pageerror", lambda error: pytest.fail(str(error)))
    return page


@pytest.fixture
def key(page: Page) -> CDPSession:
    """A security key in the browser's machine."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})
    return devtools


def knock(page: Page, post: Served, host: str = "localhost") -> str:
    address = f"http://{host}:{post.port}"
    said = next(line for line in post.said if "operator" in line)
    page.goto(address)
    page.locator("#username").fill("operator")
    page.locator("#password").fill(said.rpartition(": ")[2].strip())
    page.locator("form.fields button").click()
    return address


def test_a_key_is_enrolled_at_the_first_sign_in_and_opens_the_second(
    real: Served, page: Page, key: CDPSession, pictures: Path
) -> None:
    address = knock(page, real)
    page.wait_for_url("**/akun/faktor/baru/*")
    wrong = wrong_in_every_view(page, "faktor-baru", pictures)
    page.goto(address + "/komando/")
    page.wait_for_url("**/akun/faktor/baru/*")
    page.locator("#nama-kunci").fill("Kunci USB")
    page.locator("form[data-passkey] button").click()
    page.locator(".paper-codes li").first.wait_for()
    assert page.locator(".paper-codes li").count() == 10
    wrong += wrong_in_every_view(page, "kode-cadangan", pictures)
    page.locator("a.button-primary").click()
    page.wait_for_url("**/komando/")

    page.locator("details.menu summary").click()
    page.locator("form[action='/keluar/'] button").click()
    page.wait_for_url(address + "/")
    knock(page, real)
    page.wait_for_url("**/faktor/*")
    wrong += wrong_in_every_view(page, "faktor", pictures)
    page.locator("form[data-passkey] button").click()
    page.wait_for_url("**/komando/")
    page.goto(address + "/akun/pastikan/?next=/akun/")
    wrong += wrong_in_every_view(page, "pastikan", pictures)
    page.locator("form[data-passkey] button").click()
    page.wait_for_url("**/akun/")
    assert page.locator(".rows-list").first.text_content()
    assert "Kunci USB" in page.content()
    assert wrong == []


def test_a_key_that_is_not_there_says_so_and_lets_nobody_in(real: Served, page: Page, key: CDPSession) -> None:
    knock(page, real)
    page.locator("form[data-passkey] button").click()
    page.locator(".paper-codes li").first.wait_for()
    page.locator("a.button-primary").click()
    page.locator("details.menu summary").click()
    page.locator("form[action='/keluar/'] button").click()
    key.send("WebAuthn.disable")
    key.send("WebAuthn.enable")
    key.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})
    knock(page, real)
    page.wait_for_url("**/faktor/*")
    page.locator("form[data-passkey] button").click()
    page.locator("[data-fails]").wait_for()
    assert "/faktor/" in page.url


def test_an_invited_officer_chooses_the_password_and_works(real: Served, page: Page, pictures: Path) -> None:
    address = knock(page, real)
    enrol_app(page)
    page.goto(address + "/akun/petugas/")
    page.locator("[name=akun]").fill("ani")
    page.locator("[name=jabatan]").select_option("auditor")
    page.locator("form.filters .button-primary").click()
    link = page.locator(".token").text_content() or ""
    wrong = wrong_in_every_view(page, "undangan-dibuat", pictures)
    page.context.clear_cookies()
    page.goto(link)
    wrong += wrong_in_every_view(page, "undangan", pictures)
    page.locator("#baru").fill("lumbung-padi-terkunci")
    page.locator("#ulang").fill("lumbung-padi-terkunci")
    page.locator("form.fields button").click()
    page.wait_for_url(address + "/?sandi=baru")
    page.locator("#username").fill("ani")
    page.locator("#password").fill("lumbung-padi-terkunci")
    page.locator("form.fields button").click()
    page.wait_for_url("**/komando/")
    page.goto(address + "/akun/jejak/?daftar=akun")
    wrong += wrong_in_every_view(page, "jejak-akun", pictures)
    page.goto(link)
    assert page.locator("h1").text_content() == "Undangan ini tidak berlaku lagi"
    wrong += wrong_in_every_view(page, "undangan-habis", pictures)
    assert wrong == []


@pytest.mark.parametrize("language", ["id", "en"])
def test_who_read_what_can_be_read_by_everyone(
    context: BrowserContext, served: Demo, pictures: Path, language: str
) -> None:
    context.add_cookies([{"name": "bahasa", "value": language, "url": served.url}])
    page = context.new_page()
    sign_in(page, served, "auditor")
    page.goto(served.url + "/akun/jejak/")
    page.goto(served.url + "/akun/jejak/")
    assert re.search(r"reads", page.locator("table").text_content() or "")
    assert wrong_in_every_view(page, f"jejak-{language}", pictures) == []

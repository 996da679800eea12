"""A browser and a post for it to look at."""

import os
from collections.abc import Iterator
from pathlib import Path
from shutil import which

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.journeys.seeded import PASSWORD
from tests.journeys.served import Served, serve
from tests.server.accounts.app import App

QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """Chromium, for this package alone: its driver keeps an event loop, which no other test may meet."""
    path = os.environ.get("KAWAL_CHROMIUM") or which("chromium") or which("chromium-browser") or which("google-chrome")
    if path is None:
        pytest.skip("no Chromium: install Debian's chromium, or set KAWAL_CHROMIUM to its path")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=[*QUIET])
        yield browser
        browser.close()


@pytest.fixture(scope="package")
def served(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with serve(tmp_path_factory.mktemp("journey") / "data") as post:
        yield post


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport={"width": 1600, "height": 960}, color_scheme="dark")
    context.set_default_timeout(15_000)
    yield context
    context.close()


@pytest.fixture
def board(context: BrowserContext, served: Served) -> Page:
    """Komando, as an operator sees it, its stream open."""
    page = context.new_page()
    sign_in(page, served)
    page.locator("#sambungan[data-state=tersambung]").wait_for()
    return page


@pytest.fixture(scope="session")
def pictures(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where what was seen is kept, for a person to look at."""
    return tmp_path_factory.mktemp("pictures")


def sign_in(page: Page, served: Served, name: str = "operator") -> None:
    page.goto(served.url)
    page.locator("#username").fill(name)
    page.locator("#password").fill(PASSWORD)
    page.locator("form.fields button").click()
    page.wait_for_url("**/komando/")


def enrol_app(page: Page) -> None:
    """Enrol an app where a real operation asks for a second factor, and go on."""
    page.wait_for_url("**/akun/faktor/baru/*")
    app = App(page.locator(".secret").text_content() or "")
    page.locator("#kode").fill(app.code())
    page.locator("form:has(#kode) button").click()
    page.locator(".paper-codes li").first.wait_for()
    page.locator("a.button-primary").click()

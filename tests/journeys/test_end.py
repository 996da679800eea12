"""A server that is told to stop stops, though somebody watches; and the screen says that it no longer follows."""

from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.journeys.conftest import sign_in
from tests.journeys.served import serve

pytestmark = pytest.mark.browser


def test_the_screen_says_when_the_server_is_gone(context: BrowserContext, tmp_path: Path) -> None:
    with serve(tmp_path / "data") as post:
        page = context.new_page()
        sign_in(page, post)
        page.locator("#sambungan[data-state=tersambung]").wait_for()
        post.stop(5)
        expect(page.locator("#sambungan")).to_have_attribute("data-state", "terputus", timeout=12_000)
        expect(page.get_by_text("Terputus", exact=True)).to_be_visible()

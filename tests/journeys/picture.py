"""The README's picture: `python -m tests.journeys.picture docs/komando.png`, of the demonstration as it opens."""

import os
import sys
from pathlib import Path
from shutil import which
from tempfile import TemporaryDirectory

from playwright.sync_api import sync_playwright

from tests.journeys.conftest import QUIET
from tests.server.served import serving

WIDTH, HEIGHT = 1600, 1000
PATIENCE_MS = 30_000


def take(out: Path, folder: Path) -> None:
    """Serve the demonstration from a folder, stop its clock, and keep what Komando shows."""
    with serving(folder, command="demo") as served, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("KAWAL_CHROMIUM") or which("chromium"), args=[*QUIET]
        )
        page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT}, color_scheme="dark")
        page.set_default_timeout(PATIENCE_MS)
        page.goto(served.address)
        page.fill("input[name=username]", "operator")
        page.fill("input[name=password]", served.said[0].rsplit(" ", 1)[1].strip())
        page.keyboard.press("Enter")
        page.wait_for_url("**/komando/")
        page.click("button[name=keadaan]")
        page.locator(".leaflet-interactive").first.wait_for()
        page.mouse.move(WIDTH / 2, 10)
        page.wait_for_timeout(1500)
        page.screenshot(path=out)
        browser.close()


if __name__ == "__main__":
    with TemporaryDirectory() as made:
        take(Path(sys.argv[1]), Path(made) / "demo")

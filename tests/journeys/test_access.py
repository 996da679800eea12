"""Every page can be read by everyone: axe finds nothing, in both languages, both themes, on a phone and on a desk."""

from importlib.resources import files
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page

from tests.journeys.conftest import sign_in
from tests.journeys.served import Served
from tests.server.pages.command_scene import contingent_of, eid_of
from tests.server.pages.scene import box_id

pytestmark = pytest.mark.browser
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
PAGES = {
    "komando": "/komando/",
    "kotak": "/kotak/",
    "satu-kotak": f"/kotak/{box_id(2, 1)}/",
    "serah-terima": "/serah-terima/",
    "jadwal": "/penjagaan/jadwal/",
    "satu-jadwal": "/penjagaan/jadwal/1/",
    "jadwal-ulang": "/penjagaan/jadwal/2/",
    "jadwal-menunggu": "/penjagaan/jadwal/3/",
    "jadwal-orang": "/penjagaan/jadwal/1/orang/p-03/",
    "jadwal-plotting": "/penjagaan/jadwal/1/plotting/",
    "jadwal-personel": "/penjagaan/jadwal/personel/",
    "perintah": "/perintah/",
    "satu-perintah": f"/perintah/{eid_of(0)}/",
    "koordinasi": "/perintah/koordinasi/",
    "kontak": "/perintah/kontak/",
    "bko": "/bko/?jumlah=1266",
    "kontingen": f"/bko/kontingen/{contingent_of('brimob-53')}/",
    "buku-audit": "/buku-audit/",
    "operasi": "/operasi/",
    "tidak-ada": "/tidak-ada/",
}
AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")


def faults(page: Page) -> list[str]:
    found = page.evaluate("rules => axe.run(document, {runOnly: rules, resultTypes: ['violations']})", RULES)
    return [
        f"{one['id']}: {node['target']} {node['failureSummary']}"
        for one in found["violations"]
        for node in one["nodes"]
    ]


def wrong_in_every_view(page: Page, name: str, pictures: Path) -> list[str]:
    wrong = []
    page.evaluate(AXE)
    for width, height in ((360, 740), (1600, 960)):
        page.set_viewport_size({"width": width, "height": height})
        for theme in ("light", "dark"):
            page.emulate_media(color_scheme=theme)
            page.screenshot(path=pictures / f"{name}-{width}-{theme}.png")
            wrong += [f"{name} {width} {theme} {one}" for one in faults(page)]
        beyond = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        wrong += [f"{name} {width}: {beyond} px beyond the edge"] if beyond > 0 else []
    return wrong


@pytest.mark.parametrize("language", ["id", "en"])
def test_everyone_can_read_every_page(context: BrowserContext, served: Served, pictures: Path, language: str) -> None:
    context.add_cookies([{"name": "bahasa", "value": language, "url": served.url}])
    page = context.new_page()
    page.goto(served.url)
    wrong = wrong_in_every_view(page, f"masuk-{language}", pictures)
    sign_in(page, served)
    for name, path in PAGES.items():
        page.goto(served.url + path)
        if name == "komando":
            page.locator("path.area").first.wait_for()
        wrong += wrong_in_every_view(page, f"{name}-{language}", pictures)
    assert wrong == []


def test_the_menu_and_the_help_can_be_read_too(board: Page) -> None:
    board.evaluate(AXE)
    board.locator("details.menu summary").click()
    assert faults(board) == []
    board.keyboard.press("Escape")
    board.keyboard.press("?")
    board.locator("dialog[open]").wait_for()
    assert faults(board) == []

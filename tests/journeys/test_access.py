"""Every page can be read by everyone: axe finds nothing, in both languages, both themes, on a phone and on a desk."""

from importlib.resources import files
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page

from tests.journeys.conftest import sign_in
from tests.journeys.served import Served
from tests.server.pages.command_scene import contingent_of, eid_of
from tests.server.pages.scene import KECAMATAN, box_id

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
    "kerawanan": "/kerawanan/",
    "kerawanan-tempat": f"/kerawanan/tempat/{KECAMATAN[0]}/",
    "kerawanan-titik": "/kerawanan/titik/",
    "kerawanan-kekuatan": "/kerawanan/kekuatan/?hitung=isian&tps-less=277&kekuatan=240",
    "kerawanan-catat": "/kerawanan/catat/",
    "kerawanan-bobot": "/kerawanan/bobot/",
    "kerawanan-persaingan": "/kerawanan/persaingan/",
    "buku-audit": "/buku-audit/",
    "operasi": "/operasi/",
    "personel": "/personel/",
    "apel": "/personel/apel/",
    "pendaftaran": "/personel/pendaftaran/",
    "akun": "/akun/",
    "petugas": "/akun/petugas/",
    "satu-petugas": "/akun/petugas/2/",
    "darurat": "/darurat/",
    "tidak-ada": "/tidak-ada/",
}
COMMANDS = {
    "satuan": "/operasi/satuan/",
    "tahapan": "/operasi/tahapan/",
    "tahap": "/operasi/tahap/rekap-kab/",
    "struktur": "/operasi/struktur/",
    "orang": "/operasi/orang/",
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
        if name in ("komando", "kerawanan"):
            page.locator("path.area").first.wait_for()
        wrong += wrong_in_every_view(page, f"{name}-{language}", pictures)
    assert wrong == []


def test_planners_can_read_the_classes_of_stations(context: BrowserContext, served: Served, pictures: Path) -> None:
    page = context.new_page()
    sign_in(page, served, "karendalops")
    page.goto(f"{served.url}/kerawanan/tps/")
    assert wrong_in_every_view(page, "kerawanan-tps", pictures) == []


def test_every_section_of_the_command_can_be_read(context: BrowserContext, served: Served, pictures: Path) -> None:
    page = context.new_page()
    sign_in(page, served, "kaops")
    wrong = []
    for name, path in COMMANDS.items():
        page.goto(served.url + path)
        wrong += wrong_in_every_view(page, name, pictures)
    page.goto(served.url + "/operasi/tahap/rekap-kab/")
    page.locator("input[name=hari]").fill("2024-12-16")
    page.locator("input[name=hari]").dispatch_event("change")
    page.locator(".lapses").wait_for()
    wrong += wrong_in_every_view(page, "pindah", pictures)
    assert wrong == []


def test_the_menu_and_the_help_can_be_read_too(board: Page) -> None:
    board.evaluate(AXE)
    board.locator("details.menu summary").click()
    assert faults(board) == []
    board.keyboard.press("Escape")
    board.keyboard.press("?")
    board.locator("dialog[open]").wait_for()
    assert faults(board) == []

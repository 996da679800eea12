"""A person who did not write it takes messy lists to a live operation in the browser, from a fresh `kawal serve`."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.journeys.conftest import enrol_app
from tests.journeys.test_access import AXE, faults, wrong_in_every_view
from tests.server.lists.files import xlsx
from tests.server.operasi import lists
from tests.server.served import Served, serving

pytestmark = [pytest.mark.browser, pytest.mark.slow]


class SetUp:
    """What somebody does at the set-up; what axe finds on the way gathers in `wrong`."""

    def __init__(self, page: Page, post: Served, pictures: Path, files: Path, language: str) -> None:
        self.page = page
        self.post = post
        self.pictures = pictures
        self.files = files
        self.language = language
        self.wrong: list[str] = []

    def go(self, path: str) -> None:
        self.page.goto(self.post.address + path)

    def look(self, name: str) -> None:
        """Look at the page in both themes and sizes."""
        self.wrong += wrong_in_every_view(self.page, f"siap-{name}-{self.language}", self.pictures)

    def hand_in(self, word: str, content: bytes, name: str) -> None:
        self.go(f"operasi/daftar/{word}/")
        path = self.files / name
        path.write_bytes(content)
        self.page.set_input_files("#berkas", path)
        with self.page.expect_navigation():
            self.page.locator("form.upload button").click()

    def accept(self) -> None:
        for box in self.page.locator(".doubt-list input").all():
            box.check()
        self.page.locator("form.accept .button-primary").click()
        self.page.wait_for_url("**/operasi/")


def sign_in(page: Page, post: Served) -> None:
    said = next(line for line in post.said if "operator" in line)
    page.goto(post.address)
    page.locator("#username").fill("operator")
    page.locator("#password").fill(said.rpartition(": ")[2].strip())
    page.locator("form.fields button").click()
    enrol_app(page)
    page.wait_for_url("**/komando/")


def describe(set_up: SetUp) -> None:
    page = set_up.page
    set_up.go("operasi/")
    set_up.look("langkah")
    page.locator(".steps a").first.click()
    page.locator("#nama").fill("Operasi Mantap Praja Turangga")
    page.locator("#sandi").fill("Turangga 2024")
    page.locator("#cari-wilayah").fill("kefamenanu")
    page.get_by_label(re.compile("53.03.05")).check()
    page.locator("#cari-wilayah").fill("insana")
    page.get_by_label(re.compile("53.03.08")).check()
    page.locator("#cari-wilayah").fill("noemuti timur")
    page.get_by_label(re.compile("53.03.10")).check()
    page.locator("#hari").fill("2024-11-27")
    set_up.look("pokok")
    page.locator("form.set-up .button-primary").click()
    page.wait_for_url("**/operasi/")


def take_lists(set_up: SetUp) -> None:
    messy = [list(row) for row in lists.decree_rows()]
    messy[6][2], messy[8][3] = "<script>document.title = 'x'</script>", "tiga"
    set_up.hand_in("tps", xlsx(messy, "A1:E1", "A2:E2"), "keliru.xlsx")
    set_up.look("tps-keliru")
    expect(set_up.page.locator(".doubt-list input")).not_to_have_count(0)
    set_up.page.locator("form.accept .button-primary").click()
    expect(set_up.page).to_have_url(re.compile("/daftar/tps/"))
    set_up.hand_in("tps", lists.decree(), "lampiran.xlsx")
    set_up.page.locator(".fold-panel > summary").click()
    set_up.page.locator("form.reading [name=keputusan-semua]").fill(str(lists.TOTAL))
    with set_up.page.expect_navigation():
        set_up.page.locator("form.reading button").click()
    set_up.look("tps")
    set_up.accept()
    for word, content in {"tempat": lists.offices(), "jadwal": lists.schedule(), "segel": lists.seals()}.items():
        set_up.hand_in(word, content, f"{word}.xlsx")
        set_up.look(word)
        set_up.accept()


def open_it(set_up: SetUp) -> None:
    page = set_up.page
    set_up.go("operasi/buka/")
    set_up.look("buka")
    page.locator("[name=mengerti]").check()
    with page.expect_navigation():
        page.locator("form.accept .button-primary").click()
    set_up.look("dibuka")
    set_up.go("operasi/batas/")
    set_up.look("batas")
    set_up.go("operasi/daftar/tps/")
    page.locator("details").evaluate_all("all => all.forEach(one => one.open = true)")
    page.evaluate(AXE)
    set_up.wrong += faults(page)


@pytest.mark.parametrize("language", ["id", "en"])
def test_a_stranger_takes_messy_lists_to_a_live_operation(
    context: BrowserContext, tmp_path: Path, pictures: Path, language: str
) -> None:
    with serving(tmp_path / "data") as post:
        context.add_cookies([{"name": "bahasa", "value": language, "url": post.address}])
        page = context.new_page()
        said: list[str] = []
        page.on("console", lambda one: said.append(one.text) if one.type in ("error", "warning") else None)
        sign_in(page, post)
        set_up = SetUp(page, post, pictures, tmp_path, language)
        describe(set_up)
        take_lists(set_up)
        open_it(set_up)
        set_up.go("komando/")
        expect(page.locator(".ways-count")).to_have_text(str(lists.BOXES), timeout=15_000)
        expect(page.locator("path.area")).to_have_count(3)
        expect(page.locator('path.area[data-look="tidak-diketahui"]')).to_have_count(3)
        assert set_up.wrong == []
        assert said == []

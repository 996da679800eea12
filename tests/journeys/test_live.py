"""The board on the screen follows the record, disturbs nobody, and says when it no longer does."""

import pytest
from playwright.sync_api import BrowserContext, ConsoleMessage, Page, expect

from tests.journeys.served import Served
from tests.server.pages.scene import box_id

pytestmark = pytest.mark.browser


def test_what_changes_in_the_record_changes_on_the_screen(board: Page, served: Served) -> None:
    search = board.locator("#cari")
    search.fill("Biboki")
    board.evaluate("window.scrollTo(0, 200)")
    served.change(f"UPDATE store_boxline SET holder = 'kpu-5303' WHERE box = '{box_id(2, 1)}'")
    expect(board.locator("#papan")).to_contain_text("KPU Kabupaten Timor Tengah Utara", timeout=5000)
    expect(search).to_be_focused()
    expect(search).to_have_value("Biboki")
    assert board.evaluate("window.scrollY") == 200


def test_the_map_follows_too(board: Page, served: Served) -> None:
    area = board.locator('path.area[data-look="perhatian"]')
    expect(area).to_have_count(1)
    served.change("UPDATE store_districtline SET look = 'perhatian' WHERE code = '530309'")
    expect(area).to_have_count(2, timeout=5000)
    served.change("UPDATE store_districtline SET look = 'aman' WHERE code = '530309'")
    expect(area).to_have_count(1, timeout=5000)


def test_a_board_that_lags_behind_says_so_until_it_is_judged_again(board: Page, served: Served) -> None:
    board.goto(f"{served.url}/kotak/")
    notice = board.locator("#usang")
    expect(notice).to_be_hidden()
    served.change("UPDATE store_judged SET now = now - 20000")
    expect(notice).to_be_visible(timeout=8000)
    expect(notice).to_contain_text("5 j 34 mnt")
    served.change("UPDATE store_judged SET now = now + 20000")
    expect(notice).to_be_hidden(timeout=8000)


def test_nine_tabs_need_one_stream(context: BrowserContext, board: Page, served: Served) -> None:
    tabs = [board]
    for _ in range(8):
        tab = context.new_page()
        tab.goto(f"{served.url}/komando/")
        expect(tab.locator("#sambungan")).to_have_attribute("data-state", "tersambung")
        tabs.append(tab)
    held = board.evaluate("navigator.locks.query().then(all => [all.held.length, all.pending.length])")
    assert held == [1, 8]
    board.close()
    expect(tabs[1].locator("#sambungan")).to_have_attribute("data-state", "tersambung")
    tabs[8].bring_to_front()
    served.change(f"UPDATE store_boxline SET holder = 'ppk-530305' WHERE box = '{box_id(2, 1)}'")
    expect(tabs[8].locator("#papan")).to_contain_text("PPK Kota Kefamenanu", timeout=8000)


def test_a_choice_of_theme_stays(board: Page) -> None:
    board.locator("details.menu summary").click()
    board.get_by_role("button", name="Terang").click()
    board.reload()
    expect(board.locator("html")).to_have_attribute("data-theme", "light")


def test_the_keyboard_is_enough(board: Page) -> None:
    board.keyboard.press("Tab")
    expect(board.locator(".skip")).to_be_focused()
    board.keyboard.press("Enter")
    expect(board.locator("#isi")).to_be_focused()
    board.keyboard.press("/")
    expect(board.locator("#cari")).to_be_focused()
    board.keyboard.type("g")
    expect(board.locator("#cari")).to_have_value("g")
    board.keyboard.press("Escape")
    board.locator("#isi").focus()
    board.keyboard.press("g")
    board.keyboard.press("k")
    board.wait_for_url("**/kotak/")


def test_the_clock_runs_at_its_pace_and_stands_when_told(board: Page) -> None:
    hour = board.locator(".clock-hour")
    expect(hour).to_have_text("17.19")
    board.get_by_role("button", name="Jalankan jam").click()
    expect(hour).not_to_have_text("17.19", timeout=8000)
    board.get_by_role("button", name="Jeda jam").click()
    expect(board.get_by_role("button", name="Jalankan jam")).to_be_visible()


def test_no_page_breaks_its_own_policy(board: Page, served: Served) -> None:
    said: list[ConsoleMessage] = []
    board.on("console", lambda one: said.append(one))
    board.on("pageerror", lambda error: pytest.fail(str(error)))
    for path in ("/komando/", "/kotak/", "/serah-terima/"):
        board.goto(served.url + path)
        board.locator("#sambungan[data-state=tersambung]").wait_for()
    assert [one.text for one in said if one.type in ("error", "warning")] == []


def test_an_ended_session_shows_the_door(context: BrowserContext, board: Page, served: Served) -> None:
    other = context.new_page()
    other.goto(f"{served.url}/komando/")
    other.locator("details.menu summary").click()
    other.get_by_role("button", name="Keluar dari posko").click()
    expect(other.locator("#username")).to_be_visible()
    expect(board.locator("#username")).to_be_visible(timeout=12_000)

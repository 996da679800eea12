"""Event to pixel: how long after a post has answered a phone its event stands on the screen of a real browser.

`python -m bench.pixel EXPORT [TIMES]`; needs Chromium (Debian's, or the one named in CHROMIUM).
"""

import os
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from shutil import which
from statistics import median

from playwright.sync_api import Page, expect, sync_playwright

from bench.post import Served, begin, environment, serving
from bench.post_child import merged
from bench.timing import in_child
from bench.wire import send_one
from kawal.ledger.event import Event, read_event
from kawal_cli.demonstrate import Play, Step

SHARE = 0.8
TIMES = 12
SETTLE_MS = 60_000
PASSWORD = "only-for-measuring-only"
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
# The times are of the browser's own clock, which is this machine's: when its stream told that something changed, and
# the frame after the one in which the box's life line had grown.
_WATCH = """before => {
  window.told = [];
  window.shown = null;
  document.body.addEventListener("kotak", () => { window.told.push(Date.now()); });
  new MutationObserver(() => {
    if (window.shown === null && document.querySelectorAll(".timeline > li").length > before) {
      window.shown = 0;
      requestAnimationFrame(() => requestAnimationFrame(() => { window.shown = Date.now(); }));
    }
  }).observe(document.body, { subtree: true, childList: true });
}"""


@dataclass(frozen=True)
class Seen:
    """Seconds after the answer until the page was told of something newer, and until the event stood on it."""

    told: float
    shown: float


class NoBrowser(RuntimeError):
    """There is no Chromium here."""


def run(export: Path, times: int = TIMES) -> str:
    """Measure with an export's last fifth, and write the section of bench/README.md."""
    seen: list[Seen] = []
    with ExitStack() as stack:
        data = Path(stack.enter_context(tempfile.TemporaryDirectory())) / "data"
        begin(data, export)
        done = in_child("bench.post_child", "fill", str(data), str(export), str(SHARE), environment=environment())
        judged = in_child("bench.post_child", "judge", str(data), environment=environment())
        in_child("bench.post_child", "officer", str(data), PASSWORD, environment=environment())
        served = stack.enter_context(serving(data, is_demo=True))
        page = stack.enter_context(_browser(served))
        play = Play(export)
        rest = merged(play.steps)
        for before, event, line in _arrivals(play, rest[round(len(rest) * SHARE) :]):
            if len(seen) == times:
                break
            seen.append(_see(page, served, before, event, line))
    return _section(int(done.answer["events"]), judged.answer, seen)


def _arrivals(play: Play, steps: Sequence[Step]) -> Iterator[tuple[list[bytes], Event, bytes]]:
    """Events that name one box, each with all that came before it and was not given yet."""
    before: list[bytes] = []
    for step in steps:
        if step.log != "kotak":
            continue
        for line in play.lines(step):
            event = read_event(line).event
            if event.t == "custody.check" and isinstance(event.payload.get("box"), str):
                yield before, event, line
                before = []
            else:
                before.append(line)


def _see(page: Page, served: Served, before: Sequence[bytes], event: Event, line: bytes) -> Seen:
    for at in range(0, len(before), 500):
        send_one(served.port, before[at : at + 500])
    page.goto(f"{served.url}/kotak/{event.payload['box']}/")
    expect(page.locator("#sambungan")).to_have_attribute("data-state", "tersambung", timeout=SETTLE_MS)
    _settle(page)
    page.evaluate(_WATCH, page.locator(".timeline > li").count())
    send_one(served.port, [line])
    answered = time.time()
    deadline = answered + SETTLE_MS / 1000
    while not page.evaluate("window.shown"):
        assert time.time() < deadline, "the event never came to the screen"
        page.wait_for_timeout(50)
    every, shown = page.evaluate("[window.told, window.shown]")
    # The last word before the event stood there: one before may still be about what came before it.
    told = max(one for one in every if one <= shown)
    return Seen(told / 1000 - answered, shown / 1000 - answered)


def _settle(page: Page) -> None:
    """Wait until what came before is judged and the worker rests, so that each round begins alike."""
    page.evaluate("window.rounds = 0; document.body.addEventListener('kotak', () => { window.rounds += 1; })")
    quiet_since, rounds = time.time(), 0
    while time.time() - quiet_since < 8:
        page.wait_for_timeout(250)
        if (now := page.evaluate("window.rounds")) != rounds:
            quiet_since, rounds = time.time(), now


@contextmanager
def _browser(served: Served) -> Iterator[Page]:
    """A browser whose officer has signed in."""
    path = os.environ.get("CHROMIUM") or which("chromium") or which("google-chrome")
    if path is None:
        raise NoBrowser("no Chromium: install Debian's chromium, or set CHROMIUM to its path")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=[*QUIET])
        page = browser.new_context(viewport={"width": 1600, "height": 960}).new_page()
        page.goto(served.url)
        page.locator("#username").fill("bench-reader")
        page.locator("#password").fill(PASSWORD)
        page.locator("form.fields button").click()
        page.wait_for_url("**/komando/")
        yield page
        browser.close()


def _section(events: int, judged: Mapping[str, float], seen: Sequence[Seen]) -> str:
    told, shown = sorted(one.told for one in seen), sorted(one.shown for one in seen)
    return "\n".join(
        [
            "## Event to pixel",
            "",
            f"Timor Tengah Utara, {events:,} events in both logs, {judged['boxes']:,} boxes: a phone posts one event",
            "about a box whose page is open in Chromium, and time runs from the post's answer. The page is told",
            f"when the worker has judged the whole record anew ({judged['again_wall']:.1f} s of wall here); the count",
            f"of records not judged yet, in its top bar, comes before that and is not timed. {len(seen)} events, each",
            "after the worker has come to rest.",
            "",
            "| what is seen | median s | least | most |",
            "|---|---:|---:|---:|",
            f"| the page is told that something changed | {median(told):.2f} | {told[0]:.2f} | {told[-1]:.2f} |",
            f"| the event stands in the box's life line | {median(shown):.2f} | {shown[0]:.2f} | {shown[-1]:.2f} |",
            "",
        ]
    )


if __name__ == "__main__":
    print(run(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else TIMES))

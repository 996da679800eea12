"""`make bench`: measure, and write bench/README.md. Takes more than an hour; says what it is doing.

`python -m bench [--quick] [SECTION …]` runs some sections alone and leaves the others of the page as they are; --quick
runs the least that shows that they run, and writes nothing.
"""

import argparse
import os
import platform
import sys
import tempfile
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from bench import audits, detection, growth, guard, intake, pages, pixel, roster, wire
from bench.aims import MARK
from bench.post import simulated

HERE = Path(__file__).parent
README = HERE / "README.md"
TTU = "5303"
SEEDS = 3
# The largest step of the growth takes a third of an hour by itself.
SHORT_GROWTH = "growth-to-100000"
Work = Callable[[Path, bool], str]


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def _ttu(folder: Path) -> Path:
    say("Timor Tengah Utara: simulating …")
    return simulated(folder / "ttu", area=TTU)


def _intake(folder: Path, is_quick: bool) -> str:
    return intake.run(_ttu(folder) / "kotak", *((600, 1) if is_quick else ()))


def _wire(folder: Path, is_quick: bool) -> str:
    return wire.run(_ttu(folder), *((300, 1) if is_quick else ()))


def _pages(folder: Path, is_quick: bool) -> str:
    say("ten thousand boxes: simulating …")
    area = "530301" if is_quick else pages.AREA
    return pages.run(simulated(folder / "pages", area=area, faults="all"))


def _pixel(folder: Path, is_quick: bool) -> str:
    return pixel.run(_ttu(folder), *((1,) if is_quick else ()))


def _growth(folder: Path, is_quick: bool, steps: int | None = None) -> str:
    return growth.run(folder, growth.STEPS[:1] if is_quick else growth.STEPS[:steps])


def _detection(_folder: Path, is_quick: bool) -> str:
    return detection.table(range(1, 2 if is_quick else SEEDS + 1))


SECTIONS: Mapping[str, tuple[str, Work]] = {
    "ledger": ("The ledger", lambda folder, _: audits.ledger(_ttu(folder))),
    "detection": ("Detection at full scale", _detection),
    "province": ("A province, end to end", lambda folder, _: audits.province(folder)),
    "audit-growth": ("Growth", lambda folder, is_quick: audits.growth(folder, is_quick=is_quick)),
    "guard": ("Guarding a Polda", lambda _, is_quick: guard.run(is_quick=is_quick)),
    "intake": ("Intake", _intake),
    "wire": ("Intake over HTTP", _wire),
    "pages": ("Pages", _pages),
    "pixel": ("Event to pixel", _pixel),
    "roster": ("Rosters", lambda _, is_quick: roster.run(is_quick=is_quick)),
    "growth": ("Growth of a post", _growth),
    SHORT_GROWTH: ("Growth of a post", lambda folder, is_quick: _growth(folder, is_quick, 3)),
}


def main() -> None:
    asked = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    asked.add_argument("--quick", action="store_true", help="the least that shows that it runs; writes nothing")
    asked.add_argument("sections", nargs="*", metavar="SECTION", help=", ".join(SECTIONS))
    asked.add_argument("--keep", type=Path, help="a folder where simulated operations stay, to be used again")
    given = asked.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = given.keep or Path(scratch)
        for section in given.sections or [one for one in SECTIONS if one != SHORT_GROWTH]:
            load = os.getloadavg()[0]
            say(f"{section} …")
            title, work = SECTIONS[section]
            text = _dated(work(folder, given.quick), load)
            if given.quick:
                print(text)
            else:
                _write(title, text)


def _dated(text: str, load: float) -> str:
    heading, rest = text.split("\n", 1)
    ran = f"Ran on {datetime.now(UTC):%d %B %Y}, {_machine()}; load {load:.1f} when it began."
    return f"{heading}\n\n{ran}\n{rest}"


def _machine() -> str:
    python, sodium, other = platform.python_version(), version("pynacl"), version("cryptography")
    return f"{os.cpu_count()} cores, {platform.machine()}, Python {python}, PyNaCl {sodium}, cryptography {other}"


def _write(title: str, text: str) -> None:
    """Put a section in its place on the page; the others stay as they are."""
    kept = _kept() | {title: text.strip() + "\n"}
    ordered = [kept[one] for one in dict.fromkeys(title for title, _ in SECTIONS.values()) if one in kept]
    README.write_text("\n".join([_head(), _aims(ordered), *ordered]), encoding="utf-8")


def _kept() -> dict[str, str]:
    parts = README.read_text(encoding="utf-8").split("\n## ")[1:] if README.is_file() else []
    return {part.partition("\n")[0]: f"## {part.strip()}\n" for part in parts}


def _head() -> str:
    return "\n".join(
        [
            "# Benchmarks",
            "",
            "Written by `make bench`; every figure was measured in the run that its section names, on one machine.",
            "Trust the ratios, not the rates: works that are compared ran in alternating rounds; medians stand here.",
            "Processor time is what a work burnt itself, whatever else the machine did; *wall* and *server time*: not.",
            "",
        ]
    )


def _aims(sections: list[str]) -> str:
    lines = [line for text in sections for line in text.splitlines() if line.startswith(MARK)]
    met = [line for line in lines if line.startswith(f"{MARK} met")]
    return "\n".join(["## Aims", "", f"{len(met)} of {len(lines)} met.", "", *lines, ""])


if __name__ == "__main__":
    main()

"""`make bench`: measure, and write bench/README.md. Takes some minutes; says what it is doing."""

import os
import platform
import sys
import tempfile
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from bench import detection, ledger
from bench.timing import Child, in_child
from kawal.ledger.checkpoint import read_checkpoint

HERE = Path(__file__).parent
PROVINCE = "62"
SEEDS = 3
# A whole province holds more than a million events; these shares of it make the steps.
GROWTH_AREA = "32"
GROWTH = (0.0005, 0.004, 0.04, 0.4)


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        parts = [_ledger(Path(folder)), _detection(), _province(Path(folder)), _growth(Path(folder))]
    (HERE / "README.md").write_text("\n".join([_head(), *parts]), encoding="utf-8")
    print((HERE / "README.md").read_text(encoding="utf-8"))


def _head() -> str:
    python, sodium, other = platform.python_version(), version("pynacl"), version("cryptography")
    machine = (
        f"{os.cpu_count()} cores, {platform.machine()}, Python {python}, PyNaCl {sodium}, cryptography {other}, "
        f"{datetime.now(UTC):%d %B %Y}"
    )
    return "\n".join(
        [
            "# Benchmarks",
            "",
            f"Written by `make bench`; every figure is of one run on one machine: {machine}.",
            "Trust the ratios, not the rates: works that are compared ran in alternating rounds; medians stand here.",
            "",
        ]
    )


def _ledger(folder: Path) -> str:
    say("Timor Tengah Utara: simulating …")
    out = folder / "ttu"
    in_child("bench.child", "simulate", str(out), "5303", "1", "none")
    say("signatures, full check, tiles: five rounds …")
    size = read_checkpoint((out / "kotak" / "checkpoint").read_bytes()).size
    table = [f"| {what} | {rate} | {ratio} |" for what, rate, ratio in ledger.rows(out / "kotak", size)]
    return "\n".join(
        [
            "## The ledger",
            "",
            f"Over the {size:,} events of the kotak log of Timor Tengah Utara (445 stations).",
            "Aims: full check at least 0.80 x raw verification with the same library;",
            "append with tiles at least 100,000 events/s.",
            "",
            "| work | rate | against the yardstick |",
            "|---|---:|---|",
            *table,
            "",
        ]
    )


def _detection() -> str:
    say("detection: five districts at full scale …")
    return detection.table(range(1, SEEDS + 1))


def _province(folder: Path) -> str:
    say("Kalimantan Tengah: simulating …")
    out = folder / "kalteng"
    simulated = in_child("bench.child", "simulate", str(out), PROVINCE, "1", "all")
    say("Kalimantan Tengah: auditing …")
    audited = in_child("bench.child", "audit", str(out))
    events, boxes = audited.answer["events"], audited.answer["boxes"]
    return "\n".join(
        [
            "## A province, end to end",
            "",
            f"Kalimantan Tengah, 4,446 stations, every fault: {events:,.0f} events in both logs, {boxes:,.0f} boxes,",
            f"{audited.answer['findings']:,.0f} findings. Aim: within 2 GB.",
            "",
            "| work | seconds | events/s | peak memory |",
            "|---|---:|---:|---:|",
            _child_row("simulate", simulated, events),
            _child_row("audit", audited, events),
            "",
        ]
    )


def _child_row(word: str, done: Child, events: float) -> str:
    return f"| `kawal {word}` | {done.wall:.0f} | {events / done.wall:,.0f} | {done.peak_mb:,.0f} MB |"


def _growth(folder: Path) -> str:
    table = []
    for share in GROWTH:
        say(f"growth: Jawa Barat at {share} …")
        out = folder / f"growth-{share}"
        in_child("bench.child", "simulate", str(out), GROWTH_AREA, str(share), "none")
        done = in_child("bench.child", "audit", str(out))
        events = done.answer["events"]
        wall = done.answer["wall"]
        table.append(f"| {events:,.0f} | {wall:.1f} | {wall / events * 1e6:.0f} | {done.peak_mb:,.0f} |")
    return "\n".join(
        [
            "## Growth",
            "",
            "`kawal audit` of both logs of shares of Jawa Barat: reading, signatures, folds, findings, board.",
            "",
            "| events | seconds | microseconds an event | peak MB |",
            "|---:|---:|---:|---:|",
            *table,
            "",
        ]
    )


if __name__ == "__main__":
    main()

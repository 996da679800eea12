"""The sections on the tools: a log's check, a province end to end, and how an audit grows."""

from pathlib import Path

from bench import ledger as ledgers
from bench.aims import at_least, at_most
from bench.timing import Child, in_child
from kawal.ledger.checkpoint import read_checkpoint

PROVINCE = "62"
MEMORY_MB = 2_048
# A whole province holds more than a million events; these shares of it make the steps.
GROWTH_AREA = "32"
GROWTH = (0.0005, 0.004, 0.04, 0.4)


def ledger(out: Path) -> str:
    """Check and append the kotak log of an export."""
    size = read_checkpoint((out / "kotak" / "checkpoint").read_bytes()).size
    found = ledgers.rows(out / "kotak", size)
    ratios = [float(ratio.removesuffix(" x")) if ratio.endswith(" x") else 1.0 for _, _, ratio in found]
    return "\n".join(
        [
            "## The ledger",
            "",
            f"Over the {size:,} events of the kotak log of Timor Tengah Utara (445 stations).",
            "",
            "| work | rate | against the yardstick |",
            "|---|---:|---|",
            *(f"| {what} | {rate} | {ratio} |" for what, rate, ratio in found),
            "",
            at_least("full check, one thread, against raw verification with the same library", ratios[2], 0.80),
            at_least(
                "append with tiles", float(found[-1][1].split()[0].replace(",", "")) / 1e3, 100, "thousand events/s"
            ),
            "",
        ]
    )


def province(folder: Path) -> str:
    """Simulate and audit Kalimantan Tengah."""
    out = folder / "kalteng"
    simulated = in_child("bench.child", "simulate", str(out), PROVINCE, "1", "all")
    audited = in_child("bench.child", "audit", str(out))
    events, boxes = audited.answer["events"], audited.answer["boxes"]
    return "\n".join(
        [
            "## A province, end to end",
            "",
            f"Kalimantan Tengah, 4,446 stations, every fault: {events:,.0f} events in both logs, {boxes:,.0f} boxes,",
            f"{audited.answer['findings']:,.0f} findings.",
            "",
            "| work | seconds | events/s | peak memory |",
            "|---|---:|---:|---:|",
            _child_row("simulate", simulated, events),
            _child_row("audit", audited, events),
            "",
            at_most("memory of a province's audit", audited.peak_mb, MEMORY_MB, "MB"),
            "",
        ]
    )


def _child_row(word: str, done: Child, events: float) -> str:
    return f"| `kawal {word}` | {done.wall:.0f} | {events / done.wall:,.0f} | {done.peak_mb:,.0f} MB |"


def growth(folder: Path, *, is_quick: bool = False) -> str:
    """Audit shares of Jawa Barat."""
    table = []
    for share in GROWTH[:1] if is_quick else GROWTH:
        out = folder / f"audit-{share}"
        in_child("bench.child", "simulate", str(out), GROWTH_AREA, str(share), "none")
        done = in_child("bench.child", "audit", str(out))
        events, wall = done.answer["events"], done.answer["wall"]
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

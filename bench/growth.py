"""How a post on SQLite grows: intake, publishing, judging, pages and disk, from a thousand events to a million.

`python -m bench.growth FOLDER [STEPS]`; exports that FOLDER holds already are taken as they are.
"""

import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from bench.post import begin, environment, simulated
from bench.timing import in_child

# Area, share of its stations: Jawa Barat at a half holds a million events.
STEPS = (("530301", 0.5), ("5303", 0.5), ("32", 0.035), ("32", 0.48))

COLUMNS = (
    "events", "boxes", "intake µs", "publish µs", "judge first s", "again s", "again µs an event", "judge MB",
    "Komando ms", "a box ms", "tables B an event", "logs B an event",
)  # fmt: skip


def _named(area: str, share: float) -> str:
    """A step in words."""
    size = " (the largest step: about a million events)" if (area, share) == STEPS[-1] else ""
    return f"area {area} at {share}{size}"


def run(folder: Path, steps: Sequence[tuple[str, float]] = STEPS) -> str:
    """Measure each step in processes of its own, and write the section of bench/README.md."""
    left_out = [f"Not run here: {_named(area, share)}." for area, share in STEPS if (area, share) not in steps]
    return "\n".join([*_head(), *(_row(folder, area, share) for area, share in steps), "", *left_out, ""])


def _row(folder: Path, area: str, share: float) -> str:
    export = simulated(folder / f"{area}-{share}", area=area, scale=share)
    with tempfile.TemporaryDirectory() as scratch:
        data, around = Path(scratch) / "data", environment()
        begin(data, export)
        fill = in_child("bench.post_child", "fill", str(data), str(export), environment=around).answer
        judged = in_child("bench.post_child", "judge", str(data), environment=around)
        pages = in_child("bench.post_child", "pages", str(data), environment=around).answer
    events, judge = fill["events"], judged.answer
    cells = [
        f"{events:,}",
        f"{judge['boxes']:,}",
        f"{fill['intake_cpu'] / events * 1e6:.0f}",
        f"{fill['publish_cpu'] / events * 1e6:.0f}",
        f"{judge['first_cpu']:.1f}",
        f"{judge['again_cpu']:.1f}",
        f"{judge['again_cpu'] / events * 1e6:.0f}",
        f"{judged.peak_mb:,.0f}",
        f"{pages['Komando, the whole page'][0]:.0f}",
        f"{pages['a box, as most are'][0]:.0f}",
        f"{fill['database'] / events:,.0f}",
        f"{fill['logs'] / events:,.0f}",
    ]
    return f"| {' | '.join(cells)} |"


def _head() -> list[str]:
    return [
        "## Growth of a post",
        "",
        "On SQLite; operations of growing size, brought in as they grew, published every two hours of theirs, judged.",
        "Processor time of intake (batches of 1,000, with indexes), of publishing and of judging: *first* reads the",
        "whole record, *again* is what every later judgement costs. Pages: server time. Bytes: tables, published logs.",
        "",
        f"| {' | '.join(COLUMNS)} |",
        "|" + "---:|" * len(COLUMNS),
    ]


if __name__ == "__main__":
    print(run(Path(sys.argv[1]), STEPS[: int(sys.argv[2])] if len(sys.argv) > 2 else STEPS))

"""Pages at ten thousand boxes: server time and queries of each, on SQLite and PostgreSQL.

`python -m bench.pages EXPORT`
"""

import sys
import tempfile
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from bench.aims import at_most
from bench.post import begin, databases, environment, url_of
from bench.timing import in_child

AREA = "62,5303"
LIMIT_MS = 100


def run(export: Path) -> str:
    """Fill a post with an export on each database, judge it, and write the section of bench/README.md."""
    judged: dict[str, Mapping[str, Any]] = {}
    timed: dict[str, Mapping[str, Any]] = {}
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        for name, server in stack.enter_context(databases()):
            data, database = folder / name, url_of(server)
            begin(data, export, database)
            around = environment(database)
            filled = in_child("bench.post_child", "fill", str(data), str(export), environment=around).answer
            judged[name] = filled | in_child("bench.post_child", "judge", str(data), environment=around).answer
            timed[name] = in_child("bench.post_child", "pages", str(data), environment=around).answer
    return "\n".join([*_head(next(iter(judged.values()))), *_table(timed), "", *_aims(timed), ""])


def _head(judged: Mapping[str, Any]) -> list[str]:
    return [
        "## Pages",
        "",
        f"One post of {judged['boxes']:,} boxes, {judged['events']:,} events and {judged['findings']:,} findings; the",
        "time of a whole answer inside the server, median of 15, with its queries.",
        "",
    ]


def _table(timed: Mapping[str, Mapping[str, Any]]) -> list[str]:
    names = [name for name in next(iter(timed.values())) if name != "peak_kb"]
    titles = [f"{database}, ms | queries" for database in timed]
    rows = [f"| page | {' | '.join(titles)} |", f"|---|{'---:|---:|' * len(timed)}"]
    for name in names:
        cells = [f"{milliseconds:.0f} | {queries}" for milliseconds, queries in (one[name] for one in timed.values())]
        rows.append(f"| {name} | {' | '.join(cells)} |")
    return rows


def _aims(timed: Mapping[str, Mapping[str, Any]]) -> list[str]:
    asked = ("Komando, the whole page", "a box, as most are", "a box, the longest life")
    return [at_most(f"{page}, {name}", one[page][0], LIMIT_MS, "ms") for page in asked for name, one in timed.items()]


if __name__ == "__main__":
    print(run(Path(sys.argv[1])))

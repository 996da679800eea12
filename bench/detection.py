"""Detection at full scale: five districts with every fault; how many are found, and what is said beside them."""

import json
import sys
import tempfile
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from kawal_cli import simulate
from kawal_cli.audit import audit

DISTRICTS = {
    "Timor Tengah Utara": ("5303",),
    "Balangan": ("6311",),
    "Muara Enim": ("1603",),
    "Polres Bontang": ("6474", "640205", "640217"),
    "Kutai Kartanegara": ("6402",),
}


@dataclass(frozen=True)
class Detected:
    """One district and seed. `beside`: alarms on subjects that no line of truth names with that code."""

    district: str
    seed: int
    boxes: int
    injected: int
    found: int
    beside: int
    clean: int


def detect(task: tuple[str, int]) -> Detected:
    """Simulate a district with every fault and without any, audit both, and hold them against the truth."""
    district, seed = task
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder)
        simulate.run(out / "faults", area=DISTRICTS[district], seed=seed, faults="all")
        simulate.run(out / "clean", area=DISTRICTS[district], seed=seed, faults="none")
        done = audit(out / "faults")
        truth = [json.loads(line) for line in (out / "faults/truth.jsonl").read_text(encoding="utf-8").splitlines()]
        said = {(one.code, one.subject) for one in done.findings}
        alarms = {(one.code, one.subject) for one in done.findings if one.severity == "alarm"}
        named = {(code, one) for line in truth for code in (line["code"], *line["also"]) for one in _subjects(line)}
        due = [line for line in truth if line["code"] is not None]
        found = sum(any((line["code"], one) in said for one in _subjects(line)) for line in due)
        clean = len(audit(out / "clean").findings)
    return Detected(district, seed, len(done.board.lines), len(due), found, len(alarms - named), clean)


def _subjects(line: dict[str, object]) -> list[str]:
    many = [line["subject"], *_list(line.get("subjects")), *_list(line.get("also_subjects"))]
    return [str(one) for one in many]


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def table(seeds: range) -> str:
    """Run every district with these seeds, two at a time, and write the table."""
    tasks = [(district, seed) for seed in seeds for district in DISTRICTS]
    with ProcessPoolExecutor(max_workers=2) as pool:
        rows = list(pool.map(detect, tasks))
    lines = [
        f"| {one.district} | {one.seed} | {one.boxes:,} | {one.found} of {one.injected} | {one.beside} | {one.clean} |"
        for one in sorted(rows, key=lambda one: (one.district, one.seed))
    ]
    return "\n".join(
        [
            "## Detection at full scale",
            "",
            f"`python -m bench.detection N`; here seeds {seeds.start} to {seeds.stop - 1}. *Beside*: alarms no line of",
            "truth names. *Clean*: findings of the same operation without faults.",
            "",
            "| district | seed | boxes | faults found | beside | clean |",
            "|---|---:|---:|---:|---:|---:|",
            *lines,
            "",
        ]
    )


if __name__ == "__main__":
    print(table(range(1, int(sys.argv[1]) + 1)))

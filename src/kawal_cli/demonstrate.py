"""The demonstration of `make run`: a real district simulated with faults, audited, and held against the truth."""

import json
import shutil
from pathlib import Path

from kawal_cli import simulate
from kawal_cli.audit import Audit, audit
from kawal_cli.reading import Progress
from kawal_cli.words import say

TIMOR_TENGAH_UTARA = "5303"


def run(out: Path, *, seed: int, progress: Progress | None = None) -> tuple[Audit, str]:
    """Simulate Timor Tengah Utara into `out` (made anew), audit it, and say what was found of what was injected."""
    if (out / "DEMO.txt").is_file():
        shutil.rmtree(out)
    simulate.run(out, area=[TIMOR_TENGAH_UTARA], seed=seed, faults="all", progress=progress)
    done = audit(out, progress=progress)
    return done, _summary(out, done)


def _summary(out: Path, done: Audit) -> str:
    found = {(finding.code, finding.subject) for finding in done.findings}
    lines = (out / "truth.jsonl").read_text(encoding="utf-8").splitlines()
    truth = [line for line in map(json.loads, lines) if line["code"] is not None]
    caught = sum(any((line["code"], one) in found for one in _subjects(line)) for line in truth)
    return say(
        f"Demonstrasi: tidak ada orang atau kejadian sungguhan. {caught} dari {len(truth)} gangguan yang disisipkan "
        f"ditemukan. Folder: {out}. Periksa sendiri: .venv/bin/kawal verify {out}; .venv/bin/kawal audit {out} --boxes",
        f"Demonstration: no real people or events. {caught} of {len(truth)} injected faults found. Folder: {out}. "
        f"Check for yourself: .venv/bin/kawal verify {out}; .venv/bin/kawal audit {out} --boxes",
    )


def _subjects(line: dict[str, object]) -> list[object]:
    many = line.get("subjects")
    return [line["subject"], *(many if isinstance(many, list) else [])]

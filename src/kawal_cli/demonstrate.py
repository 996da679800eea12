"""The demonstration of `make run`: a real district simulated with faults, audited, and held against the truth."""

import json
import shutil
from pathlib import Path

from kawal_cli import simulate
from kawal_cli.audit import Audit, audit
from kawal_cli.reading import Progress
from kawal_cli.words import say

TIMOR_TENGAH_UTARA = "5303"
SHOWN_KECAMATAN = 19


def run(out: Path, *, seed: int, progress: Progress | None = None) -> tuple[Audit, str]:
    """Simulate Timor Tengah Utara into `out` (made anew) and audit it.

    Gives the board as it stood when 19 of 24 kecamatan had closed their plenos, and what the whole record shows of the
    faults that were injected.
    """
    if (out / "DEMO.txt").is_file():
        shutil.rmtree(out)
    simulate.run(out, area=[TIMOR_TENGAH_UTARA], seed=seed, faults="all", progress=progress)
    whole = audit(out, progress=progress)
    return audit(out, as_of=_moment(whole), progress=progress), _summary(out, whole)


def _moment(whole: Audit) -> int:
    """An hour after the plenos of the nineteenth kecamatan were closed."""
    closed: dict[str, int] = {}
    for session in whole.register.sessions.values():
        if session.level == "district" and session.closed_at is not None:
            closed[session.area] = max(session.closed_at, closed.get(session.area, 0))
    return sorted(closed.values())[SHOWN_KECAMATAN - 1] + 3600


def _summary(out: Path, done: Audit) -> str:
    found = {(finding.code, finding.subject) for finding in done.findings}
    lines = (out / "truth.jsonl").read_text(encoding="utf-8").splitlines()
    truth = [line for line in map(json.loads, lines) if line["code"] is not None]
    caught = sum(any((line["code"], one) in found for one in _subjects(line)) for line in truth)
    return say(
        f"Demonstrasi: tidak ada orang atau kejadian sungguhan. Papan di atas adalah satu saat di tengah operasi; pada "
        f"akhirnya {caught} dari {len(truth)} gangguan yang disisipkan ditemukan. Folder: {out}. Periksa sendiri: "
        f".venv/bin/kawal audit {out} --boxes (kawal verify {out} berhenti pada ponsel tak terdaftar yang disisipkan).",
        f"Demonstration: no real people or events. The board above is one moment in the middle; at the end {caught} of "
        f"{len(truth)} injected faults are found. Folder: {out}. "
        f"Check for yourself: .venv/bin/kawal audit {out} --boxes (kawal verify {out} stops at the injected stranger).",
    )


def _subjects(line: dict[str, object]) -> list[object]:
    many = line.get("subjects")
    return [line["subject"], *(many if isinstance(many, list) else [])]

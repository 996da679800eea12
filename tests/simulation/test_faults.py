"""Every fault leaves its line of truth, an audit finds each that can be found, and nothing else."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kawal.ledger.finding import SEVERITY, Finding
from kawal.ledger.log_of import LOG_NAMES
from kawal_cli.audit import audit
from kawal_cli.simulate import FAULTS, Simulated, run
from kawal_cli.simulate.faults import unseen
from tests.simulation.conftest import TIMOR_TENGAH_UTARA

NUMBERED = [f"f{number:02d}" for number in range(1, 23)]
GENERIC = [
    *("duplicate-scan", "two-places", "seal-mismatch", "short-receipt", "late-phone", "wrong-clock", "escort-changed"),
    *("swapped-boxes", "one-sided", "post-uncovered", "edited-report", "unknown-box", "seal-reused", "unsealed"),
    *("early-departure", "missing-at-ppk", "overdue-convoy", "opened-outside-session", "opened-without-supervisor"),
    *("same-person", "guard-as-holder", "paper-fallback", "dropped-event", "forked-device", "revoked-device"),
    *("unenrolled-device", "expired-device", "one-agency", "split-view", "withheld-tail", "custody-order"),
    *("guard-silent", "guard-uncovered", "relief-gap", "guard-fatigue", "guard-count", "guard-away", "late-relief"),
    *("skewed-relief", "expected-silence", "offline-post"),
]
HOUR = 3600


def truth_of(out: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (out / "truth.jsonl").read_text(encoding="utf-8").splitlines()]


def subjects(line: dict[str, Any]) -> list[str]:
    return line.get("subjects") or [line["subject"]]


def unfound(truth: list[dict[str, Any]], findings: tuple[Finding, ...]) -> Iterator[tuple[str, str, str]]:
    """Truths without a finding of their code on their subject at their time."""
    for line in truth:
        for subject in subjects(line) if line["code"] else ():
            ends = line["to"] if line["to"] is not None else float("inf")
            near = [
                finding
                for finding in findings
                if (finding.code, finding.subject) == (line["code"], subject)
                and finding.since <= ends + HOUR
                and (finding.until is None or finding.until >= line["from"] - HOUR)
            ]
            if not near:
                yield line["fault"], line["code"], subject


def unexplained(truth: list[dict[str, Any]], findings: tuple[Finding, ...]) -> list[tuple[str, str]]:
    """Findings that no line of truth accounts for."""
    explained = {(line["code"], subject) for line in truth for subject in subjects(line)}
    for line in truth:
        also = [*subjects(line), *line.get("also_subjects", [])]
        explained |= {(code, subject) for code in line["also"] for subject in also}
    return [(one.code, one.subject) for one in findings if (one.code, one.subject) not in explained]


def test_every_scenario_of_the_design_has_a_fault() -> None:
    assert {name[:3] for name in FAULTS if name[1:3].isdigit()} == set(NUMBERED)
    assert {name for name in FAULTS if not name[1:3].isdigit()} == set(GENERIC)
    assert all(fault.says for fault in FAULTS.values())


def test_all_means_every_fault_at_least_once(faulty: Simulated) -> None:
    assert {line["fault"] for line in truth_of(faulty.out)} == set(FAULTS)


def test_each_line_of_truth_is_whole(faulty: Simulated) -> None:
    boxes = set(audit(faulty.out).register.boxes)
    for line in truth_of(faulty.out):
        assert line["log"] in LOG_NAMES
        assert line["code"] is None or line["code"] in SEVERITY
        assert line["to"] is None or line["from"] <= line["to"]
        assert line["says"].endswith(".")
        assert set(line["also"]) <= set(SEVERITY)
        if line["code"] and line["code"].startswith("custody.") and line["code"] != "custody.unknown":
            assert set(subjects(line)) <= boxes
        if line["code"] and line["code"].startswith("ledger."):
            assert all(len(subject) == 43 for subject in subjects(line))
        if line["code"] and line["code"].startswith("guard.") and line["code"] != "guard.fatigue":
            assert line["subject"].startswith("pos-")
            assert line["log"] == "pengamanan"
        if line.get("later"):
            assert line["part"]
            assert line["code"] is None


def test_an_audit_finds_every_fault_and_nothing_else(faulty: Simulated) -> None:
    truth, found = truth_of(faulty.out), audit(faulty.out).findings
    assert list(unfound(truth, found)) == []
    assert unexplained(truth, found) == []


@pytest.mark.parametrize("fault", [name for name in FAULTS if name not in unseen.FAULTS])
def test_a_fault_alone_is_found_alone(fault: str, tmp_path: Path) -> None:
    run(tmp_path / "out", area=[TIMOR_TENGAH_UTARA], seed=3, faults=[fault], scale=0.03)
    truth, found = truth_of(tmp_path / "out"), audit(tmp_path / "out").findings
    assert {line["fault"] for line in truth} == {fault}
    assert list(unfound(truth, found)) == []
    assert unexplained(truth, found) == []


def test_a_jurisdiction_too_small_for_all_takes_what_fits_and_tells_the_truth(tmp_path: Path) -> None:
    run(tmp_path / "out", area=["530310"], seed=2)
    truth, found = truth_of(tmp_path / "out"), audit(tmp_path / "out").findings
    assert 10 < len({line["fault"] for line in truth}) < len(FAULTS)
    assert list(unfound(truth, found)) == []
    assert unexplained(truth, found) == []

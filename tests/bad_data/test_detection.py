"""On bad data, written by a generator that shares no code with the detector, the audit finds what left evidence."""

from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from kawal.ledger.finding import Finding
from kawal.watch.items import ITEM_LIMIT, items
from kawal_cli.audit import Audit, audit
from tests.second_generator import FAULTS, BadData, Truth, generate

DAY_S = 86_400
# Boxes are on record from 21 November to 2 December.
DAYS = 11
SLACK_S = 2 * 3600
CLEAN_SEEDS = range(20)
BAD_SEEDS = range(12)
# A withheld tail is named after the phone that shows it, and the truth after the phone that is silent.
SHOWN_BY_OTHERS = "ledger.withheld"


@cache
def audited(
    seed: int,
    *,
    is_bad: bool,
    has_faults: bool,
    size: tuple[int, int, int],
    days_later: int = 0,
    has_wrong_clocks: bool = True,
) -> tuple[Audit, tuple[Truth, ...]]:
    bad = (BadData() if has_wrong_clocks else BadData(wrong_clock=0.0)) if is_bad else BadData.clean()
    with TemporaryDirectory() as folder:
        out = Path(folder) / "operasi"
        kecamatan, desa, stations = size
        faults = tuple(FAULTS) if has_faults else ()
        truth = generate(out, seed=seed, kecamatan=kecamatan, desa=desa, stations=stations, bad=bad, faults=faults)
        done = audit(out)
        last = max(event.ts for event in done.history.events)
        return (audit(out, at=last + days_later * DAY_S) if days_later else done), tuple(truth)


def subjects(truth: Truth) -> tuple[str, ...]:
    return (truth.subject, *truth.boxes)


def of(truth: Truth, findings: Sequence[Finding]) -> list[Finding]:
    return [one for one in findings if one.code == truth.finding and one.subject in subjects(truth)]


def faults(lines: Sequence[Truth]) -> Iterator[Truth]:
    return (line for line in lines if line.kind == "fault")


def unexplained(done: Audit, lines: Sequence[Truth]) -> list[Finding]:
    """Alarms that no line of truth accounts for, by code and subject."""
    known = {(code, one) for line in lines for code in (line.finding, *line.also) for one in subjects(line)}
    has_silence = any(line.name in ("silent-forever", "dropped-event") for line in lines)
    return [
        one
        for one in done.findings
        if one.severity == "alarm"
        and (one.code, one.subject) not in known
        and not (one.code == SHOWN_BY_OTHERS and has_silence)
    ]


@pytest.mark.parametrize("seed", CLEAN_SEEDS)
def test_a_complete_and_honest_record_raises_nothing(seed: int) -> None:
    done, truth = audited(seed, is_bad=False, has_faults=False, size=(3, 2, 3))
    assert truth == ()
    assert done.findings == ()


@pytest.mark.parametrize("seed", CLEAN_SEEDS)
def test_on_complete_data_every_fault_is_found_and_nothing_else(seed: int) -> None:
    done, truth = audited(seed, is_bad=False, has_faults=True, size=(3, 2, 4))
    missed = [line for line in faults(truth) if line.finding and not of(line, done.findings)]
    assert missed == []
    assert unexplained(done, truth) == []


@pytest.mark.parametrize("seed", BAD_SEEDS)
def test_on_bad_data_every_fault_that_left_evidence_is_found(seed: int) -> None:
    done, truth = audited(seed, is_bad=True, has_faults=True, size=(5, 5, 4))
    missed = [line for line in faults(truth) if line.finding and not of(line, done.findings)]
    assert missed == []


@pytest.mark.parametrize("seed", BAD_SEEDS)
def test_what_is_found_names_the_box_the_interval_and_the_last_certain_holder(seed: int) -> None:
    done, truth = audited(seed, is_bad=True, has_faults=True, size=(5, 5, 4))
    for line in faults(truth):
        if line.finding not in ("custody.gap", "custody.missing", "custody.one-sided"):
            continue
        found = of(line, done.findings)
        assert any(one.subject in one.says.id and one.subject in one.says.en for one in found)
        assert any(line.holder in one.says.id for one in found if line.holder), (line, found)
        assert any(one.until is None or one.until >= line.starts_at - SLACK_S for one in found)
        assert any(line.ends_at is None or one.since <= line.ends_at + DAY_S for one in found)


@pytest.mark.parametrize("seed", BAD_SEEDS)
def test_a_fault_without_evidence_never_looks_safe(seed: int) -> None:
    done, truth = audited(seed, is_bad=True, has_faults=True, size=(5, 5, 4), days_later=2)
    lines = {line.box: line for line in done.board.lines}
    gone = {box for line in faults(truth) if line.name == "destroyed-without-evidence" for box in line.boxes}
    hidden = {box for line in faults(truth) if line.finding is None for box in line.boxes}
    assert gone
    assert {lines[box].look for box in gone} == {"tidak diketahui"}
    assert all(lines[box].look != "aman" for box in hidden)


@pytest.mark.parametrize("seed", BAD_SEEDS)
def test_swapped_seals_without_numbers_never_look_safe_even_at_once(seed: int) -> None:
    done, truth = audited(seed, is_bad=True, has_faults=True, size=(5, 5, 4))
    lines = {line.box: line for line in done.board.lines}
    swapped = {box for line in faults(truth) if line.name == "seal-swapped-unseen" for box in line.boxes}
    assert swapped
    assert all(lines[box].look != "aman" for box in swapped)


@pytest.mark.parametrize("seed", BAD_SEEDS)
def test_on_bad_data_false_alarms_are_at_most_one_per_500_boxes_a_day(seed: int) -> None:
    done, truth = audited(seed, is_bad=True, has_faults=False, size=(5, 5, 4), has_wrong_clocks=False)
    allowed = max(1.0, len(done.board.lines) / 500 * DAYS)
    assert len(unexplained(done, truth)) <= allowed


@pytest.mark.parametrize("has_faults", [False, True])
def test_a_thousand_boxes_of_bad_data_make_at_most_twenty_items(*, has_faults: bool) -> None:
    done, truth = audited(1, is_bad=True, has_faults=has_faults, size=(10, 10, 5), has_wrong_clocks=False)
    assert len(done.board.lines) >= 1000
    found = items(done.findings)
    assert 0 < len(found) <= ITEM_LIMIT
    assert sum(len(item.findings) for item in found) == len(done.findings)
    assert len(unexplained(done, truth)) <= len(done.board.lines) / 500 * DAYS


def test_one_broken_phone_is_one_item() -> None:
    done, truth = audited(3, is_bad=True, has_faults=False, size=(3, 2, 3))
    silent = {f"device:{line.subject}" for line in truth if line.name == "silent-forever"}
    grouped = [item for item in items(done.findings, limit=len(done.findings)) if item.cause in silent]
    assert grouped
    assert len({item.cause for item in grouped}) == len(grouped)
    assert max(len(item.findings) for item in grouped) > 1

"""No false alarm over twenty seeds, and whatever goes wrong at the posts is found where and when it happened."""

import json
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kawal_cli.audit import audit
from kawal_cli.simulate import run
from kawal_cli.simulate.faults import at_posts
from tests.simulation.conftest import BONTANG, TIMOR_TENGAH_UTARA
from tests.simulation.test_faults import truth_of, unexplained, unfound

SEEDS = range(1, 21)
HOUR_S = 3600
SMALL = {
    "Timor Tengah Utara": ([TIMOR_TENGAH_UTARA], 0.04),
    "Polres Bontang": (BONTANG, 0.15),
    "Balangan": (["6311"], 0.08),
}
HARMLESS = ["late-relief", "skewed-relief", "expected-silence"]
ALARMING = sorted(set(at_posts.FAULTS) - {*HARMLESS, "offline-post"})


@pytest.mark.parametrize("seed", SEEDS)
def test_a_clean_operation_raises_no_alarm(seed: int, tmp_path: Path) -> None:
    # Each seed plays one of them; `python -m bench.detection 20` plays every seed everywhere, whole.
    area, scale = SMALL[sorted(SMALL)[seed % len(SMALL)]]
    run(tmp_path / "out", area=area, seed=seed, faults="none", scale=scale)
    assert [(one.code, one.subject, one.since) for one in audit(tmp_path / "out").findings] == []


@pytest.mark.parametrize("seed", SEEDS[:1])
@pytest.mark.parametrize("fault", HARMLESS)
def test_what_is_no_fault_of_the_post_raises_no_alarm(fault: str, seed: int, tmp_path: Path) -> None:
    run(tmp_path / "out", area=[TIMOR_TENGAH_UTARA], seed=seed, faults=[fault], scale=0.04)
    assert [line["fault"] for line in truth_of(tmp_path / "out")] == [fault]
    assert [(one.code, one.subject) for one in audit(tmp_path / "out").findings] == []


@pytest.mark.parametrize("seed", SEEDS[1:2])
@pytest.mark.parametrize("fault", ALARMING)
def test_what_goes_wrong_at_a_post_is_found_at_its_time_and_nothing_beside_it(
    fault: str, seed: int, tmp_path: Path
) -> None:
    run(tmp_path / "out", area=[TIMOR_TENGAH_UTARA], seed=seed, faults=[fault], scale=0.04)
    (line,), found = truth_of(tmp_path / "out"), audit(tmp_path / "out").findings
    assert line["code"].startswith("guard.")
    (main,) = [one for one in found if one.code == line["code"]]
    assert main.subject == line["subject"]
    assert main.until is not None
    assert main.since < line["to"]
    assert main.until > line["from"]
    assert unexplained([line], found) == []


def test_a_moment_between_two_checkpoints_calls_no_post_silent(tmp_path: Path) -> None:
    played = run(tmp_path / "out", area=[TIMOR_TENGAH_UTARA], seed=3, faults="none", scale=0.04)
    # Between checkpoints: taken as now, these two seconds had posts silent whose phones had only not been heard yet.
    for moment in (played.began + 812_530, played.began + 815_050):
        found = audit(tmp_path / "out", as_of=moment).findings
        assert [(one.code, one.subject) for one in found if one.code.startswith("guard.")] == []


def test_a_post_without_network_seems_silent_until_what_it_signed_arrives(tmp_path: Path) -> None:
    run(tmp_path / "out", area=[TIMOR_TENGAH_UTARA], seed=3, faults=["offline-post"], scale=0.04)
    late, post = sorted(truth_of(tmp_path / "out"), key=lambda line: line["code"] or "", reverse=True)
    meanwhile = audit(tmp_path / "out", as_of=late["from"] + 6 * HOUR_S).findings
    assert [one.until for one in meanwhile if (one.code, one.subject) == ("guard.silent", post["subject"])] == [None]
    afterwards = audit(tmp_path / "out").findings
    assert {one.code for one in afterwards} == {"ledger.late"}
    assert {one.subject for one in afterwards} == set(late["subjects"])


@pytest.mark.slow
@settings(max_examples=4, deadline=None)
@given(seed=st.integers(1, 10**6), faults=st.sets(st.sampled_from(sorted(at_posts.FAULTS)), min_size=1))
def test_whatever_goes_wrong_together_the_audit_says_what_the_truth_says(seed: int, faults: set[str]) -> None:
    with TemporaryDirectory() as folder:
        out = Path(folder) / "out"
        run(out, area=[TIMOR_TENGAH_UTARA], seed=seed, faults=sorted(faults), scale=0.04)
        truth, found = truth_of(out), audit(out).findings
    assert {line["fault"] for line in truth} <= faults
    assert list(unfound(truth, found)) == []
    assert unexplained(truth, found) == []


def test_the_truth_names_people_by_their_opaque_id_only(tmp_path: Path) -> None:
    run(tmp_path / "out", area=[TIMOR_TENGAH_UTARA], seed=4, faults=["guard-fatigue"], scale=0.04)
    line: dict[str, Any] = json.loads((tmp_path / "out" / "truth.jsonl").read_text(encoding="utf-8"))
    assert line["subject"].startswith("p-")

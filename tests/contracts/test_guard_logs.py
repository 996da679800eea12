"""Guard events in one bare log, in both logs of an area, and in the log where they do not belong."""

import random
from pathlib import Path

import pytest

from tests.contracts.auditing import Answer, audit
from tests.contracts.duty import ENDS, MINUTE, POST, STARTS, Duty, row
from tests.contracts.scene import BOX, DAWN, HOUR, Scene

NOON = DAWN + 12 * HOUR


def troubled() -> Duty:
    """Everything that can be wrong with a post, once."""
    duty = Duty(row(beat=2 * HOUR))
    duty.on(duty.ari, STARTS, pos=[-9480000, 124490000, 10])
    duty.beat(duty.ari, STARTS + HOUR, pos=[-9460000, 124490000, 10])
    offered = duty.offer(duty.ari, duty.budi, STARTS + 2 * HOUR)
    duty.accept(duty.budi, offered, STARTS + 2 * HOUR + 40, n=39)
    duty.off(duty.ari, STARTS + 2 * HOUR + MINUTE)
    duty.off(duty.budi, STARTS + 3 * HOUR)
    duty.on(duty.ari, STARTS + 8 * HOUR)
    duty.beat(duty.ari, STARTS + 10 * HOUR)
    return duty


ALL = ["guard.away", "guard.count", "guard.fatigue", "guard.relief-gap", "guard.silent", "guard.uncovered"]


def guard_codes(answer: Answer) -> list[str]:
    return [code for code in answer.codes if code.startswith("guard.")]


@pytest.mark.parametrize("name", ["log", "kotak", "pengamanan"])
def test_a_bare_log_is_judged_whatever_its_folder_is_called(tmp_path: Path, name: str) -> None:
    answer = audit(troubled().save(tmp_path / name), "--at", ENDS)
    assert answer.codes == ALL
    assert answer.code == 1


def test_findings_are_complete_and_in_order(tmp_path: Path) -> None:
    duty = troubled()
    answer = audit(duty.save(tmp_path / "log"), "--at", ENDS)
    eids = {event.eid for event in duty.events}
    for one in answer.findings:
        assert set(one) == {"code", "severity", "subject", "from", "to", "evidence", "says"}
        assert set(one["says"]) == {"id", "en"}
        assert one["subject"] in one["says"]["id"]
        assert one["subject"] in one["says"]["en"]
        assert isinstance(one["from"], int)
        assert one["to"] is None or one["from"] <= one["to"]
        assert one["evidence"]
        assert set(one["evidence"]) <= eids
        assert len(set(one["evidence"])) == len(one["evidence"])
        assert one["severity"] == ("alarm" if one["code"] == "guard.uncovered" else "warn")


def test_both_logs_are_judged_together_and_only_one_of_them_knows(tmp_path: Path) -> None:
    scene = Scene()
    scene.seal(scene.kpps, DAWN + 9 * HOUR)
    scene.save(tmp_path / "kotak")
    troubled().save(tmp_path / "pengamanan")
    assert guard_codes(audit(tmp_path, "--at", ENDS)) == ALL
    assert guard_codes(audit(tmp_path / "pengamanan", "--at", ENDS)) == ALL
    alone = audit(tmp_path / "kotak", "--at", ENDS)
    assert guard_codes(alone) == []
    assert POST not in alone.out + alone.err


def test_guard_events_astray_in_the_other_log_count_for_nothing(tmp_path: Path) -> None:
    troubled().save(tmp_path / "kotak")
    Duty().save(tmp_path / "pengamanan")
    found = audit(tmp_path, "--at", ENDS).of("guard.uncovered")
    assert [(one["from"], one["to"]) for one in found] == [(STARTS, ENDS)]
    assert guard_codes(audit(tmp_path, "--at", ENDS)) == ["guard.uncovered"]


def test_sites_of_the_kotak_log_say_where_posts_are(tmp_path: Path) -> None:
    Scene().save(tmp_path / "kotak")
    duty = Duty(sites=False)
    duty.on(duty.ari, STARTS, pos=[-9480000, 124490000, 10])
    duty.save(tmp_path / "pengamanan")
    assert guard_codes(audit(tmp_path, "--at", ENDS)) == ["guard.away"]
    assert guard_codes(audit(tmp_path / "pengamanan", "--at", ENDS)) == []


def test_boxes_and_posts_are_judged_side_by_side(tmp_path: Path) -> None:
    duty = troubled()
    duty.write(duty.ari, "custody.check", STARTS + HOUR, box=BOX, seals=[], ok=True)
    assert guard_codes(audit(duty.save(tmp_path / "log"), "--at", ENDS)) == ALL


def test_events_that_cannot_be_read_are_told_and_stop_nothing(tmp_path: Path) -> None:
    duty = troubled()
    for members in ({"post": ""}, {"post": 7}, {"post": None}):
        duty.at_post(duty.ari, "beat", ENDS - HOUR, **members)
    duty.write(duty.ari, "guard.on", ENDS - HOUR)
    duty.write(duty.ari, "custody.offer", ENDS - HOUR, what="post", to=duty.budi.kid)
    answer = audit(duty.save(tmp_path / "log"), "--at", ENDS)
    assert guard_codes(answer) == ALL
    assert answer.code == 1


@pytest.mark.parametrize("seed", range(4))
def test_neither_order_nor_number_of_arrivals_changes_anything(tmp_path: Path, seed: int) -> None:
    duty = troubled()
    told = audit(duty.save(tmp_path / "log"), "--at", ENDS).findings
    rest = duty.events[1:] * 2
    random.Random(seed).shuffle(rest)
    duty.events[1:] = rest
    again = audit(duty.save(tmp_path / "again"), "--at", ENDS).findings
    assert [one for one in again if one["code"].startswith("guard.")] == told

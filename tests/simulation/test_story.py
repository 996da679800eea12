"""What the simulator writes: whole exports, the same bytes every time, events in their own log, within their limits."""

import json
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pytest

from kawal.ledger.event import JWS_LIMIT, PAYLOAD_LIMIT, read_event
from kawal.ledger.log_of import LOG_NAMES, accepts
from kawal_cli.audit import audit
from kawal_cli.simulate import CannotSimulate, Simulated, run
from kawal_cli.verify import verify
from kawal_machine.regions import official_codes
from tests.simulation.conftest import TIMOR_TENGAH_UTARA, leaves

PROVINCES = [province.code for province in official_codes().children("")]


def fingerprint(out: Path) -> str:
    files = sorted(path for path in out.rglob("*") if path.is_file())
    sums = [f"{path.relative_to(out)} {sha256(path.read_bytes()).hexdigest()}" for path in files]
    return sha256("\n".join(sums).encode()).hexdigest()


def test_the_same_arguments_give_the_same_bytes_in_another_process_too(tmp_path: Path) -> None:
    run(tmp_path / "one", area=["530310", "530322"], seed=7, scale=0.5)
    code = "import sys; from pathlib import Path; from kawal_cli.simulate import run; "
    code += "run(Path(sys.argv[1]), area=['53.03.10', '53.03.22'], seed=7, scale=0.5)"
    environment = {"PYTHONHASHSEED": "4242", "KAWAL_LANG": "en"}
    subprocess.run([sys.executable, "-c", code, str(tmp_path / "two")], check=True, env=environment)
    assert fingerprint(tmp_path / "one") == fingerprint(tmp_path / "two")


def test_another_seed_gives_another_operation(tmp_path: Path) -> None:
    for seed in (1, 2):
        run(tmp_path / str(seed), area=["530310"], seed=seed, faults="none", scale=0.5)
    assert fingerprint(tmp_path / "1") != fingerprint(tmp_path / "2")


@pytest.mark.parametrize("province", PROVINCES)
def test_any_province_can_be_simulated(province: str, tmp_path: Path) -> None:
    done = run(tmp_path / "out", area=[province], faults="none", scale=0.0002)
    assert done.stations >= 1
    assert all(done.events.values())


@pytest.mark.parametrize("area", ["31", "34", "62", "95", "647401,640217", "7371"])
def test_a_clean_operation_is_found_clean_wherever_it_is(area: str, tmp_path: Path) -> None:
    run(tmp_path / "out", area=area.split(","), faults="none", scale=0.005)
    assert [(one.code, one.subject) for one in audit(tmp_path / "out").findings] == []


def test_a_clean_operation_has_no_finding_and_no_truth(clean: Simulated) -> None:
    found = audit(clean.out)
    assert [(finding.code, finding.subject) for finding in found.findings] == []
    assert found.notes == ()
    assert (clean.out / "truth.jsonl").read_bytes() == b""


def test_both_exports_verify_with_their_quorum_and_proofs(clean: Simulated) -> None:
    held = list(verify(clean.out))
    assert {one.log for one in held} == set(LOG_NAMES)
    for name in LOG_NAMES:
        assert (clean.out / name / "proofs" / "0.tlog-proof").is_file()


def test_every_box_ends_at_its_warehouse_held_by_kpu(clean: Simulated) -> None:
    boxes = audit(clean.out).custody.boxes.values()
    assert len(boxes) == clean.boxes
    assert {(box.holder, box.site) for box in boxes} == {("kpu-5303", "gudang-5303")}


def test_every_event_stands_in_its_log_and_keeps_its_limits(faulty: Simulated) -> None:
    for name, jws in leaves(faulty.out):
        event = read_event(jws).event
        assert accepts(name, event.t, event.payload), event.t  # type: ignore[arg-type]
        assert len(jws) <= JWS_LIMIT
        assert len(json.dumps(event.payload, ensure_ascii=False, separators=(",", ":")).encode()) <= PAYLOAD_LIMIT


def test_no_event_has_a_member_for_a_vote_or_a_name(faulty: Simulated) -> None:
    forbidden = {"votes", "suara", "perolehan", "name", "nama", "nrp", "nip", "phone", "telepon", "candidate", "paslon"}
    for _, jws in leaves(faulty.out):
        assert not forbidden & set(read_event(jws).event.payload)


def test_each_device_of_a_clean_operation_ends_each_chain_with_its_head(clean: Simulated) -> None:
    last: dict[tuple[str, str], str] = {}
    for name, jws in leaves(clean.out):
        event = read_event(jws).event
        last[name, event.kid] = event.t
    assert set(last.values()) == {"ledger.head"}


def test_the_folder_says_that_it_is_a_demonstration(faulty: Simulated) -> None:
    assert "DEMONSTRASI" in (faulty.out / "DEMO.txt").read_text(encoding="utf-8")
    assert b"# DEMO" in (faulty.out / "kotak" / "policy").read_bytes()
    assert "DEMONSTRASI" in str(faulty)


def test_progress_rises_to_the_end(tmp_path: Path) -> None:
    told: list[tuple[str, int, int]] = []
    run(tmp_path / "out", area=["530310"], faults="none", scale=0.3, progress=lambda *one: told.append(one))
    done = [hours for _, hours, _ in told]
    assert done == sorted(done)
    assert all(hours <= total for _, hours, total in told)


def test_a_folder_with_something_in_it_is_left_alone(clean: Simulated) -> None:
    with pytest.raises(FileExistsError, match="tidak kosong"):
        run(clean.out, area=[TIMOR_TENGAH_UTARA])


def test_an_unknown_fault_is_refused_and_the_known_ones_are_named(tmp_path: Path) -> None:
    with pytest.raises(CannotSimulate, match="f01-burned-boxes"):
        run(tmp_path / "out", area=[TIMOR_TENGAH_UTARA], faults="burning")
    assert not (tmp_path / "out").exists()

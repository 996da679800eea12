"""The key ceremony: each agency's own key takes over from the post's, and a copy of the old one is worth nothing."""

from pathlib import Path

import pytest

from kawal.ledger.event import Kid
from kawal.ledger.log_of import LOG_NAMES
from kawal_cli import verify
from kawal_cli.ceremony import commands
from kawal_cli.ceremony.key_file import CannotSign
from kawal_server import clock
from kawal_server.actions.admin_chain import AGENCIES, Agency, admin_path, keys_at_post
from kawal_server.actions.devices_now import known_logs
from kawal_server.actions.hand_over import HandedOver, hand_over
from kawal_server.actions.muster_kit import kit
from kawal_server.store.key_files import read_key
from kawal_server.store.models import FindingLine
from tests.server.perangkat.cast import DAY, Cast, Phone
from tests.server.perangkat.offline import Machine, brings, muster_list

UNITS: dict[Agency, str] = {"kpu": "kpu-5303", "bawaslu": "bawaslu-5303", "polri": "polres-5303"}


@pytest.fixture
def machines(cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[Agency, Machine]:
    """Each agency has made its key with `kawal ceremony make-key` on its own machine."""
    monkeypatch.setattr(commands, "_now", clock.now)
    made = {agency: Machine(tmp_path / agency, tmp_path / agency / "admin.key") for agency in AGENCIES}
    for agency, one in made.items():
        one.folder.mkdir()
        options = ["--agency", agency, "--out", str(one.key), "--who", f"p-admin-{agency}", "--cost", "10"]
        done = one.run("ceremony", "make-key", *options, *one.passphrase())
        assert done.exit_code == 0, done.output
    return made


def hands_over(machines: dict[Agency, Machine], agency: Agency) -> HandedOver:
    request = machines[agency].key.with_name("admin.key.permintaan").read_text().strip()
    at = clock.now()
    return hand_over(agency, request, who=f"p-admin-{agency}", unit=UNITS[agency], until=at + 60 * DAY, at=at)


def writes(folder: Path, done: HandedOver) -> Path:
    folder.mkdir()
    for log, lines in done.waiting.items():
        (folder / f"{log}.jws").write_bytes(b"".join(line + b"\n" for line in lines))
    return folder


def whole_ceremony(machines: dict[Agency, Machine], tmp_path: Path) -> dict[Agency, Kid]:
    """KPU, then Bawaslu, then Polri: the last ones are signed under by the new keys of the others."""
    old = {agency: Kid(read_key(admin_path(agency)).kid) for agency in AGENCIES}
    assert hands_over(machines, "kpu").is_finished
    second = hands_over(machines, "bawaslu")
    assert not second.is_finished, "only Polri's key is left to sign the withdrawal"
    assert machines["kpu"].signs(writes(tmp_path / "b1", second), tmp_path / "b2", "--confirm").exit_code == 0
    brings(tmp_path / "b2")
    assert hands_over(machines, "bawaslu").is_finished
    third = hands_over(machines, "polri")
    machines["kpu"].forgets_kit()
    assert machines["kpu"].signs(writes(tmp_path / "p1", third), tmp_path / "p2", "--confirm").exit_code == 0
    brings(tmp_path / "p2")
    assert not hands_over(machines, "polri").is_finished
    kit_path = tmp_path / "bekal-akhir.json"
    kit_path.write_bytes(kit())
    bawaslu = machines["bawaslu"]
    options = ["--key", str(bawaslu.key), "--kit", str(kit_path), "--out", str(tmp_path / "c1"), *bawaslu.passphrase()]
    assert bawaslu.run("ceremony", "revoke", old["polri"], *options).exit_code == 0
    machines["kpu"].forgets_kit()
    assert machines["kpu"].signs(tmp_path / "c1", tmp_path / "c2", "--confirm").exit_code == 0
    brings(tmp_path / "c1")
    brings(tmp_path / "c2")
    assert hands_over(machines, "polri").is_finished
    return old


def test_all_three_keys_leave_the_post(cast: Cast, machines: dict[Agency, Machine], tmp_path: Path) -> None:
    old = whole_ceremony(machines, tmp_path)
    assert keys_at_post() == []
    for devices, _ in known_logs().values():
        assert set(old.values()) <= set(devices.revocations)
        assert not any(devices.administers(kid) for kid in old.values())
    for folder in cast.export():
        assert list(verify.verify(folder))
    cast.post.worker.tell(is_due=True)
    assert list(FindingLine.objects.filter(code__startswith="ledger.").values_list("code", "subject")) == []


def test_the_new_keys_enrol_and_a_copy_of_the_old_ones_does_not(
    cast: Cast, machines: dict[Agency, Machine], tmp_path: Path
) -> None:
    copies = {agency: admin_path(agency).read_text() for agency in AGENCIES}
    whole_ceremony(machines, tmp_path)
    for one in machines.values():
        one.forgets_kit()
    guard = Phone("penjaga")
    assert machines["polri"].signs(muster_list(tmp_path / "a.jsonl", [guard]), tmp_path / "u").exit_code == 0
    assert machines["bawaslu"].signs(tmp_path / "u", tmp_path / "s", "--confirm").exit_code == 0
    assert {one.reason for one in [*brings(tmp_path / "u"), *brings(tmp_path / "s")]} == {None}
    assert cast.sends(guard.signs())[0].is_new
    for agency, text in copies.items():
        admin_path(agency).write_text(text)
        admin_path(agency).chmod(0o600)
    ghost = Phone("hantu")
    from kawal_server.actions.enrol_devices import confirm_enrolments, propose_enrolments

    propose_enrolments(cast.officer("kasetops"), [cast.asks(ghost)], at=clock.now())
    confirm_enrolments(cast.officer("kpu"), [ghost.kid], at=clock.now())
    assert not cast.sends(ghost.signs())[0].is_new
    for agency in AGENCIES:
        admin_path(agency).unlink()


def test_a_step_done_twice_is_done_once(cast: Cast, machines: dict[Agency, Machine]) -> None:
    first = hands_over(machines, "kpu")
    sizes = [cast.in_log("ledger.", log) for log in LOG_NAMES]
    again = hands_over(machines, "kpu")
    assert (first.is_finished, again.is_finished) == (True, True)
    assert [cast.in_log("ledger.", log) for log in LOG_NAMES] == sizes


def test_a_key_that_asks_for_another_agency_is_not_handed_over(cast: Cast, machines: dict[Agency, Machine]) -> None:
    request = machines["polri"].key.with_name("admin.key.permintaan").read_text().strip()
    with pytest.raises(ValueError, match="bukan p-admin-kpu"):
        hand_over("kpu", request, who="p-admin-kpu", unit="kpu-5303", until=clock.now() + DAY, at=clock.now())
    assert "kpu" in keys_at_post()


def test_the_sheet_needs_three_administrators_of_three_agencies(
    machines: dict[Agency, Machine], tmp_path: Path
) -> None:
    kit_path, out = tmp_path / "bekal.json", tmp_path / "berita-acara.html"
    kit_path.write_bytes(kit())
    keys = [str(one.key) for one in machines.values()]
    named = ["--out", str(out), "--day", "Senin, 25 November 2024", "--place", "Aula KPU TTU", "--kit", str(kit_path)]
    one = machines["kpu"]
    assert isinstance(one.run("ceremony", "sheet", *keys[:2], *named).exception, Exception)
    done = one.run("ceremony", "sheet", *keys, *named, "--present", "Ketua KPU TTU", "--present", "Ketua Bawaslu TTU")
    assert done.exit_code == 0, done.output
    page = out.read_text()
    for word in ("KPU", "BAWASLU", "POLRI", "Ketua Bawaslu TTU", "amplop A", "kawal.example/turangga-2024"):
        assert word in page, word


def test_a_spare_sheet_typed_by_hand_is_the_key_again(machines: dict[Agency, Machine], tmp_path: Path) -> None:
    from typer.testing import CliRunner

    from kawal.ledger.sealed_key import printed, read_sealed
    from kawal_cli.main import app

    text = machines["kpu"].key.read_text().strip()
    assert read_sealed(text).agency == "kpu"
    lines = [f"{line} {check}" for line, check in printed(text)]
    page = machines["kpu"].key.with_name("admin.key.cadangan.html").read_text()
    assert all(line.rsplit(" ", 1)[0] in page for line in lines)
    out = tmp_path / "pulih.key"
    done = CliRunner().invoke(app, ["ceremony", "restore", "--out", str(out)], input="\n".join(lines) + "\n")
    assert done.exit_code == 0
    assert out.read_text().strip() == text
    assert out.stat().st_mode & 0o77 == 0
    lines[2] = "A" + lines[2][1:] if lines[2][0] != "A" else "B" + lines[2][1:]
    wrong = CliRunner().invoke(app, ["ceremony", "restore", "--out", str(tmp_path / "x")], input="\n".join(lines))
    assert "baris 3" in str(wrong.exception)


def test_a_kid_that_begins_with_a_dash_is_no_option(tmp_path: Path) -> None:
    from typer.testing import CliRunner

    from kawal_cli.main import app

    kid = "-q4L5ZCv1K191gH8a-V4NgQtQG4-2JrWJYy93JWXkbI"
    absent = str(tmp_path / "admin.key")
    done = CliRunner().invoke(app, ["ceremony", "revoke", kid, "--key", absent, "--kit", absent, "--out", absent])
    assert "No such option" not in done.output
    assert isinstance(done.exception, CannotSign | OSError)

"""`kawal audit`: what it reads, what it prints, and how it ends."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from kawal_cli.main import app
from kawal_cli.reading import Unreadable, entries, read_given
from tests.mission.custody.operation import BOX, VOTE, Operation

MEMBERS = {"code", "severity", "subject", "from", "to", "evidence", "says"}


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(one) for one in arguments])


def lines_of(folder: Path) -> Iterator[bytes]:
    size = int((folder / "checkpoint").read_text(encoding="utf-8").split("\n")[1])
    return entries(folder, size)


def bare(source: Path, target: Path, names: tuple[str, ...] = ("kotak", "pengamanan")) -> Path:
    """The same logs as one JWS a line, with their blobs."""
    for name in names:
        (target / name).mkdir(parents=True)
        (target / name / "events.jws").write_bytes(b"".join(line + b"\n" for line in lines_of(source / name)))
        (target / name / "blobs").symlink_to(source / name / "blobs")
    return target


def test_a_clean_operation_prints_its_boxes_and_ends_with_zero(clean: Path) -> None:
    result = run("audit", clean)
    assert result.exit_code == 0, result.output
    assert "Tidak ada temuan" in result.output
    assert "Gudang" in result.output


def test_a_clean_operation_prints_no_line_of_json(clean: Path) -> None:
    result = run("audit", clean, "--json")
    assert (result.exit_code, result.stdout) == (0, "")


def test_findings_are_one_json_object_a_line_sorted_and_complete(faulty: Path) -> None:
    result = run("audit", faulty, "--json")
    assert result.exit_code == 1
    found = [json.loads(line) for line in result.stdout.splitlines()]
    assert len(found) > 10
    keys = [(one["code"], one["subject"], one["from"]) for one in found]
    assert keys == sorted(keys)
    for one in found:
        assert set(one) == MEMBERS
        assert one["severity"] in ("info", "warn", "alarm")
        assert one["to"] is None or one["to"] >= one["from"], one
        assert set(one["says"]) == {"id", "en"}
        assert one["evidence"], one


def test_every_box_is_listed_when_asked_for(clean: Path) -> None:
    result = run("audit", clean, "--boxes")
    given = read_given(clean)
    row = next(event for event in given.logs[0].events if event is not None and event.payload.get("kind") == "boxes")
    listed = given.blobs.read(row.payload["mh"])
    assert listed is not None
    for line in listed.decode().splitlines()[1:]:
        assert line.split(",")[0] in result.output


def test_the_table_is_there_in_english_too(clean: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KAWAL_LANG", "en")
    assert "No findings" in run("audit", clean).output


def test_bare_events_are_audited_without_checkpoint_or_policy(clean: Path, tmp_path: Path) -> None:
    result = run("audit", bare(clean, tmp_path), "--json")
    assert (result.exit_code, result.stdout) == (0, "")


def test_one_log_alone_is_audited(clean: Path, tmp_path: Path) -> None:
    assert run("audit", bare(clean, tmp_path, ("kotak",)) / "kotak", "--json").exit_code == 0
    assert run("audit", clean / "kotak").exit_code == 0


def test_a_line_that_is_no_event_ends_with_two_and_takes_no_other_down(faulty: Path, tmp_path: Path) -> None:
    folder = bare(faulty, tmp_path, ("kotak",)) / "kotak"
    expected = run("audit", folder, "--json").stdout
    with (folder / "events.jws").open("ab") as file:
        file.write(b"bukan peristiwa\n")
    result = run("audit", folder, "--json")
    assert result.exit_code == 2
    assert result.stdout == expected
    assert "bukan JWS" in result.stderr


@pytest.mark.parametrize("made", ["empty", "nothing", "file"])
def test_what_is_no_log_is_named_with_what_to_do(tmp_path: Path, made: str) -> None:
    folder = tmp_path / made
    if made == "empty":
        folder.mkdir()
    if made == "file":
        folder.write_text("halo")
    with pytest.raises(Unreadable, match=r"bukan ekspor|tidak ada"):
        read_given(folder)


def test_now_may_be_given_with_its_zone_and_never_without(clean: Path) -> None:
    late = run("audit", clean, "--at", "2025-03-01T08:00:00+08:00", "--json")
    assert late.exit_code in (0, 1)
    assert run("audit", clean, "--at", "2025-03-01T08:00:00").exit_code == 2
    assert run("audit", clean, "--at", "kemarin").exit_code == 2


def test_an_export_with_a_bundle_missing_cannot_be_read(clean: Path, tmp_path: Path) -> None:
    folder = tmp_path / "kotak"
    folder.mkdir()
    for name in ("checkpoint", "policy"):
        (folder / name).write_bytes((clean / "kotak" / name).read_bytes())
    with pytest.raises(Unreadable, match="tidak terbaca"):
        read_given(folder)


def test_what_a_log_says_cannot_draw_on_the_terminal(tmp_path: Path) -> None:
    operation = Operation()
    evil = "kpps-\x1b[2J[red]\u202e"
    device = operation.device("kpps", evil)
    operation.seal(device, BOX, VOTE)
    folder = tmp_path / "kotak"
    folder.mkdir()
    (folder / "events.jws").write_bytes(b"".join(line + b"\n" for line in operation.lines))
    output = run("audit", folder, "--boxes").output
    assert "[red]" in output
    assert "\x1b[2J" not in output
    assert "\u202e" not in output


def test_an_empty_log_is_unreadable_rather_than_clean(tmp_path: Path) -> None:
    (tmp_path / "events.jws").write_bytes(b"")
    with pytest.raises(Unreadable, match="kosong"):
        read_given(tmp_path)

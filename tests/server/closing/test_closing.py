"""After the last ruling: archives that verify, and nothing left of anybody in the bytes of the database."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from kawal.ledger.log_of import KOTAK, LOG_NAMES, PENGAMANAN
from kawal_cli import closing, serve, verify
from kawal_cli.archive import ArchiveDiffers
from kawal_cli.closing import Closed, NotClosed
from kawal_cli.main import app
from kawal_cli.snapshot import copy_published
from kawal_server import clock
from kawal_server.accounts.models import Officer
from kawal_server.actions.close_operation import is_erased
from kawal_server.actions.keep_people import OperationClosed, add_person
from kawal_server.actions.move_stage import release_post
from kawal_server.actions.work import Worker
from kawal_server.store.models import Operation, PersonRow, StageRow, VehicleRow
from kawal_server.store.opened import the_store
from tests.server.closing import field
from tests.server.closing.conftest import LAST_RULING, NAME, NRP, PHONE
from tests.server.operasi.clerk import Clerk
from tests.server.post import Post

DAY = 86_400


def close(post: Post, out: Path, *, is_sure: bool = True) -> Closed:
    return closing.close(post.data, out, is_sure=lambda _operation: is_sure)


def bytes_of(post: Post) -> bytes:
    """Every byte of the database on the disk, its write-ahead log too."""
    return b"".join(path.read_bytes() for path in sorted(post.data.glob("kawal.sqlite3*")))


def leaves() -> dict[str, list[bytes]]:
    return {log: [one.jws for one in the_store().leaves(log, 0, the_store().head(log).size)] for log in LOG_NAMES}


def test_nothing_of_anybody_is_left_in_the_database(post: Post, ended: Clerk, tmp_path: Path) -> None:
    VehicleRow.objects.create(name="DH 1234 AB", kind="truk", owner="Yohanes Pemilik Truk")
    secrets = [text.encode() for text in (NAME, NRP, PHONE, "Kusumawardhani", "kaops-dewi", "Yohanes Pemilik")]
    assert [one for one in secrets if one not in bytes_of(post)] == []
    done = close(post, tmp_path / "arsip")
    assert [one for one in secrets if one in bytes_of(post)] == []
    assert is_erased()
    assert {one.table: one.rows for one in done.erased if one.table in ("store.PersonRow", "accounts.Officer")} == {
        "store.PersonRow": 1,
        "accounts.Officer": 2,
    }
    assert "store.PersonRow" not in done.remains.rows
    assert done.remains.rows["store.StageRow"] == 12


def test_the_logs_stay_as_they_were_and_say_that_the_operation_ended(post: Post, ended: Clerk, tmp_path: Path) -> None:
    before = leaves()
    assert close(post, tmp_path / "arsip").is_told
    after = leaves()
    assert after[KOTAK] == before[KOTAK]
    assert after[PENGAMANAN][:-1] == before[PENGAMANAN]
    assert [one.log for one in verify.verify(post.data / "logs")]
    for text in (NAME, NRP, PHONE):
        assert not any(text.encode() in one for one in after[PENGAMANAN])


def test_kpu_gets_every_event_of_the_boxes_and_bawaslu_no_event_of_the_guarding(
    post: Post, ended: Clerk, tmp_path: Path
) -> None:
    out = tmp_path / "arsip"
    done = close(post, out)
    assert [(one.who, sorted(one.sizes)) for one in done.archives] == [
        ("kpu", ["kotak"]),
        ("bawaslu", ["kotak", "pengamanan"]),
    ]
    assert not (out / "bawaslu" / PENGAMANAN / "tile" / "entries").exists()
    assert not (out / "bawaslu" / PENGAMANAN / "blobs").exists()
    assert (out / "kpu" / KOTAK / "tile" / "entries").is_dir()
    said = [one.what_en for one in verify.verify(out / "bawaslu") if one.log == PENGAMANAN]
    assert "no entries: its events are unchecked" in said
    assert f"root of {the_store().head(PENGAMANAN).size} hashes" in said


def test_an_archive_whose_hash_tile_was_changed_does_not_verify(post: Post, ended: Clerk, tmp_path: Path) -> None:
    out = tmp_path / "arsip"
    close(post, out)
    [tile, *_] = sorted((out / "bawaslu" / PENGAMANAN / "tile" / "0").rglob("000*"))
    path = tile if tile.is_file() else next(one for one in tile.rglob("*") if one.is_file())
    path.write_bytes(bytes([path.read_bytes()[0] ^ 1]) + path.read_bytes()[1:])
    with pytest.raises(verify.Wrong, match="the tiles do not give the checkpoint's root"):
        list(verify.verify(out / "bawaslu"))


def test_closing_again_changes_nothing(post: Post, ended: Clerk, tmp_path: Path) -> None:
    first = close(post, tmp_path / "arsip")
    at, held = Operation.objects.get().closed_at, leaves()
    again = close(post, tmp_path / "arsip")
    assert (Operation.objects.get().closed_at, leaves()) == (at, held)
    assert [one.rows for one in again.erased] == [0] * len(again.erased)
    assert again.archives == first.archives


def test_an_archive_of_another_log_in_the_folder_stops_before_anything_is_erased(
    post: Post, ended: Clerk, tmp_path: Path
) -> None:
    worker = Worker()
    worker.publish()
    worker.close()
    out = tmp_path / "arsip"
    (out / "kpu" / KOTAK).mkdir(parents=True)
    logs = post.data / "logs" / KOTAK
    copy_published(logs, out / "kpu" / KOTAK, (logs / "checkpoint").read_bytes())
    field.boxes_in_the_warehouse([], until=LAST_RULING + DAY)
    with pytest.raises(ArchiveDiffers, match="arsip lain"):
        close(post, out)
    assert PersonRow.objects.count() == 1


def test_it_is_refused_while_a_stage_runs_a_post_holds_boxes_or_an_order_stands(
    post: Post, ended: Clerk, tmp_path: Path
) -> None:
    StageRow.objects.filter(stage="psu").update(is_left_out=False, starts=LAST_RULING - DAY, ends=LAST_RULING + DAY)
    StageRow.objects.filter(stage="phpu").update(is_left_out=False)
    field.post_at_the_warehouse(LAST_RULING - 200 * DAY, LAST_RULING - 100 * DAY)
    field.order(LAST_RULING + 30 * DAY)
    box = "GUB-5303052001001"
    field.boxes_in_the_warehouse([box], until=LAST_RULING + DAY)
    with pytest.raises(NotClosed) as refused:
        close(post, tmp_path / "arsip")
    said = str(refused.value)
    assert "Tahapan Pemungutan suara ulang (PSU) belum selesai" in said
    assert "Tahapan Perselisihan hasil (PHPU) belum bertanggal" in said
    assert f"Pos {field.STORE} masih menjaga 1 kotak" in said
    assert "Perintah Sprin/70/XI/2024 masih berlaku" in said
    assert not (tmp_path / "arsip").exists()
    assert PersonRow.objects.count() == 1


def test_it_closes_once_kpu_has_taken_over_the_boxes(post: Post, ended: Clerk, tmp_path: Path) -> None:
    field.post_at_the_warehouse(LAST_RULING - 200 * DAY, LAST_RULING - 100 * DAY)
    field.boxes_in_the_warehouse(["GUB-5303052001001"], until=LAST_RULING + DAY)
    with pytest.raises(NotClosed, match="masih menjaga 1 kotak"):
        close(post, tmp_path / "arsip")
    release_post(field.POST, "BA/9/KPU/2025")
    assert close(post, tmp_path / "arsip").archives


def test_whoever_is_not_sure_closes_nothing(post: Post, ended: Clerk, tmp_path: Path) -> None:
    with pytest.raises(NotClosed, match="tidak ada yang diubah"):
        close(post, tmp_path / "arsip", is_sure=False)
    assert Operation.objects.get().closed_at is None
    assert PersonRow.objects.count() == 1


def test_a_demonstration_is_not_closed(post: Post, ended: Clerk, tmp_path: Path) -> None:
    Operation.objects.update(is_demo=True)
    with pytest.raises(NotClosed, match="peragaan"):
        close(post, tmp_path / "arsip")


def test_a_closed_operation_takes_nobody_in(post: Post, ended: Clerk, tmp_path: Path) -> None:
    close(post, tmp_path / "arsip")
    kaops = Officer.objects.create(username="kaops", office="kaops")
    with pytest.raises(OperationClosed):
        add_person(kaops, {"name": NAME, "rank": "Aiptu", "agency": "polri", "unit": "polsek-530305"})


def test_without_polris_key_it_closes_and_says_that_the_log_was_not_told(
    post: Post, ended: Clerk, tmp_path: Path
) -> None:
    (post.data / "keys" / "admin-polri.key").unlink()
    before = leaves()
    assert not close(post, tmp_path / "arsip").is_told
    assert leaves() == before


def test_the_command_asks_for_the_operations_name(
    post: Post, ended: Clerk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(serve, "prepare", lambda *_arguments, **_named: None)
    command = ["close", str(tmp_path / "arsip"), "--data", str(post.data)]
    refused = CliRunner().invoke(app, command, input="lain\n")
    assert refused.exit_code == 1
    assert PersonRow.objects.count() == 1
    done = CliRunner().invoke(app, command, input="turangga 2024\n")
    assert done.exit_code == 0, done.output
    assert "tidak seorang pun dapat membukanya lagi" in " ".join(done.output.split())
    assert not PersonRow.objects.exists()
    assert clock.now() == LAST_RULING

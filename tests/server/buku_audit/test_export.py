"""The export that an officer takes away is whole, and verifies without the post."""

import io
import zipfile
from pathlib import Path

from kawal_cli.verify import verify
from kawal_server.actions.take_export import export, zipped
from tests.mission.custody.operation import BOX, PPK_SITE
from tests.server.post import Post
from tests.server.streamed import body_of
from tests.server.told import AT, tell_night


def unpack(data: bytes, where: Path) -> Path:
    zipfile.ZipFile(io.BytesIO(data)).extractall(where)
    return where


def test_the_export_of_a_log_verifies(post: Post, tmp_path: Path) -> None:
    tell_night(post)
    answer = post.client("auditor").get("/buku-audit/ekspor.zip?log=kotak")
    folder = unpack(body_of(answer), tmp_path / "export")
    assert any("root of" in one.what_en for one in verify(folder))
    assert answer["Cache-Control"] == "no-store"


def test_what_is_published_while_an_export_is_sent_does_not_break_it(post: Post, tmp_path: Path) -> None:
    operation = tell_night(post)
    files = export(("kotak", "pengamanan"))
    first = [next(files), next(files)]
    for number in range(300):
        operation.check(operation.ppk, BOX, AT + number, site=PPK_SITE)
    post.tell(AT + 600)
    data = b"".join(zipped([*first, *files]))
    checked = [one.what_en for one in verify(unpack(data, tmp_path / "export"))]
    assert any("root of" in what for what in checked)


def test_both_logs_are_in_the_export_of_both(post: Post) -> None:
    tell_night(post)
    answer = post.client("operator").get("/buku-audit/ekspor.zip?log=semua")
    names = zipfile.ZipFile(io.BytesIO(body_of(answer))).namelist()
    assert "kotak/checkpoint" in names
    assert not any(name.startswith("/") or ".." in name for name in names)

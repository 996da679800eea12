"""Lines, manifests and arguments that cannot be read: each ends with two and a word about why."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.contracts.auditing import audit, kawal
from tests.contracts.conftest import Audited
from tests.contracts.scene import DAWN, HOUR, Scene

Change = Callable[[bytes], bytes]


def sealed(policy: str | None = None) -> Scene:
    scene = Scene(policy=policy)
    scene.seal(scene.kpps, DAWN + 9 * HOUR)
    return scene


@pytest.mark.parametrize(
    "change",
    [
        lambda raw: raw.replace(b"\n", b"\r\n"),
        lambda raw: raw[:-200],
        lambda raw: b"\xef\xbb\xbf" + raw,
        lambda raw: raw + b"\x00\x01\xff\n",
        lambda raw: raw[:-10] + b"AAAAAAAAA\n",
    ],
    ids=["carriage returns", "cut off", "byte order mark", "bytes", "signature"],
)
def test_a_line_that_cannot_be_read_is_told(tmp_path: Path, change: Change) -> None:
    log = sealed().save(tmp_path) / "events.jws"
    log.write_bytes(change(log.read_bytes()))
    answer = audit(tmp_path)
    assert answer.code == 2
    assert answer.err
    assert kawal("verify", tmp_path).code != 0


@pytest.mark.parametrize("kind", ["boxes", "sites", "sessions", "convoys"])
@pytest.mark.parametrize("raw", [b"", b"\xff\xfe", b"one,two\nx,y\n"], ids=["empty", "not UTF-8", "another header"])
def test_a_manifest_that_cannot_be_read_is_told(audited: Audited, kind: str, raw: bytes) -> None:
    scene = sealed()
    scene.write(scene.kpu, "register.manifest", DAWN + 8 * HOUR, kind=kind, mh=scene.blob(raw), n=1)
    answer = audited(scene)
    assert answer.code == 2
    assert kind in answer.err


def test_a_row_with_a_column_too_few_is_told(audited: Audited) -> None:
    scene = sealed()
    scene.register("boxes", "box,election,station,area", "BUP-1")
    assert audited(scene).code == 2


def test_a_policy_that_cannot_be_read_is_told(audited: Audited) -> None:
    answer = audited(sealed("not toml ["))
    assert answer.code == 2
    assert "TOML" in answer.err


def test_a_limit_of_something_unknown_is_ignored(audited: Audited) -> None:
    answer = audited(sealed('["future.code"]\nlimit_min = 3\n'))
    assert (answer.code, answer.out) == (0, "")


@pytest.mark.parametrize(
    "arguments",
    [("audit",), ("audit", ".", "--at", "zzz"), ("audit", "--nope"), ("nope",), ("verify",), ("export", "x")],
    ids=" ".join,
)
def test_arguments_that_mean_nothing_are_refused(arguments: tuple[str, ...]) -> None:
    answer = kawal(*arguments)
    assert (answer.code, answer.out) == (2, "")
    assert answer.err
    assert "Traceback" not in answer.err

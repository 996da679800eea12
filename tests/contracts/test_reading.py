"""What cannot be read ends with two, and never like a log in which nothing is wrong."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.contracts.auditing import audit, kawal
from tests.contracts.logbook import Logbook
from tests.contracts.publishing import Publication, policy
from tests.contracts.scene import DAWN, HOUR, Scene

Break = Callable[[Path], None]


def signed_off() -> Logbook:
    scene = Scene()
    scene.seal(scene.kpps, DAWN + 9 * HOUR)
    return scene


def exported(folder: Path) -> Path:
    scene = Scene(trust=policy())
    publication = Publication()
    publication.publish(scene.lines, DAWN)
    scene.seal(scene.kpps, DAWN + 9 * HOUR)
    publication.publish(scene.lines, DAWN + 10 * HOUR)
    return publication.save(folder, scene.lines, scene.blobs)


def flipped(name: str, place: int) -> Break:
    def run(folder: Path) -> None:
        raw = bytearray((folder / name).read_bytes())
        raw[place] ^= 1
        (folder / name).write_bytes(bytes(raw))

    return run


def removed(pattern: str) -> Break:
    def run(folder: Path) -> None:
        for path in folder.glob(pattern):
            path.unlink()

    return run


def test_an_empty_log_neither_audits_nor_verifies(tmp_path: Path) -> None:
    (tmp_path / "events.jws").write_bytes(b"")
    assert (audit(tmp_path).code, kawal("verify", tmp_path).code) == (2, 2)


def test_a_line_that_is_no_event_is_told(tmp_path: Path) -> None:
    book = signed_off()
    assert audit(book.save(tmp_path, [*book.lines, b"hello"])).code == 2


def test_without_its_list_of_boxes_a_log_is_not_in_order(tmp_path: Path) -> None:
    signed_off().save(tmp_path)
    removed("blobs/*")(tmp_path)
    assert audit(tmp_path).code == 2


@pytest.mark.parametrize(
    "broken",
    [flipped("checkpoint", 60), removed("policy"), removed("tile/entries/000.p/*"), removed("checkpoint")],
    ids=["log signature", "no policy", "no entries", "no checkpoint"],
)
def test_an_export_that_does_not_hold_never_audits_to_zero(tmp_path: Path, broken: Break) -> None:
    assert audit(exported(tmp_path)).code == 0
    broken(tmp_path)
    assert audit(tmp_path).code == 2


def test_an_older_checkpoint_is_verified_as_the_newest_is(tmp_path: Path) -> None:
    older = next(path.name for path in exported(tmp_path).glob("checkpoint.*"))
    flipped(older, -10)(tmp_path)
    assert kawal("verify", tmp_path).code == 1


@pytest.mark.parametrize("area", ["9999", "abc", "", "530305200"])
def test_an_area_that_is_none_is_refused_in_words(tmp_path: Path, area: str) -> None:
    answer = kawal("simulate", tmp_path / "out", "--area", area)
    assert answer.code == 2
    assert "--area" in answer.err
    assert "Traceback" not in answer.err


@pytest.mark.parametrize("option", [("--faults", "nope"), ("--scale", "0"), ("--scale", "2"), ("--seed", "x")])
def test_arguments_that_mean_nothing_are_refused_in_words(tmp_path: Path, option: tuple[str, str]) -> None:
    answer = kawal("simulate", tmp_path / "out", "--area", "5303", *option)
    assert answer.code == 2
    assert option[0] in answer.err

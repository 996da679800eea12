"""`kawal verify` of a whole export: what holds, and what one changed file does to it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.contracts.auditing import audit, kawal
from tests.contracts.publishing import LOG, Publication, policy
from tests.contracts.scene import DAWN, DAY, HOUR, Scene

Break = Callable[[Path], None]
PROVED = 5


def exported(folder: Path) -> Path:
    scene, publication = Scene(trust=policy()), Publication()
    publication.publish(scene.lines, DAWN)
    scene.seal(scene.kpps, DAWN + 9 * HOUR)
    scene.hand_over(scene.kpps, scene.pps, DAWN + 10 * HOUR)
    publication.publish(scene.lines, DAWN + 11 * HOUR)
    publication.save(folder, scene.lines, scene.blobs)
    for index in (0, PROVED, len(scene.lines) - 1):
        publication.save_proof(folder, index, scene.lines)
    return folder


def the(folder: Path, pattern: str) -> Path:
    return min(folder.glob(pattern))


def flipped(pattern: str, place: int) -> Break:
    def run(folder: Path) -> None:
        path = the(folder, pattern)
        raw = bytearray(path.read_bytes())
        raw[place] ^= 1
        path.write_bytes(bytes(raw))

    return run


def cut(pattern: str, keep: int) -> Break:
    def run(folder: Path) -> None:
        path = the(folder, pattern)
        path.write_bytes(path.read_bytes()[:keep])

    return run


def gone(pattern: str) -> Break:
    return lambda folder: the(folder, pattern).unlink()


def without(witness: str) -> Break:
    def run(folder: Path) -> None:
        path = folder / "checkpoint"
        lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
        path.write_text("".join(line for line in lines if witness not in line), encoding="utf-8")

    return run


def lenient(folder: Path) -> None:
    """Another policy, under which anything goes: its hash is not the one in the genesis."""
    (folder / "policy").write_text(f"log {LOG.vkey}\nquorum none\n", encoding="utf-8")


BREAKS: dict[str, Break] = {
    "root": flipped("checkpoint", 60),
    "entries": flipped("tile/entries/000.p/*", 400),
    "entries cut off": cut("tile/entries/000.p/*", -50),
    "entries gone": gone("tile/entries/000.p/*"),
    "tile": flipped("tile/0/000.p/*", 100),
    "tile short": cut("tile/0/000.p/*", 3),
    "tile gone": gone("tile/0/000.p/*"),
    "policy gone": gone("policy"),
    "another policy": lenient,
    "consistency": flipped("cons.*", 12),
    "older checkpoint": flipped("checkpoint.*", -10),
    "list": flipped("blobs/*", 3),
    "proof": flipped(f"proofs/{PROVED}.tlog-proof", 40),
    "event of a proof": flipped(f"proofs/{PROVED}.jws", 400),
    "no cosignature": without("saksi"),
    "one cosignature of two": without("saksi-dua"),
}


def test_an_export_made_by_the_format_pages_holds(tmp_path: Path) -> None:
    answer = kawal("verify", exported(tmp_path))
    assert (answer.code, answer.err) == (0, "")


@pytest.mark.parametrize("broken", BREAKS.values(), ids=BREAKS)
def test_one_changed_file_is_found(tmp_path: Path, broken: Break) -> None:
    broken(exported(tmp_path))
    answer = kawal("verify", tmp_path)
    assert answer.code == 1
    assert answer.out + answer.err
    assert "Semua benar" not in answer.out


def test_more_than_one_bundle_verifies(tmp_path: Path) -> None:
    scene, publication = Scene(trust=policy()), Publication()
    publication.publish(scene.lines, DAWN - 8 * DAY)
    for minute in range(300):
        scene.check(scene.guard, DAWN + minute * 60)
    publication.publish(scene.lines, DAWN + 5 * HOUR)
    publication.save(tmp_path, scene.lines, scene.blobs)
    for index in (0, 255, 256, 299):
        publication.save_proof(tmp_path, index, scene.lines)
    assert kawal("verify", tmp_path).code == 0
    assert not [code for code in audit(tmp_path).codes if code != "ledger.late"]


@pytest.mark.parametrize("command", ["audit", "verify"])
@pytest.mark.parametrize("folder", ["absent", "empty"])
def test_a_folder_that_is_no_export_cannot_be_read(tmp_path: Path, command: str, folder: str) -> None:
    (tmp_path / "empty").mkdir()
    answer = kawal(command, tmp_path / folder)
    assert (answer.code, answer.out) == (2, "")
    assert folder in answer.err

"""Whatever step the power fails at, before or after it: the folder verifies as it lies, and the next start goes on."""

import os
import random
import shutil
import subprocess
import sys
from collections import defaultdict
from collections.abc import Callable
from copy import deepcopy
from dataclasses import replace
from pathlib import Path

import pytest

from kawal.ledger.checkpoint import read_checkpoint
from kawal.ledger.keys import SigningKey
from kawal.ledger.tree import Tree, leaf_hash
from kawal_server.store.files import INCOMING
from tests.mission.ledger.scene import key_of
from tests.server.publishing import grower
from tests.server.publishing.post import COSIGNERS, Post, Power, PowerCut, files, lines, nothing_overwritten

ROOT = Path(__file__).parents[3]


def before_all(post: Post) -> None:
    """Nothing published so far."""


def across_a_full_tile(post: Post) -> None:
    post.grown(7)
    post.grown(250)


def unwitnessed_so_far(post: Post) -> None:
    post.grown(250)
    post.cosigners = ()
    post.started().grown(270)
    post.cosigners = COSIGNERS


def losing_its_witnesses(post: Post) -> None:
    post.grown(250)
    post.cosigners = COSIGNERS[1:]


def after_a_full_tile(post: Post) -> None:
    post.grown(200)
    post.grown(256)


SCENES = [before_all, across_a_full_tile, unwitnessed_so_far, losing_its_witnesses, after_a_full_tile]
SIZE = 300


class OneTree:
    """A log key that notes what it signs: for each size one text, or the log has forked."""

    def __init__(self) -> None:
        self.signed: defaultdict[bytes, set[bytes]] = defaultdict(set)
        key = key_of("log")

        def sign(text: bytes) -> bytes:
            self.signed[text.split(b"\n")[1]].add(text)
            return key.sign(text)

        self.key = SigningKey(key.public, sign)

    def holds(self) -> bool:
        return all(len(texts) == 1 for texts in self.signed.values())


@pytest.fixture
def quick_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """No waiting for the disk: here the process dies and not the disk; test_blobs asks for the order of the fsyncs."""
    monkeypatch.setattr(os, "fsync", lambda handle: None)


def prepared(scene: Callable[[Post], None], root: Path) -> Post:
    post = Post(root, key=OneTree().key).made()
    scene(post)
    post.stop()
    post.store.commit(*lines(SIZE)[post.store.edge.size :])
    return post


def copied(post: Post, root: Path, tree: OneTree) -> Post:
    shutil.copytree(post.root, root)
    return replace(post, root=root, key=tree.key, store=deepcopy(post.store))


def steps_of(post: Post, root: Path) -> tuple[int, dict[str, bytes]]:
    """How many steps an undisturbed publication takes, and what then lies there."""
    calm, power = copied(post, root, OneTree()), Power()
    with power.supplied(calm):
        assert calm.publish() is not None
    calm.stop()
    return power.step, files(calm.folder)


def newest(there: dict[str, bytes]) -> int:
    found = [there[name] for name in ("checkpoint", "checkpoint-unwitnessed") if name in there]
    return max((read_checkpoint(data).size for data in found), default=0)


@pytest.mark.usefixtures("quick_disk")
@pytest.mark.parametrize("kept", [False, True], ids=["lost", "kept"])
@pytest.mark.parametrize(
    ("scene", "is_restarted"),
    [(scene, True) for scene in SCENES] + [(scene, False) for scene in SCENES[1:3]],
    ids=lambda value: value.__name__ if callable(value) else "machine stops" if value else "call fails",
)
def test_a_publication_cut_at_any_step_is_made_good(
    scene: Callable[[Post], None], kept: bool, is_restarted: bool, tmp_path: Path
) -> None:
    post = prepared(scene, tmp_path / "before")
    count, calm = steps_of(post, tmp_path / "calm")
    stood = files(post.folder)
    assert count > 10
    for step in range(1, count + 1):
        tree = OneTree()
        cut = copied(post, tmp_path / str(step), tree)
        with pytest.raises(PowerCut), Power(step, kept).supplied(cut):
            cut.publish()
        left = files(cut.folder)
        if is_restarted:
            cut.stop()
        assert newest(left) in (newest(stood), SIZE), step
        cut.publish()
        cut.stop()
        after = files(cut.folder)
        assert nothing_overwritten(left, after), step
        assert after.keys() == calm.keys(), step
        assert {path: data for path, data in after.items() if path.startswith("tile/")} == {
            path: data for path, data in calm.items() if path.startswith("tile/")
        }
        assert newest(after) == SIZE
        assert tree.holds()
        shutil.rmtree(cut.root)


@pytest.mark.usefixtures("quick_disk")
@pytest.mark.parametrize("kept", [False, True], ids=["lost", "kept"])
@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.__name__)
def test_a_folder_verifies_as_a_crash_left_it_and_after_it_went_on(
    scene: Callable[[Post], None], kept: bool, tmp_path: Path
) -> None:
    post = prepared(scene, tmp_path / "before")
    count, _ = steps_of(post, tmp_path / "calm")
    for step in range(1 + 2 * int(kept), count + 1, 4):
        cut = copied(post, tmp_path / str(step), OneTree())
        with pytest.raises(PowerCut), Power(step, kept).supplied(cut):
            cut.publish()
        cut.stop()
        if (cut.folder / "checkpoint").exists():
            assert cut.verified() in (200, 250, 256, SIZE)
        cut.grown(SIZE + 20)
        cut.stop()
        assert cut.verified() == (250 if scene is losing_its_witnesses else SIZE + 20)
        shutil.rmtree(cut.root)


def test_a_post_killed_at_random_moments_never_forks_and_always_goes_on(tmp_path: Path) -> None:
    Post(tmp_path).made()
    dice, earlier = random.Random(2024), dict[str, bytes]()
    for seed in range(8):
        killed_after(dice.randrange(1, 400), tmp_path, seed)
        post = Post(tmp_path)
        left = files(post.folder)
        assert nothing_overwritten(earlier, left)
        if "checkpoint" in left and read_checkpoint(left["checkpoint"]).size >= 5:
            post.verified()
        earlier = left
    size = (tmp_path / "committed").stat().st_size
    post = Post(tmp_path, at=2_000_000_000)
    post.store.commit(*lines(grower.LAST)[:size])
    post.publish()
    post.stop()
    assert post.verified() == size > 100
    assert not any((post.folder.parent / INCOMING).iterdir())
    assert nothing_overwritten(earlier, files(post.folder))
    tree = Tree(map(leaf_hash, lines(size)))
    for path in post.folder.glob("checkpoint*"):
        one = read_checkpoint(path.read_bytes())
        assert tree.root(one.size) == one.root


def killed_after(steps: int, root: Path, seed: int) -> None:
    """Let a post of its own process do this many steps, then kill it wherever it is."""
    command = [sys.executable, grower.__file__, str(root), str(seed)]
    paths = os.pathsep.join([str(ROOT), str(ROOT / "src")])
    with subprocess.Popen(command, stdout=subprocess.PIPE, env={**os.environ, "PYTHONPATH": paths}) as child:
        assert child.stdout is not None
        assert len(child.stdout.read(steps)) == steps
        child.kill()

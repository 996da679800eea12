"""The signer remembers what it signed: nobody gets a smaller or another tree signed, not with an old backup either."""

import json
import shutil
from pathlib import Path

import pytest

from kawal.ledger.encoding import b64u
from kawal.ledger.keys import SigningKey
from kawal.ledger.log_of import KOTAK
from kawal.ledger.tree import EMPTY_ROOT, CompactRange, Tree, leaf_hash
from kawal_server.actions.publish import RootsDiffer, TamperedLeaf
from kawal_server.actions.sign import (
    NotOurCheckpoint,
    Signer,
    SignerBusy,
    StateContradicts,
    StateDamaged,
    WouldFork,
    WouldShrink,
    open_signer,
)
from kawal_server.store.key_files import KeyReadByOthers, NoKeyFile, make_key, read_key
from kawal_server.store.port import Head
from tests.mission.ledger.scene import key_of
from tests.server.publishing.post import ORIGIN, Post, TamperedStore, files, lines

SEED = bytes(range(32))


def head_of(leaves: list[bytes]) -> Head:
    edge = CompactRange()
    for leaf in leaves:
        edge.append(leaf_hash(leaf))
    return Head(edge.size, edge.edge)


def signer(folder: Path) -> Signer:
    return Signer(folder, KOTAK, origin=ORIGIN, key=key_of("log"))


def numbered(count: int, word: str = "leaf") -> list[bytes]:
    return [f"{word} {number}".encode() for number in range(count)]


def test_a_tree_that_extends_the_last_is_signed_and_every_other_is_refused(tmp_path: Path) -> None:
    tree, forged = Tree(map(leaf_hash, numbered(9))), Tree(map(leaf_hash, numbered(9, "ghost")))
    with signer(tmp_path) as signs:
        signs.sign(head_of(numbered(6)), [])
        signs.sign(head_of(numbered(6)), [])
        with pytest.raises(WouldShrink, match="mirror"):
            signs.sign(head_of(numbered(5)), [])
        for other in (head_of(numbered(6, "ghost")), head_of(numbered(9, "ghost"))):
            with pytest.raises(WouldFork, match="mirror"):
                signs.sign(other, forged.consistency(6, other.size))
        with pytest.raises(WouldFork):
            signs.sign(head_of(numbered(9)), [])
        assert signs.size == 6
        signs.sign(head_of(numbered(9)), tree.consistency(6, 9))
    with signer(tmp_path) as signs:
        assert signs.size == 9
        with pytest.raises(WouldShrink):
            signs.sign(head_of(numbered(6)), [])


def test_the_state_is_on_disk_before_the_signature_leaves(tmp_path: Path) -> None:
    key = key_of("log")
    states = []

    def sign(text: bytes) -> bytes:
        states.append(json.loads((tmp_path / "kotak.json").read_bytes()))
        return key.sign(text)

    with Signer(tmp_path, KOTAK, origin=ORIGIN, key=SigningKey(key.public, sign)) as signs:
        signs.sign(head_of(numbered(6)), [])
    (state,) = states
    assert (state["size"], state["root"]) == (6, b64u(head_of(numbered(6)).root()))
    assert len(state["edge"]) == 2


def test_only_one_signs_for_a_log_at_a_time(tmp_path: Path) -> None:
    first = signer(tmp_path)
    with pytest.raises(SignerBusy):
        signer(tmp_path)
    with Signer(tmp_path, "pengamanan", origin="other", key=key_of("other")) as other:
        assert other.size == 0
    first.close()
    with signer(tmp_path) as second:
        second.sign(head_of(numbered(2)), [])
    with pytest.raises(SignerBusy, match="closed"):
        first.sign(head_of(numbered(3)), [])


@pytest.mark.parametrize("size", [256, 300])
def test_a_restored_store_cannot_shrink_or_fork_the_log(post: Post, size: int) -> None:
    post.grown(size)
    before, newer = files(post.folder), post.store
    post.store = TamperedStore()
    with pytest.raises(WouldShrink):
        post.started().grown(250)
    post.store.commit(*reversed(lines(400)[250:]))
    with pytest.raises((TamperedLeaf, RootsDiffer), match="nothing was signed"):
        post.started().publish()
    assert files(post.folder) == before
    post.store = newer
    assert post.started().grown(310) is not None
    assert post.verified() == 310


def test_a_restored_folder_and_store_cannot_fork_what_was_signed(post: Post, tmp_path: Path) -> None:
    post.grown(280)
    shutil.copytree(post.folder, tmp_path / "backup")
    post.grown(300)
    post.stop()
    newer, post.store = post.store, TamperedStore()
    shutil.rmtree(post.folder)
    shutil.copytree(tmp_path / "backup", post.folder)
    before = files(post.folder)
    with pytest.raises(WouldShrink, match="280"):
        post.started().grown(280)
    post.store.commit(*reversed(lines(400)[280:]))
    with pytest.raises(WouldFork, match="300"):
        post.started().publish()
    assert files(post.folder) == before
    post.store = newer
    assert post.started().grown(310) is not None
    assert post.verified() == 310


def test_a_lost_state_is_taken_over_from_the_checkpoint(post: Post) -> None:
    post.grown(300)
    state = post.root / "signer/kotak.json"
    state.unlink()
    post.started()
    assert post.signer is not None
    assert post.signer.size == 300
    forged, newer = TamperedStore(), post.store
    forged.commit(*reversed(lines(310)))
    post.store = forged
    with pytest.raises(TamperedLeaf, match="not those already published"):
        post.started().publish()
    post.store = newer
    assert post.started().grown(310) is not None
    assert json.loads(state.read_bytes())["size"] == 310
    assert post.verified() == 310


def test_a_state_and_a_checkpoint_that_contradict_are_refused(post: Post) -> None:
    post.grown(20)
    state = post.root / "signer/kotak.json"
    older = state.read_bytes()
    post.grown(30)
    newer = state.read_bytes()
    other = json.dumps({**json.loads(newer), "edge": None, "root": b64u(EMPTY_ROOT)}).encode()
    for contradicting in (older, other):
        state.write_bytes(contradicting)
        with pytest.raises(StateContradicts, match="move this state file away"):
            post.started()
    state.write_bytes(newer)
    assert post.started().grown(31) is not None


@pytest.mark.parametrize(
    "change", [{"size": 21}, {"root": b64u(EMPTY_ROOT)}, {"origin": "other"}, {"edge": 7}], ids=str
)
def test_a_damaged_state_is_refused(post: Post, change: dict[str, object]) -> None:
    post.grown(20)
    state = post.root / "signer/kotak.json"
    kept = state.read_bytes()
    for data in (json.dumps({**json.loads(kept), **change}).encode(), kept[:-20], b"", b"[]"):
        state.write_bytes(data)
        with pytest.raises(StateDamaged, match="newest copy"):
            post.started()
    state.write_bytes(kept)
    assert post.started().publish() is None


def test_a_checkpoint_of_another_key_is_not_gone_on_from(post: Post) -> None:
    post.grown(20)
    post.stop()
    shutil.rmtree(post.root / "signer")
    post.key = key_of("stranger")
    with pytest.raises(NotOurCheckpoint, match="did not sign"):
        post.started()
    post.key = key_of("log")
    assert post.started().publish() is None


def test_a_key_that_others_can_read_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "keys/kotak.key"
    made = make_key(path, SEED)
    assert read_key(path).public == made.public
    assert path.stat().st_mode & 0o777 == 0o600
    with pytest.raises(FileExistsError):
        make_key(path, SEED[::-1])
    with open_signer(tmp_path, KOTAK, ORIGIN) as signs:
        assert signs.note_key.public == made.public.x
    for mode in (0o640, 0o604, 0o620):
        path.chmod(mode)
        with pytest.raises(KeyReadByOthers, match="chmod 600"):
            open_signer(tmp_path, KOTAK, ORIGIN)


@pytest.mark.parametrize("text", ["", "kunci", b64u(SEED)[:-2], b64u(SEED + b"x"), "=" * 43])
def test_a_file_that_is_no_key_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "kotak.key"
    with pytest.raises(NoKeyFile):
        read_key(path)
    path.write_text(text, "ascii")
    path.chmod(0o600)
    with pytest.raises(NoKeyFile):
        read_key(path)

"""What the post publishes anyone can verify, after each publication, after each restart, with or without witnesses."""

from itertools import pairwise
from pathlib import Path

import pytest

from kawal.ledger.checkpoint import read_checkpoint
from kawal.ledger.event import leaf_id
from kawal.ledger.log_of import KOTAK
from kawal.ledger.tile_tree import TileTree
from kawal.ledger.tiles import TileWriter
from kawal.ledger.tree import BadProof, Tree, check_consistency, leaf_hash
from kawal_cli.export import ExportWriter, Witness
from kawal_server.actions.publish import MissingLeaf, NotThisLog, Publisher, RootsDiffer, TamperedLeaf
from kawal_server.actions.sign import Signer
from kawal_server.store.memory import MemoryStore
from kawal_server.store.port import Entry, Store
from tests.mission.ledger.scene import event_of, key_of
from tests.outside.verifier import missing, verify_outside
from tests.server.publishing.post import (
    COSIGNERS,
    ORIGIN,
    WITNESSES,
    Post,
    files,
    lines,
    nothing_overwritten,
    policy_text,
)

SIZES = (5, 6, 7, 255, 256, 300, 513, 520)


def test_each_publication_verifies_and_extends_all_before_it(post: Post) -> None:
    published = []
    for size in SIZES:
        checkpoint = post.grown(size)
        assert checkpoint is not None
        published.append(checkpoint)
        assert post.verified() == size
    tree = Tree(map(leaf_hash, lines(SIZES[-1])))
    for old, new in [(a, b) for a in published for b in published if a.size <= b.size]:
        proof = Tree(map(leaf_hash, lines(new.size))).consistency(old.size, new.size)
        check_consistency(old.size, old.root, new.size, new.root, proof)
        assert new.root == tree.root(new.size)
    assert sorted(path.name for path in post.folder.glob("cons.*")) == sorted(
        f"cons.{a}.{b}" for a, b in pairwise(SIZES)
    )


def test_nothing_new_publishes_nothing(post: Post) -> None:
    assert post.publish() is None
    post.grown(5)
    before = files(post.folder)
    assert post.publish() is None
    assert post.started().publish() is None
    assert files(post.folder) == before


@pytest.mark.parametrize("is_restarted", [False, True], ids=["in one go", "restarted each time"])
def test_the_folder_is_what_an_export_of_the_same_log_is(post: Post, is_restarted: bool, tmp_path: Path) -> None:
    export = ExportWriter(
        tmp_path / "export",
        origin=ORIGIN,
        log_key=key_of("log"),
        witnesses=[Witness(name, key_of(name)) for name in WITNESSES],
        policy=policy_text().encode(),
    )
    for size in (3, 256, 300):
        for jws in lines(size)[export.size :]:
            export.append(jws)
        export.checkpoint(post.at + 60)
        post.grown(size)
        if is_restarted:
            post.started()
    export.close()
    ours, theirs = files(post.folder), files(tmp_path / "export")
    assert {path: ours.get(path) for path in theirs} == theirs
    assert all(".p/" in path or path.startswith("blobs/") for path in ours.keys() - theirs.keys())


@pytest.mark.outside
@pytest.mark.skipif(missing() is not None, reason=missing() or "")
def test_what_is_published_holds_for_an_outsider(post: Post) -> None:
    for size in (2, 255, 257, 520):
        post.grown(size)
        assert verify_outside(post.folder).endswith("OK\n")


def test_without_the_quorum_it_is_published_as_unwitnessed_and_witnessed_later(post: Post) -> None:
    post.grown(7)
    post.cosigners = COSIGNERS[:1]
    checkpoint = post.started().grown(300)
    assert checkpoint is not None
    assert post.publisher is not None
    assert post.publisher.published is not None
    assert (checkpoint.size, post.publisher.published.is_witnessed) == (300, False)
    assert read_checkpoint((post.folder / "checkpoint-unwitnessed").read_bytes()) == checkpoint
    assert post.publish() is None
    assert post.verified() == 7
    post.cosigners = COSIGNERS
    witnessed = post.started().publish()
    assert witnessed is not None
    assert (witnessed.size, post.verified()) == (300, 300)
    assert not (post.folder / "checkpoint-unwitnessed").exists()
    assert (post.folder / "cons.7.300").is_file()


def test_a_policy_that_asks_for_no_quorum_is_met_by_the_log_alone(tmp_path: Path) -> None:
    post = Post(tmp_path, cosigners=()).made("none")
    assert post.grown(9) is not None
    assert post.verified() == 9
    post.stop()


def test_partial_tiles_go_once_the_full_tile_is_there_and_no_checkpoint_needs_them(post: Post) -> None:
    for size in (10, 200):
        post.grown(size)
    post.cosigners = ()
    post.started().grown(300)
    post.started().grown(400)
    assert (post.folder / "tile/0/000.p/200").is_file()
    assert post.verified() == 200
    post.cosigners = COSIGNERS
    post.started().grown(500)
    assert post.verified() == 500
    post.grown(501)
    assert not (post.folder / "tile/0/000.p").exists()
    assert not (post.folder / "tile/entries/000.p").exists()
    assert (post.folder / "tile/0/001.p/144").is_file()
    assert post.verified() == 501


def test_a_leaf_changed_in_the_store_is_refused_before_anything_is_written(post: Post) -> None:
    post.grown(250)
    before = files(post.folder)
    post.store.commit(*lines(300)[250:])
    good = post.store.jws[270]
    post.store.jws[270] = good[:-1] + (b"A" if good[-1:] != b"A" else b"B")
    with pytest.raises(TamperedLeaf, match="270"):
        post.publish()
    post.store.eids[270] = leaf_id(post.store.jws[270])
    with pytest.raises(RootsDiffer, match="the store's events and its head"):
        post.publish()
    assert files(post.folder) == before
    post.store.jws[270], post.store.eids[270] = good, leaf_id(good)
    assert post.publish() is not None
    assert post.verified() == 300


def test_a_published_leaf_changed_in_the_store_is_seen_at_the_next_start(post: Post) -> None:
    post.grown(270)
    good = post.store.jws[260]
    post.store.jws[260] = lines(500)[400]
    post.store.eids[260] = leaf_id(post.store.jws[260])
    with pytest.raises(TamperedLeaf, match="260"):
        post.started().grown(280)
    post.store.jws[260], post.store.eids[260] = good, leaf_id(good)
    assert post.started().publish() is not None


def test_a_leaf_missing_in_the_store_is_refused(post: Post) -> None:
    post.grown(5)
    post.store.commit(*lines(9)[5:])
    gone = post.store.jws.pop()
    with pytest.raises(MissingLeaf):
        post.publish()
    post.store.jws.append(gone)
    assert post.publish() is not None


def test_a_lost_tile_comes_back_and_a_damaged_one_is_named(post: Post) -> None:
    post.grown(513)
    before = files(post.folder)
    (post.folder / "tile/0/002.p/1").unlink()
    (post.folder / "tile/entries/000").unlink()
    assert post.started().publish() is None
    assert files(post.folder) == before
    (post.folder / "tile/1/000.p/2").write_bytes(bytes(64))
    with pytest.raises(RootsDiffer, match="the tiles and the checkpoint"):
        post.started().grown(514)
    (post.folder / "tile/1/000.p/2").write_bytes(before["tile/1/000.p/2"])
    post.started().publish()
    assert post.verified() == 514
    assert nothing_overwritten(before, files(post.folder))


def test_a_policy_or_store_of_another_log_is_refused(post: Post) -> None:
    post.key = key_of("stranger")
    with pytest.raises(NotThisLog, match=r"stranger|policy"):
        post.started().grown(5)
    post.key = key_of("log")
    (post.folder / "policy").unlink()
    with pytest.raises(NotThisLog, match="no trust policy"):
        post.started().publish()
    post.made().started().publish()
    assert post.verified() == 5


def test_a_store_of_the_post_is_published_as_it_is(post: Post) -> None:
    store: Store = MemoryStore()
    store.open_log(KOTAK, ORIGIN)
    with Signer(post.root / "signer", KOTAK, origin=ORIGIN, key=key_of("log")) as signer:
        publisher = Publisher(KOTAK, store, post.folder, signer, COSIGNERS)
        assert publisher.publish(post.at) is None
        events = [(event_of(jws), jws) for jws in lines(40)]
        entries = [Entry(e.eid, e.kid, e.seq, e.t, e.ts, jws, leaf_hash(jws)) for e, jws in events]
        store.append(KOTAK, entries, received_at=post.at)
        checkpoint = publisher.publish(post.at)
    assert checkpoint is not None
    assert checkpoint.root == store.head(KOTAK).root()
    assert post.verified() == 40


@pytest.mark.parametrize("size", [0, 1, 2, 3, 255, 256, 257, 511, 1000, 65_536, 65_800])
def test_a_tree_read_from_its_tiles_gives_the_same_roots_and_proofs(size: int) -> None:
    entries = [f"leaf {number}".encode() for number in range(size)]
    writer = TileWriter()
    written = {file.path: file.data for entry in entries for file in writer.append(entry)}
    written |= {file.path: file.data for file in writer.partial()}
    tree, read = Tree(map(leaf_hash, entries)), TileTree(size, written.__getitem__)
    assert read.root() == tree.root() == writer.root()
    for old in {0, 1, size // 3, size // 2, size - size % 256, size - 1, size} & set(range(size + 1)):
        assert read.root(old) == tree.root(old)
        assert read.consistency(old) == tree.consistency(old, size)
    with pytest.raises(BadProof):
        read.consistency(size + 1)


def test_a_writer_goes_on_only_from_what_a_tree_of_that_size_has() -> None:
    edge = [lines(258)[256], lines(258)[257]]
    hashes = [[leaf_hash(one) for one in edge], [Tree(map(leaf_hash, lines(256))).root()]]
    assert TileWriter(258, edge, hashes).root() == Tree(map(leaf_hash, lines(258))).root()
    with pytest.raises(ValueError, match="levels"):
        TileWriter(259, edge, hashes)
    with pytest.raises(ValueError, match="entries"):
        TileWriter(258, edge[:1], hashes)

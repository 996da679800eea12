"""What we publish holds for somebody who trusts none of our code, and what was changed does not."""

from collections.abc import Callable
from pathlib import Path

import pytest

from kawal.ledger.checkpoint import cosign, sign_checkpoint
from kawal.ledger.encoding import b64
from kawal.ledger.note import COSIGNATURE, LOG_SIGNATURE, Note, NoteKey
from kawal.ledger.proof import write_add_checkpoint, write_proof
from kawal.ledger.tiles import TileFile, TileWriter
from kawal.ledger.tree import Tree, leaf_hash
from tests.mission.ledger.scene import DAWN, HOUR, key_of, kotak
from tests.outside.verifier import Refused, missing, verify_outside

pytestmark = [
    pytest.mark.outside,
    pytest.mark.skipif(missing() is not None, reason=missing() or ""),
]

ORIGIN = "kpu.example/pilkada-2024/5303/kotak"
WITNESSES = ("bawaslu-1.example", "observer-1.example")
POLICY = (
    f"log {NoteKey(ORIGIN, LOG_SIGNATURE, key_of('log').public.x).vkey()}\n"
    + "".join(f"witness {name} {NoteKey(name, COSIGNATURE, key_of(name).public.x).vkey()}\n" for name in WITNESSES)
    + f"group both all {' '.join(WITNESSES)}\nquorum both\n"
)


def jws_of(count: int) -> list[bytes]:
    log = kotak()
    ppk = log.enrols("ppk")
    log.leaves += [ppk.signs("custody.check", HOUR + number, box="GUB-1") for number in range(count - 3)]
    return log.leaves[:count]


def published(tree: Tree, size: int, *witnesses: str) -> bytes:
    signed = sign_checkpoint(ORIGIN, size, tree.root(size), key_of("log"))
    lines = [cosign(signed, name, key_of(name), DAWN + size) for name in witnesses or WITNESSES]
    return Note(signed.text, (*signed.lines, *lines)).encode()


def export(folder: Path, *sizes: int) -> Path:
    """Write a log that published checkpoints of these sizes, with a proof of every leaf."""
    leaves = jws_of(sizes[-1])
    tree, writer = Tree(map(leaf_hash, leaves)), TileWriter()
    files: list[TileFile] = [file for jws in leaves for file in writer.append(jws)] + writer.partial()
    newest = published(tree, tree.size)
    files += [TileFile("policy", POLICY.encode()), TileFile("checkpoint", newest)]
    files += [TileFile(f"checkpoint.{size}", published(tree, size)) for size in sizes[:-1]]
    for old, new in zip((0, *sizes[:-1]), sizes, strict=True):
        body = write_add_checkpoint(old, tree.consistency(old, new), published(tree, new))
        files.append(TileFile(f"cons.{old}.{new}", body))
    for index, jws in enumerate(leaves):
        proof = write_proof(index, tree.inclusion(index, tree.size), newest)
        files += [TileFile(f"proofs/{index}.tlog-proof", proof), TileFile(f"proofs/{index}.jws", jws)]
    for file in files:
        (folder / file.path).parent.mkdir(parents=True, exist_ok=True)
        (folder / file.path).write_bytes(file.data)
    return folder


@pytest.mark.parametrize("sizes", [(1,), (2, 3), (1, 2, 3, 5, 8, 13), (255, 256), (1, 257), (256, 300, 513)], ids=str)
def test_an_export_holds_for_an_outsider(sizes: tuple[int, ...], tmp_path: Path) -> None:
    said = verify_outside(export(tmp_path, *sizes)).splitlines()
    assert said[0] == f"checkpoint: {sizes[-1]} entries give its root, the quorum holds"
    assert said[2:] == [
        f"older checkpoints: {len(sizes) - 1}",
        f"consistency proofs: {len(sizes)}",
        f"inclusion proofs: {sizes[-1]}",
        "OK",
    ]


def flipped(path: str, at: int = -40) -> Callable[[Path], None]:
    def change(folder: Path) -> None:
        data = bytearray((folder / path).read_bytes())
        data[at] ^= 1
        (folder / path).write_bytes(bytes(data))

    return change


def replaced(path: str, old: str, new: str) -> Callable[[Path], None]:
    def change(folder: Path) -> None:
        text = (folder / path).read_text("utf-8")
        assert old in text
        (folder / path).write_text(text.replace(old, new, 1), "utf-8")

    return change


def without_witness(folder: Path) -> None:
    tree = Tree(map(leaf_hash, jws_of(300)))
    (folder / "checkpoint").write_bytes(published(tree, 300, WITNESSES[0]))


def forged_past(folder: Path) -> None:
    leaves = jws_of(300)
    forged = Tree(map(leaf_hash, [b"ghost", *leaves[1:]]))
    body = write_add_checkpoint(257, forged.consistency(257, 300), published(forged, 300))
    (folder / "cons.257.300").write_bytes(body)


def other_leaf_s_proof(folder: Path) -> None:
    (folder / "proofs/7.jws").write_bytes((folder / "proofs/8.jws").read_bytes())


CHANGES: dict[str, tuple[Callable[[Path], None], str]] = {
    "an entry": (flipped("tile/entries/001.p/44"), "do not give its root"),
    "a tile": (flipped("tile/0/000"), "tile/0/000: other hashes"),
    "an upper tile": (flipped("tile/1/000.p/1", 0), "tile/1/000.p/1: other hashes"),
    "the size": (replaced("checkpoint", "\n300\n", "\n299\n"), "checkpoint: invalid signature"),
    "a cosignature": (flipped("checkpoint", -20), "checkpoint: "),
    "the quorum": (without_witness, "the quorum is not met"),
    "an older checkpoint": (replaced("checkpoint.257", "\n257\n", "\n256\n"), "checkpoint.257: invalid signature"),
    "the past": (forged_past, "cons.257.300"),
    "a proof": (replaced("proofs/7.tlog-proof", "index 7\n", f"index 7\n{b64(bytes(32))}\n"), "proofs/7.tlog-proof"),
    "the proven leaf": (other_leaf_s_proof, "not the log's entry"),
    "the policy": (replaced("policy", "observer-1.example+", "observer-2.example+"), "policy"),
}


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return export(tmp_path_factory.mktemp("export"), 257, 300)


@pytest.mark.parametrize("what", CHANGES)
def test_an_outsider_refuses_what_was_changed(what: str, exported: Path) -> None:
    change, reason = CHANGES[what]
    kept = {path: path.read_bytes() for path in exported.rglob("*") if path.is_file()}
    try:
        change(exported)
        with pytest.raises(Refused, match=reason):
            verify_outside(exported)
    finally:
        for path, data in kept.items():
            path.write_bytes(data)
    assert verify_outside(exported).endswith("OK\n")

"""Every good vector comes out as its file says: the bytes that a phone and any outsider must agree on."""

from hashlib import sha256
from itertools import islice
from statistics import median
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from kawal.ledger.checkpoint import (
    body,
    check_log_signature,
    cosign,
    cosignature_time,
    read_checkpoint,
    sign_checkpoint,
)
from kawal.ledger.encoding import b64, b64u, blob_name, digest, unb64, unb64u
from kawal.ledger.event import header_bytes, leaf_id, read_event
from kawal.ledger.events import read_key
from kawal.ledger.keys import check_key, ed25519_from_seed
from kawal.ledger.note import read_note, read_vkey
from kawal.ledger.policy import read_policy
from kawal.ledger.proof import read_add_checkpoint, read_proof
from kawal.ledger.qr import join_parts, paper_code, read_packed, read_text_code, text_code, unpack_manifest
from kawal.ledger.tiles import TileWriter, bundle, tile_path, tile_sizes, unbundle
from kawal.ledger.tree import CompactRange, Tree, check_consistency, check_inclusion, leaf_hash
from tests.mission.ledger.vectors import VECTORS, good, read_vector

Case = dict[str, Any]
NAMES = sorted(path.stem for path in (VECTORS / "good").glob("*.json"))


def cases(name: str, *having: str) -> list[Case]:
    return [case for case in good(name) if all(member in case for member in having)]


def leaf_hashes(count: int) -> list[bytes]:
    return [leaf_hash(f"leaf {number}".encode()) for number in range(count)]


@pytest.fixture(scope="module")
def big_tree() -> Tree:
    return Tree(leaf_hashes(65_537))


def test_every_good_file_is_run_here_or_beside() -> None:
    formats = ["add-checkpoint", "checkpoint", "code", "encoding", "event", "idc", "key", "policy", "proof", "qr"]
    enrolling = ["administrators", "enrol-answer", "enrol-request"]
    assert sorted([*formats, *enrolling, "log", "tile", "tree"]) == NAMES
    assert all(read_vector(VECTORS / "good" / f"{name}.json")["kind"] == name for name in NAMES)


@pytest.mark.parametrize("case", good("encoding"), ids=lambda case: case["hex"][:12] or "nothing")
def test_bytes_have_one_text(case: Case) -> None:
    data = bytes.fromhex(case["hex"])
    assert (b64u(data), b64(data), digest(data), leaf_id(data)) == (
        case["b64u"],
        case["b64"],
        case["digest"],
        case["leaf_id"],
    )
    assert unb64u(case["b64u"]) == unb64(case["b64"]) == data
    assert blob_name(case["digest"]) == case["blob"] == sha256(data).hexdigest()


@pytest.mark.parametrize("case", good("key"), ids=lambda case: case["kid"][:8])
def test_a_key_has_its_id(case: Case) -> None:
    key = read_key(case)
    check_key(key)
    assert key.kid == case["kid"]
    if "seed" in case:
        assert ed25519_from_seed(bytes.fromhex(case["seed"])).public == key
    else:
        numbers = ec.derive_private_key(int(case["secret"], 16), ec.SECP256R1()).public_key().public_numbers()
        assert (numbers.x.to_bytes(32), numbers.y.to_bytes(32)) == (key.x, key.y)


@pytest.mark.parametrize("case", good("event"), ids=lambda case: case["about"])
def test_an_event_says_what_its_bytes_say(case: Case) -> None:
    envelope = read_event(case["jws"].encode())
    event = envelope.event
    envelope.check(read_key(case["key"]))
    assert (event.eid, event.pid, event.kid) == (case["eid"], case["pid"], case["kid"])
    cp = list(event.cp) if event.cp else None
    assert {"t": event.t, "seq": event.seq, "prev": event.prev, "ts": event.ts, "cp": cp} == case["says"]
    assert header_bytes(envelope.alg, event.kid).decode() == case["header"]


@pytest.mark.parametrize("case", [case for case in good("event") if case["seed"]], ids=lambda case: case["about"])
def test_who_holds_the_seed_signs_the_same_bytes(case: Case) -> None:
    signing_input = f"{b64u(case['header'].encode())}.{b64u(case['payload'].encode())}"
    signature = ed25519_from_seed(bytes.fromhex(case["seed"])).sign(signing_input.encode())
    assert f"{signing_input}.{b64u(signature)}" == case["jws"]


def test_trees_have_their_roots(big_tree: Tree) -> None:
    grown = CompactRange()
    roots = {0: grown.root()}
    for leaf in leaf_hashes(big_tree.size):
        grown.append(leaf)
        roots[grown.size] = grown.root()
    for case in cases("tree", "root"):
        assert b64(roots[case["size"]]) == b64(big_tree.root(case["size"])) == case["root"]


def test_trees_have_their_proofs(big_tree: Tree) -> None:
    for case in cases("tree", "inclusion"):
        path = big_tree.inclusion(case["index"], case["size"])
        assert [b64(node) for node in path] == case["inclusion"]
        leaf = leaf_hash(f"leaf {case['index']}".encode())
        check_inclusion(leaf, case["index"], case["size"], path, big_tree.root(case["size"]))
    for case in cases("tree", "consistency"):
        proof = big_tree.consistency(case["old"], case["size"])
        assert [b64(node) for node in proof] == case["consistency"]
        check_consistency(case["old"], big_tree.root(case["old"]), case["size"], big_tree.root(case["size"]), proof)


def test_tiles_have_their_paths_and_bytes() -> None:
    for case in cases("tile", "path"):
        assert tile_path(case["level"], case["index"], case["width"]) == case["path"]
    for case in cases("tile", "bundle"):
        assert bundle([entry.encode() for entry in case["entries"]]) == unb64(case["bundle"])
        assert unbundle(unb64(case["bundle"])) == [entry.encode() for entry in case["entries"]]


@pytest.mark.parametrize("case", cases("tile", "tiles"), ids=lambda case: case["size"])
def test_a_log_of_this_size_has_these_tiles(case: Case) -> None:
    writer = TileWriter()
    full = [file for number in range(case["size"]) for file in writer.append(f"leaf {number}".encode())]
    tiles = {file.path: file.data for file in (*full, *writer.partial()) if "entries" not in file.path}
    assert len(tiles) == len(list(tile_sizes(case["size"]))) == case["tiles"]
    for path, hexadecimal in case["first_and_last"]:
        assert sha256(tiles[path]).hexdigest() == hexadecimal


@pytest.mark.parametrize("case", good("checkpoint"), ids=lambda case: f"{case['about']} at {case['size']}")
def test_a_checkpoint_is_these_bytes(case: Case) -> None:
    root = unb64(case["root"])
    assert body(case["origin"], case["size"], root) == case["body"]
    signed = sign_checkpoint(case["origin"], case["size"], root, ed25519_from_seed(bytes.fromhex(case["log"]["seed"])))
    made = signed.encode().decode()
    for cosigner in case["cosigners"]:
        made += cosign(
            signed, cosigner["name"], ed25519_from_seed(bytes.fromhex(cosigner["seed"])), cosigner["time"]
        ).text()
    assert case["text"].startswith(made)
    read = read_checkpoint(case["text"].encode())
    check_log_signature(read, read_vkey(case["log"]["vkey"]))
    assert read.note.encode().decode() == case["text"]
    for cosigner in case["cosigners"]:
        assert cosignature_time(read, read_vkey(cosigner["vkey"])) == cosigner["time"]
        assert read_vkey(cosigner["vkey"]).vkey() == cosigner["vkey"]


@pytest.mark.parametrize("case", good("proof"), ids=lambda case: f"{case['index']} of {case['size']} {case['extra']}")
def test_a_proof_file_proves_its_entry(case: Case) -> None:
    proof = read_proof(case["file"].encode())
    proof.check(case["entry"].encode())
    assert (proof.index, proof.checkpoint.size) == (case["index"], case["size"])
    assert (b64(proof.extra) if proof.extra is not None else None) == case["extra"]


@pytest.mark.parametrize("case", good("add-checkpoint"), ids=lambda case: f"{case['old']} to {case['new']}")
def test_an_add_checkpoint_body_connects_two_trees(case: Case) -> None:
    asked = read_add_checkpoint(case["body"].encode())
    assert (asked.old, asked.checkpoint.size, b64(asked.checkpoint.root)) == (
        case["old"],
        case["new"],
        case["new_root"],
    )
    check_consistency(asked.old, unb64(case["old_root"]), case["new"], asked.checkpoint.root, asked.proof)


@pytest.mark.parametrize("case", cases("policy", "meet"), ids=lambda case: case["about"])
def test_a_policy_is_met_by_these_witnesses_alone(case: Case) -> None:
    policy = read_policy(case["text"].encode())
    assert len(case["meet"]) + len(case["fail"]) == 2 ** len(case["witnesses"])
    assert all(policy.is_met(set(some)) for some in case["meet"])
    assert not any(policy.is_met(set(some)) for some in case["fail"])


@pytest.mark.parametrize("case", cases("policy", "time"), ids=lambda case: len(case["checkpoint"]))
def test_the_time_of_a_checkpoint_is_the_median_of_its_witnesses(case: Case) -> None:
    checkpoint = read_checkpoint(case["checkpoint"].encode())
    policy = read_policy(case["text"].encode())
    assert policy.check(checkpoint) == case["time"]
    assert int(median(policy.witness_times(checkpoint).values())) == case["time"]


@pytest.mark.parametrize("case", cases("qr", "jws"), ids=lambda case: f"{case['key']['alg']} {len(case['parts'])}")
def test_a_scanned_event_is_the_signed_bytes(case: Case) -> None:
    packed = join_parts([*case["parts"][::-1], case["parts"][0]])
    assert packed == unb64(case["packed"])
    assert read_packed(packed).event.eid == leaf_id(case["jws"].encode())


@pytest.mark.parametrize("case", cases("qr", "manifest"))
def test_a_scanned_manifest_is_the_list(case: Case) -> None:
    assert len(case["parts"]) > 1
    assert unpack_manifest(join_parts(case["parts"])) == case["manifest"].encode()


def test_codes_are_these_letters() -> None:
    for case in cases("code", "box"):
        assert (text_code(case["box"]), text_code(case["box"], skip=7)) == (case["code"], case["next"])
    for case in cases("code", "typed"):
        assert read_text_code(case["typed"]) == case["read"]
    for case in cases("code", "eid"):
        assert paper_code(case["eid"]) == case["paper"]


def test_two_boxes_that_collide_differ_in_the_next_letters() -> None:
    by_code: dict[str, set[str]] = {}
    for case in cases("code", "box"):
        by_code.setdefault(case["code"], set()).add(case["next"])
    assert max(len(following) for following in by_code.values()) == 2


def test_a_commitment_to_a_person_is_salted() -> None:
    for case in good("idc"):
        assert digest(bytes.fromhex(case["salt"]) + case["record"].encode()) == case["idc"]


def test_a_note_is_read_and_written_alike() -> None:
    for case in islice(good("checkpoint"), 3):
        assert read_note(case["text"].encode()).encode().decode() == case["text"]

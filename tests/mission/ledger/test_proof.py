"""A proof file stands alone: entry, place and checkpoint, whatever happens to the server."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kawal.ledger.checkpoint import sign_checkpoint
from kawal.ledger.note import BadNote
from kawal.ledger.proof import (
    BadProof,
    InclusionProof,
    read_add_checkpoint,
    read_decimal,
    read_proof,
    write_add_checkpoint,
    write_proof,
)
from kawal.ledger.tree import Tree, check_consistency, leaf_hash
from tests.mission.ledger.scene import key_of

ENTRIES = [f"leaf {number}".encode() for number in range(40)]
TREE = Tree(map(leaf_hash, ENTRIES))


def checkpoint(size: int) -> bytes:
    return sign_checkpoint("kpu.example/kotak", size, TREE.root(size), key_of("log")).encode()


def proof_of(index: int, size: int) -> InclusionProof:
    return read_proof(write_proof(index, TREE.inclusion(index, size), checkpoint(size)))


@given(st.integers(1, 40), st.data())
def test_a_written_proof_proves_its_entry_and_no_other(size: int, data: st.DataObject) -> None:
    index = data.draw(st.integers(0, size - 1))
    proof = proof_of(index, size)
    proof.check(ENTRIES[index])
    assert (proof.index, proof.checkpoint.size) == (index, size)
    with pytest.raises(BadProof):
        proof.check(ENTRIES[(index + 1) % 40])


@given(st.integers(0, 40), st.data())
def test_a_written_request_connects_both_trees(new: int, data: st.DataObject) -> None:
    old = data.draw(st.integers(0, new))
    asked = read_add_checkpoint(write_add_checkpoint(old, TREE.consistency(old, new), checkpoint(new)))
    check_consistency(asked.old, TREE.root(old), asked.checkpoint.size, asked.checkpoint.root, asked.proof)


@given(st.binary(max_size=120))
def test_no_bytes_stop_a_reader_of_proofs(data: bytes) -> None:
    for head in (b"", b"c2sp.org/tlog-proof@v1\n", b"c2sp.org/tlog-proof@v1\nindex 0\n", b"old 0\n"):
        for read in (read_proof, read_add_checkpoint):
            with pytest.raises((BadProof, BadNote)):
                read(head + data)


@pytest.mark.parametrize("text", ["", "-1", "+1", "01", "00", "1 ", "1e3", "٣", "1" * 20])
def test_what_is_no_decimal_is_refused(text: str) -> None:
    with pytest.raises(BadProof):
        read_decimal(text)
    assert read_decimal("0") == 0
    assert read_decimal("530305") == 530_305

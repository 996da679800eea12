"""The tree is RFC 6962's, compared with that document's own recursion; a false proof connects nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kawal.ledger.tree import (
    EMPTY_ROOT,
    BadProof,
    CompactRange,
    Tree,
    check_consistency,
    check_inclusion,
    leaf_hash,
    node_hash,
)

SIZES = st.integers(1, 70)


def entries(count: int) -> list[bytes]:
    return [f"leaf {number}".encode() for number in range(count)]


def leaves(count: int) -> list[bytes]:
    return [leaf_hash(entry) for entry in entries(count)]


def split(count: int) -> int:
    power = 1
    while power * 2 < count:
        power *= 2
    return power


def naive_root(data: list[bytes]) -> bytes:
    """MTH of RFC 6962 section 2.1."""
    if len(data) < 2:
        return leaf_hash(data[0]) if data else EMPTY_ROOT
    k = split(len(data))
    return node_hash(naive_root(data[:k]), naive_root(data[k:]))


def naive_path(index: int, data: list[bytes]) -> list[bytes]:
    """PATH of RFC 6962 section 2.1.1."""
    if len(data) == 1:
        return []
    k = split(len(data))
    if index < k:
        return [*naive_path(index, data[:k]), naive_root(data[k:])]
    return [*naive_path(index - k, data[k:]), naive_root(data[:k])]


def naive_subproof(old: int, data: list[bytes], *, known: bool) -> list[bytes]:
    """SUBPROOF of RFC 6962 section 2.1.2."""
    if old == len(data):
        return [] if known else [naive_root(data)]
    k = split(len(data))
    if old <= k:
        return [*naive_subproof(old, data[:k], known=known), naive_root(data[k:])]
    return [*naive_subproof(old - k, data[k:], known=False), naive_root(data[:k])]


@given(st.integers(0, 70))
def test_a_log_grown_leaf_by_leaf_has_the_root_of_the_whole(size: int) -> None:
    grown = CompactRange()
    for leaf in leaves(size):
        grown.append(leaf)
    assert grown.root() == Tree(leaves(size)).root() == naive_root(entries(size))


@given(SIZES, st.data())
def test_a_log_that_was_put_down_goes_on_where_it_was(size: int, data: st.DataObject) -> None:
    stop = data.draw(st.integers(0, size))
    first = CompactRange()
    for leaf in leaves(stop):
        first.append(leaf)
    second = CompactRange(first.size, first.edge)
    for leaf in leaves(size)[stop:]:
        second.append(leaf)
    assert second.root() == naive_root(entries(size))


def test_an_edge_that_does_not_fit_its_size_is_refused() -> None:
    with pytest.raises(ValueError, match="edge"):
        CompactRange(3, leaves(1))


@given(SIZES, st.data())
def test_every_leaf_is_proven_in_every_later_tree(size: int, data: st.DataObject) -> None:
    index = data.draw(st.integers(0, size - 1))
    tree = Tree(leaves(size + data.draw(st.integers(0, 9))))
    path = tree.inclusion(index, size)
    assert path == naive_path(index, entries(size))
    check_inclusion(leaves(size)[index], index, size, path, naive_root(entries(size)))


@given(SIZES, st.data())
def test_no_leaf_is_proven_at_another_place(size: int, data: st.DataObject) -> None:
    index = data.draw(st.integers(0, size - 1))
    other = data.draw(st.integers(-1, size + 1).filter(lambda place: place != index))
    path = Tree(leaves(size)).inclusion(index, size)
    with pytest.raises(BadProof):
        check_inclusion(leaves(size)[index], other, size, path, naive_root(entries(size)))


@given(st.integers(2, 70), st.data())
def test_no_bit_of_a_proof_may_change(size: int, data: st.DataObject) -> None:
    index = data.draw(st.integers(0, size - 1))
    path = Tree(leaves(size)).inclusion(index, size)
    at = data.draw(st.integers(0, len(path) - 1))
    path[at] = bytes([path[at][0] ^ 1]) + path[at][1:]
    with pytest.raises(BadProof):
        check_inclusion(leaves(size)[index], index, size, path, naive_root(entries(size)))


@given(SIZES, st.data())
def test_a_grown_tree_is_shown_to_extend_the_old_one(size: int, data: st.DataObject) -> None:
    old = data.draw(st.integers(0, size))
    proof = Tree(leaves(size)).consistency(old, size)
    assert proof == (naive_subproof(old, entries(size), known=True) if 0 < old < size else [])
    check_consistency(old, naive_root(entries(old)), size, naive_root(entries(size)), proof)


@given(st.integers(2, 70), st.data())
def test_no_tree_with_another_past_extends_the_old_one(size: int, data: st.DataObject) -> None:
    old = data.draw(st.integers(1, size))
    changed = data.draw(st.integers(0, old - 1))
    forged = leaves(size)
    forged[changed] = leaf_hash(b"another past")
    tree = Tree(forged)
    with pytest.raises(BadProof):
        check_consistency(old, naive_root(entries(old)), size, tree.root(), tree.consistency(old, size))


@given(SIZES, SIZES, st.lists(st.binary(min_size=32, max_size=32), max_size=8))
def test_hashes_at_random_prove_nothing(old: int, size: int, proof: list[bytes]) -> None:
    with pytest.raises(BadProof):
        check_inclusion(leaf_hash(b"ghost"), min(old, size) - 1, size, proof, naive_root(entries(size)))
    with pytest.raises(BadProof):
        check_consistency(old, leaf_hash(b"ghost"), size, naive_root(entries(size)), proof)


@pytest.mark.parametrize(("old", "new"), [(-1, 3), (3, 8), (8, 8)])
def test_what_the_tree_does_not_hold_is_not_proven(old: int, new: int) -> None:
    tree = Tree(leaves(7))
    with pytest.raises(BadProof):
        tree.consistency(old, new)
    with pytest.raises(BadProof):
        tree.inclusion(old, new)
    with pytest.raises(BadProof):
        tree.root(8)

"""A proof made from a few published tiles is the proof that the whole tree gives."""

from hashlib import sha256

import pytest

from kawal.ledger.tile_tree import TileTree
from kawal.ledger.tiles import WIDTH, tile_path, tile_sizes
from kawal.ledger.tree import BadProof, Tree, check_inclusion


def published(tree: Tree) -> dict[str, bytes]:
    files = {}
    for level, index, width in tile_sizes(tree.size):
        span = WIDTH**level
        start = index * WIDTH * span
        hashes = [tree.subtree(start + at * span, start + (at + 1) * span) for at in range(width)]
        files[tile_path(level, index, width)] = b"".join(hashes)
    return files


def grown(size: int) -> Tree:
    return Tree(sha256(str(number).encode()).digest() for number in range(size))


@pytest.mark.parametrize("size", [1, 2, 3, 255, 256, 257, 511, 513, 1_000])
def test_every_leafs_proof_is_that_of_the_whole_tree(size: int) -> None:
    tree = grown(size)
    tiles = TileTree(size, published(tree).__getitem__)
    for index in {0, 1, size // 2, size - 2, size - 1} & set(range(size)):
        path = tiles.inclusion(index)
        assert path == tree.inclusion(index, size)
        leaf = sha256(str(index).encode()).digest()
        check_inclusion(leaf, index, size, path, tree.root())


def test_above_the_third_level_of_tiles_it_holds_too() -> None:
    tree = grown(66_000)
    tiles = TileTree(tree.size, published(tree).__getitem__)
    for index in (0, 40_000, 65_535, 65_536, 65_999):
        assert tiles.inclusion(index) == tree.inclusion(index, tree.size)
    assert tiles.root() == tree.root()


def test_a_leaf_outside_the_tree_has_no_proof() -> None:
    tiles = TileTree(3, published(grown(3)).__getitem__)
    for index in (-1, 3):
        with pytest.raises(BadProof):
            tiles.inclusion(index)


def test_a_proof_reads_few_tiles() -> None:
    tree = grown(5_000)
    files, asked = published(tree), []

    def read(path: str) -> bytes:
        asked.append(path)
        return files[path]

    TileTree(tree.size, read).inclusion(1_234)
    assert len(asked) == len(set(asked)) <= 4

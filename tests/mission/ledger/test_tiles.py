"""Tiles are the tree cut into files: each hash is the root of the entries below it, and no file changes once full."""

from contextlib import suppress
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kawal.ledger.tiles import WIDTH, BadBundle, TileFile, TileWriter, bundle, tile_path, tile_sizes, unbundle
from kawal.ledger.tree import EMPTY_ROOT, Tree, leaf_hash

SIZES = (0, 1, 2, 255, 256, 257, 511, 512, 513, 65_535, 65_536, 65_537)


def entry(number: int) -> bytes:
    return f"leaf {number}".encode()


@pytest.fixture(scope="module")
def grown() -> dict[int, tuple[bytes, dict[str, bytes]]]:
    """By size: the root and all files of the log as it stood then."""
    writer = TileWriter()
    files: dict[str, bytes] = {}
    stood = {}
    for number in range(max(SIZES) + 1):
        if number in SIZES:
            stood[number] = (writer.root(), {**files, **named(writer.partial())})
        files.update(named(writer.append(entry(number))))
    return stood


def named(files: list[TileFile]) -> dict[str, bytes]:
    return {file.path: file.data for file in files}


def naive_tiles(tree: Tree, size: int) -> dict[str, bytes]:
    """By the definition of C2SP tlog-tiles: hash i of tile n at level l is the root of its 256**l entries."""
    leaves = [leaf_hash(entry(number)) for number in range(size)]
    files = {}
    level, hashes = 0, leaves
    while hashes:
        for start in range(0, len(hashes), WIDTH):
            tile = hashes[start : start + WIDTH]
            files[tile_path(level, start // WIDTH, len(tile))] = b"".join(tile)
        full = range(0, len(hashes) - WIDTH + 1, WIDTH)
        level, hashes = level + 1, [Tree(hashes[start : start + WIDTH]).root() for start in full]
    return files


@pytest.mark.parametrize("size", SIZES)
def test_tiles_are_what_the_definition_says(size: int, grown: dict[int, tuple[bytes, dict[str, bytes]]]) -> None:
    root, files = grown[size]
    tree = Tree([leaf_hash(entry(number)) for number in range(size)])
    assert root == (tree.root() if size else EMPTY_ROOT)
    assert {path: data for path, data in files.items() if "entries" not in path} == naive_tiles(tree, size)
    assert {tile_path(*which) for which in tile_sizes(size)} == naive_tiles(tree, size).keys()


@pytest.mark.parametrize("size", SIZES)
def test_entry_bundles_hold_every_entry_once(size: int, grown: dict[int, tuple[bytes, dict[str, bytes]]]) -> None:
    _, files = grown[size]
    held: list[bytes] = []
    for index in range(-(-size // WIDTH)):
        held += unbundle(files[tile_path("entries", index, min(WIDTH, size - index * WIDTH))])
    assert held == [entry(number) for number in range(size)]


def test_a_full_file_never_changes(grown: dict[int, tuple[bytes, dict[str, bytes]]]) -> None:
    for size, later in pairwise(SIZES):
        before, after = grown[size][1], grown[later][1]
        assert all(after[path] == data for path, data in before.items() if ".p/" not in path)


@given(st.lists(st.binary(max_size=300), max_size=20))
def test_a_bundle_gives_back_its_entries(entries: list[bytes]) -> None:
    assert unbundle(bundle(entries)) == entries


@given(st.lists(st.binary(min_size=1, max_size=50), min_size=1, max_size=5), st.data())
def test_a_bundle_cut_off_loses_an_entry_or_is_refused(entries: list[bytes], data: st.DataObject) -> None:
    whole = bundle(entries)
    cut = whole[: data.draw(st.integers(0, len(whole) - 1))]
    with suppress(BadBundle):
        assert len(unbundle(cut)) < len(entries)

"""Tiles and entry bundles of a log as static files, built while the log grows. Source: C2SP tlog-tiles."""

import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kawal.ledger.tree import EMPTY_ROOT, CompactRange, leaf_hash, node_hash

WIDTH = 256
ENTRY_LIMIT = 65_535


class BadBundle(ValueError):
    """An entry bundle's bytes are not a sequence of length-prefixed entries."""


@dataclass(frozen=True, slots=True)
class TileFile:
    """One file of the log: its path below the log's prefix, and its bytes."""

    path: str
    data: bytes


def tile_path(level: int | str, index: int, width: int = WIDTH) -> str:
    """Give the path of a tile or (level "entries") bundle: `tile/0/x001/234.p/17`."""
    digits = f"{index:03d}"
    if len(digits) > 3:
        digits = digits.zfill(-(-len(digits) // 3) * 3)
    groups = [digits[i : i + 3] for i in range(0, len(digits), 3)]
    path = "/".join([f"x{group}" for group in groups[:-1]] + groups[-1:])
    return f"tile/{level}/{path}" + (f".p/{width}" if width < WIDTH else "")


def tile_sizes(size: int) -> Iterator[tuple[int, int, int]]:
    """Yield (level, index, width) of each tile of a tree of `size` leaves, partial tiles included."""
    level = 0
    while size:
        full, partial = divmod(size, WIDTH)
        yield from ((level, index, WIDTH) for index in range(full))
        if partial:
            yield level, full, partial
        size, level = full, level + 1


def bundle(entries: list[bytes]) -> bytes:
    """Join entries, each behind its big-endian uint16 length."""
    return b"".join(struct.pack(">H", len(entry)) + entry for entry in entries)


def unbundle(data: bytes) -> list[bytes]:
    """Split an entry bundle. Raises: BadBundle."""
    entries, at = [], 0
    while at < len(data):
        if at + 2 > len(data):
            raise BadBundle("berkas entri terpotong / the entry bundle is cut off")
        (length,) = struct.unpack_from(">H", data, at)
        entry = data[at + 2 : at + 2 + length]
        if len(entry) != length:
            raise BadBundle("berkas entri terpotong / the entry bundle is cut off")
        entries.append(entry)
        at += 2 + length
    return entries


class TileWriter:
    """Takes entries in log order and hands out each full tile once; `partial` gives the right edge for a checkpoint."""

    def __init__(self, size: int = 0, entries: Sequence[bytes] = (), levels: Sequence[Sequence[bytes]] = ()) -> None:
        """size: leaves so far; entries: of the partial bundle; levels: hashes of each partial tile, lowest first."""
        counts = [size]
        while counts[-1] >= WIDTH:
            counts.append(counts[-1] // WIDTH)
        if [len(hashes) for hashes in levels or [[]]] != [count % WIDTH for count in counts]:
            raise ValueError("levels must hold the hashes of the partial tiles of a tree of this size")
        if len(entries) != size % WIDTH:
            raise ValueError("entries must be those of the partial bundle of a tree of this size")
        self._entries = list(entries)
        self._levels = [list(hashes) for hashes in levels or [[]]]
        self._done = [count // WIDTH for count in counts]
        self.size = size

    def append(self, entry: bytes) -> list[TileFile]:
        """Add one entry; gives the files that became full (none, mostly)."""
        self._entries.append(entry)
        self._levels[0].append(leaf_hash(entry))
        self.size += 1
        return self._full() if len(self._entries) == WIDTH else []

    def _full(self) -> list[TileFile]:
        files = [TileFile(tile_path("entries", self._done[0]), bundle(self._entries))]
        self._entries = []
        level = 0
        while len(self._levels[level]) == WIDTH:
            hashes = self._levels[level]
            files.append(TileFile(tile_path(level, self._done[level]), b"".join(hashes)))
            self._levels[level] = []
            self._done[level] += 1
            if level + 1 == len(self._levels):
                self._levels.append([])
                self._done.append(0)
            self._levels[level + 1].append(_subtree_root(hashes))
            level += 1
        return files

    def partial(self) -> list[TileFile]:
        """The partial tiles and bundle of the tree as it is now."""
        files = []
        if self._entries:
            files.append(TileFile(tile_path("entries", self._done[0], len(self._entries)), bundle(self._entries)))
        for level, hashes in enumerate(self._levels):
            if hashes:
                files.append(TileFile(tile_path(level, self._done[level], len(hashes)), b"".join(hashes)))
        return files

    def root(self) -> bytes:
        """The root hash over all entries so far."""
        root: bytes | None = None
        for hashes in self._levels:
            if hashes:
                edge = CompactRange()
                for node in hashes:
                    edge.append(node)
                for node in reversed(edge.edge):
                    root = node if root is None else node_hash(node, root)
        return EMPTY_ROOT if root is None else root


def _subtree_root(hashes: list[bytes]) -> bytes:
    while len(hashes) > 1:
        hashes = [node_hash(hashes[i], hashes[i + 1]) for i in range(0, len(hashes), 2)]
    return hashes[0]

"""A published tree read from its tiles: roots and consistency proofs from a few files, and never an entry."""

from collections.abc import Callable

from kawal.ledger.tiles import WIDTH, tile_path
from kawal.ledger.tree import BadProof, CompactRange, node_hash

ReadTile = Callable[[str], bytes]
_HEIGHT = 8


class BadTile(ValueError):
    """A tile does not hold the hashes that a tree of this size has there."""


class TileTree:
    """The tree of `size` leaves whose tiles `read` gives by path; each tile is asked for once, when it is needed.

    `read` raises what it likes where a tile is not there. Source: C2SP tlog-tiles.
    """

    def __init__(self, size: int, read: ReadTile) -> None:
        self.size = size
        self._read = read
        self._tiles: dict[tuple[int, int], bytes] = {}
        self._nodes: dict[tuple[int, int], bytes] = {}

    def edge(self, size: int | None = None) -> tuple[bytes, ...]:
        """The complete subtrees of the first `size` leaves (all, if not said), largest first. Raises: BadTile."""
        size = self.size if size is None else size
        if not 0 <= size <= self.size:
            raise BadProof(f"tree has {self.size} leaves, edge at {size} asked")
        levels = [level for level in reversed(range(size.bit_length())) if size >> level & 1]
        return tuple(self._node(level, (size >> level) - 1) for level in levels)

    def root(self, size: int | None = None) -> bytes:
        """The root of the first `size` leaves (all, if not said). Raises: BadTile."""
        size = self.size if size is None else size
        return CompactRange(size, self.edge(size)).root()

    def consistency(self, old: int) -> list[bytes]:
        """The consistency proof from `old` leaves to all (RFC 6962 section 2.1.2). Raises: BadTile."""
        if not 0 <= old <= self.size:
            raise BadProof(f"no consistency proof from {old} to {self.size}")
        if old in (0, self.size):
            return []
        proof: list[bytes] = []
        start, end, is_known = 0, self.size, True
        while old != end:
            split = start + (1 << (end - start - 1).bit_length() - 1)
            if old <= split:
                proof.append(self._range(split, end))
                end = split
            else:
                proof.append(self._range(start, split))
                start, is_known = split, False
        return [*([] if is_known else [self._range(start, end)]), *reversed(proof)]

    def inclusion(self, index: int) -> list[bytes]:
        """The audit path of leaf `index`, leaf's sibling first (RFC 6962 section 2.1.1). Raises: BadProof, BadTile."""
        if not 0 <= index < self.size:
            raise BadProof(f"no leaf {index} in a tree of {self.size}")
        path: list[bytes] = []
        start, end = 0, self.size
        while end - start > 1:
            split = start + (1 << (end - start - 1).bit_length() - 1)
            if index < split:
                path.append(self._range(split, end))
                end = split
            else:
                path.append(self._range(start, split))
                start = split
        return path[::-1]

    def _range(self, start: int, end: int) -> bytes:
        """The hash over leaves [start, end); `start` is a multiple of the power of two not below its width."""
        edge, at = [], start
        for level in reversed(range((end - start).bit_length())):
            if end - start >> level & 1:
                edge.append(self._node(level, at >> level))
                at += 1 << level
        return CompactRange(end - start, edge).root()

    def _node(self, level: int, index: int) -> bytes:
        tile_level, above = divmod(level, _HEIGHT)
        if not above:
            tile, at = divmod(index, WIDTH)
            return self._tile(tile_level, tile)[32 * at : 32 * at + 32]
        known = self._nodes.get((level, index))
        if known is None:
            known = node_hash(self._node(level - 1, 2 * index), self._node(level - 1, 2 * index + 1))
            self._nodes[level, index] = known
        return known

    def _tile(self, level: int, index: int) -> bytes:
        known = self._tiles.get((level, index))
        if known is not None:
            return known
        path = tile_path(level, index, min(WIDTH, (self.size >> _HEIGHT * level) - index * WIDTH))
        found = self._read(path)
        if path != tile_path(level, index, len(found) // 32) or len(found) % 32:
            raise BadTile(f"{path}: {len(found)} bita, bukan ubin pohon ini / bytes, not a tile of this tree")
        self._tiles[level, index] = found
        return found

"""The RFC 6962 Merkle tree: an appendable compact range, a whole tree for proofs, and the two proof checks."""

from collections.abc import Iterable, Sequence
from hashlib import sha256

EMPTY_ROOT = sha256(b"").digest()


class BadProof(ValueError):
    """A Merkle proof does not connect the hashes it claims to connect."""


def leaf_hash(data: bytes) -> bytes:
    """SHA-256(0x00 || data). Source: RFC 6962 section 2.1."""
    return sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """SHA-256(0x01 || left || right). Source: RFC 6962 section 2.1."""
    return sha256(b"\x01" + left + right).digest()


class CompactRange:
    """The right edge of a growing tree: O(log n) hashes are all that is needed to append and to give the root."""

    def __init__(self, size: int = 0, edge: Sequence[bytes] = ()) -> None:
        """size: leaves so far; edge: hashes of the complete subtrees, largest first, one a set bit of size."""
        if len(edge) != size.bit_count():
            raise ValueError("edge must hold one hash for each set bit of size")
        self.size = size
        self._edge = list(edge)

    @property
    def edge(self) -> tuple[bytes, ...]:
        """The complete subtrees, largest first: what must be stored to go on later."""
        return tuple(self._edge)

    def append(self, leaf: bytes) -> None:
        """Add one leaf hash (32 bytes)."""
        edge, size = self._edge, self.size
        while size & 1:
            leaf = node_hash(edge.pop(), leaf)
            size >>= 1
        edge.append(leaf)
        self.size += 1

    def root(self) -> bytes:
        """The tree's root hash, 32 bytes; SHA-256 of nothing when empty."""
        if not self._edge:
            return EMPTY_ROOT
        root = self._edge[-1]
        for left in reversed(self._edge[:-1]):
            root = node_hash(left, root)
        return root


class Tree:
    """All leaf hashes with the complete subtrees above them, for proofs of any size up to the whole."""

    def __init__(self, leaves: Iterable[bytes] = ()) -> None:
        """leaves: leaf hashes, 32 bytes each, in log order."""
        self._levels: list[list[bytes]] = [list(leaves)]
        while len(self._levels[-1]) > 1:
            below = self._levels[-1]
            self._levels.append([node_hash(below[i], below[i + 1]) for i in range(0, len(below) - 1, 2)])

    @property
    def size(self) -> int:
        """Number of leaves."""
        return len(self._levels[0])

    def append(self, leaf: bytes) -> None:
        """Add one leaf hash (32 bytes)."""
        level = 0
        self._levels[0].append(leaf)
        while len(self._levels[level]) % 2 == 0:
            left, right = self._levels[level][-2:]
            level += 1
            if level == len(self._levels):
                self._levels.append([])
            self._levels[level].append(node_hash(left, right))

    def root(self, size: int | None = None) -> bytes:
        """The root of the first `size` leaves (all, if not said)."""
        size = self.size if size is None else size
        if not 0 <= size <= self.size:
            raise BadProof(f"tree has {self.size} leaves, root at {size} asked")
        return self._range(0, size) if size else EMPTY_ROOT

    def subtree(self, start: int, end: int) -> bytes:
        """The hash over leaves [start, end), which must be a whole subtree or the right edge of the tree."""
        return self._range(start, end)

    def _range(self, start: int, end: int) -> bytes:
        width = end - start
        if width & (width - 1) == 0 and start % width == 0:
            return self._levels[width.bit_length() - 1][start // width]
        split = start + _split(width)
        return node_hash(self._range(start, split), self._range(split, end))

    def inclusion(self, index: int, size: int) -> list[bytes]:
        """The audit path of leaf `index` in the first `size` leaves, leaf's sibling first (RFC 6962 section 2.1.1)."""
        if not 0 <= index < size <= self.size:
            raise BadProof(f"no leaf {index} in a tree of {size}")
        path: list[bytes] = []
        start, end = 0, size
        while end - start > 1:
            split = start + _split(end - start)
            if index < split:
                path.append(self._range(split, end))
                end = split
            else:
                path.append(self._range(start, split))
                start = split
        return path[::-1]

    def consistency(self, old: int, new: int) -> list[bytes]:
        """The consistency proof from `old` to `new` leaves (RFC 6962 section 2.1.2); empty for old 0 or old = new."""
        if not 0 <= old <= new <= self.size:
            raise BadProof(f"no consistency proof from {old} to {new}")
        if old in (0, new):
            return []
        return self._subproof(old, 0, new, known=True)

    def _subproof(self, old: int, start: int, end: int, *, known: bool) -> list[bytes]:
        if old == end - start:
            return [] if known else [self._range(start, end)]
        split = _split(end - start)
        if old <= split:
            return [*self._subproof(old, start, start + split, known=known), self._range(start + split, end)]
        right = self._subproof(old - split, start + split, end, known=False)
        return [*right, self._range(start, start + split)]


def _split(width: int) -> int:
    """The largest power of two smaller than width."""
    return 1 << ((width - 1).bit_length() - 1)


def check_inclusion(leaf: bytes, index: int, size: int, path: Sequence[bytes], root: bytes) -> None:
    """Check that `leaf` stands at `index` in the tree of `size` leaves with this root.

    path: sibling first, 32 bytes each. Raises: BadProof. Source: RFC 9162 section 2.1.3.2.
    """
    if not 0 <= index < size:
        raise BadProof("nomor daun di luar pohon / the leaf index is outside the tree")
    node, last, result = index, size - 1, leaf
    for sibling in path:
        if last == 0:
            raise BadProof("bukti terlalu panjang / the proof is too long")
        if node & 1 or node == last:
            result = node_hash(sibling, result)
            while not node & 1 and node:
                node, last = node >> 1, last >> 1
        else:
            result = node_hash(result, sibling)
        node, last = node >> 1, last >> 1
    if last or result != root:
        raise BadProof("bukti tidak mencapai akar / the proof does not reach the root")


def check_consistency(old: int, old_root: bytes, new: int, new_root: bytes, proof: Sequence[bytes]) -> None:
    """Check that the tree of `new` leaves only adds to the tree of `old` leaves.

    Raises: BadProof. Source: RFC 9162 section 2.1.4.2.
    """
    if not 0 <= old <= new:
        raise BadProof("ukuran mengecil / the tree became smaller")
    if old in (0, new):
        if proof or (old == new and old_root != new_root) or (old == 0 and old_root != EMPTY_ROOT):
            raise BadProof("akar berbeda pada ukuran sama / another root at the same size")
        return
    if not proof:
        raise BadProof("bukti konsistensi kosong / the consistency proof is empty")
    path = list(proof)
    node, last = old - 1, new - 1
    while node & 1:
        node, last = node >> 1, last >> 1
    first = second = path.pop(0) if node else old_root
    for sibling in path:
        if last == 0:
            raise BadProof("bukti terlalu panjang / the proof is too long")
        if node & 1 or node == last:
            first, second = node_hash(sibling, first), node_hash(sibling, second)
            while not node & 1 and node:
                node, last = node >> 1, last >> 1
        else:
            second = node_hash(second, sibling)
        node, last = node >> 1, last >> 1
    if last or first != old_root or second != new_root:
        raise BadProof("sejarah tidak bersambung / the new tree does not extend the old one")

"""Proof files that stand alone, and the body by which a log asks a witness. Source: C2SP tlog-proof, tlog-witness."""

from collections.abc import Sequence
from dataclasses import dataclass

from kawal.ledger.checkpoint import Checkpoint, read_checkpoint
from kawal.ledger.encoding import NotCanonical, b64, unb64
from kawal.ledger.note import BadNote
from kawal.ledger.tree import BadProof, check_inclusion, leaf_hash

MAGIC = "c2sp.org/tlog-proof@v1"
PATH_LIMIT = 63


@dataclass(frozen=True, slots=True)
class InclusionProof:
    """A read proof file. `path`: sibling first, 32 bytes each."""

    index: int
    path: tuple[bytes, ...]
    checkpoint: Checkpoint
    extra: bytes | None = None

    def check(self, entry: bytes) -> None:
        """Check that `entry` stands at `index` under the checkpoint; its signatures are the policy's affair.

        Raises: BadProof.
        """
        check_inclusion(leaf_hash(entry), self.index, self.checkpoint.size, self.path, self.checkpoint.root)


def write_proof(index: int, path: Sequence[bytes], checkpoint: bytes) -> bytes:
    """Write a proof file around a published checkpoint (its bytes, unchanged)."""
    lines = [MAGIC, f"index {index}", *(b64(node) for node in path), "", ""]
    return "\n".join(lines).encode() + checkpoint


def read_proof(data: bytes) -> InclusionProof:
    """Read a proof file. Raises: BadProof, BadNote."""
    head, gap, checkpoint = data.partition(b"\n\n")
    try:
        lines = head.decode("ascii").split("\n")
    except UnicodeDecodeError as error:
        raise BadProof("berkas bukti bukan ASCII / the proof file's head is not ASCII") from error
    if not gap or lines[0] != MAGIC:
        raise BadProof("bukan berkas tlog-proof@v1 / not a tlog-proof@v1 file")
    rest = lines[1:]
    extra = None
    if rest and rest[0].startswith("extra "):
        extra = _decode(rest.pop(0)[6:])
    if not rest or not rest[0].startswith("index "):
        raise BadProof("berkas bukti tanpa index / the proof file has no index line")
    index = read_decimal(rest.pop(0)[6:])
    return InclusionProof(index, _path(rest), read_checkpoint(checkpoint), extra)


def _path(lines: Sequence[str]) -> tuple[bytes, ...]:
    if len(lines) > PATH_LIMIT:
        raise BadProof("bukti terlalu panjang / the proof is too long")
    path = tuple(_decode(line) for line in lines)
    if any(len(node) != 32 for node in path):
        raise BadProof("simpul bukti bukan 32 bita / a proof node is not 32 bytes")
    return path


def _decode(text: str) -> bytes:
    try:
        return unb64(text)
    except NotCanonical as error:
        raise BadProof(str(error)) from error


def read_decimal(text: str) -> int:
    """Read a size or index: ASCII digits without leading zero. Raises: BadProof."""
    if not (text.isascii() and text.isdigit() and len(text) <= 19) or (text[0] == "0" and text != "0"):
        raise BadProof(f"bukan bilangan / not a decimal: {text[:30]!r}")
    return int(text)


@dataclass(frozen=True, slots=True)
class AddCheckpoint:
    """What a log posts to a witness: the size the witness knows, the proof from there, the new checkpoint."""

    old: int
    proof: tuple[bytes, ...]
    checkpoint: Checkpoint


def write_add_checkpoint(old: int, proof: Sequence[bytes], checkpoint: bytes) -> bytes:
    """Write an add-checkpoint body; exports keep them as `cons.<old>.<new>`."""
    return "\n".join([f"old {old}", *(b64(node) for node in proof), "", ""]).encode() + checkpoint


def read_add_checkpoint(data: bytes) -> AddCheckpoint:
    """Read an add-checkpoint body. Raises: BadProof, BadNote."""
    head, gap, checkpoint = data.partition(b"\n\n")
    lines = head.decode("ascii", "replace").split("\n")
    if not gap or not lines[0].startswith("old "):
        raise BadProof("bukan isi add-checkpoint / not an add-checkpoint body")
    return AddCheckpoint(read_decimal(lines[0][4:]), _path(lines[1:]), read_checkpoint(checkpoint))


__all__ = [
    "AddCheckpoint",
    "BadNote",
    "BadProof",
    "InclusionProof",
    "read_add_checkpoint",
    "read_decimal",
    "read_proof",
    "write_add_checkpoint",
    "write_proof",
]

"""Writing a log as the folder that anyone can verify: tiles, bundles, checkpoints, proofs, manifests."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from kawal.ledger.checkpoint import cosign, sign_checkpoint
from kawal.ledger.encoding import b64u, blob_name, digest
from kawal.ledger.keys import SigningKey
from kawal.ledger.note import Note
from kawal.ledger.proof import write_add_checkpoint, write_proof
from kawal.ledger.tiles import WIDTH, TileFile, TileWriter, tile_path, unbundle
from kawal.ledger.tree import Tree, leaf_hash
from kawal_machine.files import write_once, write_whole


@dataclass(frozen=True, slots=True)
class Witness:
    """A witness that cosigns: its name in the policy's vkey, its key, and how many seconds after the log it answers."""

    name: str
    key: SigningKey
    delay_s: int = 2


class ExportWriter:
    """Writes one log leaf by leaf. Memory: the leaf hashes, and at most one bundle of entries."""

    def __init__(
        self, folder: Path, *, origin: str, log_key: SigningKey, witnesses: Sequence[Witness], policy: bytes
    ) -> None:
        self._folder = folder
        self._origin = origin
        self._log_key = log_key
        self._witnesses = tuple(witnesses)
        self._tiles = TileWriter()
        self._tree = Tree()
        self._last: tuple[int, bytes] | None = None
        folder.mkdir(parents=True, exist_ok=True)
        write_once(folder / "policy", policy)

    @property
    def size(self) -> int:
        """Leaves so far."""
        return self._tiles.size

    def blob(self, data: bytes) -> str:
        """Keep a manifest or photo under its hash; gives the hash as events name it."""
        named = digest(data)
        write_once(self._folder / "blobs" / blob_name(named), data)
        return named

    def append(self, jws: bytes) -> int:
        """Add one event; gives its leaf index."""
        self._write(self._tiles.append(jws))
        self._tree.append(leaf_hash(jws))
        return self._tiles.size - 1

    def _write(self, files: Iterable[TileFile]) -> None:
        for file in files:
            write_once(self._folder / file.path, file.data)

    def checkpoint(self, at: int) -> tuple[int, str]:
        """Sign the tree as it is, have it cosigned, publish it; gives what a device then cites as `cp`.

        at: UNIX second of the log's signature; each witness signs its delay later.
        """
        size, root = self.size, self._tree.root()
        note = sign_checkpoint(self._origin, size, root, self._log_key)
        lines = tuple(cosign(note, one.name, one.key, at + one.delay_s) for one in self._witnesses)
        data = Note(note.text, (*note.lines, *lines)).encode()
        if self._last is not None:
            old, old_data = self._last
            if old == size:
                return size, b64u(root)
            write_once(self._folder / f"checkpoint.{old}", old_data)
            proof = self._tree.consistency(old, size)
            write_once(self._folder / f"cons.{old}.{size}", write_add_checkpoint(old, proof, data))
        write_whole(self._folder / "checkpoint", data)
        self._last = (size, data)
        return size, b64u(root)

    def prove(self, indexes: Iterable[int]) -> None:
        """Write proof and event of these leaves under the newest checkpoint. Call it after `close`."""
        if self._last is None:
            raise ValueError("no checkpoint to prove under")
        size, checkpoint = self._last
        for index in indexes:
            jws = read_entry(self._folder, index, size)
            proof = write_proof(index, self._tree.inclusion(index, size), checkpoint)
            write_whole(self._folder / "proofs" / f"{index}.tlog-proof", proof)
            write_whole(self._folder / "proofs" / f"{index}.jws", jws)

    def close(self) -> None:
        """Write the partial tiles of the tree as it is."""
        self._write(self._tiles.partial())


def read_entry(folder: Path, index: int, size: int) -> bytes:
    """Read one entry of an exported log of `size` leaves from its bundle."""
    bundle, at = divmod(index, WIDTH)
    width = min(WIDTH, size - bundle * WIDTH)
    return unbundle((folder / tile_path("entries", bundle, width)).read_bytes())[at]

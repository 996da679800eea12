"""Signing a log's tree heads, with a memory of its own: whoever brings back an old backup cannot fork the log."""

import fcntl
import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from kawal.ledger.checkpoint import Checkpoint, check_log_signature, sign_checkpoint
from kawal.ledger.encoding import NotCanonical, b64u, unb64u
from kawal.ledger.keys import SigningKey
from kawal.ledger.log_of import LogName
from kawal.ledger.note import LOG_SIGNATURE, BadNote, Note, NoteKey
from kawal.ledger.tree import EMPTY_ROOT, BadProof, CompactRange, check_consistency
from kawal_server.store.checkpoint_files import CheckpointFiles
from kawal_server.store.files import DurableFolder
from kawal_server.store.key_files import read_key
from kawal_server.store.port import Head


class WouldShrink(RuntimeError):
    """The tree is smaller than one that was signed before."""


class WouldFork(RuntimeError):
    """The tree does not extend the one that was signed before."""


class SignerBusy(RuntimeError):
    """Another process signs for this log."""


class StateDamaged(RuntimeError):
    """The signer's state file cannot be read, or contradicts itself."""


class NotOurCheckpoint(RuntimeError):
    """The log's folder holds a checkpoint that this key did not sign."""


class StateContradicts(RuntimeError):
    """The signer's state and the published checkpoint cannot both be true."""


@dataclass(frozen=True, slots=True)
class Signed:
    """The last tree that was signed. edge: `CompactRange.edge`, None when taken over from a checkpoint."""

    size: int
    root: bytes
    edge: tuple[bytes, ...] | None


class Signer:
    """Signs for one log. The one process that holds it keeps a lock until `close`, and every other gets SignerBusy.

    The lock stands on `<log>.lock` beside the state file `<log>.json`, because each write puts a new file in the
    state's place.
    """

    def __init__(
        self, folder: Path, log: LogName, *, origin: str, key: SigningKey, published: Sequence[Checkpoint] = ()
    ) -> None:
        """folder: where the state is kept; published: what the log's folder holds, which must agree with the state.

        Where the state file is lost, the newest of `published` takes its place, its signature checked.
        Raises: SignerBusy, StateDamaged, NotOurCheckpoint, StateContradicts.
        """
        self.origin = origin
        self.note_key = NoteKey(origin, LOG_SIGNATURE, key.public.x)
        self._key = key
        self._name = f"{log}.json"
        self._folder = DurableFolder(folder)
        self._lock = _locked(folder / f"{log}.lock")
        try:
            self._last = self._begin(published)
        except BaseException:
            self.close()
            raise

    @property
    def size(self) -> int:
        """Leaves of the last tree that was signed: a consistency proof starts there."""
        return self._last.size

    def refuse_smaller(self, size: int) -> None:
        """Refuse a tree of fewer leaves than were signed, before anything is written for it. Raises: WouldShrink."""
        if size < self._last.size:
            raise WouldShrink(
                f"{self.origin}: penyimpanan punya {size} peristiwa, padahal {self._last.size} sudah ditandatangani. "
                "Cadangan lama dipasang? Pasang cadangan yang lebih baru, atau bangun kembali dari cermin / "
                f"the store holds {size} events, and {self._last.size} were already signed. An old backup? "
                "Restore a newer one, or rebuild the store from a mirror; nothing was signed"
            )

    def refuse_other(self, size: int, root: bytes) -> None:
        """Refuse another root at the size last signed, before anything is written for it. Raises: WouldFork."""
        if size == self._last.size and root != self._last.root:
            raise self._fork(size, "another root at that size")

    def sign(self, head: Head, proof: Sequence[bytes]) -> Note:
        """Sign a tree head; the state is on disk before the signature leaves.

        proof: consistency from `size` to the head. Raises: WouldShrink, WouldFork.
        """
        root = head.root()
        self.refuse_smaller(head.size)
        try:
            check_consistency(self._last.size, self._last.root, head.size, root, proof)
        except BadProof as error:
            raise self._fork(head.size, str(error)) from error
        self._remember(Signed(head.size, root, head.edge))
        return sign_checkpoint(self.origin, head.size, root, self._key)

    def close(self) -> None:
        """Let another process sign."""
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None

    def __enter__(self) -> "Signer":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def _remember(self, signed: Signed) -> None:
        if self._lock is None:
            raise SignerBusy(f"{self.origin}: penanda tangan sudah ditutup / this signer was closed; open it again")
        edge = None if signed.edge is None else [b64u(node) for node in signed.edge]
        state = {"origin": self.origin, "size": signed.size, "root": b64u(signed.root), "edge": edge}
        self._folder.replace(self._name, [json.dumps(state).encode() + b"\n"])
        self._last = signed

    def _begin(self, published: Sequence[Checkpoint]) -> Signed:
        for checkpoint in published:
            self._check_ours(checkpoint)
        newest = max(published, key=lambda one: one.size, default=None)
        data = self._folder.read(self._name)
        if data is None:
            return Signed(0, EMPTY_ROOT, ()) if newest is None else Signed(newest.size, newest.root, None)
        state = _read_state(data, self.origin, self._folder.top / self._name)
        for checkpoint in published:
            if checkpoint.size > state.size or (checkpoint.size == state.size and checkpoint.root != state.root):
                raise self._contradiction(
                    f"keadaan ditandatangani {state.size}, titik periksa {checkpoint.size} / "
                    f"the state says {state.size} events were signed, the checkpoint {checkpoint.size}, or another root"
                )
        return state

    def _check_ours(self, checkpoint: Checkpoint) -> None:
        try:
            check_log_signature(checkpoint, self.note_key)
        except BadNote as error:
            raise NotOurCheckpoint(
                f"{self._folder.top}: titik periksa dalam folder log tidak ditandatangani kunci ini ({error}). Periksa "
                "apakah kunci dan folder itu milik operasi yang sama / this key did not sign the checkpoint in the "
                "log's folder; see whether key and folder are of the same operation"
            ) from error

    def _fork(self, size: int, why: str) -> WouldFork:
        return WouldFork(
            f"{self.origin}: pohon dengan {size} peristiwa tidak meneruskan yang ditandatangani pada "
            f"{self._last.size}. Jangan hapus apa pun; bangun kembali penyimpanan dari cermin / the tree of {size} "
            f"events does not extend the one signed at {self._last.size} ({why}). Delete nothing; rebuild the store "
            "from a mirror, or restore a newer backup; nothing was signed"
        )

    def _contradiction(self, why: str) -> StateContradicts:
        return StateContradicts(
            f"{self._folder.top / self._name}: bertentangan dengan titik periksa yang sudah terbit: {why}. "
            "Periksa dengan saksi atau cermin mana yang benar; bila titik periksa, pindahkan berkas keadaan ini dan "
            "mulai lagi / contradicts the published checkpoint. Ask a witness or mirror which is true; if it is the "
            "checkpoint, move this state file away and start again: the signer goes on from the checkpoint"
        )


def open_signer(root: Path, log: LogName, origin: str) -> Signer:
    """Open the signer of a post's data folder: `keys/<log>.key`, `signer/<log>.json`, `logs/<log>/`.

    Raises: KeyReadByOthers, NoKeyFile, BadNote, SignerBusy, StateDamaged, NotOurCheckpoint, StateContradicts.
    """
    key = read_key(root / "keys" / f"{log}.key")
    published = CheckpointFiles(DurableFolder(root / "logs" / log)).all_newest()
    return Signer(root / "signer", log, origin=origin, key=key, published=published)


def _locked(path: Path) -> int | None:
    path.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        os.close(handle)
        raise SignerBusy(
            f"{path}: proses lain sedang menandatangani log ini; hentikan dulu / "
            "another process signs for this log; stop it first"
        ) from error
    return handle


def _read_state(data: bytes, origin: str, path: Path) -> Signed:
    try:
        state = json.loads(data)
        edge = None if state["edge"] is None else tuple(unb64u(node) for node in state["edge"])
        size, root, own = int(state["size"]), unb64u(state["root"]), str(state["origin"])
        is_sound = own == origin and size >= 0 and (edge is None or CompactRange(size, edge).root() == root)
    except (ValueError, KeyError, TypeError, NotCanonical) as error:
        raise _damaged(path, str(error)) from error
    if not is_sound:
        raise _damaged(path, f"{own} {size}")
    return Signed(size, root, edge)


def _damaged(path: Path, why: str) -> StateDamaged:
    return StateDamaged(
        f"{path}: keadaan penanda tangan rusak atau milik log lain ({why}); pasang cadangan terbarunya, atau pindahkan "
        "agar dilanjutkan dari titik periksa / the signer's state is damaged or another log's; restore its newest "
        "copy, or move it away to go on from the checkpoint"
    )

"""Publishing a log: tiles, signature, cosignatures, checkpoint, in that order; a crash anywhere is made good."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from typing import Protocol

from kawal.ledger.checkpoint import Checkpoint, cosign, read_checkpoint
from kawal.ledger.event import leaf_id
from kawal.ledger.keys import SigningKey
from kawal.ledger.log_of import LogName
from kawal.ledger.note import Note
from kawal.ledger.policy import NoQuorum, Policy, read_policy
from kawal.ledger.tile_tree import BadTile
from kawal.ledger.tiles import WIDTH, TileWriter, unbundle
from kawal.ledger.tree import CompactRange, leaf_hash
from kawal_server.actions.sign import Signer
from kawal_server.store.checkpoint_files import CheckpointFiles, Published
from kawal_server.store.files import DurableFolder
from kawal_server.store.port import Head, Leaf
from kawal_server.store.tile_folder import NoTile, TileFolder

BATCH = 4 * WIDTH


class TamperedLeaf(RuntimeError):
    """The store's bytes of a leaf are not those of its event id, or not those already published."""


class MissingLeaf(RuntimeError):
    """The store's head counts a leaf that the store does not hold."""


class RootsDiffer(RuntimeError):
    """The entries, the tiles, the store's head and the checkpoint do not give one and the same tree."""


class NotThisLog(RuntimeError):
    """The store, the policy and the signer do not speak of the same log and key."""


class Committed(Protocol):
    """What publishing needs of a store; every `Store` is one."""

    def origin(self, log: LogName) -> str | None:
        """The origin of a log; None while it was never opened."""

    def head(self, log: LogName) -> Head:
        """How far the log has grown."""

    def leaves(self, log: LogName, start: int, end: int) -> list[Leaf]:
        """Leaves [start, end) in log order, as far as they exist."""


@dataclass(frozen=True, slots=True)
class Cosigner:
    """A log witness whose key lies here, as in a demonstration. delay_s: seconds after the log at which it signs."""

    name: str
    key: SigningKey
    delay_s: int = 0


@dataclass
class _Stand:
    """How far publishing has come. is_told: whether a caller has been given what is published."""

    published: Published | None
    tiles: TileWriter = field(default_factory=TileWriter)
    edge: CompactRange = field(default_factory=CompactRange)
    superseded: list[Path] = field(default_factory=list)
    is_told: bool = True


class Publisher:
    """Publishes one log into its folder, which then is what `kawal export` writes and anyone can verify.

    Nothing stands in memory that the disk does not give again: after a restart, or after any error, the next call
    begins from the published checkpoint and the partial tiles, and repeats what was broken off.

    Partial tiles of earlier sizes stay until their full tile is there and no published checkpoint needs them; they are
    deleted when the next publication begins, so that whoever reads the newest checkpoint has that long.
    """

    def __init__(
        self, log: LogName, store: Committed, folder: Path, signer: Signer, cosigners: Sequence[Cosigner] = ()
    ) -> None:
        """folder: the log's, with `policy` in it."""
        self._log: LogName = log
        self._store = store
        self._folder = DurableFolder(folder)
        self._signer = signer
        self._cosigners = tuple(cosigners)
        self._tiles = TileFolder(self._folder)
        self._heads = CheckpointFiles(self._folder)
        self._stand: _Stand | None = None
        self._one_at_a_time = Lock()

    @property
    def published(self) -> Published | None:
        """The newest published checkpoint, and whether it has its quorum."""
        return self._heads.newest()

    def publish(self, at: int) -> Checkpoint | None:
        """Publish what was committed since; None when nothing is new. at: UNIX seconds by the post's clock.

        With the policy's quorum the result stands in `checkpoint`, without it in `checkpoint-unwitnessed`.
        Raises: WouldShrink, WouldFork, TamperedLeaf, MissingLeaf, RootsDiffer, NotThisLog, WouldOverwrite, BadNote.
        """
        with self._one_at_a_time:
            policy = self._policy()
            head = self._store.head(self._log)
            self._signer.refuse_smaller(head.size)
            # Whatever breaks off below leaves no stand behind, and the next call begins from the disk.
            stand, self._stand = self._stand or self._resume(policy), None
            try:
                self._go_on(stand, head, policy, at)
            except (NoTile, BadTile):
                # A tile that is gone comes back from the store's leaves; a damaged one is named by WouldOverwrite.
                stand = _Stand(stand.published, is_told=stand.is_told)
                self._go_on(stand, head, policy, at)
            self._stand = stand
            is_told, stand.is_told = stand.is_told, True
            return None if is_told or stand.published is None else stand.published.checkpoint

    def _policy(self) -> Policy:
        data = self._folder.read("policy")
        if data is None:
            raise NotThisLog(f"{self._folder.top / 'policy'}: tidak ada / there is no trust policy; write it first")
        policy = read_policy(data)
        origins = {self._store.origin(self._log), self._signer.origin}
        if origins != {self._signer.origin} or self._signer.note_key not in policy.logs:
            raise NotThisLog(
                f"{self._folder.top}: penyimpanan, kebijakan dan kunci bukan milik satu log / the store ({origins}), "
                f"the policy and the signing key are not one log's; the policy must name {self._signer.note_key.vkey()}"
            )
        return policy

    def _resume(self, policy: Policy) -> _Stand:
        self._folder.sweep()
        is_finished = self._heads.finish(policy)
        published = self._heads.newest()
        stand = _Stand(published, superseded=self._tiles.superseded(), is_told=not is_finished)
        size = published.checkpoint.size if published else 0
        try:
            tiles, edge = self._tiles.writer(size), CompactRange(size, self._tiles.tree(size).edge())
        except (NoTile, BadTile):
            # Begun anew from the store: what is there must have the same bytes, and what is absent comes back.
            return stand
        if published and not tiles.root() == edge.root() == published.checkpoint.root:
            raise self._differing("ubin dan titik periksa", "the tiles and the checkpoint", size)
        self._compare_tail(tiles)
        stand.tiles, stand.edge = tiles, edge
        return stand

    def _compare_tail(self, tiles: TileWriter) -> None:
        """Hold the entries of the partial bundle against the store's."""
        bundles = [file.data for file in tiles.partial() if file.path.startswith("tile/entries")]
        published = [entry for data in bundles for entry in unbundle(data)]
        first = tiles.size - len(published)
        for leaf, entry in zip(self._leaves(first, tiles.size), published, strict=True):
            if leaf.jws != entry:
                raise _tampered(leaf.index, "bukan yang sudah terbit / not those already published")

    def _go_on(self, stand: _Stand, head: Head, policy: Policy, at: int) -> None:
        before = stand.published
        if before is not None and before.checkpoint.size == head.size and before.checkpoint.root != head.root():
            raise self._differing("penyimpanan dan titik periksa", "the store and the checkpoint", head.size)
        is_settled = before is not None and before.checkpoint.size == head.size and before.is_witnessed
        if stand.tiles.size < head.size:
            self._grow(stand, head)
        if is_settled or not head.size:
            return
        tree = self._tiles.tree(head.size)
        checkpoint = self._cosigned(self._signer.sign(head, tree.consistency(self._signer.size)), at)
        if _has_quorum(policy, checkpoint):
            older = self._heads.witnessed()
            self._heads.publish(checkpoint, tree.consistency(older.size if older else 0))
            stand.published = Published(checkpoint, is_witnessed=True)
        elif before is None or before.checkpoint.size < head.size:
            self._heads.publish_unwitnessed(checkpoint)
            stand.published = Published(checkpoint, is_witnessed=False)
        stand.is_told &= stand.published is before

    def _grow(self, stand: _Stand, head: Head) -> None:
        """Bring the tiles to the head's size; nothing is written before the leaves are known to give its root."""
        edge = self._foreseen(stand, head)
        sizes = [one.size for one in self._heads.all_newest()]
        stand.superseded = self._tiles.clear(stand.superseded, published=sizes)
        for leaf in self._leaves(stand.tiles.size, head.size):
            full = stand.tiles.append(leaf.jws)
            self._tiles.write(full)
            stand.superseded += [self._tiles.partial_folder(file.path) for file in full]
        self._tiles.write(stand.tiles.partial())
        stand.edge = edge
        if self._tiles.tree(head.size).root() != head.root():
            raise self._differing("ubin dan kepala penyimpanan", "the tiles and the store's head", head.size)

    def _foreseen(self, stand: _Stand, head: Head) -> CompactRange:
        """The tree's edge at the head, from the store's leaves; it passes through whatever was signed or published."""
        edge = CompactRange(stand.edge.size, stand.edge.edge)
        known = stand.published.checkpoint if stand.published else None
        for leaf in self._leaves(edge.size, head.size):
            edge.append(leaf_hash(leaf.jws))
            if edge.size == self._signer.size:
                self._signer.refuse_other(edge.size, edge.root())
            if known and edge.size == known.size and edge.root() != known.root:
                raise self._differing("penyimpanan dan titik periksa", "the store and the checkpoint", known.size)
        if edge.root() != head.root():
            raise self._differing("peristiwa dan kepala penyimpanan", "the store's events and its head", head.size)
        return edge

    def _leaves(self, start: int, end: int) -> Iterator[Leaf]:
        """The store's leaves [start, end), each held against its event id."""
        for first in range(start, end, BATCH):
            past = min(first + BATCH, end)
            leaves = self._store.leaves(self._log, first, past)
            if [leaf.index for leaf in leaves] != list(range(first, past)):
                raise MissingLeaf(
                    f"{self._signer.origin}: peristiwa {first} sampai {past - 1} tidak lengkap dalam penyimpanan; "
                    "bangun kembali dari cermin / events of that range are missing in the store; rebuild it from a "
                    "mirror; nothing was signed"
                )
            for leaf in leaves:
                if leaf_id(leaf.jws) != leaf.eid:
                    raise _tampered(leaf.index, "bukan milik nomornya / not those of its event id")
                yield leaf

    def _cosigned(self, note: Note, at: int) -> Checkpoint:
        lines = [cosign(note, one.name, one.key, at + one.delay_s) for one in self._cosigners]
        return read_checkpoint(Note(note.text, (*note.lines, *lines)).encode())

    def _differing(self, what_id: str, what_en: str, size: int) -> RootsDiffer:
        return RootsDiffer(
            f"{self._signer.origin}: {what_id} memberi akar berbeda pada {size} peristiwa. Jangan hapus apa pun; "
            f"bandingkan dengan cermin / {what_en} give different roots at {size} events. Delete nothing; compare "
            "with a mirror; nothing was signed"
        )


def _has_quorum(policy: Policy, checkpoint: Checkpoint) -> bool:
    try:
        policy.check(checkpoint)
    except NoQuorum:
        return False
    return True


def _tampered(index: int, why: str) -> TamperedLeaf:
    return TamperedLeaf(
        f"daun {index} / leaf {index}: isi dalam penyimpanan {why}. Jangan hapus apa pun; bandingkan dengan cermin dan "
        "bangun kembali / its bytes in the store were changed. Delete nothing; compare with a mirror and rebuild; "
        "nothing was signed"
    )

"""Check one leaf while a page is drawn: its signature, its place in the device's chain, its proof under the tree."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Literal

from kawal.ledger.checkpoint import Checkpoint, read_checkpoint
from kawal.ledger.event import Eid, Envelope, Event
from kawal.ledger.log_of import LogName
from kawal.ledger.note import BadNote
from kawal.ledger.policy import BadPolicy, NoQuorum, Policy, read_policy
from kawal.ledger.proof import write_proof
from kawal.ledger.reading import reason_against
from kawal.ledger.tile_tree import BadTile, TileTree
from kawal.ledger.tiles import WIDTH
from kawal.ledger.tree import BadProof, check_inclusion
from kawal_server.actions.take_in import the_ring
from kawal_server.store.heads import folder
from kawal_server.store.opened import the_store
from kawal_server.store.port import Store

Signature = Literal["holds", "fails", "no key"]
Chain = Literal["holds", "gap"]
Proof = Literal["holds", "fails", "not yet"]


class NoCheckpoint(LookupError):
    """The log has no witnessed checkpoint yet, so nothing can be proven."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the post found when it checked a leaf just now."""

    signature: Signature
    chain: Chain
    proof: Proof

    @property
    def is_whole(self) -> bool:
        """Whether all three hold."""
        return self.signature == self.chain == self.proof == "holds"

    @property
    def is_false(self) -> bool:
        """Whether something contradicts the record, rather than still missing."""
        return "fails" in (self.signature, self.proof) or self.signature == "no key"


class LeafChecker:
    """Checks leaves of one log under its newest published checkpoint; tiles and keys are read once."""

    def __init__(self, log: LogName, store: Store | None = None) -> None:
        self.log = log
        self._store = store or the_store()
        self._ring = the_ring(log)
        self._ring.catch_up(self._store)

    @cached_property
    def published(self) -> tuple[bytes, Checkpoint] | None:
        """The newest witnessed checkpoint: its bytes, and what they say; None before the first."""
        try:
            data = (folder(self.log) / "checkpoint").read_bytes()
            return data, read_checkpoint(data)
        except (OSError, BadNote):
            return None

    @cached_property
    def witness_times(self) -> Mapping[str, int] | None:
        """Who cosigned the newest checkpoint, and when; None where its quorum or a signature does not hold."""
        policy = read_policy_of(self.log)
        if policy is None or self.published is None:
            return None
        try:
            policy.check(self.published[1])
            return policy.witness_times(self.published[1])
        except (BadNote, NoQuorum):
            return None

    @cached_property
    def _tree(self) -> TileTree | None:
        return None if self.published is None else _tree_at(folder(self.log), self.published[1].size)

    def check(self, leaves: Iterable[tuple[int, Envelope]]) -> dict[Eid, Verdict]:
        """Check these leaves. leaves: (index, event) as the store holds them."""
        many = list(leaves)
        known = self._store.places(self.log, {Eid(one.event.prev) for _, one in many if one.event.prev})
        return {
            one.event.eid: Verdict(self._signature(one), self._chain(one.event, known), self._proof(index, one))
            for index, one in many
        }

    def _signature(self, one: Envelope) -> Signature:
        key = self._ring.key(one.event.kid)
        if key is None:
            return "no key"
        return "holds" if reason_against(one, key) is None else "fails"

    def _chain(self, event: Event, known: Mapping[Eid, int]) -> Chain:
        return "holds" if Eid(event.prev) in known or (event.prev == "" and event.seq == 1) else "gap"

    def _proof(self, index: int, one: Envelope) -> Proof:
        if self._tree is None or self.published is None or index >= self._tree.size:
            return "not yet"
        if self.witness_times is None:
            return "fails"
        try:
            check_inclusion(one.leaf, index, self._tree.size, self._tree.inclusion(index), self.published[1].root)
        except (BadProof, BadTile, OSError):
            return "fails"
        return "holds"

    def proof_file(self, index: int) -> bytes:
        """The proof file of a leaf. Raises: NoCheckpoint where no published checkpoint holds it yet."""
        if self._tree is None or self.published is None or index >= self._tree.size:
            raise NoCheckpoint(
                f"daun {index} belum ada dalam titik periksa yang disaksikan; coba lagi setelah yang berikut / leaf "
                f"{index} is in no witnessed checkpoint yet; try again after the next one"
            )
        return write_proof(index, self._tree.inclusion(index), self.published[0])


@lru_cache(maxsize=2)
def _tree_at(where: Path, size: int) -> TileTree:
    """The tree of one log's checkpoint: its tiles never change, so the pages that prove under it share them.

    What was kept proves nothing by itself: each path is walked anew, from the leaf up to the checkpoint's root.
    """
    return TileTree(size, lambda path: read_tile(where, path))


def read_tile(where: Path, path: str) -> bytes:
    """Read a tile; of one that has grown full since, the part that was asked for. Raises: OSError."""
    try:
        return (where / path).read_bytes()
    except FileNotFoundError:
        whole, partial, width = path.partition(".p/")
        if not partial:
            raise
        return (where / whole).read_bytes()[: 32 * min(int(width), WIDTH)]


def read_policy_of(log: LogName) -> Policy | None:
    """The policy a log is published under; None where there is none yet."""
    try:
        return read_policy((folder(log) / "policy").read_bytes())
    except (OSError, BadPolicy):
        return None

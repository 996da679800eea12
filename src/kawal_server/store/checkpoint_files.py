"""The checkpoints of a log on disk: the newest, the older ones, and the consistency proofs between them."""

from collections.abc import Sequence
from dataclasses import dataclass

from kawal.ledger.checkpoint import Checkpoint, read_checkpoint
from kawal.ledger.policy import NoQuorum, Policy
from kawal.ledger.proof import read_add_checkpoint, write_add_checkpoint
from kawal_server.store.files import DurableFolder

WITNESSED = "checkpoint"
UNWITNESSED = "checkpoint-unwitnessed"


@dataclass(frozen=True, slots=True)
class Published:
    """The newest published checkpoint. is_witnessed: the policy's quorum stands behind it (`checkpoint`)."""

    checkpoint: Checkpoint
    is_witnessed: bool


class CheckpointFiles:
    """`checkpoint`, `checkpoint-unwitnessed`, `checkpoint.<size>` and `cons.<m>.<n>` of one log's folder."""

    def __init__(self, folder: DurableFolder) -> None:
        self._folder = folder

    def witnessed(self) -> Checkpoint | None:
        """The newest with a quorum. Raises: BadNote."""
        return self._read(WITNESSED)

    def newest(self) -> Published | None:
        """The newest of both kinds. Raises: BadNote."""
        witnessed, unwitnessed = self._read(WITNESSED), self._read(UNWITNESSED)
        if unwitnessed is not None and (witnessed is None or unwitnessed.size > witnessed.size):
            return Published(unwitnessed, is_witnessed=False)
        return None if witnessed is None else Published(witnessed, is_witnessed=True)

    def all_newest(self) -> tuple[Checkpoint, ...]:
        """What stands in `checkpoint` and in `checkpoint-unwitnessed`. Raises: BadNote."""
        both = (self._read(WITNESSED), self._read(UNWITNESSED))
        return tuple(one for one in both if one is not None)

    def publish(self, checkpoint: Checkpoint, proof: Sequence[bytes]) -> None:
        """Publish a checkpoint that has its quorum; the one before it is kept, with the proof from there.

        proof: from the size of `witnessed()`. The order is what `finish` leans on: first the old one under its own
        name, then the proof with the new one inside it, then `checkpoint`, and only then the unwitnessed one goes.
        """
        data = checkpoint.note.encode()
        before = self.witnessed()
        if before is not None:
            self._folder.keep(f"checkpoint.{before.size}", before.note.encode())
            self._folder.keep(_cons(before.size, checkpoint.size), write_add_checkpoint(before.size, proof, data))
        self._folder.replace(WITNESSED, [data])
        self._folder.remove(UNWITNESSED)

    def publish_unwitnessed(self, checkpoint: Checkpoint) -> None:
        """Publish a checkpoint that the log signed and too few witnesses have cosigned so far."""
        self._folder.replace(UNWITNESSED, [checkpoint.note.encode()])

    def finish(self, policy: Policy) -> bool:
        """Complete a publication that broke off after its consistency proof was written; tells whether there was one.

        The proof's own bytes are published: made anew, the witnesses' times would differ from those already on disk.
        Raises: BadNote, BadProof.
        """
        found = self._interrupted(policy)
        if found is not None:
            self._folder.replace(WITNESSED, [found.note.encode()])
        newest = self.newest()
        if newest is not None and newest.is_witnessed:
            self._folder.remove(UNWITNESSED)
        return found is not None

    def _interrupted(self, policy: Policy) -> Checkpoint | None:
        stands = self.witnessed()
        if stands is None:
            return None
        bodies = [read_add_checkpoint(path.read_bytes()) for path in self._folder.top.glob(_cons(stands.size, "*"))]
        newest = max((body.checkpoint for body in bodies), key=lambda one: one.size, default=None)
        if newest is None or newest.size <= stands.size:
            return None
        try:
            policy.check(newest)
        except NoQuorum:
            return None
        return newest

    def _read(self, name: str) -> Checkpoint | None:
        data = self._folder.read(name)
        return None if data is None else read_checkpoint(data)


def _cons(old: int, new: int | str) -> str:
    return f"cons.{old}.{new}"

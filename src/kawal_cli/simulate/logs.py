"""The two logs as the simulated server keeps them: leaves in order of arrival, checkpoints with played witnesses."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from kawal.ledger.encoding import digest
from kawal.ledger.keys import SigningKey, ed25519_from_seed
from kawal.ledger.log_of import LogName
from kawal.ledger.note import COSIGNATURE, LOG_SIGNATURE, NoteKey
from kawal_cli.export import ExportWriter, Witness
from kawal_cli.simulate.devices import Checkpointed
from kawal_cli.simulate.dice import seed_of

DOMAIN = "kawal.example"
WITNESS_DELAYS = {"bawaslu": 3, "pemantau": 8}


class Log:
    """One log. `published`: the newest checkpoint that a phone online now can see."""

    def __init__(self, folder: Path, *, name: LogName, area: str, seed: int) -> None:
        self.name = name
        self.origin = f"{DOMAIN}/demo-pilkada-2024/{area}/{name}"
        key = ed25519_from_seed(seed_of(seed, "log", name))
        witnesses = [
            Witness(f"{who}.{DOMAIN}", ed25519_from_seed(seed_of(seed, "saksi", who, name)), delay)
            for who, delay in WITNESS_DELAYS.items()
        ]
        policy = _policy(self.origin, key, witnesses)
        self.policy = digest(policy)
        self.published: Checkpointed | None = None
        self._checkpointed = 0
        self._writer = ExportWriter(folder, origin=self.origin, log_key=key, witnesses=witnesses, policy=policy)

    @property
    def size(self) -> int:
        """Leaves so far."""
        return self._writer.size

    @property
    def has_news(self) -> bool:
        """Whether anything came since the last checkpoint."""
        return self._writer.size > self._checkpointed

    def append(self, jws: bytes) -> int:
        """Take an event that arrived; gives its leaf index."""
        return self._writer.append(jws)

    def blob(self, data: bytes) -> str:
        """Keep a manifest."""
        return self._writer.blob(data)

    def checkpoint(self, at: int) -> Checkpointed:
        """Sign and cosign the tree as it is at this second; it is seen once `published` is set to it."""
        self._checkpointed = self._writer.size
        return self._writer.checkpoint(at)

    def finish(self, at: int, proofs: Iterable[int]) -> None:
        """Sign for the last time, and write what is still in memory and the proofs asked for."""
        if self.has_news:
            self.checkpoint(at)
        self._writer.close()
        self._writer.prove(sorted(set(proofs)))


def _policy(origin: str, key: SigningKey, witnesses: Sequence[Witness]) -> bytes:
    names = list(WITNESS_DELAYS)
    lines = [
        "# DEMO: log dan saksi di sini diperankan oleh `kawal simulate` / log and witnesses are played",
        f"log {NoteKey(origin, LOG_SIGNATURE, key.public.x).vkey()}",
        *(
            f"witness {name} {NoteKey(one.name, COSIGNATURE, one.key.public.x).vkey()}"
            for name, one in zip(names, witnesses, strict=True)
        ),
        f"group kuorum all {' '.join(names)}",
        "quorum kuorum",
        "",
    ]
    return "\n".join(lines).encode()

"""The checkpoints this post has published, as its folder holds them: what proves when a log was how long."""

from functools import lru_cache
from pathlib import Path

from django.conf import settings

from kawal.ledger.checkpoint import Checkpoint, read_checkpoint
from kawal.ledger.log_of import LogName
from kawal.ledger.note import BadNote
from kawal.ledger.policy import BadPolicy, NoQuorum, Policy, read_policy
from kawal.ledger.reading import Witnessed


def folder(log: LogName) -> Path:
    """Where a log is published, in the layout of an export."""
    path: Path = settings.LOGS / log
    return path


def newest(log: LogName) -> Checkpoint | None:
    """The newest checkpoint of a log, witnessed or not; None before the first."""
    found = [one for name in ("checkpoint", "checkpoint-unwitnessed") if (one := _read(folder(log) / name)) is not None]
    return max(found, key=lambda one: one.size, default=None)


def witnessed(log: LogName) -> list[Witnessed]:
    """Every published checkpoint whose quorum has a time, by size."""
    try:
        policy = (folder(log) / "policy").read_bytes()
    except OSError:
        return []
    found = [_older(policy, str(path)) for path in folder(log).glob("checkpoint.*")]
    newest = folder(log) / "checkpoint"
    found.extend([_proven(policy, newest.read_bytes())] if newest.is_file() else [])
    return sorted((one for one in found if one is not None), key=lambda one: (one.size, one.at))


@lru_cache(maxsize=500_000)
def _older(policy: bytes, path: str) -> Witnessed | None:
    """An older checkpoint's file never changes, so it is read once."""
    return _proven(policy, Path(path).read_bytes())


def _read(path: Path) -> Checkpoint | None:
    try:
        return read_checkpoint(path.read_bytes())
    except (OSError, BadNote):
        return None


def _proven(policy: bytes, data: bytes) -> Witnessed | None:
    try:
        checkpoint = read_checkpoint(data)
        at = _policy(policy).check(checkpoint)
    except (BadNote, BadPolicy, NoQuorum):
        return None
    return None if at is None else Witnessed(checkpoint.size, checkpoint.root, at)


@lru_cache(maxsize=16)
def _policy(data: bytes) -> Policy:
    return read_policy(data)

"""Chance that repeats: every name draws its own stream from the seed, so one more draw here moves nothing there."""

from hashlib import sha256
from random import Random


def seed_of(seed: int, *names: str) -> bytes:
    """32 bytes that depend on the seed and the names alone: key material, ids, and the start of a stream."""
    return sha256("|".join(("kawal-demo", str(seed), *names)).encode()).digest()


def dice(seed: int, *names: str) -> Random:
    """The stream of this name."""
    return Random(int.from_bytes(seed_of(seed, *names)))

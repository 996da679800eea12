"""Signatures over all cores: libsodium releases the interpreter's lock while it verifies."""

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache

from kawal.ledger.reading import Signed, verify_in_turn

CHUNK = 128


@cache
def _pool() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(max_workers=min(8, os.cpu_count() or 1), thread_name_prefix="verify")


def verify_on_all_cores(batch: Sequence[Signed]) -> list[str | None]:
    """Check signatures in chunks side by side; the answers stand in the order asked."""
    chunks = [batch[at : at + CHUNK] for at in range(0, len(batch), CHUNK)]
    return [reason for chunk in _pool().map(verify_in_turn, chunks) for reason in chunk]

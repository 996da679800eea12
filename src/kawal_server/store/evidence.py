"""Manifests and photos of this post, by the hash that stands in an event: one folder a log, as an export has them."""

from functools import cache
from pathlib import Path

from django.conf import settings

from kawal.ledger.log_of import LOG_NAMES, LogName
from kawal_server.store.blobs import Blobs


class BothLogs:
    """Reads from the blobs of both logs: a hash means the same bytes wherever they are kept."""

    def __init__(self, folders: dict[LogName, Blobs]) -> None:
        self._folders = folders

    def read(self, digest: str) -> bytes | None:
        """The bytes behind a hash; None where neither log holds them."""
        return next((data for one in self._folders.values() if (data := one.read(digest)) is not None), None)

    def holds(self, digest: str) -> bool:
        """Whether either log holds the bytes."""
        return any(one.holds(digest) for one in self._folders.values())

    def of(self, log: LogName) -> Blobs:
        """The blobs of one log, for keeping."""
        return self._folders[log]


@cache
def _at(logs: Path) -> BothLogs:
    return BothLogs({name: Blobs(logs / name) for name in LOG_NAMES})


def the_blobs() -> BothLogs:
    """The blobs of this post."""
    return _at(settings.LOGS)

"""People as a page may name them: by their opaque id, and by name only before those who may see people."""

from collections.abc import Iterable, Mapping

from kawal_server.accounts.models import Officer


def names_of(officer: Officer, whos: Iterable[str], *, about: str) -> Mapping[str, str]:
    """How to call these people before an officer: id -> words. about: what is looked at, for the log of reads."""
    return {who: who for who in whos}

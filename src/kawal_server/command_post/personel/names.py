"""Names behind codes: for officers who may see people, and noted each time; everybody else sees the code."""

from collections.abc import Iterable
from importlib import import_module

from kawal_server.accounts.access import may
from kawal_server.accounts.models import Officer
from kawal_server.actions.person_record import names_of


def names_for(officer: Officer, whos: Iterable[str], *, where: str) -> dict[str, str]:
    """The names behind codes, where this officer may see people; the reading is noted. Else none."""
    if not may(officer, "see-people"):
        return {}
    found = names_of(sorted(set(whos)))
    if found:
        _note(officer, where, len(found))
    return found


def _note(officer: Officer, what: str, count: int) -> None:
    try:
        reads = import_module("kawal_server.accounts.reads")
    except ModuleNotFoundError:
        # KNOWN GAP: until the accounts' book of readings is merged; without it this post keeps no people either.
        return
    reads.note_read(officer, what, count)

"""Names behind codes: for officers who may see people, and noted each time; everybody else sees the code."""

from collections.abc import Iterable

from kawal_server.accounts.access import may
from kawal_server.accounts.models import Officer
from kawal_server.accounts.reads import note_read
from kawal_server.actions.person_record import names_of


def names_for(officer: Officer, whos: Iterable[str], *, where: str) -> dict[str, str]:
    """The names behind codes, where this officer may see people; the reading is noted. Else none."""
    if not may(officer, "see-people"):
        return {}
    found = names_of(whos)
    if found:
        note_read(officer, where, len(found))
    return found

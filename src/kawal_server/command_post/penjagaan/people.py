"""People as a page may name them: by their opaque id, and by name only before those who may see people."""

from collections.abc import Iterable, Mapping

from kawal_server.accounts.access import may, within_reach
from kawal_server.accounts.models import Officer
from kawal_server.accounts.reads import note_read
from kawal_server.store.models import ContingentLine, PersonRow


def names_of(officer: Officer, whos: Iterable[str], *, about: str) -> Mapping[str, str]:
    """How to call these people before an officer: id -> words. about: what is looked at, for the log of reads.

    Whoever is beyond the officer's reach stays an id, but for those lent to a unit within it.
    """
    asked = set(whos)
    if not asked or not may(officer, "see-people"):
        return {who: who for who in asked}
    rows = PersonRow.objects.filter(who__in=asked)
    if officer.unit:
        lent = within_reach(officer, "see-people", ContingentLine.objects.all()).values_list("origin", flat=True)
        rows = within_reach(officer, "see-people", rows) | rows.filter(unit__in=list(lent))
    named = {row.who: f"{row.rank} {row.name}".strip() for row in rows}
    if named:
        note_read(officer, "guard", len(named), about=about)
    return {who: named.get(who, who) for who in asked}

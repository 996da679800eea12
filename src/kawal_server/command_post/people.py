"""People as a page may name them: by their opaque id, and by name only before those who may see people."""

from collections.abc import Iterable, Mapping

from kawal_server.accounts.access import may, within_reach
from kawal_server.accounts.models import Officer
from kawal_server.accounts.reads import note_read
from kawal_server.store.models import ContingentLine, PersonRow


def known_names(officer: Officer, whos: Iterable[str], *, what: str, about: str = "") -> Mapping[str, str]:
    """The names of these people that this officer may see, with their rank; each reading is noted.

    what: the kind of page; about: what is looked at. Whoever is beyond the officer's reach has no name here, but for
    those lent to a unit within it.
    """
    asked = set(whos)
    if not asked or not may(officer, "see-people"):
        return {}
    rows = PersonRow.objects.filter(who__in=asked)
    if officer.unit:
        lent = within_reach(officer, "see-people", ContingentLine.objects.all()).values_list("origin", flat=True)
        rows = within_reach(officer, "see-people", rows) | rows.filter(unit__in=list(lent))
    named = {row.who: f"{row.rank} {row.name}".strip() for row in rows}
    if named:
        note_read(officer, what, len(named), about=about)
    return named


def names_of(officer: Officer, whos: Iterable[str], *, about: str) -> Mapping[str, str]:
    """How to call these people at a post or in a roster: by name where this officer may see it, else by id."""
    asked = set(whos)
    named = known_names(officer, asked, what="guard", about=about)
    return {who: named.get(who, who) for who in asked}

"""Where this post keeps anything about a person: the one list that `kawal close` erases by.

Whoever makes a table with a name, a number, a phone, a salt or an account in it adds a line here; a test finds tables
that were forgotten by the names of their fields.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

_NOTHING: Mapping[str, object] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Personal:
    """A table, as `app.Model`, and what is erased of it.

    blank: field -> what takes its place; without any, the rows go. where: only these rows.
    """

    table: str
    blank: Mapping[str, object] = field(default_factory=lambda: _NOTHING)
    where: Mapping[str, object] = field(default_factory=lambda: _NOTHING)


PERSONAL: list[Personal] = [
    Personal("store.PersonRow"),
    Personal("store.RoleRow"),
    Personal("store.PlannedPersonRow"),
    Personal("store.RosterDraft", {"by": "", "published_by": "", "hands": []}),
    Personal("store.StageMoveRow", {"by": ""}),
    # A list as handed in may hold anything: signatures, telephone numbers.
    Personal("store.ListDraft", where={"state": "preview"}),
    Personal("store.ListDraft", {"rows": []}, where={"kind": "vehicles"}),
    Personal("store.ListDraft", {"by": "", "file_name": ""}),
    Personal("store.VehicleRow", {"owner": ""}),
    Personal("store.ReadToken", {"holder": ""}),
    # Sessions first: they name accounts. Accounts go whole; the next `kawal serve` makes a fresh operator.
    Personal("sessions.Session"),
    Personal("accounts.Officer"),
]
"""In the order in which they are erased."""

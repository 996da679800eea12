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

    blank: field -> what takes its place; without any, the rows go. where: only these rows. is_kept: triggers let its
    rows neither change nor go, and are lifted for this one erasure.
    """

    table: str
    blank: Mapping[str, object] = field(default_factory=lambda: _NOTHING)
    where: Mapping[str, object] = field(default_factory=lambda: _NOTHING)
    is_kept: bool = False


PERSONAL: list[Personal] = [
    Personal("store.PersonRow"),
    Personal("store.RoleRow"),
    Personal("store.PlannedPersonRow"),
    # Leave, home and skills stand in it under ids that the log knows too.
    Personal(
        "store.RosterDraft",
        {"by": "", "published_by": "", "hands": [], "problem": {}, "plan": {}, "told": {}, "changes": [], "asked": {}},
    ),
    Personal("store.StageMoveRow", {"by": ""}),
    # Whom to call in each desa; who was at a briefing and why others were not.
    Personal("store.ContactRow"),
    Personal("store.Briefing"),
    # Whose device is whose, and the salts without which no commitment in the log can be opened.
    Personal("store.EnrolmentPerson"),
    Personal("store.LostPhone", {"testimony": "", "salt": "", "opened_by": "", "signed_by": ""}),
    Personal("store.DeviceRequest", {"who": "", "asked_by": "", "proposed_by": "", "confirmed_by": ""}),
    # Drafts, cards and registers say who wrote them.
    Personal("store.OrderDraft", {"text": "", "by": "", "issued_by": ""}),
    Personal("store.SopCard", {"by": ""}),
    # Whom somebody may not guard is said of nobody any more; plans stand by opaque ids.
    Personal("store.PlannedPersonRow"),
    *(
        Personal(f"store.{name}", {"by": ""})
        for name in ("RiskEntry", "RiskWeight", "RiskCut", "ForcePattern", "StrategicSite", "Closeness")
    ),
    # A list as handed in may hold anything: signatures, telephone numbers.
    Personal("store.ListDraft", where={"state": "preview"}),
    Personal("store.ListDraft", {"rows": []}, where={"kind": "vehicles"}),
    Personal("store.ListDraft", {"by": "", "file_name": ""}),
    Personal("store.VehicleRow", {"owner": ""}),
    Personal("store.ReadToken", {"holder": ""}),
    # What was done by which account stays as numbers that no account stands behind any more; typed reasons go.
    Personal("accounts.ReadOfPersonal", {"about": "", "why": ""}, is_kept=True),
    Personal("accounts.AccountEvent", {"note": ""}, is_kept=True),
    *(Personal(f"accounts.{name}") for name in ("GlassRow", "InvitationRow", "DoorRow", "RecoveryRow", "FactorRow")),
    # Sessions first: they name accounts. Accounts go whole; the next `kawal serve` makes a fresh operator.
    Personal("sessions.Session"),
    Personal("accounts.Officer"),
]
"""In the order in which they are erased."""

"""What happened to accounts, in words that name nobody. The table only grows."""

from typing import Literal

from kawal_server.accounts import seconds
from kawal_server.accounts.models import AccountEvent, Officer

Kind = Literal[
    "created",
    "invited",
    "office-changed",
    "confirmed",
    "deactivated",
    "activated",
    "password-changed",
    "factor-added",
    "factor-removed",
    "factor-reset",
    "codes-made",
    "code-used",
    "sessions-ended",
    "waits",
    "glass-begun",
    "glass-ended",
    "glass-confirmed",
]


def note_event(kind: Kind, officer: Officer, *, by: Officer | None = None, note: str = "") -> None:
    """Write down what happened to an officer's account. by: who did it, None for the post itself; note: no names."""
    AccountEvent.objects.create(
        at=seconds.now(), kind=kind, officer=officer.pk, by=by.pk if by is not None else None, note=note[:500]
    )

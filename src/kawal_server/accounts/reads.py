"""Every read of personal data is written down: who, when, what kind, about how many. The table only grows."""

from kawal_server.accounts import seconds
from kawal_server.accounts.models import Officer, ReadOfPersonal

LEAST_LETTERS = 10


class ReasonMissing(ValueError):
    """Nobody takes people's data away without saying why."""


def note_read(officer: Officer, what: str, count: int, *, about: str = "", action: str = "", why: str = "") -> None:
    """Write down that an officer was shown personal data, before it is shown.

    what: the kind of page or list, "people", "contacts"; count: about how many people; about: whom, by ids, never by
    name; action: the right it was read by; why: the reason that was typed, where one is asked.
    """
    ReadOfPersonal.objects.create(
        at=seconds.now(),
        officer=officer.pk,
        action=action[:24],
        what=what[:40],
        count=count,
        about=about[:200],
        why=why[:300],
    )


def note_export(officer: Officer, what: str, count: int, *, why: str, about: str = "") -> None:
    """Write down that an officer takes people's data away, with the reason typed in. Raises: ReasonMissing."""
    reason = " ".join(why.replace("\0", "").split())
    if len(reason) < LEAST_LETTERS:
        raise ReasonMissing(
            "tulis alasan ekspor, sepuluh huruf atau lebih / write why this is exported, ten letters or more"
        )
    note_read(officer, what, count, about=about, action="export-people", why=reason)

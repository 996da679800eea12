"""The sections of the page Operasi, each shown to those who may open it."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from kawal_server.accounts.access import Action, AuthenticatedRequest, may

_SECTIONS: tuple[tuple[str, str, Action], ...] = (
    ("operasi", gettext_noop("Langkah"), "set-up-operation"),
    ("operasi-satuan", gettext_noop("Satuan & wilayah hukum"), "see-operation"),
    ("operasi-tahapan", gettext_noop("Tahapan"), "see-operation"),
    ("operasi-struktur", gettext_noop("Struktur"), "see-operation"),
    ("operasi-orang", gettext_noop("Orang"), "see-people"),
)


@dataclass(frozen=True, slots=True)
class Section:
    """One entry of the way through Operasi."""

    url: str
    name: str
    is_here: bool


def sections(request: AuthenticatedRequest, here: str) -> list[Section]:
    """Those that this officer may open. here: the url's name of the one that is shown."""
    return [Section(reverse(url), _(name), url == here) for url, name, action in _SECTIONS if may(request.user, action)]

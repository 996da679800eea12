"""The pages of Kerawanan side by side, as far as the officer may open them."""

from collections.abc import Mapping

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from kawal_server.accounts.access import Action, AuthenticatedRequest, may

_TABS: tuple[tuple[str, str, Action], ...] = (
    ("kerawanan", gettext_noop("Peta dan alasan"), "see-risk"),
    ("kerawanan-titik", gettext_noop("Titik strategis"), "see-risk"),
    ("kerawanan-kekuatan", gettext_noop("Hitung kekuatan"), "see-risk"),
    ("kerawanan-tps", gettext_noop("Kelas TPS"), "see-station-classes"),
    ("kerawanan-catat", gettext_noop("Catat dan impor"), "change-risk"),
    ("kerawanan-bobot", gettext_noop("Bobot dan batas"), "see-risk"),
    ("kerawanan-persaingan", gettext_noop("Persaingan"), "see-risk"),
)


def page(request: AuthenticatedRequest, name: str, around: Mapping[str, object], *, status: int = 200) -> HttpResponse:
    """One of the pages, with the way to the others."""
    tabs = [(url, _(title)) for url, title, action in _TABS if may(request.user, action)]
    shown = {**around, "tabs": tabs, "here": request.resolver_match.url_name if request.resolver_match else ""}
    return render(request, f"kerawanan/{name}.html", shown, status=status)

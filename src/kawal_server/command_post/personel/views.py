"""The list of devices: how each key stands, when its phone was last heard of, what it still has to send."""

from collections import Counter
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from kawal.ledger.enrolling import AGENCIES_OF, PROPOSED_BY
from kawal_server import clock
from kawal_server.accounts.access import AuthenticatedRequest, may, who_may
from kawal_server.actions.devices_now import standings, waiting
from kawal_server.command_post.evidence import zone_of_post
from kawal_server.command_post.kinds import role_name
from kawal_server.command_post.people import known_names
from kawal_server.command_post.personel.shown import STATES, Row, rows, sees, state_word
from kawal_server.store.models import DeviceRequest, LostPhone

ROWS = 100
TEXT_LIMIT = 64
_FILTERS = ("keadaan", "peran", "lembaga", "cari", "diam")


@require_safe
@who_may("see-devices")
def browse(request: AuthenticatedRequest) -> HttpResponse:
    """Every device that this officer may see, with filters."""
    now = clock.now()
    asked = {name: " ".join(request.GET.get(name, "").replace("\0", "").split())[:TEXT_LIMIT] for name in _FILTERS}
    seen = list(filter(sees(request.user), standings(now).values()))
    names = known_names(request.user, (one.enrol.who for one in seen), what="personel")
    many = rows(seen, names, now=now)
    found = [row for row in many if _fits(row, asked)]
    counts = Counter(row.standing.state for row in many)
    around = {
        "asked": asked,
        "page": Paginator(found, ROWS).get_page(request.GET.get("halaman", "1")),
        "total": len(found),
        "states": [(state, *state_word(state), counts[state]) for state in STATES],
        "silent": sum(not row.is_known for row in many if row.standing.state in ("good", "soon")),
        "soon": counts["soon"],
        "roles": [(role, role_name(role)) for role in AGENCIES_OF],
        "agencies": sorted(PROPOSED_BY),
        "query": urlencode({name: value for name, value in asked.items() if value}),
        "zone": zone_of_post(),
        "is_named": bool(names),
        "may_ask": may(request.user, "request-device"),
        "may_sign": may(request.user, "sign-enrolment"),
        "may_revoke": may(request.user, "revoke-device"),
        "asked_count": DeviceRequest.objects.filter(state="asked").count(),
        "waiting_count": len({one.kid for one in waiting()}),
        "lost_count": LostPhone.objects.filter(closed_at=None).count(),
    }
    return render(request, "personel/list.html", around)


def _fits(row: Row, asked: dict[str, str]) -> bool:
    enrol = row.standing.enrol
    text = " ".join((enrol.who, enrol.unit, row.kid, row.name)).lower()
    return (
        asked["keadaan"] in ("", row.standing.state)
        and asked["peran"] in ("", enrol.role)
        and asked["lembaga"] in ("", enrol.agency)
        and asked["cari"].lower() in text
        and (not asked["diam"] or not row.is_known)
    )

"""The pages of the hand-overs: the list, and one of them with the record to print."""

from django.core.paginator import Page, Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers

from kawal.ledger.encoding import is_digest
from kawal.ledger.event import Eid
from kawal.ledger.qr import paper_code
from kawal_server import clock
from kawal_server.accounts.access import AuthenticatedRequest, who_may
from kawal_server.command_post.evidence import Reference, references, zone_of_post
from kawal_server.command_post.kotak.label import qr_code
from kawal_server.command_post.serah_terima.asked import ROWS, STATES, Asked, read_asked
from kawal_server.command_post.serah_terima.paired import pair_of
from kawal_server.command_post.serah_terima.record import boxes_of
from kawal_server.store.models import HandOverLine, SiteLine

_PARTS = ("offer", "accept", "close")


@who_may("see-hand-overs")
def list_hand_overs(request: AuthenticatedRequest) -> HttpResponse:
    """The list; asked for in the background, only the list itself."""
    asked, now = read_asked(request.GET), clock.now()
    states = asked.states()
    total = states[asked.keadaan] if asked.keadaan else sum(states.values())
    page = _page(asked, total, now)
    around = {
        "asked": asked,
        "total": total,
        "page": page,
        "pairs": [pair_of(line, now) for line in page],
        "states": [(name, STATES[name][0], count, asked.address(keadaan=name)) for name, count in states.items()],
        "everything": asked.address(keadaan=""),
        "late": asked.late(now),
        "zone": zone_of_post(),
    }
    is_part = request.headers.get("HX-Request") == "true"
    answer = render(request, "serah_terima/board.html" if is_part else "serah_terima/list.html", around)
    patch_vary_headers(answer, ["HX-Request"])
    return answer


def _page(asked: Asked, total: int, now: int) -> Page[HandOverLine]:
    paginator = Paginator(asked.hand_overs(now), ROWS)
    # The states were counted already, so the paginator need not count again.
    paginator.__dict__["count"] = total
    return paginator.get_page(asked.halaman)


@who_may("see-hand-overs")
def show_hand_over(request: AuthenticatedRequest, eid: str) -> HttpResponse:
    """One hand-over, and its berita acara as it is printed."""
    line = HandOverLine.objects.filter(pk=eid).first() if is_digest(eid) else None
    if line is None:
        return render(request, "serah_terima/unknown.html", {"eid": eid[:43]}, status=404)
    zone = SiteLine.objects.filter(site=line.site).values_list("zone", flat=True).first()
    leaves = _leaves(line)
    around = {
        "pair": pair_of(line, clock.now()),
        "line": line,
        "number": paper_code(line.eid),
        "qr": qr_code(line.eid),
        "boxes": boxes_of(line),
        "leaves": leaves,
        "zone": zone or zone_of_post(),
    }
    return render(request, "serah_terima/hand_over.html", around)


def _leaves(line: HandOverLine) -> list[tuple[str, Reference]]:
    eids = {part: Eid(eid) for part, eid in zip(_PARTS, (line.eid, line.accept, line.close), strict=True) if eid}
    found = references(eids.values())
    return [(part, found[eid]) for part, eid in eids.items() if eid in found]

"""The pages of the posts: all of them over a day, one of them, and its log book to print."""

from datetime import timedelta

from django.core.paginator import Paginator
from django.db.models import Count, QuerySet, Sum
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from kawal.ledger.event import Eid
from kawal_server import clock
from kawal_server.accounts.access import AuthenticatedRequest, fetch, may, who_may, within_reach
from kawal_server.actions.keep_cards import cited
from kawal_server.command_post.evidence import references, zone_of_post
from kawal_server.command_post.frame import hold_stand
from kawal_server.command_post.penjagaan.asked import ROWS, STATES, Asked, day_of, read_asked
from kawal_server.command_post.penjagaan.shown import posts_shown
from kawal_server.command_post.penjagaan.told import told_of
from kawal_server.command_post.people import names_of
from kawal_server.store.models import (
    BookLine,
    Briefing,
    DutyLine,
    FindingLine,
    PlannedLine,
    PostLine,
    PostPlan,
    ReliefLine,
)

HOURS = range(0, 25, 4)
SHOWN_DUTIES, SHOWN_VISITS, SHOWN_BRIEFINGS, SHOWN_TOLD = 40, 40, 10, 8


@require_safe
@who_may("see-guard")
def board(request: AuthenticatedRequest) -> HttpResponse:
    """All posts within reach; asked for in the background, only the board itself."""
    hold_stand(request)
    asked, now, zone = read_asked(request.GET), clock.now(), zone_of_post()
    day, midnight = day_of(asked, now=now, zone=zone)
    within = within_reach(request.user, "see-guard", PostLine.objects.all())
    page = Paginator(asked.posts(within), ROWS).get_page(asked.halaman)
    around = {
        "asked": asked,
        "page": page,
        "posts": posts_shown(list(page), day=midnight, now=now),
        "states": _states(asked, within),
        "everything": asked.address(keadaan=""),
        "day": day,
        "before": asked.address(hari=(day - timedelta(days=1)).isoformat()),
        "after": asked.address(hari=(day + timedelta(days=1)).isoformat()),
        "hours": HOURS,
        "zone": zone,
        "strength": _strength(within),
        "told": told_of(within.exclude(look="aman").values_list("post", flat=True), now=now)[:SHOWN_TOLD],
        "may_plan": may(request.user, "change-guard"),
        "may_see_roster": may(request.user, "see-roster"),
    }
    is_part = request.headers.get("HX-Request") == "true"
    answer = render(request, "penjagaan/board.html" if is_part else "penjagaan/posts.html", around)
    patch_vary_headers(answer, ["HX-Request"])
    return answer


def _states(asked: Asked, within: QuerySet[PostLine]) -> list[tuple[str, str, str, int, str]]:
    counted = dict(within.exclude(state="berakhir").order_by().values_list("look").annotate(Count("post")))
    return [
        (name, words, look, counted.get(look, 0), asked.address(keadaan=name))
        for name, (words, look, _) in STATES.items()
    ]


def _strength(within: QuerySet[PostLine]) -> dict[str, int]:
    found = within.filter(state="berjalan").aggregate(Sum("present"), Sum("wanted"), Count("post"))
    return {
        "present": found["present__sum"] or 0,
        "wanted": found["wanted__sum"] or 0,
        "posts": found["post__count"],
    }


@require_safe
@who_may("see-guard")
def show_post(request: AuthenticatedRequest, post: str) -> HttpResponse:
    """One post: who is there, what is wrong, who was relieved by whom, who went in and out."""
    line = fetch(request.user, "see-guard", PostLine.objects.all(), post=post)
    asked, now = read_asked(request.GET), clock.now()
    day, midnight = day_of(asked, now=now, zone=line.zone)
    duties = list(DutyLine.objects.filter(post=post).order_by("-on_at", "eid")[:SHOWN_DUTIES])
    visits = list(BookLine.objects.filter(post=post, kind__in=("in", "out")).order_by("-at", "eid")[:SHOWN_VISITS])
    reliefs = list(ReliefLine.objects.filter(post=post).order_by("-at", "eid")[:SHOWN_DUTIES])
    upcoming = list(PlannedLine.objects.filter(post=post, until__gt=now)[:SHOWN_DUTIES])
    briefings = list(Briefing.objects.filter(post=post)[:SHOWN_BRIEFINGS])
    findings = list(FindingLine.objects.filter(subject=post, code__startswith="guard.").order_by("-since"))
    whos = {one.who for one in duties} | {one.who for one in visits} | {one.who for one in upcoming}
    whos |= {who for one in reliefs for who in (one.giver, one.receiver)}
    whos |= {who for one in briefings for who in one.present}
    names = names_of(request.user, whos - {""}, about=post)
    around = {
        "line": line,
        "plan": PostPlan.objects.filter(post=post).first(),
        "shown": posts_shown([line], day=midnight, now=now)[0],
        "day": day,
        "before": f"hari={(day - timedelta(days=1)).isoformat()}",
        "after": f"hari={(day + timedelta(days=1)).isoformat()}",
        "hours": HOURS,
        "duties": [(one, names[one.who], cited(one.sop, one.on_at) if one.sop else None) for one in duties],
        "reliefs": [(one, names[one.giver], names.get(one.receiver, "")) for one in reliefs],
        "visits": [(one, names[one.who]) for one in visits],
        "upcoming": [(one, names[one.who]) for one in upcoming],
        "briefings": [(one, [names[who] for who in one.present]) for one in briefings],
        "findings": findings,
        "told": told_of([post], now=now),
        "leaves": references(Eid(eid) for one in findings for eid in one.evidence[:4]),
        "may_change": may(request.user, "change-guard", unit=line.unit),
    }
    return render(request, "penjagaan/post.html", around)


@require_safe
@who_may("see-guard")
def show_book(request: AuthenticatedRequest, post: str) -> HttpResponse:
    """The log book of one post for a day, numbered through its whole life and printed like the paper one."""
    line = fetch(request.user, "see-guard", PostLine.objects.all(), post=post)
    asked, now = read_asked(request.GET), clock.now()
    day, midnight = day_of(asked, now=now, zone=line.zone)
    before = BookLine.objects.filter(post=post, at__lt=midnight).count()
    lines = list(BookLine.objects.filter(post=post, at__gte=midnight, at__lt=midnight + 86_400))
    names = names_of(request.user, {one.who for one in lines}, about=post)
    around = {
        "line": line,
        "plan": PostPlan.objects.filter(post=post).first(),
        "day": day,
        "before": f"hari={(day - timedelta(days=1)).isoformat()}",
        "after": f"hari={(day + timedelta(days=1)).isoformat()}",
        "lines": [(number, one, names[one.who]) for number, one in enumerate(lines, before + 1)],
    }
    return render(request, "penjagaan/book.html", around)

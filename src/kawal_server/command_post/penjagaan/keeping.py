"""What is kept here by form: plans of posts, SOP cards, machines and briefings."""

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from kawal.guard.cards import CONDUCT, BadCard
from kawal.guard.planning import BadPlan
from kawal.risk.register import BadEntry
from kawal_server import clock
from kawal_server.accounts.access import AuthenticatedRequest, fetch, may, who_may, within_reach
from kawal_server.actions.admin_chain import NotBegun, NotTaken
from kawal_server.actions.brief import BadBriefing, NotYourUnit, brief
from kawal_server.actions.keep_cards import keep_card
from kawal_server.actions.keep_posts import (
    BoxesStand,
    NotYourPost,
    keep_post,
    lift_post,
    publish_posts,
    unpublished,
    usual_posts,
)
from kawal_server.actions.machines import BadMachine, add_machine, withdraw_machine
from kawal_server.actions.reach_risk import area_of, unit_finder
from kawal_server.command_post.evidence import zone_of_post
from kawal_server.command_post.operasi.guard import refuse_demo
from kawal_server.command_post.penjagaan.forms import BadForm, as_form, new_form, read_plan
from kawal_server.command_post.templatetags.kawal import said
from kawal_server.store.key_files import KeyReadByOthers, NoKeyFile
from kawal_server.store.models import Machine, PostLine, PostPlan, SopCard

DAY_S = 86_400
USUAL_DAYS = 14
NEW = "baru"


@require_http_methods(["GET", "HEAD"])
@who_may("change-guard")
def plans(request: AuthenticatedRequest) -> HttpResponse:
    """All plans within reach, and what of them the log does not hold yet."""
    return _plans(request)


def _plans(request: AuthenticatedRequest, wrong: str = "", *, status: int = 200) -> HttpResponse:
    missing = unpublished()
    machines_missing = Machine.objects.filter(post__in=missing.posts).count()
    around = {
        "posts_missing": len(missing.posts) - machines_missing,
        "machines_missing": machines_missing,
        "may_publish": may(request.user, "publish-roster"),
        "may_lift": may(request.user, "release-guard"),
        "plans": [
            (row, sum(int(zone["strength"]) for zone in row.zones), row.post in missing.posts)
            for row in within_reach(request.user, "change-guard", PostPlan.objects.all())
        ],
        "missing": missing,
        "zone": zone_of_post(),
        "now": clock.now(),
        "wrong": said(wrong),
    }
    return render(request, "penjagaan/plans.html", around, status=status)


@require_POST
@who_may("change-guard")
def propose(request: AuthenticatedRequest) -> HttpResponse:
    """Make a plan for each registered store and office that has none."""
    refuse_demo()
    now = clock.now()
    for row in usual_posts(now, now + USUAL_DAYS * DAY_S):
        try:
            keep_post(request.user, row)
        except NotYourPost:
            continue
    return HttpResponseRedirect(reverse("penjagaan-atur"))


@require_POST
@who_may("publish-roster")
def publish(request: AuthenticatedRequest) -> HttpResponse:
    """Publish what changed as a manifest."""
    refuse_demo()
    try:
        publish_posts(at=clock.now())
    except (BadPlan, NotTaken, NotBegun, NoKeyFile, KeyReadByOthers) as error:
        return _plans(request, str(error), status=409)
    return HttpResponseRedirect(reverse("penjagaan-atur"))


@require_http_methods(["GET", "HEAD", "POST"])
@who_may("change-guard")
def plan(request: AuthenticatedRequest, post: str) -> HttpResponse:
    """One plan, or a new one. A POST keeps it."""
    zone = zone_of_post()
    row = None if post == NEW else fetch(request.user, "change-guard", PostPlan.objects.all(), post=post)
    form, wrong, status = (as_form(row, zone) if row is not None else new_form(clock.now(), zone)), "", 200
    if request.method == "POST":
        refuse_demo()
        form = {name: request.POST.get(name, "")[:2000] for name in form}
        try:
            keep_post(request.user, read_plan(form, zone, post=row.post if row is not None else ""))
            return HttpResponseRedirect(reverse("penjagaan-atur"))
        except (BadForm, BadPlan, NotYourPost) as error:
            wrong, status = str(error), 400
    around = {"form": form, "row": row, "zone": zone, "wrong": said(wrong), "address": post}
    return render(request, "penjagaan/plan.html", around, status=status)


@require_POST
@who_may("release-guard")
def lift(request: AuthenticatedRequest, post: str) -> HttpResponse:
    """End a post; refused while it guards boxes."""
    refuse_demo()
    try:
        lift_post(request.user, post)
    except BoxesStand as error:
        return _plans(request, str(error), status=409)
    except NotYourPost as error:
        raise Http404 from error
    return HttpResponseRedirect(reverse("penjagaan-atur"))


@require_http_methods(["GET", "HEAD", "POST"])
@who_may("change-guard")
def cards(request: AuthenticatedRequest) -> HttpResponse:
    """The SOP cards, newest version of each kind; a POST keeps a next version."""
    wrong = ""
    if request.method == "POST":
        refuse_demo()
        form = request.POST
        try:
            keep_card(form.get("jenis", ""), form.get("nama", ""), form.get("tugas", ""), by=str(request.user.pk))
            return HttpResponseRedirect(reverse("penjagaan-kartu"))
        except BadCard as error:
            wrong = str(error)
    newest: dict[str, SopCard] = {}
    for card in SopCard.objects.all():
        newest.setdefault(card.kind, card)
    around = {"cards": list(newest.values()), "conduct": CONDUCT, "wrong": said(wrong), "zone": zone_of_post()}
    return render(request, "penjagaan/cards.html", around, status=400 if wrong else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@who_may("change-guard")
def machines(request: AuthenticatedRequest) -> HttpResponse:
    """Cameras and sensors; a POST adds one, and its answer is the only time anyone sees its token."""
    given, wrong, form = "", "", request.POST
    if request.method == "POST":
        refuse_demo()
        minutes = form.get("denyut", "")
        beat_s = 60 * int(minutes) if minutes.isascii() and minutes.isdigit() and len(minutes) < 5 else 0
        try:
            given = add_machine(
                form.get("kode", ""),
                form.get("nama", ""),
                form.get("lokasi", "")[:64],
                beat_s=beat_s,
                unit=request.user.unit or _policing(form.get("lokasi", "")[:64]),
                by=request.user,
            )
            given = request.build_absolute_uri(reverse("denyut-kode", args=[given]))
        except BadMachine as error:
            wrong = str(error)
    around = {
        "machines": within_reach(request.user, "change-guard", Machine.objects.all()),
        "given": given,
        "wrong": said(wrong),
        "zone": zone_of_post(),
    }
    return render(request, "penjagaan/machines.html", around, status=400 if wrong else 200)


def _policing(site: str) -> str:
    """The unit that polices a site; "" where nobody knows where it is."""
    try:
        area = area_of(site)
    except BadEntry:
        return ""
    return unit_finder()(area) if area else ""


@require_POST
@who_may("change-guard")
def withdraw(request: AuthenticatedRequest, post: str) -> HttpResponse:
    """Withdraw a machine's token."""
    refuse_demo()
    machine = fetch(request.user, "change-guard", Machine.objects.all(), post=post)
    withdraw_machine(machine.post)
    return HttpResponseRedirect(reverse("penjagaan-mesin"))


@require_POST
@who_may("change-guard")
def give_briefing(request: AuthenticatedRequest, post: str) -> HttpResponse:
    """Keep a briefing of those who stand at a post."""
    refuse_demo()
    line = fetch(request.user, "change-guard", PostLine.objects.all(), post=post)
    form = request.POST
    absent = {who: form.get(f"alasan-{who}", "") for who in form.getlist("absen")}
    try:
        brief(
            request.user,
            unit=line.unit,
            post=post,
            says=form.get("isi", ""),
            present=form.getlist("hadir"),
            absent=absent,
        )
    except (BadBriefing, NotYourUnit) as error:
        return render(request, "penjagaan/refused.html", {"wrong": said(str(error)), "line": line}, status=400)
    return HttpResponseRedirect(reverse("penjagaan-pos", args=[post]))

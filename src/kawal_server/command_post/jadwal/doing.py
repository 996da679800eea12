"""What is done to rosters by form: asked for, stopped, planned again, moved, asked what if, published."""

from urllib.parse import urlencode

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from kawal_server import clock
from kawal_server.accounts.access import AuthenticatedRequest, fetch, who_may
from kawal_server.actions.admin_chain import NotBegun, NotTaken
from kawal_server.actions.change_roster import MoveRefused, NotToPublish, ask_bko_for, move, publish_roster
from kawal_server.actions.plan_roster import (
    CannotPlan,
    NotYourRoster,
    ask_replan,
    ask_roster,
    ask_what_if,
    cancel_roster,
    problem_of,
)
from kawal_server.actions.roster_rules import BadRules
from kawal_server.actions.step_bko import StepRefused
from kawal_server.command_post.evidence import zone_of_post
from kawal_server.command_post.jadwal.asked import read_form, read_happened, read_hours, read_move
from kawal_server.command_post.jadwal.views import listed, one_draft
from kawal_server.command_post.operasi.guard import refuse_demo
from kawal_server.store.key_files import KeyReadByOthers, NoKeyFile
from kawal_server.store.models import RosterDraft


@require_POST
@who_may("plan-roster")
def ask(request: AuthenticatedRequest) -> HttpResponse:
    """Queue a new roster."""
    typed = {name: str(value)[:120] for name, value in request.POST.items()}
    typed.setdefault("komandan", "")
    try:
        row = ask_roster(request.user, read_form(request.POST, zone_of_post()), at=clock.now())
    except (CannotPlan, BadRules) as refused:
        return listed(request, refused.fields, typed=typed, status=400)
    except NotYourRoster as refused:
        return listed(request, {"unit": str(refused)}, typed=typed, status=403)
    return _to(row)


@require_POST
@who_may("plan-roster")
def cancel(request: AuthenticatedRequest, draft: int) -> HttpResponse:
    """Stop planning."""
    return _to(cancel_roster(request.user, draft))


@require_POST
@who_may("plan-roster")
def plan_again(request: AuthenticatedRequest, draft: int) -> HttpResponse:
    """Queue the repair of a roster after something happened."""
    row = fetch(request.user, "plan-roster", RosterDraft.objects.all(), pk=draft)
    try:
        happened = read_happened(request.POST, problem_of(row), zone_of_post())
        return _to(ask_replan(request.user, draft, happened, at=clock.now()))
    except CannotPlan as refused:
        return one_draft(request, row, refused.fields, status=400)


@require_POST
@who_may("plan-roster")
def what_if(request: AuthenticatedRequest, draft: int) -> HttpResponse:
    """Queue the question what gives where a slot is filled by force."""
    row = fetch(request.user, "plan-roster", RosterDraft.objects.all(), pk=draft)
    try:
        slot = read_hours(request.POST.get("jam", "")) or ("", 0, 0)
        return _to(ask_what_if(request.user, draft, slot, at=clock.now()))
    except CannotPlan as refused:
        return one_draft(request, row, refused.fields, status=400)


@require_POST
@who_may("plan-roster")
def move_somebody(request: AuthenticatedRequest, draft: int) -> HttpResponse:
    """Move a person or some of a force, within the rules."""
    row = fetch(request.user, "plan-roster", RosterDraft.objects.all(), pk=draft)
    try:
        move(request.user, draft, read_move(request.POST), now=clock.now())
    except MoveRefused as refused:
        return one_draft(request, row, {"move": str(refused)}, status=409)
    except CannotPlan as refused:
        return one_draft(request, row, {"move": str(refused)}, status=400)
    return _to(row, hari=request.POST.get("hari", "")[:10])


@require_POST
@who_may("ask-bko")
def ask_bko(request: AuthenticatedRequest, draft: int) -> HttpResponse:
    """Keep the demand for lent people that a shortage shows."""
    row = fetch(request.user, "ask-bko", RosterDraft.objects.all(), pk=draft)
    form = request.POST
    starts = form.get("mulai", "")
    try:
        ask_bko_for(
            request.user,
            draft,
            form.get("pos", "")[:64],
            int(starts) if starts.isascii() and starts.isdigit() and len(starts) < 12 else 0,
            form.get("kurang", "")[:40],
            at=clock.now(),
        )
    except (CannotPlan, StepRefused) as refused:
        return one_draft(request, row, {"all": str(refused)}, status=409)
    return HttpResponseRedirect(reverse("bko"))


@require_POST
@who_may("publish-roster")
def publish(request: AuthenticatedRequest, draft: int) -> HttpResponse:
    """Publish a roster as a manifest."""
    refuse_demo()
    row = fetch(request.user, "publish-roster", RosterDraft.objects.all(), pk=draft)
    try:
        publish_roster(request.user, draft, at=clock.now())
    except (CannotPlan, NotToPublish, NotTaken, NotBegun, NoKeyFile, KeyReadByOthers) as refused:
        return one_draft(request, row, {"publish": str(refused)}, status=409)
    return _to(row)


def _to(row: RosterDraft, **asked: str) -> HttpResponse:
    query = urlencode({name: value for name, value in asked.items() if value})
    return HttpResponseRedirect(reverse("jadwal-satu", args=[row.pk]) + (f"?{query}" if query else ""))

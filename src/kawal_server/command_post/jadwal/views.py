"""The pages of rosters to look at: all drafts, one of them on a day, its progress, one person, the plotting sheet."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta, timezone
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from kawal.election.lists.dates import ZONE_HOURS
from kawal.guard.roster.as_json import read_plan
from kawal.guard.roster.problem import DAY, HOUR, RosterProblem
from kawal.guard.roster.sheets import plotting
from kawal.guard.roster.shifts import TEMPLATES
from kawal.ledger.event import Eid
from kawal_server import clock
from kawal_server.accounts.access import AuthenticatedRequest, fetch, may, who_may, within_reach
from kawal_server.actions.plan_roster import HAS_PLAN, RUNS, problem_of, roster_of
from kawal_server.actions.roster_problem import FORCES
from kawal_server.actions.roster_rules import RuleNumbers
from kawal_server.command_post.evidence import references, zone_of_post
from kawal_server.command_post.jadwal.asked import FORM_FIELDS, NUMBER_FIELDS, new_form
from kawal_server.command_post.jadwal.shown import (
    FORCE_NAMES,
    changes_shown,
    day_shown,
    fairness_shown,
    gives_shown,
    person_duties,
    quality,
    rules_shown,
    shortages_shown,
    with_ranks,
)
from kawal_server.command_post.people import names_of
from kawal_server.command_post.templatetags.kawal import said
from kawal_server.store.models import RosterDraft
from kawal_server.store.units import the_units

PLANNERS = ("polda", "polres", "polsek")
MOST_DRAFTS = 60
HOURS = range(0, 25, 4)


@require_safe
@who_may("see-roster")
def show(request: AuthenticatedRequest) -> HttpResponse:
    """Every draft within reach, and the form for a new one."""
    return listed(request)


def listed(
    request: AuthenticatedRequest,
    wrong: Mapping[str, str] | None = None,
    *,
    typed: Mapping[str, str] | None = None,
    status: int = 200,
) -> HttpResponse:
    """The list; with what was typed and refused, where something was."""
    zone = zone_of_post()
    units = planners(request)
    form = new_form(units[0][0] if units else "", now=clock.now(), zone=zone, zone_hours=ZONE_HOURS.get(zone, 7))
    around = {
        "drafts": within_reach(request.user, "see-roster", RosterDraft.objects.defer("problem", "plan"))[:MOST_DRAFTS],
        "units": units,
        "form": form | dict(typed or {}),
        "templates": list(TEMPLATES),
        "forces": [(agency, FORCE_NAMES[agency]) for agency in FORCES],
        "numbers": list(NUMBER_FIELDS),
        "usual": RuleNumbers(),
        "may_plan": may(request.user, "plan-roster"),
        "may_list": may(request.user, "change-people"),
        "wrong": {FORM_FIELDS.get(field, field): said(text) for field, text in (wrong or {}).items()},
        "zone": zone,
    }
    return render(request, "jadwal/list.html", around, status=status)


def planners(request: AuthenticatedRequest) -> list[tuple[str, str]]:
    """The units that an officer may plan for, the highest first."""
    units = the_units()
    own = units.below(request.user.unit) if request.user.unit else tuple(units.by_name)
    found = [units.by_name[name] for name in own if name in units.by_name and units.by_name[name].kind in PLANNERS]
    order = {"polres": 0, "polda": 1, "polsek": 2}
    return [(one.unit, one.name) for one in sorted(found, key=lambda one: (order[one.kind], one.unit))]


@require_safe
@who_may("see-roster")
def show_draft(request: AuthenticatedRequest, draft: int) -> HttpResponse:
    """One draft on a day."""
    return one_draft(request, fetch(request.user, "see-roster", RosterDraft.objects.all(), pk=draft))


def one_draft(
    request: AuthenticatedRequest, row: RosterDraft, wrong: Mapping[str, str] | None = None, *, status: int = 200
) -> HttpResponse:
    """The page of a draft; with what was refused, where something was."""
    zone = zone_of_post()
    around: dict[str, object] = {
        "draft": row,
        "runs": row.state in RUNS,
        "share": share(row),
        "notes": [said(" / ".join(note)) for note in row.notes],
        "message": said(row.message),
        "wrong": {field: said(text) for field, text in (wrong or {}).items()},
        "may_plan": may(request.user, "plan-roster", unit=row.unit),
        "zone": zone,
    }
    if row.plan:
        around |= _found(request, row, zone)
    return render(request, "jadwal/draft.html", around, status=status)


def share(row: RosterDraft) -> int:
    """How much of its time a plan has had, in hundredths."""
    return min(100, round(100 * float(row.progress.get("seconds", 0)) / row.seconds)) if row.seconds else 0


def _found(request: AuthenticatedRequest, row: RosterDraft, zone: str) -> Mapping[str, object]:
    problem, roster = problem_of(row), roster_of(row)
    day, midnight = day_asked(request, row, problem)
    posts = day_shown(plotting(problem, roster), midnight=midnight)
    changes = changes_shown(row, problem)
    may_plan = may(request.user, "plan-roster", unit=row.unit)
    shown = {who for post in posts for cell in post.cells for who in (cell.row.leader, *cell.row.team)} - {""}
    whos = shown | {one.who for one in changes} | ({one.who for one in problem.people} if may_plan else set())
    names = names_of(request.user, whos, about=f"jadwal {row.pk}")
    leaf = references([Eid(row.eid)]).get(Eid(row.eid)) if row.eid else None
    return {
        "is_ready": row.state in HAS_PLAN,
        "quality": quality(read_plan(row.plan)),
        "shortages": shortages_shown(row),
        "fairness": fairness_shown(row),
        "rules": rules_shown(problem.rules),
        "posts": posts,
        "names": names,
        "day": day,
        "hours": HOURS,
        "before": urlencode({"hari": (day - timedelta(days=1)).isoformat()}),
        "after": urlencode({"hari": (day + timedelta(days=1)).isoformat()}),
        "changes": [(one, names.get(one.who, one.who)) for one in changes],
        "touched": len({one.who for one in changes}),
        "gives": gives_shown(row, problem),
        "kept": row.told.get("kept"),
        "future": row.told.get("future"),
        "people": sorted(((who, name) for who, name in names.items()), key=lambda one: one[1]),
        "forces": [(one.force, FORCE_NAMES.get(one.force, one.force)) for one in problem.forces],
        "chosen": request.GET.get("orang", "")[:64],
        "all_posts": [(one.post, one.name) for one in sorted(problem.posts, key=lambda one: one.name)],
        "is_own": str(request.user.pk) in {row.by, *row.hands},
        "may_publish": may(request.user, "publish-roster", unit=row.unit),
        "may_ask_bko": may(request.user, "ask-bko", unit=row.unit),
        "may_name": may(request.user, "see-people"),
        "may_export": may(request.user, "export-people"),
        "leaf": leaf,
    }


def day_asked(request: AuthenticatedRequest, row: RosterDraft, problem: RosterProblem) -> tuple[date, int]:
    """The day asked for, else today within the roster, and its local midnight as a UNIX second."""
    ahead = timezone(timedelta(hours=problem.zone_hours))
    usual = min(max(clock.now(), row.starts), max(row.starts, row.ends - 1))
    try:
        day = date.fromisoformat(request.GET.get("hari", ""))
        day = day if 2000 <= day.year <= 2200 else datetime.fromtimestamp(usual, ahead).date()
    except ValueError:
        day = datetime.fromtimestamp(usual, ahead).date()
    number = day.toordinal() - date(1970, 1, 1).toordinal()
    return day, number * DAY - problem.zone_hours * HOUR


@require_safe
@who_may("see-roster")
def progress(request: AuthenticatedRequest, draft: int) -> HttpResponse:
    """How far a plan is; once it ended, the page is to be read again, and nothing is asked any more."""
    row = fetch(request.user, "see-roster", RosterDraft.objects.defer("problem", "plan"), pk=draft)
    may_plan = may(request.user, "plan-roster", unit=row.unit)
    around = {"draft": row, "runs": row.state in RUNS, "share": share(row), "may_plan": may_plan}
    answer = render(request, "jadwal/progress.html", around)
    if row.state not in RUNS:
        answer.headers["HX-Refresh"] = "true"
    return answer


@require_safe
@who_may("see-roster")
def show_person(request: AuthenticatedRequest, draft: int, who: str) -> HttpResponse:
    """One person's duties in a roster."""
    row = fetch(request.user, "see-roster", RosterDraft.objects.all(), pk=draft)
    if not row.problem:
        raise Http404
    problem, roster = problem_of(row), roster_of(row)
    person = next((one for one in problem.people if one.who == who), None)
    if person is None:
        raise Http404
    names = names_of(request.user, {who}, about=who)
    around = {
        "draft": row,
        "person": person,
        "name": names[who],
        "found": person_duties(problem, roster, who),
        "history": person.history,
        "may_plan": may(request.user, "plan-roster", unit=row.unit) and row.state == "done",
        "may_name": may(request.user, "see-people"),
        "zone": zone_of_post(),
        "zone_hours": problem.zone_hours,
    }
    return render(request, "jadwal/person.html", around)


@require_safe
@who_may("see-roster")
def plotting_sheet(request: AuthenticatedRequest, draft: int) -> HttpResponse:
    """The plotting sheet of a day to print: A4 on its side, the leader first."""
    row = fetch(request.user, "see-roster", RosterDraft.objects.all(), pk=draft)
    if not row.problem:
        raise Http404
    problem, roster = problem_of(row), roster_of(row)
    if may(request.user, "see-people"):
        problem = with_ranks(problem)
    day, midnight = day_asked(request, row, problem)
    posts = sorted(day_shown(plotting(problem, roster), midnight=midnight), key=lambda one: (one.name, one.post))
    whos = {who for post in posts for cell in post.cells for who in (cell.row.leader, *cell.row.team)} - {""}
    around = {
        "draft": row,
        "posts": posts,
        "day": day,
        "before": urlencode({"hari": (day - timedelta(days=1)).isoformat()}),
        "after": urlencode({"hari": (day + timedelta(days=1)).isoformat()}),
        "names": names_of(request.user, whos, about=f"jadwal {row.pk}"),
        "zone": zone_of_post(),
    }
    return render(request, "jadwal/plotting.html", around)

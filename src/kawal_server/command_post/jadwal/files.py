"""A roster as files to take along: a workbook, and calendars for phones."""

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_POST, require_safe

from kawal_machine.roster_files import person_calendar, post_calendar, workbook
from kawal_server.accounts.access import AuthenticatedRequest, fetch, who_may
from kawal_server.accounts.reads import ReasonMissing, note_export
from kawal_server.actions.plan_roster import problem_of, roster_of
from kawal_server.command_post.jadwal.shown import with_ranks
from kawal_server.command_post.jadwal.views import one_draft
from kawal_server.command_post.people import names_of
from kawal_server.store.models import RosterDraft

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_ICS = "text/calendar; charset=utf-8"


@require_safe
@who_may("see-roster")
def as_workbook(request: AuthenticatedRequest, draft: int) -> HttpResponse:
    """The roster as XLSX, people by their ids."""
    row = _row(request, draft)
    return _file(workbook(problem_of(row), roster_of(row), {}), _XLSX, f"jadwal-{row.pk}.xlsx")


@require_POST
@who_may("export-people")
def as_named_workbook(request: AuthenticatedRequest, draft: int) -> HttpResponse:
    """The roster as XLSX with names: taking names out of the post is a right of its own, and its reason is kept."""
    row = _row(request, draft)
    problem, roster = with_ranks(problem_of(row)), roster_of(row)
    whos = {one.who for one in roster.duties}
    try:
        note_export(
            request.user, "roster", len(whos), why=request.POST.get("alasan", "")[:300], about=f"jadwal {row.pk}"
        )
    except ReasonMissing as refused:
        return one_draft(request, row, {"export": str(refused)}, status=400)
    names = names_of(request.user, whos, about=f"jadwal {row.pk}")
    return _file(workbook(problem, roster, names), _XLSX, f"jadwal-{row.pk}-nama.xlsx")


@require_safe
@who_may("see-people")
def person_ics(request: AuthenticatedRequest, draft: int, who: str) -> HttpResponse:
    """One person's duties as a calendar, without a word of whom they serve with."""
    row = _row(request, draft)
    problem = problem_of(row)
    if who not in {one.who for one in problem.people}:
        raise Http404
    names_of(request.user, {who}, about=who)
    made = person_calendar(problem, roster_of(row), who, made_at=row.made_at)
    return _file(made, _ICS, f"jadwal-{row.pk}-orang.ics")


@require_safe
@who_may("see-roster")
def post_ics(request: AuthenticatedRequest, draft: int, post: str) -> HttpResponse:
    """One post's shifts as a calendar, people by their ids."""
    row = _row(request, draft)
    problem = problem_of(row)
    if post not in problem.post_of:
        raise Http404
    made = post_calendar(problem, roster_of(row), post, {}, made_at=row.made_at)
    return _file(made, _ICS, f"jadwal-{row.pk}-pos.ics")


def _row(request: AuthenticatedRequest, draft: int) -> RosterDraft:
    row = fetch(request.user, "see-roster", RosterDraft.objects.all(), pk=draft)
    if not row.plan:
        raise Http404
    return row


def _file(content: bytes, kind: str, name: str) -> HttpResponse:
    return HttpResponse(content, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})

"""The section Tahapan: the picture of the stages, each stage with what is bound to it, and the moving of its end."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from kawal.command.lapsing import PostHoldsBoxes, StageEndRefused, Standing
from kawal.command.operation import PHASES, PhasesRefused
from kawal.command.stages import StageRefused
from kawal.election.lists.dates import ZONE_HOURS, seconds
from kawal_machine.files import WouldOverwrite
from kawal_server import clock
from kawal_server.accounts.access import AuthenticatedRequest, may, who_may
from kawal_server.actions.admin_chain import NotTaken
from kawal_server.actions.bound_things import all_standings
from kawal_server.actions.keep_lists import PreviewChanged
from kawal_server.actions.move_stage import (
    NothingBound,
    ReasonMissing,
    bind,
    move_stage,
    preview_move,
    release_post,
)
from kawal_server.actions.open_operation import NoOperation
from kawal_server.actions.set_stages import AskedStage, StageDated, add_stage, remove_stage, set_phases, set_stage
from kawal_server.actions.sign_command import NamesSomebody
from kawal_server.command_post.operasi import timeline
from kawal_server.command_post.operasi.guard import the_operation
from kawal_server.command_post.operasi.phases import levels, phase_rows
from kawal_server.command_post.operasi.sections import sections
from kawal_server.command_post.standing import state_look
from kawal_server.command_post.templatetags.kawal import language, said
from kawal_server.store.key_files import KeyReadByOthers, NoKeyFile
from kawal_server.store.models import Operation, PostLine, StageMoveRow
from kawal_server.store.port import Busy, StoreFailed
from kawal_server.store.stages import the_stages

_REFUSED = (
    PostHoldsBoxes,
    StageEndRefused,
    StageRefused,
    StageDated,
    PreviewChanged,
    ReasonMissing,
    NamesSomebody,
    NothingBound,
)
_BROKEN = (NotTaken, NoKeyFile, KeyReadByOthers, WouldOverwrite, StoreFailed, Busy)


@require_safe
@who_may("see-operation")
def show_stages(request: AuthenticatedRequest) -> HttpResponse:
    """The picture of all stages."""
    return _page(request)


@require_safe
@who_may("see-operation")
def show_stage(request: AuthenticatedRequest, stage: str) -> HttpResponse:
    """One stage, and what is bound to it."""
    return _stage_page(request, stage)


@require_POST
@who_may("change-stages")
def add(request: AuthenticatedRequest) -> HttpResponse:
    """Add a stage of one's own."""
    try:
        add_stage(_operation(), request.POST.get("nama", ""), _asked(request))
    except StageRefused as error:
        return _page(request, wrong=str(error), status=400)
    return HttpResponseRedirect(reverse("operasi-tahapan"))


@require_POST
@who_may("change-stages")
def phase(request: AuthenticatedRequest) -> HttpResponse:
    """Keep the operation's level and phases."""
    days: dict[str, tuple[str, str]] = {
        name: (request.POST.get(f"{name}-awal", ""), request.POST.get(f"{name}-akhir", "")) for name in PHASES
    }
    try:
        set_phases(_operation(), request.POST.get("tingkat", ""), days)
    except PhasesRefused as error:
        return _page(request, wrong=str(error), status=400)
    return HttpResponseRedirect(reverse("operasi-tahapan"))


@require_POST
@who_may("change-stages")
def fill(request: AuthenticatedRequest, stage: str) -> HttpResponse:
    """Type a stage's days, say that it is not held, or remove one of one's own."""
    try:
        if request.POST.get("aksi") == "hapus":
            remove_stage(stage)
            return HttpResponseRedirect(reverse("operasi-tahapan"))
        set_stage(_operation(), stage, _asked(request))
    except _REFUSED as error:
        return _stage_page(request, stage, wrong=str(error), status=400)
    return HttpResponseRedirect(reverse("operasi-tahap", args=[stage]))


@require_POST
@who_may("change-stages")
def move(request: AuthenticatedRequest, stage: str) -> HttpResponse:
    """Show what lapses when the end is moved; with the mark of what was shown, move it."""
    operation, form = _operation(), request.POST
    try:
        new_end = _end(form.get("hari", ""), operation.zone)
        if form.get("aksi") == "pindah":
            move_stage(
                operation,
                stage,
                new_end,
                mark=form.get("tanda", ""),
                why=form.get("dasar", ""),
                by=request.user.username,
            )
            return HttpResponseRedirect(reverse("operasi-tahap", args=[stage]))
        shown = {"previewed": preview_move(operation, stage, new_end), "new_end": new_end}
    except _REFUSED as error:
        status = 409 if isinstance(error, (PreviewChanged, PostHoldsBoxes)) else 400
        return _moved(request, stage, {"wrong_move": said(str(error))}, status=status)
    except _BROKEN as error:
        return _moved(request, stage, {"wrong_move": said(str(error))}, status=503)
    return _moved(request, stage, shown)


@require_POST
@who_may("change-stages")
def tie(request: AuthenticatedRequest) -> HttpResponse:
    """Bind a thing to a stage by hand, or record that KPU took over what a post guarded."""
    form, stage = request.POST, request.POST.get("dari", "")
    if form.get("aksi") == "lepas" or form.get("jenis") == "post":
        _refuse_others_post(request, form.get("nama", ""))
    try:
        if form.get("aksi") == "lepas":
            release_post(form.get("nama", ""), form.get("dokumen", ""))
        else:
            bind(form.get("jenis", ""), form.get("nama", ""), form.get("tahapan", ""))
    except _REFUSED as error:
        return _page(request, wrong=str(error), status=400)
    except _BROKEN as error:
        return _page(request, wrong=str(error), status=503)
    known = any(one.stage == stage for one in the_stages())
    return HttpResponseRedirect(reverse("operasi-tahap", args=[stage]) if known else reverse("operasi-tahapan"))


def _refuse_others_post(request: AuthenticatedRequest, post: str) -> None:
    """What a post is bound to, and who took it over, is for those to say who release it. Raises: PermissionDenied."""
    unit = PostLine.objects.filter(post=post).values_list("unit", flat=True).first()
    if not may(request.user, "release-guard", unit=unit or ""):
        raise PermissionDenied("release-guard")


def _operation() -> Operation:
    operation = the_operation()
    if operation is None:
        raise Http404(str(NoOperation()))
    return operation


def _asked(request: AuthenticatedRequest) -> AskedStage:
    form = request.POST
    return AskedStage(form.get("awal", ""), form.get("akhir", ""), form.get("tidak-dilaksanakan") == "ya")


def _end(text: str, zone: str) -> int:
    """The end of a day as typed. Raises: StageEndRefused."""
    try:
        return seconds(date.fromisoformat(text.strip()) + timedelta(days=1), time(), zone)
    except (ValueError, OverflowError) as error:
        raise StageEndRefused("Isi hari terakhir tahapan. / Fill the stage's last day.") from error


def known_standings(request: AuthenticatedRequest) -> list[Standing]:
    """What this officer may know to be bound: where guards stand is not KPU's or Bawaslu's to read."""
    kinds = {"post", "roster"} if may(request.user, "see-guard") else set()
    kinds |= {"order"} if may(request.user, "see-orders") else set()
    return [one for one in all_standings(now=clock.now()) if one.thing.kind in kinds]


def _page(request: AuthenticatedRequest, *, wrong: str = "", status: int = 200) -> HttpResponse:
    operation = the_operation()
    zone = operation.zone if operation is not None else "Asia/Jakarta"
    standing = known_standings(request)
    around = {
        "sections": sections(request, "operasi-tahapan"),
        "operation": operation,
        "timeline": timeline.draw(the_stages(), standing, now=clock.now(), zone=zone),
        "staying": [one for one in standing if one.state == "stays"],
        "unbound": [one for one in standing if not one.thing.stage],
        "knows_bound": may(request.user, "see-orders"),
        "may_change": may(request.user, "change-stages"),
        "levels": levels(),
        "phases": phase_rows(operation.phases if operation is not None else {}),
        "choices": [(one.stage, one.called.en if language() == "en" else one.called.id) for one in the_stages()],
        "wrong": said(wrong),
    }
    return render(request, "operasi/stages.html", around, status=status)


def _stage_page(
    request: AuthenticatedRequest,
    stage: str,
    more: Mapping[str, object] | None = None,
    *,
    wrong: str = "",
    status: int = 200,
) -> HttpResponse:
    around = {**_of_stage(request, stage), **(more or {}), "wrong": said(wrong)}
    return render(request, "operasi/stage.html", around, status=status)


def _of_stage(request: AuthenticatedRequest, stage: str) -> dict[str, object]:
    operation, stages = _operation(), the_stages()
    standing = known_standings(request)
    drawn = timeline.draw(stages, standing, now=clock.now(), zone=operation.zone)
    row = next((one for one in drawn.rows if one.stage.stage == stage), None)
    if row is None:
        raise Http404(stage)
    return {
        "sections": sections(request, "operasi-tahapan"),
        "operation": operation,
        "row": row,
        "look": state_look(row.state),
        "choices": [(one.stage.stage, one.name) for one in drawn.rows],
        "moves": StageMoveRow.objects.filter(stage=stage)[:20],
        "first": _day(row.stage.starts, operation.zone),
        "last": _day(row.last, operation.zone),
        "is_own": bool(row.stage.name),
        "is_movable": row.stage.ends is not None and not row.stage.is_left_out,
        "knows_bound": may(request.user, "see-orders"),
        "may_change": may(request.user, "change-stages"),
    }


def _day(at: int | None, zone: str) -> str:
    """The local day of a second, as a date field holds it."""
    if at is None:
        return ""
    return (datetime.fromtimestamp(at, UTC) + timedelta(hours=ZONE_HOURS.get(zone, 0))).date().isoformat()


def _moved(request: AuthenticatedRequest, stage: str, more: Mapping[str, object], *, status: int = 200) -> HttpResponse:
    around = {**_of_stage(request, stage), **more, "asked_day": request.POST.get("hari", "")}
    around["asked_why"] = request.POST.get("dasar", "")
    previewed = more.get("previewed")
    around["lapses"] = [
        (one, one.says(_operation().zone).en if language() == "en" else one.says(_operation().zone).id)
        for one in (previewed.moving.lapses if previewed is not None else ())  # type: ignore[attr-defined]
    ]
    # A fragment is swapped in only where it is told that it came well: its own words say what is wrong.
    is_fragment = request.headers.get("HX-Request") == "true"
    name = "operasi/move.html" if is_fragment else "operasi/stage.html"
    return render(request, name, around, status=200 if is_fragment else status)

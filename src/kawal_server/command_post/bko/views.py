"""The pages of lent forces: all contingents with what is still needed, and one with its steps."""

from collections.abc import Mapping
from typing import cast

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kawal.command.events import STEPS, Step
from kawal.ledger.event import Eid
from kawal_server import clock
from kawal_server.accounts.access import AuthenticatedRequest, fetch, may, who_may, within_reach
from kawal_server.actions.admin_chain import NotTaken
from kawal_server.actions.sign_command import CannotSign, NamesSomebody
from kawal_server.actions.step_bko import ACTION_OF, Said, StepRefused, ask, keep_need, keep_own_force, take_step
from kawal_server.command_post.bko.shown import STEP_NAMES, TASK_NAMES, ContingentShown, name_of, shown, strength_of
from kawal_server.command_post.evidence import references, zone_of_post
from kawal_server.command_post.operasi.guard import refuse_demo
from kawal_server.command_post.perintah.views import may_sign
from kawal_server.command_post.templatetags.kawal import said
from kawal_server.command_post.times import read_time
from kawal_server.store.models import BkoNeed, ContingentLine
from kawal_server.store.units import the_units

RECEIVERS = ("polda", "polres", "polsek")


@require_safe
@who_may("see-bko")
def show(request: AuthenticatedRequest) -> HttpResponse:
    """Every contingent; asked for in the background, only the board itself."""
    return _page(request)


@require_POST
@who_may("ask-bko")
def ask_for(request: AuthenticatedRequest) -> HttpResponse:
    """Ask for a contingent: from the form, or for a need that was kept."""
    refuse_demo()
    form, needed = request.POST, None
    if form.get("kebutuhan"):
        needed = fetch(request.user, "ask-bko", BkoNeed.objects.all(), pk=_whole(form.get("kebutuhan", "")) or 0)
    asked = _said(form, needed)
    if not may(request.user, "ask-bko", unit=asked.to):
        raise PermissionDenied("ask-bko")
    try:
        name = ask(asked, at=clock.now(), need=needed)
    except StepRefused as refused:
        return _page(request, wrong=refused.fields, status=400)
    except NamesSomebody as refused:
        return _page(request, wrong={"all": str(refused)}, status=400)
    except (CannotSign, NotTaken) as refused:
        return _page(request, wrong={"all": str(refused)}, status=409)
    return HttpResponseRedirect(f"{reverse('bko')}?diminta={name}")


@require_POST
@who_may("ask-bko")
def need(request: AuthenticatedRequest) -> HttpResponse:
    """Keep a need that nobody was asked for yet, or forget one."""
    form = request.POST
    if form.get("hapus"):
        fetch(request.user, "ask-bko", BkoNeed.objects.all(), pk=_whole(form["hapus"]) or 0).delete()
        return HttpResponseRedirect(reverse("bko"))
    zone = zone_of_post()
    kept = BkoNeed(
        unit=form.get("kepada", "")[:64],
        starts=read_time(form.get("mulai", ""), zone) or 0,
        ends=read_time(form.get("selesai", ""), zone) or 0,
        count=_whole(form.get("jumlah", "")) or 0,
        skill=form.get("keahlian", "").strip()[:60],
        area=form.get("wilayah", "").strip()[:64],
        reason=form.get("alasan", "").strip()[:300],
        source=form.get("sumber", "").strip()[:300],
        made_at=clock.now(),
    )
    if not may(request.user, "ask-bko", unit=kept.unit):
        raise PermissionDenied("ask-bko")
    try:
        keep_need(kept)
    except StepRefused as refused:
        return _page(request, wrong={f"need-{field}": text for field, text in refused.fields.items()}, status=400)
    return HttpResponseRedirect(reverse("bko"))


@require_POST
@who_may("ask-bko")
def own_force(request: AuthenticatedRequest) -> HttpResponse:
    """Keep how many of a force of one's own there are."""
    form = request.POST
    try:
        keep_own_force(form.get("nama", ""), _whole(form.get("jumlah", "")))
    except StepRefused as refused:
        return _page(request, wrong={f"own-{field}": text for field, text in refused.fields.items()}, status=400)
    return HttpResponseRedirect(reverse("bko"))


@require_http_methods(["GET", "HEAD", "POST"])
@who_may("see-bko")
def show_contingent(request: AuthenticatedRequest, name: str) -> HttpResponse:
    """One contingent with all its steps; a POST books the next one."""
    line = fetch(request.user, "see-bko", ContingentLine.objects.all(), pk=name)
    if request.method != "POST":
        return _one(request, line)
    step = request.POST.get("langkah", "")
    if step not in STEPS[1:]:
        raise Http404
    if not may(request.user, ACTION_OF[step], unit=line.unit):
        raise PermissionDenied(ACTION_OF[step])
    refuse_demo()
    try:
        take_step(line, step, _said(request.POST, None), at=clock.now())
    except StepRefused as refused:
        return _one(request, line, wrong=refused.fields, status=400)
    except NamesSomebody as refused:
        return _one(request, line, wrong={"why": str(refused)}, status=400)
    except (CannotSign, NotTaken) as refused:
        return _one(request, line, wrong={"all": str(refused)}, status=409)
    return HttpResponseRedirect(f"{reverse('bko-kontingen', args=[name])}?dicatat={step}")


def _said(form: QueryDict, needed: BkoNeed | None) -> Said:
    text = {name: " ".join(form.get(name, "").split()) for name in ("asal", "nomor", "kepada", "alasan")}
    return Said(
        needed.count if needed is not None else _whole(form.get("jumlah", "")),
        text["asal"],
        text["nomor"][:120],
        needed.unit if needed is not None else text["kepada"][:64],
        form.get("tugas", ""),
        needed.ends if needed is not None else read_time(form.get("sampai", ""), zone_of_post()),
        needed.reason if needed is not None else text["alasan"],
    )


def _whole(text: str) -> int | None:
    text = text.strip().replace(".", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else None


def _page(request: AuthenticatedRequest, *, wrong: Mapping[str, str] | None = None, status: int = 200) -> HttpResponse:
    lines = within_reach(request.user, "see-bko", ContingentLine.objects.all())
    contingents = shown(lines, clock.now())
    asked = request.GET.get("diminta", "")
    stated = request.GET.get("jumlah", "")
    around = {
        "contingents": [(one, name_of(one.line.origin, one.line.number)) for one in contingents],
        "flow": [(_(STEP_NAMES[step]), _sum(contingents, step)) for step in STEPS],
        "unmet": sum(one.line.unmet for one in contingents),
        "strength": strength_of(contingents, _whole(stated)),
        "stated": stated[:12],
        "needs": within_reach(request.user, "ask-bko", BkoNeed.objects.filter(contingent="")),
        "receivers": _receivers(request),
        "fresh": asked[:64] if asked and not ContingentLine.objects.filter(pk=asked).exists() else "",
        "is_shared": request.GET.get("dibagi") == "ya",
        "may_plan": may(request.user, "ask-bko"),
        "may_ask": may(request.user, "ask-bko") and may_sign(),
        "wrong": {field: said(text) for field, text in (wrong or {}).items()},
        "typed": request.POST,
        "zone": zone_of_post(),
    }
    is_part = request.headers.get("HX-Request") == "true"
    answer = render(request, "bko/board.html" if is_part else "bko/list.html", around, status=status)
    patch_vary_headers(answer, ["HX-Request"])
    return answer


def _sum(contingents: list[ContingentShown], step: Step) -> int:
    """A contingent that was sent home counts in every step it took."""
    return sum(stage.count or 0 for one in contingents for stage in one.stages if stage.step == step)


def _receivers(request: AuthenticatedRequest) -> list[tuple[str, str]]:
    units = the_units()
    own = units.below(request.user.unit) if request.user.unit else tuple(units.by_name)
    found = [units.by_name[name] for name in own if name in units.by_name and units.by_name[name].kind in RECEIVERS]
    return [(one.unit, one.name) for one in sorted(found, key=lambda one: (RECEIVERS.index(one.kind), one.unit))]


def _one(
    request: AuthenticatedRequest,
    line: ContingentLine,
    *,
    wrong: Mapping[str, str] | None = None,
    status: int = 200,
) -> HttpResponse:
    [one] = shown([line], clock.now())
    leaves = references(Eid(str(step["eid"])) for step in line.steps)
    booked = request.GET.get("dicatat", "")
    around = {
        "one": one,
        "line": line,
        "name": name_of(line.origin, line.number),
        "origin": name_of(line.origin, ""),
        "steps": [(step, _step_name(step), leaves.get(Eid(str(step["eid"])))) for step in reversed(line.steps)],
        "shortfalls": [
            (_(STEP_NAMES[before]), _(STEP_NAMES[after]), count, why) for before, after, count, why in line.shortfalls
        ],
        "next": [step for step in STEPS[1:] if may(request.user, ACTION_OF[step], unit=line.unit)],
        "may_step": may_sign(),
        "tasks": list(TASK_NAMES.items()),
        "is_fresh": booked in STEPS,
        "wrong": {field: said(text) for field, text in (wrong or {}).items()},
        "typed": request.POST,
        "zone": zone_of_post(),
    }
    return render(request, "bko/contingent.html", around, status=status)


def _step_name(step: Mapping[str, object]) -> str:
    name = _(STEP_NAMES[cast("Step", step["step"])])
    task = TASK_NAMES.get(str(step["task"]))
    return f"{name}: {_(task)}" if task else name

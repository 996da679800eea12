"""Orders in the making: one officer writes, another examines and issues."""

from collections.abc import Iterable

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kawal.ledger.encoding import is_digest
from kawal_server import clock
from kawal_server.accounts.access import AuthenticatedRequest, fetch, may, who_may
from kawal_server.actions.admin_chain import NotTaken
from kawal_server.actions.issue_order import (
    AlreadyIssued,
    DraftChanged,
    NotExamined,
    NumberTaken,
    OrderRefused,
    SameHand,
    Written,
    drop_draft,
    issue_order,
    keep_draft,
    mark_of,
    signs_in,
)
from kawal_server.actions.sign_command import CannotSign
from kawal_server.command_post.evidence import zone_of_post
from kawal_server.command_post.operasi.guard import refuse_demo
from kawal_server.command_post.perintah.listed import orders_within, shown
from kawal_server.command_post.perintah.views import may_sign
from kawal_server.command_post.templatetags.kawal import language, said
from kawal_server.command_post.times import read_time, written_time
from kawal_server.store.models import OrderDraft
from kawal_server.store.stages import the_stages
from kawal_server.store.units import the_units

AGENCIES_ORDERED = ("polri", "tni", "linmas", "satpolpp")


@require_http_methods(["GET", "HEAD", "POST"])
@who_may("issue-order")
def write(request: AuthenticatedRequest, number: int | None = None) -> HttpResponse:
    """Write an order, or change a draft."""
    refuse_demo()
    draft = None if number is None else _draft(request, number)
    if request.method != "POST":
        return _form(request, _as_kept(request, draft), draft)
    written = _written(request)
    try:
        _refuse_beyond(request, written.to)
        _refuse_stage(request, written, draft)
        # Whoever has the whole operation writes for the unit that commands all: its other officers can then issue.
        unit = request.user.unit or the_units().commander_of(written.to)
        kept = keep_draft(written, by=request.user.username, unit=unit, at=clock.now(), draft=draft)
    except OrderRefused as refused:
        return _form(request, written, draft, refused.fields, status=400)
    except AlreadyIssued as refused:
        return _form(request, written, draft, {"all": str(refused)}, status=409)
    return HttpResponseRedirect(reverse("perintah-draf", args=[kept.pk]))


@require_safe
@who_may("issue-order")
def show(request: AuthenticatedRequest, number: int) -> HttpResponse:
    """A draft as it will be issued."""
    return _sheet(request, _draft(request, number))


@require_POST
@who_may("issue-order")
def issue(request: AuthenticatedRequest, number: int) -> HttpResponse:
    """Issue a draft that another officer wrote."""
    refuse_demo()
    draft = _draft(request, number)
    is_examined = request.POST.get("diperiksa") == "ya"
    try:
        _refuse_beyond(request, draft.to)
        issue_order(
            draft,
            by=request.user.username,
            at=clock.now(),
            is_examined=is_examined,
            seen=request.POST.get("tanda", ""),
        )
    except SameHand as refused:
        return _sheet(request, draft, wrong=str(refused), status=403)
    except (NotExamined, OrderRefused) as refused:
        return _sheet(request, draft, wrong=str(refused), status=400)
    except (AlreadyIssued, DraftChanged, NumberTaken, CannotSign, NotTaken) as refused:
        return _sheet(request, draft, wrong=str(refused), status=409)
    return HttpResponseRedirect(reverse("perintah"))


@require_POST
@who_may("issue-order")
def drop(request: AuthenticatedRequest, number: int) -> HttpResponse:
    """Throw a draft away."""
    refuse_demo()
    draft = _draft(request, number)
    try:
        drop_draft(draft)
    except AlreadyIssued as refused:
        return _sheet(request, draft, wrong=str(refused), status=409)
    return HttpResponseRedirect(reverse("perintah"))


def _draft(request: AuthenticatedRequest, number: int) -> OrderDraft:
    return fetch(request.user, "issue-order", OrderDraft.objects.all(), pk=number)


def _refuse_beyond(request: AuthenticatedRequest, to: Iterable[str]) -> None:
    """See that whoever writes or issues commands every unit that is ordered. Raises: OrderRefused."""
    if not all(may(request.user, "issue-order", unit=unit) for unit in to):
        raise OrderRefused({"to": _BEYOND})


_BEYOND = (
    "Ada satuan yang tidak di bawah satuan Anda. Pilih satuan Anda sendiri dan yang di bawahnya. / "
    "A unit is not under yours. Choose your own unit and those below it."
)


def _sheet(request: AuthenticatedRequest, draft: OrderDraft, *, wrong: str = "", status: int = 200) -> HttpResponse:
    around = {
        "draft": draft,
        "mark": mark_of(draft),
        "signs": signs_in(draft),
        "may_sign": may_sign(),
        "is_own": draft.by == request.user.username,
        "extends": orders_within(request.user).filter(pk=draft.extends).first() if draft.extends else None,
        "wrong": said(wrong),
        "zone": zone_of_post(),
    }
    return render(request, "perintah/draft.html", around, status=status)


def _written(request: AuthenticatedRequest) -> Written:
    form = request.POST
    extends = form.get("memperpanjang", "")
    if is_digest(extends) and not orders_within(request.user).filter(pk=extends).exists():
        # What is out of reach is as absent as what does not exist.
        extends = "?"
    return Written(
        form.get("nomor", ""),
        form.get("perihal", ""),
        form.get("isi", ""),
        tuple(form.getlist("satuan"))[:500],
        read_time(form.get("sampai", ""), zone_of_post()),
        form.get("tahapan", ""),
        extends,
    )


def _as_kept(request: AuthenticatedRequest, draft: OrderDraft | None) -> Written:
    if draft is not None:
        return Written(draft.number, draft.title, draft.text, tuple(draft.to), draft.until, draft.stage, draft.extends)
    eid = request.GET.get("memperpanjang", "")
    line = orders_within(request.user).filter(pk=eid).first() if is_digest(eid) else None
    if line is None:
        return Written("", "", "", (), None)
    return Written("", "", "", tuple(line.to), None, line.stage, line.eid)


def _stages(chosen: str) -> list[tuple[str, str]]:
    """The stages that take place here, and one named before: saving a draft again changes nothing."""
    named = [(one.stage, one.called) for one in the_stages() if not one.is_left_out]
    known = [(stage, called.en if language() == "en" else called.id) for stage, called in named]
    return known if not chosen or chosen in dict(known) else [*known, (chosen, chosen)]


def _refuse_stage(request: AuthenticatedRequest, written: Written, draft: OrderDraft | None) -> None:
    """See that the stage is one of this operation, or the one that the draft or the extended order names already."""
    extended = orders_within(request.user).filter(pk=written.extends).first() if is_digest(written.extends) else None
    before = {draft.stage if draft is not None else "", extended.stage if extended is not None else ""}
    if written.stage not in {"", *before, *dict(_stages(""))}:
        raise OrderRefused({"stage": "Pilih tahapan dari daftar. / Choose a stage of the list."})


def _form(
    request: AuthenticatedRequest,
    written: Written,
    draft: OrderDraft | None,
    wrong: dict[str, str] | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    zone = zone_of_post()
    units = [
        one
        for one in the_units().by_name.values()
        if one.agency in AGENCIES_ORDERED and may(request.user, "issue-order", unit=one.unit)
    ]
    around = {
        "written": written,
        "draft": draft,
        "until": written_time(written.until, zone),
        "units": sorted(units, key=lambda one: (one.kind, one.unit)),
        "live": [one for one in shown(orders_within(request.user), clock.now()) if one.is_live],
        "stages": _stages(written.stage),
        "wrong": {field: said(text) for field, text in (wrong or {}).items()},
        "zone": zone,
    }
    return render(request, "perintah/write.html", around, status=status)

"""The steps that take a list in: upload, look, read otherwise, accept."""

from collections.abc import Mapping

from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from kawal_server.accounts.access import AuthenticatedRequest, who_may
from kawal_server.actions import keep_lists
from kawal_server.actions.area_of_post import places_of
from kawal_server.actions.keep_lists import (
    MANIFEST_OF,
    Looked,
    NotConfirmed,
    NothingHandedIn,
    NothingRead,
    PreviewChanged,
)
from kawal_server.actions.open_lists import FILE_LIMIT, ListRefused, ListTooBig
from kawal_server.actions.open_operation import NoOperation
from kawal_server.actions.read_lists import Choice, EmptyList
from kawal_server.actions.register_lists import accepted, registered
from kawal_server.command_post.operasi.chosen import read_choice, read_decree
from kawal_server.command_post.operasi.guard import refuse_demo, the_operation, too_big
from kawal_server.command_post.operasi.kinds import ListWord, list_word
from kawal_server.command_post.operasi.shown import (
    cells,
    change_shown,
    choices_of,
    columns_of,
    headings,
    sums,
)
from kawal_server.command_post.templatetags.kawal import said
from kawal_server.store.models import ListDraft, Operation

ROWS = 50
MOST_PROBLEMS = 200


@require_safe
@who_may("set-up-operation")
def show_list(request: AuthenticatedRequest, word: str) -> HttpResponse:
    """One list: what was accepted, and what was handed in since."""
    return _page(request, list_word(word))


@require_POST
@who_may("set-up-operation")
def upload(request: AuthenticatedRequest, word: str) -> HttpResponse:
    """Hand a file in to look at."""
    refused = too_big(request)
    if refused is not None:
        return refused
    refuse_demo()
    listed = list_word(word)
    file = request.FILES.get("berkas")
    if file is None:
        return _page(request, listed, wrong=str(NothingHandedIn()), status=400)
    try:
        content = file.read(FILE_LIMIT + 1)
        keep_lists.hand_in(
            listed.kind, file.name or "?", content, by=request.user.username, decree=read_decree(request.POST)
        )
    except ListTooBig as error:
        return _page(request, listed, wrong=str(error), status=413)
    except (ListRefused, EmptyList, NoOperation) as error:
        return _page(request, listed, wrong=str(error), status=400)
    return _back(listed)


@require_POST
@who_may("set-up-operation")
def read_again(request: AuthenticatedRequest, word: str) -> HttpResponse:
    """Read the file otherwise."""
    refuse_demo()
    listed = list_word(word)
    draft = ListDraft.objects.filter(kind=listed.kind, state="preview").first()
    if draft is None:
        return _page(request, listed, wrong=str(NothingHandedIn()), status=409)
    choice = read_choice(listed.kind, request.POST, Choice(**draft.choice))
    keep_lists.choose(listed.kind, choice)
    return _back(listed)


@require_POST
@who_may("set-up-operation")
def accept_list(request: AuthenticatedRequest, word: str) -> HttpResponse:
    """Accept the list as it was shown."""
    refuse_demo()
    listed = list_word(word)
    try:
        keep_lists.accept(
            listed.kind,
            mark=request.POST.get("tanda", ""),
            confirmed=request.POST.getlist("pasti"),
            remember=request.POST.get("ingat") == "ya",
            by=request.user.username,
        )
    except (NotConfirmed, NothingRead) as error:
        return _page(request, listed, wrong=str(error), status=400, confirmed=request.POST.getlist("pasti"))
    except (PreviewChanged, NothingHandedIn, NoOperation, ListRefused, EmptyList) as error:
        return _page(request, listed, wrong=str(error), status=409)
    return HttpResponseRedirect(reverse("operasi"))


@require_POST
@who_may("set-up-operation")
def discard_list(_request: AuthenticatedRequest, word: str) -> HttpResponse:
    """Forget the file handed in."""
    refuse_demo()
    listed = list_word(word)
    keep_lists.discard(listed.kind)
    return _back(listed)


def _back(listed: ListWord) -> HttpResponse:
    return HttpResponseRedirect(reverse("operasi-daftar", args=[listed.word]))


def _page(
    request: AuthenticatedRequest,
    listed: ListWord,
    *,
    wrong: str = "",
    status: int = 200,
    confirmed: list[str] | None = None,
) -> HttpResponse:
    operation = the_operation()
    around: dict[str, object] = {
        "listed": listed,
        "operation": operation,
        "wrong": said(wrong),
        "headings": headings(listed.kind),
        "confirmed": confirmed or [],
        "limit": FILE_LIMIT // 1024 // 1024,
    }
    if operation is not None:
        around |= _before(request, listed, operation)
        around |= _looked(request, listed, operation)
    return render(request, "operasi/list.html", around, status=status)


def _before(request: AuthenticatedRequest, listed: ListWord, operation: Operation) -> Mapping[str, object]:
    """What was accepted before, and how much of it the log holds."""
    draft = ListDraft.objects.filter(kind=listed.kind, state="accepted").defer("content").first()
    manifest = MANIFEST_OF.get(listed.kind)
    held = registered(manifest) if manifest and (operation.is_demo or operation.opened_at is not None) else []
    rows = [cells(row) for row in accepted(listed.kind)] if draft is not None else []
    return {
        "accepted": draft,
        "accepted_page": Paginator(rows, ROWS).get_page(request.GET.get("diterima", "1")),
        "held": len(held),
        "held_page": Paginator(held, ROWS).get_page(request.GET.get("terdaftar", "1")),
    }


def _looked(request: AuthenticatedRequest, listed: ListWord, operation: Operation) -> Mapping[str, object]:
    try:
        looked = keep_lists.look(listed.kind)
    except NothingHandedIn:
        return {}
    except (ListRefused, EmptyList) as error:
        return {"unreadable": said(str(error))}
    preview, table = looked.preview, looked.preview.chosen[0]
    return {
        "looked": looked,
        "missing": said(preview.missing),
        "sheets": [(one.sheet.name, one.sheet.is_hidden) for one in preview.tables],
        "header": table.top + 1,
        "lines": max(table.lines, 1),
        "columns": columns_of(table),
        "choices": choices_of(table),
        "page": Paginator([(row.row_number, cells(row)) for row in preview.rows], ROWS).get_page(
            request.GET.get("halaman", "1")
        ),
        "errors": preview.errors[:MOST_PROBLEMS],
        "warnings": preview.warnings[:MOST_PROBLEMS],
        "sums": sums(looked) if listed.kind == "stations" and preview.rows else [],
        "decrees": _decrees(looked, operation) if listed.kind == "stations" else [],
        "decree_total": looked.choice.decree.get("", ""),
        "changes": change_shown(listed.kind, looked.change, is_open=operation.opened_at is not None)
        if looked.change is not None
        else [],
    }


def _decrees(looked: Looked, operation: Operation) -> list[tuple[str, str, object]]:
    """The fields in which a clerk types what the decree says of each kecamatan."""
    decree = looked.choice.decree
    return [(one.code, one.name, decree.get(one.code, "")) for one in places_of(operation).districts]

"""A list of people handed in: uploaded, looked at row by row, entered."""

from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from kawal.command.people import masked
from kawal_server.accounts.access import AuthenticatedRequest, who_may
from kawal_server.accounts.reads import note_read
from kawal_server.actions import import_people
from kawal_server.actions.import_people import ListChanged, ListRefused, NoSuchColumns, NothingHandedIn
from kawal_server.actions.keep_people import OperationClosed
from kawal_server.actions.open_lists import FILE_LIMIT
from kawal_server.command_post.operasi.guard import refuse_demo, too_big
from kawal_server.command_post.templatetags.kawal import said

ROWS = 100


@require_http_methods(["GET", "HEAD", "POST"])
@who_may("change-people")
def show(request: AuthenticatedRequest) -> HttpResponse:
    """The list as it was read; a POST hands another one in."""
    if request.method != "POST":
        return _page(request)
    refused = too_big(request)
    if refused is not None:
        return refused
    refuse_demo()
    file = request.FILES.get("berkas")
    if file is None:
        return _page(request, str(NothingHandedIn()), status=400)
    try:
        import_people.hand_in(request.user, file.name or "?", file.read(FILE_LIMIT + 1))
    except (ListRefused, NoSuchColumns) as error:
        return _page(request, str(error), status=400)
    except OperationClosed as error:
        return _page(request, str(error), status=409)
    return HttpResponseRedirect(reverse("jadwal-personel"))


@require_POST
@who_may("change-people")
def accept(request: AuthenticatedRequest) -> HttpResponse:
    """Enter everybody of the list who could be read."""
    refuse_demo()
    try:
        count = import_people.accept(request.user, request.POST.get("tanda", ""))
    except (NothingHandedIn, ListChanged, ListRefused, NoSuchColumns) as error:
        return _page(request, str(error), status=409)
    return HttpResponseRedirect(f"{reverse('jadwal-personel')}?masuk={count}")


@require_POST
@who_may("change-people")
def discard(request: AuthenticatedRequest) -> HttpResponse:
    """Forget the file."""
    import_people.discard(request.user)
    return HttpResponseRedirect(reverse("jadwal-personel"))


def _page(request: AuthenticatedRequest, wrong: str = "", *, status: int = 200) -> HttpResponse:
    entered = request.GET.get("masuk", "")
    around: dict[str, object] = {
        "wrong": said(wrong),
        "limit": FILE_LIMIT // 1024 // 1024,
        "entered": int(entered) if entered.isascii() and entered.isdigit() and len(entered) < 6 else None,
    }
    try:
        looked = import_people.look(request.user)
    except NothingHandedIn:
        return render(request, "jadwal/people.html", around, status=status)
    except (ListRefused, NoSuchColumns) as error:
        return render(request, "jadwal/people.html", around | {"unreadable": said(str(error))}, status=status)
    note_read(request.user, "people", len(looked.people))
    page = Paginator(looked.people, ROWS).get_page(request.GET.get("halaman", "1"))
    around |= {
        "looked": looked,
        "page": page,
        "rows": [(one, masked(one.row.nrp)) for one in page],
        "known": sum(one.is_known for one in looked.people),
        "problems": looked.problems[:200],
    }
    return render(request, "jadwal/people.html", around, status=status)

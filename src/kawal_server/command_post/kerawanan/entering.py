"""Entering what is known: one statement, a list of them, a correction, a withdrawal."""

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from kawal.election.lists.tables import ColumnsMissing
from kawal.risk.indicators import VARIABLES, UnknownIndicator, Variable
from kawal.risk.register import BadEntry
from kawal_server.accounts.access import AuthenticatedRequest, may, who_may
from kawal_server.actions.import_risk import Imported, import_risk
from kawal_server.actions.keep_risk import keep_entry, withdraw_entry
from kawal_server.actions.open_lists import FILE_LIMIT, ListRefused
from kawal_server.actions.open_operation import NoOperation
from kawal_server.actions.read_lists import EmptyList
from kawal_server.command_post.kerawanan.asked import read_entry, text
from kawal_server.command_post.kerawanan.board import districts_of
from kawal_server.command_post.kerawanan.tabs import page
from kawal_server.command_post.kerawanan.words import INSTRUMENT_NAMES, SECRECY_NAMES, choices, class_choices
from kawal_server.command_post.operasi.guard import too_big
from kawal_server.command_post.places import region_name
from kawal_server.command_post.templatetags.kawal import language, said

_USUAL_STAGE = "pungut-hitung"
MOST_PROBLEMS = 200
STAGES = ("pencalonan", "kampanye", "masa-tenang", "pungut-hitung", "rekapitulasi", "penetapan")


@require_http_methods(["GET", "HEAD", "POST"])
@who_may("change-risk")
def enter(request: AuthenticatedRequest) -> HttpResponse:
    """The form, and one statement taken from it."""
    if request.method != "POST":
        return _page(request)
    try:
        row = keep_entry(request.user, read_entry(request.POST))
    except (BadEntry, UnknownIndicator) as error:
        return _page(request, wrong=str(error), status=400)
    return HttpResponseRedirect(reverse("kerawanan-tempat", args=[row.place]))


@require_POST
@who_may("change-risk")
def withdraw(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Withdraw one statement; it stays readable."""
    try:
        row = withdraw_entry(request.user, pk, why=text(request.POST, "alasan"))
    except BadEntry as error:
        return _page(request, wrong=str(error), status=400)
    return HttpResponseRedirect(reverse("kerawanan-tempat", args=[row.place]))


@require_POST
@who_may("change-risk")
def take_list(request: AuthenticatedRequest) -> HttpResponse:
    """Take in a list, and say what became of each row."""
    refused = too_big(request)
    if refused is not None:
        return refused
    file = request.FILES.get("berkas")
    if file is None:
        return _page(request, wrong="Pilih berkasnya dulu. / Choose the file first.", status=400)
    stage = text(request.POST, "tahap") or _USUAL_STAGE
    try:
        done = import_risk(request.user, file.read(FILE_LIMIT + 1), stage=stage)
    except (ListRefused, EmptyList, ColumnsMissing, NoOperation) as error:
        return _page(request, wrong=str(error), status=400)
    return _page(request, done=done)


def _page(
    request: AuthenticatedRequest, *, wrong: str = "", done: Imported | None = None, status: int = 200
) -> HttpResponse:
    form = request.POST if request.method == "POST" else request.GET
    around = {
        "form": form,
        "wrong": said(wrong),
        "done": done,
        "problems": list(done.problems)[:MOST_PROBLEMS] if done else [],
        "districts": [(code, region_name(code)) for code in districts_of(request.user)],
        "regencies": [(code, region_name(code)) for code in sorted({one[:4] for one in districts_of(request.user)})],
        "instruments": choices(INSTRUMENT_NAMES),
        "secrecies": choices(SECRECY_NAMES),
        "classes": class_choices(),
        "stages": STAGES,
        "variables": [(one.english if language() == "en" else one.indonesian, _indicators(one)) for one in VARIABLES],
        "ticked": form.getlist("indikator"),
        "sees_stations": may(request.user, "see-station-classes"),
        "limit": FILE_LIMIT // 1024 // 1024,
    }
    return page(request, "catat", around, status=status)


def _indicators(variable: Variable) -> list[tuple[str, str]]:
    which = 1 if language() == "en" else 0
    return [(key, both[which]) for key, both in variable.indicators.items()]

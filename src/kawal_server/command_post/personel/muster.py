"""Muster mode: one field that takes scan after scan, sixty phones an hour, and says at once what was not taken."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from kawal.ledger.enrol_request import BadRequest, read_request
from kawal.ledger.enrolling import AGENCIES_OF, PROPOSED_BY
from kawal.ledger.keys import BadKey, BadSignature
from kawal.ledger.proposing import Proposal
from kawal_server import clock
from kawal_server.accounts.access import AuthenticatedRequest, who_may, within_reach
from kawal_server.accounts.models import Officer
from kawal_server.actions.admin_chain import NotBegun
from kawal_server.actions.muster_kit import kit
from kawal_server.actions.request_device import NotAsked, Wanted, duty_of, read_csv, request_device
from kawal_server.command_post.evidence import zone_of_post
from kawal_server.command_post.kinds import role_name
from kawal_server.command_post.operasi.guard import refuse_demo
from kawal_server.command_post.personel.address import moment_of, written_moment
from kawal_server.command_post.personel.shown import own_requests
from kawal_server.command_post.templatetags.kawal import said
from kawal_server.store.models import DeviceRequest

GOAL_AN_HOUR = 60
SHOWN = 30
CSV_LIMIT = 1024 * 1024
KEPT = "apel-gagal"
_FIELDS = ("apel", "peran", "lembaga", "satuan", "sampai")


@dataclass(frozen=True)
class Muster:
    """What every scan of this muster has in common, as the form has it."""

    apel: str
    peran: str
    lembaga: str
    satuan: str
    sampai: str

    @property
    def query(self) -> str:
        """As the query of an address."""
        return urlencode(self.__dict__)


def _muster(form: QueryDict) -> Muster:
    return Muster(*(" ".join(form.get(name, "").replace("\0", "").split())[:80] for name in _FIELDS))


@require_http_methods(["GET", "HEAD", "POST"])
@who_may("request-device")
def scan(request: AuthenticatedRequest) -> HttpResponse:
    """Take one scan, or a whole list; then the same form stands ready for the next."""
    if request.method != "POST":
        return _page(request, _muster(request.GET))
    refuse_demo()
    muster, failed = _muster(request.POST), list(request.session.get(KEPT, []))
    fresh = [{"at": clock.now(), "who": who, "says": says} for who, says in _take(request, muster)]
    request.session[KEPT] = [*fresh, *failed][:SHOWN]
    return HttpResponseRedirect(f"{reverse('personel-apel')}?{muster.query}")


def _take(request: AuthenticatedRequest, muster: Muster) -> list[tuple[str, str]]:
    """Take in what the form holds; gives (who, reason) of all that was not taken."""
    at = clock.now()
    exp = moment_of(muster.sampai, zone_of_post())
    if exp is None:
        return [("", "isi sampai kapan tugasnya / give the end of the duty")]
    upload = request.FILES.get("daftar")
    if upload is not None:
        if (upload.size or 0) > CSV_LIMIT:
            return [(str(upload.name), "berkas lebih dari 1 MiB; bagi / over 1 MiB; split it")]
        return _take_list(request.user, upload.read().decode("utf-8-sig", "replace"), muster, exp, at)
    text, who = request.POST.get("kode", "").strip(), request.POST.get("orang", "").strip()
    wanted = Wanted(text, who or _asked_for(text), muster.peran, muster.satuan, muster.lembaga, at, exp, muster.apel)
    return _one(request.user, wanted, at)


def _asked_for(text: str) -> str:
    """The person that a request names itself; "" where it names a unit, or cannot be read."""
    try:
        asked_for = read_request(text).asked_for
    except (BadRequest, BadKey, BadSignature):
        return ""
    return asked_for if asked_for.startswith("p-") else ""


def _one(officer: Officer, wanted: Wanted, at: int) -> list[tuple[str, str]]:
    try:
        request_device(officer, wanted, at=at)
    except NotAsked as error:
        return [(wanted.who, str(error))]
    return []


def _take_list(officer: Officer, text: str, muster: Muster, exp: int, at: int) -> list[tuple[str, str]]:
    failed: list[tuple[str, str]] = []
    try:
        for row in read_csv(text, nbf=at, exp=exp, muster=muster.apel):
            failed += _one(officer, row, at) if isinstance(row, Wanted) else [(str(row[0]), row[1])]
    except NotAsked as error:
        failed.append(("", str(error)))
    return failed


def _page(request: AuthenticatedRequest, muster: Muster) -> HttpResponse:
    now = clock.now()
    own = DeviceRequest.objects.filter(muster=muster.apel) if muster.apel else DeviceRequest.objects.all()
    mine = own_requests(request.user, within_reach(request.user, "request-device", own))
    last_hour = mine.filter(asked_at__gt=now - 3600).count()
    failed = [{**one, "says": said(str(one["says"]))} for one in request.session.get(KEPT, [])]
    around = {
        "muster": muster,
        "until": muster.sampai or written_moment(now + 24 * 3600, zone_of_post()),
        "roles": [(role, role_name(role)) for role in AGENCIES_OF if role != "admin"],
        "agencies": sorted(PROPOSED_BY),
        "taken": mine[:SHOWN],
        "count": mine.count(),
        "last_hour": last_hour,
        "goal": GOAL_AN_HOUR,
        "failed": failed,
        "zone": zone_of_post(),
    }
    return render(request, "personel/muster.html", around)


@require_safe
@who_may("request-device")
def download_kit(_request: AuthenticatedRequest) -> HttpResponse:
    """The newest kit for administrators who sign away from the post; it names no device but theirs."""
    try:
        return _file(kit(), "bekal.json")
    except NotBegun as error:
        return HttpResponse(said(str(error)), status=409, content_type="text/plain; charset=utf-8")


@require_safe
@who_may("sign-enrolment")
def download_list(request: AuthenticatedRequest) -> HttpResponse:
    """What waits for a first signature, as the list that `kawal sign-enrolments` takes."""
    asked = own_requests(request.user, DeviceRequest.objects.filter(state="asked"))
    reach = within_reach(request.user, "sign-enrolment", asked)
    lines = [Proposal(read_request(row.text), row.text, duty_of(row)).as_line() for row in reach if row.text]
    return _file(("\n".join(lines) + "\n").encode(), "apel.jsonl")


def _file(data: bytes, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return HttpResponse(data, content_type="application/octet-stream", headers=headers)

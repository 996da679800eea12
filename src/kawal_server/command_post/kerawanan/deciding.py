"""What an operation decides itself: weights with their effect before and after, cut-offs, and how close a race is."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from kawal.risk.closeness import STEPS, BadCloseness
from kawal.risk.indicators import VARIABLES
from kawal.risk.register import BadEntry
from kawal.risk.weights import BadWeights, Weights, check
from kawal_server.accounts.access import AuthenticatedRequest, may, who_may
from kawal_server.actions.keep_risk import keep_closeness, keep_cut, keep_weights
from kawal_server.command_post.evidence import zone_of_post
from kawal_server.command_post.kerawanan.asked import BadNumber, read_closeness, read_cut, read_weights, text
from kawal_server.command_post.kerawanan.board import PlaceNow, board, districts_of
from kawal_server.command_post.kerawanan.tabs import page
from kawal_server.command_post.kerawanan.words import INSTRUMENT_NAMES, KIND_NAMES, choices
from kawal_server.command_post.places import region_name
from kawal_server.command_post.templatetags.kawal import language, said
from kawal_server.store.models import Closeness, Operation, RiskWeight
from kawal_server.store.risk_register import the_cuts, the_weights


@dataclass(frozen=True, slots=True)
class Effect:
    """One kecamatan by the weights that count and by those looked at."""

    before: PlaceNow
    after: PlaceNow

    @property
    def is_changed(self) -> bool:
        """Whether its class or its score changes."""
        one, other = self.before.shifted.base, self.after.shifted.base
        return (one.risk, one.points) != (other.risk, other.points)


@require_http_methods(["GET", "HEAD", "POST"])
@who_may("see-risk")
def weigh(request: AuthenticatedRequest) -> HttpResponse:
    """The weights; looked at first, kept when pressed so."""
    if request.method != "POST":
        return _weights(request, the_weights())
    used = the_weights()
    try:
        used = check(read_weights(request.POST))
        if request.POST.get("aksi") == "simpan":
            keep_weights(request.user, used, why=text(request.POST, "alasan"))
            return HttpResponseRedirect(reverse("kerawanan-bobot"))
    except (BadWeights, BadNumber) as error:
        return _weights(request, used, wrong=str(error), status=400)
    return _weights(request, used, is_preview=True)


@require_POST
@who_may("change-risk")
def cut(request: AuthenticatedRequest) -> HttpResponse:
    """Say where an instrument's classes begin."""
    try:
        keep_cut(request.user, read_cut(request.POST))
    except BadEntry as error:
        return _weights(request, the_weights(), wrong=str(error), status=400)
    return HttpResponseRedirect(reverse("kerawanan-bobot"))


def _weights(
    request: AuthenticatedRequest, used: Weights, *, wrong: str = "", is_preview: bool = False, status: int = 200
) -> HttpResponse:
    around = {
        "wrong": said(wrong),
        "is_preview": is_preview,
        "effects": _effects(request, used) if is_preview else [],
        "instruments": [(key, name, used.instruments[key]) for key, name in choices(INSTRUMENT_NAMES)],
        "variables": [
            (one.key, one.english if language() == "en" else one.indonesian, used.variables[one.key])
            for one in VARIABLES
        ],
        "why": text(request.POST, "alasan"),
        "history": list(RiskWeight.objects.order_by("-id")[:10]),
        "cuts": [(dict(choices(INSTRUMENT_NAMES))[one.instrument], KIND_NAMES[one.kind], one) for one in the_cuts()],
        "kinds": [(key, name) for key, name in choices(KIND_NAMES)],
        "instrument_choices": choices(INSTRUMENT_NAMES),
        "may_change": may(request.user, "change-risk"),
        "zone": zone_of_post(),
    }
    return page(request, "bobot", around, status=status)


def _effects(request: AuthenticatedRequest, used: Weights) -> Sequence[Effect]:
    after = {one.place: one for one in board(request, weights=used)}
    return [Effect(one, after[one.place]) for one in board(request)]


@require_http_methods(["GET", "HEAD", "POST"])
@who_may("see-risk")
def compete(request: AuthenticatedRequest) -> HttpResponse:
    """How close the races are; kept by those who may change the register."""
    if request.method != "POST":
        return _races(request)
    try:
        keep_closeness(request.user, read_closeness(request.POST))
    except (BadCloseness, BadEntry) as error:
        return _races(request, wrong=str(error), status=400)
    return HttpResponseRedirect(reverse("kerawanan-persaingan"))


def _races(request: AuthenticatedRequest, *, wrong: str = "", status: int = 200) -> HttpResponse:
    around = {
        "wrong": said(wrong),
        "races": races(request.user),
        "steps": STEPS,
        "said": list(Closeness.objects.order_by("-on", "-id")[:50]),
        "may_change": may(request.user, "change-risk"),
        "zone": zone_of_post(),
        "form": request.POST,
    }
    return page(request, "persaingan", around, status=status)


def races(officer: object) -> list[tuple[str, str]]:
    """The races of the operation and their names."""
    operation = Operation.objects.first()
    chosen = [str(one) for one in operation.elections] if operation is not None else []
    found = {}
    for code in districts_of(officer):
        for kind in chosen or ["GUB", "BUP", "WAKO"]:
            area = code[:2] if kind == "GUB" else code[:4]
            is_kota = int(code[2:4]) >= 71
            if kind == "GUB" or is_kota == (kind == "WAKO"):
                found[f"{kind}-{area}"] = f"{kind} {region_name(area)}"
    return sorted(found.items())

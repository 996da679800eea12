"""The one access check: what each office may do. A page or action names what it does, and passes here first."""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Concatenate, Literal, ParamSpec, TypeVar, cast
from urllib.parse import urlencode, urlsplit

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase

from kawal.command.units import Units
from kawal_server.accounts import seconds
from kawal_server.accounts.models import DoorRow, GlassRow, Office, Officer
from kawal_server.accounts.powers import (
    AGENCY_OF,
    BROKEN_GLASS,
    FRESH_ONLY,
    FRESH_S,
    POWERFUL_OFFICES,
    POWERS,
    UNITS_OF,
)
from kawal_server.store.models import Operation
from kawal_server.store.slugs import slug_of
from kawal_server.store.units import the_units

Action = Literal[
    # what the log says
    "see-board",
    "see-boxes",
    "see-hand-overs",
    "see-ledger",
    "take-export",
    "give-token",
    # the operation
    "steer-clock",
    "set-up-operation",
    "see-operation",
    "change-stages",
    "close-operation",
    # accounts, people and devices
    "own-account",
    "manage-accounts",
    "confirm-account",
    "see-reads",
    "break-glass",
    "see-people",
    "change-people",
    "export-people",
    "see-devices",
    "request-device",
    "sign-enrolment",
    "revoke-device",
    # posts, duty and rosters
    "see-guard",
    "change-guard",
    "release-guard",
    "see-roster",
    "plan-roster",
    "publish-roster",
    # orders, lent forces, contacts
    "see-orders",
    "issue-order",
    "acknowledge-order",
    "see-bko",
    "ask-bko",
    "decide-bko",
    "see-contacts",
    "log-coordination",
    # kerawanan
    "see-risk",
    "see-station-classes",
    "change-risk",
]
_RECORD: frozenset[Action] = frozenset({"own-account", "see-board", "see-boxes", "see-hand-overs", "see-ledger"})
_POLICE: frozenset[Action] = _RECORD | {
    "see-operation",
    "see-guard",
    "see-roster",
    "see-orders",
    "acknowledge-order",
    "see-bko",
    "see-contacts",
    "log-coordination",
    "see-risk",
    "see-devices",
    "request-device",
}
_PLANNING: frozenset[Action] = _POLICE | {
    "see-people",
    "change-people",
    "change-guard",
    "release-guard",
    "plan-roster",
    "publish-roster",
    "issue-order",
    "ask-bko",
    "see-station-classes",
    "change-risk",
    "change-stages",
    "sign-enrolment",
    "revoke-device",
    "confirm-account",
    "break-glass",
}
_OTHER_AGENCY: frozenset[Action] = _RECORD | {
    "take-export",
    "see-operation",
    "see-devices",
    "request-device",
    "sign-enrolment",
    "revoke-device",
    "confirm-account",
    "break-glass",
}
_OPERATOR: frozenset[Action] = _RECORD | {
    "take-export",
    "give-token",
    "steer-clock",
    "set-up-operation",
    "manage-accounts",
    "see-operation",
    "see-people",
    "change-people",
    "see-devices",
    "request-device",
    "see-guard",
    "change-guard",
    "see-roster",
    "plan-roster",
    "see-orders",
    "see-bko",
    "see-contacts",
    "log-coordination",
    "see-risk",
    "change-risk",
}
_AUDITOR: frozenset[Action] = _RECORD | {
    "take-export",
    "see-reads",
    "see-operation",
    "see-devices",
    "see-guard",
    "see-roster",
    "see-orders",
    "see-bko",
    "see-risk",
}
ALLOWED: Mapping[Office, frozenset[Action]] = {
    # runs the machine and the lists; commands nobody
    "operator": _OPERATOR,
    "kaops": _PLANNING | {"take-export", "decide-bko", "export-people", "close-operation", "see-reads"},
    "karendalops": _PLANNING | {"take-export", "decide-bko", "export-people"},
    "kasetops": _PLANNING | {"take-export"},
    "kasatgas": _POLICE | {"see-people", "change-guard", "plan-roster", "ask-bko"},
    "padal": _POLICE | {"see-people", "change-guard"},
    "pamatwil": _POLICE,
    "humas": _RECORD | {"see-operation", "see-orders", "acknowledge-order"},
    "auditor": _AUDITOR,
    # they hold and watch boxes; where guards stand is not theirs to read
    "kpu": _OTHER_AGENCY,
    "bawaslu": _OTHER_AGENCY,
}
Args = ParamSpec("Args")
Row = TypeVar("Row", bound=Model)


class AuthenticatedRequest(HttpRequest):
    """A request that passed the check: `user` is an officer."""

    user: Officer


View = Callable[Concatenate[AuthenticatedRequest, Args], HttpResponseBase]
Guarded = Callable[Concatenate[HttpRequest, Args], HttpResponseBase]


def may(officer: object, action: Action, *, unit: str | None = None) -> bool:
    """Tell whether this officer may do this; whoever is not signed in may do nothing.

    unit: the unit that it is done to; then it must be the officer's own or stand below it, in either tree. KPU and
    Bawaslu act for units of their own agency alone, but for countersigning an enrolment, which takes two agencies. An
    office held in another operation than this post's, not confirmed yet, or whose second factor is missing in this
    session, gives nothing.
    """
    if not isinstance(officer, Officer) or not officer.is_active or officer.is_pending or not _is_here(officer):
        return False
    if not officer.is_confirmed:
        return action == "own-account" and unit is None
    if _has(officer, action):
        return unit is None or _reaches(officer, action, unit, the_units())
    if action not in BROKEN_GLASS.get(agency_of(officer), ()):
        return False
    return (unit is None or _is_own_agencys(officer, unit, the_units())) and _is_glass_broken(officer)


def agency_of(officer: Officer) -> str:
    """The agency an officer acts for: the office's own, else that of the account; "" where the two contradict."""
    own = AGENCY_OF.get(officer.office, officer.agency)
    return own if officer.agency in ("", own) else ""


def acts_for(officer: object, agency: str) -> bool:
    """Tell whether an officer may act in an agency's name, so that police never sign for KPU.

    agency: that of the administrator's key. Ask it beside `may(officer, "sign-enrolment")`, which knows no key.
    """
    return isinstance(officer, Officer) and bool(agency) and agency_of(officer) == agency


def is_powerful(office: str) -> bool:
    """Whether an office needs a second factor and short sessions."""
    return office in POWERFUL_OFFICES or bool(ALLOWED.get(cast("Office", office), frozenset()) & POWERS)


def fresh(request: HttpRequest) -> bool:
    """Whether whoever sits here proved within the last minutes to be the officer."""
    if not request.user.is_authenticated:
        return False
    door: DoorRow | None = getattr(request, "door", None)
    return door is not None and seconds.now() - door.fresh_at <= FRESH_S


def _has(officer: Officer, action: Action) -> bool:
    return action in ALLOWED.get(cast("Office", officer.office), frozenset())


def _reaches(officer: Officer, action: Action, unit: str, units: Units) -> bool:
    is_own, is_known = _is_own_agencys(officer, unit, units), units.find(unit) is not None
    if is_known and not is_own and action == "sign-enrolment":
        return True
    if officer.office in UNITS_OF and not is_own:
        return False
    if not officer.unit:
        return True
    return units.is_within(unit, officer.unit) or units.is_within(unit, officer.unit, "election")


def _is_own_agencys(officer: Officer, unit: str, units: Units) -> bool:
    found, agency = units.find(unit), agency_of(officer)
    return found is not None and found.agency in UNITS_OF.get(agency, {agency})


def _is_glass_broken(officer: Officer) -> bool:
    return GlassRow.objects.filter(officer_id=officer.pk, ended_at=None, until__gt=seconds.now()).exists()


def fetch(officer: object, action: Action, rows: QuerySet[Row], **key: object) -> Row:
    """Give the one row that an officer may do this to: fetching and authorising are one step.

    rows: of a kind with a field `unit`. What is another unit's is as absent to the officer as what does not exist.
    Raises: PermissionDenied where the office may not, Http404 where there is no such row within reach.
    """
    if not may(officer, action):
        raise PermissionDenied(action)
    row = rows.filter(**key).first()
    if row is None or not may(officer, action, unit=getattr(row, "unit", None)):
        raise Http404
    return row


def within_reach(officer: object, action: Action, rows: QuerySet[Row]) -> QuerySet[Row]:
    """The rows of a kind with a field `unit` that an officer may do this to; none where the office may not."""
    if not may(officer, action):
        return rows.none()
    held, units = cast("Officer", officer), the_units()
    if not _has(held, action):
        return rows.filter(unit__in=[unit for unit in units.by_name if _is_own_agencys(held, unit, units)])
    if not held.unit and held.office not in UNITS_OF:
        return rows
    return rows.filter(unit__in=[unit for unit in units.by_name if _reaches(held, action, unit, units)])


def _is_here(officer: Officer) -> bool:
    if not officer.operation:
        return True
    operation = Operation.objects.first()
    return operation is not None and slug_of(operation.code_name, operation.name) == officer.operation


def who_may(action: Action) -> Callable[[View[Args]], Guarded[Args]]:
    """Guard a page: strangers are sent to the sign-in page, officers without the right are refused.

    Where the second factor is not given yet, every page leads to it; what is dangerous asks for it anew.
    """

    def guard(view: View[Args]) -> Guarded[Args]:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Args.args, **kwargs: Args.kwargs) -> HttpResponseBase:
            turned = _turned_away(request, action)
            if turned is not None:
                return turned
            answer = view(cast("AuthenticatedRequest", request), *args, **kwargs)
            # What one officer was shown stays in no cache, for whoever uses this browser after them.
            answer.headers.setdefault("Cache-Control", "private, no-store")
            return answer

        guarded.__dict__["guards"] = action
        return cast("Guarded[Args]", guarded)

    return guard


def who_waits(view: View[Args]) -> Guarded[Args]:
    """Guard the pages of the second factor: whoever gave the right password, and nobody else."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Args.args, **kwargs: Args.kwargs) -> HttpResponseBase:
        if not isinstance(request.user, Officer):
            return _to_sign_in(request)
        answer = view(cast("AuthenticatedRequest", request), *args, **kwargs)
        answer.headers["Cache-Control"] = "private, no-store"
        return answer

    guarded.__dict__["guards"] = "second factor"
    return cast("Guarded[Args]", guarded)


def freshly(view: View[Args]) -> Guarded[Args]:
    """Guard what changes an account, inside `who_may`: whoever sits here proves first to be the officer."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Args.args, **kwargs: Args.kwargs) -> HttpResponseBase:
        if request.method not in ("GET", "HEAD") and not fresh(request):
            return _to("/akun/pastikan/", request)
        return view(cast("AuthenticatedRequest", request), *args, **kwargs)

    return cast("Guarded[Args]", guarded)


def _turned_away(request: HttpRequest, action: Action) -> HttpResponseBase | None:
    officer = request.user
    if not isinstance(officer, Officer):
        return _to_sign_in(request)
    if officer.is_pending:
        return _to("/faktor/", request)
    if not may(officer, action):
        if not officer.is_confirmed and may(officer, "own-account"):
            return _to("/akun/", request)
        raise PermissionDenied(action)
    is_only_read = request.method in ("GET", "HEAD") and action != "export-people"
    if action in FRESH_ONLY and not is_only_read and not fresh(request):
        return _to("/akun/pastikan/", request)
    return None


def _to(path: str, request: HttpRequest) -> HttpResponse:
    """To another page first, and from there back to where the officer was."""
    if request.headers.get("HX-Request") == "true":
        # A fragment asked for in the background: the whole page must go there, not a part of it.
        return HttpResponse(status=401, headers={"HX-Redirect": path})
    back = request.get_full_path()
    if request.method not in ("GET", "HEAD"):
        came_from = urlsplit(request.headers.get("Referer", ""))
        back = came_from.path if came_from.netloc == request.get_host() else "/komando/"
    return HttpResponseRedirect(f"{path}?{urlencode({'next': back})}")


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    if request.headers.get("HX-Request") == "true":
        return HttpResponse(status=401, headers={"HX-Redirect": "/"})
    return redirect_to_login(request.get_full_path())

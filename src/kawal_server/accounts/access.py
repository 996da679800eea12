"""The one access check: what each office may do. A page or action names what it does, and passes here first."""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Concatenate, Literal, ParamSpec, TypeVar, cast

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from kawal_server.accounts.models import Office, Officer
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
    "manage-accounts",
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
_RECORD: frozenset[Action] = frozenset({"see-board", "see-boxes", "see-hand-overs", "see-ledger"})
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
    "break-glass",
}
_OTHER_AGENCY: frozenset[Action] = _RECORD | {
    "take-export",
    "see-operation",
    "see-devices",
    "request-device",
    "sign-enrolment",
    "revoke-device",
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
    "kaops": _PLANNING | {"take-export", "decide-bko", "export-people", "close-operation"},
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

    unit: the unit that it is done to; then it must be the officer's own or stand below it. An office held in another
    operation than this post's gives nothing here.
    """
    if not isinstance(officer, Officer) or not officer.is_active or not _is_here(officer):
        return False
    if action not in ALLOWED.get(cast("Office", officer.office), frozenset()):
        return False
    return unit is None or not officer.unit or the_units().is_within(unit, officer.unit)


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
    unit = cast("Officer", officer).unit
    return rows.filter(unit__in=the_units().below(unit)) if unit else rows


def _is_here(officer: Officer) -> bool:
    if not officer.operation:
        return True
    operation = Operation.objects.first()
    return operation is not None and slug_of(operation.code_name, operation.name) == officer.operation


def who_may(action: Action) -> Callable[[View[Args]], Guarded[Args]]:
    """Guard a page: strangers are sent to the sign-in page, officers without the right are refused."""

    def guard(view: View[Args]) -> Guarded[Args]:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Args.args, **kwargs: Args.kwargs) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return _to_sign_in(request)
            if not may(request.user, action):
                raise PermissionDenied(action)
            answer = view(cast("AuthenticatedRequest", request), *args, **kwargs)
            # What one officer was shown stays in no cache, for whoever uses this browser after them.
            answer.headers.setdefault("Cache-Control", "private, no-store")
            return answer

        return cast("Guarded[Args]", guarded)

    return guard


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    if request.headers.get("HX-Request") == "true":
        # A fragment asked for in the background: the whole page must go to the sign-in page, not a part of it.
        return HttpResponse(status=401, headers={"HX-Redirect": "/"})
    return redirect_to_login(request.get_full_path())

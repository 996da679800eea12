"""The one access check: what each office may do. A page or action names what it does, and passes here first."""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Concatenate, Literal, ParamSpec, cast

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from kawal_server.accounts.models import Office, Officer

Action = Literal[
    "see-board",
    "see-boxes",
    "see-hand-overs",
    "see-ledger",
    "take-export",
    "steer-clock",
    "set-up-operation",
    "give-token",
]
_SEEING: frozenset[Action] = frozenset({"see-board", "see-boxes", "see-hand-overs", "see-ledger", "take-export"})
ALLOWED: Mapping[Office, frozenset[Action]] = {
    "operator": _SEEING | {"steer-clock", "set-up-operation", "give-token"},
    "auditor": _SEEING,
}

Args = ParamSpec("Args")


class AuthenticatedRequest(HttpRequest):
    """A request that passed the check: `user` is an officer."""

    user: Officer


View = Callable[Concatenate[AuthenticatedRequest, Args], HttpResponseBase]
Guarded = Callable[Concatenate[HttpRequest, Args], HttpResponseBase]


def may(officer: object, action: Action) -> bool:
    """Tell whether this officer may do this; whoever is not signed in may do nothing."""
    if not isinstance(officer, Officer) or not officer.is_active:
        return False
    return action in ALLOWED.get(cast("Office", officer.office), frozenset())


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

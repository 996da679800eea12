"""Sessions: how long one lasts, who sits in it, and that a page which reloads itself keeps nobody signed in."""

import re
import secrets
from collections.abc import Callable

from asgiref.sync import sync_to_async
from django.contrib.auth import get_user, login
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.functional import SimpleLazyObject

from kawal_server.accounts import seconds
from kawal_server.accounts.access import is_powerful
from kawal_server.accounts.factors import must_prove
from kawal_server.accounts.models import DoorRow, Officer

KEY = "pintu"
MINUTE_S, HOUR_S = 60, 3600
IDLE_S = {True: 30 * MINUTE_S, False: 12 * HOUR_S}
WHOLE_S = {True: 8 * HOUR_S, False: 12 * HOUR_S}
"""By whether the office is powerful: without a move, and in all."""
GRAIN_S = 30
"""A move is written down once in so many seconds: not every page costs a write."""
_BROWSERS = ("Edg", "OPR", "Firefox", "Chrome", "Safari")
_SYSTEMS = ("Android", "iPhone", "iPad", "Windows", "Mac OS", "Linux")

Next = Callable[[HttpRequest], HttpResponseBase]


def know_the_officer(get_response: Next) -> Next:
    """Give each request its officer, and note that the officer moved."""

    def know(request: HttpRequest) -> HttpResponseBase:
        lazy = SimpleLazyObject(lambda: officer_of(request))

        async def auser() -> object:
            return await sync_to_async(_evaluated)(request)

        request.user = lazy  # type: ignore[assignment]
        request.auser = auser  # type: ignore[assignment]
        response = get_response(request)
        door: DoorRow | None = getattr(request, "door", None)
        if door is not None and is_move(request) and seconds.now() - door.moved_at >= GRAIN_S:
            DoorRow.objects.filter(pk=door.pk).update(moved_at=seconds.now())
        return response

    return know


def _evaluated(request: HttpRequest) -> object:
    request.user.is_authenticated  # noqa: B018 - the lazy object is read here, in a thread that may ask the database
    return request.user


def officer_of(request: HttpRequest) -> Officer | AnonymousUser:
    """Who sits in a request's session; nobody where the session is over, withdrawn, or has no row of its own."""
    found = get_user(request)
    if not isinstance(found, Officer):
        return AnonymousUser()
    door = DoorRow.objects.filter(pk=request.session.get(KEY, ""), officer=found).first()
    if door is None or is_over(door, found):
        if door is not None:
            door.delete()
        request.session.flush()
        return AnonymousUser()
    found.is_pending = not door.proved_at and must_prove(found)
    request.__dict__["door"] = door
    return found


def is_over(door: DoorRow, officer: Officer) -> bool:
    """Whether a session has lasted long enough."""
    now, powerful = seconds.now(), is_powerful(officer.office)
    return now - door.moved_at > IDLE_S[powerful] or now - door.begun_at > WHOLE_S[powerful]


def is_move(request: HttpRequest) -> bool:
    """Whether a person asked: they sent a form or went to a page. A stream or a panel that reloads asks by itself."""
    if request.method not in ("GET", "HEAD"):
        return True
    mode = request.headers.get("Sec-Fetch-Mode")
    if mode:
        return mode == "navigate"
    # Browsers leave that header out over plain HTTP.
    return "HX-Request" not in request.headers and "text/html" in request.headers.get("Accept", "")


def enter(request: HttpRequest, officer: Officer) -> None:
    """Begin a session after the right password, under a new key. A second factor may still be missing."""
    shut(request)
    login(request, officer, backend="django.contrib.auth.backends.ModelBackend")
    needs_more = must_prove(officer)
    browser = browser_name(request.headers.get("User-Agent", ""))
    door = open_door(request.session, officer, browser=browser, is_fresh=not needs_more)
    officer.is_pending = needs_more
    request.__dict__["door"] = door


def open_door(
    session: SessionBase, officer: Officer, *, browser: str = "", is_proved: bool = False, is_fresh: bool = False
) -> DoorRow:
    """Give a session its row, and sweep the officer's old ones out."""
    now = seconds.now()
    DoorRow.objects.filter(officer=officer, begun_at__lt=now - WHOLE_S[False]).delete()
    door = DoorRow.objects.create(
        key=secrets.token_urlsafe(32),
        officer=officer,
        begun_at=now,
        moved_at=now,
        proved_at=now if is_proved else 0,
        fresh_at=now if is_proved or is_fresh else 0,
        browser=browser,
    )
    session[KEY] = door.pk
    return door


def prove(request: HttpRequest, officer: Officer) -> None:
    """The second factor was right: the session is whole, fresh, and under a new key."""
    door: DoorRow = request.__dict__["door"]
    door.proved_at = door.fresh_at = door.moved_at = seconds.now()
    door.save(update_fields=["proved_at", "fresh_at", "moved_at"])
    request.session.cycle_key()
    officer.is_pending = False


def freshen(request: HttpRequest) -> None:
    """Whoever sits here proved anew to be the officer."""
    door: DoorRow = request.__dict__["door"]
    door.fresh_at = seconds.now()
    door.save(update_fields=["fresh_at"])


def shut(request: HttpRequest) -> None:
    """End this session's row; the session itself is the caller's to flush."""
    DoorRow.objects.filter(pk=request.session.get(KEY, "")).delete()


def shut_all(officer: Officer, *, but: str = "") -> int:
    """End all sessions of an officer but one; gives how many."""
    return DoorRow.objects.filter(officer=officer).exclude(pk=but).delete()[0]


def browser_name(agent: str) -> str:
    """A browser as its owner knows it again: `Firefox, Linux`."""
    browser = next((one for one in _BROWSERS if one in agent), "")
    system = next((one for one in _SYSTEMS if one in agent), "")
    named = {"Edg": "Edge", "OPR": "Opera", "Mac OS": "macOS"}
    return re.sub(r"^, |, $", "", f"{named.get(browser, browser)}, {named.get(system, system)}")

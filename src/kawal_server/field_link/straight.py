"""The straight way in: what the field posts meets no session, no cookie and no page, so it passes none of their doors.

Each door is a hop between the event loop and a thread: all of them together cost a batch as much as verifying fifty of
its events.
"""

from collections.abc import Awaitable, Callable

from asgiref.sync import sync_to_async
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import resolve
from django.utils.decorators import async_only_middleware

from kawal_server.store.opened import the_hands

PATH = "/api/v1/"
Next = Callable[[HttpRequest], Awaitable[HttpResponseBase]]


@async_only_middleware
def straight(get_response: Next) -> Next:
    """Answer what is for the field link at once, in a thread that keeps its connection."""

    async def go(request: HttpRequest) -> HttpResponseBase:
        if not request.path_info.startswith(PATH):
            return await get_response(request)
        return await sync_to_async(_answer, thread_sensitive=False, executor=the_hands())(request)

    return go


def _answer(request: HttpRequest) -> HttpResponseBase:
    request.resolver_match = found = resolve(request.path_info)
    answer: HttpResponseBase = found.func(request, *found.args, **found.kwargs)
    return answer

"""The outer door: a body larger than allowed is refused while it comes in, before anything keeps it."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

Scope = dict[str, Any]
Message = Mapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

BODY_LIMIT = 32 * 1024 * 1024
_SAYS = b"Kiriman lebih dari 32 MiB: bagi menjadi beberapa. / The body is over 32 MiB: send it in parts.\n"


class _TooLarge(Exception):
    pass


def limited(app: App, limit: int = BODY_LIMIT) -> App:
    """Wrap an ASGI app: a declared or real body above `limit` bytes is answered with 413."""

    async def door(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await app(scope, receive, send)
            return
        if _declared(scope) > limit:
            await _refuse(send)
            return
        seen = 0
        has_answered = False

        async def counted() -> Message:
            nonlocal seen
            message = await receive()
            seen += len(message.get("body", b""))
            if seen > limit:
                raise _TooLarge
            return message

        async def answering(message: Message) -> None:
            nonlocal has_answered
            has_answered = True
            await send(message)

        try:
            await app(scope, counted, answering)
        except _TooLarge:
            if not has_answered:
                await _refuse(send)

    return door


def _declared(scope: Scope) -> int:
    found = [value for name, value in scope["headers"] if name.lower() == b"content-length"]
    return int(found[0]) if found and found[0].isdigit() else 0


async def _refuse(send: Send) -> None:
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"connection", b"close")]
    await send({"type": "http.response.start", "status": 413, "headers": headers})
    await send({"type": "http.response.body", "body": _SAYS})

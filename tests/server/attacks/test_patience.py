"""A connection that brings no request is closed, and one that does is served."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from uvicorn.config import Config
from uvicorn.server import ServerState

from kawal_cli.patience import Patience

REQUEST = b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"
SLOWER_THAN_PATIENCE_S = 0.3
Talk = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[bytes]]


class Short(Patience):
    HEADERS_S = 0.1


async def app(scope: dict[str, Any], receive: Any, send: Any) -> None:
    await asyncio.sleep(SLOWER_THAN_PATIENCE_S)
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"2")]})
    await send({"type": "http.response.body", "body": b"ok"})


def talk(say: Talk) -> bytes:
    async def run() -> bytes:
        config = Config(app, ws="none", lifespan="off", log_level="error")
        config.load()
        server = await asyncio.get_running_loop().create_server(
            lambda: Short(config=config, server_state=ServerState(), app_state={}), "127.0.0.1", 0
        )
        reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname()[:2])
        try:
            return await asyncio.wait_for(say(reader, writer), 10)
        finally:
            writer.close()
            server.close()

    return asyncio.run(run())


@pytest.mark.parametrize("begun", [b"", b"GET / HTTP/1.1\r\nHost: loc"])
def test_whoever_says_nothing_or_not_all_is_shown_out(begun: bytes) -> None:
    async def silent(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bytes:
        writer.write(begun)
        return await reader.read()

    assert talk(silent) == b""


def test_an_answer_may_take_longer_than_a_request() -> None:
    async def asking(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bytes:
        answers = b""
        for _ in range(2):
            writer.write(REQUEST)
            answers += await reader.readuntil(b"ok")
        return answers

    assert talk(asking).count(b"200 OK") == 2


def test_the_second_request_is_not_waited_for_without_end_either() -> None:
    async def once(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bytes:
        writer.write(REQUEST)
        await reader.readuntil(b"ok")
        writer.write(b"GET / HT")
        return await reader.read()

    assert talk(once) == b""

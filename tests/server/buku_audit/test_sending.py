"""A download is sent piece by piece by the server that really serves the pages."""

import asyncio

from django.test import AsyncRequestFactory, RequestFactory

from kawal_server.command_post.sending import send


def pieces() -> list[bytes]:
    return [b"one", b"two"]


def test_under_asgi_the_pieces_come_one_by_one() -> None:
    request = AsyncRequestFactory().get("/")
    answer = send(request, iter(pieces()), name='a"b.zip', content_type="application/zip")
    assert answer.is_async

    async def collect() -> list[bytes]:
        return [piece async for piece in answer]

    assert asyncio.run(collect()) == pieces()


def test_under_wsgi_they_come_as_they_are() -> None:
    answer = send(RequestFactory().get("/"), iter(pieces()), name="kotak ü\r\nX: y.zip", content_type="application/zip")
    assert not answer.is_async
    assert b"".join(answer) == b"onetwo"
    assert "\n" not in answer["Content-Disposition"]

"""The body of a streamed answer, which the test client's types do not know."""

from django.http import StreamingHttpResponse


def body_of(answer: object) -> bytes:
    assert isinstance(answer, StreamingHttpResponse)
    return b"".join(answer)

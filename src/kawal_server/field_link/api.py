"""What phones and couriers post: batches of signed events and the files behind them, for anyone, from anyone.

No sign-in stands before it: a signature vouches for an event and a hash for a file. docs/format/api.md describes it.
"""

from collections.abc import Iterator
from json import JSONEncoder
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Schema, Status

from kawal.ledger.log_of import LogName
from kawal_server.actions.keep_blob import NobodyNamesIt, keep_blob
from kawal_server.actions.note_contact import note_contact, read_headers
from kawal_server.actions.take_in import LINES_LIMIT, TooManyLines, take_in
from kawal_server.field_link.described import DescribedApi
from kawal_server.field_link.door import BODY_LIMIT
from kawal_server.store.blobs import BLOB_LIMIT_BYTES, BlobTooLarge, WrongBlob
from kawal_server.store.port import Busy, StoreFailed

RETRY_S = 5
CHUNK_BYTES = 64 * 1024

api = DescribedApi(
    title="Kawal",
    version="1",
    description="Terima peristiwa bertanda tangan dan berkasnya. / Takes signed events and the files behind them.",
    docs_url=None,
    openapi_url="/openapi.json",
    urls_namespace="field_link",
)


class LineAnswer(Schema):
    """What became of one line. `index`: its leaf, once durable; `reason` where it was not; `final`: never will be."""

    line: int
    eid: str | None
    index: int | None = None
    new: bool | None = None
    reason: str | None = None
    final: bool | None = None


class BatchAnswer(Schema):
    """One answer for each line that is not empty, in the order sent."""

    log: str
    answers: list[LineAnswer]


_JSON = JSONEncoder(ensure_ascii=False, separators=(",", ":"))


class Kept(Schema):
    """A file that is here now."""

    hash: str


class Refusal(Schema):
    """Why nothing of the request was taken, and what to do."""

    reason: str


@api.post(
    "/{log}/batches",
    response={200: BatchAnswer, 404: Refusal, 413: Refusal, 429: Refusal, 503: Refusal},
    summary="Kirim peristiwa / send events",
    openapi_extra={
        "requestBody": {
            "required": True,
            "description": "JWS (kawal-ev1), one a line, LF between; at most 10,000 lines and 32 MiB.",
            "content": {"application/jose-lines": {"schema": {"type": "string"}}},
        }
    },
)
def batches(request: HttpRequest, log: LogName) -> Status[dict[str, Any]] | HttpResponse:
    """Take events in. Posting one again answers its first index; a bad line takes no other down with it."""
    body = request.read(BODY_LIMIT + 1)
    if len(body) > BODY_LIMIT:
        return Status(413, {"reason": "lebih dari 32 MiB; bagi kiriman ini / over 32 MiB; split the batch"})
    if body.count(b"\n") > LINES_LIMIT:
        # Before it is split: a body of line ends alone would become a list ten times its size.
        raise TooManyLines(
            f"lebih dari {LINES_LIMIT} baris; bagi kiriman ini / over {LINES_LIMIT} lines; split the batch"
        )
    lines = body.split(b"\n")
    answers = take_in(log, lines)
    said = read_headers(request.headers)
    if said is not None:
        note_contact(said, [line for line in lines if line], answers)
    numbers = [number for number, line in enumerate(lines, 1) if line]
    told = [one.as_json(number) for number, one in zip(numbers, answers, strict=True)]
    # Not through the schema, which would look at each member of each line once more: a test holds the two together.
    return HttpResponse(_JSON.encode({"log": log, "answers": told}), content_type="application/json; charset=utf-8")


@api.put(
    "/{log}/blobs/{name}",
    response={200: Kept, 404: Refusal, 409: Refusal, 413: Refusal, 422: Refusal},
    summary="Kirim berkas / send a file",
    openapi_extra={
        "requestBody": {
            "required": True,
            "description": f"The bytes; at most {BLOB_LIMIT_BYTES} of them. `name`: their SHA-256, lower-case hex.",
            "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
        }
    },
)
def blobs(request: HttpRequest, log: LogName, name: str) -> Status[dict[str, Any]]:
    """Take in a manifest or photo that an event names."""
    return Status(200, {"hash": keep_blob(log, name, _chunks(request))})


def _chunks(request: HttpRequest) -> Iterator[bytes]:
    while chunk := request.read(CHUNK_BYTES):
        yield chunk


def _refuse(request: HttpRequest, status: int, error: Exception, **headers: str) -> HttpResponse:
    response = api.create_response(request, {"reason": str(error)}, status=status)
    for name, value in headers.items():
        response[name.replace("_", "-")] = value
    return response


@api.exception_handler(TooManyLines)
@api.exception_handler(BlobTooLarge)
def _too_large(request: HttpRequest, error: Exception) -> HttpResponse:
    return _refuse(request, 413, error)


@api.exception_handler(WrongBlob)
def _wrong(request: HttpRequest, error: Exception) -> HttpResponse:
    return _refuse(request, 422, error)


@api.exception_handler(NobodyNamesIt)
def _unnamed(request: HttpRequest, error: Exception) -> HttpResponse:
    return _refuse(request, 409, error)


@api.exception_handler(Busy)
def _busy(request: HttpRequest, error: Exception) -> HttpResponse:
    return _refuse(request, 429, error, Retry_After=str(RETRY_S))


@api.exception_handler(StoreFailed)
def _failed(request: HttpRequest, _: Exception) -> HttpResponse:
    said = StoreFailed(
        "penyimpanan gagal, tidak ada yang diterima; simpan dan kirim lagi / the store failed and nothing was taken; "
        "keep it and send it again"
    )
    return _refuse(request, 503, said, Retry_After=str(RETRY_S))

"""Note what a phone says of itself when it sends: app version, queue, battery. A claim, kept only with something new.

Whoever replays what is in the log already brings nothing new, so a stranger changes no phone's row: only events that
came in just now, all of one key, let its headers count. A courier, who carries others' events, sends no headers.
"""

import logging
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import DatabaseError

from kawal.ledger.event import BadEvent, read_event
from kawal_server import clock
from kawal_server.actions.take_in import Answer
from kawal_server.store.models import DeviceContact

_APP = re.compile(r"[0-9A-Za-z][0-9A-Za-z.+-]{0,31}")
_NUMBER = re.compile(r"[0-9]{1,6}")
QUEUE_LIMIT = 100_000
PAUSE_S = 30
_log = logging.getLogger("kawal.contact")


@dataclass(frozen=True)
class Said:
    """What the headers of a batch say, each kept only if it is lawful."""

    app: str = ""
    queue: int | None = None
    battery: int | None = None


def read_headers(headers: Mapping[str, str]) -> Said | None:
    """Read `Kawal-App`, `Kawal-Queue` and `Kawal-Battery`; None where the batch says nothing of its phone."""
    app = headers.get("Kawal-App", "")
    said = Said(
        app if _APP.fullmatch(app) else "",
        _number(headers.get("Kawal-Queue", ""), QUEUE_LIMIT),
        _number(headers.get("Kawal-Battery", ""), 100),
    )
    return None if said == Said() else said


def _number(text: str, limit: int) -> int | None:
    return int(text) if _NUMBER.fullmatch(text) and int(text) <= limit else None


def note_contact(said: Said, lines: Sequence[bytes], answers: Sequence[Answer]) -> None:
    """Keep what a phone said, if the batch held something new and all of that was its own.

    lines: those that are not empty, as `take_in` answered them. A row that cannot be written costs no event.
    """
    fresh = [line for line, answer in zip(lines, answers, strict=True) if answer.is_new]
    # The header of a JWS names the key and nothing else, so equal headers are one key.
    if not fresh or len({line.partition(b".")[0] for line in fresh}) != 1:
        return
    try:
        kid = read_event(fresh[0]).event.kid
        _write(kid, said)
    except (BadEvent, DatabaseError) as error:
        _log.warning("contact not kept: %s", type(error).__name__)


def _write(kid: str, said: Said) -> None:
    at = clock.now()
    row = DeviceContact.objects.filter(pk=kid).first()
    told = {"app": said.app, "queue": said.queue, "battery": said.battery}
    is_same = row is not None and row.app == said.app and row.queue == said.queue
    if row is not None and is_same and 0 <= at - row.at < PAUSE_S:
        return
    DeviceContact.objects.update_or_create(pk=kid, defaults={"at": at, **told})

"""Which boxes an event names: for an index of the log by box, made without folding it."""

from collections.abc import Iterable, Iterator

from kawal.custody.events import read_listed
from kawal.election.manifests import Blobs
from kawal.ledger.encoding import is_digest
from kawal.ledger.event import Eid, Event
from kawal.ledger.events import BadShape, answers

LONGEST = 64
_PREFIX = "blob:"
_ANSWER_PREFIX = "of:"


class NoBlobs:
    """A copy of the log that holds no manifests."""

    def read(self, digest: str) -> bytes | None:
        """Nothing is here."""


def boxes_named(event: Event, blobs: Blobs) -> tuple[str, ...]:
    """The boxes an event names, inline or by a manifest at hand, each once; ids over 64 characters are no box's.

    The answers of a hand-over name none: their offer does.
    """
    if not event.t.startswith(("custody.", "convoy.", "incident.")):
        return ()
    found = dict.fromkeys(_named(event, blobs))
    return tuple(box for box in found if 0 < len(box) <= LONGEST and not box.startswith((_PREFIX, _ANSWER_PREFIX)))


def subjects_of(event: Event, blobs: Blobs) -> tuple[str, ...]:
    """What an index keeps of an event: its boxes, each file it names, and what it answers or attests.

    `blob:<hash>` leads to the events that wait for a file; `of:<eid>` to the answers of an event.
    """
    files = (blob_subject(named) for named in files_named(event))
    return (*boxes_named(event, blobs), *files, *(answer_subject(eid) for eid in _answered(event)))


def answer_subject(eid: str) -> str:
    """How the index calls what answers or attests an event."""
    return _ANSWER_PREFIX + eid


def _answered(event: Event) -> tuple[Eid, ...]:
    is_answer = event.t.startswith(("custody.", "ledger.attest")) and "of" in event.payload
    return tuple(dict.fromkeys(answers(event))) if is_answer else ()


def files_named(event: Event) -> tuple[str, ...]:
    """The hashes of the manifest and photos behind an event, as it writes them."""
    photos = event.payload.get("ph")
    named = [event.payload.get("mh"), *(photos if isinstance(photos, list) else [photos])]
    return tuple(dict.fromkeys(one for one in named if isinstance(one, str) and is_digest(one)))


def blob_subject(named: str) -> str:
    """How the index calls a file behind events."""
    return _PREFIX + named


def _named(event: Event, blobs: Blobs) -> Iterator[str]:
    members = event.payload
    box = members.get("box")
    if isinstance(box, str):
        yield box
    yield from _texts(members.get("boxes"))
    yield from _texts(_firsts(members.get("diff")))
    try:
        listed = read_listed(members, blobs)
    except BadShape:
        return
    for item in listed.items or ():
        yield item.box


def _firsts(rows: object) -> list[object]:
    return [row[0] for row in rows if isinstance(row, list) and row] if isinstance(rows, list) else []


def _texts(values: object) -> Iterable[str]:
    return [one for one in values if isinstance(one, str)] if isinstance(values, list) else []

"""The boxes of a hand-over as its printed record lists them."""

from dataclasses import dataclass

from kawal.custody.events import read_listed
from kawal.ledger.event import Eid, read_event
from kawal.ledger.events import BadShape
from kawal_server.command_post.evidence import references
from kawal_server.store.evidence import the_blobs
from kawal_server.store.models import BoxLine, HandOverLine
from kawal_server.store.opened import the_store


@dataclass(frozen=True)
class BoxOnRecord:
    """A box on the record. `is_read`: its seals are those read when it was given, else the last on record."""

    box: str
    code: str
    seals: str
    is_read: bool


def boxes_of(line: HandOverLine) -> list[BoxOnRecord]:
    """The boxes of a hand-over, in the order in which they were scanned."""
    names = [str(box)[:64] for box in line.boxes]
    known = BoxLine.objects.in_bulk(names)
    read = _seals_read(Eid(line.eid))
    return [_box(box, known.get(box), read.get(box, "")) for box in names]


def _box(box: str, known: BoxLine | None, read: str) -> BoxOnRecord:
    seals = read or (known.seals if known is not None else "")
    return BoxOnRecord(box, known.code if known is not None else "", seals, bool(read))


def _seals_read(offer: Eid) -> dict[str, str]:
    found = references([offer]).get(offer)
    if found is None:
        return {}
    leaf = the_store().leaves(found.log, found.index, found.index + 1)[0]
    try:
        listed = read_listed(read_event(leaf.jws).event.payload, the_blobs())
    except BadShape:
        return {}
    return {item.box: ", ".join(item.seals) for item in listed.items or () if item.seals}

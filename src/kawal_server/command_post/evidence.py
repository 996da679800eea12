"""Where pieces of evidence stand: an event's id led to its leaf, so that a page can point at it."""

from collections.abc import Iterable
from dataclasses import dataclass

from kawal.ledger.event import Eid
from kawal.ledger.log_of import LOG_NAMES, LogName
from kawal_server.store.models import Judged, Operation
from kawal_server.store.opened import the_store


@dataclass(frozen=True)
class Reference:
    """A leaf of a log."""

    log: LogName
    index: int
    eid: Eid


def references(eids: Iterable[Eid]) -> dict[Eid, Reference]:
    """The leaf of each event that a log holds; the box log's where both hold it."""
    asked = set(eids)
    found: dict[Eid, Reference] = {}
    for log in LOG_NAMES:
        missing = asked - found.keys()
        places = the_store().places(log, missing) if missing else {}
        found.update({eid: Reference(log, index, eid) for eid, index in places.items()})
    return found


def zone_of_post() -> str:
    """The zone in which this post writes times."""
    zone = Operation.objects.values_list("zone", flat=True).first()
    return zone or Judged.objects.values_list("zone", flat=True).first() or "Asia/Jakarta"

"""Events of one kind that count, each with who signed it: what anybody else wrote decides nothing at this post."""

from kawal.ledger.event import Event, read_event
from kawal.ledger.history import Speaker
from kawal.ledger.log_of import LogName
from kawal_server.actions.take_in import the_ring
from kawal_server.store.opened import the_store


def counting(log: LogName, t: str) -> list[tuple[Event, Speaker]]:
    """The events of a kind whose signer was enrolled and not withdrawn when they signed, in log order."""
    store, ring = the_store(), the_ring(log)
    ring.catch_up(store)
    devices, found = ring.devices, []
    for leaf in store.leaves_of(log, t):
        event = read_event(leaf.jws).event
        if devices.standing(event, event.ts) != "good":
            continue
        enrolled = devices.enrolment(event.kid, event.ts)
        if enrolled is None:
            speaker = Speaker(event.kid, event.kid, "admin", "", devices.agency(event.kid))
        else:
            enrol = enrolled.enrol
            speaker = Speaker(event.kid, enrol.who, enrol.role, enrol.unit, enrol.agency)
        found.append((event, speaker))
    return found

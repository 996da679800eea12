"""Tell a box's life: gather its events and their answers from both logs, put them in order, check every one of them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from kawal.custody.naming import answer_subject
from kawal.ledger.devices import Devices
from kawal.ledger.event import Eid, Envelope, read_event
from kawal.ledger.log_of import LOG_NAMES, LogName
from kawal.ledger.order import own_bounds
from kawal.ledger.reading import LogContent, Witnessed
from kawal.sitrep.life import LifeStep, Trace, tell_life
from kawal_server.actions.check_leaf import LeafChecker, Verdict
from kawal_server.actions.take_in import the_ring
from kawal_server.store.evidence import the_blobs
from kawal_server.store.heads import folder, witnessed
from kawal_server.store.models import HandOverLine
from kawal_server.store.opened import the_store
from kawal_server.store.port import Leaf, Store

ANSWER_ROUNDS = 2


@dataclass(frozen=True, slots=True)
class ToldBox:
    """A box's life, and the verdict on every signature of it."""

    steps: tuple[LifeStep, ...]
    verdicts: Mapping[tuple[LogName, Eid], Verdict]
    checkers: Mapping[LogName, LeafChecker]


def tell_box(box: str) -> ToldBox:
    """Tell the life of one box, with everything checked just now."""
    store = the_store()
    traces: list[Trace] = []
    verdicts: dict[tuple[LogName, Eid], Verdict] = {}
    devices: dict[LogName, Devices] = {}
    checkers: dict[LogName, LeafChecker] = {}
    for log in LOG_NAMES:
        leaves = leaves_about(store, log, box)
        if not leaves:
            continue
        checkers[log] = LeafChecker(log, store)
        devices[log] = the_ring(log).devices
        envelopes = [(leaf.index, read_event(leaf.jws)) for leaf in leaves]
        traces.extend(_traces(log, envelopes))
        verdicts.update({(log, eid): one for eid, one in checkers[log].check(envelopes).items()})
    return ToldBox(tell_life(box, traces, devices, the_blobs()), verdicts, checkers)


def leaves_about(store: Store, log: LogName, box: str) -> list[Leaf]:
    """The leaves that name a box, and those that answer or attest them, in log order."""
    found = {leaf.index: leaf for leaf in store.named(log, box)}
    fresh: Iterable[Leaf] = list(found.values())
    for _ in range(ANSWER_ROUNDS):
        answering = _answering(store, log, [leaf.eid for leaf in fresh])
        fresh = [leaf for leaf in answering if leaf.index not in found]
        found.update({leaf.index: leaf for leaf in fresh})
    return [found[index] for index in sorted(found)]


def _answering(store: Store, log: LogName, eids: Sequence[Eid]) -> list[Leaf]:
    answers = store.named(log, *map(answer_subject, eids))
    lines = HandOverLine.objects.filter(eid__in=eids).values_list("accept", "close") if eids else ()
    told = {Eid(eid) for pair in lines for eid in pair if eid} - {leaf.eid for leaf in answers}
    indexes = sorted(store.places(log, told).values()) if told else []
    return [*answers, *(leaf for index in indexes for leaf in store.leaves(log, index, index + 1))]


def _traces(log: LogName, envelopes: Sequence[tuple[int, Envelope]]) -> list[Trace]:
    events = [(index, one.event) for index, one in envelopes]
    content = LogContent(log, (), frozenset(), (), (), witnessed_of(log))
    bounds = own_bounds(content, events)
    return [Trace(log, index, event, bounds[event.eid]) for index, event in events]


def witnessed_of(log: LogName) -> tuple[Witnessed, ...]:
    """Every published checkpoint whose quorum has a time; read anew when a new one is published."""
    try:
        newest = (folder(log) / "checkpoint").read_bytes()
    except OSError:
        return ()
    return _witnessed(log, str(folder(log)), newest)


@lru_cache(maxsize=8)
def _witnessed(log: LogName, _where: str, _newest: bytes) -> tuple[Witnessed, ...]:
    return tuple(witnessed(log))

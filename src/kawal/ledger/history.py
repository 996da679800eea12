"""The whole of what is known: both logs read, judged by their devices, and put in the one fold order."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from kawal.ledger.checkpoint import median
from kawal.ledger.clocks import clock_offsets
from kawal.ledger.devices import Devices, Standing, read_devices
from kawal.ledger.event import Eid, Event, Kid
from kawal.ledger.log_of import EVENT_LOG, LOG_NAMES
from kawal.ledger.order import Interval, first_checkpoint_time, fold_order, own_bounds
from kawal.ledger.reading import LogContent

NOW_LEAVES = 20


@dataclass(frozen=True, slots=True)
class Place:
    """Where an event stands: in which log, at which leaf."""

    log: str
    index: int


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who signed, as the enrolment says. An administrator without enrolment has no unit, and `who` is the kid."""

    kid: Kid
    who: str
    role: str
    unit: str
    agency: str


@dataclass(frozen=True, slots=True)
class History:
    """Everything the folds and findings are computed from.

    events: events that count, in fold order; standing: of every verified event; chains: by (log, kid) all verified
    events by (seq, eid); same: eid of a harmless duplicate -> the eid kept; offsets: seconds by which a false clock is
    ahead; now: UNIX seconds.
    """

    logs: Mapping[str, LogContent]
    devices: Mapping[str, Devices]
    events: tuple[Event, ...]
    standing: Mapping[Eid, Standing]
    intervals: Mapping[Eid, Interval]
    places: Mapping[Eid, Place]
    chains: Mapping[tuple[str, Kid], Sequence[Event]]
    same: Mapping[Eid, Eid]
    offsets: Mapping[Kid, int]
    now: int

    def at(self, event: Event) -> int:
        """The device's claim less what its clock is known to be ahead, held inside the provable interval; UNIX seconds.

        The fold order never uses the correction: it is for judging how long and how far apart things were.
        """
        return self.intervals[event.eid].hold(event.ts - self.offsets.get(event.kid, 0))

    def speaker(self, event: Event) -> Speaker:
        """Who signed this event."""
        devices = self.devices[self.places[event.eid].log]
        found = devices.enrolment(event.kid, self.at(event))
        if found is None:
            return Speaker(event.kid, event.kid, "admin", "", devices.agency(event.kid))
        enrol = found.enrol
        return Speaker(event.kid, enrol.who, enrol.role, enrol.unit, enrol.agency)

    def unit_of(self, kid: Kid) -> str:
        """The unit in which a device was last enrolled; "" where nothing tells it."""
        for devices in self.devices.values():
            many = devices.enrolments.get(kid, ())
            if many:
                return many[-1].enrol.unit
        return ""

    def logged_at(self, event: Event) -> int | None:
        """When the log took the event in: witness time of its checkpoint, else the median `ts` of twenty before it."""
        place = self.places[event.eid]
        log = self.logs[place.log]
        witnessed = first_checkpoint_time(log, place.index)
        if witnessed is not None:
            return witnessed
        before = [one.ts for one in log.events[max(0, place.index - NOW_LEAVES) : place.index] if one is not None]
        return median(before) if before else None


def build_history(logs: Iterable[LogContent], *, at: int | None = None) -> History:
    """Judge and order what was read.

    at: UNIX seconds to take as now; else the newest witness time, else the median `ts` of the last twenty leaves, so
    that one clock a year ahead changes nothing.
    """
    by_name = {log.name: log for log in logs}
    own, places = _places(list(by_name.values()))
    chains: dict[tuple[str, Kid], list[Event]] = {}
    same: dict[Eid, Eid] = {}
    devices, bounds = {}, {}
    kept: list[Event] = []
    for log in by_name.values():
        indexed = [(index, event) for index, event in own[log.name] if event.eid not in log.unknown]
        devices[log.name] = read_devices(event for _, event in indexed)
        twins = _twins(event for _, event in indexed)
        same.update(twins)
        bounds.update(own_bounds(log, indexed))
        for _, event in indexed:
            chains.setdefault((log.name, event.kid), []).append(event)
            if event.eid not in twins and places[event.eid].log == log.name and not _is_astray(log, event, by_name):
                kept.append(event)
    for chain in chains.values():
        chain.sort(key=lambda event: (event.seq, event.eid))
    kept.sort(key=lambda event: event.eid)
    ordered = fold_order(kept, bounds, same)
    offsets = clock_offsets(ordered.events)
    standing: dict[Eid, Standing] = {}
    for event in ordered.events:
        # Never by the corrected clock: two accomplices could talk a stolen phone back into its term.
        held = ordered.intervals[event.eid].hold(event.ts)
        standing[event.eid] = devices[places[event.eid].log].standing(event, held)
    return History(
        by_name,
        devices,
        tuple(event for event in ordered.events if standing[event.eid] == "good"),
        standing,
        ordered.intervals,
        places,
        chains,
        same,
        offsets,
        _now(by_name.values()) if at is None else at,
    )


def _places(logs: Sequence[LogContent]) -> tuple[dict[str, list[tuple[int, Event]]], dict[Eid, Place]]:
    """Give each log its own events (first leaf of each), and each event one place.

    Anyone may hand an event of one log into the other. Such a copy says nothing there: an event in two logs belongs
    where its chain comes from, back to the genesis at leaf 0. Two logs that begin with the same bytes share that part.
    """
    held = [{event.eid: (index, event) for index, event in _backwards(log)} for log in logs]
    own: dict[str, list[tuple[int, Event]]] = {}
    places: dict[Eid, Place] = {}
    for log, mine in zip(logs, held, strict=True):
        others = [other for other in held if other is not mine]
        own[log.name] = [
            (index, event)
            for eid, (index, event) in reversed(mine.items())
            if not any(eid in other for other in others) or _is_native(eid, mine)
        ]
        for index, event in own[log.name]:
            places.setdefault(event.eid, Place(log.name, index))
    for log, mine in zip(logs, held, strict=True):
        for eid, (index, _) in mine.items():
            places.setdefault(eid, Place(log.name, index))
    return own, places


def _is_astray(log: LogContent, event: Event, logs: Mapping[str, LogContent]) -> bool:
    """Whether an event belongs in the other of two logs at hand: intake refuses it, and the folds pass it over."""
    return len(logs) > 1 and log.name in LOG_NAMES and EVENT_LOG.get(event.t, log.name) not in (log.name, "both")


def _backwards(log: LogContent) -> Iterator[tuple[int, Event]]:
    for index in range(len(log.events) - 1, -1, -1):
        event = log.events[index]
        if event is not None:
            yield index, event


def _is_native(eid: Eid, mine: Mapping[Eid, tuple[int, Event]]) -> bool:
    while eid in mine:
        index, event = mine[eid]
        if event.prev == "":
            return index == 0
        eid = Eid(event.prev)
    return False


def _twins(events: Iterable[Event]) -> dict[Eid, Eid]:
    # Some browsers randomise Ed25519: the same content signed twice is one event, and the smaller eid stands for it.
    groups: dict[tuple[Kid, int, str], list[Eid]] = {}
    for event in events:
        groups.setdefault((event.kid, event.seq, event.pid), []).append(event.eid)
    return {eid: min(many) for many in groups.values() if len(many) > 1 for eid in many if eid != min(many)}


def _now(logs: Iterable[LogContent]) -> int:
    times = []
    for log in logs:
        if log.witnessed:
            times.append(max(one.at for one in log.witnessed))
        else:
            last = [event.ts for event in log.events[-NOW_LEAVES:] if event is not None]
            times.extend([median(last)] if last else [])
    return max(times, default=0)

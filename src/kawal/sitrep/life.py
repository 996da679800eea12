"""The life line of one box: the events that name it, hand-overs put together, in the order in which they happened."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from kawal.custody.events import Listed, Seal, read_accepted, read_listed, read_on_paper, read_seal_seen
from kawal.custody.record import counts, describe, serials
from kawal.election.geometry import read_site
from kawal.election.manifests import Blobs
from kawal.ledger.devices import Devices, Standing
from kawal.ledger.event import Eid, Event
from kawal.ledger.events import BadShape, answers
from kawal.ledger.history import Speaker
from kawal.ledger.log_of import LogName
from kawal.ledger.order import Interval, fold_order

_ANSWERS: Mapping[str, str] = {
    "custody.accept": "receiver",
    "custody.close": "close",
    "custody.void": "void",
    "ledger.attest": "attest",
}
_DETAILS = ("why", "doc", "is", "res", "convoy", "vehicle", "from", "to", "what", "kind", "level")


@dataclass(frozen=True, slots=True)
class Trace:
    """An event of a box's life, where it stands, and when it can have been made."""

    log: LogName
    index: int
    event: Event
    interval: Interval = field(default_factory=lambda: Interval(None, None))


@dataclass(frozen=True, slots=True)
class Signed:
    """One signature under a step. `part`: signer, giver, receiver, close, void or attest; `standing` of its device."""

    part: str
    trace: Trace
    speaker: Speaker
    standing: Standing

    @property
    def at(self) -> int:
        """The claimed time, held inside the provable interval; UNIX seconds."""
        return self.trace.interval.hold(self.trace.event.ts)


@dataclass(frozen=True, slots=True)
class LifeStep:
    """One thing that happened to a box.

    seals_before: as recorded until then; seals: as read here, "" where nobody looked; is_matching: None where there is
    nothing to compare. details: (member, value) pairs worth reading; differences: what the receiver wrote of this box.
    photos: hashes as they stand in the events.
    """

    t: str
    signed: tuple[Signed, ...]
    site: str
    grade: str
    answer: str
    seals_before: str
    seals: str
    is_matching: bool | None
    note: str
    details: tuple[tuple[str, str], ...]
    differences: tuple[str, ...]
    photos: tuple[str, ...]
    count: int | None

    @property
    def first(self) -> Signed:
        """The signature that began it."""
        return self.signed[0]

    def of_part(self, part: str) -> tuple[Signed, ...]:
        """The signatures of one part."""
        return tuple(one for one in self.signed if one.part == part)


def tell_life(
    box: str, traces: Iterable[Trace], devices: Mapping[LogName, Devices], blobs: Blobs
) -> tuple[LifeStep, ...]:
    """Tell what happened to a box, oldest first.

    traces: the events that name it and those that answer or attest them, each once, in any order.
    """
    ordered = _in_order(traces)
    steps = _steps(ordered)
    told = _Telling(box, devices, blobs)
    return tuple(told.step(step) for step in steps)


def _in_order(traces: Iterable[Trace]) -> list[Trace]:
    by_eid = {trace.event.eid: trace for trace in sorted(traces, key=lambda one: (one.log, one.index), reverse=True)}
    bounds = {eid: trace.interval for eid, trace in by_eid.items()}
    ordered = fold_order(sorted((one.event for one in by_eid.values()), key=lambda event: event.eid), bounds)
    return [
        Trace(by_eid[event.eid].log, by_eid[event.eid].index, event, ordered.intervals[event.eid])
        for event in ordered.events
    ]


def _steps(traces: Sequence[Trace]) -> list[list[Trace]]:
    """Put answers and attests beside what they answer; one that answers nothing at hand stands alone."""
    steps: list[list[Trace]] = []
    home: dict[Eid, list[Trace]] = {}
    for trace in traces:
        event = trace.event
        at_home = [home[eid] for eid in answers(event) if eid in home] if event.t in _ANSWERS else []
        step = at_home[0] if at_home else []
        if not at_home:
            steps.append(step)
        step.append(trace)
        home[event.eid] = step
    return steps


class _Telling:
    """Tells one step after the other, and remembers the seals in between."""

    def __init__(self, box: str, devices: Mapping[LogName, Devices], blobs: Blobs) -> None:
        self._box = box
        self._devices = devices
        self._blobs = blobs
        self._seals: tuple[Seal, ...] | None = None

    def step(self, traces: Sequence[Trace]) -> LifeStep:
        first = traces[0].event
        before = self._seals
        seen = next((seals for trace in reversed(traces) if (seals := self._seen(trace.event))), ())
        self._record(first, seen)
        return LifeStep(
            first.t,
            tuple(self._signed(trace, is_first=trace is traces[0]) for trace in traces),
            next((site for trace in traces if (site := read_site(trace.event))), ""),
            _grade(traces),
            _answer(traces),
            describe(before) if before else "",
            describe(seen) if seen else "",
            _is_matching(before, seen) if first.t != "custody.seal" else None,
            "\n".join(str(trace.event.payload["note"]) for trace in traces if trace.event.payload.get("note")),
            _details(first),
            tuple(word for trace in traces for word in _differences(trace.event, self._box)),
            tuple(dict.fromkeys(photo for trace in traces for photo in photos_of(trace.event))),
            self._count(first),
        )

    def _signed(self, trace: Trace, *, is_first: bool) -> Signed:
        event = trace.event
        devices = self._devices[trace.log]
        at = trace.interval.hold(event.ts)
        part = "giver" if event.t == "custody.offer" else "signer"
        return Signed(
            part if is_first else _ANSWERS[event.t], trace, _speaker(devices, event, at), devices.standing(event, at)
        )

    def _seen(self, event: Event) -> tuple[Seal, ...]:
        try:
            if event.t in ("custody.seal", "custody.check"):
                return read_seal_seen(event).seals
            if event.t == "custody.accept":
                kind, read = read_accepted(event).differences.get(self._box, ("", ()))
                return tuple(Seal("", serial, None) for serial in read) if kind == "seal" else ()
            listed = self._listed(event)
        except BadShape:
            return ()
        mine = [item for item in listed.items or () if item.box == self._box]
        return tuple(Seal("", serial, None) for item in mine for serial in item.seals)

    def _listed(self, event: Event) -> Listed:
        if event.t == "custody.paper":
            return read_on_paper(event, self._blobs).listed
        return read_listed(event.payload, self._blobs)

    def _record(self, event: Event, seen: tuple[Seal, ...]) -> None:
        if event.t == "custody.seal":
            self._seals = seen
        elif event.t == "custody.open":
            self._seals = None

    def _count(self, event: Event) -> int | None:
        try:
            listed = self._listed(event)
        except BadShape:
            return None
        return listed.count if listed.items is None else len(listed.items)


def _speaker(devices: Devices, event: Event, at: int) -> Speaker:
    found = devices.enrolment(event.kid, at)
    if found is None:
        role = "admin" if event.kid in devices.admins else ""
        return Speaker(event.kid, "", role, "", devices.agency(event.kid))
    enrol = found.enrol
    return Speaker(event.kid, enrol.who, enrol.role, enrol.unit, enrol.agency)


def _grade(traces: Sequence[Trace]) -> str:
    kinds = {trace.event.t for trace in traces}
    if "custody.paper" in kinds:
        return "kertas"
    if "custody.offer" not in kinds:
        return ""
    return "dua ponsel" if "custody.accept" in kinds else "satu ponsel"


def _answer(traces: Sequence[Trace]) -> str:
    """How a hand-over was answered: ok, diff or no; "void" where it was withdrawn, "" while nobody answered."""
    for trace in traces:
        if trace.event.t == "custody.accept":
            answer = trace.event.payload.get("res")
            return answer if answer in ("ok", "diff", "no") else ""
    return "void" if any(trace.event.t == "custody.void" for trace in traces) else ""


def _is_matching(before: tuple[Seal, ...] | None, seen: tuple[Seal, ...]) -> bool | None:
    if not before or not seen:
        return None
    if serials(before) != serials(seen):
        return False
    recorded, read = counts(before), counts(seen)
    return all(recorded[kind] == read[kind] for kind in recorded.keys() & read.keys())


def _details(event: Event) -> tuple[tuple[str, str], ...]:
    members = event.payload
    return tuple(
        (name, str(members[name])) for name in _DETAILS if isinstance(members.get(name), (str, int)) and members[name]
    )


def _differences(event: Event, box: str) -> tuple[str, ...]:
    rows = event.payload.get("diff") if event.t == "custody.accept" else None
    if not isinstance(rows, list):
        return ()
    return tuple(str(row[1]) for row in rows if isinstance(row, list) and len(row) > 1 and row[0] == box)


def photos_of(event: Event) -> tuple[str, ...]:
    """The hashes of an event's photos, as they stand in it."""
    photos = event.payload.get("ph")
    many = photos if isinstance(photos, list) else [photos]
    return tuple(one for one in many if isinstance(one, str) and one)

"""The fold of custody: events in fold order become, box by box, who held it where under which seals, and what broke.

A fold never refuses. A signed event is a fact; what it breaks is kept as a fact too, and findings.py words it.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate

from kawal.custody.events import (
    Listed,
    Seal,
    read_conditioned,
    read_listed,
    read_moved,
    read_on_the_road,
    read_opened,
    read_seal_seen,
)
from kawal.custody.handing import Attest, Handing, collect, is_independent
from kawal.custody.holding import Fold
from kawal.custody.papers import Paper, match_papers
from kawal.custody.record import BoxRecord, CountOff, HandOver, Offer, Opening, RoadEnd, Sighting, Transit
from kawal.election.geometry import fixes_named, read_position, read_site, site_points
from kawal.election.manifests import Blobs, Item
from kawal.election.state import Register
from kawal.ledger.event import Eid, Event
from kawal.ledger.events import CUSTODIAN_ROLES, ESCORT_ROLES, WATCHER_ROLES, BadShape
from kawal.ledger.history import History, Speaker


@dataclass(frozen=True, slots=True)
class Slip:
    """A box id typed with one slip of the hand, read as the only box of that unit it can mean."""

    typed: str
    box: str
    at: int
    eid: Eid


MOVING_ROLES = CUSTODIAN_ROLES | ESCORT_ROLES


@dataclass
class Custody:
    """Everything custody knows. unreadable: eid -> why an event's members could not be read."""

    boxes: dict[str, BoxRecord]
    offers: dict[Eid, Offer]
    receivers: dict[Eid, Speaker]
    papers: Sequence[Paper]
    attests: dict[Eid, list[Attest]]
    counts_off: list[CountOff] = field(default_factory=list)
    slips: list[Slip] = field(default_factory=list)
    departures: list[RoadEnd] = field(default_factory=list)
    arrivals: list[RoadEnd] = field(default_factory=list)
    unreadable: dict[Eid, str] = field(default_factory=dict)


def fold_custody(history: History, register: Register, blobs: Blobs) -> Custody:
    """Fold all custody events. Source: docs/format/events.md, How custody folds."""
    handing = collect(history, blobs)
    papers = match_papers(handing.papers, handing.offers.values())
    custody = Custody(
        {}, handing.offers, handing.receivers, handing.papers, handing.attests, unreadable=dict(handing.unreadable)
    )
    for row in register.boxes.values():
        custody.boxes[row.box] = BoxRecord(row.box, row)
    points = site_points(register.sites, fixes_named(history.events), history.unit_of)
    fold = Fold(register, custody.boxes, points, papers, register.limits)
    taker = _Taker(history, register, blobs, handing, custody, fold)
    for due, event, position in _with_papers(history, handing.papers):
        fold.position = position
        if due is not None:
            for box in due.boxes:
                fold.paper_is_due(due, box)
        if event is not None:
            taker.take(event, position)
    fold.settle()
    return custody


def _with_papers(history: History, papers: Sequence[Paper]) -> Iterable[tuple[Paper | None, Event | None, int]]:
    """Events in fold order, each paper before the first event that is later than its written time."""
    latest = list(accumulate((history.at(event) for event in history.events), max))
    waiting = sorted(papers, key=lambda one: (one.on_paper.at, one.event.eid))
    for position, event in enumerate(history.events):
        while waiting and waiting[0].on_paper.at < latest[position]:
            yield waiting.pop(0), None, position
        yield None, event, position
    for paper in waiting:
        yield paper, None, len(history.events)


class _Taker:
    """Takes one event after the other; each kind has its method."""

    def __init__(
        self, history: History, register: Register, blobs: Blobs, handing: Handing, custody: Custody, fold: Fold
    ) -> None:
        self.history = history
        self.register = register
        self.blobs = blobs
        self.handing = handing
        self.custody = custody
        self.fold = fold
        self._on_the_road: dict[tuple[str, str], tuple[Event, Listed]] = {}
        self._typed: dict[tuple[Eid, str], str] = {}

    def take(self, event: Event, position: int) -> None:
        """Take one event; what cannot be read is noted and passed over."""
        if event.eid in self.custody.unreadable:
            return
        try:
            self._dispatch(event, position)
        except BadShape as error:
            self.custody.unreadable[event.eid] = str(error)

    def _dispatch(self, event: Event, position: int) -> None:
        match event.t:
            case "custody.offer" if event.eid in self.handing.offered:
                self._offer(event)
            case "custody.accept" if event.eid in self.handing.accepted:
                self._accept(event, position)
            case "custody.seal" | "custody.check":
                self._seals(event)
            case "custody.open":
                self._open(event)
            case "custody.count":
                self._count(event)
            case "custody.move":
                self._move(event)
            case "custody.state":
                self._condition(event)
            case "convoy.depart":
                self._depart(event)
            case "convoy.arrive":
                self._arrive(event)

    def _record(self, typed: str, event: Event, speaker: Speaker) -> BoxRecord:
        """The record of a box that an event names by itself."""
        record = self.fold.record(typed)
        if record.first_named is None:
            record.first_named = Sighting(self.history.at(event), event.eid, speaker.unit, read_site(event))
        return record

    def _listed(self, items: Sequence[Item], event: Event, speaker: Speaker) -> Iterator[tuple[Item, BoxRecord]]:
        """The records of the boxes of a list; a slip of the hand is read as what it can only mean, and noted."""
        slips = self.fold.slips(items, speaker.unit)
        for item in items:
            box = slips.get(item.box)
            if box is not None:
                self.custody.slips.append(Slip(item.box, box, self.history.at(event), event.eid))
            yield item, self._record(box or item.box, event, speaker)

    def _see(self, record: BoxRecord, event: Event, speaker: Speaker, site: str | None = None) -> Sighting:
        sighting = Sighting(self.history.at(event), event.eid, speaker.unit, site or read_site(event))
        record.seen_by.add(event.kid)
        self.fold.travel(record, sighting, read_position(event))
        self.fold.see(record, sighting, is_custodian=speaker.role in CUSTODIAN_ROLES, kid=event.kid)
        return sighting

    def _offer(self, event: Event) -> None:
        speaker = self.history.speaker(event)
        items = self.handing.offered[event.eid].listed.items or ()
        offer = self.handing.offers[event.eid]
        boxes = []
        for item, record in self._listed(items, event, speaker):
            boxes.append(record.box)
            self._typed[event.eid, item.box] = record.box
            self._see(record, event, speaker)
            self._compare_item(record, item, event)
            self.fold.offers[record.box] = offer
        offer.boxes = tuple(boxes)
        self._check_number(event, self.handing.offered[event.eid].listed, read_site(event) or speaker.unit)

    def _compare_item(self, record: BoxRecord, item: Item, event: Event) -> None:
        if item.seals:
            self._compare(record, tuple(Seal("", serial, None) for serial in item.seals), event)

    def _compare(self, record: BoxRecord, seals: Sequence[Seal], event: Event) -> None:
        unit = self.history.speaker(event).unit
        self.fold.compare(record, seals, event.eid, self.history.at(event), event.kid, unit)

    def _check_number(self, event: Event, listed: Listed, site: str) -> None:
        if listed.items is None or listed.count is None or listed.count == len(listed.items):
            return
        at = self.history.at(event)
        self.custody.counts_off.append(
            CountOff("", site, at, (event.eid,), listed.count > len(listed.items), listed.count, len(listed.items))
        )

    def _accept(self, event: Event, position: int) -> None:
        offer = self.handing.answered[event.eid]
        accepted = self.handing.accepted[event.eid]
        speaker = self.history.speaker(event)
        site = read_site(event) or offer.site
        if accepted.answer == "no":
            return
        differences = {
            self._typed.get((offer.eid, typed), typed): difference for typed, difference in accepted.differences.items()
        }
        for box in offer.boxes:
            kind, serials = differences.get(box, (None, ()))
            record = self.fold.record(box)
            if kind == "missing":
                self._count_off(box, site, event, offer.eid, is_extra=False)
                continue
            if kind == "seal":
                # The receiver says that they differ: none seen at all is a difference too.
                self._compare(record, tuple(Seal("", serial, None) for serial in serials), event)
            self._receive(record, offer, event, speaker, site, position)
        for typed, (kind, _) in differences.items():
            if kind == "extra" and typed not in offer.boxes:
                self._extra(typed, offer, event, speaker, site, position)

    def _extra(self, typed: str, offer: Offer, event: Event, speaker: Speaker, site: str | None, position: int) -> None:
        record = self.fold.record(typed)
        self._count_off(record.box, site, event, offer.eid, is_extra=True)
        if record.holder in ("", offer.giver.unit):
            self._receive(record, offer, event, speaker, site, position)
        else:
            self._see(record, event, speaker, site)

    def _count_off(self, box: str, site: str | None, event: Event, of: Eid, *, is_extra: bool) -> None:
        at = self.history.at(event)
        self.custody.counts_off.append(CountOff(box, site or "", at, (of, event.eid), is_extra))

    def _receive(
        self, record: BoxRecord, offer: Offer, event: Event, speaker: Speaker, site: str | None, position: int
    ) -> None:
        sighting = Sighting(self.history.at(event), event.eid, speaker.unit, site)
        record.seen_by.add(event.kid)
        self.fold.travel(record, sighting, read_position(event))
        if speaker.role not in CUSTODIAN_ROLES:
            self.fold.see(record, sighting, is_custodian=False, kid=event.kid)
            return
        hand_over = HandOver(
            offer.giver.unit,
            speaker.unit,
            sighting.at,
            "dua ponsel",
            [offer.eid, event.eid],
            position,
        )
        self.fold.hand_over(record, hand_over, sighting)

    def _seals(self, event: Event) -> None:
        speaker = self.history.speaker(event)
        seen = read_seal_seen(event)
        record = self._record(seen.box, event, speaker)
        self._see(record, event, speaker)
        is_custodian = speaker.role in CUSTODIAN_ROLES
        if event.t == "custody.seal" and is_custodian:
            self.fold.seal(record, seen.seals, event.eid, self.history.at(event), event.kid, speaker.unit)
        elif seen.seals:
            self._compare(record, seen.seals, event)
        if event.t == "custody.check":
            self.fold.report(record, speaker.unit, is_well=seen.is_well)

    def _open(self, event: Event) -> None:
        speaker = self.history.speaker(event)
        opened = read_opened(event)
        for _, record in self._listed([Item(box, ()) for box in opened.boxes], event, speaker):
            sighting = self._see(record, event, speaker)
            record.openings.append(
                Opening(
                    sighting.at,
                    event.eid,
                    opened.why,
                    opened.doc,
                    opened.present,
                    opened.note,
                    record.holder or speaker.unit,
                    speaker.unit or speaker.who,
                )
            )
            self.fold.unseal(record)

    def _count(self, event: Event) -> None:
        speaker = self.history.speaker(event)
        listed = read_listed(event.payload, self.blobs)
        site = read_site(event)
        at = self.history.at(event)
        standing = self.fold.boxes_at(site)
        if listed.items is None:
            if listed.count is not None and listed.count != len(standing):
                off = CountOff(
                    "",
                    site or speaker.unit,
                    at,
                    (event.eid,),
                    listed.count > len(standing),
                    listed.count,
                    len(standing),
                )
                self.custody.counts_off.append(off)
            return
        self._check_number(event, listed, site or speaker.unit)
        counted = set()
        for item, record in self._listed(listed.items, event, speaker):
            counted.add(record.box)
            sighting = self._see(record, event, speaker)
            self._compare_item(record, item, event)
            if speaker.role in CUSTODIAN_ROLES:
                is_attested = any(is_independent(one, speaker) for one in self.handing.attests.get(event.eid, ()))
                self.fold.stock_take(record, speaker.unit, sighting, is_attested=is_attested)
        for box in sorted(standing - counted):
            record = self.fold.record(box)
            evidence = (record.last.eid, event.eid) if record.last else (event.eid,)
            self.custody.counts_off.append(CountOff(box, site or "", at, evidence, is_extra=False))

    def _move(self, event: Event) -> None:
        moved = read_moved(event, self.blobs)
        at = self.history.at(event)
        speaker = self.history.speaker(event)
        if speaker.role not in MOVING_ROLES:
            raise BadShape(f"{speaker.role} tidak memindahkan kotak / a {speaker.role} moves no boxes")
        for _, record in self._listed(moved.listed.items or (), event, speaker):
            self.fold.end_transit(record, at)
            self.fold.start_transit(record, Transit("", at, event.eid, is_planned=True))

    def _condition(self, event: Event) -> None:
        conditioned = read_conditioned(event)
        speaker = self.history.speaker(event)
        record = self._record(conditioned.box, event, speaker)
        if conditioned.condition != "found":
            record.condition = conditioned.condition
        elif speaker.role in CUSTODIAN_ROLES | WATCHER_ROLES:
            record.condition = None
        record.condition_at = self.history.at(event)
        record.seen_by.add(event.kid)
        if conditioned.condition in ("damaged", "found"):
            self._see(record, event, speaker)

    def _depart(self, event: Event) -> None:
        road = read_on_the_road(event, self.blobs)
        self._on_the_road[road.convoy, road.vehicle] = (event, road.listed)
        self._check_number(event, road.listed, read_site(event) or road.convoy)
        self.custody.departures.append(RoadEnd(road.convoy, road.vehicle, event.eid, _ids(road.listed)))
        plan = self.register.convoys.get(road.convoy)
        speaker = self.history.speaker(event)
        at = self.history.at(event)
        if speaker.role not in MOVING_ROLES:
            raise BadShape(f"{speaker.role} tidak memberangkatkan konvoi / a {speaker.role} sends no convoy off")
        for item, record in self._listed(road.listed.items or (), event, speaker):
            record.seen_by.add(event.kid)
            self._compare_item(record, item, event)
            self.fold.end_transit(record, at)
            self.fold.start_transit(record, Transit(road.convoy, at, event.eid, is_planned=plan is not None))
            if self.fold.is_at_ppk(record):
                record.left_ppk.append(Sighting(at, event.eid, record.holder, record.site))

    def _arrive(self, event: Event) -> None:
        road = read_on_the_road(event, self.blobs)
        speaker = self.history.speaker(event)
        at = self.history.at(event)
        self.custody.arrivals.append(RoadEnd(road.convoy, road.vehicle, event.eid, _ids(road.listed)))
        departed = self._on_the_road.pop((road.convoy, road.vehicle), None)
        loaded = {item.box for item in departed[1].items or ()} if departed else set()
        plan = self.register.convoys.get(road.convoy)
        site = read_site(event) or (plan.to_site if plan else None)
        unloaded = set()
        for item, record in self._listed(road.listed.items or (), event, speaker):
            unloaded.add(record.box)
            self._see(record, event, speaker, site)
            self._compare_item(record, item, event)
            self.fold.end_transit(record, at)
        if departed is None:
            return
        if road.listed.items is None:
            for box in loaded:
                self.fold.end_transit(self.fold.record(box), at)
            self._compare_numbers(event, departed, road.listed, site)
            return
        for box in sorted(loaded ^ unloaded):
            self._count_off(box, site, event, departed[0].eid, is_extra=box in unloaded)

    def _compare_numbers(self, event: Event, departed: tuple[Event, Listed], listed: Listed, site: str | None) -> None:
        loaded = departed[1].count
        if loaded is not None and listed.count is not None and loaded != listed.count:
            evidence = (departed[0].eid, event.eid)
            self.custody.counts_off.append(
                CountOff("", site or "", self.history.at(event), evidence, listed.count > loaded, listed.count, loaded)
            )


def _ids(listed: Listed) -> tuple[str, ...]:
    return tuple(item.box for item in listed.items or ())

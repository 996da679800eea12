"""The rules by which one box changes hands: evidence, gaps, hand-overs, stock-takes, seals and travel."""

from collections.abc import Mapping, Sequence

from kawal.custody.events import Seal
from kawal.custody.papers import WRITTEN_TIME_SLACK_S, Paper, explaining
from kawal.custody.record import (
    BoxRecord,
    Break,
    HandOver,
    Jump,
    Mismatch,
    Offer,
    Reuse,
    Sighting,
    Stand,
    Transit,
    counts,
    describe,
    serials,
)
from kawal.election.boxes import is_slip_of
from kawal.election.geometry import Position, distance_km
from kawal.election.manifests import Item
from kawal.election.state import Register
from kawal.ledger.event import Eid, Kid
from kawal.ledger.limits import Limits

PPK_SITES = ("ppk", "pleno")
SLIPS_LIMIT = 50
_RANKS = {"kpps": 0, "pps": 1, "ppk": 2, "kpu": 3}


def rank(unit: str) -> int:
    """The tier of a custodian unit by its id (`kpps-…` 0, `pps-…` 1, `ppk-…` 2, `kpu-…` 3); -1 of anyone else."""
    return _RANKS.get(unit.partition("-")[0], -1)


class Fold:
    """The state of all boxes while events are folded in."""

    def __init__(
        self,
        register: Register,
        boxes: dict[str, BoxRecord],
        points: Mapping[str, Position],
        papers: Mapping[str, Sequence[Paper]],
        limits: Limits,
    ) -> None:
        self.register = register
        self.boxes = boxes
        self.points = points
        self.papers = papers
        self.limits = limits
        self.offers: dict[str, Offer] = {}
        self.position = 0
        self._expected = frozenset(register.boxes)
        self._held: dict[str, set[str]] = {}
        self._at_site: dict[str, set[str]] = {}
        self._active: dict[str, str] = {}
        self._fixes: dict[str, tuple[Sighting, Position]] = {}
        self._due: dict[str, list[Paper]] = {}

    def record(self, box: str) -> BoxRecord:
        """The record of a box, made when it is first named."""
        return self.boxes.setdefault(box, BoxRecord(box, None))

    def slips(self, items: Sequence[Item], unit: str) -> dict[str, str]:
        """Read the mistyped ids of one list: typed -> the box meant.

        A slip is believed only where the rest of the list bears it out: another box of the list is held by this unit,
        exactly one box that the unit holds and the list lacks can be meant, and its recorded numbers are those read.
        An unexpected id that stands alone is an unexpected box.
        """
        strange = [item for item in items if item.box not in self._expected]
        if not self._expected or not strange or not unit:
            return {}
        named = {item.box for item in items}
        held = {box for box in self._held.get(unit, ()) if box in self._expected}
        if not held & named:
            return {}
        found = {}
        for item in strange[:SLIPS_LIMIT]:
            meant = [box for box in held - named if is_slip_of(item.box, box)]
            if len(meant) == 1 and self._reads_as(item, meant[0]):
                found[item.box] = meant[0]
        return found

    def _reads_as(self, item: Item, box: str) -> bool:
        recorded = serials(self.boxes[box].seals or ())
        return not item.seals or not recorded or set(item.seals) == recorded

    def is_at_ppk(self, record: BoxRecord) -> bool:
        """Whether the box waits at a PPK: come back up, or its own; at its site still, even if KPU took it over."""
        is_own = record.expected is not None and record.expected.election == "PPK"
        if not record.is_upward and not is_own:
            return False
        return rank(record.holder) == rank("ppk") or (
            rank(record.holder) == rank("kpu") and self.register.site_kind(record.site) in PPK_SITES
        )

    def boxes_at(self, site: str | None) -> set[str]:
        """The boxes that should stand at a site: placed there, not on the road, not reported gone."""
        return {
            box
            for box in self._at_site.get(site or "", ())
            if self.boxes[box].transit is None and self.boxes[box].condition not in ("destroyed", "seized", "lost")
        }

    def see(self, record: BoxRecord, sighting: Sighting, *, is_custodian: bool, kid: Kid) -> None:
        """Take evidence of a box: it confirms the holder, makes the first one, or opens a gap."""
        self._expire_papers(record, sighting.at)
        if is_custodian and record.holder and sighting.unit != record.holder:
            self._explain(record, sighting)
        if not record.holder:
            if is_custodian and sighting.unit:
                self._hold(record, sighting.unit)
                record.is_upward = True
                self._place(record, sighting)
                self._try_papers(record)
            return
        if is_custodian and sighting.unit != record.holder:
            if not _is_before_paper(record, sighting):
                self._break(record, sighting, is_other_custodian=True)
        elif sighting.unit != record.holder and self._is_elsewhere(record, sighting, kid):
            self._break(record, sighting, is_other_custodian=False)
        else:
            self._place(record, sighting)

    def _hold(self, record: BoxRecord, unit: str) -> None:
        self._held.get(record.holder, set()).discard(record.box)
        self._held.setdefault(unit, set()).add(record.box)
        record.holder = unit

    def _is_elsewhere(self, record: BoxRecord, sighting: Sighting, kid: Kid) -> bool:
        if record.transit is not None or sighting.site is None or record.site is None:
            return False
        offer = self.offers.get(record.box)
        is_counterpart = offer is not None and offer.answered_by is None and offer.to == kid
        return sighting.site != record.site and not is_counterpart

    def _break(self, record: BoxRecord, sighting: Sighting, *, is_other_custodian: bool) -> None:
        kind = self.register.site_kind(sighting.site)
        unit = sighting.unit if is_other_custodian else ""
        record.seen_astray.append(Stand(sighting.at, unit, kind, rank(unit) >= rank(record.holder) or not unit))
        if record.open_break is not None:
            return
        offer = self.offers.get(record.box)
        expects = offer.to if offer is not None and offer.accept_at is None and offer.to_unit == sighting.unit else None
        since = record.last or sighting
        record.breaks.append(
            Break(since, sighting, record.holder, record.grade, is_other_custodian, receiver_kid=expects)
        )

    def _place(self, record: BoxRecord, sighting: Sighting) -> None:
        if record.open_break is None:
            record.last = sighting
        if sighting.site is not None:
            self._move_to(record, sighting.site)
            if record.transit is not None and not record.transit.convoy:
                self.end_transit(record, sighting.at)
        self._stand(record, sighting.at)

    def _move_to(self, record: BoxRecord, site: str | None) -> None:
        if record.site is not None:
            self._at_site.get(record.site, set()).discard(record.box)
        record.site = site
        if site is not None:
            record.sites.add(site)
            self._at_site.setdefault(site, set()).add(record.box)

    def _stand(self, record: BoxRecord, at: int) -> None:
        record.units.add(record.holder)
        kind = self.register.site_kind(record.site)
        if record.stands:
            last = record.stands[-1]
            at = max(at, last.at)
            if last == Stand(last.at, record.holder, kind, record.is_upward, record.grade):
                return
        record.stands.append(Stand(at, record.holder, kind, record.is_upward, record.grade))

    def hand_over(self, record: BoxRecord, hand_over: HandOver, sighting: Sighting) -> None:
        """Pass a box on: the receiver's unit holds it from here; an open gap closes."""
        self._expire_papers(record, sighting.at)
        if record.holder not in ("", hand_over.giver):
            for paper in explaining(self.papers, record.box, record.holder, hand_over.giver, sighting.at):
                self._use_paper(paper, record)
        self._pass(record, hand_over, sighting)
        self._try_papers(record)

    def _pass(self, record: BoxRecord, hand_over: HandOver, sighting: Sighting) -> None:
        self._close_break(record, sighting, is_counted=False)
        is_up = rank(hand_over.giver) == rank("ppk") and rank(hand_over.receiver) > rank("ppk")
        if is_up and self.register.site_kind(sighting.site) not in PPK_SITES:
            record.left_ppk.append(sighting)
        if record.is_open and record.openings[-1].moved_at is None:
            record.openings[-1].moved_at, record.openings[-1].moved_by = sighting.at, sighting.eid
        record.is_upward = rank(hand_over.receiver) > rank(hand_over.giver)
        self._hold(record, hand_over.receiver)
        record.grade = hand_over.grade
        record.hand_overs.append(hand_over)
        if sighting.site is None:
            self._move_to(record, None)
        self._place(record, sighting)

    def stock_take(self, record: BoxRecord, unit: str, sighting: Sighting, *, is_attested: bool) -> None:
        """A custodian counted the box: its unit holds it from here; an open gap closes."""
        self._close_break(record, sighting, is_counted=is_attested, is_count=True)
        if record.holder != unit:
            record.is_upward = rank(unit) > rank(record.holder)
            self._hold(record, unit)
        self._place(record, sighting)
        self._try_papers(record)

    def _close_break(self, record: BoxRecord, sighting: Sighting, *, is_counted: bool, is_count: bool = False) -> None:
        gap = record.open_break
        if gap is not None:
            gap.until, gap.closed_by = max(sighting.at, gap.since.at, gap.seen.at), sighting.eid
            gap.is_counted, gap.is_closed_by_count = is_counted, is_count

    def paper_is_due(self, paper: Paper, box: str) -> None:
        """The written time of a paper is reached: it passes the box on, or waits until its giver holds the box."""
        record = self.record(box)
        if box in paper.used or paper not in self.papers.get(box, ()):
            return
        if record.holder in ("", paper.on_paper.giver):
            self._use_paper(paper, record)
            self._try_papers(record)
        elif record.holder == paper.on_paper.receiver:
            paper.used.add(box)
        else:
            self._due.setdefault(box, []).append(paper)

    def _try_papers(self, record: BoxRecord) -> None:
        while True:
            due = (paper for paper in self._due.get(record.box, ()) if record.box not in paper.used)
            paper = next((one for one in due if one.on_paper.giver == record.holder), None)
            if paper is None:
                return
            self._use_paper(paper, record)

    def _expire_papers(self, record: BoxRecord, at: int) -> None:
        due = self._due.get(record.box)
        if not due:
            return
        self._due[record.box] = [one for one in due if one.on_paper.at + WRITTEN_TIME_SLACK_S >= at]
        for paper in due:
            if paper.on_paper.at + WRITTEN_TIME_SLACK_S < at and record.box not in paper.used:
                self._use_paper(paper, record)

    def settle(self) -> None:
        """Use the papers whose giver never came to hold the box: they stand as they are written."""
        for box, due in self._due.items():
            for paper in due:
                if box not in paper.used:
                    self._use_paper(paper, self.boxes[box])

    def _explain(self, record: BoxRecord, sighting: Sighting) -> None:
        for paper in explaining(self.papers, record.box, record.holder, sighting.unit, sighting.at):
            self._use_paper(paper, record)

    def _use_paper(self, paper: Paper, record: BoxRecord) -> None:
        paper.used.add(record.box)
        on_paper = paper.on_paper
        evidence = [paper.event.eid] if paper.offer is None else [paper.offer.eid, paper.event.eid]
        sighting = Sighting(on_paper.at, paper.event.eid, on_paper.receiver, paper.site)
        if record.holder not in ("", on_paper.giver, on_paper.receiver):
            self._break(record, sighting, is_other_custodian=True)
        hand_over = HandOver(
            on_paper.giver,
            on_paper.receiver,
            on_paper.at,
            "kertas" if paper.offer is None else "satu ponsel",
            evidence,
            self.position,
        )
        for item in on_paper.listed.items or ():
            if item.box == record.box and item.seals:
                seals = tuple(Seal("", one, None) for one in item.seals)
                self.compare(record, seals, paper.event.eid, on_paper.at, paper.event.kid, paper.speaker.unit)
        if rank(on_paper.receiver) >= 0:
            self._pass(record, hand_over, sighting)

    def report(self, record: BoxRecord, unit: str, *, is_well: bool) -> None:
        """Somebody says whether the box looks well; only another unit than its holder may take a complaint back."""
        if not is_well:
            record.is_reported_bad = True
        elif unit != record.holder:
            record.is_reported_bad = False

    def seal(self, record: BoxRecord, seals: Sequence[Seal], eid: Eid, at: int, kid: Kid, unit: str) -> None:
        """Record the seals a custodian put on; a number that is active on another box is a reuse."""
        self._retire(record)
        for seal in seals:
            if seal.serial is None:
                continue
            key = seal.serial
            other = self._active.get(key)
            if other is not None and other != record.box:
                sealed_by = self.boxes[other].sealed_by or eid
                record.reuses.append(Reuse(at, eid, seal.serial, other, sealed_by))
            self._active[key] = record.box
        record.seals, record.sealed_by, record.confirmed = tuple(seals), eid, (at, kid, unit)
        record.is_reported_bad = False
        for opening in record.openings:
            opening.sealed_at = at if opening.sealed_at is None else opening.sealed_at
        if record.mismatches and record.mismatches[-1].until is None:
            record.mismatches[-1].until = at

    def unseal(self, record: BoxRecord) -> None:
        """The box was opened: its seals are void."""
        self._retire(record)
        record.seals = None

    def _retire(self, record: BoxRecord) -> None:
        for seal in record.seals or ():
            key = seal.serial or ""
            if self._active.get(key) == record.box:
                del self._active[key]

    def compare(self, record: BoxRecord, seen: Sequence[Seal], eid: Eid, at: int, kid: Kid, unit: str) -> None:
        """Hold seals as seen against seals as recorded; the first ones ever seen are taken as recorded."""
        if record.seals is None:
            if not record.is_open:
                record.seals, record.sealed_by = tuple(seen), eid
            return
        last = record.mismatches[-1] if record.mismatches and record.mismatches[-1].until is None else None
        if not _differ(record.seals, seen):
            record.confirmed = (at, kid, unit)
            # A holder cannot clear itself: somebody else must read the right seals.
            if last is not None and unit != record.holder:
                last.until = at
        elif last is not None and last.seen == describe(seen):
            last.evidence.append(eid)
        else:
            sealed_by = record.sealed_by or eid
            recorded = describe(record.seals)
            held = (record.holder, record.grade)
            record.mismatches.append(Mismatch(at, eid, sealed_by, recorded, describe(seen), *held, [sealed_by, eid]))

    def start_transit(self, record: BoxRecord, transit: Transit) -> None:
        """The box is on the road."""
        record.transit = transit
        record.transits.append(transit)
        if record.is_open and record.openings[-1].moved_at is None:
            record.openings[-1].moved_at, record.openings[-1].moved_by = transit.since, transit.eid

    def end_transit(self, record: BoxRecord, at: int) -> None:
        """The box is off the road."""
        if record.transit is not None:
            record.transit.until = at
            record.transit = None

    def travel(self, record: BoxRecord, sighting: Sighting, fix: Position | None) -> None:
        """Judge whether the box could have come here from its last known point."""
        here = fix or self.points.get(sighting.site or "")
        if here is None:
            return
        before = self._fixes.get(record.box)
        if before is not None:
            first, there = before
            distance = distance_km(there, here)
            slack = self.limits.of("custody.two-places", "slack_min") / 60
            hours = abs(sighting.at - first.at) / 3600 + slack
            if distance > self.limits.of("custody.two-places", "speed_kmh") * hours:
                record.jumps.append(Jump(first, sighting, distance, (_named(first, there), _named(sighting, here))))
                return
        self._fixes[record.box] = (sighting, here)


def _named(sighting: Sighting, point: Position) -> str:
    return sighting.site or f"{point.lat_e6 / 1e6:.4f}, {point.lon_e6 / 1e6:.4f}"


def _is_before_paper(record: BoxRecord, sighting: Sighting) -> bool:
    """Whether this is the giver of a paper hand-over, still within what a written time may be off."""
    last = record.hand_overs[-1] if record.hand_overs else None
    return (
        last is not None
        and last.grade == "kertas"
        and last.giver == sighting.unit
        and sighting.at <= last.at + WRITTEN_TIME_SLACK_S
    )


def _differ(recorded: Sequence[Seal], seen: Sequence[Seal]) -> bool:
    if serials(recorded) != serials(seen):
        return True
    before, now = counts(recorded), counts(seen)
    return any(before[kind] != now[kind] for kind in before.keys() & now.keys())

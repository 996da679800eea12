"""What a judgement looks like as rows of the projections."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from statistics import median

from django.db import models

from kawal.custody.record import BoxRecord, Offer, describe
from kawal.custody.state import Custody
from kawal.election.boxes import BadBoxId, read_box_id
from kawal.election.calendar import Session
from kawal.election.manifests import is_on_earth
from kawal.ledger.event import Eid, Event
from kawal.ledger.events import answers
from kawal.ledger.finding import Finding
from kawal.ledger.qr import text_code
from kawal.risk.live import Incident
from kawal.sitrep.board import BoxLine as Line
from kawal.sitrep.board import Look
from kawal.sitrep.judged import Judgement
from kawal.watch.items import Item, items
from kawal_server.actions.command_lines import command_tables
from kawal_server.actions.fitting import fitted
from kawal_server.actions.guard_lines import guard_tables
from kawal_server.actions.stage_lines import stage_tables
from kawal_server.store.models import (
    BoxLine,
    DistrictLine,
    FindingLine,
    HandOverLine,
    IncidentLine,
    ItemLine,
    SessionLine,
    SiteLine,
)

Tables = dict[type[models.Model], list[models.Model]]
LOOKS: tuple[Look, ...] = ("bahaya", "tidak diketahui", "perhatian", "aman")
"""Gravest first: unknown is graver than doubtful."""


def tables(done: Judgement) -> Tables:
    """Every projection's rows."""
    todo = items(one for one in done.findings if one.severity != "info")
    voted = _voted(done)
    sessions = [_session(one, voted.get((one.area, one.election), [])) for one in done.register.sessions.values()]
    made: Tables = {
        BoxLine: list(_boxes(done)),
        FindingLine: list(_findings(done.findings, todo)),
        ItemLine: [_item(order, item) for order, item in enumerate(todo)],
        SessionLine: list(sessions),
        HandOverLine: list(_hand_overs(done)),
        SiteLine: list(_sites(done)),
        DistrictLine: list(_districts(done, sessions)),
        **guard_tables(done),
        **stage_tables(done),
        **command_tables(done.command),
        IncidentLine: [_incident(one) for one in done.incidents],
    }
    return {kind: fitted(rows) for kind, rows in made.items()}


def _incident(one: Incident) -> IncidentLine:
    return IncidentLine(
        eid=one.eid,
        level=one.level,
        kind=one.kind,
        about=one.about,
        area=one.area,
        opened_at=one.opened_at,
        closed_at=one.closed_at,
    )


def problems(done: Judgement) -> list[str]:
    """What could not be read though the rest was."""
    passed_over = done.custody.unreadable | done.guard.unreadable | done.command.unreadable
    unreadable = (f"{eid[:12]}: {reason}" for eid, reason in passed_over.items())
    return [*done.register.problems, *done.guard.problems, *unreadable][:200]


def gravest(looks: Iterable[str]) -> str:
    """The gravest of several looks; of none, unknown."""
    found = set(looks)
    return next((look for look in LOOKS if look in found), "tidak diketahui")


def _boxes(done: Judgement) -> Iterable[BoxLine]:
    codes = _label_codes({line.box: done.custody.boxes[line.box].expected is not None for line in done.board.lines})
    for line in done.board.lines:
        record = done.custody.boxes[line.box]
        kind, station = _read(line.box)
        yield BoxLine(
            box=line.box,
            code=codes[line.box],
            election=record.expected.election if record.expected else kind,
            district=line.district,
            village=station[:10],
            station=station,
            is_expected=record.expected is not None,
            place=line.place,
            site=line.site,
            holder=line.holder,
            grade=line.grade,
            seals=describe(record.seals) if record.seals is not None else "",
            seen_at=line.seen_at,
            look=line.look,
            why=list(line.why),
        )


def _read(box: str) -> tuple[str, str]:
    try:
        read = read_box_id(box)
    except BadBoxId:
        return "", ""
    return read.kind, read.station


def _label_codes(boxes: Mapping[str, bool]) -> dict[str, str]:
    """The text code of each label; where two collide, the later one takes its next seven characters.

    boxes: with whether KPU expects it. Those come first: whoever makes up an id must not take a printed label's code.
    """
    taken: dict[str, str] = {}
    for box in sorted(boxes, key=lambda one: (not boxes[one], one)):
        skip = 0
        while text_code(box, skip=skip) in taken:
            skip += 7
        taken[text_code(box, skip=skip)] = box
    return {box: code for code, box in taken.items()}


def _findings(findings: Sequence[Finding], todo: Sequence[Item]) -> Iterable[FindingLine]:
    place = {id(one): order for order, item in enumerate(todo) for one in item.findings}
    for one in findings:
        yield FindingLine(
            code=one.code,
            severity=one.severity,
            subject=one.subject,
            since=one.since,
            until=one.until,
            evidence=list(one.evidence),
            says_id=one.says.id,
            says_en=one.says.en,
            cause=one.cause,
            item=place.get(id(one), -1),
        )


def _item(order: int, item: Item) -> ItemLine:
    first = item.findings[0]
    return ItemLine(
        order=order,
        cause=item.cause,
        severity=item.severity,
        codes=list(item.codes),
        subjects=list(item.subjects),
        count=len(item.findings),
        since=item.since,
        lasts=item.lasts,
        says_id=first.says.id,
        says_en=first.says.en,
    )


def _voted(done: Judgement) -> dict[tuple[str, str], list[BoxRecord]]:
    """The stations' own boxes by kecamatan and election: what a pleno has to go through."""
    found: dict[tuple[str, str], list[BoxRecord]] = {}
    for record in done.custody.boxes.values():
        row = record.expected
        if row is not None and row.station:
            found.setdefault((row.district, row.election), []).append(record)
    return found


def _session(one: Session, boxes: Sequence[BoxRecord]) -> SessionLine:
    changed = [at for span in one.spans for at in span if at is not None]
    return SessionLine(
        name=one.id,
        level=one.level,
        area=one.area,
        election=one.election,
        site=one.plan.site if one.plan else "",
        state=_state(one),
        starts=one.plan.starts if one.plan else None,
        ends=one.plan.ends if one.plan else None,
        deadline=one.plan.deadline if one.plan else None,
        opened_at=one.opened_at,
        closed_at=one.closed_at,
        changed_at=max(changed, default=None),
        stations=len(boxes),
        stations_done=sum(_is_recapitulated(record) for record in boxes),
    )


def _state(one: Session) -> str:
    if one.closed_at is not None:
        return "selesai"
    if one.opened_at is None:
        return "belum"
    return "diskors" if one.is_suspended else "berlangsung"


def _is_recapitulated(record: BoxRecord) -> bool:
    """Opened for the pleno and sealed again: this station's box has been through."""
    return any(one.why == "pleno" and one.sealed_at is not None for one in record.openings)


def _hand_overs(done: Judgement) -> Iterable[HandOverLine]:
    custody, answered = done.custody, _answers(done)
    accepts = {event.eid: event for event in done.history.events if event.t == "custody.accept"}
    for offer in custody.offers.values():
        accept = offer.answered_by
        closes = answered.get(accept, []) if accept else []
        signed = [offer.eid, *([accept] if accept else []), *closes]
        differences = _differences(accepts.get(accept)) if accept else []
        yield HandOverLine(
            eid=offer.eid,
            giver=offer.giver.unit,
            receiver=offer.to_unit,
            giver_kid=offer.giver.kid,
            receiver_kid=offer.to,
            at=offer.at,
            answered_at=offer.answered_at,
            state=_hand_over_state(offer, has_differences=bool(differences)),
            grade="satu ponsel" if offer.is_on_paper else ("dua ponsel" if offer.accept_at is not None else ""),
            site=offer.site or "",
            boxes=list(offer.boxes),
            count=len(offer.boxes),
            differences=differences,
            accept=accept or "",
            close=next(iter(closes), ""),
            attested_by=sorted({one.role for eid in signed for one in custody.attests.get(eid, ())}),
        )
    yield from _papers(custody)


def _papers(custody: Custody) -> Iterable[HandOverLine]:
    for paper in custody.papers:
        if paper.offer is None:
            yield HandOverLine(
                eid=paper.event.eid,
                giver=paper.on_paper.giver,
                receiver=paper.on_paper.receiver,
                giver_kid="",
                receiver_kid="",
                at=paper.on_paper.at,
                answered_at=paper.on_paper.at,
                state="kertas",
                grade="kertas",
                site=paper.site or "",
                boxes=list(paper.boxes),
                count=len(paper.boxes),
                differences=[],
                accept="",
                close="",
                attested_by=sorted({one.role for one in custody.attests.get(paper.event.eid, ())}),
            )


def _answers(done: Judgement) -> dict[Eid, list[Eid]]:
    """Closes by the accept that they answer."""
    found: dict[Eid, list[Eid]] = {}
    for event in done.history.events:
        if event.t == "custody.close":
            for eid in answers(event):
                found.setdefault(eid, []).append(event.eid)
    return found


def _hand_over_state(offer: Offer, *, has_differences: bool) -> str:
    if offer.is_on_paper:
        return "kertas"
    if offer.accept_at is not None:
        return "catatan" if has_differences else "diterima"
    if offer.answered_at is not None:
        return "ditolak"
    return "menunggu" if offer.voided_at is None else "dibatalkan"


def _differences(accept: Event | None) -> list[object]:
    diff = accept.payload.get("diff") if accept is not None else None
    return diff if isinstance(diff, list) else []


def _sites(done: Judgement) -> Iterable[SiteLine]:
    standing: dict[str, list[Line]] = {}
    for line in done.board.lines:
        if line.place not in ("jalan", "hilang"):
            standing.setdefault(line.site, []).append(line)
    for site in done.register.sites.values():
        here = standing.get(site.site, [])
        yield SiteLine(
            site=site.site,
            kind=site.kind,
            area=site.area,
            lat_e6=site.lat_e6,
            lon_e6=site.lon_e6,
            zone=site.zone,
            boxes=len(here),
            look=gravest(line.look for line in here) if here else "",
        )


def _districts(done: Judgement, sessions: Sequence[SessionLine]) -> Iterable[DistrictLine]:
    for code, here in done.board.by_district().items():
        if not code:
            continue
        own = [one for one in sessions if one.level == "district" and one.area == code]
        lat, lon = _middle(done, code)
        yield DistrictLine(
            code=code,
            boxes=len(here),
            places=dict(Counter(line.place for line in here)),
            looks=dict(Counter(line.look for line in here)),
            look=gravest(line.look for line in here),
            lat_e6=lat,
            lon_e6=lon,
            pleno=_least([one.state for one in own]),
            stations=sum(one.stations for one in own),
            stations_done=sum(one.stations_done for one in own),
        )


def _least(states: Sequence[str]) -> str:
    """How far a kecamatan's pleno is: done only when every election's is; one that is open or paused names it."""
    if not states or set(states) == {"selesai"}:
        return "selesai" if states else "belum"
    for state in ("diskors", "berlangsung"):
        if state in states:
            return state
    return "berlangsung" if "selesai" in states else "belum"


def _middle(done: Judgement, district: str) -> tuple[int | None, int | None]:
    """The PPK's point, else the middle of the kecamatan's sites; a typing error of the list is not on the earth."""
    sites = [
        one
        for one in done.register.sites.values()
        if one.area[:6] == district and len(one.area) >= 6 and is_on_earth(one.lat_e6, one.lon_e6)
    ]
    chosen = [one for one in sites if one.kind == "ppk"] or sites
    if not chosen:
        return None, None
    return int(median(one.lat_e6 for one in chosen)), int(median(one.lon_e6 for one in chosen))

"""A first pass over the events: which offer was answered how, who attested what, and which papers there are."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from kawal.custody.events import Accepted, Offered, read_accepted, read_offered, read_on_paper
from kawal.custody.papers import Paper
from kawal.custody.record import Offer
from kawal.election.geometry import read_site
from kawal.election.manifests import Blobs
from kawal.ledger.event import Eid, Event, Kid
from kawal.ledger.events import ESCORT_ROLES, WATCHER_ROLES, BadShape, answers
from kawal.ledger.history import History, Speaker

PAPER_ROLES = frozenset({"guard", "escort", "supervisor", "pps", "ppk", "kpu"})


@dataclass(frozen=True, slots=True)
class Attest:
    """Somebody saw an event: in which role, and where that stands in the fold order."""

    role: str
    who: str
    unit: str
    kid: Kid
    position: int
    eid: Eid


@dataclass
class Handing:
    """Offers, what they offered and their receivers by offer eid; answers by accept eid; attests by what they saw.

    others: offers of a post or a vehicle, whose answers are not custody's to read.
    """

    offers: dict[Eid, Offer] = field(default_factory=dict)
    offered: dict[Eid, Offered] = field(default_factory=dict)
    accepted: dict[Eid, Accepted] = field(default_factory=dict)
    answered: dict[Eid, Offer] = field(default_factory=dict)
    receivers: dict[Eid, Speaker] = field(default_factory=dict)
    papers: list[Paper] = field(default_factory=list)
    attests: dict[Eid, list[Attest]] = field(default_factory=dict)
    others: set[Eid] = field(default_factory=set)
    unreadable: dict[Eid, str] = field(default_factory=dict)


def collect(history: History, blobs: Blobs) -> Handing:
    """Read every hand-over event once. An answer counts from the device that the offer names, or from its unit."""
    handing = Handing()
    for position, event in enumerate(history.events):
        try:
            _take(handing, history, blobs, event, position)
        except BadShape as error:
            handing.unreadable[event.eid] = str(error)
    return handing


def _take(handing: Handing, history: History, blobs: Blobs, event: Event, position: int) -> None:
    match event.t:
        case "custody.offer":
            _offer(handing, history, blobs, event, position)
        case "custody.accept":
            _accept(handing, history, event)
        case "custody.void":
            for offer in _offers(handing, history, event):
                if event.kid == offer.giver.kid or history.speaker(event).unit == offer.giver.unit:
                    offer.voided_at = history.at(event)
        case "custody.close":
            _close(handing, history, event)
        case "custody.paper":
            _paper(handing, history, blobs, event)
        case "ledger.attest":
            speaker = history.speaker(event)
            for eid in answers(event):
                attest = Attest(speaker.role, speaker.who, speaker.unit, event.kid, position, event.eid)
                handing.attests.setdefault(history.same.get(eid, eid), []).append(attest)


def _paper(handing: Handing, history: History, blobs: Blobs, event: Event) -> None:
    """Take a page that a guard, supervisor, PPS, PPK or KPU device typed; nobody can have signed it tomorrow."""
    read = read_on_paper(event, blobs)
    speaker = history.speaker(event)
    if speaker.role not in PAPER_ROLES or read.giver == read.receiver:
        raise BadShape(
            f"halaman kertas dari {speaker.role} tidak dihitung / a page typed by {speaker.role} does not count"
        )
    read = replace(read, at=min(read.at, history.at(event)))
    handing.papers.append(Paper(event, read, speaker, read_site(event)))


def _offer(handing: Handing, history: History, blobs: Blobs, event: Event, position: int) -> None:
    offered = read_offered(event, blobs)
    if offered is None:
        handing.others.add(event.eid)
        return
    handing.offered[event.eid] = offered
    boxes = tuple(item.box for item in offered.listed.items or ())
    handing.offers[event.eid] = Offer(
        event.eid,
        history.speaker(event),
        offered.to,
        history.unit_of(offered.to),
        boxes,
        history.at(event),
        position,
        read_site(event),
    )


def _offers(handing: Handing, history: History, event: Event) -> Iterator[Offer]:
    for eid in answers(event):
        offer = handing.offers.get(history.same.get(eid, eid))
        if offer is not None:
            yield offer


def _accept(handing: Handing, history: History, event: Event) -> None:
    if any(history.same.get(eid, eid) in handing.others for eid in answers(event)):
        return
    accepted = read_accepted(event)
    speaker = history.speaker(event)
    for offer in _offers(handing, history, event):
        if offer.answered_by is not None or not _is_addressed(offer, speaker):
            continue
        offer.answered_at, offer.answered_by = history.at(event), event.eid
        offer.accept_at = None if accepted.answer == "no" else history.at(event)
        handing.accepted[event.eid] = accepted
        handing.answered[event.eid] = offer
        handing.receivers[offer.eid] = speaker
        # An accept answers one offer; a second eid in its `of` is no answer to anything.
        return


def _is_addressed(offer: Offer, speaker: Speaker) -> bool:
    return speaker.kid == offer.to or (bool(speaker.unit) and speaker.unit == offer.to_unit)


def _close(handing: Handing, history: History, event: Event) -> None:
    rtt = event.payload.get("rtt")
    for eid in answers(event):
        offer = handing.answered.get(history.same.get(eid, eid))
        if offer is not None and type(rtt) is int and history.speaker(event).unit == offer.giver.unit:
            offer.rtt = rtt


def is_independent(attest: Attest, speaker: Speaker) -> bool:
    """Whether an attest is somebody else's: another person, another unit, and one whose office it is to watch."""
    is_other = attest.who != speaker.who and attest.unit != speaker.unit
    return is_other and attest.role in ESCORT_ROLES | WATCHER_ROLES

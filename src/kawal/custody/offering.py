"""What a single offer or page shows: unanswered, one person on both sides, roles that cannot hold, order reversed."""

from collections.abc import Iterator

from kawal.custody.judging import Judging
from kawal.custody.record import BoxRecord, Offer
from kawal.custody.says import sentence
from kawal.ledger.event import Eid
from kawal.ledger.events import CUSTODIAN_ROLES
from kawal.ledger.finding import Finding, found


def offers(judging: Judging) -> Iterator[Finding]:
    """`custody.one-sided`, `same-person`, `wrong-roles` (alarm) and `order`: what a single offer shows."""
    for offer in judging.custody.offers.values():
        for box in offer.boxes:
            record = judging.custody.boxes[box]
            yield from _one_sided(judging, offer, record)
            yield from _same_person(judging, offer, record)
            yield from _wrong_roles(judging, offer, record)
            yield from _order(judging, offer, record)


def _one_sided(judging: Judging, offer: Offer, record: BoxRecord) -> Iterator[Finding]:
    limit = judging.limits.seconds("custody.one-sided", "limit_min")
    is_conflict = offer.voided_at is not None and offer.accept_at is not None
    if not is_conflict and not _is_one_sided(judging, offer, limit):
        return
    until, is_counted = _answered(offer, record)
    was_late = offer.answered_at is not None
    how = (
        ("dijawab baru kemudian, tidak", "answered only later, not") if was_late else ("tidak dijawab", "not answered")
    )
    yield found(
        "custody.one-sided",
        record.box,
        since=offer.at,
        until=until,
        evidence=[offer.eid, *([offer.answered_by] if offer.answered_by else [])],
        says=sentence(
            "one-sided-conflict" if is_conflict else "one-sided",
            judging.zone_of(record),
            times={"since": offer.at},
            spans={"limit": limit},
            how=how,
            box=record.box,
            holder=offer.giver.unit,
            unit=offer.to_unit or offer.to[:8],
        ),
        cause=f"device:{offer.to}",
        severity="info" if is_counted else None,
    )


def _is_one_sided(judging: Judging, offer: Offer, limit: int) -> bool:
    if offer.is_on_paper:
        return False
    if offer.answered_at is not None:
        # The giver's own clock measured the answer (`rtt`): two clocks that disagree are no late answer.
        waited = offer.rtt if offer.rtt is not None else offer.answered_at - offer.at
        return waited > limit
    ended = offer.voided_at if offer.voided_at is not None else judging.now
    return ended - offer.at > limit


def _answered(offer: Offer, record: BoxRecord) -> tuple[int | None, bool]:
    """When an unanswered offer was settled: by its late answer, its void, or the next hand-over or stock-take."""
    if offer.answered_at is not None:
        return max(offer.answered_at, offer.at), False
    if offer.voided_at is not None:
        return offer.voided_at, False
    closed = [(gap.until, gap.is_counted) for gap in record.breaks if gap.until is not None and gap.until >= offer.at]
    passed = [(one.at, False) for one in record.hand_overs if one.at >= offer.at]
    settled = min([*closed, *passed], default=None)
    return settled if settled is not None else (None, False)


def _same_person(judging: Judging, offer: Offer, record: BoxRecord) -> Iterator[Finding]:
    receiver = judging.custody.receivers.get(offer.eid)
    if receiver is None or offer.accept_at is None:
        return
    if receiver.kid != offer.giver.kid and receiver.who != offer.giver.who:
        return
    yield found(
        "custody.same-person",
        record.box,
        since=offer.at,
        until=max(offer.accept_at, offer.at),
        evidence=_pair(offer),
        says=sentence(
            "same-person",
            judging.zone_of(record),
            times={"since": offer.accept_at},
            box=record.box,
            holder=offer.giver.unit,
            unit=receiver.unit,
        ),
        cause=f"who:{receiver.who}",
    )


def _pair(offer: Offer) -> list[Eid]:
    return [offer.eid, *([offer.answered_by] if offer.answered_by else [])]


def _wrong_roles(judging: Judging, offer: Offer, record: BoxRecord) -> Iterator[Finding]:
    receiver = judging.custody.receivers.get(offer.eid)
    is_giver_wrong = offer.giver.role not in CUSTODIAN_ROLES
    is_receiver_wrong = receiver is not None and offer.accept_at is not None and receiver.role not in CUSTODIAN_ROLES
    if not is_giver_wrong and not is_receiver_wrong:
        return
    yield found(
        "custody.wrong-roles",
        record.box,
        since=offer.at,
        until=max(offer.accept_at, offer.at) if offer.accept_at is not None else None,
        evidence=_pair(offer),
        says=sentence(
            "wrong-roles",
            judging.zone_of(record),
            times={"since": offer.at},
            box=record.box,
            holder=offer.giver.unit or offer.giver.who,
            unit=(receiver.unit or receiver.who) if receiver else offer.to_unit,
            giver=offer.giver.role,
            receiver=receiver.role if receiver else "-",
        ),
        cause=f"device:{receiver.kid if is_receiver_wrong and receiver else offer.giver.kid}",
    )


def _order(judging: Judging, offer: Offer, record: BoxRecord) -> Iterator[Finding]:
    if offer.answered_by is None or offer.accept_at is None:
        return
    given = judging.history.intervals[offer.eid].lo
    received = judging.history.intervals[offer.answered_by].hi
    if given is None or received is None or received >= given:
        return
    receiver = judging.custody.receivers[offer.eid]
    yield found(
        "custody.order",
        record.box,
        since=received,
        until=given,
        evidence=_pair(offer),
        says=sentence(
            "order",
            judging.zone_of(record),
            times={"since": received, "until": given},
            box=record.box,
            holder=offer.giver.unit,
            unit=receiver.unit,
        ),
        cause=f"{offer.giver.unit}>{receiver.unit}",
    )


def roads(judging: Judging) -> Iterator[Finding]:
    """`custody.order` for convoys: arrived, provably, before it departed."""
    departed = {(end.convoy, end.vehicle): end for end in judging.custody.departures}
    for arrival in judging.custody.arrivals:
        departure = departed.get((arrival.convoy, arrival.vehicle))
        if departure is None:
            continue
        given = judging.history.intervals[departure.eid].lo
        received = judging.history.intervals[arrival.eid].hi
        if given is None or received is None or received >= given:
            continue
        for box in sorted(set(departure.boxes) & set(arrival.boxes)):
            record = judging.custody.boxes[box]
            yield found(
                "custody.order",
                box,
                since=received,
                until=given,
                evidence=[departure.eid, arrival.eid],
                says=sentence(
                    "order",
                    judging.zone_of(record),
                    times={"since": received, "until": given},
                    box=box,
                    holder=record.holder,
                    unit=f"konvoi {arrival.convoy}",
                ),
                cause=f"convoy:{arrival.convoy}",
            )


def paper_roles(judging: Judging) -> Iterator[Finding]:
    """`custody.wrong-roles` (alarm) for a page whose giver or receiver is no election body."""
    for paper in judging.custody.papers:
        giver, receiver = paper.on_paper.giver, paper.on_paper.receiver
        if judging.is_custodian(giver) and judging.is_custodian(receiver):
            continue
        for box in paper.boxes:
            record = judging.custody.boxes.get(box)
            if record is None:
                continue
            yield found(
                "custody.wrong-roles",
                box,
                since=paper.on_paper.at,
                until=paper.on_paper.at,
                evidence=[paper.event.eid],
                says=sentence(
                    "wrong-roles-paper",
                    judging.zone_of(record),
                    times={"since": paper.on_paper.at},
                    box=box,
                    holder=giver,
                    unit=receiver,
                ),
                cause=f"{giver}>{receiver}",
            )

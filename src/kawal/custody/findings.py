"""What is wrong with the custody of boxes, and why: every `custody.*` finding from the facts of the fold."""

from collections.abc import Iterable, Iterator

from kawal.custody.deadlines import early, missing, overdue, unsealed
from kawal.custody.judging import Judging
from kawal.custody.offering import offers, paper_roles, roads
from kawal.custody.openings import opened
from kawal.custody.record import BoxRecord, Break, CountOff, HandOver, Jump
from kawal.custody.says import graded, sentence
from kawal.custody.state import Custody
from kawal.election.state import Register
from kawal.ledger.events import ESCORT_ROLES, WATCHER_ROLES
from kawal.ledger.finding import Finding, found, in_order
from kawal.ledger.history import History


def custody_findings(history: History, register: Register, custody: Custody) -> list[Finding]:
    """Compute every `custody.*` finding. Source: docs/format/findings.md."""
    judging = Judging(history, register, custody)
    per_box = (gaps, mismatches, jumps, reuses, unwitnessed, opened, unsealed, early, overdue, missing)
    made: list[Finding] = [
        *offers(judging),
        *paper_roles(judging),
        *roads(judging),
        *counts(judging),
        *strangers(judging),
    ]
    for record in custody.boxes.values():
        for judge in per_box:
            made.extend(judge(judging, record))
    return in_order(made)


def gaps(judging: Judging, record: BoxRecord) -> Iterator[Finding]:
    """`custody.gap`: an interval in which control of the box is uncertain."""
    for gap in record.breaks:
        name = "gap-custodian" if gap.is_other_custodian else "gap-site"
        evidence = [gap.since.eid, gap.seen.eid, *([gap.closed_by] if gap.closed_by else [])]
        yield found(
            "custody.gap",
            record.box,
            since=min(gap.since.at, gap.seen.at),
            until=gap.until,
            evidence=evidence,
            says=sentence(
                name,
                judging.zone_of(record),
                times={"since": min(gap.since.at, gap.seen.at), "seen": gap.seen.at},
                end=_end(gap, judging, record),
                box=record.box,
                holder=graded(gap.holder, gap.grade),
                unit=gap.seen.unit,
                site=gap.seen.site,
            ),
            cause=f"device:{gap.receiver_kid}" if gap.receiver_kid else f"{gap.holder}>{gap.seen.unit}",
            severity="info" if gap.is_counted else None,
        )


def _end(gap: Break, judging: Judging, record: BoxRecord) -> tuple[str, str]:
    if gap.until is None:
        return "Belum pulih: hitung dan periksa segelnya sekarang.", "Not restored: count it and examine its seals now."
    at = judging.clock(record, gap.until)
    if gap.is_counted:
        how = ("hitungan yang disaksikan", "a witnessed count")
    elif gap.is_closed_by_count:
        how = ("hitungan tanpa saksi", "a count that nobody witnessed")
    else:
        how = ("serah terima berikutnya", "the next hand-over")
    return f"Pulih {at[0]} oleh {how[0]}.", f"Restored {at[1]} by {how[1]}."


def mismatches(judging: Judging, record: BoxRecord) -> Iterator[Finding]:
    """`custody.seal-mismatch`."""
    for one in record.mismatches:
        yield found(
            "custody.seal-mismatch",
            record.box,
            since=one.at,
            until=one.until,
            evidence=one.evidence,
            says=sentence(
                "seal-mismatch",
                judging.zone_of(record),
                times={"since": one.at},
                box=record.box,
                seen=one.seen,
                recorded=one.recorded,
                holder=graded(one.holder, one.grade),
            ),
        )


def jumps(judging: Judging, record: BoxRecord) -> Iterator[Finding]:
    """`custody.two-places`: one finding a box, with every impossible pair of sightings."""
    if not record.jumps:
        return
    first: Jump = min(record.jumps, key=lambda one: one.second.at)
    times = [at for one in record.jumps for at in (one.first.at, one.second.at)]
    yield found(
        "custody.two-places",
        record.box,
        since=min(first.first.at, first.second.at),
        until=max(times),
        evidence=[eid for one in record.jumps for eid in (one.first.eid, one.second.eid)],
        says=sentence(
            "two-places",
            judging.zone_of(record),
            times={"since": first.first.at, "until": first.second.at},
            box=record.box,
            first=first.places[0],
            second=first.places[1],
            km=round(first.distance_km),
            holder=graded(record.holder, record.grade),
        ),
    )


def reuses(judging: Judging, record: BoxRecord) -> Iterator[Finding]:
    """`custody.seal-reused`: named on the box that was sealed second."""
    for one in record.reuses:
        yield found(
            "custody.seal-reused",
            record.box,
            since=one.at,
            until=None,
            evidence=[one.other_eid, one.eid],
            says=sentence(
                "seal-reused",
                judging.zone_of(record),
                times={"since": one.at},
                box=record.box,
                serial=one.serial,
                other=one.other,
                holder=judging.held_at(record, one.at),
            ),
        )


def unwitnessed(judging: Judging, record: BoxRecord) -> Iterator[Finding]:
    """`custody.wrong-roles` (warn): no escort, or no supervisor or witness, attested before the next hand-over."""
    wait = judging.limits.seconds("ledger.late", "limit_h")
    for one, after in zip(record.hand_overs, [*record.hand_overs[1:], None], strict=False):
        # The last hand-over has no next one: it is judged once its witnesses' phones had time to send.
        if one.giver == one.receiver or (after is None and judging.now <= one.at + wait):
            continue
        lacking = _lacking(judging, one, after.position if after else len(judging.history.events))
        if lacking is None:
            continue
        yield found(
            "custody.wrong-roles",
            record.box,
            since=one.at,
            until=max(after.at, one.at) if after else None,
            evidence=one.evidence,
            says=sentence(
                "unwitnessed",
                judging.zone_of(record),
                times={"since": one.at},
                lacking=lacking,
                box=record.box,
                holder=one.giver,
                unit=one.receiver,
            ),
            cause=f"unwitnessed:{one.receiver}",
            severity="warn",
        )


def _lacking(judging: Judging, one: HandOver, next_position: int) -> tuple[str, str] | None:
    roles = {
        attest.role
        for eid in (*one.evidence, *judging.closes.get(one.evidence[-1], ()))
        for attest in judging.custody.attests.get(eid, ())
        if attest.position < next_position
    }
    if not roles & ESCORT_ROLES:
        return "pengawal", "escort"
    return None if roles & WATCHER_ROLES else ("pengawas atau saksi", "supervisor or witness")


def counts(judging: Judging) -> Iterator[Finding]:
    """`custody.count`: one finding for each box that differs, of the site where only numbers are known."""
    for off in judging.custody.counts_off:
        yield _box_count(judging, off) if off.box else _number_count(judging, off)


def _box_count(judging: Judging, off: CountOff) -> Finding:
    record = judging.custody.boxes[off.box]
    return found(
        "custody.count",
        off.box,
        since=off.at,
        until=judging.seen_after(record, off.at),
        evidence=off.evidence,
        says=sentence(
            "count-extra" if off.is_extra else "count-missing",
            judging.zone_of(record),
            times={"since": off.at},
            box=off.box,
            site=off.site,
            holder=judging.held_at(record, off.at),
        ),
        cause=f"count:{off.evidence[-1]}",
    )


def _number_count(judging: Judging, off: CountOff) -> Finding:
    return found(
        "custody.count",
        off.site,
        since=off.at,
        until=None,
        evidence=off.evidence,
        says=sentence(
            "count-number",
            judging.register.zone,
            times={"since": off.at},
            box=off.site,
            counted=str(off.counted),
            expected=str(off.expected),
        ),
        cause=f"count:{off.evidence[-1]}",
    )


def strangers(judging: Judging) -> Iterable[Finding]:
    """`custody.unknown`: seen and not expected; info where it was one slip of the hand for a box that is."""
    for slip in judging.custody.slips:
        record = judging.custody.boxes[slip.box]
        yield found(
            "custody.unknown",
            slip.typed,
            since=slip.at,
            until=slip.at,
            evidence=[slip.eid],
            says=sentence("slip", judging.zone_of(record), times={"since": slip.at}, box=slip.typed, meant=slip.box),
            cause="slip",
            severity="info",
        )
    if not judging.register.boxes:
        return
    for record in judging.custody.boxes.values():
        first = record.first_named
        if record.expected is None and first is not None:
            yield found(
                "custody.unknown",
                record.box,
                since=first.at,
                until=None,
                evidence=[first.eid],
                says=sentence(
                    "unknown",
                    judging.register.zone,
                    times={"since": first.at},
                    box=record.box,
                    holder=record.holder or first.unit,
                ),
            )

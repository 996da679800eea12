"""What should have happened by now: boxes missing, left too early, too long on the road, or left open."""

from collections.abc import Callable, Iterator

from kawal.custody.holding import rank
from kawal.custody.judging import Judging
from kawal.custody.openings import box_sessions
from kawal.custody.record import BoxRecord, Opening, Stand
from kawal.custody.says import sentence
from kawal.election.calendar import Session, sessions_of
from kawal.ledger.finding import Finding, found

PERMITTED_OPEN_S = 24 * 3600
_Test = Callable[[Stand, BoxRecord], bool]


def _sessions(judging: Judging, record: BoxRecord) -> list[Session]:
    row = record.expected
    if row is None:
        return []
    return sessions_of(judging.sessions, row.district, row.election)


def missing(judging: Judging, record: BoxRecord) -> Iterator[Finding]:
    """`custody.missing`: at the PPK when its session opens, at the warehouse 24 h after its session closed."""
    sessions = _sessions(judging, record)
    if not sessions:
        return
    slack = judging.limits.seconds("ledger.clock", "slack_s")
    opened = [one for one in sessions if one.opened_at is not None]
    if opened:
        first = min(opened, key=lambda one: one.opened_at or 0)
        since = first.opened_at or 0
        if not _stood(record, since + slack, _is_at_ppk):
            until = _first(record, since, _is_at_ppk)
            yield _missing(judging, record, first, "missing-ppk", since=since, until=until)
    closed = [one.closed_at for one in sessions if one.closed_at is not None]
    if len(closed) == len(sessions):
        deadline = max(closed) + judging.limits.seconds("custody.missing", "warehouse_h")
        if judging.now > deadline and not _stood(record, deadline + slack, _is_at_warehouse):
            until = _first(record, deadline, _is_at_warehouse)
            yield _missing(judging, record, sessions[-1], "missing-warehouse", since=deadline, until=until)


def _missing(
    judging: Judging, record: BoxRecord, session: Session, name: str, *, since: int, until: int | None
) -> Finding:
    area = record.expected.district if record.expected else ""
    return found(
        "custody.missing",
        record.box,
        since=since,
        until=until,
        evidence=[*([record.last.eid] if record.last else []), *session.evidence[:1]],
        says=sentence(
            name,
            judging.zone_of(record),
            times={"since": since},
            spans={"limit": judging.limits.seconds("custody.missing", "warehouse_h")},
            box=record.box,
            holder=judging.held_at(record, since),
        ),
        cause=f"{name}:{judging.holder_at(record, since) if record.last else area}",
    )


def _is_at_ppk(stand: Stand, record: BoxRecord) -> bool:
    is_there = rank(stand.holder) == rank("ppk") or stand.site_kind in ("ppk", "pleno")
    is_own = record.expected is not None and record.expected.election == "PPK"
    return (is_there and (stand.is_upward or is_own)) or (_is_at_warehouse(stand, record) and stand.is_upward)


def _is_at_warehouse(stand: Stand, _: BoxRecord) -> bool:
    return rank(stand.holder) == rank("kpu") or stand.site_kind == "warehouse"


def _stood(record: BoxRecord, at: int, is_there: _Test) -> bool:
    stand = record.stand_at(at)
    if stand is not None and is_there(stand, record):
        return True
    # Seen there without a hand-over: that is a gap, but the box is not missing.
    return any(is_there(seen, record) and seen.at <= at for seen in record.seen_astray)


def _first(record: BoxRecord, at: int, is_there: _Test) -> int | None:
    later = [one.at for one in (*record.stands, *record.seen_astray) if one.at > at and is_there(one, record)]
    return min(later, default=None)


def early(judging: Judging, record: BoxRecord) -> Iterator[Finding]:
    """`custody.early`: the box left the PPK before the sessions it waits for were closed."""
    sessions = _sessions(judging, record)
    if not sessions or not record.left_ppk:
        return
    left = record.left_ppk[0]
    open_sessions = [one for one in sessions if one.closed_at is None or one.closed_at > left.at]
    if not open_sessions:
        return
    closed = [one.closed_at for one in open_sessions]
    until = None if None in closed else max(at for at in closed if at is not None)
    at = judging.clock(record, until) if until is not None else None
    yield found(
        "custody.early",
        record.box,
        since=left.at,
        until=until,
        evidence=[left.eid, *(eid for one in open_sessions for eid in one.evidence[-1:])],
        says=sentence(
            "early",
            judging.zone_of(record),
            times={"since": left.at},
            until=(f" ({at[0]})", f" ({at[1]})") if at else ("", ""),
            box=record.box,
            holder=f"ppk-{record.expected.district}" if record.expected else left.unit,
        ),
        cause=f"early:{open_sessions[0].area}",
    )


def overdue(judging: Judging, record: BoxRecord) -> Iterator[Finding]:
    """`custody.overdue`: on the road longer than planned times 1.5."""
    for transit in record.transits:
        plan = judging.register.convoys.get(transit.convoy)
        if plan is None:
            continue
        limit = (plan.arrive - plan.depart) * judging.limits.of("custody.overdue", "plan_percent") // 100
        due = transit.since + limit
        if (transit.until if transit.until is not None else judging.now) <= due:
            continue
        yield found(
            "custody.overdue",
            record.box,
            since=due,
            until=transit.until,
            evidence=[transit.eid],
            says=sentence(
                "overdue",
                judging.zone_of(record),
                times={"since": due, "departed": transit.since},
                box=record.box,
                convoy=transit.convoy,
                holder=judging.held_at(record, transit.since),
            ),
            cause=f"convoy:{transit.convoy}",
        )


def unsealed(judging: Judging, record: BoxRecord) -> Iterator[Finding]:
    """`custody.unsealed`: moved while open, or stored open beyond the limit after its session."""
    for opening in record.openings:
        limit = judging.limits.seconds("custody.unsealed", "limit_min")
        sealed = opening.sealed_at
        if opening.moved_at is not None and (sealed is None or opening.moved_at < sealed):
            how = ("lalu dipindahkan dalam keadaan terbuka", "then moved while open")
            yield _unsealed(judging, record, opening, opening.moved_at, how)
            continue
        since = _left_open_from(judging, record, opening)
        if since is not None and (sealed if sealed is not None else judging.now) > since + limit:
            how = ("belum disegel setelah plenonya berakhir", "not sealed after its session ended")
            yield _unsealed(judging, record, opening, since + limit, how)


def _left_open_from(judging: Judging, record: BoxRecord, opening: Opening) -> int | None:
    sessions = box_sessions(judging, record, opening.holder)
    slack = judging.limits.seconds("ledger.clock", "slack_s")
    during = [one for one in sessions if one.is_open(opening.at, slack=slack)]
    if opening.why == "pleno" and during:
        ends = [until for one in during for since, until in one.spans if since - slack <= opening.at]
        open_ends = [until for until in ends if until is not None and until >= opening.at - slack]
        return None if None in ends else min(open_ends, default=None)
    # Evidence and court openings last as long as they last: a day is the most before somebody must look.
    return opening.at + (PERMITTED_OPEN_S if opening.why != "pleno" else 0)


def _unsealed(judging: Judging, record: BoxRecord, opening: Opening, since: int, how: tuple[str, str]) -> Finding:
    return found(
        "custody.unsealed",
        record.box,
        since=since,
        until=opening.sealed_at,
        evidence=[opening.eid, *([opening.moved_by] if opening.moved_by else [])],
        says=sentence(
            "unsealed",
            judging.zone_of(record),
            times={"since": opening.at},
            how=how,
            box=record.box,
            holder=judging.held_at(record, since),
        ),
        cause=f"unsealed:{opening.holder}",
    )

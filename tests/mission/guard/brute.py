"""The rules of posts, second by second: slow, plain, and written without looking at the fold."""

from collections.abc import Iterable, Sequence

from kawal.guard.manifests import PostRow
from kawal.guard.record import Duty, PostLife
from kawal.ledger.event import Eid, Kid
from kawal.ledger.finding import Finding

END = 60
POST = "pos-uji"


def row(since: int, until: int, *, ring: int = 1, strength: int = 1, beat: int = 0) -> PostRow:
    return PostRow(POST, "ppk-530305", ring, strength, beat, since, until)


def duty(who: str, on: int, off: int | None, people: int = 1) -> Duty:
    eid = Eid(f"on-{who}-{on}")
    left_by = Eid(f"off-{who}-{off}") if off is not None else None
    return Duty(
        who,
        "polsek-530305",
        POST,
        on,
        eid,
        Kid(who),
        1,
        "",
        "",
        [(on, people, eid)],
        is_told_by_accept=False,
        last_at=on,
        last=eid,
        off_at=off,
        left_at=off,
        left_by=left_by,
    )


def wanted(rows: Sequence[PostRow], at: int) -> int | None:
    """The strength asked for at a second; None where there is no row."""
    counting = _counting(rows, at)
    return sum(one.min_strength for one in counting) if counting else None


def beat(rows: Sequence[PostRow], at: int) -> int:
    """The heartbeat due at a second, 0 where none is."""
    return min((one.beat_s for one in _counting(rows, at) if one.beat_s), default=0)


def _counting(rows: Sequence[PostRow], at: int) -> list[PostRow]:
    active = [one for one in rows if one.since <= at < one.until]
    return [[one for one in active if one.ring == ring][-1] for ring in {one.ring for one in active}]


def people(life: PostLife, at: int) -> int:
    """How many are there at a second."""
    there: dict[str, int] = {}
    for one in life.on_duty(at):
        there[one.who] = max(there.get(one.who, 0), one.people[0][1])
    return sum(there.values())


def uncovered(rows: Sequence[PostRow], life: PostLife, *, now: int) -> set[int]:
    """The seconds with too few, up to now and with it."""
    return {at for at in range(now + 1) if people(life, at) < (wanted(rows, at) or 0)}


def relief_gaps(rows: Sequence[PostRow], life: PostLife, *, now: int) -> set[int]:
    """The seconds without anybody that began by somebody leaving, inside rows that ask for strength."""
    found, is_gap = set(), False
    for at in range(now + 1):
        is_asked, there = bool(wanted(rows, at)), people(life, at)
        is_left = any(one.left_at == at and one.on_at < at for one in life.duties)
        is_gap = is_asked and not there and (is_gap or is_left)
        if is_gap:
            found.add(at)
    return found


def silent(rows: Sequence[PostRow], signs: Iterable[int], *, grace: int, now: int) -> set[int]:
    """The seconds after one by which a sign of life was due. All rows with a beat must have the same one."""
    heard, began = set(signs), None
    found = set()
    for at in range(now + 1):
        due = beat(rows, at)
        if not due:
            began = None
            continue
        if began is None or at in heard:
            began = at
        if at > began + due + grace:
            found.add(at)
    return found


def seconds(findings: Iterable[Finding], *, now: int, is_late: bool = False) -> set[int]:
    """The seconds that findings speak of, up to now. is_late: they begin at the last second that was in time."""
    found: set[int] = set()
    for one in findings:
        found |= set(range(one.since + is_late, (one.until if one.until is not None else now + 1)))
    return found

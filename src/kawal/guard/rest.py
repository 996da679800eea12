"""Rest between duties: `guard.fatigue`. A swapped phone, or a step to the neighbour post, ends no duty."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kawal.guard.judging import Judging
from kawal.guard.record import Duty
from kawal.guard.says import sentence
from kawal.ledger.event import Eid
from kawal.ledger.finding import Finding, found

BREAK_S = 30 * 60
LONGEST_S = 12 * 3600


@dataclass
class _Stretch:
    """Duty without a real break. last: the event that ends it; is_signed_off: it is an end that somebody signed."""

    since: int
    until: int
    on: Eid
    last: Eid
    is_signed_off: bool


def fatigue(judging: Judging, who: str, duties: Iterable[Duty]) -> Iterator[Finding]:
    """`guard.fatigue` of one person: less rest between two duties than the limit. duties: by beginning."""
    limit = judging.limits.seconds("guard.fatigue", "rest_h")
    stretch: _Stretch | None = None
    for duty in duties:
        after = _stretch(duty)
        if stretch is None:
            stretch = after
            continue
        rest = after.since - stretch.until
        until = max(after.until, stretch.until)
        # Coming on elsewhere without signing off first is a move: nobody went home in between.
        is_break = rest < BREAK_S or not stretch.is_signed_off
        if is_break and until - stretch.since <= LONGEST_S:
            end = after if after.until >= stretch.until else stretch
            stretch = _Stretch(stretch.since, until, stretch.on, end.last, after.is_signed_off)
            continue
        if rest < limit and judging.is_judged(after.since, is_told=True):
            yield _fatigue(judging, who, stretch, after, limit)
        stretch = after


def _stretch(duty: Duty) -> _Stretch:
    # Whoever never signed off was on duty for as long as they were heard.
    if duty.off_at is not None and duty.left_by is not None:
        return _Stretch(duty.on_at, duty.off_at, duty.on, duty.left_by, is_signed_off=True)
    return _Stretch(duty.on_at, duty.last_at, duty.on, duty.last, is_signed_off=False)


def _fatigue(judging: Judging, who: str, before: _Stretch, after: _Stretch, limit: int) -> Finding:
    since = min(before.until, after.since)
    return found(
        "guard.fatigue",
        who,
        since=since,
        until=after.since,
        evidence=(before.on, before.last, after.on),
        says=sentence(
            "fatigue",
            judging.register.zone,
            times={"since": since, "until": after.since},
            spans={"rest": after.since - since, "limit": limit},
            who=who,
        ),
        cause=f"guard.fatigue:{who}",
    )

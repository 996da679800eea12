"""Posts that were not heard: `guard.silent`. Silence is a signal only where a sign of life was due."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from kawal.guard.judging import Judging
from kawal.guard.posts import Period, Post
from kawal.guard.record import PostLife, Sign
from kawal.guard.says import ended, sentence
from kawal.ledger.event import Eid
from kawal.ledger.finding import Finding, found


@dataclass(frozen=True, slots=True)
class _Silence:
    """Overdue from `since` on. heard: when the clock began; until: the next sign, or the end of what expects one."""

    heard: int
    since: int
    until: int
    evidence: tuple[Eid, ...]
    is_told: bool


def silence(judging: Judging, post: Post, life: PostLife) -> Iterator[Finding]:
    """`guard.silent` of one post: no sign of life within the heartbeat's period and the grace."""
    grace = judging.limits.seconds("guard.silent", "grace_s")
    zone, place = judging.zone_of(post.post), 0
    for run in _runs(post.periods):
        while place < len(life.signs) and life.signs[place].at < run[0].since:
            place += 1
        before = life.signs[place - 1] if place else None
        first = place
        while place < len(life.signs) and life.signs[place].at < run[-1].until:
            place += 1
        for one in _silences(run, before, life.signs[first:place], grace):
            # Overdue begins after the last second that was still in time.
            if not judging.is_judged(one.since + 1, is_told=one.is_told):
                continue
            until = judging.ended(one.until, is_told=one.is_told)
            yield found(
                "guard.silent",
                post.post,
                since=one.since,
                until=until,
                evidence=one.evidence,
                says=sentence(
                    "silent",
                    zone,
                    times={"since": one.since, "heard": one.heard},
                    end=ended("silent", until, zone),
                    post=post.post,
                    site=judging.site_of(post.post),
                ),
                cause=f"guard.silent:{post.post}",
            )


def _runs(periods: Sequence[Period]) -> Iterator[list[Period]]:
    """Stretches over which a heartbeat is due without a break; a window of expected silence breaks them."""
    run: list[Period] = []
    for period in periods:
        if run and (period.since > run[-1].until or not period.beat_s):
            yield run
            run = []
        if period.beat_s:
            run.append(period)
    if run:
        yield run


def _silences(run: Sequence[Period], before: Sign | None, signs: Sequence[Sign], grace: int) -> Iterator[_Silence]:
    """The silences of one run. The clock begins with the run, however lately the post was heard before it."""
    since, last = run[0].since, before
    ends = [period.until for period in run]
    for sign in (*signs, None):
        until = sign.at if sign is not None else run[-1].until
        due = _due(run, ends, since, grace)
        if due < until:
            evidence = (
                *run[bisect_right(ends, since)].manifests,
                *(one.eid for one in (last, sign) if one is not None),
            )
            yield _Silence(since, due, until, evidence, is_told=sign is not None)
        if sign is not None:
            since, last = sign.at, sign


def _due(run: Sequence[Period], ends: Sequence[int], since: int, grace: int) -> int:
    """Until when a sign must have come. A shorter beat that begins meanwhile asks for one from its own beginning."""
    first = bisect_right(ends, since)
    beat = run[first].beat_s
    due = since + beat + grace
    for period in islice(run, first + 1, None):
        if due < period.since:
            break
        is_shorter = period.beat_s < beat
        beat = period.beat_s
        due = min(due, period.since + beat + grace) if is_shorter else since + beat + grace
    return due

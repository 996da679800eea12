"""Hours without enough guards: `guard.uncovered`, and `guard.relief-gap` where nobody at all was there in between."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from kawal.guard.judging import Judging
from kawal.guard.posts import Period, Post
from kawal.guard.record import PostLife
from kawal.guard.says import ended, sentence
from kawal.guard.strength import Strength, strengths
from kawal.ledger.event import Eid
from kawal.ledger.finding import Finding, found


@dataclass
class _Lack:
    """Seconds with too few.

    least: the fewest there; wanted: the most that had to be; is_begun: an event begins it; is_told: an event ends it.
    """

    since: int
    until: int
    least: int
    wanted: int
    evidence: list[Eid] = field(default_factory=list)
    is_told: bool = False
    is_begun: bool = False


def cover(judging: Judging, post: Post, life: PostLife) -> Iterator[Finding]:
    """`guard.uncovered` and `guard.relief-gap` of one post."""
    if not any(period.strength for period in post.periods):
        return
    steps = strengths(life.duties)
    for name, lacks in (("uncovered", _lacks), ("relief-gap", _empty)):
        for lack in lacks(post.periods, steps):
            if judging.is_judged(lack.since, is_told=lack.is_begun or lack.is_told):
                yield _found(judging, post, lack, name)


def _lacks(periods: Sequence[Period], steps: Sequence[Strength]) -> Iterator[_Lack]:
    """Maximal stretches of seconds in which fewer were there than the rows ask for."""
    lack: _Lack | None = None
    for since, until, period, step, is_step in _pieces(periods, steps):
        if lack is not None and lack.until < since:
            yield lack
            lack = None
        people = step.people if step is not None else 0
        changed = step.changed_by if step is not None and is_step else ()
        if people >= period.strength:
            if lack is not None:
                lack.evidence.extend(changed)
                lack.is_told = is_step
                yield lack
                lack = None
            continue
        if lack is None:
            lack = _Lack(since, until, people, period.strength, is_begun=is_step)
        lack.until, lack.least, lack.wanted = until, min(lack.least, people), max(lack.wanted, period.strength)
        lack.evidence.extend((*period.manifests, *changed))
    if lack is not None:
        yield lack


def _empty(periods: Sequence[Period], steps: Sequence[Strength]) -> Iterator[_Lack]:
    """Stretches in which nobody was there, each begun by somebody leaving inside the rows."""
    lack: _Lack | None = None
    for since, until, period, step, is_step in _pieces(periods, steps):
        is_empty = period.strength > 0 and step is not None and not step.persons
        if lack is not None and (lack.until < since or not is_empty):
            if lack.until == since and step is not None and is_step and step.persons:
                lack.evidence.extend(step.changed_by)
                lack.is_told = True
            yield lack
            lack = None
        if not is_empty or step is None:
            continue
        if lack is None and is_step and step.is_left:
            lack = _Lack(since, until, 0, period.strength, [*period.manifests, *step.changed_by], is_begun=True)
        elif lack is not None:
            lack.until = until
    if lack is not None:
        yield lack


_Piece = tuple[int, int, Period, Strength | None, bool]


def _pieces(periods: Sequence[Period], steps: Sequence[Strength]) -> Iterator[_Piece]:
    """Cut both step functions where either changes: from, until, what is in force, and whether a step begins there."""
    place = -1
    for period in periods:
        since = period.since
        while place + 1 < len(steps) and steps[place + 1].at <= since:
            place += 1
        while since < period.until:
            step = steps[place] if place >= 0 else None
            until = steps[place + 1].at if place + 1 < len(steps) else period.until
            until = min(until, period.until)
            yield since, until, period, step, step is not None and step.at == since
            since = until
            if place + 1 < len(steps) and steps[place + 1].at == since and since < period.until:
                place += 1


def _found(judging: Judging, post: Post, lack: _Lack, name: str) -> Finding:
    until = judging.ended(lack.until, is_told=lack.is_told)
    zone = judging.zone_of(post.post)
    return found(
        f"guard.{name}",
        post.post,
        since=lack.since,
        until=until,
        evidence=lack.evidence,
        says=sentence(
            name,
            zone,
            times={"since": lack.since},
            end=ended(name, until, zone),
            post=post.post,
            site=judging.site_of(post.post),
            least=str(lack.least),
            wanted=str(lack.wanted),
        ),
        cause=f"guard.{name}:{post.post}",
    )

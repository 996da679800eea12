"""Counts that differ where a post was handed over: `guard.count`. What nobody looked at differs from nothing."""

from collections.abc import Iterator, Sequence

from kawal.guard.judging import Judging
from kawal.guard.record import Relief
from kawal.guard.says import counted, ended, sentence
from kawal.ledger.event import Eid
from kawal.ledger.finding import Finding, found

_Answered = tuple[int, Eid, Relief]


def counts(judging: Judging, post: str, reliefs: Sequence[Relief]) -> Iterator[Finding]:
    """`guard.count` of one post: it lasts until the next relief at which both counted the same."""
    answered: list[_Answered] = [
        (one.accepted_at, one.accept, one) for one in reliefs if one.accepted_at is not None and one.accept is not None
    ]
    settled: _Answered | None = None
    for one in sorted(answered, key=lambda one: one[:2], reverse=True):
        if _agrees(one[2]):
            settled = one
        elif _differs(one[2]) and judging.is_judged(one[0], is_told=True):
            yield _count(judging, post, one, settled)


def _agrees(relief: Relief) -> bool:
    return relief.given is not None and relief.given == relief.taken and relief.answer == "ok"


def _differs(relief: Relief) -> bool:
    is_counted = relief.given is not None and relief.taken is not None
    return relief.answer == "diff" or (is_counted and relief.given != relief.taken)


def _count(judging: Judging, post: str, one: _Answered, settled: _Answered | None) -> Finding:
    at, accept, relief = one
    zone = judging.zone_of(post)
    until = judging.ended(settled[0], is_told=True) if settled is not None else None
    return found(
        "guard.count",
        post,
        since=at,
        until=until,
        evidence=(relief.offer, accept, *([settled[1]] if settled is not None and until is not None else [])),
        says=sentence(
            "count",
            zone,
            times={"since": at},
            end=ended("count", until, zone),
            post=post,
            site=judging.site_of(post),
            given=counted(relief.given),
            taken=counted(relief.taken),
        ),
        cause=f"guard.count:{post}",
    )

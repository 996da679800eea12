"""Reports from elsewhere: `guard.away`. An unknown place, or a fix that may be wrong by as much, accuses nobody."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from kawal.election.geometry import distance_km
from kawal.guard.events import Fix
from kawal.guard.judging import Judging
from kawal.guard.posts import Post
from kawal.guard.record import Located, PostLife
from kawal.guard.says import ended, sentence
from kawal.ledger.event import Eid
from kawal.ledger.finding import Finding, found


@dataclass
class _Stretch:
    """Reports from outside the fence, one after the other. distance_m: of the first."""

    who: str
    since: int
    last: int
    site: str
    distance_m: float
    radius_m: int
    evidence: list[Eid] = field(default_factory=list)
    until: int | None = None


def away(judging: Judging, post: Post, life: PostLife) -> Iterator[Finding]:
    """`guard.away` of one post: one finding a person and stretch of fixes outside."""
    by_person: dict[str, list[Located]] = {}
    for one in life.located:
        by_person.setdefault(one.who, []).append(one)
    for who, located in by_person.items():
        if not any(one.fix for one in located):
            continue
        for stretch in _stretches(judging, post, located):
            if judging.is_judged(stretch.since, is_told=True):
                yield _away(judging, post, life, who, stretch)


def _stretches(judging: Judging, post: Post, located: Sequence[Located]) -> Iterator[_Stretch]:
    stretch: _Stretch | None = None
    for one in located:
        outside = _outside(judging, post, one.at, one.fix) if one.fix is not None else None
        if outside is None:
            # Neither here nor elsewhere: the report goes with what the person's last fix showed.
            if stretch is not None:
                stretch.last = one.at
            continue
        site, distance_m, radius_m = outside
        if distance_m <= radius_m:
            if stretch is not None:
                stretch.until = one.at
                stretch.evidence.append(one.eid)
                yield stretch
                stretch = None
            continue
        if stretch is None:
            stretch = _Stretch(one.who, one.at, one.at, site, distance_m, radius_m)
        stretch.last = one.at
        stretch.evidence.append(one.eid)
    if stretch is not None:
        yield stretch


def _outside(judging: Judging, post: Post, at: int, fix: Fix) -> tuple[str, float, int] | None:
    """The nearest fence: site, metres from its middle at the least, and radius. None where a place is not known."""
    fences = []
    for name in post.sites_at(at):
        site, point = judging.register.sites.get(name), judging.points.get(name)
        if site is None or point is None or site.radius_m <= 0:
            return None
        metres = distance_km(fix.position, point) * 1000 - fix.accuracy_m
        fences.append((metres - site.radius_m, name, metres, site.radius_m))
    if not fences:
        return None
    _, name, metres, radius_m = min(fences)
    return name, metres, radius_m


def _away(judging: Judging, post: Post, life: PostLife, who: str, stretch: _Stretch) -> Finding:
    zone = judging.zone_of(post.post)
    until = stretch.until
    if until is None and all(one.who != who for one in life.on_duty(judging.heard_until)):
        until = stretch.last
    if until is not None:
        until = judging.ended(until, is_told=True)
    return found(
        "guard.away",
        post.post,
        since=stretch.since,
        until=until,
        evidence=stretch.evidence,
        says=sentence(
            "away",
            zone,
            times={"since": stretch.since},
            end=ended("away", until, zone),
            post=post.post,
            site=stretch.site,
            metres=str(round(stretch.distance_m)),
            radius=str(stretch.radius_m),
        ),
        cause=f"guard.away:{post.post}",
    )

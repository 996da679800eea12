"""A post as it is planned, and the rows of the `posts` manifest that it becomes when it is published."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

DAY_S = 86_400
ManifestRow = tuple[str, str, int, int, int, int, int]
"""post, site, ring, min_strength, beat_s, from, to: as docs/format/manifests.md orders them."""


class BadPlan(ValueError):
    """A plan that cannot be published. The message says what is so and what to do."""


@dataclass(frozen=True, slots=True)
class Zone:
    """One ring of a post (1 innermost): room, yard, road, or as the unit calls it; how many must stand in it."""

    ring: int
    name: str
    strength: int


@dataclass(frozen=True, slots=True)
class Quiet:
    """Hours of each day in which silence is expected: seconds after local midnight; `until` before `since` is night."""

    since: int
    until: int


@dataclass(frozen=True, slots=True)
class PlannedPost:
    """A post between two UNIX seconds. beat_s: seconds from one heartbeat to the next, 0 where none is expected."""

    post: str
    site: str
    zones: tuple[Zone, ...]
    beat_s: int
    starts: int
    ends: int
    quiet: tuple[Quiet, ...] = ()

    @property
    def strength(self) -> int:
        """How many must be there at any time, all rings together."""
        return sum(zone.strength for zone in self.zones)


def check_plan(plan: PlannedPost) -> None:
    """Raises: BadPlan."""
    if plan.ends <= plan.starts:
        raise BadPlan(f"{plan.post}: berakhir sebelum mulai; perbaiki waktunya / ends before it starts; mend its times")
    if not plan.zones:
        raise BadPlan(f"{plan.post}: belum ada ring; isi paling sedikit satu / has no ring; give it at least one")
    if len({zone.ring for zone in plan.zones}) != len(plan.zones):
        raise BadPlan(f"{plan.post}: satu ring disebut dua kali; gabungkan / one ring is named twice; join them")
    if any(zone.ring < 1 or zone.strength < 0 for zone in plan.zones) or plan.beat_s < 0:
        raise BadPlan(f"{plan.post}: ada angka negatif; perbaiki / a number is negative; mend it")


def manifest_rows(plans: Iterable[PlannedPost], *, utc_offset_s: int) -> list[ManifestRow]:
    """The rows of these posts, one for each ring and each stretch with one heartbeat period.

    Where silence is expected the row's `beat_s` is 0. utc_offset_s: how far the zone of the posts is ahead of UTC.
    Raises: BadPlan.
    """
    made: list[ManifestRow] = []
    for plan in plans:
        check_plan(plan)
        for since, until, beat_s in _stretches(plan, utc_offset_s):
            made.extend(
                (plan.post, plan.site, zone.ring, zone.strength, beat_s, since, until)
                for zone in sorted(plan.zones, key=lambda one: one.ring)
            )
    return made


def _stretches(plan: PlannedPost, offset: int) -> Iterator[tuple[int, int, int]]:
    if not plan.beat_s or not plan.quiet:
        yield plan.starts, plan.ends, plan.beat_s
        return
    at = plan.starts
    for since, until in _joined(_nights(plan, offset)):
        if at < since:
            yield at, since, plan.beat_s
        yield since, until, 0
        at = until
    if at < plan.ends:
        yield at, plan.ends, plan.beat_s


def _nights(plan: PlannedPost, offset: int) -> list[tuple[int, int]]:
    """Each quiet stretch of each day that touches the plan, cut to it."""
    first = (plan.starts + offset) // DAY_S - 1
    last = (plan.ends + offset) // DAY_S
    found = []
    for day in range(first, last + 1):
        midnight = day * DAY_S - offset
        for quiet in plan.quiet:
            length = (quiet.until - quiet.since) % DAY_S or DAY_S
            since = max(plan.starts, midnight + quiet.since)
            until = min(plan.ends, midnight + quiet.since + length)
            if since < until:
                found.append((since, until))
    return sorted(found)


def _joined(spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for since, until in spans:
        if joined and since <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(until, joined[-1][1]))
        else:
            joined.append((since, until))
    return joined

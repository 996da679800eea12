"""Posts as the manifests have them: which strength and which heartbeat a post needs at which second."""

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TypeVar

from kawal.guard.manifests import PostRow, RosterRow
from kawal.ledger.event import Eid

Row = TypeVar("Row", PostRow, RosterRow)


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of seconds over which nothing that a post needs changes: from `since` on, before `until`.

    beat_s: 0 where no heartbeat is expected; manifests: the events that say so.
    """

    since: int
    until: int
    strength: int
    beat_s: int
    sites: tuple[str, ...]
    manifests: tuple[Eid, ...]


@dataclass
class Post:
    """A post: its rows as they count, each with the event of its manifest, and who was planned for it.

    A post that events name and no manifest lists has no rows, and nothing is expected of it.
    """

    post: str
    rows: list[tuple[PostRow, Eid]] = field(default_factory=list)
    roster: list[RosterRow] = field(default_factory=list)
    is_listed: bool = False
    is_planned: bool = False

    def replace_rows(self, rows: Iterable[PostRow], manifest: Eid, at: int) -> None:
        """Take a manifest that names this post: the first counts whole, a later one from its signing on."""
        since = at if self.is_listed else None
        self.rows = [
            *((cut, eid) for row, eid in self.rows if (cut := _before(row, since)) is not None),
            *((cut, manifest) for row in rows if (cut := _after(row, since)) is not None),
        ]
        self.is_listed = True

    def replace_roster(self, rows: Iterable[RosterRow], at: int) -> None:
        """Take a roster that names this post, by the same rule."""
        since = at if self.is_planned else None
        self.roster = [
            *(cut for row in self.roster if (cut := _before(row, since)) is not None),
            *(cut for row in rows if (cut := _after(row, since)) is not None),
        ]
        self.is_planned = True

    @cached_property
    def periods(self) -> tuple[Period, ...]:
        """What the post needs, in order of time; seconds without a row are in none of them."""
        return tuple(_periods(self.rows))

    @cached_property
    def _starts(self) -> list[int]:
        return [one.since for one in self.periods]

    def period_at(self, at: int) -> Period | None:
        """What the post needs at a second; None where no row covers it."""
        place = bisect_right(self._starts, at) - 1
        if place < 0 or at >= self.periods[place].until:
            return None
        return self.periods[place]

    def sites_at(self, at: int) -> tuple[str, ...]:
        """Where the post stands at a second; outside its rows, all places it ever stands at."""
        period = self.period_at(at)
        found = period.sites if period is not None else [row.site for row, _ in self.rows]
        return tuple(dict.fromkeys(site for site in found if site))

    @property
    def site(self) -> str:
        """The first place it stands at; "" where no manifest lists it."""
        return self.rows[0][0].site if self.rows else ""


def _before(row: Row, at: int | None) -> Row | None:
    if at is None or row.until <= at:
        return row
    return replace(row, until=at) if row.since < at else None


def _after(row: Row, at: int | None) -> Row | None:
    if at is None or row.since >= at:
        return row
    return replace(row, since=at) if row.until > at else None


def _periods(rows: Sequence[tuple[PostRow, Eid]]) -> Iterator[Period]:
    """Sweep over the rows' ends. Of rows of one ring that overlap, the one that stands later in its list counts."""
    edges: dict[int, tuple[list[int], list[int]]] = {}
    for number, (row, _) in enumerate(rows):
        edges.setdefault(row.since, ([], []))[0].append(number)
        edges.setdefault(row.until, ([], []))[1].append(number)
    active: dict[int, list[int]] = {}
    since: int | None = None
    for at in sorted(edges):
        if since is not None and active:
            counting = sorted(many[-1] for many in active.values())
            yield _period(since, at, [rows[number] for number in counting])
        begins, ends = edges[at]
        for number in ends:
            _drop(active, rows[number][0].ring, number)
        for number in begins:
            insort(active.setdefault(rows[number][0].ring, []), number)
        since = at


def _drop(active: dict[int, list[int]], ring: int, number: int) -> None:
    many = active[ring]
    many.pop(bisect_left(many, number))
    if not many:
        del active[ring]


def _period(since: int, until: int, counting: Sequence[tuple[PostRow, Eid]]) -> Period:
    return Period(
        since,
        until,
        sum(row.min_strength for row, _ in counting),
        min((row.beat_s for row, _ in counting if row.beat_s), default=0),
        tuple(dict.fromkeys(row.site for row, _ in counting)),
        tuple(dict.fromkeys(eid for _, eid in counting)),
    )

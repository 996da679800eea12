"""What a roster is made of: people, posts, the hours to be filled, and rules that are data with a source each."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from kawal.guard.roster.weights import Weights

HOUR = 3600
DAY = 24 * HOUR
CORE_AGENCY = "polri"
"""Polri, and those lent to it under BKO: the part of a team that a post may ask for as its core."""

What = Literal["duties", "days", "nights", "hours"]


class UnknownToTheRoster(ValueError):
    """A duty names a person, a force or hours that the problem does not have."""


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A time from its first second to the one after its last. UNIX seconds."""

    starts: int
    ends: int

    def meets(self, starts: int, ends: int) -> bool:
        """Whether the two share a second."""
        return self.starts < ends and starts < self.ends


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who is planned by name (Polri, BKO). `who` is the only id; names live in the post's tables.

    home: region code, "" where distance means nothing (BKO). exclusions: posts or region codes he may not guard, for
    kinship or party (conflict of interest). contingent: of BKO, with `since` and `until` its dates. history: his
    duties of the last days before the roster. requests: days off he asked for, granted where it costs no cover.
    """

    who: str
    unit: str = ""
    agency: str = CORE_AGENCY
    rank: str = ""
    skills: frozenset[str] = frozenset()
    home: str = ""
    exclusions: frozenset[str] = frozenset()
    leave: tuple[Span, ...] = ()
    requests: tuple[Span, ...] = ()
    contingent: str = ""
    since: int | None = None
    until: int | None = None
    history: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Force:
    """A strength of TNI, Linmas or Satpol PP: the roster says how many where, their own commander names them."""

    force: str
    unit: str
    agency: str
    strength: int
    skills: frozenset[str] = frozenset()
    since: int | None = None
    until: int | None = None


@dataclass(frozen=True, slots=True)
class Post:
    """A guarded place. place: what bans speak of (storage, pleno, office, patrol, reserve).

    risk: force class (less, prone, high, special). agencies: those allowed, none named means all. min_team: fewer
    than these are not sent at all (two-man rule). until: when the order or stage it is bound to ends.
    """

    post: str
    name: str
    site: str = ""
    area: str = ""
    place: str = "office"
    risk: str = "less"
    agencies: frozenset[str] = frozenset()
    min_team: int = 1
    until: int | None = None


@dataclass(frozen=True, slots=True)
class Slot:
    """Hours of a post to be filled. need: people in all; the others are least numbers within `need`.

    core: of Polri and BKO; skills: (skill, how many); agencies: (agency, how many), for instance two of Linmas.
    """

    post: str
    starts: int
    ends: int
    need: int
    leader: bool = False
    core: int = 0
    skills: tuple[tuple[str, int], ...] = ()
    agencies: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Rest:
    """Hours between two duties, after one that lasted at least `after_hours`; the longest that applies counts.

    floor_hours: below these nobody is advised to ease it, whatever is short.
    """

    rule: str
    hours: int
    source: str
    after_hours: int = 0
    floor_hours: int = 8


@dataclass(frozen=True, slots=True)
class Limit:
    """At most so many duties, days, nights or hours within any `days` days. A duty counts on the day it starts."""

    rule: str
    what: What
    most: int
    days: int
    source: str


@dataclass(frozen=True, slots=True)
class Ban:
    """An agency that never guards places of a kind."""

    rule: str
    agency: str
    place: str
    source: str


@dataclass(frozen=True, slots=True)
class Share:
    """An agency is at most one part in `one_in` of a post's strength."""

    rule: str
    agency: str
    one_in: int
    source: str


@dataclass(frozen=True, slots=True)
class Night:
    """A duty is a night when at least `least_hours` of it lie between these local hours (over midnight)."""

    from_hour: int = 22
    to_hour: int = 6
    least_hours: int = 4


@dataclass(frozen=True, slots=True)
class Rules:
    """Every hard rule, as data. Nothing in the planner knows a number of them."""

    rests: tuple[Rest, ...] = ()
    limits: tuple[Limit, ...] = ()
    bans: tuple[Ban, ...] = ()
    shares: tuple[Share, ...] = ()
    night: Night = Night()

    def rest_after(self, seconds: int) -> int:
        """The rest due after a duty of that length, in seconds."""
        return max((one.hours * HOUR for one in self.rests if seconds >= one.after_hours * HOUR), default=0)

    @property
    def rest_floor(self) -> int:
        """The hours of rest that no advice goes below."""
        return max((one.floor_hours for one in self.rests), default=0)


@dataclass(frozen=True, slots=True, order=True)
class Duty:
    """Somebody at a post for the hours of one slot."""

    starts: int
    post: str
    who: str
    ends: int


@dataclass(frozen=True, slots=True, order=True)
class Strength:
    """So many of a force at a post for the hours of one slot."""

    starts: int
    post: str
    force: str
    ends: int
    n: int


@dataclass(frozen=True, slots=True)
class Roster:
    """Who stands where, when: what is checked, exported and, once approved, registered."""

    duties: tuple[Duty, ...] = ()
    strengths: tuple[Strength, ...] = ()


@dataclass(frozen=True)
class RosterProblem:
    """Everything a roster is made from. zone: IANA name, zone_hours: its hours ahead of UTC.

    pinned: duties and strengths that stand whatever else changes, be it because they are past or were ordered.
    """

    people: tuple[Person, ...]
    posts: tuple[Post, ...]
    slots: tuple[Slot, ...]
    rules: Rules
    weights: Weights = field(default_factory=Weights)
    forces: tuple[Force, ...] = ()
    zone: str = "Asia/Makassar"
    zone_hours: int = 8
    pinned: Roster = field(default_factory=Roster)

    def day_of(self, at: int) -> int:
        """The local day of a moment, as a number."""
        return (at + self.zone_hours * HOUR) // DAY

    @cached_property
    def post_of(self) -> Mapping[str, Post]:
        """Each post by its id."""
        return {one.post: one for one in self.posts}

    @cached_property
    def span(self) -> Span:
        """From the first hour to be filled to the last."""
        return Span(min((s.starts for s in self.slots), default=0), max((s.ends for s in self.slots), default=0))


@dataclass(frozen=True)
class RosterPlan:
    """A roster and how good it is. tiers: cost by tier; gap: share of the cost that may still be too much.

    status: proven (no better one exists), bounded (a proven bound is at hand), unbounded (none is yet).
    """

    roster: Roster
    tiers: Mapping[str, float]
    start_cost: float
    lower_bound: float | None
    seed: int
    windows: int
    solver: str

    @property
    def cost(self) -> float:
        """The sum of all tiers."""
        return sum(self.tiers.values())

    @property
    def gap(self) -> float | None:
        """(cost - bound) / cost; None without a bound."""
        if self.lower_bound is None:
            return None
        return max(0.0, (self.cost - self.lower_bound) / self.cost) if self.cost > 0 else 0.0

    @property
    def status(self) -> Literal["proven", "bounded", "unbounded"]:
        """What may be said of it."""
        if self.gap is None:
            return "unbounded"
        return "proven" if self.gap < 1e-6 else "bounded"

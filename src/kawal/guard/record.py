"""What happened at a post, as facts that findings are made of: duties, signs of life, reliefs, visitors, log lines."""

from dataclasses import dataclass, field

from kawal.guard.events import Answer, Fix
from kawal.ledger.event import Eid, Kid
from kawal.ledger.history import Speaker


@dataclass
class Duty:
    """One person at one post, from coming on to leaving, UNIX seconds.

    people: how many stood there with this phone, by the second from which; left_at: when the post was without them (an
    end that provably came after a successor's beginning is never before it); off_at: when they signed off, None where
    they never did; last_at, last: their last sign of life in this duty; after: those seen on by whoever leaves.
    """

    who: str
    unit: str
    post: str
    on_at: int
    on: Eid
    on_kid: Kid
    on_seq: int
    order: str
    sop: str
    people: list[tuple[int, int, Eid]]
    is_told_by_accept: bool
    last_at: int
    last: Eid
    off_at: int | None = None
    left_at: int | None = None
    left_by: Eid | None = None
    after: list["Duty"] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Sign:
    """A sign of life of a post."""

    at: int
    eid: Eid


@dataclass(frozen=True, slots=True)
class Located:
    """An event of a person at a post, with a fix where it brings one."""

    at: int
    eid: Eid
    who: str
    kid: Kid
    fix: Fix | None


@dataclass
class Relief:
    """A relief of a post: offered, and what became of it. boxes: as counted, None where not seen."""

    offer: Eid
    post: str
    giver: Speaker
    to: Kid
    to_unit: str
    at: int
    given: int | None
    receiver: Speaker | None = None
    accept: Eid | None = None
    accepted_at: int | None = None
    answer: Answer | None = None
    taken: int | None = None
    closed_by: Eid | None = None

    @property
    def is_taken(self) -> bool:
        """Whether the receiver took the post over."""
        return self.answer in ("ok", "diff")


@dataclass(frozen=True, slots=True)
class Visit:
    """Somebody went in or out: why, by which paper, and which roles were there."""

    post: str
    at: int
    eid: Eid
    way: str
    why: str
    doc: str
    beside: tuple[str, ...]
    who: str


@dataclass(frozen=True, slots=True)
class LogLine:
    """A line of a post's log book (buku mutasi)."""

    post: str
    at: int
    eid: Eid
    note: str
    who: str


@dataclass
class PostLife:
    """Everything that happened at one post."""

    duties: list[Duty] = field(default_factory=list)
    signs: list[Sign] = field(default_factory=list)
    reliefs: list[Relief] = field(default_factory=list)
    located: list[Located] = field(default_factory=list)
    visits: list[Visit] = field(default_factory=list)
    lines: list[LogLine] = field(default_factory=list)

    def on_duty(self, at: int) -> list[Duty]:
        """Who was on duty at a second."""
        return [one for one in self.duties if one.on_at <= at and (one.left_at is None or at < one.left_at)]

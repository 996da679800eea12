"""What is known of one box: its holder, seals and places, and every fact that a finding will be made of."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from kawal.custody.events import Condition, Seal
from kawal.election.boxes import ExpectedBox
from kawal.ledger.event import Eid, Kid
from kawal.ledger.history import Speaker

Grade = Literal["dua ponsel", "satu ponsel", "kertas"]


@dataclass(frozen=True, slots=True)
class Sighting:
    """Evidence of a box: when, by which event of whom, where."""

    at: int
    eid: Eid
    unit: str
    site: str | None


@dataclass
class HandOver:
    """Custody passing from one unit to another. `position`: its place in the fold, for what came before the next."""

    giver: str
    receiver: str
    at: int
    grade: Grade
    evidence: list[Eid]
    position: int


@dataclass
class Break:
    """An interval in which control of a box is uncertain. `until` None while it lasts."""

    since: Sighting
    seen: Sighting
    holder: str
    grade: Grade | None
    is_other_custodian: bool
    until: int | None = None
    closed_by: Eid | None = None
    is_closed_by_count: bool = False
    is_counted: bool = False
    receiver_kid: Kid | None = None


@dataclass
class Mismatch:
    """Seals seen that are not the seals recorded."""

    at: int
    eid: Eid
    recorded_by: Eid
    recorded: str
    seen: str
    holder: str
    grade: Grade | None
    evidence: list[Eid]
    until: int | None = None


@dataclass(frozen=True, slots=True)
class Jump:
    """Two sightings that nothing could have travelled between."""

    first: Sighting
    second: Sighting
    distance_km: float
    places: tuple[str, str]


@dataclass(frozen=True, slots=True)
class Reuse:
    """A serial sealed on this box while it is active on another."""

    at: int
    eid: Eid
    serial: str
    other: str
    other_eid: Eid


@dataclass(frozen=True, slots=True)
class CountOff:
    """A count that does not agree: of one box (missing or extra), or, with box "", of a site's number."""

    box: str
    site: str
    at: int
    evidence: tuple[Eid, ...]
    is_extra: bool
    counted: int | None = None
    expected: int | None = None


@dataclass
class Opening:
    """A box opened: why, before whom, and when it was sealed again or moved open."""

    at: int
    eid: Eid
    why: str
    doc: str
    present: frozenset[str]
    note: str
    holder: str
    opener: str
    sealed_at: int | None = None
    moved_at: int | None = None
    moved_by: Eid | None = None


@dataclass
class Transit:
    """A box on the road, from departure to arrival; an emergency move has no convoy."""

    convoy: str
    since: int
    eid: Eid
    is_planned: bool
    until: int | None = None


@dataclass
class Offer:
    """An offer of boxes and what became of it."""

    eid: Eid
    giver: Speaker
    to: Kid
    to_unit: str
    boxes: tuple[str, ...]
    at: int
    position: int
    site: str | None
    answered_at: int | None = None
    answered_by: Eid | None = None
    accept_at: int | None = None
    voided_at: int | None = None
    is_on_paper: bool = False
    rtt: int | None = None


@dataclass(frozen=True, slots=True)
class RoadEnd:
    """A departure or an arrival: the boxes as listed."""

    convoy: str
    vehicle: str
    eid: Eid
    boxes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Stand:
    """How a box stood from one moment on: for questions about the past."""

    at: int
    holder: str
    site_kind: str
    is_upward: bool
    grade: Grade | None = None


@dataclass
class BoxRecord:
    """One box. `seals` None while it is open or never sealed on record.

    seen_by, units, sites: every device, holder and place it ever had; confirmed: when and by whom its seals were last
    read and found right.
    """

    box: str
    expected: ExpectedBox | None
    holder: str = ""
    site: str | None = None
    grade: Grade | None = None
    last: Sighting | None = None
    seals: tuple[Seal, ...] | None = None
    sealed_by: Eid | None = None
    condition: Condition | None = None
    condition_at: int | None = None
    is_reported_bad: bool = False
    first_named: Sighting | None = None
    transit: Transit | None = None
    is_upward: bool = False
    hand_overs: list[HandOver] = field(default_factory=list)
    breaks: list[Break] = field(default_factory=list)
    mismatches: list[Mismatch] = field(default_factory=list)
    jumps: list[Jump] = field(default_factory=list)
    reuses: list[Reuse] = field(default_factory=list)
    openings: list[Opening] = field(default_factory=list)
    transits: list[Transit] = field(default_factory=list)
    left_ppk: list[Sighting] = field(default_factory=list)
    stands: list[Stand] = field(default_factory=list)
    seen_astray: list[Stand] = field(default_factory=list)
    seen_by: set[Kid] = field(default_factory=set)
    units: set[str] = field(default_factory=set)
    sites: set[str] = field(default_factory=set)
    confirmed: tuple[int, Kid, str] | None = None

    @property
    def open_break(self) -> Break | None:
        """The gap that lasts, if one does."""
        return self.breaks[-1] if self.breaks and self.breaks[-1].until is None else None

    @property
    def is_open(self) -> bool:
        """Whether it was opened and not sealed since."""
        return bool(self.openings) and self.openings[-1].sealed_at is None

    def stand_at(self, at: int) -> Stand | None:
        """How it stood at a second; None where nothing was known yet."""
        before = [stand for stand in self.stands if stand.at <= at]
        return before[-1] if before else None


def serials(seals: Sequence[Seal]) -> frozenset[str]:
    """The numbers on a set of seals."""
    return frozenset(seal.serial for seal in seals if seal.serial is not None)


def counts(seals: Sequence[Seal]) -> dict[str, int]:
    """How many of each kind, where given."""
    found: dict[str, int] = {}
    for seal in seals:
        if seal.count is not None:
            found[seal.kind] = found.get(seal.kind, 0) + seal.count
    return found


def describe(seals: Sequence[Seal]) -> str:
    """Write seals for a sentence: the numbers, then how many of the kinds that bear none."""
    bare = counts([seal for seal in seals if seal.serial is None])
    return ", ".join([*sorted(serials(seals)), *(f"{count} {kind}" for kind, count in sorted(bare.items()))]) or "-"

"""A roster as people use it: the manifest that is registered, and the plotting sheet, leader first."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from kawal.election.manifests import write_rows
from kawal.guard.roster.fitness import LEADER
from kawal.guard.roster.problem import Person, Roster, RosterProblem, Slot
from kawal.guard.roster.says import hours_of

ManifestRow = tuple[str, str, int, int]
"""post, who, from, to."""

RANKS = (
    "AKBP", "KOMPOL", "AKP", "IPTU", "IPDA", "AIPTU", "AIPDA", "BRIPKA", "BRIGPOL", "BRIGADIR", "BRIPTU", "BRIPDA",
    "ABRIPTU", "BHARAKA", "BHARATU", "BHARADA",
)  # fmt: skip
"""From the highest; a rank that is not here comes after them."""


def manifest_rows(roster: Roster) -> tuple[ManifestRow, ...]:
    """The `roster` manifest: named people only, since a strength has no `who`; duties that touch become one row."""
    made: list[ManifestRow] = []
    for duty in sorted(roster.duties, key=lambda one: (one.post, one.who, one.starts)):
        if made and made[-1][:2] == (duty.post, duty.who) and made[-1][3] == duty.starts:
            made[-1] = (*made[-1][:3], duty.ends)
        else:
            made.append((duty.post, duty.who, duty.starts, duty.ends))
    return tuple(made)


def manifest(roster: Roster) -> bytes:
    """The bytes whose hash goes into `register.manifest` with kind `roster`."""
    return write_rows("roster", manifest_rows(roster))


@dataclass(frozen=True)
class Plotted:
    """One row of the plotting sheet. leader: "" where nobody of the team may lead. lent: force -> how many."""

    post: str
    name: str
    starts: int
    ends: int
    when_id: str
    when_en: str
    leader: str
    team: tuple[str, ...]
    lent: Mapping[str, int]
    need: int

    @property
    def present(self) -> int:
        """How many are planned."""
        return len(self.team) + bool(self.leader) + sum(self.lent.values())

    @property
    def short(self) -> int:
        """How many are missing."""
        return max(0, self.need - self.present)


def plotting(problem: RosterProblem, roster: Roster) -> tuple[Plotted, ...]:
    """Post by post, shift by shift: who leads, who serves, how many of which force, how many are missing."""
    team: dict[tuple[str, int, int], list[Person]] = defaultdict(list)
    lent: dict[tuple[str, int, int], dict[str, int]] = defaultdict(dict)
    person = {one.who: one for one in problem.people}
    for duty in roster.duties:
        team[duty.post, duty.starts, duty.ends].append(person[duty.who])
    for one in roster.strengths:
        lent[one.post, one.starts, one.ends][one.force] = one.n
    slots = sorted(problem.slots, key=lambda one: (one.post, one.starts))
    return tuple(
        _row(problem, slot, team[slot.post, slot.starts, slot.ends], lent[slot.post, slot.starts, slot.ends])
        for slot in slots
    )


def _row(problem: RosterProblem, slot: Slot, team: list[Person], lent: Mapping[str, int]) -> Plotted:
    ordered = sorted(team, key=lambda one: (seniority(one.rank), one.who))
    leader = next((one.who for one in ordered if LEADER in one.skills), "")
    others = tuple(one.who for one in ordered if one.who != leader)
    when = hours_of(problem, slot.starts, slot.ends)
    name = problem.post_of[slot.post].name
    return Plotted(
        slot.post, name, slot.starts, slot.ends, *when, leader, others, dict(sorted(lent.items())), slot.need
    )


def seniority(rank: str) -> int:
    """Where a rank stands, the highest first."""
    plain = "".join(letter for letter in rank.upper() if letter.isalpha())
    return next((at for at, one in enumerate(RANKS) if plain == one), len(RANKS))

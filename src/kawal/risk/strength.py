"""The least strength of a post, from class, ring and priority: the one seam for Penjagaan and for the roster's demand.

`required_strength` says how many must stand at a post of this ring at every moment; `demand_weight` how hard a gap
there is to bear (3, 2 or 1). The numbers are the post's own start, read off what was seen in 2024 (9 to 16 at a PPK,
13 a day at a warehouse): no regulation gives them, so an operation may hand in a table of its own.
"""

from collections.abc import Mapping
from typing import Literal

from kawal.risk.classes import RiskClass, known_or_prone
from kawal.risk.sites import Priority, patrol_weight

Ring = Literal["inner", "outer"]
LEAST = 2
"""Nobody guards boxes alone: there are always two."""
USUAL_STRENGTH: Mapping[Ring, Mapping[RiskClass, int]] = {
    "inner": {"less": 2, "prone": 3, "high": 4, "special": 4},
    "outer": {"less": 2, "prone": 2, "high": 3, "special": 3},
}
_INNER = frozenset({"1", "ring 1", "dalam", "ruang", "ruangan", "room", "inside"})


def ring_of(ring: str) -> Ring:
    """Whether a ring of a posts manifest is the room with the boxes; every other zone is outside of it."""
    return "inner" if " ".join(ring.split()).casefold() in _INNER else "outer"


def required_strength(
    risk: RiskClass | None,
    ring: str,
    priority: Priority | None = None,
    *,
    table: Mapping[Ring, Mapping[RiskClass, int]] = USUAL_STRENGTH,
) -> int:
    """The least number of guards in one ring of a post at every moment, all agencies together.

    risk: class of its place, None where nobody knows (then as rawan); priority: of its site, 1 adds one guard.
    """
    base = table[ring_of(ring)][known_or_prone(risk)]
    return max(LEAST, base + (1 if priority == 1 else 0))


def demand_weight(risk: RiskClass | None, priority: Priority | None = None) -> int:
    """How hard an uncovered hour is to bear for the planner: 3, 2 or 1, as a patrol weighs the place."""
    return patrol_weight(risk, priority)

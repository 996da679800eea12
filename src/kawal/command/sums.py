"""Published strengths against their parts: the sum, and the part whose loss or doubling explains the difference.

Published figures often do not add up. Bontang's 1,266 was printed over four lines that give 1,226: there were two
contingents of forty, and one was dropped.
"""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Part:
    """One line of a strength. name: what it is called; count: people."""

    name: str
    count: int


@dataclass(frozen=True, slots=True)
class SumCheck:
    """A stated total beside what the parts add up to. suspects: parts exactly as large as the difference."""

    total: int
    stated: int
    suspects: tuple[Part, ...]

    @property
    def difference(self) -> int:
        """How many more are stated than the parts give."""
        return self.stated - self.total

    @property
    def is_right(self) -> bool:
        """Whether the parts add up to what is stated."""
        return self.difference == 0


def check_sum(parts: Sequence[Part], stated: int) -> SumCheck:
    """Hold a stated total against its parts. Source: domain.md 9, N4."""
    total = sum(part.count for part in parts)
    off = abs(stated - total)
    return SumCheck(total, stated, tuple(part for part in parts if off and part.count == off))

"""Regions and their codes, behind an interface of our own: an election is bound to one version of the code set."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

Level = Literal["province", "regency", "district", "village"]
_LEVELS: dict[int, Level] = {2: "province", 4: "regency", 6: "district", 10: "village"}


class UnknownRegion(LookupError):
    """No region has this code in this code set."""


@dataclass(frozen=True, slots=True)
class Region:
    """A region. `code`: digits without dots (53, 5303, 530305, 5303052001), as KPU writes them."""

    code: str
    name: str

    @property
    def level(self) -> Level:
        """What the code's length says it is."""
        return _LEVELS[len(self.code)]


class CodeSet(Protocol):
    """A version of the official region codes. Codes have holes and change over time: nothing may count them up."""

    @property
    def version(self) -> str:
        """Which decree this is, for instance `Kepmendagri 300.2.2-2138/2025`."""

    def region(self, code: str) -> Region:
        """The region with this code. Raises: UnknownRegion."""

    def children(self, code: str) -> Sequence[Region]:
        """The regions directly below, by code; of "" the provinces."""


def plain(code: str) -> str:
    """Drop the dots of a code: `53.03.05` and `530305` are one region."""
    return code.replace(".", "").strip()


def dotted(code: str) -> str:
    """Write a code with the dots of the decrees."""
    code = plain(code)
    return ".".join(part for part in (code[:2], code[2:4], code[4:6], code[6:10]) if part)


def below(codes: CodeSet, code: str, level: Level) -> list[Region]:
    """All regions of one level at or below a region, by code. Raises: UnknownRegion."""
    region = codes.region(code)
    if region.level == level:
        return [region]
    return [found for child in codes.children(code) for found in below(codes, child.code, level)]

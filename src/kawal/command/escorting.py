"""Where an escort leaves its own Polres: boxes of a kecamatan go to the KPU of their kabupaten, not of their police."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kawal.command.units import Jurisdiction


@dataclass(frozen=True, slots=True)
class Crossing:
    """A leg that begins in the area of one Polres and ends in another's: the hand-over of the escort is recorded."""

    from_area: str
    to_area: str
    leaves: str
    enters: str


def polres_at(jurisdiction: Jurisdiction, area: str) -> str:
    """The Polres that polices a place. area: of its kecamatan, or of a kabupaten, whose seat its own Polres polices."""
    return jurisdiction.polres(area) if len(area) >= 6 else f"polres-{area}"


def crossings(jurisdiction: Jurisdiction, legs: Iterable[tuple[str, str]]) -> tuple[Crossing, ...]:
    """The legs that leave a Polres area. legs: (area where it begins, area where it ends)."""
    ends = ((start, end, polres_at(jurisdiction, start), polres_at(jurisdiction, end)) for start, end in legs)
    return tuple(Crossing(*one) for one in ends if one[2] != one[3])


def legs_home(jurisdiction: Jurisdiction, polres: str) -> Mapping[str, str]:
    """The way of a Polres's boxes to storage: kecamatan -> kabupaten or kota whose KPU owns the boxes."""
    return {district: district[:4] for district in jurisdiction.districts(polres)}

"""Box ids and polling-station codes: what a box is called, and what its name tells."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

ElectionKind = Literal["GUB", "BUP", "WAKO"]
BOXES_PER_PPK = 2
_STATION_BOX = re.compile(r"(GUB|BUP|WAKO)-(\d{10})(\d{3})")
_PPK_BOX = re.compile(r"PPK-(\d{6})-([1-9]\d?)")


class BadBoxId(ValueError):
    """The text is not a box id."""


@dataclass(frozen=True, slots=True)
class BoxId:
    """A box id taken apart. `station` is the 13-digit TPS code, "" for a PPK's own box."""

    text: str
    kind: str
    district: str
    station: str


def read_box_id(text: str) -> BoxId:
    """Take a box id apart: `GUB-5303052001003`, `PPK-530305-1`. Raises: BadBoxId."""
    if match := _STATION_BOX.fullmatch(text):
        return BoxId(text, match[1], match[2][:6], match[2] + match[3])
    if match := _PPK_BOX.fullmatch(text):
        return BoxId(text, "PPK", match[1], "")
    raise BadBoxId(f"bukan nomor kotak / not a box id: {text[:40]!r}")


def station_code(village: str, number: int) -> str:
    """The 13-digit TPS code: 10-digit village code and 3-digit TPS number (901 up: special locations)."""
    return f"{village}{number:03d}"


@dataclass(frozen=True, slots=True)
class ExpectedBox:
    """One row of a `boxes` manifest. `area`: code of the kecamatan, or of the desa below it."""

    box: str
    election: str
    station: str
    area: str

    @property
    def district(self) -> str:
        """The kecamatan's 6 digits."""
        return (self.station or self.area)[:6]


def expected_boxes(district: str, stations: Iterable[str], elections: Iterable[ElectionKind]) -> Iterator[ExpectedBox]:
    """The boxes one kecamatan must have: one for each station and election, and two of its PPK.

    stations: 13-digit codes.
    Source: deliveries of 2024: Bontang 560 = 2 x 277 + 2 x 3, Siak 1,686 = 2 x 829 + 2 x 14.
    """
    kinds = tuple(elections)
    for station in stations:
        for kind in kinds:
            yield ExpectedBox(f"{kind}-{station}", kind, station, district)
    for number in range(1, BOXES_PER_PPK + 1):
        yield ExpectedBox(f"PPK-{district}-{number}", "PPK", "", district)


def is_slip_of(typed: str, box: str) -> bool:
    """Tell whether `typed` is `box` with one slip of the hand: a letter changed, lost, doubled, or two swapped."""
    typed, box = typed.strip().upper(), box.upper()
    if typed == box:
        return True
    if abs(len(typed) - len(box)) > 1:
        return False
    start = next((i for i, (a, b) in enumerate(zip(typed, box, strict=False)) if a != b), min(len(typed), len(box)))
    rest_typed, rest_box = typed[start:], box[start:]
    changed = rest_typed[1:] == rest_box[1:]
    swapped = rest_typed[:2] == rest_box[1::-1] and rest_typed[2:] == rest_box[2:]
    return changed or swapped or rest_typed[1:] == rest_box or rest_typed == rest_box[1:]

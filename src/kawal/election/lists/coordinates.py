"""Positions as people write them: decimal comma or point, degrees and minutes, a map link, the two swapped."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from math import cos, hypot, isfinite, radians

from kawal.election.lists.cells import Cell, is_empty, shown, words
from kawal.election.lists.names import upper
from kawal.election.lists.problems import Doubt, RowRefused

Point = tuple[float, float]
"""Latitude and longitude in degrees."""

SOUTH, NORTH, WEST, EAST = -11.5, 6.5, 94.5, 141.5
FAR_KM = 60.0
KM_PER_DEGREE = 111.2
_DECIMAL = re.compile(r"[-+−]?\d{1,3}(?:[.,]\d+)?")
_PAIR = re.compile(r"([-+−]?\d{1,3}[.,]\d+)\s*°?\s*(?:[,;/|]|\s)\s*([-+−]?\d{1,3}[.,]\d+)")
_SIDE = r"(LS|LU|BT|BB|[NSEWUT])"
_ANGLE = r"([-+]?\d{1,3})\s*[°º ]\s*(\d{1,2})\s*[' ]\s*(\d{1,2}(?:[.,]\d+)?)?\s*\"?"
_BEFORE = re.compile(rf"{_SIDE}\s*{_ANGLE}")
_BEHIND = re.compile(rf"{_ANGLE}\s*{_SIDE}?")
_NEGATIVE = frozenset({"LS", "S", "BB", "W"})


@dataclass(frozen=True, slots=True)
class Position:
    """A position read, and what is doubtful about it."""

    lat: float
    lon: float
    doubts: tuple[Doubt, ...] = ()

    @property
    def e6(self) -> tuple[int, int]:
        """In microdegrees."""
        return round(self.lat * 1e6), round(self.lon * 1e6)


def read_position(position: Cell, lat: Cell, lon: Cell, near: Point | None) -> Position | None:
    """Read one column or two; None where they are empty. near: a point of the region, if one is known.

    Raises: RowRefused.
    """
    if not is_empty(lat) or not is_empty(lon):
        if is_empty(lon) and not is_empty(lat) and isinstance(lat, str):
            return read_position(lat, None, None, near)
        return _placed(_degrees(lat, "lat"), _degrees(lon, "lon"), near)
    if is_empty(position):
        return None
    return _placed(*_pair(position), near)


def _pair(cell: Cell) -> tuple[float, float]:
    text = _signs(words(cell))
    angles = _angles(text)
    if len(angles) == 2:
        return angles[0], angles[1]
    match = _PAIR.search(text)
    if match is None:
        raise _unreadable(cell, "position")
    return _number(match[1]), _number(match[2])


def _degrees(cell: Cell, field: str) -> float:
    if isinstance(cell, (int, float)) and not isinstance(cell, bool) and isfinite(cell):
        return float(cell)
    text = _signs(words(cell))
    if angles := _angles(text):
        return angles[0]
    plain = re.sub(r"[°º]|\b(?:LS|LU|BT|BB|[NSEW])\b", "", text).strip()
    if re.fullmatch(r"[-+]?\d{1,18}", plain):
        return float(plain)
    if not _DECIMAL.fullmatch(plain):
        raise _unreadable(cell, field)
    is_negative = re.search(r"\b(?:LS|BB|S|W)\b", re.sub(r"(?<=\d)(?=[A-Z])", " ", text)) is not None
    return -abs(_number(plain)) if is_negative else _number(plain)


def _signs(text: str) -> str:
    """Capitals, with one sign each for minus, minutes and seconds (upper() would drop the last two)."""
    for old, new in _SIGNS:
        text = text.replace(old, new)
    return upper(text).replace("\x01", "'").replace("\x02", '"')


_SIGNS = (
    ("−", "-"),
    ("″", "\x02"),
    ("′′", "\x02"),
    ('"', "\x02"),
    ("”", "\x02"),
    ("''", "\x02"),
    ("′", "\x01"),
    ("'", "\x01"),
    ("’", "\x01"),
)


def _angles(text: str) -> list[float]:
    if re.match(rf"\s*{_SIDE}\b", text):
        return [_angle(degrees, minutes, seconds, side) for side, degrees, minutes, seconds in _BEFORE.findall(text)]
    return [_angle(*parts) for parts in _BEHIND.findall(text)]


def _angle(degrees: str, minutes: str, seconds: str, side: str) -> float:
    size = abs(_number(degrees)) + _number(minutes) / 60 + _number(seconds or "0") / 3600
    return -size if side in _NEGATIVE or degrees.startswith("-") else size


def _number(text: str) -> float:
    return float(text.replace(",", ".").replace("−", "-"))


def _placed(lat: float, lon: float, near: Point | None) -> Position:
    """Set right what is surely a slip, and say so; refuse what is not in Indonesia."""
    doubts: list[Doubt] = []
    for slip, says_id, says_en in _SLIPS:
        righted = slip(lat, lon, near)
        if righted:
            (lat, lon), doubts = righted, [*doubts, Doubt("position", says_id, says_en)]
    if not _inside(lat, lon):
        raise RowRefused(
            "position",
            f"Titik {lat:g}, {lon:g} di luar Indonesia. Tulis misalnya -9,4467 dan 124,4781.",
            f"Point {lat:g}, {lon:g} is outside Indonesia. Write for instance -9.4467 and 124.4781.",
        )
    far = km_between((lat, lon), near) if near else 0.0
    if far > FAR_KM:
        says_id, says_en = f"Titik ini {far:.0f} km dari wilayahnya.", f"This point is {far:.0f} km from its region."
        doubts.append(Doubt("position", f"{says_id} Periksa.", f"{says_en} Check it."))
    return Position(lat, lon, tuple(doubts))


def _swapped(lat: float, lon: float, _: Point | None) -> Point | None:
    is_other = _inside(lon, lat) or (_inside(-lon, lat) and lon > 0)
    return (lon, lat) if is_other and not _inside(lat, lon) else None


def _without_decimals(lat: float, lon: float, near: Point | None) -> Point | None:
    if near is None or (abs(lat) <= 90 and abs(lon) <= 180):
        return None
    scaled = _scaled(lat, near[0]), _scaled(lon, near[1])
    return None if scaled[0] is None or scaled[1] is None else (scaled[0], scaled[1])


def _without_minus(lat: float, lon: float, near: Point | None) -> Point | None:
    if near is None or not km_between((-lat, lon), near) <= FAR_KM < km_between((lat, lon), near):
        return None
    return (-lat, lon)


_SLIPS: tuple[tuple[Callable[[float, float, Point | None], Point | None], str, str], ...] = (
    (_swapped, "Lintang dan bujur tertukar; dibaca terbalik.", "Latitude and longitude swapped; read the other way."),
    (_without_decimals, "Koma desimal hilang; dibaca di wilayahnya.", "Decimal sign lost; read within its region."),
    (_without_minus, "Tanda minus lintang keliru; dibalik.", "Minus sign of the latitude wrong; turned."),
)


def _inside(lat: float, lon: float) -> bool:
    return SOUTH <= lat <= NORTH and WEST <= lon <= EAST


def _scaled(value: float, near: float) -> float | None:
    """A number whose decimal sign was lost, put where its region is; None where that is not one place."""
    found = [value / 10**power for power in range(16) if abs(value / 10**power - near) < 0.6]
    return found[0] if len(found) == 1 else None


def km_between(one: Point, other: Point) -> float:
    """Kilometres between two points a district apart, on a plane."""
    north = (one[0] - other[0]) * KM_PER_DEGREE
    east = (one[1] - other[1]) * KM_PER_DEGREE * cos(radians(one[0]))
    return hypot(north, east)


def _unreadable(cell: Cell, field: str) -> RowRefused:
    return RowRefused(
        field,
        f"{shown(cell)} bukan titik koordinat. Tulis misalnya -9,4467, 124,4781.",
        f"{shown(cell)} is not a position. Write for instance -9.4467, 124.4781.",
    )

"""The days around 27 November 2024, in WITA (UTC+8)."""

from __future__ import annotations

MINUTE = 60
HOUR = 3600
DAY = 86400
ZONE = "Asia/Makassar"

_FIRST_OF_NOVEMBER_UTC = 1_730_419_200
_WITA_OFFSET = 8 * HOUR


def november(day: int, hour: int = 0, minute: int = 0) -> int:
    """Return UNIX seconds of a WITA time; day 31 is 1 December and so on."""
    local = (day - 1) * DAY + hour * HOUR + minute * MINUTE
    return _FIRST_OF_NOVEMBER_UTC + local - _WITA_OFFSET

"""The days of the operation: 27 November 2024 is the vote, and every hour is the district's own."""

VOTE_DAY_UTC = 1_732_665_600
"""Midnight UTC of Wednesday 27 November 2024."""

_OFFSETS = {"Asia/Jakarta": 7, "Asia/Pontianak": 7, "Asia/Makassar": 8, "Asia/Jayapura": 9}


def moment(zone: str, day: int, hour: float) -> int:
    """UNIX second of a local time. day: counted from the vote (-7 is 20 November); hour: 19.5 is half past seven."""
    return VOTE_DAY_UTC + day * 86_400 + int(hour * 3600) - _OFFSETS[zone] * 3600


def day_of(zone: str, at: int) -> int:
    """The local day, counted from the vote, that a UNIX second falls in."""
    return (at + _OFFSETS[zone] * 3600 - VOTE_DAY_UTC) // 86_400


def hour_of(zone: str, at: int) -> float:
    """The local hour of a UNIX second."""
    return (at + _OFFSETS[zone] * 3600 - VOTE_DAY_UTC) % 86_400 / 3600

"""Times as people read them, in the zone of the place: the one rendering that every sentence uses."""

from datetime import UTC, datetime, timedelta

# Indonesia's four IANA zones know no summer time: a table keeps the core free of the machine's zone files.
_ZONES = {
    "Asia/Jakarta": ("WIB", 7),
    "Asia/Pontianak": ("WIB", 7),
    "Asia/Makassar": ("WITA", 8),
    "Asia/Jayapura": ("WIT", 9),
}
# A claim may be any second up to 2^53-1, the calendar ends with the year 9999, and no claim may stop an audit.
_CALENDAR_END = 253_402_300_799 - 9 * 3600
_DAYS = {
    "id": ("Sen", "Sel", "Rab", "Kam", "Jum", "Sab", "Min"),
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
}
_MONTHS = {
    "id": ("Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des"),
    "en": ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
}


def clock(at: int, zone: str, *, language: str = "id") -> str:
    """Write a UNIX second as `Sab 30 Nov 17.19 WITA` (id) or `Sat 30 Nov 17.19 WITA` (en).

    zone: an IANA zone of Indonesia, else UTC. A second beyond the year 9999 is written as its number.
    """
    if not 0 <= at <= _CALENDAR_END:
        return f"detik {at}" if language == "id" else f"second {at}"
    name, hours = _ZONES.get(zone, ("UTC", 0))
    local = datetime.fromtimestamp(at, UTC) + timedelta(hours=hours)
    day, month = _DAYS[language][local.weekday()], _MONTHS[language][local.month - 1]
    return f"{day} {local.day} {month} {local:%H.%M} {name}"


def duration(seconds: int, *, language: str = "id") -> str:
    """Write a length of time in its two largest units: `2 j 05 mnt` (id), `2 h 05 min` (en)."""
    hour, minute, day = ("j", "mnt", "hr") if language == "id" else ("h", "min", "d")
    minutes = max(0, seconds) // 60
    if minutes < 60:
        return f"{minutes} {minute}"
    if minutes < 48 * 60:
        return f"{minutes // 60} {hour} {minutes % 60:02d} {minute}"
    return f"{minutes // 1440} {day} {minutes % 1440 // 60} {hour}"

"""Times as a form gives them: the place's own hours, read into UNIX seconds and written back."""

from datetime import datetime
from zoneinfo import ZoneInfo

_FORM = "%Y-%m-%dT%H:%M"


def read_time(text: str, zone: str) -> int | None:
    """A `datetime-local` value in a zone as UNIX seconds; None where it is none."""
    try:
        return int(datetime.strptime(text.strip()[:16], _FORM).replace(tzinfo=ZoneInfo(zone)).timestamp())
    except (ValueError, OverflowError):
        return None


def written_time(at: int | None, zone: str) -> str:
    """UNIX seconds as a `datetime-local` value; "" where there is none."""
    return "" if at is None else datetime.fromtimestamp(at, ZoneInfo(zone)).strftime(_FORM)

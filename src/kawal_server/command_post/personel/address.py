"""A key in an address, a moment in a form, and what officers are told when something is not signed."""

from datetime import datetime
from zoneinfo import ZoneInfo

from kawal_server.actions.admin_chain import NotBegun, NotTaken
from kawal_server.actions.enrol_devices import Refusals
from kawal_server.actions.lost_phone import NotTold
from kawal_server.actions.muster_kit import NotEnrolled
from kawal_server.actions.request_device import NotAsked
from kawal_server.actions.revoke_device import NotRevoked
from kawal_server.actions.signing_officer import NoKeyHere, NotAnAgency
from kawal_server.store.key_files import KeyReadByOthers, NoKeyFile
from kawal_server.store.port import Busy, StoreFailed

REFUSED = (NotAsked, NotRevoked, NotTold, NotEnrolled, NotAnAgency, NoKeyHere, NotBegun)
"""The officer can do something about it."""
BROKEN = (NotTaken, NoKeyFile, KeyReadByOthers, StoreFailed, Busy)
"""The post cannot; nothing was signed, or it stands in the log already."""


class KidAddress:
    """A path converter: a key id, canonical b64u of 32 bytes."""

    regex = "[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]"

    def to_python(self, value: str) -> str:
        """The key id behind a part of a path."""
        return value

    def to_url(self, value: str) -> str:
        """The part of a path for a key id."""
        return value


def moment_of(text: str, zone: str) -> int | None:
    """A `datetime-local` of a form as UNIX seconds in the post's zone; None where it is none."""
    try:
        read = datetime.fromisoformat(text)
    except ValueError:
        return None
    if read.tzinfo is not None or not 2000 <= read.year < 2100:
        return None
    return int(read.replace(tzinfo=ZoneInfo(zone)).timestamp())


def written_moment(at: int, zone: str) -> str:
    """UNIX seconds as a `datetime-local` of a form takes them."""
    return datetime.fromtimestamp(at, ZoneInfo(zone)).strftime("%Y-%m-%dT%H:%M")


def told(refused: Refusals) -> list[str]:
    """Refusals as lines to read."""
    return [f"{which}: {reason}" for which, reason in refused]

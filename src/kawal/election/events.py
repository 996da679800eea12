"""Payload shapes of the register's events, and of the pleno events that move the calendar."""

from dataclasses import dataclass

from kawal.ledger.event import Event
from kawal.ledger.events import text


@dataclass(frozen=True, slots=True)
class ManifestNamed:
    """`register.manifest`: a list of this kind now counts."""

    kind: str
    mh: str


@dataclass(frozen=True, slots=True)
class SessionMoved:
    """`pleno.open`, `suspend`, `resume`, `close`."""

    verb: str
    level: str
    area: str
    election: str


def read_manifest_named(event: Event) -> ManifestNamed:
    """Read `register.manifest`. Raises: BadShape."""
    return ManifestNamed(text(event.payload, "kind"), text(event.payload, "mh"))


def read_session_moved(event: Event) -> SessionMoved:
    """Read a pleno event. Raises: BadShape."""
    level, area, election = (text(event.payload, name) for name in ("level", "area", "election"))
    return SessionMoved(event.t.partition(".")[2], level, area, election)

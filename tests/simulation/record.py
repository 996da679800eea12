"""What a simulated operation says about its guarding, read from its export without the parts that judge it."""

from collections.abc import Iterator
from pathlib import Path

from kawal.election.manifests import rows
from kawal.ledger.encoding import blob_name
from kawal.ledger.event import Event, read_event
from tests.simulation.conftest import leaves


class Record:
    """The events of both logs, by log and type, in the order in which they arrived."""

    def __init__(self, out: Path) -> None:
        self.out = out
        self.events: dict[str, list[Event]] = {"kotak": [], "pengamanan": []}
        for name, jws in leaves(out):
            self.events[name].append(read_event(jws).event)
        self.enrolled = {
            str(one.payload["kid"]): one.payload for one in self.of("ledger.enrol", "kotak") + self.of("ledger.enrol")
        }

    def of(self, t: str, log: str = "pengamanan") -> list[Event]:
        """All events of a type."""
        return [event for event in self.events[log] if event.t == t]

    def who(self, event: Event) -> str:
        """The person who signed."""
        return str(self.enrolled[event.kid]["who"])

    def unit(self, event: Event) -> str:
        """The unit that signed."""
        return str(self.enrolled[event.kid]["unit"])

    def rows(self, kind: str) -> Iterator[tuple[Event, list[dict[str, str]]]]:
        """Every manifest of a kind with its rows."""
        for event in sorted(self.of("register.manifest"), key=lambda one: one.ts):
            if event.payload["kind"] == kind:
                yield event, rows(self.blob(str(event.payload["mh"])), kind)

    def blob(self, named: str) -> bytes:
        """A file by the hash that events name it by."""
        return (self.out / "pengamanan" / "blobs" / blob_name(named)).read_bytes()

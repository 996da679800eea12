"""What every judge of custody needs at hand: the history, the register, the fold, and the questions asked of them."""

from collections.abc import Mapping
from functools import cached_property

from kawal.custody.holding import rank
from kawal.custody.record import BoxRecord
from kawal.custody.says import graded
from kawal.custody.state import Custody
from kawal.election.calendar import Session, on_true_time
from kawal.election.state import Register
from kawal.ledger.clock import clock
from kawal.ledger.event import Eid
from kawal.ledger.events import answers
from kawal.ledger.history import History
from kawal.ledger.limits import Limits


class Judging:
    """One audit's view on custody."""

    def __init__(self, history: History, register: Register, custody: Custody) -> None:
        self.history = history
        self.register = register
        self.custody = custody

    @property
    def limits(self) -> Limits:
        """The limits this audit uses."""
        return self.register.limits

    @property
    def now(self) -> int:
        """The second this audit takes as now."""
        return self.history.now

    @cached_property
    def sessions(self) -> list[Session]:
        """The plenos, those set right whose observer's clock stands a whole hour off."""
        return [
            on_true_time(session, self._opened_in(session), self._slack) for session in self.register.sessions.values()
        ]

    @property
    def _slack(self) -> int:
        return self.limits.seconds("ledger.clock", "slack_s")

    def _opened_in(self, session: Session) -> list[int]:
        return self._openings.get((session.area, session.election), []) if session.level == "district" else []

    @cached_property
    def _openings(self) -> Mapping[tuple[str, str], list[int]]:
        opened: dict[tuple[str, str], list[int]] = {}
        for record in self.custody.boxes.values():
            if record.expected is not None:
                at = [opening.at for opening in record.openings if opening.why == "pleno"]
                opened.setdefault((record.expected.district, record.expected.election), []).extend(at)
        return opened

    @cached_property
    def _zones(self) -> Mapping[str, str]:
        return {site.area[:6]: site.zone for site in self.register.sites.values()}

    @cached_property
    def closes(self) -> Mapping[Eid, tuple[Eid, ...]]:
        """Closes by the accept they answer."""
        found: dict[Eid, tuple[Eid, ...]] = {}
        for event in self.history.events:
            if event.t == "custody.close":
                for eid in answers(event):
                    found[eid] = (*found.get(eid, ()), event.eid)
        return found

    def zone_of(self, record: BoxRecord) -> str:
        """The zone of the box's kecamatan."""
        area = record.expected.district if record.expected else ""
        return self._zones.get(area, self.register.zone)

    def clock(self, record: BoxRecord, at: int) -> tuple[str, str]:
        """A time in both languages, in the box's zone."""
        zone = self.zone_of(record)
        return clock(at, zone), clock(at, zone, language="en")

    def holder_at(self, record: BoxRecord, at: int) -> str:
        """Who held the box at a second, "tidak diketahui" where nobody is on record."""
        stand = record.stand_at(at)
        return stand.holder if stand and stand.holder else "tidak diketahui"

    def held_at(self, record: BoxRecord, at: int) -> tuple[str, str]:
        """Who held the box at a second and by what grade of hand-over, in both languages."""
        stand = record.stand_at(at)
        return graded(stand.holder, stand.grade) if stand else graded("", None)

    def seen_after(self, record: BoxRecord, at: int) -> int | None:
        """When the box was next seen after a second, if it was."""
        return record.last.at if record.last is not None and record.last.at > at else None

    def is_custodian(self, unit: str) -> bool:
        """Whether a unit's id is that of an election body."""
        return rank(unit) >= 0

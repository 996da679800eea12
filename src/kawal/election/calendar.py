"""The calendar of the plenos: what was planned, and when each session really was open."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import NewType

from kawal.election.manifests import PlannedSession
from kawal.ledger.event import Eid

SessionId = NewType("SessionId", str)
"""`level/area/election`, for instance `district/530305/GUB`."""


def session_id(level: str, area: str, election: str) -> SessionId:
    """Name a session."""
    return SessionId(f"{level}/{area}/{election}")


@dataclass
class Session:
    """One pleno. spans: open intervals (from, to or None while it lasts), suspensions left out."""

    id: SessionId
    level: str
    area: str
    election: str
    plan: PlannedSession | None = None
    spans: list[tuple[int, int | None]] = field(default_factory=list)
    closed_at: int | None = None
    is_suspended: bool = False
    evidence: list[Eid] = field(default_factory=list)

    @property
    def opened_at(self) -> int | None:
        """When it first opened, UNIX seconds."""
        return self.spans[0][0] if self.spans else None

    def is_open(self, at: int, *, slack: int = 0) -> bool:
        """Tell whether it was open at this second, with `slack` seconds on both sides for honest clocks."""
        return any(since - slack <= at and (until is None or at <= until + slack) for since, until in self.spans)

    def start(self, at: int) -> None:
        """Open or resume."""
        if not self.spans or self.spans[-1][1] is not None:
            self.spans.append((at, None))
        self.closed_at, self.is_suspended = None, False

    def stop(self, at: int, *, is_final: bool) -> None:
        """Close, or suspend."""
        if self.spans and self.spans[-1][1] is None:
            self.spans[-1] = (self.spans[-1][0], max(at, self.spans[-1][0]))
        self.is_suspended = not is_final
        self.closed_at = at if is_final else None


def sessions_of(sessions: Sequence[Session], district: str, election: str) -> list[Session]:
    """The kecamatan sessions that a box waits for: of its election, or, for a PPK's own box, all of its kecamatan."""
    return [
        one
        for one in sessions
        if one.level == "district" and one.area == district and election in (one.election, "PPK")
    ]


HOUR_S = 3600
LEAST_OUTSIDE = 3
PLAN_SLACK_S = 2700


def on_true_time(session: Session, openings: Sequence[int], slack: int) -> Session:
    """Set a session right whose observer's phone stood exactly an hour off (WIB for WITA), told by the boxes it opened.

    openings: UNIX seconds at which boxes were opened for it. Two records must contradict the observer at once: the
    session was planned an hour from where the observer has it open, within three quarters of an hour, and three or more
    boxes lie outside that the same hour brings in. Boxes opened around a pleno that kept its plan stay a fault,
    however many they are.
    """
    outside = _outside(session, openings, slack)
    if outside < LEAST_OUTSIDE or session.plan is None or session.opened_at is None:
        return session
    for hour in (HOUR_S, -HOUR_S):
        if abs(session.opened_at + hour - session.plan.starts) > PLAN_SLACK_S:
            continue
        moved = replace(
            session,
            spans=[(since + hour, None if until is None else until + hour) for since, until in session.spans],
            closed_at=None if session.closed_at is None else session.closed_at + hour,
        )
        if _outside(moved, openings, slack) <= outside / 4:
            return moved
    return session


def _outside(session: Session, openings: Sequence[int], slack: int) -> int:
    return sum(not session.is_open(at, slack=slack) for at in openings)

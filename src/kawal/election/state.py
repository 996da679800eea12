"""The register as it stands: boxes that must exist, sites, sessions, convoys, limits. Folded from both logs."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from kawal.election.boxes import ExpectedBox
from kawal.election.calendar import Session, SessionId, session_id
from kawal.election.events import read_manifest_named, read_session_moved
from kawal.election.manifests import (
    BadManifest,
    Blobs,
    PlannedConvoy,
    Site,
    read_boxes,
    read_convoys,
    read_sessions,
    read_sites,
)
from kawal.ledger.encoding import NotCanonical
from kawal.ledger.event import Event
from kawal.ledger.events import BadShape
from kawal.ledger.history import History
from kawal.ledger.limits import BadLimits, Limits, default_limits, read_limits

# Those whom a pleno or a register judges have no say in it.
STATION_ROLES = frozenset({"kpps", "pps", "witness"})
DEFAULT_ZONE = "Asia/Jakarta"
_MOVES = ("pleno.open", "pleno.suspend", "pleno.resume", "pleno.close")


@dataclass
class Register:
    """What the operation expects. problems: sentences about manifests that are absent or cannot be read."""

    boxes: dict[str, ExpectedBox] = field(default_factory=dict)
    sites: dict[str, Site] = field(default_factory=dict)
    sessions: dict[SessionId, Session] = field(default_factory=dict)
    convoys: dict[str, PlannedConvoy] = field(default_factory=dict)
    limits: Limits = field(default_factory=default_limits)
    problems: list[str] = field(default_factory=list)

    @property
    def zone(self) -> str:
        """The zone most sites are in: for sentences about things that have no site."""
        zones = Counter(site.zone for site in self.sites.values())
        return zones.most_common(1)[0][0] if zones else DEFAULT_ZONE

    def site_kind(self, site: str | None) -> str:
        """The kind of a site; "" where it is not known."""
        found = self.sites.get(site) if site else None
        return found.kind if found else ""

    def site_area(self, site: str) -> str:
        """The region code of a site; "" where it is not known."""
        found = self.sites.get(site)
        return found.area if found else ""


def fold_register(history: History, blobs: Blobs) -> Register:
    """Fold `register.manifest` and the pleno's openings and closings. blobs: where manifests are found."""
    register = Register()
    for event in history.events:
        try:
            if event.t == "register.manifest":
                _take_manifest(register, history, event, blobs)
            elif event.t in _MOVES and history.speaker(event).role not in STATION_ROLES:
                _move_session(register, event, history.at(event))
        except BadShape as error:
            register.problems.append(f"{event.eid[:12]}: {error}")
    return register


def _take_manifest(register: Register, history: History, event: Event, blobs: Blobs) -> None:
    named = read_manifest_named(event)
    take = _TAKE.get(named.kind)
    if take is None or (named.kind == "boxes" and not _is_kpu(history, event)):
        return
    if history.speaker(event).role in STATION_ROLES:
        return
    try:
        data = blobs.read(named.mh)
        if data is None:
            register.problems.append(
                f"daftar {named.kind} {named.mh[:12]} tidak ada di blobs/ / the {named.kind} manifest is not in blobs/"
            )
            return
        take(register, data, named.mh)
    except (BadManifest, BadLimits, NotCanonical) as error:
        register.problems.append(f"daftar {named.kind} {named.mh[:12]}: {error}")


def _is_kpu(history: History, event: Event) -> bool:
    """A boxes manifest counts only when KPU signed it; a genesis administrator may leave the agency unstated."""
    speaker = history.speaker(event)
    return "kpu" in (speaker.role, speaker.agency) or (speaker.role == "admin" and not speaker.agency)


def _take_boxes(register: Register, data: bytes, _: str) -> None:
    register.boxes.update({row.box: row for row in read_boxes(data)})


def _take_sites(register: Register, data: bytes, _: str) -> None:
    register.sites.update({row.site: row for row in read_sites(data)})


def _take_sessions(register: Register, data: bytes, _: str) -> None:
    for plan in read_sessions(data):
        _session(register, plan.level, plan.area, plan.election).plan = plan


def _take_convoys(register: Register, data: bytes, _: str) -> None:
    register.convoys.update({row.convoy: row for row in read_convoys(data)})


def _take_policy(register: Register, data: bytes, mh: str) -> None:
    register.limits = read_limits(data.decode("utf-8", "replace"), source=mh)


_TAKE: Mapping[str, Callable[[Register, bytes, str], None]] = {
    "boxes": _take_boxes,
    "sites": _take_sites,
    "sessions": _take_sessions,
    "convoys": _take_convoys,
    "policy": _take_policy,
}


def _session(register: Register, level: str, area: str, election: str) -> Session:
    named = session_id(level, area, election)
    return register.sessions.setdefault(named, Session(named, level, area, election))


def _move_session(register: Register, event: Event, at: int) -> None:
    moved = read_session_moved(event)
    session = _session(register, moved.level, moved.area, moved.election)
    session.evidence.append(event.eid)
    match moved.verb:
        case "open" | "resume":
            session.start(at)
        case "suspend":
            session.stop(at, is_final=False)
        case "close":
            session.stop(at, is_final=True)

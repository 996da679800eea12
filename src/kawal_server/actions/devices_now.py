"""The devices of both logs at a moment: who counts, what waits for a second signature, who was withdrawn."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from kawal.ledger.devices import Devices, Enrolment, Revocation
from kawal.ledger.event import Event, Kid
from kawal.ledger.events import BadShape, Enrol, Revoke, read_enrol, read_revoke
from kawal.ledger.log_of import LOG_NAMES, LogName
from kawal_server.actions.take_in import the_ring
from kawal_server.store.opened import the_store

State = Literal["waiting", "future", "good", "soon", "expired", "revoked", "one-agency"]
SOON_S = 24 * 3600


@dataclass(frozen=True)
class Waiting:
    """An enrolment or revocation that only one administrator has signed. first: the agency of that one."""

    log: LogName
    event: Event
    first: str
    enrol: Enrol | None
    revoke: Revoke | None

    @property
    def kid(self) -> Kid:
        """The key it speaks of."""
        return self.enrol.kid if self.enrol is not None else self.revoke.kid if self.revoke is not None else Kid("")


@dataclass(frozen=True)
class Standing:
    """One device: its newest enrolment, in which logs it counts, and how its key stands."""

    kid: Kid
    enrol: Enrol
    state: State
    logs: tuple[LogName, ...]
    signers: tuple[tuple[LogName, Enrolment], ...] = ()
    revocation: Revocation | None = None

    @property
    def unit(self) -> str:
        """The unit it is enrolled in."""
        return self.enrol.unit


def known_logs() -> dict[LogName, tuple[Devices, tuple[Event, ...]]]:
    """The devices and the events behind them, caught up with each log."""
    store, told = the_store(), {}
    for log in LOG_NAMES:
        ring = the_ring(log)
        ring.catch_up(store)
        told[log] = (ring.devices, tuple(ring.events))
    return told


def waiting() -> list[Waiting]:
    """What waits for the second signature, oldest first. An enrolment that one agency signed twice waits still."""
    found: list[Waiting] = []
    for log, (devices, events) in known_logs().items():
        done = {one.eid for many in devices.enrolments.values() for one in many}
        done |= {one.eid for one in devices.revocations.values()}
        for event in events:
            if event.eid in done or event.t not in ("ledger.enrol", "ledger.revoke"):
                continue
            read = _read(log, event, devices)
            if read is not None and not (read.revoke is not None and read.kid in devices.revocations):
                found.append(read)
    return found


def _read(log: LogName, event: Event, devices: Devices) -> Waiting | None:
    first = devices.agency(event.kid)
    if not devices.administers(event.kid):
        return None
    try:
        if event.t == "ledger.enrol":
            return Waiting(log, event, first, read_enrol(event), None)
        return Waiting(log, event, first, None, read_revoke(event))
    except BadShape:
        return None


def standings(at: int) -> dict[Kid, Standing]:
    """Every device that anyone enrolled or proposed, with how its key stands at a second (UNIX)."""
    known = known_logs()
    found: dict[Kid, Standing] = {}
    for kid in _kids(known.values()):
        standing = _standing(kid, known, at)
        if standing is not None:
            found[kid] = standing
    for one in waiting():
        proposed = _proposed(one) if one.kid not in found else None
        if proposed is not None:
            found[one.kid] = proposed
    return found


def standing_of(kid: Kid, at: int) -> Standing | None:
    """One device as `standings` has it, without looking at the others."""
    standing = _standing(kid, known_logs(), at)
    if standing is not None:
        return standing
    found = next((one for one in waiting() if one.kid == kid and one.enrol is not None), None)
    return None if found is None else _proposed(found)


def _proposed(one: Waiting) -> Standing | None:
    if one.enrol is None:
        return None
    devices = known_logs()[one.log][0]
    single = any(two.kid == one.kid for two in devices.one_agency)
    return Standing(one.kid, one.enrol, "one-agency" if single else "waiting", (one.log,))


def _kids(known: Iterable[tuple[Devices, tuple[Event, ...]]]) -> list[Kid]:
    return list(dict.fromkeys(kid for devices, _ in known for kid in devices.enrolments))


def _standing(kid: Kid, known: Mapping[LogName, tuple[Devices, tuple[Event, ...]]], at: int) -> Standing | None:
    signers, revocation = [], None
    for log, (devices, _) in known.items():
        enrolment = devices.enrolment(kid, at)
        if enrolment is not None:
            signers.append((log, enrolment))
        revocation = revocation or devices.revocations.get(kid)
    if not signers:
        return None
    enrol = max((one.enrol for _, one in signers), key=lambda one: one.exp)
    state = "revoked" if revocation is not None else state_of(enrol, at)
    return Standing(kid, enrol, state, tuple(log for log, _ in signers), tuple(signers), revocation)


def state_of(enrol: Enrol, at: int) -> State:
    """How a key stands in its term: still to come, good, over within a day, over."""
    if at > enrol.exp:
        return "expired"
    if at < enrol.nbf:
        return "future"
    return "soon" if enrol.exp - at <= SOON_S else "good"

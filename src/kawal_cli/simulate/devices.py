"""Phones: each with its key, its person, its clock, its network, and one chain in each log it writes to."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from random import Random
from typing import Any

from kawal.ledger.encoding import b64u, digest
from kawal.ledger.event import Eid, leaf_id, sign_event
from kawal.ledger.keys import SigningKey, ed25519_from_seed
from kawal.ledger.log_of import KOTAK, LogName
from kawal_cli.simulate.dice import dice, seed_of

LARGEST_SKEW_S = 75
Checkpointed = tuple[int, str]
"""Size and root (b64u) of a witnessed checkpoint, as events cite it."""


@dataclass(frozen=True, slots=True)
class Network:
    """How soon a phone is online again. online: the chance that it is so within minutes; else up to `longest_s`."""

    online: float
    soon_s: int
    longest_s: int

    def delay(self, stream: Random) -> int:
        """Seconds from the first unsent event to the upload."""
        if stream.random() < self.online:
            return stream.randint(5, self.soon_s)
        return stream.randint(self.soon_s, self.longest_s)


WIRED = Network(1.0, 30, 60)
TOWN = Network(0.97, 240, 2400)
COUNTRY = Network(0.8, 600, 3 * 3600)
POSTED = Network(0.99, 60, 2400)
"""A phone at a post reports by the hour: it is charged, and stands where it was tried that there is a signal."""
REMOTE = Network(0.35, 1200, 6 * 3600)


@dataclass(slots=True)
class Chain:
    """One device's chain in one log: its last `seq` and eid, its last claimed time, the checkpoint it saw last."""

    seq: int
    head: str
    ts: int = 0
    cp: Checkpointed | None = None


@dataclass(frozen=True, slots=True)
class Duty:
    """What an enrolment says of a device, and for how long it is valid (UNIX seconds)."""

    role: str
    unit: str
    agency: str
    nbf: int
    exp: int


@dataclass(slots=True, eq=False)
class Device:
    """A phone. `skew_s`: its clock minus the true time. `outbox`: signed and not yet sent, in order."""

    name: str
    key: SigningKey
    kid: str
    who: str
    duty: Duty
    logs: tuple[LogName, ...]
    network: Network
    skew_s: int
    stream: Random
    chains: dict[LogName, Chain] = field(default_factory=dict)
    outbox: list[tuple[LogName, bytes]] = field(default_factory=list)
    uploads_at: int | None = None
    is_silent_until: int = 0

    @property
    def unit(self) -> str:
        """The unit it is enrolled in."""
        return self.duty.unit

    def head(self, log: LogName = KOTAK) -> list[object]:
        """What another phone pins as `hb`."""
        chain = self.chains[log]
        return [chain.seq, chain.head]

    def sign(self, log: LogName, t: str, now: int, members: Mapping[str, Any]) -> tuple[Eid, bytes]:
        """Sign the next event of the chain. now: the true time; the event carries what the phone's clock says."""
        chain = self.chains[log]
        chain.ts = max(chain.ts, now + self.skew_s)
        payload: dict[str, Any] = {"v": 1, "t": t, "seq": chain.seq + 1, "prev": chain.head, "ts": chain.ts}
        if chain.cp is not None:
            payload["cp"] = list(chain.cp)
        payload.update(members)
        jws = sign_event(payload, self.key)
        chain.seq, chain.head = chain.seq + 1, leaf_id(jws)
        return Eid(chain.head), jws


def make_device(
    seed: int, name: str, duty: Duty, network: Network, logs: tuple[LogName, ...] = (KOTAK,), who: str = ""
) -> Device:
    """Make a phone. The name decides its key, its person (unless `who` is given) and its chances."""
    key = ed25519_from_seed(seed_of(seed, "kunci", name))
    stream = dice(seed, "ponsel", name)
    skew = max(-LARGEST_SKEW_S, min(LARGEST_SKEW_S, round(stream.gauss(0, 22))))
    return Device(name, key, key.kid, who or person(seed, name), duty, logs, network, skew, stream)


def person(seed: int, name: str) -> str:
    """The opaque id of whoever carries this phone."""
    return f"p-{seed_of(seed, 'orang', name).hex()[:10]}"


def enrolment(device: Device) -> dict[str, Any]:
    """The members of the device's `ledger.enrol`."""
    duty = device.duty
    return {
        "kid": device.kid,
        "alg": "Ed25519",
        "x": b64u(device.key.public.x),
        "who": device.who,
        "role": duty.role,
        "unit": duty.unit,
        "agency": duty.agency,
        "nbf": duty.nbf,
        "exp": duty.exp,
        "idc": digest(f"demo|{device.who}".encode()),
    }

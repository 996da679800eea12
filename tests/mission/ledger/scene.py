"""A small operation to tell the tests' stories in: who signs, what the log holds, and what is read from it.

The cast: kpps holds a box, ppk takes it over, kpu and bawaslu administer, guard stands by, stranger is nobody's.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from kawal.ledger.encoding import b64u
from kawal.ledger.event import Eid, Event, Kid, leaf_id, read_event, sign_event
from kawal.ledger.finding import Finding
from kawal.ledger.findings import ledger_findings
from kawal.ledger.history import History, build_history
from kawal.ledger.keys import PublicKey, SigningKey, ed25519_from_seed
from kawal.ledger.limits import default_limits
from kawal.ledger.reading import LogContent, LogReader, Witnessed
from kawal.ledger.tree import Tree, leaf_hash

DAWN = 1_732_665_600  # 27 November 2024, 00.00 UTC
HOUR, DAY = 3600, 86_400


def key_of(name: str) -> SigningKey:
    return ed25519_from_seed(sha256(name.encode()).digest())


def members_of(key: PublicKey) -> dict[str, str]:
    return {"kid": key.kid, "alg": key.alg, "x": b64u(key.x)} | ({"y": b64u(key.y)} if key.y else {})


@dataclass
class Device:
    name: str
    key: SigningKey
    seq: int = 0
    head: str = ""

    @property
    def kid(self) -> Kid:
        return Kid(self.key.kid)

    def signs(self, t: str, at: int, **members: Any) -> bytes:
        """The next event of the chain; at: seconds after DAWN."""
        payload = {"v": 1, "t": t, "seq": self.seq + 1, "prev": self.head, "ts": DAWN + at, **members}
        jws = sign_event(payload, self.key)
        self.seq, self.head = self.seq + 1, leaf_id(jws)
        return jws

    def copied(self) -> "Device":
        """The same key and chain in other hands."""
        return Device(self.name, self.key, self.seq, self.head)


@dataclass
class Log:
    name: str = "kotak"
    leaves: list[bytes] = field(default_factory=list)
    admins: dict[str, Device] = field(default_factory=dict)

    def add(self, jws: bytes) -> Eid:
        self.leaves.append(jws)
        return eid_of(jws)

    def opened(self, **agencies: str) -> "Log":
        """Begin with a genesis. agencies: administrator -> agency, "" where it is not stated."""
        self.admins = {name: Device(name, key_of(name)) for name in agencies}
        rows = [
            members_of(self.admins[name].key.public) | ({"agency": agency} if agency else {})
            for name, agency in agencies.items()
        ]
        first, *others = self.admins.values()
        origin = f"kpu.example/pilkada-2024/5303/{self.name}"
        genesis = self.add(
            first.signs("ledger.genesis", 0, origin=origin, admins=rows, need=2, policy=digest_of("policy"))
        )
        for other in others:
            other.head = genesis
        return self

    def proposes(self, device: Device, *, by: str, at: int = 60, **changes: Any) -> Eid:
        role = str(changes.get("role", "ppk"))
        members = {
            "who": f"p-{device.name}",
            "role": role,
            "unit": f"{role}-5303",
            "agency": role,
            "nbf": DAWN,
            "exp": DAWN + 30 * DAY,
            "idc": digest_of(device.name),
        }
        enrol = self.add(
            self.admins[by].signs("ledger.enrol", at, **{**members_of(device.key.public), **members, **changes})
        )
        device.head = device.head or enrol
        return enrol

    def confirms(self, enrol: Eid, *, by: str, at: int = 120) -> Eid:
        return self.add(self.admins[by].signs("ledger.enrol-ok", at, of=enrol))

    def enrols(self, name: str, *, by: str = "kpu", ok: str = "bawaslu", **changes: Any) -> Device:
        device = Device(name, changes.pop("key", key_of(name)))
        at = int(changes.pop("at", 60))
        self.confirms(self.proposes(device, by=by, at=at, **changes), by=ok, at=at + 60)
        return device

    def revokes(self, device: Device, at: int, good: Sequence[Any] | None, **changes: Any) -> None:
        by, ok = changes.pop("by", "kpu"), changes.pop("ok", "bawaslu")
        told = {"kid": device.kid, "why": "stolen", "from": DAWN + at} | ({"good": list(good)} if good else {})
        of = self.add(self.admins[by].signs("ledger.revoke", at, **told))
        self.add(self.admins[ok].signs("ledger.revoke-ok", at + 60, of=of))

    def read(self, *witnessed: tuple[int, int], has_tree: bool = True) -> LogContent:
        """Read the log as an audit does. witnessed: (size, seconds after DAWN)."""
        return read_leaves(self.name, self.leaves, *witnessed, has_tree=has_tree)


def read_leaves(name: str, leaves: Iterable[bytes], *witnessed: tuple[int, int], has_tree: bool = True) -> LogContent:
    reader = LogReader(name)
    many = list(leaves)
    for jws in many:
        reader.take(jws)
    tree = Tree(map(leaf_hash, many))
    return reader.finish([Witnessed(size, tree.root(size), DAWN + at) for size, at in witnessed], has_tree=has_tree)


def kotak() -> Log:
    return Log().opened(kpu="kpu", bawaslu="bawaslu", post="post")


def eid_of(jws: bytes) -> Eid:
    return Eid(leaf_id(jws))


def event_of(jws: bytes) -> Event:
    return read_event(jws).event


def digest_of(text: str) -> str:
    return b64u(sha256(text.encode()).digest())


def found_in(*logs: LogContent, at: int | None = None) -> list[Finding]:
    return ledger_findings(history_of(*logs, at=at), default_limits())


def codes_in(*logs: LogContent) -> list[tuple[str, str]]:
    return [(finding.code, finding.subject) for finding in found_in(*logs)]


def history_of(*logs: LogContent, at: int | None = None) -> History:
    return build_history(logs, at=at)

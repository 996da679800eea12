"""A small operation with a named cast, for tests: every event is really signed, and the audit is the real one."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from kawal.election.manifests import write_rows
from kawal.ledger.encoding import b64u, digest
from kawal.ledger.event import leaf_id, sign_event
from kawal.ledger.finding import Finding
from kawal.ledger.keys import SigningKey, ed25519_from_seed
from kawal.ledger.reading import LogReader
from kawal_cli.audit import Audit, audit_given
from kawal_cli.reading import FolderBlobs, Given

DAY = 86_400
HOUR = 3_600
VOTE = 1_732_636_800  # 27 November 2024, 00.00 WITA
DISTRICT = "530305"
VILLAGE = "5303052001"
BOX = f"GUB-{VILLAGE}001"
OTHER = f"BUP-{VILLAGE}001"
FAR_BOX = f"GUB-{VILLAGE}002"
TPS = f"tps-{VILLAGE}001"
PPS_SITE = f"pps-{VILLAGE}"
PPK_SITE = f"ppk-{DISTRICT}"
STORE = "gudang-5303"
SEALS: tuple[dict[str, Any], ...] = ({"k": "tie", "s": "T1", "n": 1}, {"k": "tie", "s": "T2", "n": 1})


@dataclass
class Device:
    """One phone: its key, what it was enrolled as, and the head of its chain."""

    key: SigningKey
    unit: str
    seq: int
    head: str


class Memory(FolderBlobs):
    """Manifests held in memory."""

    def __init__(self, blobs: Mapping[str, bytes]) -> None:
        super().__init__(())
        object.__setattr__(self, "_blobs", blobs)

    __slots__ = ("_blobs",)

    def read(self, named: str) -> bytes | None:
        found: bytes | None = object.__getattribute__(self, "_blobs").get(named)
        return found


@dataclass
class Operation:
    """One log of one area, written event by event."""

    lines: list[bytes] = field(default_factory=list)
    blobs: dict[str, bytes] = field(default_factory=dict)
    policy: bytes = b""
    _made: int = 0

    def __post_init__(self) -> None:
        self.admin_kpu = self._admin("kpu")
        self.admin_bawaslu = self._admin("bawaslu")
        admins = [
            {"kid": admin.key.kid, "alg": "Ed25519", "x": b64u(admin.key.public.x), "agency": admin.unit}
            for admin in (self.admin_kpu, self.admin_bawaslu)
        ]
        genesis = {"origin": "kawal.example/uji/5303/kotak", "admins": admins, "need": 2, "policy": digest(self.policy)}
        eid = self.say(self.admin_kpu, "ledger.genesis", VOTE - 10 * DAY, **genesis)
        self.admin_bawaslu.head = eid
        self.kpps = self.device("kpps", f"kpps-{VILLAGE}001")
        self.other_kpps = self.device("kpps", f"kpps-{VILLAGE}002")
        self.pps = self.device("pps", f"pps-{VILLAGE}")
        self.ppk = self.device("ppk", f"ppk-{DISTRICT}")
        self.kpu = self.device("kpu", "kpu-5303")
        self.escort = self.device("escort", "polres-5303", agency="polri")
        self.guard = self.device("guard", "polsek-530305", agency="polri")
        self.panwas = self.device("supervisor", f"panwascam-{DISTRICT}", agency="bawaslu")
        self.observer = self.device("observer", "pemantau", agency="post")

    def _admin(self, agency: str) -> Device:
        return Device(self._key(), agency, 0, "")

    def _key(self) -> SigningKey:
        self._made += 1
        return ed25519_from_seed(sha256(b"uji" + bytes([self._made])).digest())

    def device(
        self,
        role: str,
        unit: str,
        *,
        agency: str = "",
        who: str = "",
        until: int = VOTE + 60 * DAY,
        is_confirmed: bool = True,
    ) -> Device:
        """Enrol a new phone by two administrators of two agencies."""
        key = self._key()
        members = {
            "kid": key.kid,
            "alg": "Ed25519",
            "x": b64u(key.public.x),
            "who": who or f"p-{self._made}",
            "role": role,
            "unit": unit,
            "agency": agency or role,
            "nbf": VOTE - 20 * DAY,
            "exp": until,
            "idc": digest(key.kid.encode()),
        }
        enrol = self.say(self.admin_kpu, "ledger.enrol", VOTE - 9 * DAY, **members)
        if is_confirmed:
            self.say(self.admin_bawaslu, "ledger.enrol-ok", VOTE - 9 * DAY, of=enrol)
        return Device(key, unit, 0, enrol)

    def say(self, device: Device, t: str, at: int, /, **members: Any) -> str:
        """Sign one event at a second and put it in the log; gives its eid."""
        jws = self.sign(device, t, at, **members)
        self.lines.append(jws)
        return leaf_id(jws)

    def sign(self, device: Device, t: str, at: int, /, **members: Any) -> bytes:
        """Sign the next event of a phone without sending it."""
        device.seq += 1
        named = {name.rstrip("_"): value for name, value in members.items()}
        payload = {"v": 1, "t": t, "seq": device.seq, "prev": device.head, "ts": at, **named}
        jws = sign_event(payload, device.key)
        device.head = leaf_id(jws)
        return jws

    def blob(self, data: bytes) -> str:
        """Keep a manifest."""
        named = digest(data)
        self.blobs[named] = data
        return named

    def manifest(self, kind: str, rows: Sequence[Sequence[object]], *, by: Device | None = None) -> str:
        """Name a manifest in the log."""
        data = write_rows(kind, rows)
        return self.say(by or self.kpu, "register.manifest", VOTE - 8 * DAY, kind=kind, mh=self.blob(data), n=len(rows))

    def expect(self, boxes: Iterable[str]) -> None:
        """KPU names the boxes that must exist."""
        rows = [[box, box[:3], "" if box.startswith("PPK") else box[4:], DISTRICT] for box in boxes]
        self.manifest("boxes", rows)

    def places(self) -> None:
        """KPU names the sites, a few kilometres apart."""
        sites = ((TPS, "tps", 0), (PPS_SITE, "pps", 10_000), (PPK_SITE, "ppk", 50_000), (STORE, "warehouse", 80_000))
        rows = [
            [name, kind, DISTRICT, -9_450_000 + away, 124_480_000, 200, "Asia/Makassar"] for name, kind, away in sites
        ]
        self.manifest("sites", rows)

    def session(self, opens: int, closes: int | None, *, election: str = "GUB") -> None:
        """A kecamatan pleno, planned and held."""
        row = ["district", DISTRICT, election, PPK_SITE, opens, opens + 8 * HOUR, opens + 3 * DAY]
        self.manifest("sessions", [row])
        about = {"level": "district", "area": DISTRICT, "election": election}
        self.say(self.observer, "pleno.open", opens, **about)
        if closes is not None:
            self.say(self.observer, "pleno.close", closes, **about)

    def seal(
        self, device: Device, box: str, at: int, seals: Sequence[Mapping[str, Any]] = SEALS, site: str = TPS
    ) -> str:
        """Seal a box."""
        return self.say(device, "custody.seal", at, box=box, seals=list(seals), why="uji", site=site)

    def check(self, device: Device, box: str, at: int, *, site: str, seals: Sequence[Mapping[str, Any]] = ()) -> str:
        """Look at a box and its seals."""
        return self.say(device, "custody.check", at, box=box, seals=list(seals), ok=True, site=site)

    def offer(
        self, giver: Device, receiver: Device, boxes: Sequence[str], at: int, *, site: str, **members: Any
    ) -> str:
        """Offer boxes by the first scan."""
        items = [[box, []] for box in boxes]
        given = {"items": items, "n": len(boxes), **members}
        return self.say(
            giver,
            "custody.offer",
            at,
            what="box",
            to=receiver.key.kid,
            ch="A" * 22,
            hb=[receiver.seq, receiver.head],
            site=site,
            pos=None,
            ph=[],
            **given,
        )

    def accept(
        self, receiver: Device, offer: str, at: int, *, site: str, res: str = "ok", diff: Sequence[Any] = ()
    ) -> str:
        """Answer an offer by the second scan."""
        return self.say(receiver, "custody.accept", at, of=offer, res=res, diff=list(diff), site=site, pos=None, ph=[])

    def hand_over(
        self, giver: Device, receiver: Device, boxes: Sequence[str], at: int, *, site: str, is_attested: bool = True
    ) -> tuple[str, str]:
        """A whole hand-over: offer, accept, close, and who saw it; gives the eids of offer and accept."""
        offer = self.offer(giver, receiver, boxes, at, site=site)
        accept = self.accept(receiver, offer, at + 120, site=site)
        self.say(giver, "custody.close", at + 150, of=accept, rtt=130)
        if is_attested:
            for witness in (self.escort, self.panwas):
                self.say(witness, "ledger.attest", at + 180, of=[offer, accept])
        return offer, accept

    def count(self, device: Device, boxes: Sequence[str], at: int, *, site: str) -> str:
        """Count the boxes at a site."""
        return self.say(device, "custody.count", at, site=site, boxes=list(boxes), n=len(boxes))

    def audit(self, *, at: int | None = None, lines: Sequence[bytes] | None = None) -> Audit:
        """Audit what was written (or other lines)."""
        reader = LogReader("kotak")
        for line in self.lines if lines is None else lines:
            reader.take(line)
        return audit_given(Given((reader.finish(),), Memory(self.blobs), ()), at=at)

    def findings(self, code: str, *, at: int | None = None) -> list[Finding]:
        """The findings of one code."""
        return [finding for finding in self.audit(at=at).findings if finding.code == code]


def journey(operation: Operation, boxes: Sequence[str] = (BOX,)) -> None:
    """The plain journey of boxes on one night: sealed at the station, to the PPS, to the PPK."""
    for number, box in enumerate(boxes):
        seals = [{"k": "tie", "s": f"J{number}A", "n": 1}, {"k": "tie", "s": f"J{number}B", "n": 1}]
        operation.seal(operation.kpps, box, VOTE + 17 * HOUR + number, seals)
    operation.hand_over(operation.kpps, operation.pps, boxes, VOTE + 18 * HOUR, site=PPS_SITE)
    operation.hand_over(operation.pps, operation.ppk, boxes, VOTE + 20 * HOUR, site=PPK_SITE)

"""The cast at a post whose operation is open: phones that ask, officers of three agencies, and one who may do nothing.

kasetops signs for Polri, kpu for KPU, bawaslu for Bawaslu; humas is the outsider.
"""

from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.test import Client

from kawal.ledger.enrol_request import write_request
from kawal.ledger.event import Kid, leaf_id, sign_event
from kawal.ledger.keys import SigningKey, ed25519_from_seed
from kawal.ledger.log_of import KOTAK, LOG_NAMES, LogName
from kawal_server import clock
from kawal_server.accounts.models import Office, Officer
from kawal_server.actions.devices_now import Standing, standings
from kawal_server.actions.enrol_devices import confirm_enrolments, propose_enrolments
from kawal_server.actions.request_device import Wanted, request_device
from kawal_server.actions.take_in import Answer, take_in, the_ring
from kawal_server.store.models import DeviceRequest
from kawal_server.store.opened import the_store
from tests.server.post import Post
from tests.server.signed_in import signed_in

DAY = 86_400


@dataclass
class Phone:
    """A phone with its key, and its chain in each log."""

    name: str
    heads: dict[LogName, tuple[int, str]] = field(default_factory=dict)

    @property
    def key(self) -> SigningKey:
        return ed25519_from_seed(sha256(self.name.encode()).digest())

    @property
    def kid(self) -> Kid:
        return Kid(self.key.kid)

    @property
    def who(self) -> str:
        return f"p-{self.name}"

    def asks(self, *, asked_for: str | None = None, at: int | None = None, nonce: str = "") -> str:
        made_at = clock.now() if at is None else at
        named = self.who if asked_for is None else asked_for
        bits = sha256(f"{self.name}{nonce}".encode()).digest()[:16]
        return write_request(self.key, asked_for=named, made_at=made_at, nonce=bits)

    def signs(self, t: str = "incident.report", *, log: LogName = "pengamanan", **members: Any) -> bytes:
        """The next event of its chain."""
        if log not in self.heads:
            ring = the_ring(log)
            ring.catch_up(the_store())
            roots = ring.devices.roots(self.kid)
            self.heads[log] = (0, roots[0] if roots else "A" * 43)
        seq, head = self.heads[log]
        payload = {"v": 1, "t": t, "seq": seq + 1, "prev": head, "ts": clock.now(), **members}
        jws = sign_event(payload, self.key)
        self.heads[log] = (seq + 1, leaf_id(jws))
        return jws


@dataclass
class Cast:
    post: Post

    def officer(self, office: Office, name: str = "", **other: str) -> Officer:
        return Officer.objects.get_or_create(username=name or office, defaults={"office": office, **other})[0]

    def browser(self, office: Office, name: str = "", **other: str) -> Client:
        return signed_in(self.officer(office, name, **other))

    def asks(self, phone: Phone, *, by: Office = "kasetops", **other: Any) -> DeviceRequest:
        return request_device(self.officer(by), self.wanted(phone, **other), at=clock.now())

    def wanted(self, phone: Phone, **other: Any) -> Wanted:
        at = clock.now()
        told: dict[str, Any] = {
            "text": phone.asks(),
            "who": phone.who,
            "role": "guard",
            "unit": "polres-5303",
            "agency": "polri",
            "nbf": at,
            "exp": at + 7 * DAY,
            **other,
        }
        return Wanted(**told)

    def enrols(self, phone: Phone, **other: Any) -> Phone:
        """Polri proposes, KPU confirms."""
        row = self.asks(phone, **other)
        count, refused = propose_enrolments(self.officer("kasetops"), [row], at=clock.now())
        assert (count, refused) == (1, [])
        assert confirm_enrolments(self.officer("kpu"), [phone.kid], at=clock.now()) == (1, [])
        return phone

    def sends(self, *lines: bytes, log: LogName = "pengamanan") -> list[Answer]:
        return take_in(log, lines)

    def standing(self, phone: Phone) -> Standing | None:
        return standings(clock.now()).get(phone.kid)

    def passes(self, seconds: int) -> None:
        clock.set_to(clock.now() + seconds, speed=1, is_paused=True)

    def export(self) -> list[Path]:
        """Both logs as published now."""
        self.post.worker.publish()
        return [self.post.data / "logs" / log for log in LOG_NAMES]

    def in_log(self, t: str, log: LogName = KOTAK) -> int:
        return len(the_store().leaves_of(log, t))

"""An open operation's field for tests: phones that the administrators enrol, and what they and the command sign."""

from hashlib import sha256
from typing import Any

from kawal.election.manifests import write_rows
from kawal.ledger.encoding import b64u, digest
from kawal.ledger.event import leaf_id, sign_event
from kawal.ledger.keys import SigningKey, ed25519_from_seed
from kawal.ledger.log_of import KOTAK, PENGAMANAN, LogName
from kawal_server import clock
from kawal_server.actions.admin_chain import Agency, sign_next
from kawal_server.actions.take_in import take_in
from kawal_server.store.evidence import the_blobs

STORE = "gudang-5303"
POST = f"pos-{STORE}"


class Phone:
    """One enrolled phone of one log."""

    def __init__(self, log: LogName, role: str, unit: str, agency: str, *, who: str, until: int) -> None:
        self.log, self.seq = log, 0
        self.key: SigningKey = ed25519_from_seed(sha256(f"{log}{who}".encode()).digest())
        now = clock.now()
        members: dict[str, object] = {
            "kid": self.key.kid,
            "alg": "Ed25519",
            "x": b64u(self.key.public.x),
            "who": who,
            "role": role,
        }
        members |= {"unit": unit, "agency": agency, "nbf": now - 1, "exp": until, "idc": digest(who.encode())}
        enrol = said(log, "kpu", "ledger.enrol", **members)
        said(log, "bawaslu", "ledger.enrol-ok", of=enrol)
        self.head = enrol

    def say(self, t: str, **members: Any) -> str:
        self.seq += 1
        payload = {"v": 1, "t": t, "seq": self.seq, "prev": self.head, "ts": clock.now(), **members}
        jws = sign_event(payload, self.key)
        [answer] = take_in(self.log, [jws])
        assert answer.reason is None, answer.reason
        self.head = leaf_id(jws)
        return self.head


def said(log: LogName, agency: Agency, t: str, /, **members: Any) -> str:
    """What an administrator signs; gives its eid."""
    jws = sign_next(log, agency, t, at=clock.now(), **members)
    [answer] = take_in(log, [jws])
    assert answer.reason is None, answer.reason
    return leaf_id(jws)


def post_at_the_warehouse(begins: int, ends: int) -> None:
    """The command lists one post."""
    mh = the_blobs().of(PENGAMANAN).keep(write_rows("posts", [[POST, STORE, 1, 2, 10_800, begins, ends]]))
    said(PENGAMANAN, "polri", "register.manifest", kind="posts", mh=mh, n=1)


def order(until: int, *, number: str = "Sprin/70/XI/2024", **members: Any) -> str:
    """The command issues an order."""
    mh = the_blobs().of(PENGAMANAN).keep(number.encode())
    return said(PENGAMANAN, "polri", "order.issue", mh=mh, to=["polres-5303"], exp=until, no=number, **members)


def boxes_in_the_warehouse(boxes: list[str], *, until: int) -> None:
    """KPU counts boxes at its warehouse."""
    kpu = Phone(KOTAK, "kpu", "kpu-5303", "kpu", who="p-kpu1", until=until)
    kpu.say("custody.count", site=STORE, boxes=boxes, n=len(boxes))

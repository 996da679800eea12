"""A log written by hand: each call signs one event into its phone's chain and appends the line."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from tests.contracts.signing import Json, Phone, b64u, compact, digest, leaf

ORIGIN = "uji.example/pilkada-2024/5303"
FIRST_SECOND = 1730000000
LAST_SECOND = 1745000000


@dataclass(frozen=True)
class Event:
    """One line: who signed it, when by the phone, and what it is called by."""

    phone: Phone
    seq: int
    ts: int
    line: bytes
    payload: dict[str, Json]

    @property
    def eid(self) -> str:
        return b64u(leaf(self.line))


class Logbook:
    """Lines in the order of the log, and the blobs they name."""

    def __init__(self) -> None:
        self.events: list[Event] = []
        self.blobs: dict[str, bytes] = {}

    def blob(self, raw: bytes) -> str:
        self.blobs[hashlib.sha256(raw).hexdigest()] = raw
        return digest(raw)

    def table(self, columns: str, *rows: str) -> tuple[str, int]:
        """Keep a manifest; return its `mh` and `n`."""
        return self.blob("".join(f"{row}\n" for row in (columns, *rows)).encode()), len(rows)

    def sign(self, phone: Phone, t: str, ts: int, **members: Json) -> Event:
        """Sign without appending to the log: a phone that is silent so far."""
        fixed: dict[str, Json] = {"v": 1, "t": t, "seq": phone.seq + 1, "prev": phone.head, "ts": ts}
        payload = {**fixed, **members}
        event = Event(phone, phone.seq + 1, ts, phone.sign(compact(payload)), payload)
        phone.seq, phone.head = event.seq, event.eid
        return event

    def write(self, phone: Phone, t: str, ts: int, **members: Json) -> Event:
        event = self.sign(phone, t, ts, **members)
        self.events.append(event)
        return event

    def fork(self, beside: Event, t: str, ts: int, **members: Json) -> Event:
        """Another event at the seq of one already signed; the chain's head stays."""
        fixed: dict[str, Json] = {"v": 1, "t": t, "seq": beside.seq, "prev": beside.payload["prev"], "ts": ts}
        payload = {**fixed, **members}
        event = Event(beside.phone, beside.seq, ts, beside.phone.sign(compact(payload)), payload)
        self.events.append(event)
        return event

    def genesis(self, admins: list[Phone], ts: int, policy: str | None = None, origin: str = ORIGIN) -> Event:
        listed: list[Json] = [{"kid": one.kid, "alg": one.alg, "x": one.x} for one in admins]
        first = self.write(
            admins[0], "ledger.genesis", ts, origin=origin, admins=listed, need=2, policy=policy or digest(b"no policy")
        )
        for one in admins[1:]:
            one.head = first.eid
        return first

    def enrol(
        self, phone: Phone, ts: int, by: Phone, ok: Phone | None, *, nbf: int = FIRST_SECOND, exp: int = LAST_SECOND
    ) -> Event:
        members: dict[str, Json] = {"kid": phone.kid, "alg": phone.alg, "x": phone.x}
        if phone.y is not None:
            members["y"] = phone.y
        members |= {"who": phone.who, "role": phone.role, "unit": phone.unit, "agency": phone.agency}
        members |= {"nbf": nbf, "exp": exp, "idc": digest(phone.name.encode())}
        enrolment = self.write(by, "ledger.enrol", ts, **members)
        if phone.seq == 0:
            phone.head = enrolment.eid
        if ok is not None:
            self.write(ok, "ledger.enrol-ok", ts, of=enrolment.eid)
        return enrolment

    @property
    def lines(self) -> list[bytes]:
        return [event.line for event in self.events]

    def save(self, folder: Path, lines: list[bytes] | None = None) -> Path:
        """Write a bare log: `events.jws`, one JWS a line, and `blobs/`."""
        (folder / "blobs").mkdir(parents=True, exist_ok=True)
        listed = self.lines if lines is None else lines
        (folder / "events.jws").write_bytes(b"".join(line + b"\n" for line in listed))
        for name, raw in self.blobs.items():
            (folder / "blobs" / name).write_bytes(raw)
        return folder

"""Signs events into device chains and keeps every one of them, with its blobs."""

from __future__ import annotations

from dataclasses import dataclass

from .device import Device
from .encoding import (
    MAX_JWS_BYTES,
    MAX_PAYLOAD_BYTES,
    Json,
    b64u,
    blob_name,
    compact_json,
    digest,
    event_id,
)


@dataclass(eq=False)
class Record:
    """One signed event. when: the true time; ts: what the phone believed.

    boxes: the boxes it really concerns. refs: eids it points at with `of` and `hb`.
    """

    jws: str
    eid: str
    device: Device
    type: str
    seq: int
    prev: str
    when: int
    ts: int
    boxes: tuple[str, ...]
    refs: tuple[str, ...]
    is_lost: bool = False


class Journal:
    """All events ever signed, whether or not they will reach the log."""

    def __init__(self) -> None:
        self.records: list[Record] = []
        self.blobs: dict[str, bytes] = {}

    def keep_blob(self, raw: bytes) -> str:
        """Store a manifest and return the `mh` that names it."""
        self.blobs[blob_name(raw)] = raw
        return digest(raw)

    def sign(
        self,
        device: Device,
        event_type: str,
        when: int,
        members: dict[str, Json],
        *,
        boxes: tuple[str, ...] = (),
        forks: Record | None = None,
    ) -> Record:
        """Append an event to the device's chain, or beside `forks` at the same seq."""
        seq, prev = (forks.seq, forks.prev) if forks else (device.seq + 1, device.head)
        ts = when + device.clock_offset
        fixed: dict[str, Json] = {"v": 1, "t": event_type, "seq": seq, "prev": prev, "ts": ts}
        jws = _signed(device, compact_json({**fixed, **members}))
        record = Record(jws, event_id(jws), device, event_type, seq, prev, when, ts, boxes, _refs(members))
        self.records.append(record)
        if forks is None:
            device.seq, device.head = seq, record.eid
        return record


def _signed(device: Device, payload: bytes) -> str:
    if len(payload) > MAX_PAYLOAD_BYTES:
        raise ValueError(f"payload of {len(payload)} bytes; move the list into a manifest")
    signing_input = f"{device.header}.{b64u(payload)}"
    signature = device.key.sign(signing_input.encode("ascii"))
    jws = f"{signing_input}.{b64u(signature)}"
    if len(jws) > MAX_JWS_BYTES:
        raise ValueError(f"JWS of {len(jws)} bytes")
    return jws


def _refs(members: dict[str, Json]) -> tuple[str, ...]:
    eids: list[str] = []
    pointed, head = members.get("of"), members.get("hb")
    if isinstance(pointed, str):
        eids.append(pointed)
    elif isinstance(pointed, list | tuple):
        eids.extend(str(eid) for eid in pointed)
    if isinstance(head, list | tuple):
        eids.append(str(head[1]))
    return tuple(eids)

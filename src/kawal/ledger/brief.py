"""What a device or an administrator must know of both logs to work without signal: a brief, verified before it is used.

One form for both: the answer to a phone that was enrolled at a muster, and the kit of an administrator who signs there.
Source: docs/format/enrolment.md.
"""

import json
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from kawal.ledger.checkpoint import Checkpoint, read_checkpoint
from kawal.ledger.devices import Devices, read_devices
from kawal.ledger.encoding import b64u, digest, is_digest
from kawal.ledger.event import BadEvent, Eid, Event, Kid, read_event
from kawal.ledger.events import BadShape, answers, read_enrol, read_genesis, read_revoke
from kawal.ledger.keys import BadKey, check_key
from kawal.ledger.log_of import LOG_NAMES, LogName
from kawal.ledger.note import BadNote
from kawal.ledger.policy import BadPolicy, NoQuorum, read_policy
from kawal.ledger.reading import LogReader

BRIEF_LIMIT = 1_000_000
_KIND = 0x04
Head = tuple[int, Eid, int]
"""Where a chain stands: seq, eid, ts. Of a device that has signed nothing: (0, eid of its enrolment, 0)."""


class BadBrief(ValueError):
    """The brief cannot be read, or what it says does not hold together."""


@dataclass(frozen=True, slots=True)
class LogBrief:
    """One log as a brief tells it. events: JWS in log order, genesis first; checkpoint: the newest with its quorum."""

    events: tuple[bytes, ...]
    policy: bytes
    checkpoint: bytes | None = None
    heads: Mapping[Kid, Head] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class KnownLog:
    """A log brief that was verified: its genesis, its devices, and the checkpoint that may be cited."""

    brief: LogBrief
    genesis: Event
    devices: Devices
    cp: tuple[int, str] | None

    def head(self, kid: Kid) -> Head | None:
        """Where a chain stands: as told, else at what its first event must name; None for whoever is not enrolled."""
        roots = self.devices.roots(kid)
        return self.brief.heads.get(kid) or ((0, roots[-1], 0) if roots else None)


def events_for(events: Iterable[tuple[bytes, Event]], devices: Devices, *kids: Kid) -> tuple[bytes, ...]:
    """What of a log a brief needs: the genesis, and all that enrols or revokes an administrator or one of these kids.

    events: the log's `ledger.*` events in log order, as bytes and read.
    """
    admins = {kid for kid, many in devices.enrolments.items() if any(one.enrol.role == "admin" for one in many)}
    wanted = {*devices.admins, *admins, *kids}
    kept: list[bytes] = []
    about: set[Eid] = set()
    many = list(events)
    about.update(event.eid for _, event in many if _subject(event) in wanted)
    for jws, event in many:
        is_answer = event.t in ("ledger.enrol-ok", "ledger.revoke-ok") and not about.isdisjoint(answers(event))
        if event.t in ("ledger.genesis", "ledger.policy") or event.eid in about or is_answer:
            kept.append(jws)
    return tuple(kept)


def _subject(event: Event) -> Kid | None:
    try:
        if event.t == "ledger.enrol":
            return read_enrol(event).kid
        if event.t == "ledger.revoke":
            return read_revoke(event).kid
    except BadShape:
        pass
    return None


def write_brief(logs: Mapping[LogName, LogBrief]) -> bytes:
    """Write a brief as the bytes of its file: JSON in UTF-8."""
    told = {
        log: {
            "events": [jws.decode("ascii") for jws in one.events],
            "policy": one.policy.decode("utf-8"),
            "checkpoint": one.checkpoint.decode("utf-8") if one.checkpoint is not None else None,
            "heads": {kid: list(head) for kid, head in one.heads.items()},
        }
        for log, one in logs.items()
    }
    return json.dumps({"kawal": "brief-1", "logs": told}, ensure_ascii=False, separators=(",", ":")).encode()


def read_brief(data: bytes) -> dict[LogName, KnownLog]:
    """Read a brief and verify it: signatures, points, the policy's hash, the checkpoint's quorum. Raises: BadBrief."""
    if len(data) > BRIEF_LIMIT:
        raise BadBrief("berkas terlalu besar / the file is too large")
    try:
        told = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise BadBrief("bukan berkas bekal Kawal / not a Kawal brief") from error
    logs = told.get("logs") if isinstance(told, dict) and told.get("kawal") == "brief-1" else None
    if not isinstance(logs, dict) or not logs or not set(logs) <= set(LOG_NAMES):
        raise BadBrief("bukan berkas bekal Kawal / not a Kawal brief")
    return {log: _known(log, _log_brief(logs[log])) for log in LOG_NAMES if log in logs}


def _log_brief(told: object) -> LogBrief:
    if not isinstance(told, dict):
        raise BadBrief("isi bekal tidak sah / the brief's members are not valid")
    events, policy, checkpoint = told.get("events"), told.get("policy"), told.get("checkpoint")
    is_lawful = isinstance(events, list) and all(isinstance(one, str) for one in events) and isinstance(policy, str)
    if not is_lawful or not (checkpoint is None or isinstance(checkpoint, str)):
        raise BadBrief("isi bekal tidak sah / the brief's members are not valid")
    return LogBrief(
        tuple(str(one).encode("utf-8", "replace") for one in events or ()),
        str(policy).encode("utf-8", "replace"),
        None if checkpoint is None else checkpoint.encode("utf-8", "replace"),
        _heads(told.get("heads", {})),
    )


def _heads(told: object) -> dict[Kid, Head]:
    found: dict[Kid, Head] = {}
    for kid, head in (told if isinstance(told, dict) else {}).items():
        if not (
            is_digest(kid)
            and isinstance(head, list)
            and len(head) == 3
            and type(head[0]) is int
            and is_digest(head[1])
            and type(head[2]) is int
        ):
            raise BadBrief("kepala rantai dalam bekal tidak sah / a chain head of the brief is not valid")
        found[Kid(kid)] = (head[0], Eid(head[1]), head[2])
    return found


def _known(log: LogName, brief: LogBrief) -> KnownLog:
    reader = LogReader(log)
    for jws in brief.events:
        reader.take(jws)
    content = reader.finish(has_tree=False)
    if content.problems or content.unknown:
        raise BadBrief(f"{log}: ada tanda tangan yang tidak cocok / a signature does not hold")
    events = [event for event in content.events if event is not None]
    if not events or events[0].t != "ledger.genesis":
        raise BadBrief(f"{log}: bekal tanpa genesis / the brief has no genesis")
    try:
        genesis = read_genesis(events[0])
        for event in events:
            if event.t == "ledger.enrol":
                check_key(read_enrol(event).key)
    except (BadShape, BadKey) as error:
        raise BadBrief(f"{log}: {error}") from error
    devices = read_devices(events)
    changed = [event.payload.get("mh") for event in events if _is_policy(event, devices)]
    if digest(brief.policy) not in (genesis.policy, *changed):
        raise BadBrief(f"{log}: kebijakan bukan milik genesis ini / the policy is not this genesis's")
    return KnownLog(brief, events[0], devices, _cited(log, brief))


def _is_policy(event: Event, devices: Devices) -> bool:
    return event.t == "ledger.policy" and devices.administers(event.kid)


def _cited(log: LogName, brief: LogBrief) -> tuple[int, str] | None:
    if brief.checkpoint is None:
        return None
    try:
        checkpoint: Checkpoint = read_checkpoint(brief.checkpoint)
        at = read_policy(brief.policy).check(checkpoint)
    except (BadNote, BadPolicy, NoQuorum) as error:
        raise BadBrief(f"{log}: titik periksa tidak sah / the checkpoint does not hold: {error}") from error
    return None if at is None else (checkpoint.size, b64u(checkpoint.root))


def read_answer(data: bytes, kid: Kid, *, at: int) -> dict[LogName, KnownLog]:
    """Read the answer to a phone's request: the logs in which two agencies have enrolled it. at: UNIX seconds.

    Raises: BadBrief, also where it enrols another phone, or one agency alone signed.
    """
    known = read_brief(data)
    for log, one in known.items():
        enrolment = one.devices.enrolment(kid, at)
        if enrolment is None or kid in one.devices.revocations:
            raise BadBrief(
                f"{log}: dua lembaga belum mendaftarkan ponsel ini / two agencies have not enrolled this phone"
            )
    return known


def pack_brief(data: bytes) -> bytes:
    """A brief as it is cut into QR parts (`qr.split_parts`): 0x04 and the file, deflated."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return bytes([_KIND]) + packer.compress(data) + packer.flush()


def unpack_brief(data: bytes) -> bytes:
    """Give back the file of a brief. Raises: BadBrief."""
    unpacker = zlib.decompressobj(-15)
    try:
        out = unpacker.decompress(data[1:], BRIEF_LIMIT + 1)
    except zlib.error as error:
        raise BadBrief("isi kode rusak / the code's content is damaged") from error
    if data[:1] != bytes([_KIND]) or not unpacker.eof or unpacker.unused_data or len(out) > BRIEF_LIMIT:
        raise BadBrief("bukan kode bekal, atau terpotong / not a brief's code, or cut off")
    return out


def only(known: Mapping[LogName, KnownLog], kids: Sequence[Kid]) -> dict[LogName, LogBrief]:
    """The briefs without the heads of others than these: what one phone may be told."""
    return {
        log: LogBrief(
            one.brief.events,
            one.brief.policy,
            one.brief.checkpoint,
            {kid: head for kid, head in one.brief.heads.items() if kid in kids},
        )
        for log, one in known.items()
    }


def event_bytes(events: Iterable[bytes]) -> list[tuple[bytes, Event]]:
    """Each JWS with the event that it is. Raises: BadBrief."""
    try:
        return [(jws, read_event(jws).event) for jws in events]
    except BadEvent as error:
        raise BadBrief(str(error)) from error

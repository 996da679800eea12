"""Take events in: from anyone for anyone, each line answered by its index once it is durable, or by a reason.

The log is dumb (docs/format/ledger.md, principle 1): every validly signed event of an enrolled key is appended, forks,
gaps and late ones too. Only what could be no evidence is refused: bytes that are no event, a signature that does not
hold, a key nobody enrolled, the other log's event, a second genesis.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from kawal.custody.naming import subjects_of
from kawal.election.manifests import Blobs
from kawal.ledger.event import BadEvent, Eid, Envelope, Kid, read_event
from kawal.ledger.keys import PublicKey
from kawal.ledger.log_of import LogName, accepts
from kawal.ledger.reading import verify_in_turn
from kawal_machine.cores import CHUNK, verify_on_all_cores
from kawal_server import clock
from kawal_server.actions.ring import TEACHING, Ring, is_enrolled, keys_in
from kawal_server.store.evidence import the_blobs
from kawal_server.store.opened import the_sequencer, the_store
from kawal_server.store.port import Entry

LINES_LIMIT = 10_000
URGENT = ("incident.", "ledger.revoke")


class TooManyLines(ValueError):
    """A request holds more lines than one may."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of one line: its index once durable, or the reason it was not taken.

    is_final: the same line will never be taken, so a phone need not send it again.
    """

    eid: str | None
    index: int | None = None
    is_new: bool = False
    reason: str | None = None
    is_final: bool = False

    def as_json(self, line: int) -> dict[str, object]:
        """As the API and the tools answer it. line: its number in what was sent, from 1."""
        if self.reason is None:
            return {"line": line, "eid": self.eid, "index": self.index, "new": self.is_new}
        return {"line": line, "eid": self.eid, "reason": self.reason, "final": self.is_final}


@cache
def the_ring(log: LogName) -> Ring:
    """The keys of a log, one ring a process."""
    return Ring(log)


def take_in(log: LogName, lines: Sequence[bytes], *, received_at: int | None = None) -> list[Answer]:
    """Take lines in; one answer for each line that is not empty, in order. Returns only after the durable commit.

    lines: JWS without line ends. received_at: UNIX seconds; else the post's clock.
    Raises: TooManyLines, kawal_server.store.port.StoreFailed, kawal_server.store.sequencer.Busy.
    """
    given = [line for line in lines if line]
    if len(given) > LINES_LIMIT:
        raise TooManyLines(
            f"{len(given)} baris; paling banyak {LINES_LIMIT}. Bagi kiriman ini. / {len(given)} lines; {LINES_LIMIT} "
            "are the most. Split the batch."
        )
    ring = the_ring(log)
    ring.catch_up(the_store())
    read = [_read(log, line) for line in given]
    answers = _check(ring, read)
    wanted = [(at, one) for at, one in enumerate(read) if isinstance(one, Envelope) and answers[at] is None]
    blobs = the_blobs()
    entries = [entry_of(one, given[at], blobs) for at, one in wanted]
    if entries:
        placed = the_sequencer().append(
            log,
            entries,
            received_at=clock.now() if received_at is None else received_at,
            urgent=any(entry.t.startswith(URGENT) for entry in entries),
        )
        for (at, _), one in zip(wanted, placed, strict=True):
            answers[at] = Answer(one.eid, one.index, one.is_new)
    return [answer for answer in answers if answer is not None]


def entry_of(envelope: Envelope, jws: bytes, blobs: Blobs) -> Entry:
    """An event as the store takes it, with the boxes it names."""
    event = envelope.event
    return Entry(
        event.eid, event.kid, event.seq, event.t, event.ts, bytes(jws), envelope.leaf, subjects_of(event, blobs)
    )


def _read(log: LogName, line: bytes) -> Envelope | Answer:
    try:
        envelope = read_event(line)
    except BadEvent as error:
        return Answer(None, reason=str(error), is_final=True)
    event = envelope.event
    if not accepts(log, event.t, event.payload):
        return Answer(
            event.eid,
            reason=f"{event.t} bukan untuk log {log}; kirim ke log yang lain / {event.t} does not belong in the log "
            f"{log}; send it to the other one",
            is_final=True,
        )
    return envelope


def _check(ring: Ring, read: Sequence[Envelope | Answer]) -> list[Answer | None]:
    """Judge every line before any lock is taken: None where the line may be appended.

    Enrolments may come in the same batch as the events of the device, and in any order.
    """
    answers: list[Answer | None] = [one if isinstance(one, Answer) else None for one in read]
    envelopes = {at: one for at, one in enumerate(read) if isinstance(one, Envelope)}
    teaching = {at: one for at, one in envelopes.items() if one.event.t.startswith(TEACHING)}
    fresh = dict(keys_in(one.event for one in teaching.values() if one.event.t != "ledger.genesis"))
    _verify(ring, fresh, teaching, answers)
    devices = ring.with_events(one.event for at, one in teaching.items() if answers[at] is None)
    _verify(ring, fresh, {at: one for at, one in envelopes.items() if at not in teaching}, answers)
    known = {kid: is_enrolled(devices, kid) for kid in {one.event.kid for one in envelopes.values()}}
    for at, one in envelopes.items():
        if answers[at] is None and not known[one.event.kid]:
            answers[at] = _not_enrolled(one.event.eid)
        elif answers[at] is None and one.event.t == "ledger.genesis" and one.event.eid != devices.genesis:
            answers[at] = Answer(
                one.event.eid,
                reason="log ini sudah punya genesis / this log has its genesis already",
                is_final=True,
            )
    return answers


def _verify(
    ring: Ring, fresh: dict[Kid, PublicKey], envelopes: dict[int, Envelope], answers: list[Answer | None]
) -> None:
    signed: list[tuple[int, Envelope, PublicKey]] = []
    for at, one in envelopes.items():
        key = ring.key(one.event.kid) or fresh.get(one.event.kid)
        if key is None:
            answers[at] = _not_enrolled(one.event.eid)
        else:
            signed.append((at, one, key))
    for (at, one, _), reason in zip(signed, _reasons([(one, key) for _, one, key in signed]), strict=True):
        if reason is not None:
            answers[at] = Answer(one.event.eid, reason=reason, is_final=True)


def _reasons(signed: list[tuple[Envelope, PublicKey]]) -> Iterator[str | None]:
    yield from verify_on_all_cores(signed) if len(signed) > CHUNK else verify_in_turn(signed)


def _not_enrolled(eid: Eid) -> Answer:
    return Answer(
        eid,
        reason="perangkat ini belum didaftarkan oleh dua admin; simpan dan kirim lagi setelah pendaftarannya masuk / "
        "two administrators have not enrolled this device yet; keep it and send it again once they have",
    )

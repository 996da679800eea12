"""Reading a log leaf by leaf: what each leaf says, whose signature holds, and which leaves cannot be read."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from kawal.ledger.event import BadEvent, Eid, Envelope, Event, Kid, read_event
from kawal.ledger.events import BadShape, read_enrol, read_genesis
from kawal.ledger.keys import BadKey, BadSignature, PublicKey
from kawal.ledger.tree import leaf_hash


@dataclass(frozen=True, slots=True)
class Witnessed:
    """A checkpoint whose log signature and quorum hold. `at`: median witness time, UNIX seconds."""

    size: int
    root: bytes
    at: int


@dataclass(frozen=True, slots=True)
class Problem:
    """A leaf that is no event, or whose signature fails; the other leaves are read all the same."""

    index: int
    reason: str


@dataclass(frozen=True, slots=True)
class LogContent:
    """One log as it was read.

    events: by leaf index, None where the leaf is a Problem; unknown: eids whose key no enrolment in this log gives,
    so that nobody can verify them; leaves: leaf hashes, 32 bytes each; witnessed: by growing size, then time; has_tree:
    False where only a file of events was given, which may be a part of the log and has no roots to compare.
    """

    name: str
    events: tuple[Event | None, ...]
    unknown: frozenset[Eid]
    leaves: tuple[bytes, ...]
    problems: tuple[Problem, ...]
    witnessed: tuple[Witnessed, ...] = ()
    has_tree: bool = True


Signed = tuple[Envelope, PublicKey]
VerifyMany = Callable[[Sequence[Signed]], Sequence[str | None]]
BATCH = 1024


def verify_in_turn(batch: Sequence[Signed]) -> list[str | None]:
    """Check signatures one after the other: None where one holds, else the reason it does not."""
    return [reason_against(envelope, key) for envelope, key in batch]


def reason_against(envelope: Envelope, key: PublicKey) -> str | None:
    """Why a signature does not hold; None where it does."""
    try:
        envelope.check(key)
    except (BadEvent, BadSignature, BadKey) as error:
        return str(error)
    return None


@dataclass
class LogReader:
    """Takes the leaves of one log in order; keys are learnt from genesis and enrolments on the way.

    Signatures are checked a batch at a time by `verify_many`, so that whoever reads may spread them over its cores.
    """

    name: str
    verify_many: VerifyMany = verify_in_turn
    _events: list[Event | None] = field(default_factory=list)
    _leaves: list[bytes] = field(default_factory=list)
    _problems: list[Problem] = field(default_factory=list)
    _keys: dict[Kid, PublicKey] = field(default_factory=dict)
    _batch: list[tuple[int, Envelope, PublicKey]] = field(default_factory=list)
    _waiting: list[tuple[int, Envelope]] = field(default_factory=list)

    def take(self, jws: bytes) -> None:
        """Read the next leaf. A bad leaf becomes a Problem and takes no other down with it."""
        index = len(self._leaves)
        try:
            envelope = read_event(jws)
        except BadEvent as error:
            self._leaves.append(leaf_hash(jws))
            self._drop(index, str(error))
            return
        self._leaves.append(envelope.leaf)
        self._learn(envelope)
        self._events.append(envelope.event)
        key = self._keys.get(envelope.event.kid)
        if key is None:
            self._waiting.append((index, envelope))
            return
        self._batch.append((index, envelope, key))
        if len(self._batch) >= BATCH:
            self._verify()

    def _verify(self) -> None:
        reasons = self.verify_many([(envelope, key) for _, envelope, key in self._batch])
        for (index, _, _), reason in zip(self._batch, reasons, strict=True):
            if reason is not None:
                self._drop(index, reason)
        self._batch.clear()

    def _learn(self, envelope: Envelope) -> None:
        # A kid is the hash of its key, so any enrolment may teach it: who may enrol is judged later, not here.
        event = envelope.event
        try:
            if event.t == "ledger.genesis" and not self._events:
                self._keys.update({admin.kid: admin.key for admin in read_genesis(event).admins})
            elif event.t == "ledger.enrol":
                enrol = read_enrol(event)
                self._keys.setdefault(enrol.kid, enrol.key)
        except BadShape:
            return

    def _drop(self, index: int, reason: str) -> None:
        self._problems.append(Problem(index, reason))
        if len(self._events) > index:
            self._events[index] = None
        else:
            self._events.append(None)

    def finish(self, witnessed: Sequence[Witnessed] = (), *, has_tree: bool = True) -> LogContent:
        """Verify what waited for its key and give the log. has_tree: False for a bare `events.jws`."""
        unknown = set()
        for index, envelope in self._waiting:
            key = self._keys.get(envelope.event.kid)
            if key is None:
                unknown.add(envelope.event.eid)
            else:
                self._batch.append((index, envelope, key))
        self._waiting.clear()
        self._verify()
        return LogContent(
            self.name,
            tuple(self._events),
            frozenset(unknown),
            tuple(self._leaves),
            tuple(sorted(self._problems, key=lambda problem: problem.index)),
            tuple(sorted(witnessed, key=lambda checkpoint: (checkpoint.size, checkpoint.at))),
            has_tree,
        )

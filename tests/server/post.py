"""A post for tests: the kit's operation goes in as phones would send it, and time passes only when a test says so."""

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path

from django.test import Client

from kawal.ledger.event import read_event
from kawal.ledger.keys import ed25519_from_seed
from kawal.ledger.log_of import KOTAK, LOG_NAMES, LogName
from kawal.ledger.note import LOG_SIGNATURE, NoteKey
from kawal.ledger.tree import Tree, leaf_hash
from kawal_machine.files import write_once
from kawal_server import clock
from kawal_server.accounts.models import Office, Officer
from kawal_server.actions.begin_log import begin_log
from kawal_server.actions.judge import differing
from kawal_server.actions.take_in import Answer, entry_of, take_in
from kawal_server.actions.work import Worker
from kawal_server.store.evidence import the_blobs
from kawal_server.store.key_files import make_key
from kawal_server.store.memory import MemoryStore
from kawal_server.store.opened import the_store
from tests.mission.custody.operation import HOUR, VOTE, Operation
from tests.server.served import ORIGIN, SEED
from tests.server.signed_in import signed_in

PASSWORD = "only-for-tests"


class Post:
    """One post with the kit's operation. `sent`: how many of its lines have gone in."""

    def __init__(self, data: Path) -> None:
        self.data = data
        self.sent = 0
        clock.set_to(VOTE, speed=1, is_paused=True)

    @cached_property
    def operation(self) -> Operation:
        """The kit's operation, its log opened and begun."""
        key = NoteKey(ORIGIN, LOG_SIGNATURE, ed25519_from_seed(SEED).public.x)
        policy = f"log {key.vkey()}\nquorum none\n".encode()
        operation = Operation(policy=policy)
        write_once(self.data / "logs" / KOTAK / "policy", policy)
        make_key(self.data / "keys" / f"{KOTAK}.key", SEED)
        the_store().open_log(KOTAK, ORIGIN)
        begin_log(KOTAK, operation.lines[0])
        self.sent = 1
        return operation

    def begin(self) -> Operation:
        """See that the log has begun."""
        return self.operation

    @cached_property
    def worker(self) -> Worker:
        """The post's own work, done when a test asks."""
        return Worker()

    def send(self, lines: Sequence[bytes] | None = None, *, log: LogName = KOTAK) -> list[Answer]:
        """Send lines; without any, what the operation has signed since the last time, with its manifests."""
        if lines is not None:
            return take_in(log, lines)
        for data in self.operation.blobs.values():
            the_blobs().of(log).keep(data)
        answers = take_in(log, self.operation.lines[self.sent :])
        assert [answer.reason for answer in answers if answer.reason] == []
        self.sent = len(self.operation.lines)
        return answers

    def tell(self, at: int = VOTE + HOUR) -> None:
        """Send, publish and judge, at a second of the post's clock."""
        clock.set_to(at, speed=1, is_paused=True)
        self.send()
        self.worker.publish()
        self.worker.tell(is_due=True)

    def client(self, office: Office | None = None) -> Client:
        """A browser; with an office, signed in, the second factor given just now."""
        if office is None:
            return Client()
        officer, _ = Officer.objects.get_or_create(username=office, defaults={"office": office})
        officer.set_password(PASSWORD)
        officer.save()
        return signed_in(officer)

    def check_replay(self) -> None:
        """The logs hold together, and whatever was derived from them is what a replay gives."""
        store, again = the_store(), MemoryStore()
        for log in LOG_NAMES:
            leaves = store.leaves(log, 0, store.head(log).size)
            assert [leaf.index for leaf in leaves] == list(range(len(leaves)))
            assert Tree(leaf_hash(leaf.jws) for leaf in leaves).root() == store.head(log).root()
            if not leaves:
                continue
            again.open_log(log, store.origin(log) or "")
            for leaf in leaves:
                entry = entry_of(read_event(leaf.jws), leaf.jws, the_blobs())
                again.append(log, [entry], received_at=leaf.received_at)
                for subject in entry.subjects:
                    assert leaf in store.named(log, subject)
            assert store.device_heads(log) == again.device_heads(log)
        assert differing(store) == []

    def close(self) -> None:
        """Let go of what the worker holds."""
        if "worker" in self.__dict__:
            self.worker.close()

"""The post's own work, beside answering: publish what was committed, judge it, and tell the pages.

It runs in a process of its own, so that folding never delays an answer to a phone, and may be killed at any moment.
"""

import logging
import os
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Event

from django.conf import settings
from django.db import DatabaseError

from kawal.ledger.log_of import LOG_NAMES, LogName
from kawal_server import clock
from kawal_server.actions.judge import Judge
from kawal_server.actions.publish import Cosigner, Publisher
from kawal_server.actions.run_roster import Planning
from kawal_server.actions.sign import Signer, open_signer
from kawal_server.store.heads import folder
from kawal_server.store.key_files import read_key
from kawal_server.store.models import Judged
from kawal_server.store.opened import the_store
from kawal_server.store.port import StoreFailed

LOOP_S = 0.2
PUBLISH_S = 10.0
DEADLINES_S = 60
RETRY_S = 2.0
WITNESS_DELAY_S = 2
_log = logging.getLogger("kawal.work")


@dataclass
class Worker:
    """Publishes both logs, keeps the projections and has rosters planned; one a post."""

    judge: Judge = field(default_factory=lambda: Judge(the_store()))
    publishers: dict[LogName, Publisher] = field(default_factory=dict)
    signers: dict[LogName, Signer] = field(default_factory=dict)
    planning: Planning = field(default_factory=Planning)
    _judged: dict[LogName, int] = field(default_factory=dict)
    _judged_at: int = 0
    _rest_until: float = 0.0
    _publish_from: float = 0.0

    def publish(self, at: int | None = None) -> bool:
        """Publish what both logs gained; True where either did. at: UNIX seconds, else the post's clock."""
        done = [self._publish(name, clock.now() if at is None else at) for name in LOG_NAMES]
        return any(done)

    def _publish(self, name: LogName, at: int) -> bool:
        store = the_store()
        if name not in self.publishers:
            origin = store.origin(name)
            if origin is None:
                return False
            signer = self.signers[name] = open_signer(settings.DATA, name, origin)
            self.publishers[name] = Publisher(name, store, folder(name), signer, _played_witnesses(name))
        return self.publishers[name].publish(at) is not None

    def tell(self, *, is_due: bool = False) -> bool:
        """Judge anew where events came, or where time alone may have changed what is late; True where it judged."""
        at = clock.now()
        sizes = self.judge.read()
        if not any(sizes.values()) or (
            not is_due and sizes == self._judged and abs(at - self._judged_at) < DEADLINES_S
        ):
            return False
        began = time.monotonic()
        self.judge.tell(at=at)
        self._judged, self._judged_at = sizes, at
        # Half of one core at the most: the other half belongs to whoever else works on this machine.
        self._rest_until = time.monotonic() + (time.monotonic() - began)
        return True

    def close(self) -> None:
        """Let another process publish."""
        self.planning.close()
        for one in self.signers.values():
            one.close()
        self.signers.clear()
        self.publishers.clear()

    def run(self, rest: Callable[[float], bool]) -> None:
        """Work until told to stop. A database that is away is waited for; anything else ends the process, loudly.

        rest: waits so many seconds, or until it is time to stop; True then. Other processes write the ledger, and
        SQLite tells nobody of it: so the worker looks again and again.
        """
        pause = 0.0
        while not rest(pause):
            pause = LOOP_S
            try:
                if time.monotonic() >= self._publish_from and self.publish():
                    # Each checkpoint leaves two small files for ever, and every verifier reads them all.
                    self._publish_from = time.monotonic() + (LOOP_S if settings.IS_DEMO else PUBLISH_S)
                if time.monotonic() >= self._rest_until:
                    self.tell(is_due=not Judged.objects.exists())
                self.planning.step()
            except (DatabaseError, StoreFailed) as error:
                # By its kind only: a database's own words repeat what stands in a row.
                _log.warning("database: %s, trying again", type(error).__name__)
                pause = RETRY_S


def _played_witnesses(name: LogName) -> list[Cosigner]:
    """The witnesses of a demonstration, whose keys lie here; a real operation has none here."""
    if not settings.IS_DEMO:
        return []
    paths = sorted(settings.KEYS.glob(f"witness-{name}-*.key"))
    return [Cosigner(path.stem.removeprefix(f"witness-{name}-"), read_key(path), WITNESS_DELAY_S) for path in paths]


def rest_until(is_asked: Event) -> Callable[[float], bool]:
    """Rest as `Worker.run` needs it: until the event is set, or the process that started this one is gone."""
    parent = os.getppid()
    return lambda seconds: is_asked.wait(seconds) or os.getppid() != parent

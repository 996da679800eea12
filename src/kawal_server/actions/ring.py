"""The keys a log knows: read from its own `ledger.*` leaves, kept up with each batch."""

import threading
from collections.abc import Iterable, Mapping, Sequence

from kawal.ledger.devices import Devices, read_devices
from kawal.ledger.event import Eid, Event, Kid, read_event
from kawal.ledger.events import BadShape, read_enrol, read_genesis
from kawal.ledger.keys import PublicKey
from kawal.ledger.log_of import LogName
from kawal_server.store.port import Store

TEACHING = ("ledger.genesis", "ledger.enrol", "ledger.revoke")
"""What the types begin with that say whose keys there are and who may speak; attests and heads do not."""


class Ring:
    """Keys and devices of one log, as its ledger events stand. A kid is the hash of its key, so any event may teach it.

    Who may speak is another question: `is_enrolled` asks for two administrators.
    """

    def __init__(self, log: LogName) -> None:
        self.log = log
        self._next = 0
        self._seen = 0
        self._events: list[Event] = []
        self._keys: dict[Kid, PublicKey] = {}
        self._known: set[Eid] = set()
        self._devices = read_devices(())
        # What the newest foreseen events will make of the devices: a fold of them all, not to be done twice.
        self._foreseen: tuple[list[Eid], Devices] = ([], self._devices)
        self._lock = threading.Lock()

    def catch_up(self, store: Store) -> None:
        """Read the enrolments and revocations that came since the last time."""
        with self._lock:
            size = store.head(self.log).size
            if size == self._seen:
                return
            fresh = store.leaves_of(self.log, TEACHING, self._next)
            if fresh:
                events = [read_event(leaf.jws).event for leaf in fresh]
                self._keys.update(keys_in(events))
                self._events.extend(events)
                self._known.update(event.eid for event in events)
                eids, devices = self._foreseen
                is_as_foreseen = eids == [event.eid for event in self._events]
                self._devices = devices if is_as_foreseen else read_devices(self._events)
                self._next = fresh[-1].index + 1
            self._seen = size

    def key(self, kid: Kid) -> PublicKey | None:
        """The key behind a kid, where the log ever named it."""
        return self._keys.get(kid)

    @property
    def devices(self) -> Devices:
        """The devices as the log has them."""
        return self._devices

    @property
    def events(self) -> Sequence[Event]:
        """The events that say whose keys there are, in log order."""
        return tuple(self._events)

    def with_events(self, events: Iterable[Event]) -> Devices:
        """The devices as they will stand once these events are in the log too."""
        more = [event for event in events if event.t.startswith(TEACHING) and event.eid not in self._known]
        if not more:
            return self._devices
        foreseen = [*self._events, *more]
        devices = read_devices(foreseen)
        self._foreseen = ([event.eid for event in foreseen], devices)
        return devices


def keys_in(events: Iterable[Event]) -> Mapping[Kid, PublicKey]:
    """The keys that ledger events name."""
    keys: dict[Kid, PublicKey] = {}
    for event in events:
        try:
            if event.t == "ledger.genesis":
                keys.update({admin.kid: admin.key for admin in read_genesis(event).admins})
            elif event.t == "ledger.enrol":
                enrol = read_enrol(event)
                keys.setdefault(enrol.kid, enrol.key)
        except BadShape:
            continue
    return keys


def is_enrolled(devices: Devices, kid: Kid) -> bool:
    """Tell whether events of a kid enter the log: an administrator's, or of one whom two administrators enrolled.

    A pair of one agency enters too: that it does not count is a finding, and a finding needs its evidence.
    """
    return kid in devices.admins or kid in devices.enrolments or any(one.kid == kid for one in devices.one_agency)

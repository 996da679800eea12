"""Begin a log: its genesis is leaf 0, brought by whoever sets the post up, never through the open intake."""

from kawal.ledger.encoding import digest
from kawal.ledger.event import read_event
from kawal.ledger.events import read_genesis
from kawal.ledger.log_of import LogName
from kawal_server import clock
from kawal_server.actions.ring import keys_in
from kawal_server.actions.take_in import entry_of
from kawal_server.store.evidence import the_blobs
from kawal_server.store.heads import folder
from kawal_server.store.opened import the_sequencer, the_store


class NotItsGenesis(ValueError):
    """The event cannot be the first leaf of this log."""


def begin_log(log: LogName, jws: bytes, *, received_at: int | None = None) -> None:
    """Append the genesis to an empty log that was opened; the same one again is no news.

    Raises: NotItsGenesis, kawal.ledger.event.BadEvent, kawal.ledger.events.BadShape, kawal.ledger.keys.BadSignature.
    """
    store = the_store()
    envelope = read_event(jws)
    event = envelope.event
    if store.places(log, [event.eid]).get(event.eid) == 0:
        return
    genesis = read_genesis(event)
    policy = folder(log) / "policy"
    if event.t != "ledger.genesis" or event.prev != "" or store.head(log).size:
        raise NotItsGenesis(f"log {log} sudah dimulai / the log {log} has begun already")
    if genesis.origin != store.origin(log) or not policy.is_file() or genesis.policy != digest(policy.read_bytes()):
        raise NotItsGenesis("genesis ini milik log atau kebijakan lain / this genesis is another log's or policy's")
    key = keys_in([event]).get(event.kid)
    if key is None:
        raise NotItsGenesis("penandatangan genesis bukan adminnya / the genesis is not signed by one of its admins")
    envelope.check(key)
    at = clock.now() if received_at is None else received_at
    the_sequencer().append(log, [entry_of(envelope, jws, the_blobs())], at)

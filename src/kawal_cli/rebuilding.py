"""Replaying: drop what was derived, derive it again from the logs, and say whether it is the same."""

from kawal.ledger.event import read_event
from kawal.ledger.log_of import LOG_NAMES, LogName
from kawal_cli.reading import Progress
from kawal_cli.words import say

PAGE = 5_000


def rebuild(progress: Progress) -> list[str]:
    """Write the indexes of the store and every projection anew. Gives nothing: what was there does not matter."""
    from kawal_server import clock
    from kawal_server.actions.judge import Judge, drop
    from kawal_server.store.opened import the_store

    store = the_store()
    for name in LOG_NAMES:
        _index_again(name, progress)
    drop()
    Judge(store).tell(at=clock.now())
    return []


def _index_again(name: LogName, progress: Progress) -> None:
    from kawal_server.actions.take_in import entry_of
    from kawal_server.store.evidence import the_blobs
    from kawal_server.store.opened import the_store

    store, blobs = the_store(), the_blobs()
    total = store.head(name).size
    store.drop_indexes(name)
    for start in range(0, total, PAGE):
        leaves = store.leaves(name, start, start + PAGE)
        made = [entry_of(read_event(leaf.jws), leaf.jws, blobs) for leaf in leaves]
        store.index_again(name, made, first=start, received_at=[leaf.received_at for leaf in leaves])
        progress(say(f"menyusun indeks {name}", f"indexing {name}"), start + len(leaves), total)


def compare(progress: Progress) -> list[str]:
    """Replay beside what is there, as of the same moment, and name each projection that differs."""
    from kawal_server.actions.judge import differing
    from kawal_server.store.opened import the_store

    progress(say("memutar ulang", "replaying"), 0, 1)
    found = differing(the_store())
    progress(say("memutar ulang", "replaying"), 1, 1)
    return found

"""Keep a manifest or photo that a signed event names. Whoever has the bytes may bring them: their hash vouches.

Bytes that no event names are not kept, so a stranger cannot fill the disk.
"""

from collections.abc import Iterable

from kawal.custody.naming import blob_subject, boxes_named
from kawal.ledger.encoding import b64u
from kawal.ledger.event import read_event
from kawal.ledger.log_of import LogName
from kawal_server.store.blobs import WrongBlob
from kawal_server.store.evidence import the_blobs
from kawal_server.store.opened import the_store


class NobodyNamesIt(LookupError):
    """No event of this log names a file of this hash."""


def keep_blob(log: LogName, name_hex: str, chunks: Iterable[bytes]) -> str:
    """Keep a file under its SHA-256 (lower-case hex); gives the hash as events name it. Twice is once.

    The boxes on a manifest that came after its event join the index here.
    Raises: NobodyNamesIt, kawal_server.store.blobs.WrongBlob, kawal_server.store.blobs.BlobTooLarge.
    """
    named = _as_events_name_it(name_hex)
    store, blobs = the_store(), the_blobs()
    leaves = store.named(log, blob_subject(named))
    if not leaves:
        raise NobodyNamesIt(
            "belum ada peristiwa yang menyebut berkas ini; kirim peristiwanya dulu / no event names this file yet; "
            "send the event first"
        )
    blobs.of(log).keep_stream(chunks, name_hex)
    pairs = [(box, leaf.index) for leaf in leaves for box in boxes_named(read_event(leaf.jws).event, blobs)]
    if pairs:
        store.name(log, pairs)
    return named


def _as_events_name_it(name_hex: str) -> str:
    try:
        digest = bytes.fromhex(name_hex)
    except ValueError as error:
        raise WrongBlob("bukan SHA-256 heksadesimal / not a SHA-256 in hexadecimal") from error
    if len(digest) != 32 or name_hex != name_hex.lower():
        raise WrongBlob("bukan SHA-256 heksadesimal huruf kecil / not a SHA-256 in lower-case hexadecimal")
    return b64u(digest)

"""Open the operation: keys, policies, both logs, the administrators, and the lists, in an order that may break off.

Every step looks at what is there before it does anything, so a crash between any two is made good by asking again.
"""

import secrets
from pathlib import Path

from django.conf import settings

from kawal.ledger.encoding import b64u, digest
from kawal.ledger.event import sign_event
from kawal.ledger.keys import SigningKey
from kawal.ledger.log_of import LOG_NAMES, LogName
from kawal.ledger.note import LOG_SIGNATURE, NoteKey
from kawal_machine.files import write_once
from kawal_server.actions.admin_chain import (
    AGENCIES,
    NotTaken,
    admin_path,
    genesis_eid,
    has_begun_chain,
    holding_the_keys,
    sign_next,
)
from kawal_server.actions.area_of_post import areas_of
from kawal_server.actions.begin_log import begin_log
from kawal_server.actions.register_lists import MANIFESTS, register, wanted
from kawal_server.actions.set_operation import AlreadyOpened
from kawal_server.actions.set_stages import make_usual_stages
from kawal_server.actions.set_units import make_usual_units
from kawal_server.actions.take_in import take_in
from kawal_server.store.heads import folder
from kawal_server.store.key_files import SEED_BYTES, NoKeyFile, make_key, read_key
from kawal_server.store.models import Operation
from kawal_server.store.opened import the_store
from kawal_server.store.slugs import slug_of

NEED = 2


class NoOperation(ValueError):
    """Nobody has said which operation this is."""

    def __init__(self) -> None:
        super().__init__(
            "Operasi belum diisi. Isi nama, wilayah dan harinya dulu. / "
            "There is no operation yet. Fill its name, area and day first."
        )


def origin_of(operation: Operation, log: LogName) -> str:
    """What a log is called for ever: domain, operation, area, log."""
    return f"{operation.domain}/{slug_of(operation.code_name, operation.name)}/{'-'.join(areas_of(operation))}/{log}"


def open_operation(*, at: int) -> Operation:
    """Open the operation of this post, or finish opening it. at: UNIX seconds by the post's clock.

    Raises: NoOperation, AlreadyOpened, kawal_server.actions.register_lists.NoStations, OutsideArea, NotTaken,
    kawal_server.store.port.StoreFailed.
    """
    with holding_the_keys():
        operation = Operation.objects.first()
        if operation is None:
            raise NoOperation
        if operation.opened_at is not None or operation.is_demo:
            raise AlreadyOpened
        for kind in MANIFESTS:
            wanted(kind, operation)
        for log in LOG_NAMES:
            _open_log(log, operation)
        admins = [_key(admin_path(agency), is_used=genesis_eid(LOG_NAMES[0]) is not None) for agency in AGENCIES]
        for log in LOG_NAMES:
            _begin(log, operation, admins, at=at)
        for kind in MANIFESTS:
            register(kind, operation, at=at)
        # An operation that was described by an older post has no units and no stages yet.
        make_usual_units(operation)
        make_usual_stages(operation)
        operation.opened_at = at
        operation.save(update_fields=["opened_at"])
        return operation


def _open_log(log: LogName, operation: Operation) -> None:
    policy = folder(log) / "policy"
    key = _key(settings.KEYS / f"{log}.key", is_used=policy.exists())
    origin = origin_of(operation, log)
    note_key = NoteKey(origin, LOG_SIGNATURE, key.public.x)
    write_once(policy, f"log {note_key.vkey()}\nquorum none\n".encode(), is_durable=True)
    the_store().open_log(log, origin)


def _key(path: Path, *, is_used: bool) -> SigningKey:
    """The key in a file, made where there is none. A file that a crash left half written holds no key that was used."""
    if path.exists():
        try:
            return read_key(path)
        except NoKeyFile:
            if is_used:
                raise
            path.unlink()
    return make_key(path, secrets.token_bytes(SEED_BYTES))


def _begin(log: LogName, operation: Operation, admins: list[SigningKey], *, at: int) -> None:
    if genesis_eid(log) is None:
        begin_log(log, _genesis(log, operation, admins, at), received_at=at)
    genesis = genesis_eid(log)
    for agency, key in zip(AGENCIES, admins, strict=True):
        if not has_begun_chain(log, key):
            # Its chain hangs on this genesis from now on, and its first event says no more than that.
            [answer] = take_in(log, [sign_next(log, agency, "ledger.head", at=at, n=0, eid=genesis)], received_at=at)
            if answer.reason is not None:
                raise NotTaken(answer.reason)


def _genesis(log: LogName, operation: Operation, admins: list[SigningKey], at: int) -> bytes:
    rows = [
        {"kid": key.kid, "alg": "Ed25519", "x": b64u(key.public.x), "agency": agency}
        for agency, key in zip(AGENCIES, admins, strict=True)
    ]
    payload = {
        "v": 1,
        "t": "ledger.genesis",
        "seq": 1,
        "prev": "",
        "ts": at,
        "origin": origin_of(operation, log),
        "admins": rows,
        "need": NEED,
        "policy": digest((folder(log) / "policy").read_bytes()),
    }
    return sign_event(payload, admins[0])

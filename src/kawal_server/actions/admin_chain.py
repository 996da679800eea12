"""The administrators whose keys still lie at the post: their chains in both logs, signed one event after the other.

KNOWN GAP: until the key ceremony (docs/operate/keys.md) the post could sign for all three agencies.
"""

import fcntl
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal, get_args

from django.conf import settings

from kawal.ledger.encoding import b64u
from kawal.ledger.event import Eid, leaf_id, sign_event
from kawal.ledger.keys import SigningKey
from kawal.ledger.log_of import LogName
from kawal_server.store.heads import witnessed
from kawal_server.store.key_files import read_key
from kawal_server.store.opened import the_store

Agency = Literal["kpu", "bawaslu", "polri"]
AGENCIES: tuple[Agency, ...] = get_args(Agency)


class NotTaken(RuntimeError):
    """The log refused what this post signed itself."""


class NotBegun(RuntimeError):
    """The log has no genesis yet."""


def admin_path(agency: Agency) -> Path:
    """Where the key of an agency's administrator lies until the ceremony."""
    path: Path = settings.KEYS / f"admin-{agency}.key"
    return path


def keys_at_post() -> list[Agency]:
    """The agencies whose administrator's key still lies here."""
    return [agency for agency in AGENCIES if admin_path(agency).is_file()]


@contextmanager
def holding_the_keys() -> Iterator[None]:
    """Let nobody else sign with these keys meanwhile: two events with one number would fork a chain for good."""
    settings.KEYS.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle = os.open(settings.KEYS / "admins.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def genesis_eid(log: LogName) -> Eid | None:
    """The eid of a log's first leaf; None while there is none."""
    first = the_store().leaves(log, 0, 1)
    return first[0].eid if first else None


def has_begun_chain(log: LogName, key: SigningKey) -> bool:
    """Whether this key has signed anything in the log."""
    return any(head.kid == key.kid for head in the_store().device_heads(log))


def sign_next(log: LogName, agency: Agency, t: str, /, *, at: int, **members: Any) -> bytes:
    """Sign the next event of an administrator's chain, as the log holds it. at: UNIX seconds.

    Raises: NotBegun, kawal_server.store.key_files.NoKeyFile.
    """
    [jws] = sign_chain(log, agency, [(t, members)], at=at)
    return jws


def sign_chain(log: LogName, agency: Agency, many: Sequence[tuple[str, Mapping[str, Any]]], *, at: int) -> list[bytes]:
    """Sign the next events of an administrator's chain, one hanging on the other. many: type and members of each.

    Whoever calls takes all of them in, in this order, before anybody signs again.
    Raises: NotBegun, kawal_server.store.key_files.NoKeyFile.
    """
    genesis = genesis_eid(log)
    if genesis is None:
        raise NotBegun(f"log {log} belum dimulai / the log {log} has not begun")
    return sign_on(log, read_key(admin_path(agency)), genesis, many, at=at)


def sign_on(
    log: LogName, key: SigningKey, root: Eid, many: Sequence[tuple[str, Mapping[str, Any]]], *, at: int
) -> list[bytes]:
    """Sign the next events of any chain whose key lies at the post. root: what its first event hangs on."""
    head = next((one for one in the_store().device_heads(log) if one.kid == key.kid), None)
    seq, prev, ts = (head.seq + 1, head.eid, max(at, head.ts)) if head is not None else (1, root, at)
    newest = max(witnessed(log), key=lambda one: one.size, default=None)
    cited = {"cp": [newest.size, b64u(newest.root)]} if newest is not None else {}
    signed: list[bytes] = []
    for t, members in many:
        signed.append(sign_event({"v": 1, "t": t, "seq": seq, "prev": prev, "ts": ts, **cited, **members}, key))
        seq, prev = seq + 1, Eid(leaf_id(signed[-1]))
    return signed

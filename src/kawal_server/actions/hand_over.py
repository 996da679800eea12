"""Replace an administrator's temporary key at this post with the one its agency made for itself.

The genesis cannot be rewritten: its administrators stay named for ever. So the new key is enrolled as an administrator
by two agencies, the file of the old one goes, and two others withdraw the old one at its last good head. Every step
looks at what the logs hold before it does anything.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from kawal.ledger.devices import Devices
from kawal.ledger.enrol_request import read_request
from kawal.ledger.event import Kid, read_event
from kawal.ledger.events import read_genesis
from kawal.ledger.log_of import LOG_NAMES, LogName
from kawal.ledger.proposing import Duty, Proposal, enrol_members, make_proposal
from kawal_server.actions.admin_chain import (
    Agency,
    NotBegun,
    NotTaken,
    admin_path,
    holding_the_keys,
    keys_at_post,
    sign_chain,
)
from kawal_server.actions.devices_now import waiting
from kawal_server.actions.keep_person import keep_person, new_salt
from kawal_server.actions.take_in import take_in, the_ring
from kawal_server.store.key_files import read_key
from kawal_server.store.opened import the_store


@dataclass
class HandedOver:
    """How far it is. waiting: lines by log that wait for a signature from elsewhere; says: what next."""

    is_finished: bool = False
    waiting: dict[LogName, list[bytes]] = field(default_factory=dict)
    says: list[str] = field(default_factory=list)


def hand_over(agency: Agency, request: str, *, who: str, unit: str, until: int, at: int) -> HandedOver:
    """Go as far as the keys at this post can. until, at: UNIX seconds.

    Raises: kawal.ledger.proposing.BadProposal, BadRequest, StaleRequest, BadKey, BadSignature, NotBegun, NotTaken,
    kawal_server.store.key_files.NoKeyFile.
    """
    with holding_the_keys():
        done = HandedOver()
        old, new = _genesis_kid(agency), read_request(request).kid
        if not _stands_everywhere(new):
            _enrol(agency, _proposal(request, who, unit, agency, until, at), at)
        if not _stands_everywhere(new):
            done.waiting = _lines_about(new)
            done.says.append(
                f"Kunci baru {agency} menunggu lembaga lain: kawal sign-enrolments --confirm, kawal intake, ulangi. / "
                f"The new key of {agency} waits for another agency to sign."
            )
            return done
        if _delete_old(agency, old):
            done.says.append(f"Kunci sementara {agency} dihapus dari posko ini. / The temporary key is deleted here.")
        for log in LOG_NAMES:
            _withdraw(log, old, at)
        done.is_finished = all(old in _devices(log).revocations for log in LOG_NAMES)
        done.waiting = _lines_about(old)
        done.says.append(_last_word(agency, old, is_finished=done.is_finished))
        return done


def _last_word(agency: Agency, old: Kid, *, is_finished: bool) -> str:
    if is_finished:
        return f"Selesai: {old} dicabut di kedua log. Hapus juga dari cadangan. / Done; delete it from backups too."
    return (
        f"{old} belum dicabut: dua admin lain menandatangani kawal ceremony revoke, lalu ulangi. / "
        f"The old key of {agency} is not withdrawn yet: two other administrators sign kawal ceremony revoke."
    )


def _proposal(request: str, who: str, unit: str, agency: Agency, until: int, at: int) -> Proposal:
    idc = keep_person(read_request(request).kid, who, salt=new_salt(), record=who, at=at)
    return make_proposal(request, Duty(who, "admin", unit, agency, at, until, idc), at=at)


def _devices(log: LogName) -> Devices:
    ring = the_ring(log)
    ring.catch_up(the_store())
    return ring.devices


def _stands_everywhere(kid: Kid) -> bool:
    return all(_devices(log).administers(kid) for log in LOG_NAMES)


def _genesis_kid(agency: Agency) -> Kid:
    first = the_store().leaves(LOG_NAMES[0], 0, 1)
    admins = read_genesis(read_event(first[0].jws).event).admins if first else ()
    found = next((one.kid for one in admins if one.agency == agency), None)
    if found is None:
        raise NotBegun("operasi belum dibuka / the operation is not open")
    return found


def _others(agency: Agency, log: LogName) -> list[Agency]:
    """The other agencies whose key lies here and still counts."""
    devices = _devices(log)
    return [one for one in keys_at_post() if one != agency and devices.administers(Kid(read_key(admin_path(one)).kid))]


def _enrol(agency: Agency, proposal: Proposal, at: int) -> None:
    for log in LOG_NAMES:
        if _devices(log).administers(proposal.request.kid):
            continue
        if not _pending(log, proposal.request.kid):
            members = enrol_members(proposal.request.key, proposal.duty)
            _sign(log, agency, "ledger.enrol", at, members)
        for second in _others(agency, log)[:1]:
            _sign(log, second, "ledger.enrol-ok", at, {"of": _pending(log, proposal.request.kid)[0]})


def _withdraw(log: LogName, old: Kid, at: int) -> None:
    """Withdraw the old key by two of the keys that still lie here; where there are fewer, by as many as there are."""
    if old in _devices(log).revocations:
        return
    here = [one for one in keys_at_post() if _devices(log).administers(Kid(read_key(admin_path(one)).kid))]
    pending = [one for one in waiting() if one.log == log and one.revoke is not None and one.kid == old]
    signed_by = {_devices(log).agency(one.event.kid) for one in pending}
    able = [one for one in here if one not in signed_by]
    if not pending and able:
        head = next((one for one in the_store().device_heads(log) if one.kid == old), None)
        good = [head.seq, head.eid] if head is not None else [0, _devices(log).genesis]
        _sign(log, able[0], "ledger.revoke", at, {"kid": old, "why": "role-end", "from": at, "good": good})
        _withdraw(log, old, at)
    elif pending and able:
        _sign(log, able[0], "ledger.revoke-ok", at, {"of": pending[0].event.eid})


def _pending(log: LogName, kid: Kid) -> list[str]:
    return [one.event.eid for one in waiting() if one.log == log and one.enrol is not None and one.kid == kid]


def _lines_about(kid: Kid) -> dict[LogName, list[bytes]]:
    """What waits for a second signature about a key, as the log holds it."""
    found: dict[LogName, list[bytes]] = {}
    for one in waiting():
        if one.kid == kid:
            index = the_store().places(one.log, [one.event.eid])[one.event.eid]
            found.setdefault(one.log, []).append(the_store().leaves(one.log, index, index + 1)[0].jws)
    return found


def _sign(log: LogName, agency: Agency, t: str, at: int, members: dict[str, Any]) -> None:
    [answer] = take_in(log, sign_chain(log, agency, [(t, members)], at=at), received_at=at)
    if answer.reason is not None:
        raise NotTaken(answer.reason)


def _delete_old(agency: Agency, old: Kid) -> bool:
    """Delete the temporary key, if the file still holds it: one that signs no more must not lie about."""
    path = admin_path(agency)
    if not path.is_file() or read_key(path).kid != old:
        return False
    path.unlink()
    with _folder(str(path.parent)) as handle:
        os.fsync(handle)
    return True


@contextmanager
def _folder(path: str) -> Iterator[int]:
    handle = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
    try:
        yield handle
    finally:
        os.close(handle)

"""Withdraw a key at its last good head: one administrator signs, another one of another agency confirms."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kawal.ledger.enrolling import Ruling, may_confirm
from kawal.ledger.event import Event, Kid, read_event
from kawal.ledger.log_of import LOG_NAMES, LogName
from kawal_server.accounts.access import may
from kawal_server.accounts.models import Officer
from kawal_server.actions.admin_chain import NotTaken, admin_path, holding_the_keys, sign_next
from kawal_server.actions.devices_now import Waiting, known_logs, standing_of, waiting
from kawal_server.actions.signing_officer import key_at_post
from kawal_server.actions.take_in import take_in
from kawal_server.store.key_files import read_key
from kawal_server.store.opened import the_store

WHYS = ("lost", "stolen", "role-end", "compromised")


class NotRevoked(ValueError):
    """Nothing was signed; the message says why and what to do."""


@dataclass(frozen=True)
class Link:
    """One event of a device's chain. is_after: it would be suspect with the chosen last good head."""

    index: int
    event: Event
    received_at: int
    is_after: bool = False


def chain_of(log: LogName, kid: Kid) -> list[Link]:
    """A device's events in a log, by number, of a fork both branches."""
    return [Link(leaf.index, read_event(leaf.jws).event, leaf.received_at) for leaf in the_store().chain(log, kid)]


def holes_in(chain: Sequence[Link]) -> list[tuple[int, int]]:
    """The numbers that are missing between events that came: first and last of each hole."""
    holes, expected = [], 1
    for link in chain:
        if link.event.seq > expected:
            holes.append((expected, link.event.seq - 1))
        expected = max(expected, link.event.seq + 1)
    return holes


def revoke_device(officer: Officer, kid: Kid, *, why: str, good: Mapping[LogName, int], since: int, at: int) -> None:
    """Sign the withdrawal of a key in each log that enrolled it, as the first administrator.

    good: the number of the last good event by log, 0 for none; since: when it was lost, UNIX seconds.
    Raises: NotRevoked, NotAnAgency, NoKeyHere (signing_officer), NotTaken.
    """
    held = standing_of(kid, at)
    if held is None or not held.signers:
        raise NotRevoked("perangkat ini tidak terdaftar / this device is not enrolled")
    if not may(officer, "revoke-device", unit=held.unit):
        raise NotRevoked(
            "satuan ini bukan di bawah satuan Anda; minta petugas satuannya / this unit is not below yours"
        )
    if why not in WHYS:
        raise NotRevoked("pilih alasannya / choose the reason")
    agency = key_at_post(officer)
    if read_key(admin_path(agency)).kid == kid:
        raise NotRevoked("kunci tidak mencabut dirinya sendiri / no key withdraws itself")
    with holding_the_keys():
        for log, enrolment in held.signers:
            if kid in known_logs()[log][0].revocations or _pending(log, kid):
                continue
            head = _head(log, kid, good.get(log), enrolment.eid)
            members = {"kid": kid, "why": why, "from": min(since, at), "good": head}
            _take(log, sign_next(log, agency, "ledger.revoke", at=at, **members))


def _head(log: LogName, kid: Kid, seq: int | None, root: str) -> list[Any]:
    if seq == 0:
        return [0, root]
    chain = chain_of(log, kid)
    if seq is None:
        return [chain[-1].event.seq, chain[-1].event.eid] if chain else [0, root]
    found = [link for link in chain if link.event.seq == seq]
    if len(found) != 1:
        raise NotRevoked(
            f"{log}: nomor {seq} tidak ada, atau ada dua; pilih yang sebelumnya / "
            f"{log}: there is no number {seq}, or two of it; choose the one before"
        )
    return [seq, found[0].event.eid]


def confirm_revocation(officer: Officer, kid: Kid, *, at: int) -> None:
    """Sign the second signature under the withdrawal of a key, as another agency.

    Raises: NotRevoked, NotAnAgency, NoKeyHere (signing_officer), NotTaken.
    """
    if not may(officer, "revoke-device"):
        raise NotRevoked("jabatan ini tidak mencabut kunci / this office withdraws no keys")
    agency = key_at_post(officer)
    with holding_the_keys():
        pending = [one for log in LOG_NAMES for one in _pending(log, kid)]
        if not pending:
            raise NotRevoked("tidak ada pencabutan yang menunggu / no withdrawal waits")
        rulings: list[Ruling] = [may_confirm(one.first, agency) for one in pending]
        refused = next((one for one in rulings if not one), None)
        if refused is not None:
            raise NotRevoked(refused.reason)
        for one in pending:
            _take(one.log, sign_next(one.log, agency, "ledger.revoke-ok", at=at, of=one.event.eid))


def _pending(log: LogName, kid: Kid) -> list[Waiting]:
    return [one for one in waiting() if one.log == log and one.revoke is not None and one.kid == kid]


def _take(log: LogName, jws: bytes) -> None:
    [answer] = take_in(log, [jws])
    if answer.reason is not None:
        raise NotTaken(answer.reason)

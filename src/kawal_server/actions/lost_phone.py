"""A phone is lost: its holder tells how, numbers that will never come are acknowledged, and a second officer attests.

The words stay at this post, for they name people; the log holds their salted hash.
"""

from kawal.ledger.encoding import digest
from kawal.ledger.event import Eid, Event, Kid
from kawal.ledger.events import answers
from kawal.ledger.history import Speaker
from kawal.ledger.log_of import LOG_NAMES, LogName
from kawal_server.accounts.access import may
from kawal_server.accounts.models import Officer
from kawal_server.actions.admin_chain import NotTaken, admin_path, holding_the_keys, sign_next
from kawal_server.actions.counting import counting
from kawal_server.actions.devices_now import standing_of
from kawal_server.actions.keep_person import new_salt
from kawal_server.actions.revoke_device import chain_of, holes_in
from kawal_server.actions.signing_officer import key_at_post
from kawal_server.actions.take_in import take_in
from kawal_server.store.key_files import read_key
from kawal_server.store.models import LostPhone

LETTERS_LIMIT = 8_000


class NotTold(ValueError):
    """The step was not taken; the message says why and what to do."""


def tell_lost(officer: Officer, kid: Kid, testimony: str, *, at: int) -> LostPhone:
    """Keep the testimony of whoever lost a phone; it can be told once. Raises: NotTold."""
    held = standing_of(kid, at)
    if held is None or not may(officer, "revoke-device", unit=held.unit):
        raise NotTold("perangkat ini tidak ada di bawah satuan Anda / no such device below your unit")
    words = testimony.strip()
    if not words or len(words) > LETTERS_LIMIT:
        raise NotTold("tulis kapan, di mana, dan bagaimana hilangnya / write when, where and how it was lost")
    salt = new_salt()
    row, is_new = LostPhone.objects.get_or_create(
        kid=kid,
        defaults={
            "unit": held.unit,
            "testimony": words,
            "salt": salt.hex(),
            "th": digest(salt + words.encode()),
            "opened_by": officer.get_username(),
            "opened_at": at,
        },
    )
    if not is_new:
        raise NotTold("kehilangan ini sudah dicatat; keterangannya tidak diubah / it is told already, and stays so")
    return row


def sign_gaps(officer: Officer, row: LostPhone, *, at: int) -> int:
    """Acknowledge the missing numbers of a lost phone, as the first officer; gives how many holes.

    Raises: NotTold, NotAnAgency, NoKeyHere (signing_officer), NotTaken.
    """
    if not may(officer, "revoke-device", unit=row.unit):
        raise NotTold("satuan ini bukan di bawah satuan Anda / this unit is not below yours")
    agency = key_at_post(officer)
    kid, signed = Kid(row.kid), 0
    with holding_the_keys():
        for log in LOG_NAMES:
            told = {span for _, span in gaps_of(log, kid)}
            for first, last in holes_in(chain_of(log, kid)):
                if (first, last) not in told:
                    _take(log, sign_next(log, agency, "ledger.gap", at=at, kid=kid, range=[first, last], th=row.th))
                    signed += 1
    if signed:
        row.signed_by = officer.get_username()
        row.save(update_fields=["signed_by"])
    return signed


def attest_gaps(officer: Officer, row: LostPhone, *, at: int) -> int:
    """Attest the acknowledged gaps of a lost phone, as a second officer of another agency; gives how many.

    Raises: NotTold, NotAnAgency, NoKeyHere (signing_officer), NotTaken.
    """
    if not may(officer, "revoke-device"):
        raise NotTold("jabatan ini tidak menandatangani / this office signs nothing")
    if row.signed_by == officer.get_username():
        raise NotTold("Anda yang mengakuinya; petugas lain yang menyaksikan / you acknowledged it; another attests")
    agency = key_at_post(officer)
    own = read_key(admin_path(agency)).kid
    kid, signed = Kid(row.kid), 0
    with holding_the_keys():
        for log in LOG_NAMES:
            witnessed, by = attested(log), {event.eid: event.kid for event, _ in counting(log, "ledger.gap")}
            wanted = [eid for eid, _ in gaps_of(log, kid) if eid not in witnessed]
            if any(by[eid] == own for eid in wanted):
                # One key twice is one witness, and the judge says so.
                raise NotTold("lembaga lain yang menyaksikan / an officer of another agency attests")
            if wanted:
                _take(log, sign_next(log, agency, "ledger.attest", at=at, of=wanted))
                signed += len(wanted)
    return signed


def gaps_of(log: LogName, kid: Kid) -> list[tuple[Eid, tuple[int, int]]]:
    """The gaps of a key that an administrator acknowledged in a log: eid, and first and last number."""
    found = []
    for event, _ in _by_administrators(log, "ledger.gap"):
        span = event.payload.get("range")
        if event.payload.get("kid") != kid or not isinstance(span, list) or len(span) != 2:
            continue
        if all(type(one) is int for one in span):
            found.append((event.eid, (span[0], span[1])))
    return found


def attested(log: LogName) -> set[Eid]:
    """The gaps in a log that a second administrator attests, with another key than acknowledged them."""
    by = {event.eid: event.kid for event, _ in _by_administrators(log, "ledger.gap")}
    attests = (event for event, _ in _by_administrators(log, "ledger.attest"))
    return {eid for event in attests for eid in answers(event) if by.get(eid) not in (None, event.kid)}


def _by_administrators(log: LogName, t: str) -> list[tuple[Event, Speaker]]:
    """Any phone can sign these words; only what administrators sign settles anything here."""
    return [(event, speaker) for event, speaker in counting(log, t) if speaker.role == "admin"]


def is_settled(kid: Kid) -> bool:
    """Whether every hole in the chains of a lost phone is acknowledged and attested."""
    for log in LOG_NAMES:
        told = {span: eid for eid, span in gaps_of(log, kid)}
        witnessed = attested(log)
        for hole in holes_in(chain_of(log, kid)):
            if hole not in told or told[hole] not in witnessed:
                return False
    return True


def _take(log: LogName, jws: bytes) -> None:
    [answer] = take_in(log, [jws])
    if answer.reason is not None:
        raise NotTaken(answer.reason)

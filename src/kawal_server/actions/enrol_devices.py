"""The two signatures of an enrolment at the post: one agency proposes its own people, another one confirms.

The officer signs with the key of their own agency, and nobody signs both: four eyes of two agencies.
"""

from collections.abc import Sequence
from typing import Any

from kawal.ledger.enrolling import Ruling, logs_of, may_propose, may_stand
from kawal.ledger.keys import BadKey, check_key
from kawal.ledger.log_of import LOG_NAMES, LogName
from kawal.ledger.proposing import enrol_members
from kawal_server.accounts.access import may
from kawal_server.accounts.models import Officer
from kawal_server.actions.admin_chain import Agency, holding_the_keys, sign_chain
from kawal_server.actions.devices_now import Waiting, known_logs, waiting
from kawal_server.actions.request_device import duty_of, key_of
from kawal_server.actions.signing_officer import key_at_post
from kawal_server.actions.take_in import take_in
from kawal_server.store.models import DeviceRequest

Refusals = list[tuple[str, str]]
"""Of what was not signed: which, and why."""
_BATCH = 500


def propose_enrolments(officer: Officer, rows: Sequence[DeviceRequest], *, at: int) -> tuple[int, Refusals]:
    """Sign requests as the first agency; gives how many, and what was refused.

    Raises: NotAnAgency, NoKeyHere (signing_officer), kawal_server.store.port.StoreFailed.
    """
    agency = key_at_post(officer)
    refused: Refusals = []
    good: list[DeviceRequest] = []
    for row in rows[:_BATCH]:
        ruling = _proposes(officer, agency, row, at)
        (good.append(row) if ruling else refused.append((row.who, ruling.reason)))
    with holding_the_keys():
        todo: list[tuple[LogName, str, dict[str, Any]]] = [
            (log, "ledger.enrol", enrol_members(key_of(row), duty_of(row))) for row in good for log in logs_of(row.role)
        ]
        refused += _sign(agency, todo, at)
    for row in good:
        row.state, row.proposed_by, row.proposed_at = "proposed", officer.get_username(), at
        row.save(update_fields=["state", "proposed_by", "proposed_at"])
    return len(good), refused


def _proposes(officer: Officer, agency: Agency, row: DeviceRequest, at: int) -> Ruling:
    if row.state != "asked":
        return Ruling(False, "sudah diusulkan atau ditolak / proposed or refused already")
    if row.exp <= at:
        return Ruling(False, "masa tugasnya sudah lewat / its duty is over already")
    if not may(officer, "sign-enrolment", unit=row.unit):
        return Ruling(False, "satuan ini bukan di bawah satuan Anda / this unit is not below yours")
    try:
        check_key(key_of(row))
    except BadKey as error:
        return Ruling(False, str(error))
    return may_propose(agency, row.agency, row.role)


def confirm_enrolments(officer: Officer, kids: Sequence[str], *, at: int) -> tuple[int, Refusals]:
    """Sign as the second agency what another one proposed; gives how many phones, and what was refused.

    Raises: NotAnAgency, NoKeyHere (signing_officer), kawal_server.store.port.StoreFailed.
    """
    agency = key_at_post(officer)
    refused: Refusals = []
    wanted = set(kids[:_BATCH])
    with holding_the_keys():
        todo: list[tuple[LogName, str, dict[str, Any]]] = []
        done: set[str] = set()
        for one in waiting():
            if one.enrol is None or one.kid not in wanted:
                continue
            ruling = _confirms(officer, agency, one)
            if not ruling:
                refused.append((one.enrol.who, ruling.reason))
                continue
            todo.append((one.log, "ledger.enrol-ok", {"of": one.event.eid}))
            done.add(one.kid)
        refused += _sign(agency, todo, at)
    DeviceRequest.objects.filter(kid__in=done, state="proposed").update(
        state="confirmed", confirmed_by=officer.get_username(), confirmed_at=at
    )
    return len(done), list(dict.fromkeys(refused))


def _confirms(officer: Officer, agency: Agency, one: Waiting) -> Ruling:
    if one.enrol is None:
        return Ruling(False)
    if not may(officer, "sign-enrolment"):
        return Ruling(False, "jabatan ini tidak menandatangani / this office signs nothing")
    name = officer.get_username()
    if DeviceRequest.objects.filter(kid=one.kid, state="proposed", proposed_by=name).exists():
        return Ruling(False, "Anda yang mengusulkannya; orang lain yang menyetujui / you proposed it; another confirms")
    try:
        check_key(one.enrol.key)
    except BadKey as error:
        return Ruling(False, str(error))
    return may_stand(one.enrol, one.first, agency)


def refuse_request(officer: Officer, row: DeviceRequest, reason: str) -> None:
    """Refuse a request that nobody has signed yet, and say why."""
    if row.state == "asked" and may(officer, "sign-enrolment", unit=row.unit):
        row.state, row.reason = "refused", " ".join(reason.split())[:300]
        row.save(update_fields=["state", "reason"])


def settle_requests(*, at: int) -> None:
    """Bring the requests up to what the logs say: what was signed elsewhere, and what nobody signed in time."""
    known = known_logs()
    standing = {
        (kid, one.enrol.exp)
        for devices, _ in known.values()
        for kid in devices.enrolments
        for one in devices.enrolments[kid]
    }
    proposed = {(one.kid, one.enrol.exp) for one in waiting() if one.enrol is not None}
    for row in DeviceRequest.objects.filter(state__in=("asked", "proposed")):
        key = (row.kid, row.exp)
        state = "confirmed" if key in standing else "proposed" if key in proposed else row.state
        if state != "confirmed" and row.exp <= at:
            state = "expired"
        if state != row.state:
            row.state = state
            row.save(update_fields=["state"])


def _sign(agency: Agency, todo: Sequence[tuple[LogName, str, dict[str, Any]]], at: int) -> Refusals:
    """Sign and take in, a log at a time, in the order of the chain. What the log refuses is named."""
    refused: Refusals = []
    for log in LOG_NAMES:
        mine = [(t, members) for name, t, members in todo if name == log]
        if not mine:
            continue
        answers = take_in(log, sign_chain(log, agency, mine, at=at), received_at=at)
        refused += [(log, answer.reason) for answer in answers if answer.reason is not None]
    return refused

"""Break-glass: for an hour an officer may more than the office gives, with a reason, and everybody sees it."""

import re
from dataclasses import dataclass

from django.db import transaction

from kawal.ledger.log_of import PENGAMANAN
from kawal_server import clock
from kawal_server.accounts import seconds
from kawal_server.accounts.access import agency_of, may
from kawal_server.accounts.events import note_event
from kawal_server.accounts.models import GlassRow, Officer
from kawal_server.actions.admin_chain import NotTaken, genesis_eid, holding_the_keys, keys_at_post, sign_next
from kawal_server.actions.take_in import take_in
from kawal_server.store.models import Operation

LASTS_S = 60 * 60
LEAST_LETTERS = 15
MOST_LETTERS = 300
_NUMBER_OF_A_PERSON = re.compile(r"\d(?:[ .-]?\d){5,}")


class GlassRefused(ValueError):
    """The glass stays whole; the message says why and what to do."""


@dataclass(frozen=True)
class Broken:
    """A glass that is broken now. office: of whom; minutes: still to go."""

    row: GlassRow
    office: str
    minutes: int


def broken_now() -> list[Broken]:
    """The glasses that are broken at this moment, the newest first."""
    now = seconds.now()
    rows = GlassRow.objects.filter(ended_at=None, until__gt=now).select_related("officer")
    return [Broken(row, row.officer.office, -(-(row.until - now) // 60)) for row in rows]


def break_glass(officer: Officer, reason: str) -> GlassRow:
    """Give an officer more for an hour. The caller has seen a fresh second factor. Raises: GlassRefused, NotTaken."""
    if not may(officer, "break-glass"):
        raise GlassRefused("Jabatan ini tidak punya darurat. / This office has no break-glass.")
    said = _reason(reason)
    with transaction.atomic():
        # Two clicks at one moment would break two.
        Officer.objects.select_for_update().get(pk=officer.pk)
        last = GlassRow.objects.filter(officer=officer).first()
        if last is not None and last.ended_at is None and last.until > seconds.now():
            raise GlassRefused("Darurat Anda masih berjalan. / Your break-glass is still running.")
        if last is not None and last.confirmed_by is None:
            raise GlassRefused(
                "Darurat sebelumnya belum disahkan petugas lain: minta dulu. / "
                "Another officer has not confirmed your last break-glass: ask for that first."
            )
        now = seconds.now()
        row = GlassRow.objects.create(officer=officer, reason=said, begun_at=now, until=now)
    # The ledger has its own connection, which an open transaction here would keep waiting; and nothing is given before
    # it is written.
    try:
        _tell_ledger(row, f"break-glass: {said}", officer.office)
    except NotTaken:
        row.delete()
        raise
    row.until = now + LASTS_S
    row.save(update_fields=["until"])
    note_event("glass-begun", officer, by=officer, note=said)
    return row


def end_glass(row: GlassRow, *, by: Officer) -> None:
    """End it before its hour is over: by the officer, or by a second one who may break glass. Raises: GlassRefused."""
    if not may(by, "break-glass"):
        raise GlassRefused("Jabatan ini tidak punya darurat. / This office has no break-glass.")
    open_still = GlassRow.objects.filter(pk=row.pk, ended_at=None, until__gt=seconds.now())
    if open_still.update(ended_at=seconds.now(), ended_by=by.pk) != 1:
        raise GlassRefused("Darurat ini sudah berakhir. / This break-glass is over.")
    note_event("glass-ended", row.officer, by=by)
    _tell_ledger(row, "break-glass: diakhiri / ended", row.officer.office)


def confirm_glass(row: GlassRow, *, by: Officer) -> None:
    """Say that it was right; only then may the same officer break another. Raises: GlassRefused."""
    if not may(by, "break-glass") or by.pk == row.officer_id:
        raise GlassRefused("Petugas lain yang mengesahkan. / Another officer confirms.")
    if agency_of(by) != agency_of(row.officer):
        raise GlassRefused("Instansi sendiri yang mengesahkan. / The own agency confirms.")
    if GlassRow.objects.filter(pk=row.pk, confirmed_by=None).update(confirmed_by=by.pk) != 1:
        raise GlassRefused("Sudah disahkan. / Confirmed already.")
    note_event("glass-confirmed", row.officer, by=by)


def _reason(text: str) -> str:
    said = " ".join(text.replace("\0", "").split())
    if not LEAST_LETTERS <= len(said) <= MOST_LETTERS:
        raise GlassRefused(
            f"Tulis alasan, {LEAST_LETTERS} sampai {MOST_LETTERS} huruf. / "
            f"Write the reason, {LEAST_LETTERS} to {MOST_LETTERS} letters."
        )
    if _NUMBER_OF_A_PERSON.search(said) or _names_somebody(said):
        raise GlassRefused(
            "Alasan masuk log yang tidak dapat dihapus: tanpa nama orang, NRP atau nomor telepon. / "
            "The reason enters a log that forgets nothing: no names, service or telephone numbers."
        )
    return said


def _names_somebody(said: str) -> bool:
    """Whether the name of an officer of this post stands in it."""
    words = {word for word in re.findall(r"\w+", said.lower()) if len(word) > 3}
    names = Officer.objects.values_list("first_name", "last_name")
    return any(words & set(re.findall(r"\w{4,}", f"{first} {last}".lower())) for first, last in names)


def _tell_ledger(row: GlassRow, note: str, office: str) -> None:
    """Write it into the ledger where Polri's key lies at the post; where not, the account events have it already."""
    operation = Operation.objects.first()
    if operation is None or operation.is_demo or "polri" not in keys_at_post() or genesis_eid(PENGAMANAN) is None:
        return
    with holding_the_keys():
        line = sign_next(PENGAMANAN, "polri", "command.log", at=clock.now(), kind="message", note=note, about=office)
        answers = take_in(PENGAMANAN, [line])
    refused = next((answer.reason for answer in answers if answer.reason), None)
    if refused is not None:
        raise NotTaken(refused)
    GlassRow.objects.filter(pk=row.pk).update(is_in_ledger=True)

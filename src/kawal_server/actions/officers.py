"""Accounts of officers: made by invitation, changed and confirmed by somebody else, and never by oneself."""

import re
import secrets
from dataclasses import dataclass
from hashlib import sha256
from typing import get_args

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from kawal_server.accounts import seconds
from kawal_server.accounts.access import ALLOWED, agency_of, is_powerful, may
from kawal_server.accounts.doors import shut_all
from kawal_server.accounts.events import Kind, note_event
from kawal_server.accounts.factors import drop_factors
from kawal_server.accounts.models import AccountEvent, InvitationRow, Office, Officer
from kawal_server.accounts.powers import AGENCY_OF
from kawal_server.store.units import the_units

INVITED_FOR_S = 48 * 3600
AGENCIES = ("polri", "kpu", "bawaslu", "tni", "linmas", "satpolpp", "pemda", "post")
_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{2,59}")


class OfficerRefused(ValueError):
    """What was asked is not done; the message says why and what to do."""


@dataclass(frozen=True)
class Asked:
    """An account as it was asked for."""

    username: str = ""
    name: str = ""
    office: str = ""
    agency: str = ""
    unit: str = ""


def create_officer(asked: Asked, *, by: Officer) -> tuple[Officer, str]:
    """Make an account and its invitation: (the officer, what the link carries). Raises: OfficerRefused."""
    username = asked.username.strip().lower()
    if not _NAME.fullmatch(username):
        raise OfficerRefused(
            "Nama akun: 3 sampai 60 huruf kecil, angka, titik, garis. / "
            "Account name: 3 to 60 small letters, digits, dots, dashes."
        )
    if Officer.objects.filter(username__iexact=username).exists():
        raise OfficerRefused("Nama akun ini sudah dipakai. / This account name is taken.")
    office, agency, unit = _place(asked, by)
    with transaction.atomic():
        officer = Officer(username=username, first_name=_plain(asked.name), office=office, agency=agency, unit=unit)
        officer.set_unusable_password()
        officer.is_confirmed = not confirmers(officer)
        officer.save()
        note_event("created", officer, by=by, note=_stand(officer))
        return officer, _invitation(officer, by)


def invite_again(officer: Officer, *, by: Officer) -> str:
    """Let an officer choose a new password by a link: gives what the link carries. Raises: OfficerRefused.

    Whoever reset the second factor lately may not also give the link: else one person could take an account over.
    """
    _refuse_oneself(officer, by)
    if officer.has_usable_password():
        _refuse_same_hands(officer, by, "factor-reset")
    with transaction.atomic():
        if officer.has_usable_password():
            _ask_for_confirmation(officer)
        return _invitation(officer, by)


def reset_factor(officer: Officer, *, by: Officer) -> None:
    """Take a lost second factor away; the next sign-in leads to a new one. Raises: OfficerRefused."""
    _refuse_oneself(officer, by)
    _refuse_same_hands(officer, by, "invited")
    with transaction.atomic():
        drop_factors(officer)
        _ask_for_confirmation(officer)
        shut_all(officer)
        note_event("factor-reset", officer, by=by)


def change_office(officer: Officer, asked: Asked, *, by: Officer) -> None:
    """Give an officer another office, agency or unit; all sessions of before end. Raises: OfficerRefused."""
    _refuse_oneself(officer, by)
    office, agency, unit = _place(asked, by)
    with transaction.atomic():
        if "manage-accounts" not in ALLOWED[office]:
            _refuse_last_manager(officer)
        before = _stand(officer)
        is_new_hat = (office, agency) != (officer.office, officer.agency)
        officer.office, officer.agency, officer.unit = office, agency, unit
        if is_new_hat:
            officer.is_confirmed = not confirmers(officer)
        officer.save(update_fields=["office", "agency", "unit", "is_confirmed"])
        shut_all(officer)
        note_event("office-changed", officer, by=by, note=f"{before} > {_stand(officer)}")


def set_active(officer: Officer, *, is_active: bool, by: Officer) -> None:
    """Close an account, or open it again. Raises: OfficerRefused."""
    _refuse_oneself(officer, by)
    with transaction.atomic():
        if not is_active:
            _refuse_last_manager(officer)
            shut_all(officer)
            InvitationRow.objects.filter(officer=officer, used_at=None).delete()
        officer.is_active = is_active
        officer.save(update_fields=["is_active"])
        note_event("activated" if is_active else "deactivated", officer, by=by)


def confirmers(officer: Officer) -> list[Officer]:
    """Who of the officer's own agency says whether this person holds a powerful office; none where it needs nobody."""
    agency = agency_of(officer)
    if officer.office == "operator" or not agency or not is_powerful(officer.office):
        return []
    others = Officer.objects.filter(is_active=True, is_confirmed=True).exclude(pk=officer.pk)
    return [one for one in others if may(one, "confirm-account") and agency_of(one) == agency]


def awaiting(officer: Officer) -> list[Officer]:
    """The accounts of an officer's agency that wait for this officer's word."""
    if not may(officer, "confirm-account"):
        return []
    waiting = Officer.objects.filter(is_active=True, is_confirmed=False).exclude(pk=officer.pk)
    return [one for one in waiting if agency_of(one) == agency_of(officer)]


def confirm(officer: Officer, *, by: Officer) -> None:
    """Say that this person holds this office in one's own agency. Raises: OfficerRefused."""
    if officer.pk not in [one.pk for one in awaiting(by)]:
        raise OfficerRefused(
            "Akun ini tidak menunggu pengesahan instansi Anda. / This account does not await your agency's word."
        )
    Officer.objects.filter(pk=officer.pk).update(is_confirmed=True)
    note_event("confirmed", officer, by=by, note=_stand(officer))


def invited(token: str) -> Officer | None:
    """Whose invitation this is; None where it was used, is over, or was never given."""
    row = InvitationRow.objects.filter(digest=_digest(token), used_at=None, expires_at__gt=seconds.now()).first()
    return row.officer if row is not None and row.officer.is_active else None


def accept_invitation(token: str, password: str) -> Officer:
    """Choose the password of an invited account, once. Raises: OfficerRefused."""
    officer = invited(token)
    if officer is None:
        raise OfficerRefused(
            "Undangan ini tidak berlaku lagi. Minta yang baru kepada operator. / "
            "This invitation holds no more. Ask the operator for a new one."
        )
    check_password_rules(officer, password)
    with transaction.atomic():
        taken = InvitationRow.objects.filter(digest=_digest(token), used_at=None)
        if taken.update(used_at=seconds.now()) != 1:
            raise OfficerRefused("Undangan ini sudah dipakai. / This invitation is used.")
        choose_password(officer, password)
    return officer


def choose_password(officer: Officer, password: str, *, but: str = "") -> None:
    """Set an officer's own password; every session but one ends. Raises: OfficerRefused."""
    check_password_rules(officer, password)
    officer.set_password(password)
    officer.save(update_fields=["password"])
    shut_all(officer, but=but)
    note_event("password-changed", officer, by=officer)


def check_password_rules(officer: Officer, password: str) -> None:
    """Raises: OfficerRefused, where a password is too short or too common."""
    try:
        validate_password(password, officer)
    except ValidationError as error:
        raise OfficerRefused(
            "Kata sandi: 12 huruf atau lebih, dan bukan yang banyak dipakai. / "
            "Password: 12 characters or more, and none that many use."
        ) from error


def _place(asked: Asked, by: Officer) -> tuple[Office, str, str]:
    office = next((one for one in get_args(Office) if one == asked.office), None)
    if office is None:
        raise OfficerRefused("Pilih jabatan. / Choose an office.")
    agency = AGENCY_OF.get(office, asked.agency)
    if agency not in (*AGENCIES, ""):
        raise OfficerRefused("Pilih instansi. / Choose an agency.")
    unit = asked.unit.strip()
    if unit and unit not in the_units().by_name:
        raise OfficerRefused(f"Kesatuan {unit[:40]} tidak ada di operasi ini. / This operation has no such unit.")
    if not may(by, "manage-accounts", unit=unit):
        raise OfficerRefused("Kesatuan di luar wewenang Anda. / The unit is beyond your own.")
    return office, agency, unit


def _refuse_oneself(officer: Officer, by: Officer) -> None:
    if officer.pk == by.pk:
        raise OfficerRefused(
            "Tidak untuk akun sendiri: minta petugas lain. / Not for one's own account: ask another officer."
        )


def _refuse_same_hands(officer: Officer, by: Officer, kind: Kind) -> None:
    since = seconds.now() - INVITED_FOR_S
    if AccountEvent.objects.filter(kind=kind, officer=officer.pk, by=by.pk, at__gt=since).exists():
        raise OfficerRefused(
            "Kata sandi dan faktor kedua tidak diganti oleh petugas yang sama dalam 48 jam: minta petugas lain. / "
            "One officer does not replace both password and second factor within 48 hours: ask another one."
        )


def _refuse_last_manager(officer: Officer) -> None:
    """The rows are locked: two managers who remove each other at one moment would leave none."""
    active = Officer.objects.select_for_update().filter(is_active=True, is_confirmed=True).order_by("pk")
    managers = [one.pk for one in active if "manage-accounts" in ALLOWED.get(_held(one), frozenset())]
    if managers == [officer.pk]:
        raise OfficerRefused(
            "Ini satu-satunya akun yang dapat mengatur petugas. Buat yang kedua dulu. / "
            "This is the only account that can manage officers. Make a second one first."
        )


def _held(officer: Officer) -> Office:
    return next(one for one in get_args(Office) if one == officer.office)


def _ask_for_confirmation(officer: Officer) -> None:
    """Whoever comes in by new means is not taken for the person the agency confirmed."""
    if confirmers(officer):
        Officer.objects.filter(pk=officer.pk).update(is_confirmed=False)


def _invitation(officer: Officer, by: Officer) -> str:
    token = secrets.token_urlsafe(32)
    InvitationRow.objects.filter(officer=officer, used_at=None).delete()
    InvitationRow.objects.create(digest=_digest(token), officer=officer, expires_at=seconds.now() + INVITED_FOR_S)
    note_event("invited", officer, by=by)
    return token


def _digest(token: str) -> str:
    return sha256(token.encode()).hexdigest()


def _stand(officer: Officer) -> str:
    return " ".join(one for one in (officer.office, officer.agency, officer.unit) if one)


def _plain(name: str) -> str:
    return " ".join(name.replace("\0", "").split())[:150]

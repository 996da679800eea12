"""A phone asks to be enrolled: its request is scanned, or read from a list of a muster, and waits for two admins."""

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db import IntegrityError, transaction

from kawal.ledger.encoding import b64u, unb64u
from kawal.ledger.enrol_request import BadRequest, StaleRequest
from kawal.ledger.enrolling import fits
from kawal.ledger.event import Kid
from kawal.ledger.keys import BadKey, BadSignature, PublicKey
from kawal.ledger.proposing import BadProposal, Duty, make_proposal
from kawal_server.accounts.access import may
from kawal_server.accounts.models import Officer
from kawal_server.actions.devices_now import standing_of
from kawal_server.actions.keep_person import keep_person, new_salt
from kawal_server.actions.person_record import record_of
from kawal_server.store.models import DeviceRequest

ROWS_LIMIT = 2_000
COLUMNS = ("request", "who", "role", "unit", "agency")
_NOT_YET = b64u(bytes(32))
"""Stands for the commitment until a request is taken: no salt is kept for what is refused."""
_REFUSED = (BadRequest, StaleRequest, BadKey, BadSignature, BadProposal)


class NotAsked(ValueError):
    """The request was not taken; the message says why and what to do."""


@dataclass(frozen=True)
class Wanted:
    """What a scanned request is to be enrolled for. nbf, exp: UNIX seconds."""

    text: str
    who: str
    role: str
    unit: str
    agency: str
    nbf: int
    exp: int
    muster: str = ""


def request_device(officer: Officer, wanted: Wanted, *, at: int) -> DeviceRequest:
    """Take a request in. at: UNIX seconds by the post's clock. Raises: NotAsked."""
    if not may(officer, "request-device", unit=wanted.unit or None):
        raise NotAsked(
            "satuan ini bukan di bawah satuan Anda; minta petugas satuannya / this unit is not below yours; ask its own"
        )
    fitting = fits(wanted.role, wanted.agency)
    if not fitting:
        raise NotAsked(fitting.reason)
    if wanted.exp <= at:
        raise NotAsked("masa tugas sudah lewat; isi akhir tugasnya / the duty is over already; give its end")
    try:
        duty = Duty(wanted.who, wanted.role, wanted.unit, wanted.agency, wanted.nbf, wanted.exp, _NOT_YET)
        made = make_proposal(wanted.text, duty, at=at)
    except _REFUSED as error:
        raise NotAsked(str(error)) from error
    _refuse_twice(made.request.kid, wanted.who, at)
    return _keep(officer, made.request.key, duty, (made.text, made.request.nonce), muster=wanted.muster, at=at)


def renew_device(officer: Officer, kid: Kid, *, until: int, at: int) -> DeviceRequest:
    """Ask for a new term of a key that the log knows: a new enrolment, signed by two again. Raises: NotAsked."""
    held = standing_of(kid, at)
    if held is None or held.state in ("revoked", "one-agency", "waiting"):
        raise NotAsked(
            "kunci ini tidak dapat diperpanjang; daftarkan ulang / this key cannot be renewed; enrol it anew"
        )
    enrol = held.enrol
    if not may(officer, "request-device", unit=enrol.unit):
        raise NotAsked("satuan ini bukan di bawah satuan Anda / this unit is not below yours")
    if until <= max(at, enrol.exp):
        raise NotAsked("akhir yang baru harus sesudah yang lama / the new end must be after the old one")
    _refuse_twice(kid, enrol.who, at)
    duty = Duty(enrol.who, enrol.role, enrol.unit, enrol.agency, at, until, _NOT_YET)
    return _keep(officer, enrol.key, duty, ("", ""), muster="", at=at)


def _refuse_twice(kid: Kid, who: str, at: int) -> None:
    """One key stands for one person, and waits only once."""
    open_ones = DeviceRequest.objects.filter(kid=kid, state__in=("asked", "proposed"))
    if open_ones.exists():
        raise NotAsked("ponsel ini sudah menunggu tanda tangan / this phone waits for its signatures already")
    held = standing_of(kid, at)
    if held is not None and held.enrol.who != who:
        raise NotAsked(
            f"kunci ini sudah milik {held.enrol.who}; orang lain memakai ponselnya sendiri / "
            f"this key is {held.enrol.who}'s already; another person uses their own phone"
        )
    if held is not None and held.state == "revoked":
        raise NotAsked(
            "kunci ini sudah dicabut; buat kunci baru di ponsel / this key is withdrawn; make a new one on the phone"
        )


def _keep(
    officer: Officer, key: PublicKey, duty: Duty, scanned: tuple[str, str], *, muster: str, at: int
) -> DeviceRequest:
    """Keep a request with its salt, or neither. scanned: its text and nonce, both "" for a renewal."""
    text, nonce = scanned
    try:
        with transaction.atomic():
            idc = keep_person(key.kid, duty.who, salt=new_salt(), record=record_of(duty.who), at=at)
            return DeviceRequest.objects.create(
                kid=key.kid,
                alg=key.alg,
                x=b64u(key.x),
                y=b64u(key.y),
                nonce=nonce,
                text=text,
                who=duty.who,
                role=duty.role,
                unit=duty.unit,
                agency=duty.agency,
                nbf=duty.nbf,
                exp=duty.exp,
                idc=idc,
                muster=" ".join(muster.split())[:80],
                asked_by=officer.get_username(),
                asked_at=at,
            )
    except IntegrityError as error:
        raise NotAsked(
            "permintaan ini sudah pernah dipindai; minta ponsel menampilkan yang baru / "
            "this request was scanned before; let the phone show a new one"
        ) from error


def key_of(row: DeviceRequest) -> PublicKey:
    """The key that a request is for."""
    return PublicKey("ES256" if row.alg == "ES256" else "Ed25519", unb64u(row.x), unb64u(row.y))


def duty_of(row: DeviceRequest) -> Duty:
    """The duty that a request is for."""
    return Duty(row.who, row.role, row.unit, row.agency, row.nbf, row.exp, row.idc)


def read_csv(text: str, *, nbf: int, exp: int, muster: str) -> Iterator[Wanted | tuple[int, str]]:
    """A muster's list: CSV with the header `request,who,role,unit,agency`. A row that is none comes as (line, reason).

    Raises: NotAsked where the whole is no such list.
    """
    reader = csv.DictReader(io.StringIO(text))
    if reader.fieldnames is None or not set(COLUMNS) <= set(reader.fieldnames):
        raise NotAsked(f"baris pertama harus {','.join(COLUMNS)} / the first line must be {','.join(COLUMNS)}")
    for number, row in enumerate(_at_most(reader), 2):
        cells = [(row.get(name) or "").strip() for name in COLUMNS]
        if not all(cells):
            yield number, "ada kolom yang kosong / a column is empty"
        else:
            text, who, role, unit, agency = cells
            yield Wanted(text, who, role, unit, agency, nbf, exp, muster)


def _at_most(rows: Iterable[dict[str, str]]) -> Iterator[dict[str, str]]:
    for number, row in enumerate(rows):
        if number == ROWS_LIMIT:
            raise NotAsked(f"lebih dari {ROWS_LIMIT} baris; bagi daftarnya / over {ROWS_LIMIT} rows; split the list")
        yield row

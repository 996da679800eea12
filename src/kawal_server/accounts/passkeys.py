"""Passkeys and security keys (WebAuthn): bound to the host the browser stands before, and to no other."""

import ipaddress
import json
import struct
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.http.request import split_domain_port
from fido2.cose import UnsupportedKey
from fido2.server import Fido2Server
from fido2.utils import websafe_encode
from fido2.webauthn import (
    AttestedCredentialData,
    AuthenticationResponse,
    PublicKeyCredentialRpEntity,
    PublicKeyCredentialUserEntity,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from kawal_server.accounts import seconds
from kawal_server.accounts.models import FactorRow, Officer

LONGEST_ANSWER = 64 * 1024
# What the library raises for an answer that is malformed, not signed by the key, or not to what was asked. For a kind
# of key or signature it does not know it says NotImplementedError, and such an answer is refused like the others.
_UNREADABLE = (
    ValueError,
    KeyError,
    TypeError,
    AttributeError,
    IndexError,
    NotImplementedError,
    RecursionError,
    struct.error,
)


@dataclass(frozen=True)
class Asked:
    """What the browser is asked, as JSON; and what the session keeps until it answers."""

    options: str
    state: dict[str, Any]


def host_of(request: HttpRequest) -> str:
    """The host that keys are bound to here: one of KAWAL_HOSTS, as the browser asked for it. "" where keys cannot work.

    A browser gives no key to a bare address, nor over plain HTTP but to localhost.
    """
    host = split_domain_port(request.get_host())[0]
    try:
        ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        return host if request.is_secure() or host == "localhost" or host.endswith(".localhost") else ""
    return ""


def _server(request: HttpRequest) -> Fido2Server:
    origin = f"{request.scheme}://{request.get_host()}"
    return Fido2Server(
        PublicKeyCredentialRpEntity(name="Kawal", id=host_of(request)), verify_origin=lambda asked: asked == origin
    )


def keys_of(officer: Officer, rp: str) -> Sequence[FactorRow]:
    """The officer's keys for this host."""
    return list(FactorRow.objects.filter(officer=officer, kind="passkey", rp=rp)) if rp else []


def _credentials(rows: Sequence[FactorRow]) -> list[AttestedCredentialData]:
    return [AttestedCredentialData(bytes(row.secret)) for row in rows]


def ask_for_new(request: HttpRequest, officer: Officer) -> Asked:
    """Ask the browser to make a key."""
    user = PublicKeyCredentialUserEntity(
        name=officer.username, id=f"kawal-{officer.pk}".encode(), display_name=officer.get_full_name()
    )
    options, state = _server(request).register_begin(
        user,
        _credentials(keys_of(officer, host_of(request))),
        resident_key_requirement=ResidentKeyRequirement.PREFERRED,
        user_verification=UserVerificationRequirement.PREFERRED,
    )
    return Asked(json.dumps(dict(options.public_key)), state)


def add_key(request: HttpRequest, officer: Officer, state: object, answer: str, name: str) -> FactorRow | None:
    """Keep a new key; None where the answer is not to what was asked, or the key is known already."""
    try:
        made = _server(request).register_complete(state, _read(answer))
    except _UNREADABLE:
        return None
    credential = made.credential_data
    if credential is None or isinstance(credential.public_key, UnsupportedKey):
        return None
    named = websafe_encode(credential.credential_id)
    if FactorRow.objects.filter(credential=named).exists():
        return None
    return FactorRow.objects.create(
        officer=officer,
        kind="passkey",
        name=name,
        secret=bytes(credential),
        credential=named,
        rp=host_of(request),
        counter=made.counter,
        made_at=seconds.now(),
    )


def ask_for_known(request: HttpRequest, officer: Officer) -> Asked | None:
    """Ask the browser for a key the officer has; None where there is none for this host."""
    rows = keys_of(officer, host_of(request))
    if not rows:
        return None
    options, state = _server(request).authenticate_begin(
        _credentials(rows), user_verification=UserVerificationRequirement.PREFERRED
    )
    return Asked(json.dumps(dict(options.public_key)), state)


def is_key_right(request: HttpRequest, officer: Officer, state: object, answer: str) -> bool:
    """Take a key's answer. A key that counts must have counted on: else somebody copied it."""
    rows = keys_of(officer, host_of(request))
    try:
        read = AuthenticationResponse.from_dict(_read(answer))
        used = _server(request).authenticate_complete(state, _credentials(rows), read)
        count = read.response.authenticator_data.counter
    except _UNREADABLE:
        return False
    row = next(one for one in rows if one.credential == websafe_encode(used.credential_id))
    if count or row.counter:
        kept = FactorRow.objects.filter(pk=row.pk, counter__lt=count)
    else:
        kept = FactorRow.objects.filter(pk=row.pk)
    return kept.update(counter=count, used_at=seconds.now()) == 1


def _read(answer: str) -> dict[str, Any]:
    if len(answer) > LONGEST_ANSWER:
        raise ValueError("too long")
    read = json.loads(answer)
    if not isinstance(read, dict):
        raise TypeError("no object")
    return read

"""Cameras and sensors as posts: each has a token, and its heartbeat enters the log as `guard.beat` of its own post.

They enter by the same door as every event. One key of the post signs for all machines here; two administrators of
different agencies enrol it like any phone's.
"""

import secrets
from pathlib import Path

from django.conf import settings
from django.db.models import Q

from kawal.ledger.encoding import b64u, digest
from kawal.ledger.event import Eid, Kid
from kawal.ledger.keys import SigningKey
from kawal.ledger.log_of import PENGAMANAN
from kawal_server import clock
from kawal_server.accounts.access import may
from kawal_server.accounts.models import Officer
from kawal_server.actions.admin_chain import NotTaken, holding_the_keys, sign_next, sign_on
from kawal_server.actions.give_token import digest_of
from kawal_server.actions.ring import is_enrolled
from kawal_server.actions.take_in import take_in, the_ring
from kawal_server.store.key_files import SEED_BYTES, make_key, read_key
from kawal_server.store.models import DutyLine, Machine, PostLine, PostPlan
from kawal_server.store.opened import the_store

UNIT, WHO = "posko-mesin", "mesin"
TERM_S = 400 * 86_400
LEAST_BEAT_S, MOST_BEAT_S = 60, 86_400
# A machine that sends a hundred heartbeats a second is one that is there: the log needs no more than these.
MOST_OFTEN_S = 30


class BadMachine(ValueError):
    """A machine that cannot be added. The message says what is so and what to do."""


class UnknownToken(LookupError):
    """No machine has this token, or its token was withdrawn."""


def machine_key_path() -> Path:
    """Where the key lies that signs for the machines of this post."""
    path: Path = settings.KEYS / "mesin.key"
    return path


def add_machine(post: str, name: str, site: str, *, beat_s: int, unit: str = "", by: Officer | None = None) -> str:
    """Add a machine, or give one that is there a new token; the token is shown once. Raises: BadMachine.

    by: the officer who asks, None for the post itself; they take over no machine of another unit. No machine bears the
    name of a post where people stand: its row of strength 0 would take the place of what that post needs.
    """
    # PostgreSQL takes no text with a NUL.
    post, name, site = (one.replace("\0", "").strip() for one in (post, name, site))
    named, place = "-".join(post.lower().split())[:64], " ".join(name.split())[:120]
    if not named or not place or not site:
        raise BadMachine("Isi kode, nama dan tempatnya. / Fill its code, its name and its place.")
    if not LEAST_BEAT_S <= beat_s <= MOST_BEAT_S:
        raise BadMachine(
            f"Jarak denyut harus {LEAST_BEAT_S} sampai {MOST_BEAT_S} detik. / "
            f"The heartbeat must be {LEAST_BEAT_S} to {MOST_BEAT_S} seconds apart."
        )
    _refuse_name(named, by)
    token = secrets.token_urlsafe(32)
    fields = {"name": place, "site": site, "unit": unit, "beat_s": beat_s, "digest": digest_of(token)}
    Machine.objects.update_or_create(post=named, defaults={**fields, "made_at": clock.now(), "revoked_at": None})
    return token


def _refuse_name(post: str, by: Officer | None) -> None:
    held = Machine.objects.filter(post=post).first()
    if held is not None and by is not None and not may(by, "change-guard", unit=held.unit):
        raise BadMachine(f"{post}: mesin satuan lain; pilih kode lain. / Another unit's machine; choose another code.")
    line = PostLine.objects.filter(post=post).first()
    stands = PostPlan.objects.filter(post=post).exists() or DutyLine.objects.filter(post=post).exists()
    if held is None and (stands or (line is not None and any(strength for _, _, strength, _ in line.periods))):
        raise BadMachine(
            f"{post}: kode sebuah pos jaga; pilih kode lain, misalnya kam-{post}. / "
            f"The code of a post where people stand; choose another, such as kam-{post}."
        )


def withdraw_machine(post: str) -> bool:
    """Withdraw a machine's token; False where there is none that still holds."""
    return Machine.objects.filter(post=post, revoked_at=None).update(revoked_at=clock.now()) == 1


def heartbeat(token: str) -> Machine:
    """Take a machine's heartbeat; returns only after the durable commit, or at once where it came too soon.

    Raises: UnknownToken, NotTaken, kawal_server.actions.admin_chain.NotBegun, kawal_server.store.key_files.NoKeyFile,
    kawal_server.store.port.StoreFailed.
    """
    machine = Machine.objects.filter(digest=digest_of(token), revoked_at=None).first()
    if machine is None:
        raise UnknownToken
    now = clock.now()
    with holding_the_keys():
        # Under the lock: two at once are one heartbeat. Noted only once it is durable.
        is_due = Q(last_at=None) | Q(last_at__lte=now - MOST_OFTEN_S) | Q(last_at__gt=now)
        if Machine.objects.filter(is_due, post=machine.post).exists():
            _sign_beat(machine, now)
            Machine.objects.filter(post=machine.post).update(last_at=now)
    return machine


def _sign_beat(machine: Machine, at: int) -> None:
    key = _enrolled_key(at)
    beat = {"post": machine.post, "site": machine.site}
    [jws] = sign_on(PENGAMANAN, key, _root(key), [("guard.beat", beat)], at=at)
    _take(jws)


def _enrolled_key(at: int) -> SigningKey:
    """The machines' key, enrolled by Polri's and KPU's administrators where that has not been done."""
    path = machine_key_path()
    key = read_key(path) if path.is_file() else make_key(path, secrets.token_bytes(SEED_BYTES))
    ring = the_ring(PENGAMANAN)
    ring.catch_up(the_store())
    if is_enrolled(ring.devices, Kid(key.kid)):
        return key
    enrol = sign_next(
        PENGAMANAN,
        "polri",
        "ledger.enrol",
        at=at,
        kid=key.kid,
        alg="Ed25519",
        x=b64u(key.public.x),
        who=WHO,
        role="observer",
        unit=UNIT,
        agency="post",
        nbf=at - 3600,
        exp=at + TERM_S,
        idc=digest(secrets.token_bytes(16) + WHO.encode()),
    )
    _take(sign_next(PENGAMANAN, "kpu", "ledger.enrol-ok", at=at, of=_take(enrol)))
    return key


def _root(key: SigningKey) -> Eid:
    ring = the_ring(PENGAMANAN)
    ring.catch_up(the_store())
    return next(one[-1].eid for kid, one in ring.devices.enrolments.items() if kid == key.kid)


def _take(jws: bytes) -> str:
    [answer] = take_in(PENGAMANAN, [jws])
    if answer.reason is not None or answer.eid is None:
        raise NotTaken(answer.reason or "")
    return answer.eid

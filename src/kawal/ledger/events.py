"""Payload shapes of the ledger's own events, read tolerantly: unknown members are kept out of the way, not refused."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from kawal.ledger.encoding import NotCanonical, is_digest, unb64u
from kawal.ledger.event import Eid, Event, Kid
from kawal.ledger.keys import ED25519, ES256, Algorithm, BadKey, PublicKey, p256_candidates

Role = Literal[
    "kpps",
    "pps",
    "ppk",
    "kpu",
    "guard",
    "escort",
    "witness",
    "supervisor",
    "observer",
    "commander",
    "admin",
]
CUSTODIAN_ROLES = frozenset({"kpps", "pps", "ppk", "kpu"})
ESCORT_ROLES = frozenset({"guard", "escort"})
WATCHER_ROLES = frozenset({"supervisor", "witness"})


class BadShape(ValueError):
    """A signed event whose members do not have the shape of its type: kept in the log, passed over by the folds."""


@dataclass(frozen=True, slots=True)
class AdminKey:
    """One administrator of a genesis. `agency` is empty where only an enrolment tells it."""

    kid: Kid
    key: PublicKey
    agency: str


@dataclass(frozen=True, slots=True)
class Genesis:
    """Leaf 0 of a log."""

    origin: str
    admins: tuple[AdminKey, ...]
    need: int
    policy: str


@dataclass(frozen=True, slots=True)
class Enrol:
    """A device's admission, as one administrator proposes it."""

    kid: Kid
    key: PublicKey
    who: str
    role: str
    unit: str
    agency: str
    nbf: int
    exp: int


@dataclass(frozen=True, slots=True)
class Revoke:
    """A device's withdrawal: from when, and the last head that is still good."""

    kid: Kid
    since: int
    good: tuple[int, str] | None


def read_genesis(event: Event) -> Genesis:
    """Read `ledger.genesis`. Raises: BadShape."""
    rows = event.payload.get("admins")
    if not isinstance(rows, list) or not rows or not all(isinstance(row, dict) for row in rows):
        raise BadShape("genesis tanpa admin / the genesis names no admins")
    admins = tuple(_admin(row) for row in rows)
    need = event.payload.get("need")
    return Genesis(
        text(event.payload, "origin", ""), admins, need if type(need) is int else 2, text(event.payload, "policy", "")
    )


def _admin(row: Mapping[str, Any]) -> AdminKey:
    key = read_key(row)
    return AdminKey(Kid(key.kid), key, text(row, "agency", ""))


def read_enrol(event: Event) -> Enrol:
    """Read `ledger.enrol`; the key must hash to its kid. Raises: BadShape."""
    key = read_key(event.payload)
    fields = (text(event.payload, name) for name in ("who", "role", "unit", "agency"))
    who, role, unit, agency = fields
    return Enrol(Kid(key.kid), key, who, role, unit, agency, whole(event.payload, "nbf"), whole(event.payload, "exp"))


def read_key(members: Mapping[str, Any]) -> PublicKey:
    """Read `kid`, `alg`, `x` (and `y` of an ES256 key) as one public key. Raises: BadShape."""
    alg: Algorithm = ES256 if members.get("alg") == ES256 else ED25519
    if members.get("alg") not in (ED25519, ES256):
        raise BadShape("alg tidak dikenal / unknown alg")
    x, y = _coordinates(members, alg)
    key = PublicKey(alg, x, y)
    if alg == ES256 and not y:
        key = next((one for one in _candidates(x) if one.kid == members.get("kid")), key)
    if key.kid != members.get("kid"):
        raise BadShape("kid bukan sidik kunci ini / the kid is not this key's thumbprint")
    return key


def _candidates(x: bytes) -> tuple[PublicKey, ...]:
    try:
        return tuple(PublicKey(ES256, x, y) for y in p256_candidates(x))
    except BadKey as error:
        raise BadShape(str(error)) from error


def _coordinates(members: Mapping[str, Any], alg: Algorithm) -> tuple[bytes, bytes]:
    try:
        x = unb64u(text(members, "x"))
        y = unb64u(text(members, "y", "")) if alg == ES256 else b""
    except NotCanonical as error:
        raise BadShape(str(error)) from error
    # An older form gives an ES256 key as x || y in the one member `x`.
    return (x[:32], x[32:]) if alg == ES256 and len(x) == 64 and not y else (x, y)


def read_revoke(event: Event) -> Revoke:
    """Read `ledger.revoke`. Raises: BadShape."""
    good = event.payload.get("good")
    since = event.payload.get("from")
    return Revoke(
        Kid(text(event.payload, "kid")),
        since if type(since) is int else event.ts,
        read_head(good) if good is not None else None,
    )


def read_head(value: object) -> tuple[int, str]:
    """Read a chain head [seq, eid]. Raises: BadShape."""
    if isinstance(value, list) and len(value) == 2 and type(value[0]) is int and isinstance(value[1], str):
        return value[0], value[1]
    raise BadShape("bukan [seq, eid] / not [seq, eid]")


def answers(event: Event) -> tuple[Eid, ...]:
    """The eids an event answers or attests (`of`, one or a list); what is not an eid is left out."""
    of = event.payload.get("of")
    many = of if isinstance(of, list) else [of]
    return tuple(Eid(one) for one in many if isinstance(one, str) and is_digest(one))


def partner_head(event: Event) -> tuple[int, Eid] | None:
    """The head of another device's chain that this event pins (`hb`), if it pins one."""
    try:
        seq, eid = read_head(event.payload.get("hb"))
    except BadShape:
        return None
    return (seq, Eid(eid)) if is_digest(eid) else None


def text(members: Mapping[str, Any], name: str, default: str | None = None) -> str:
    """One text member. Raises: BadShape where it is missing and has no default, or is no text."""
    value = members.get(name, default)
    if not isinstance(value, str):
        raise BadShape(f"{name} bukan teks / {name} is not a text")
    return value


def whole(members: Mapping[str, Any], name: str) -> int:
    """One whole-number member. Raises: BadShape."""
    value = members.get(name)
    if type(value) is not int:
        raise BadShape(f"{name} bukan bilangan bulat / {name} is not a whole number")
    return value

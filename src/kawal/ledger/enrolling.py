"""Who may enrol whom: each agency proposes its own people, another one confirms, and a role fits the agency it is in.

The fold counts any two administrators of two agencies (`devices`). These rules are what the tools keep to before that.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from kawal.ledger.encoding import digest
from kawal.ledger.events import Enrol
from kawal.ledger.log_of import KOTAK, LOG_NAMES, LogName

SALT_BYTES = 16
PROPOSED_BY: Mapping[str, str] = {
    "kpps": "kpu",
    "pps": "kpu",
    "ppk": "kpu",
    "kpu": "kpu",
    "bawaslu": "bawaslu",
    "party": "bawaslu",
    "polri": "polri",
    "tni": "polri",
    "linmas": "polri",
    "satpolpp": "polri",
    "pemda": "polri",
    "post": "polri",
}
"""The agency of a device -> the agency whose administrator proposes it."""
ADMIN_AGENCIES = ("kpu", "bawaslu", "polri")
_FORCE = frozenset({"polri", "tni", "linmas", "satpolpp"})
AGENCIES_OF: Mapping[str, frozenset[str]] = {
    "kpps": frozenset({"kpps"}),
    "pps": frozenset({"pps"}),
    "ppk": frozenset({"ppk"}),
    "kpu": frozenset({"kpu"}),
    "guard": _FORCE,
    "escort": _FORCE,
    "commander": _FORCE,
    "supervisor": frozenset({"bawaslu"}),
    "witness": frozenset({"party"}),
    "observer": frozenset({"kpu", "ppk", "bawaslu", "polri", "tni", "pemda", "post"}),
    "admin": frozenset(ADMIN_AGENCIES),
}
"""A role -> the agencies it can be held in."""
_ONE_LOG = frozenset({"witness", "observer"})


@dataclass(frozen=True, slots=True)
class Ruling:
    """Whether something may be signed; `reason` says why not, and what to do."""

    is_allowed: bool
    reason: str = ""

    def __bool__(self) -> bool:
        return self.is_allowed


_YES = Ruling(True)


def fits(role: str, agency: str) -> Ruling:
    """Whether a role can be held in an agency: a guard is no custodian, and only KPU's bodies hold boxes."""
    held_in = AGENCIES_OF.get(role)
    if held_in is None:
        return _no(
            f"peran {role} tidak dikenal; pilih dari daftar", f"the role {role} is not known; choose a listed one"
        )
    if agency not in held_in:
        named = ", ".join(sorted(held_in))
        return _no(
            f"peran {role} tidak ada di lembaga {agency}, hanya di {named}; perbaiki peran atau lembaganya",
            f"the role {role} is not held in {agency}, only in {named}; correct the role or the agency",
        )
    return _YES


def may_propose(admin_agency: str, device_agency: str, role: str) -> Ruling:
    """Whether an administrator of one agency may propose a device of another in a role."""
    fitting = fits(role, device_agency)
    if not fitting:
        return fitting
    proposer = PROPOSED_BY[device_agency]
    if admin_agency != proposer:
        return _no(
            f"perangkat {device_agency} diusulkan oleh admin {proposer}, bukan {admin_agency or 'tanpa lembaga'}",
            f"devices of {device_agency} are proposed by an admin of {proposer}, not of {admin_agency or 'none'}",
        )
    return _YES


def may_confirm(first_agency: str, second_agency: str) -> Ruling:
    """Whether an administrator of the second agency may confirm what one of the first proposed: never its own."""
    if second_agency not in ADMIN_AGENCIES:
        return _no(
            "yang kedua harus admin KPU, Bawaslu atau Polri",
            "the second must be an administrator of KPU, Bawaslu or Polri",
        )
    if first_agency == second_agency or not first_agency:
        return _no(
            f"penanda tangan kedua harus dari lembaga lain, bukan {second_agency} lagi",
            f"the second signer must be of another agency, not of {second_agency} again",
        )
    return _YES


def may_stand(enrol: Enrol, first_agency: str, second_agency: str) -> Ruling:
    """Whether the second may confirm this: proposed by whom it had to be, and the second of another agency."""
    proposed = may_propose(first_agency, enrol.agency, enrol.role)
    return may_confirm(first_agency, second_agency) if proposed else proposed


def logs_of(role: str) -> tuple[LogName, ...]:
    """The logs a role writes to: everyone reports incidents, but witnesses and observers stay out of pengamanan."""
    return (KOTAK,) if role in _ONE_LOG else LOG_NAMES


def commitment(salt: bytes, record: str) -> str:
    """The `idc` of an enrolment. salt: 16 random bytes. Raises: ValueError for another length."""
    if len(salt) != SALT_BYTES:
        raise ValueError(f"a salt has {SALT_BYTES} bytes")
    return digest(salt + record.encode())


def _no(indonesian: str, english: str) -> Ruling:
    return Ruling(False, f"{indonesian} / {english}")

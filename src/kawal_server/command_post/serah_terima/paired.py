"""A hand-over as a page shows it: two parties, what became of it, who saw it and who should have."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from kawal.ledger.events import ESCORT_ROLES, WATCHER_ROLES
from kawal_server.command_post.kinds import difference_name, role_name
from kawal_server.command_post.serah_terima.asked import LATE_S, STATES
from kawal_server.store.models import HandOverLine

_LOOKS = {
    "menunggu": "tidak diketahui",
    "diterima": "aman",
    "catatan": "bahaya",
    "ditolak": "perhatian",
    "dibatalkan": "tidak diketahui",
    "kertas": "perhatian",
}
_OWED = ((ESCORT_ROLES, gettext_noop("pengawal")), (WATCHER_ROLES, gettext_noop("pengawas atau saksi")))


@dataclass(frozen=True)
class Pair:
    """One hand-over. `missing`: whose attest is owed; `differences`: (box, what the receiver wrote, seals read)."""

    line: HandOverLine
    state: str
    look: str
    is_late: bool
    attested: tuple[str, ...]
    missing: tuple[str, ...]
    differences: tuple[tuple[str, str, str], ...]


def pair_of(line: HandOverLine, now: int) -> Pair:
    """Read a line of the projection. now: UNIX seconds."""
    is_late = line.state == "menunggu" and line.at <= now - LATE_S
    roles = {str(one) for one in line.attested_by}
    is_over = line.state in ("diterima", "catatan", "kertas")
    missing = tuple(_(name) for owed, name in _OWED if is_over and not roles & owed)
    look = "perhatian" if is_late else _LOOKS.get(line.state, "tidak diketahui")
    return Pair(
        line,
        _(STATES[line.state][0]) if line.state in STATES else line.state,
        "perhatian" if look == "aman" and missing else look,
        is_late,
        tuple(role_name(role) for role in sorted(roles)),
        missing,
        tuple(_difference(row) for row in line.differences if isinstance(row, list) and len(row) > 1),
    )


def _difference(row: list[object]) -> tuple[str, str, str]:
    seals = row[2] if len(row) > 2 and isinstance(row[2], list) else []
    return str(row[0])[:64], difference_name(str(row[1])), ", ".join(str(one) for one in seals if one is not None)

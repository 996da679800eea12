"""How a device looks on the page: its key's state by shape and word, its last contact, and who may see it at all."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from kawal.ledger.contact import is_known
from kawal.ledger.enrolling import PROPOSED_BY
from kawal.ledger.event import Kid
from kawal.ledger.log_of import LOG_NAMES, LogName
from kawal_server.accounts.access import Action, may
from kawal_server.accounts.models import Officer
from kawal_server.actions.devices_now import Standing, State, waiting
from kawal_server.command_post.kinds import role_name
from kawal_server.store.models import DeviceContact, DeviceRequest
from kawal_server.store.opened import the_store
from kawal_server.store.port import DeviceHead
from kawal_server.store.units import the_units

STATES: Mapping[State, tuple[str, str]] = {
    "revoked": ("bahaya", gettext_noop("dicabut")),
    "one-agency": ("bahaya", gettext_noop("satu lembaga, tidak berlaku")),
    "expired": ("tidak diketahui", gettext_noop("kedaluwarsa")),
    "waiting": ("perhatian", gettext_noop("menunggu tanda tangan kedua")),
    "soon": ("perhatian", gettext_noop("berlaku, habis dalam 24 jam")),
    "future": ("perhatian", gettext_noop("belum mulai")),
    "good": ("aman", gettext_noop("berlaku")),
}
"""State of a key -> its look and its word, gravest first."""
WHYS: Mapping[str, str] = {
    "lost": gettext_noop("hilang"),
    "stolen": gettext_noop("dicuri"),
    "role-end": gettext_noop("tugas selesai"),
    "compromised": gettext_noop("kunci mungkin disalin orang"),
}
_OWN_ONLY = ("kpu", "bawaslu")


@dataclass(frozen=True)
class Row:
    """One device in the list. seen_at: last contact; is_known: False once it is too long ago to tell anything."""

    standing: Standing
    look: str
    word: str
    role: str
    seen_at: int | None
    is_known: bool
    app: str
    queue: int | None
    battery: int | None
    heads: tuple[tuple[LogName, int], ...]
    name: str = ""

    @property
    def kid(self) -> Kid:
        """The key id."""
        return self.standing.kid


def state_word(state: State) -> tuple[str, str]:
    """The look and the word of a key's state."""
    look, word = STATES[state]
    return look, _(word)


def sees(officer: Officer, action: Action = "see-devices") -> Callable[[Standing], bool]:
    """Which devices an officer may see: within the own unit; KPU and Bawaslu only their own agencies'.

    How many phones guard a post is not theirs to read; what waits for a second signature is.
    """
    below = set(the_units().below(officer.unit)) if officer.unit else None
    is_allowed = may(officer, action)
    pending = {one.kid for one in waiting()}

    def one(standing: Standing) -> bool:
        if not is_allowed or (below is not None and standing.unit not in below):
            return False
        own = officer.office not in _OWN_ONLY or PROPOSED_BY.get(standing.enrol.agency) == officer.office
        return own or standing.kid in pending

    return one


def own_requests(officer: Officer, rows: QuerySet[DeviceRequest]) -> QuerySet[DeviceRequest]:
    """The requests an officer may see: KPU and Bawaslu those of their own agencies, for the same reason."""
    if officer.office not in _OWN_ONLY:
        return rows
    return rows.filter(agency__in=[agency for agency, by in PROPOSED_BY.items() if by == officer.office])


def rows(standings: Iterable[Standing], names: Mapping[str, str], *, now: int) -> list[Row]:
    """Devices as rows: the gravest first, then those that have been silent longest."""
    heads = heads_by_kid()
    contacts = {one.pk: one for one in DeviceContact.objects.all()}
    many = [row_of(one, heads.get(one.kid, ()), contacts.get(one.kid), names, now=now) for one in standings]
    order = list(STATES)
    return sorted(many, key=lambda row: (order.index(row.standing.state), row.seen_at or 0, row.kid))


def heads_by_kid() -> dict[Kid, tuple[tuple[LogName, DeviceHead], ...]]:
    """The heads of every device's chains."""
    found: dict[Kid, tuple[tuple[LogName, DeviceHead], ...]] = {}
    for log in LOG_NAMES:
        for head in the_store().device_heads(log):
            found[head.kid] = (*found.get(head.kid, ()), (log, head))
    return found


def row_of(
    standing: Standing,
    heads: tuple[tuple[LogName, DeviceHead], ...],
    contact: DeviceContact | None,
    names: Mapping[str, str],
    *,
    now: int,
) -> Row:
    """One device as a row."""
    times = [head.received_at for _log, head in heads] + ([contact.at] if contact is not None else [])
    seen_at = max(times, default=None)
    look, word = state_word(standing.state)
    return Row(
        standing,
        look,
        word,
        role_name(standing.enrol.role),
        seen_at,
        is_known(standing.enrol.role, seen_at, now),
        contact.app if contact is not None else "",
        contact.queue if contact is not None else None,
        contact.battery if contact is not None else None,
        tuple((log, head.seq) for log, head in heads),
        names.get(standing.enrol.who, ""),
    )

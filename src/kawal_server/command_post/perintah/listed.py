"""Orders as pages show them: what somebody has not taken on yet stands first, the longest waiting before others."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from kawal.command.orders import OrderState, order_state
from kawal_server.accounts.access import within_reach
from kawal_server.store.evidence import the_blobs
from kawal_server.store.models import OrderDraft, OrderLine, OrderUnitLine

EXPIRING_S = 24 * 3_600
LATE_S = 2 * 3_600
TITLE_LENGTH = 200
STATES: Mapping[str, str] = {
    "menunggu": gettext_noop("Belum diterima semua"),
    "segera": gettext_noop("Segera berakhir"),
    "berlaku": gettext_noop("Berlaku, diterima semua"),
    "berakhir": gettext_noop("Berakhir"),
    "diganti": gettext_noop("Diganti perintah lain"),
}
_LOOKS = {
    "menunggu": "perhatian",
    "segera": "perhatian",
    "berlaku": "aman",
    "berakhir": "tidak diketahui",
    "diganti": "keterangan",
}
_OVER: Mapping[OrderState, str] = {"expired": "berakhir", "superseded": "diganti"}


@dataclass(frozen=True)
class UnitShown:
    """One addressed unit. state: terima, baca, belum."""

    unit: str
    read_at: int | None
    ack_at: int | None

    @property
    def state(self) -> str:
        """How far it is."""
        return "terima" if self.ack_at is not None else "baca" if self.read_at is not None else "belum"

    @property
    def look(self) -> str:
        """Taken on is safe; only read is not; nothing heard is not known."""
        return {"terima": "aman", "baca": "perhatian", "belum": "tidak diketahui"}[self.state]


@dataclass(frozen=True)
class OrderShown:
    """One order. left_s: seconds until it ends, below 0 once it has, None where it names no end."""

    line: OrderLine
    title: str
    state: str
    units: tuple[UnitShown, ...]
    left_s: int | None
    is_late: bool

    @property
    def name(self) -> str:
        """Its state in words."""
        return _(STATES[self.state])

    @property
    def look(self) -> str:
        """Units that have not answered for two hours make it grave."""
        return "bahaya" if self.is_late else _LOOKS[self.state]

    @property
    def awaited(self) -> tuple[UnitShown, ...]:
        """The units that have not taken it on."""
        return tuple(one for one in self.units if one.ack_at is None)

    @property
    def is_live(self) -> bool:
        """Whether it still binds."""
        return self.state not in _OVER.values()


def orders_within(officer: object) -> QuerySet[OrderLine]:
    """The orders addressed to a unit within an officer's reach; every order where the office reaches them all."""
    if not getattr(officer, "unit", ""):
        return OrderLine.objects.all()
    reached = within_reach(officer, "see-orders", OrderUnitLine.objects.all())
    return OrderLine.objects.filter(eid__in=reached.values("eid"))


def shown(lines: Iterable[OrderLine], now: int) -> list[OrderShown]:
    """Orders as pages show them, in the order in which somebody must care. now: UNIX seconds."""
    many = list(lines)
    units: dict[str, list[UnitShown]] = {}
    for row in OrderUnitLine.objects.filter(eid__in=[line.eid for line in many]):
        units.setdefault(row.eid, []).append(UnitShown(row.unit, row.read_at, row.ack_at))
    made = [_shown(line, tuple(units.get(line.eid, ())), now) for line in many]
    place = {state: at for at, state in enumerate(STATES)}
    return sorted(made, key=lambda one: (place[one.state], one.line.at if one.state == "menunggu" else -one.line.at))


def _shown(line: OrderLine, units: tuple[UnitShown, ...], now: int) -> OrderShown:
    standing = order_state(line.until, now, within_s=EXPIRING_S, is_superseded=bool(line.superseded_by))
    is_awaited = any(one.ack_at is None for one in units)
    if standing in _OVER:
        state = _OVER[standing]
    else:
        state = "menunggu" if is_awaited or not units else "segera" if standing == "expiring" else "berlaku"
    is_late = state == "menunggu" and now - line.at >= LATE_S
    left_s = None if line.until is None else line.until - now
    return OrderShown(line, title_of(line.mh) or line.number or "—", state, units, left_s, is_late)


def text_of(mh: str) -> str | None:
    """An order's text; None where it has not reached this post."""
    data = the_blobs().read(mh)
    return None if data is None else data.decode("utf-8", "replace")


@lru_cache(maxsize=2_000)
def _title(mh: str) -> str:
    text = text_of(mh)
    if text is None:
        # Not kept: the text may come tomorrow.
        raise LookupError(mh)
    first = next((line for line in text.splitlines() if line.strip()), "")
    return first.lstrip("# ").strip()[:TITLE_LENGTH]


def title_of(mh: str) -> str:
    """What an order is about: the first line of its text; "" where the text is not here."""
    try:
        return _title(mh)
    except LookupError:
        return ""


def waiting_drafts(officer: object) -> list[OrderDraft]:
    """The drafts within reach that nobody issued, and those just issued that the judge has not read yet."""
    rows = list(within_reach(officer, "issue-order", OrderDraft.objects.all())[:100])
    known = set(OrderLine.objects.filter(eid__in=[row.eid for row in rows if row.eid]).values_list("eid", flat=True))
    return [row for row in rows if row.eid not in known]

"""Reading the audit book: the newest leaves that fit what was asked, found without reading the whole log."""

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import QueryDict

from kawal.ledger.devices import Devices
from kawal.ledger.event import Event, Kid, read_event
from kawal.ledger.log_of import LogName
from kawal_server.actions.take_in import the_ring
from kawal_server.actions.tell_box import leaves_about
from kawal_server.command_post.buku_audit.address import read_log
from kawal_server.command_post.kinds import kind_name, role_name
from kawal_server.store.opened import the_store
from kawal_server.store.port import Leaf, Store

ROWS = 100
WINDOW = 500
SCAN = 5_000
TEXT_LIMIT = 64


@dataclass(frozen=True)
class Asked:
    """The filters by their names in the address. `sebelum`: only leaves before this index; None begins at the end."""

    log: LogName = "kotak"
    jenis: str = ""
    perangkat: str = ""
    satuan: str = ""
    kotak: str = ""
    sebelum: int | None = None

    @property
    def is_filtered(self) -> bool:
        """Whether not every leaf is asked for."""
        return bool(self.jenis or self.perangkat or self.satuan or self.kotak)

    @property
    def address(self) -> str:
        """The query of an address for the newest of these."""
        return self.address_before(None)

    def address_before(self, index: int | None) -> str:
        """The query of an address for those before an index."""
        asked = {**self.__dict__, "sebelum": index}
        return urlencode({name: value for name, value in asked.items() if value not in ("", None)})


@dataclass(frozen=True)
class Row:
    """One leaf in the list."""

    index: int
    name: str
    event: Event
    unit: str
    role: str
    received_at: int


@dataclass(frozen=True)
class BookPage:
    """What was found. `before`: where to read on, None at the log's beginning; `is_cut`: the search gave up for now."""

    rows: tuple[Row, ...]
    before: int | None
    is_cut: bool


def read_asked(query: QueryDict) -> Asked:
    """Read the filters of an address; what is not known counts as not asked."""
    before = query.get("sebelum", "")
    is_number = before.isascii() and before.isdigit() and len(before) < 16
    return Asked(
        read_log(query.get("log", "")),
        jenis=_clean(query.get("jenis", "")),
        perangkat=_clean(query.get("perangkat", "")),
        satuan=_clean(query.get("satuan", "")),
        kotak=_clean(query.get("kotak", "")),
        sebelum=int(before) if is_number else None,
    )


def _clean(text: str) -> str:
    return " ".join(text.replace("\0", "").split())[:TEXT_LIMIT]


def read_page(asked: Asked) -> BookPage:
    """The newest leaves that fit, at most ROWS; a search looks at no more than SCAN leaves at a time."""
    store = the_store()
    ring = the_ring(asked.log)
    ring.catch_up(store)
    devices = ring.devices
    size = store.head(asked.log).size
    end = size if asked.sebelum is None else min(asked.sebelum, size)
    rows: list[Row] = []
    seen = end
    for leaf in _backwards(store, asked, end):
        seen = leaf.index
        row = _row(leaf, devices)
        if _fits(row, asked):
            rows.append(row)
        if len(rows) == ROWS or (asked.is_filtered and end - seen >= SCAN and not asked.kotak):
            break
    is_more = seen > 0 and (len(rows) == ROWS or end - seen >= SCAN) and not (asked.kotak and len(rows) < ROWS)
    return BookPage(tuple(rows), seen if is_more else None, is_more and len(rows) < ROWS)


def _backwards(store: Store, asked: Asked, end: int) -> Iterator[Leaf]:
    if asked.kotak:
        yield from (leaf for leaf in reversed(leaves_about(store, asked.log, asked.kotak)) if leaf.index < end)
        return
    step = WINDOW if asked.is_filtered else ROWS
    while end > 0:
        start = max(0, end - step)
        yield from reversed(store.leaves(asked.log, start, end))
        end = start


def _row(leaf: Leaf, devices: Devices) -> Row:
    event = read_event(leaf.jws).event
    role, unit = signer(devices, event.kid, event.ts)
    return Row(leaf.index, kind_name(event.t), event, unit, role, leaf.received_at)


def signer(devices: Devices, kid: Kid, at: int) -> tuple[str, str]:
    """The role in words, and the unit, of whoever signed at a second."""
    found = devices.enrolment(kid, at)
    if found is None:
        return (role_name("admin") if kid in devices.admins else ""), ""
    return role_name(found.enrol.role), found.enrol.unit


def _fits(row: Row, asked: Asked) -> bool:
    return (
        row.event.t.startswith(asked.jenis)
        and row.event.kid.startswith(asked.perangkat)
        and asked.satuan.lower() in row.unit.lower()
    )

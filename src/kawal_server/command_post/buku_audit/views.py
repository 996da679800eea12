"""The audit book: every leaf of both logs, how far they are published, and their devices."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.cache import patch_vary_headers

from kawal.ledger.devices import Devices
from kawal.ledger.encoding import b64
from kawal.ledger.log_of import LOG_NAMES, LogName
from kawal_server.accounts.access import AuthenticatedRequest, may, who_may
from kawal_server.actions.check_leaf import LeafChecker, read_policy_of
from kawal_server.actions.take_export import export, zipped
from kawal_server.actions.take_in import the_ring
from kawal_server.command_post.buku_audit.address import read_log
from kawal_server.command_post.buku_audit.book import read_asked, read_page, signer
from kawal_server.command_post.buku_audit.readers import allow, logs_of
from kawal_server.command_post.evidence import zone_of_post
from kawal_server.command_post.sending import send
from kawal_server.store.opened import the_store
from kawal_server.store.port import DeviceHead

DEVICES = 100
KINDS = (
    "custody.",
    "custody.offer",
    "custody.accept",
    "custody.seal",
    "custody.open",
    "pleno.",
    "convoy.",
    "guard.",
    "incident.",
    "ledger.",
    "ledger.attest",
    "ledger.enrol",
    "register.",
    "order.",
    "sitrep.",
)


@dataclass(frozen=True)
class Stand:
    """How far a log is published. `witnesses`: (name, when it cosigned, or None); `at`: the newest of these times."""

    log: LogName
    origin: str
    size: int
    root: str
    published: int | None
    published_root: str
    at: int | None
    is_met: bool
    witnesses: Sequence[tuple[str, int | None]]


@dataclass(frozen=True)
class Device:
    """A device of a log, and the head of its chain."""

    head: DeviceHead
    role: str
    unit: str
    state: str


@who_may("see-ledger")
def browse(request: AuthenticatedRequest) -> HttpResponse:
    """The newest events of a log; asked for in the background, only the list and how far the log is."""
    asked = read_asked(request.GET)
    allow(request.user, asked.log)
    around = {
        "asked": asked,
        "page": (page := read_page(asked)),
        "older": None if page.before is None else asked.address_before(page.before),
        "stand": stand_of(asked.log),
        "logs": logs_of(request.user),
        "kinds": KINDS,
        "zone": zone_of_post(),
        "may_give": may(request.user, "give-token"),
        "may_take": may(request.user, "take-export"),
    }
    is_part = request.headers.get("HX-Request") == "true"
    answer = render(request, "buku_audit/board.html" if is_part else "buku_audit/book.html", around)
    patch_vary_headers(answer, ["HX-Request"])
    return answer


def stand_of(log: LogName) -> Stand:
    """How far a log has grown, and how far of it witnesses have seen."""
    store = the_store()
    head = store.head(log)
    checker = LeafChecker(log, store)
    published = checker.published
    times = checker.witness_times or {}
    policy = read_policy_of(log)
    names = sorted(policy.witnesses) if policy else []
    return Stand(
        log,
        store.origin(log) or "",
        head.size,
        b64(head.root()),
        published[1].size if published else None,
        b64(published[1].root) if published else "",
        max(times.values(), default=None),
        checker.witness_times is not None,
        [(name, times.get(name)) for name in names],
    )


@who_may("see-ledger")
def devices(request: AuthenticatedRequest, log: LogName) -> HttpResponse:
    """The devices of a log: those that have been silent longest come first."""
    allow(request.user, log)
    store = the_store()
    ring = the_ring(log)
    ring.catch_up(store)
    heads = sorted(store.device_heads(log), key=lambda one: (one.received_at, one.kid))
    number = request.GET.get("halaman", "1")
    page = Paginator(heads, DEVICES).get_page(number)
    rows = [_device(head, ring.devices) for head in page]
    around = {"log": log, "rows": rows, "page": page, "total": len(heads), "zone": zone_of_post()}
    return render(request, "buku_audit/devices.html", around)


def _device(head: DeviceHead, known: Devices) -> Device:
    role, unit = signer(known, head.kid, head.ts)
    if head.kid in known.revocations:
        state = "revoked"
    elif head.count > head.seq:
        state = "forked"
    else:
        state = "gap" if head.count < head.seq else "whole"
    return Device(head, role, unit, state)


@who_may("take-export")
def download_export(request: AuthenticatedRequest) -> HttpResponseBase:
    """One log or both as an export that anyone can verify."""
    asked = request.GET.get("log", "")
    logs: Sequence[LogName] = LOG_NAMES if asked == "semua" else (read_log(asked),)
    for log in logs:
        allow(request.user, log)
    return send(request, _zip(logs), name=f"kawal-{'-'.join(logs)}.zip", content_type="application/zip")


def _zip(logs: Sequence[LogName]) -> Iterator[bytes]:
    return zipped(export(logs))

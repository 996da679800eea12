"""One leaf of the audit book: what was signed, by whom, in which chain, and its proof."""

import json
from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render

from kawal.ledger.event import BadEvent, Eid, Envelope, Event, read_event
from kawal.ledger.events import answers
from kawal.ledger.log_of import LogName
from kawal_server.accounts.access import AuthenticatedRequest, who_may
from kawal_server.actions.check_leaf import LeafChecker, NoCheckpoint, Verdict
from kawal_server.actions.take_in import the_ring
from kawal_server.command_post.buku_audit.book import signer
from kawal_server.command_post.buku_audit.readers import allow
from kawal_server.command_post.evidence import Reference, references, zone_of_post
from kawal_server.command_post.kinds import kind_name, standing_name
from kawal_server.command_post.plain import plain
from kawal_server.store.opened import the_store
from kawal_server.store.port import Leaf, Store

NEXT_SCAN = 2_000
_DOWNLOAD = {"X-Content-Type-Options": "nosniff", "Cache-Control": "private, no-store"}


@dataclass(frozen=True)
class Chain:
    """The neighbours of an event in its device's chain. `is_head`: nothing follows it."""

    previous: Reference | None
    following: int | None
    is_head: bool


@who_may("see-ledger")
def show_leaf(request: AuthenticatedRequest, log: LogName, index: int) -> HttpResponse:
    """A leaf with everything checked just now."""
    allow(request.user, log)
    store = the_store()
    found = store.leaves(log, index, index + 1)
    if not found:
        return _no_leaf(request, log, index)
    leaf = found[0]
    around: dict[str, object] = {"log": log, "leaf": leaf, "jws": leaf.jws.decode("ascii", "replace")}
    around.update(size=store.head(log).size, zone=zone_of_post())
    try:
        envelope = read_event(leaf.jws)
    except BadEvent as error:
        return render(request, "buku_audit/leaf.html", {**around, "unreadable": str(error)})
    return render(request, "buku_audit/leaf.html", {**around, **_told(store, log, leaf, envelope)})


def _told(store: Store, log: LogName, leaf: Leaf, envelope: Envelope) -> dict[str, object]:
    event = envelope.event
    checker = LeafChecker(log, store)
    known = the_ring(log).devices
    role, unit = signer(known, event.kid, event.ts)
    verdict: Verdict = checker.check([(leaf.index, envelope)])[event.eid]
    return {
        "event": event,
        "name": kind_name(event.t),
        "alg": envelope.alg,
        "payload": pretty(event),
        "verdict": verdict,
        "published": checker.published[1].size if checker.published else None,
        "role": role,
        "unit": unit,
        "standing": standing_name(known.standing(event, event.ts)),
        "chain": _chain(store, log, leaf, event),
        "answered": list(references(answers(event)).values()) if "of" in event.payload else [],
    }


def pretty(event: Event) -> str:
    """The payload for reading: nothing in it can hide or turn the text around it."""
    return plain(json.dumps(event.payload, ensure_ascii=False, indent=2))


def _chain(store: Store, log: LogName, leaf: Leaf, event: Event) -> Chain:
    previous = references([Eid(event.prev)]).get(Eid(event.prev)) if event.prev else None
    later = store.leaves(log, leaf.index + 1, leaf.index + 1 + NEXT_SCAN)
    following = next((one.index for one in later if _follows(one, event)), None)
    if following is not None:
        return Chain(previous, following, False)
    is_head = any(head.kid == event.kid and head.eid == event.eid for head in store.device_heads(log))
    return Chain(previous, None, is_head)


def _follows(leaf: Leaf, event: Event) -> bool:
    try:
        other = read_event(leaf.jws).event
    except BadEvent:
        return False
    return other.kid == event.kid and other.prev == event.eid


def _no_leaf(request: AuthenticatedRequest, log: LogName, index: int) -> HttpResponse:
    around = {"log": log, "index": index, "size": the_store().head(log).size}
    return render(request, "buku_audit/no_leaf.html", around, status=404)


@who_may("see-ledger")
def download_jws(request: AuthenticatedRequest, log: LogName, index: int) -> HttpResponse:
    """The event as it was signed."""
    allow(request.user, log)
    found = the_store().leaves(log, index, index + 1)
    if not found:
        return _no_leaf(request, log, index)
    headers = {**_DOWNLOAD, "Content-Disposition": f'attachment; filename="{log}-{index}.jws"'}
    return HttpResponse(found[0].jws, content_type="application/jose", headers=headers)


@who_may("see-ledger")
def download_proof(request: AuthenticatedRequest, log: LogName, index: int) -> HttpResponse:
    """The proof that an event stands in the log that the witnesses saw."""
    try:
        proof = LeafChecker(log).proof_file(index)
    except NoCheckpoint as error:
        return HttpResponse(f"{error}\n", content_type="text/plain; charset=utf-8", status=404)
    headers = {**_DOWNLOAD, "Content-Disposition": f'attachment; filename="{log}-{index}.tlog-proof"'}
    return HttpResponse(proof, content_type="application/octet-stream", headers=headers)

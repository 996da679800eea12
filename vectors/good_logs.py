"""Good vectors of what is derived from a log: who counts, when things happened, in which order, and what is wrong."""

from collections.abc import Callable, Iterator
from typing import Any

from kawal.ledger.encoding import b64, b64u
from kawal.ledger.findings import ledger_findings
from kawal.ledger.history import build_history
from kawal.ledger.limits import default_limits
from kawal.ledger.reading import LogReader, Witnessed
from kawal.ledger.tree import Tree, leaf_hash
from vectors.hostile_events import File
from vectors.scene import OPENED_AT, Device, Log, es256_key_of, with_high_s

Witness = list[tuple[int, int]]


def log_files() -> Iterator[File]:
    """Give every good vector of a log."""
    about = (
        "Logs leaf by leaf, with what each event counts for, its provable interval [lo, hi], the order of the fold "
        "over the events that count, and each ledger finding as [code, severity, subject]. Times are UNIX seconds."
    )
    cases = [{"about": about, **_judged(*make())} for about, make in CASES.items()]
    yield "good/log.json", {"name": "log", "about": about, "kind": "log", "cases": cases}


def _judged(log: Log, witnessed: Witness) -> dict[str, Any]:
    reader = LogReader("kotak")
    for jws in log.leaves:
        reader.take(jws.encode())
    tree = Tree([leaf_hash(jws.encode()) for jws in log.leaves])
    heads = [Witnessed(size, tree.root(size), OPENED_AT + at) for size, at in witnessed]
    content = reader.finish(heads)
    history = build_history([content])
    assert not content.problems
    return {
        "leaves": log.leaves,
        "witnessed": [{"size": one.size, "root": b64(one.root), "time": one.at} for one in heads],
        "now": history.now,
        "standing": dict(sorted(history.standing.items())),
        "intervals": {eid: [one.lo, one.hi] for eid, one in sorted(history.intervals.items())},
        "order": [event.eid for event in history.events],
        "findings": [[one.code, one.severity, one.subject] for one in ledger_findings(history, default_limits())],
    }


def _opened() -> tuple[Log, Device, Device, Device]:
    log = Log()
    log.open(kpu="kpu", bawaslu="bawaslu", post="post")
    kpps = log.enrol("kpps-5303052001003", "kpps", "kpps-5303052001003", by="kpu", ok="bawaslu")
    ppk = log.enrol("ppk-530305", "ppk", "ppk-530305", by="kpu", ok="bawaslu", at=120)
    guard = log.enrol("guard-1", "guard", "polres-5303", by="post", ok="bawaslu", at=180, agency="polri")
    return log, kpps, ppk, guard


def _hand_over(log: Log, giver: Device, receiver: Device, at: int, *, fast: int = 0) -> tuple[str, str]:
    offer = log.sign(
        giver,
        "custody.offer",
        at,
        what="box",
        to=receiver.key.kid,
        hb=[receiver.seq, receiver.head],
        n=1,
        items=[["GUB-1", []]],
    )
    return offer, log.sign(receiver, "custody.accept", at + 60 + fast, of=offer, res="ok")


def _clean() -> tuple[Log, Witness]:
    log, kpps, ppk, guard = _opened()
    log.sign(kpps, "custody.seal", 3600, box="GUB-1", seals=[], why="vote")
    offer, accept = _hand_over(log, kpps, ppk, 7200)
    log.sign(guard, "ledger.attest", 7290, of=[offer, accept])
    log.sign(kpps, "custody.close", 7300, of=accept, rtt=60)
    log.sign(kpps, "ledger.head", 7400, n=kpps.seq, eid=kpps.head)
    return log, [(7, 900), (len(log.leaves), 8000)]


def _arrived_backwards() -> tuple[Log, Witness]:
    log, witnessed = _clean()
    log.leaves[7:] = log.leaves[:6:-1]
    return log, witnessed


def _fast_clock() -> tuple[Log, Witness]:
    log, kpps, ppk, guard = _opened()
    offer, accept = _hand_over(log, kpps, ppk, 7200, fast=300)
    log.sign(kpps, "custody.close", 7290, of=accept, rtt=60)
    log.sign(guard, "ledger.attest", 7270, of=[offer])
    return log, [(len(log.leaves), 8000)]


def _year_ahead() -> tuple[Log, Witness]:
    log, kpps, ppk, _ = _opened()
    log.sign(kpps, "custody.check", 365 * 86400, box="GUB-1", seals=[])
    log.sign(ppk, "custody.check", 3600, box="GUB-2", seals=[])
    return log, [(len(log.leaves), 8000)]


def _cited() -> tuple[Log, Witness]:
    log, kpps, ppk, _ = _opened()
    size = len(log.leaves)
    root = b64u(Tree([leaf_hash(jws.encode()) for jws in log.leaves]).root())
    log.sign(kpps, "custody.check", 10, cp=[size, root], box="GUB-1", seals=[])
    _hand_over(log, kpps, ppk, 9000)
    return log, [(size, 3600), (size + 2, 9030), (size + 3, 9600)]


def _dropped() -> tuple[Log, Witness]:
    log, kpps, *_ = _opened()
    log.sign(kpps, "custody.check", 3600, box="GUB-1", seals=[])
    log.sign(kpps, "custody.check", 3700, keep=False, box="GUB-1", seals=[])
    log.sign(kpps, "custody.check", 3800, box="GUB-1", seals=[])
    return log, []


def _explained() -> tuple[Log, Witness]:
    log, kpps, ppk, guard = _dropped_with_officers()
    gap = log.sign(ppk, "ledger.gap", 5000, kid=kpps.key.kid, range=[2, 2], th=kpps.key.kid)
    log.sign(guard, "ledger.attest", 5100, of=[gap])
    return log, []


def _dropped_with_officers() -> tuple[Log, Device, Device, Device]:
    log, kpps, ppk, guard = _opened()
    log.sign(kpps, "custody.check", 3600, box="GUB-1", seals=[])
    log.sign(kpps, "custody.check", 3700, keep=False, box="GUB-1", seals=[])
    log.sign(kpps, "custody.check", 3800, box="GUB-1", seals=[])
    return log, kpps, ppk, guard


def _forked() -> tuple[Log, Witness]:
    log, kpps, *_ = _opened()
    seq, head = kpps.seq, kpps.head
    log.sign(kpps, "custody.check", 3600, box="GUB-1", seals=[])
    kpps.seq, kpps.head = seq, head
    log.sign(kpps, "custody.check", 3600, box="GUB-2", seals=[])
    return log, []


def _twins() -> tuple[Log, Witness]:
    log, *_ = _opened()
    phone = log.enrol(
        "old-phone", "pps", "pps-5303052001", by="kpu", ok="bawaslu", at=300, key=es256_key_of("old-phone")
    )
    root = phone.head
    log.sign(phone, "custody.check", 3600, box="GUB-1", seals=[])
    again = Device(phone.name, with_high_s(phone.key), 0, root)
    log.sign(again, "custody.check", 3600, box="GUB-1", seals=[])
    log.sign(phone, "custody.check", 3700, box="GUB-1", seals=[])
    return log, []


def _one_agency() -> tuple[Log, Witness]:
    log = Log()
    log.open(kpu="kpu", kpu2="kpu", bawaslu="bawaslu")
    ghost = log.enrol("ghost", "ppk", "ppk-530305", by="kpu", ok="kpu2")
    log.sign(ghost, "custody.check", 3600, box="GUB-1", seals=[])
    return log, []


def _one_admin() -> tuple[Log, Witness]:
    log = Log()
    log.open(kpu="kpu", bawaslu="bawaslu")
    for name, ok in (("alone", None), ("twice", "kpu")):
        ghost = log.enrol(name, "ppk", "ppk-530305", by="kpu", ok=ok)
        log.sign(ghost, "custody.check", 3600, box="GUB-1", seals=[])
    return log, []


def _expired() -> tuple[Log, Witness]:
    log, *_ = _opened()
    phone = log.enrol("short", "pps", "pps-5303052001", by="kpu", ok="bawaslu", at=300, exp=OPENED_AT + 3600)
    log.sign(phone, "custody.check", 3600, box="GUB-1", seals=[])
    log.sign(phone, "custody.check", 3601, box="GUB-1", seals=[])
    return log, []


def _revoked() -> tuple[Log, Witness]:
    log, kpps, *_ = _opened()
    good = log.sign(kpps, "custody.check", 3600, box="GUB-1", seals=[])
    members: dict[str, Any] = {"kid": kpps.key.kid, "why": "stolen", "from": OPENED_AT + 4000, "good": [1, good]}
    of = log.sign(log.admins["kpu"], "ledger.revoke", 5000, **members)
    log.sign(log.admins["bawaslu"], "ledger.revoke-ok", 5100, of=of)
    log.sign(kpps, "custody.check", 4500, box="GUB-1", seals=[])
    return log, []


def _revoked_fork() -> tuple[Log, Witness]:
    log, kpps, *_ = _opened()
    root = kpps.head
    log.sign(kpps, "custody.check", 3600, box="GUB-1", seals=[])
    good = log.sign(kpps, "custody.check", 3700, box="GUB-1", seals=[])
    members: dict[str, Any] = {"kid": kpps.key.kid, "why": "stolen", "from": OPENED_AT + 4000, "good": [2, good]}
    of = log.sign(log.admins["kpu"], "ledger.revoke", 5000, **members)
    log.sign(log.admins["bawaslu"], "ledger.revoke-ok", 5100, of=of)
    thief = Device("thief", kpps.key, 0, root)
    log.sign(thief, "custody.check", 3650, box="GUB-9", seals=[])
    return log, []


def _split_view() -> tuple[Log, Witness]:
    log, kpps, *_ = _opened()
    log.sign(kpps, "custody.check", 3600, cp=[3, b64u(leaf_hash(b"another tree"))], box="GUB-1", seals=[])
    return log, []


def _withheld() -> tuple[Log, Witness]:
    log, kpps, ppk, _ = _opened()
    log.sign(ppk, "custody.check", 3500, keep=False, box="GUB-2", seals=[])
    offer: dict[str, Any] = {
        "what": "box",
        "to": ppk.key.kid,
        "hb": [ppk.seq, ppk.head],
        "n": 1,
        "items": [["GUB-1", []]],
    }
    log.sign(kpps, "custody.offer", 3600, **offer)
    return log, []


CASES: dict[str, Callable[[], tuple[Log, Witness]]] = {
    "a hand-over, attested, with nothing wrong": _clean,
    "the same, and the last events arrived backwards": _arrived_backwards,
    "a receiver's clock five minutes fast": _fast_clock,
    "a clock a year ahead": _year_ahead,
    "a cited checkpoint bounds an event from below": _cited,
    "a dropped event": _dropped,
    "a dropped event that two officers testified to": _explained,
    "a forked chain": _forked,
    "one content signed twice": _twins,
    "two administrators of one agency": _one_agency,
    "one administrator, alone and twice": _one_admin,
    "an event after the end of the enrolment": _expired,
    "an event after the last good one": _revoked,
    "a thief's branch below the last good one": _revoked_fork,
    "a checkpoint of another tree": _split_view,
    "a tail that a partner pinned": _withheld,
}

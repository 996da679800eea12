"""The two logs of an area: which event belongs in which, and who may read what."""

import re
from collections.abc import Mapping
from typing import Any, Literal

LogName = Literal["kotak", "pengamanan"]
KOTAK: LogName = "kotak"
PENGAMANAN: LogName = "pengamanan"
LOG_NAMES: tuple[LogName, ...] = (KOTAK, PENGAMANAN)

EVENT_LOG: dict[str, str] = {
    "ledger.genesis": "both",
    "ledger.enrol": "both",
    "ledger.enrol-ok": "both",
    "ledger.revoke": "both",
    "ledger.revoke-ok": "both",
    "ledger.policy": "both",
    "ledger.release": "both",
    "ledger.head": "both",
    "ledger.gap": "both",
    "ledger.attest": "both",
    "register.manifest": "both",
    "custody.seal": KOTAK,
    "custody.check": KOTAK,
    "custody.open": KOTAK,
    "custody.offer": "both",
    "custody.accept": "both",
    "custody.close": "both",
    "custody.void": "both",
    "custody.paper": KOTAK,
    "custody.count": KOTAK,
    "custody.move": KOTAK,
    "custody.state": KOTAK,
    "guard.on": PENGAMANAN,
    "guard.off": PENGAMANAN,
    "guard.beat": PENGAMANAN,
    "guard.log": PENGAMANAN,
    "guard.visitor": PENGAMANAN,
    "convoy.depart": PENGAMANAN,
    "convoy.track": PENGAMANAN,
    "convoy.stop": PENGAMANAN,
    "convoy.resume": PENGAMANAN,
    "convoy.arrive": PENGAMANAN,
    "convoy.split": PENGAMANAN,
    "patrol.commit": PENGAMANAN,
    "patrol.reveal": PENGAMANAN,
    "patrol.start": PENGAMANAN,
    "patrol.point": PENGAMANAN,
    "patrol.end": PENGAMANAN,
    "pleno.open": KOTAK,
    "pleno.step": KOTAK,
    "pleno.suspend": KOTAK,
    "pleno.resume": KOTAK,
    "pleno.close": KOTAK,
    "pleno.docs": KOTAK,
    "incident.report": PENGAMANAN,
    "incident.update": PENGAMANAN,
    "incident.close": PENGAMANAN,
    "incident.public": KOTAK,
    "rumour.note": PENGAMANAN,
    "rumour.answer": PENGAMANAN,
    "seal.stock": KOTAK,
    "bko.step": PENGAMANAN,
    "command.log": PENGAMANAN,
    "order.issue": PENGAMANAN,
    "order.ack": PENGAMANAN,
    "sitrep.publish": PENGAMANAN,
    "sitrep.correct": PENGAMANAN,
}
"""Event type -> the log it belongs in; "both" are the ledger's own, and those that `accepts` tells apart."""

MANIFEST_LOG: dict[str, str] = {
    "boxes": KOTAK,
    "sites": KOTAK,
    "sessions": KOTAK,
    "posts": PENGAMANAN,
    "roster": PENGAMANAN,
    "convoys": PENGAMANAN,
    "routes": PENGAMANAN,
    "policy": "both",
}


# Whole paths, not beginnings: `tile/../blobs/…` begins like a tile.
_PUBLIC = re.compile(
    r"policy|checkpoint(-unwitnessed|\.[0-9]+)?|cons\.[0-9]+\.[0-9]+|tile/[0-9]{1,2}(/x[0-9]{3})*/[0-9]{3}(\.p/[0-9]{1,3})?"
)
_RELEASED = re.compile(
    r"events\.jws|blobs/[0-9a-f]{64}|proofs/[0-9]+\.(tlog-proof|jws)|tile/entries(/x[0-9]{3})*/[0-9]{3}(\.p/[0-9]{1,3})?"
)


def accepts(log: LogName, t: str, payload: Mapping[str, Any]) -> bool:
    """Tell whether an event may enter this log; intake refuses the others. An unknown type may enter either.

    A hand-over of boxes belongs in kotak, of a post or vehicle in pengamanan; its answers follow the offer.
    """
    if t == "register.manifest":
        return MANIFEST_LOG.get(str(payload.get("kind")), "both") in (log, "both")
    if t == "custody.offer":
        return log == (KOTAK if payload.get("what") == "box" else PENGAMANAN)
    return EVENT_LOG.get(t, "both") in (log, "both")


def is_public(log: LogName, path: str, *, entries_released: bool = False) -> bool:
    """Tell whether anyone may read this file of an exported log without a token.

    The checkpoints and hash tiles of both logs always; entries, blobs and proofs of kotak once KPU releases them;
    of pengamanan never: they hold a post's strength, a guard's place, a patrol.
    """
    if _PUBLIC.fullmatch(path):
        return True
    return log == KOTAK and entries_released and _RELEASED.fullmatch(path) is not None

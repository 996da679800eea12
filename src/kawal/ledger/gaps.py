"""Numbers that are missing from a chain for ever, and the testimony of two officers that explains them."""

from dataclasses import dataclass

from kawal.ledger.event import Eid, Event, Kid
from kawal.ledger.events import answers
from kawal.ledger.history import History


@dataclass(frozen=True, slots=True)
class Testimony:
    """An attested `ledger.gap`: the numbers `first` to `last` of one chain are lost."""

    first: int
    last: int
    evidence: tuple[Eid, Eid]


def testimonies(history: History) -> dict[tuple[str, Kid], list[Testimony]]:
    """Collect the attested gaps by (log, kid). Two persons sign, and neither with the device that lacks the numbers."""
    attests: dict[Eid, list[Event]] = {}
    for event in history.events:
        if event.t == "ledger.attest":
            for eid in answers(event):
                attests.setdefault(history.same.get(eid, eid), []).append(event)
    explained: dict[tuple[str, Kid], list[Testimony]] = {}
    for event in history.events:
        span, kid = _span(event), event.payload.get("kid")
        if span is None or not isinstance(kid, str):
            continue
        second = next((one for one in attests.get(event.eid, ()) if _is_second(history, event, one, kid)), None)
        if second is not None:
            testimony = Testimony(*span, (event.eid, second.eid))
            explained.setdefault((history.places[event.eid].log, Kid(kid)), []).append(testimony)
    return explained


def _span(event: Event) -> tuple[int, int] | None:
    span = event.payload.get("range") if event.t == "ledger.gap" else None
    if isinstance(span, list) and len(span) == 2 and all(type(one) is int for one in span):
        return span[0], span[1]
    return None


def _is_second(history: History, gap: Event, attest: Event, kid: str) -> bool:
    if kid in (gap.kid, attest.kid):
        return False
    return history.speaker(gap).who != history.speaker(attest).who

"""False clocks without witnesses: how far a phone's clock stands off, told by the phones it met."""

from collections.abc import Iterable, Mapping, Sequence
from statistics import median_low

from kawal.ledger.event import Eid, Event, Kid
from kawal.ledger.events import answers

MEETING_S = 3 * 3600
LEAST_MEETINGS = 3
LEAST_PARTNERS = 2
SPREAD_S = 900
ROUNDS = 3
_Meeting = tuple[Kid, int]


def clock_offsets(events: Iterable[Event], *, slack: int = 600) -> dict[Kid, int]:
    """Estimate by how many seconds each false clock is ahead (+) or behind (-); honest clocks are left out.

    Only the two parties of a hand-over are asked: an accept follows its offer by minutes, and a close its accept; a
    mere attest could be made up by anyone. A device whose claimed times differ from those of two or more
    partners, at three or more meetings, steadily (three quarters within 15 minutes) and by more than `slack` seconds
    has a false clock. Which of two disagreeing phones is false is decided by whom the others agree with; where nobody
    decides, neither is named.
    """
    meetings = _meetings(list(events))
    offsets: dict[Kid, int] = {}
    for _ in range(ROUNDS):
        offsets = {kid: off for kid, many in meetings.items() if (off := _offset(many, offsets, slack))}
        if not offsets:
            break
    return offsets


def _meetings(events: Sequence[Event]) -> dict[Kid, list[_Meeting]]:
    """By device: (partner, own claimed time minus the partner's) of each time one answered the other."""
    known: Mapping[Eid, Event] = {event.eid: event for event in events}
    meetings: dict[Kid, list[_Meeting]] = {}
    for event in events:
        if event.t not in ("custody.accept", "custody.close"):
            continue
        for eid in answers(event):
            other = known.get(eid)
            if other is None or other.kid == event.kid or abs(event.ts - other.ts) > MEETING_S:
                continue
            meetings.setdefault(event.kid, []).append((other.kid, event.ts - other.ts))
            meetings.setdefault(other.kid, []).append((event.kid, other.ts - event.ts))
    return meetings


def _offset(meetings: Sequence[_Meeting], offsets: Mapping[Kid, int], slack: int) -> int:
    if len(meetings) < LEAST_MEETINGS or len({partner for partner, _ in meetings}) < LEAST_PARTNERS:
        return 0
    apart = [own + offsets.get(partner, 0) for partner, own in meetings]
    middle = median_low(apart)
    steady = sum(abs(one - middle) <= SPREAD_S for one in apart)
    return middle if abs(middle) > slack and steady * 4 >= len(apart) * 3 else 0

"""Device chains: each event names the one before it, so whatever was dropped or signed twice shows."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from kawal.ledger.event import Eid, Event, Kid


@dataclass(frozen=True, slots=True)
class BrokenLink:
    """A place where a chain does not hold: `expected` is missing, or `after` names another event as its predecessor.

    `before`: the last event that holds, None at the chain's start.
    """

    before: Event | None
    after: Event
    expected: int


def by_device(events: Iterable[Event]) -> dict[Kid, list[Event]]:
    """The chains of one log: by device, by (seq, eid)."""
    chains: dict[Kid, list[Event]] = {}
    for event in events:
        chains.setdefault(event.kid, []).append(event)
    for chain in chains.values():
        chain.sort(key=lambda event: (event.seq, event.eid))
    return chains


def broken_links(chain: Sequence[Event], roots: Collection[Eid]) -> Iterator[BrokenLink]:
    """Find where a chain does not hold.

    chain: one device's events of one log by seq; of a fork both branches. roots: what its first event may name
    (`Devices.roots`). Source: docs/format/ledger.md, Event.
    """
    before: list[Event] = []
    heads: Collection[str] = set(roots)
    for event in chain:
        if before and event.seq == before[-1].seq:
            before.append(event)
            continue
        if before:
            heads = {one.eid for one in before}
        expected = before[-1].seq + 1 if before else 1
        if event.seq != expected or (event.prev not in heads and event.prev != ""):
            yield BrokenLink(before[-1] if before else None, event, expected)
        before = [event]


def forks(chain: Sequence[Event]) -> list[Event]:
    """The events that share a number with another content: one key, two stories. A re-signed duplicate is none."""
    branches: dict[int, list[Event]] = {}
    for event in chain:
        branches.setdefault(event.seq, []).append(event)
    return [event for many in branches.values() if len({one.pid for one in many}) > 1 for event in many]


def first_break(chains: Mapping[Kid, Sequence[Event]], roots: Mapping[Kid, Collection[Eid]]) -> BrokenLink | None:
    """The first broken link of a log, by device; None where every chain holds and none forks."""
    for kid, chain in chains.items():
        for link in broken_links(chain, roots.get(kid, ())):
            return link
        forked = forks(chain)
        if forked:
            return BrokenLink(forked[0], forked[1], forked[0].seq)
    return None

"""What the record says is bound to a stage: the posts, the orders they stand under, and the rosters."""

from dataclasses import dataclass, field
from functools import cached_property

from kawal.command.lapsing import Bound, Extension
from kawal.command.state import is_police_command
from kawal.election.events import read_manifest_named
from kawal.election.manifests import BadManifest, Blobs, rows
from kawal.ledger.event import Eid, Event
from kawal.ledger.events import BadShape
from kawal.ledger.history import History

SHORT = 12
_LATEST = 2**53


@dataclass(frozen=True, slots=True)
class _Order:
    eid: Eid
    number: str
    until: int
    stage: str
    of: str


@dataclass
class _Draft:
    """posts: post -> (site, end); under: post -> the order its guards named; rosters: eid -> (end, rows, a post)."""

    posts: dict[str, tuple[str, int]] = field(default_factory=dict)
    under: dict[str, str] = field(default_factory=dict)
    rosters: dict[Eid, tuple[int, int, str]] = field(default_factory=dict)
    orders: dict[Eid, _Order] = field(default_factory=dict)

    def extending(self, order: str) -> tuple[Extension, ...]:
        """The orders that extend an order, or extend one that does, each once."""
        first = self._firsts.get(order, "")
        found = [one for one in self._families.get(first, ()) if one.eid != first]
        return tuple(Extension(one.eid, one.number, one.until, one.stage) for one in found)

    @cached_property
    def _firsts(self) -> dict[str, str]:
        """Of each order the one at the beginning of its chain; a chain that leads back to itself has its least eid."""
        firsts: dict[str, str] = {}
        for eid in self.orders:
            walked: dict[str, None] = {}
            at: str = eid
            while at not in firsts and at not in walked:
                walked[at] = None
                of = self.orders[Eid(at)].of
                at = of if of in self.orders else at
            if at in firsts:
                first = firsts[at]
            elif self.orders[Eid(at)].of in self.orders:
                around = list(walked)
                first = min(around[around.index(at) :])
            else:
                first = at
            firsts |= dict.fromkeys(walked, first)
        return firsts

    @cached_property
    def _families(self) -> dict[str, list[_Order]]:
        families: dict[str, list[_Order]] = {}
        for one in self.orders.values():
            families.setdefault(self._firsts[one.eid], []).append(one)
        return families


def fold_bound(history: History, blobs: Blobs) -> tuple[Bound, ...]:
    """Fold manifests, orders and duties into the things that a stage binds, ordered by kind and name.

    Only the command's own lists and orders bind anything. A list that cannot be read binds nothing; the fold of the
    register says so already.
    """
    draft = _Draft()
    for event in history.events:
        if event.t == "guard.on":
            _take_duty(draft, event)
        elif is_police_command(history.speaker(event)):
            if event.t == "order.issue":
                _take_order(draft, event)
            elif event.t == "register.manifest":
                _take_manifest(draft, event, blobs)
    return tuple(sorted((*_posts(draft), *_orders(draft), *_rosters(draft)), key=lambda one: (one.kind, one.name)))


def _take_duty(draft: _Draft, event: Event) -> None:
    post, order = event.payload.get("post"), event.payload.get("order")
    if isinstance(post, str) and isinstance(order, str):
        draft.under[post] = order


def _take_order(draft: _Draft, event: Event) -> None:
    until = event.payload.get("exp")
    if isinstance(until, int) and 0 <= until < _LATEST:
        number, stage, of = (_text(event, one) for one in ("no", "stage", "of"))
        draft.orders[event.eid] = _Order(event.eid, number or event.eid[:SHORT], until, stage, of)


def _text(event: Event, member: str) -> str:
    value = event.payload.get(member)
    return value[:64] if isinstance(value, str) else ""


def _take_manifest(draft: _Draft, event: Event, blobs: Blobs) -> None:
    try:
        named = read_manifest_named(event)
        data = blobs.read(named.mh) if named.kind in ("posts", "roster") else None
        listed = [] if data is None else rows(data, named.kind)
        ends = [int(row["to"]) for row in listed]
    except (BadShape, BadManifest, ValueError):
        return
    if named.kind == "roster":
        if listed:
            draft.rosters[event.eid] = (max(ends), len(listed), listed[0]["post"])
        return
    # A later list of posts takes the place of what an earlier one says of them.
    fresh: dict[str, tuple[str, int]] = {}
    for row, end in zip(listed, ends, strict=True):
        fresh[row["post"]] = (row["site"], max(end, fresh.get(row["post"], ("", 0))[1]))
    draft.posts.update(fresh)


def _posts(draft: _Draft) -> list[Bound]:
    return [
        Bound("post", post, post.removeprefix("pos-"), "", end, site, draft.extending(draft.under.get(post, "")))
        for post, (site, end) in draft.posts.items()
    ]


def _orders(draft: _Draft) -> list[Bound]:
    """Each order that extends no other; those that do are its extensions."""
    return [
        Bound("order", one.eid, one.number, one.stage, one.until, extensions=draft.extending(one.eid))
        for one in draft.orders.values()
        if one.of not in draft.orders
    ]


def _rosters(draft: _Draft) -> list[Bound]:
    found = []
    for eid, (end, count, post) in draft.rosters.items():
        extensions = draft.extending(draft.under.get(post, ""))
        found.append(Bound("roster", eid, f"{eid[:SHORT]} ({count})", "", end, extensions=extensions))
    return found

"""Check a log anew, some leaves at a time: every signature, every chain, and the tree up to the published root."""

import time
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from kawal.ledger.encoding import b64u, unb64u
from kawal.ledger.event import BadEvent, Eid, Envelope, read_event
from kawal.ledger.log_of import LogName
from kawal.ledger.reading import reason_against
from kawal.ledger.tile_tree import BadTile, TileTree
from kawal.ledger.tree import BadProof, CompactRange, leaf_hash
from kawal_server.actions.check_leaf import LeafChecker, read_tile
from kawal_server.actions.take_in import the_ring
from kawal_server.store.heads import folder
from kawal_server.store.opened import the_store
from kawal_server.store.port import Leaf

WINDOW = 256
BUDGET_S = 0.6
SHOWN = 20


@dataclass(frozen=True, slots=True)
class Checking:
    """How far a check has come: leaves [start, at) of `size` are done.

    edge: the tree's edge at `at`, base64url; false: indexes of leaves whose signature fails; gaps: indexes of leaves
    whose predecessor is not in the log; published: size and root that must be reached; is_root: whether they were.
    """

    log: LogName
    start: int
    at: int
    size: int
    edge: tuple[str, ...] = ()
    false: tuple[int, ...] = ()
    false_count: int = 0
    gaps: tuple[int, ...] = ()
    gap_count: int = 0
    published: tuple[int, str] | None = None
    is_root: bool | None = None
    is_head: bool | None = None
    forks: int = field(default=0)

    @property
    def is_done(self) -> bool:
        """Whether every leaf was checked."""
        return self.at >= self.size

    @property
    def holds(self) -> bool:
        """Whether the log is whole. Gaps and forks are the devices' doing; a whole log is what shows them."""
        return not self.false_count and self.is_root is not False and self.is_head is not False

    def as_json(self) -> dict[str, Any]:
        """What travels through the page between two requests."""
        return asdict(self)


def read_checking(values: dict[str, Any]) -> Checking:
    """Read what travelled; it was signed by this post, so its shape is known."""
    published = values["published"]
    lists = {name: tuple(values[name]) for name in ("edge", "false", "gaps")}
    return Checking(**{**values, **lists, "published": None if published is None else tuple(published)})


def begin_check(log: LogName, *, last: int | None = None) -> Checking:
    """Begin to check the last leaves of a log as it stands now, or all of them."""
    size = the_store().head(log).size
    start = 0 if last is None else max(0, size - last)
    known = LeafChecker(log).published
    published = None if known is None else (known[1].size, b64u(known[1].root))
    edge: tuple[str, ...] | None = ()
    if start:
        edge = None if published is None or start > published[0] else _edge_at(log, published[0], start)
    if edge is None:
        start, edge = 0, ()
    return Checking(log, start, start, size, edge, published=published)


def _edge_at(log: LogName, size: int, start: int) -> tuple[str, ...] | None:
    """The tree's edge at a leaf, from the published tiles; None where they do not give it."""
    where = folder(log)
    try:
        return tuple(b64u(one) for one in TileTree(size, lambda path: read_tile(where, path)).edge(start))
    except (OSError, BadTile, BadProof):
        return None


def check_on(checking: Checking, *, budget_s: float = BUDGET_S) -> Checking:
    """Check on for about `budget_s` seconds of work, at least one window."""
    the_ring(checking.log).catch_up(the_store())
    until = time.monotonic() + budget_s
    while not checking.is_done:
        checking = _window(checking)
        if time.monotonic() > until:
            break
    return _finish(checking) if checking.is_done else checking


def _window(checking: Checking) -> Checking:
    end = min(checking.size, checking.at + WINDOW)
    if checking.published is not None and checking.at < checking.published[0]:
        # Stop exactly where the published root stands.
        end = min(end, checking.published[0])
    leaves = the_store().leaves(checking.log, checking.at, end)
    tree = CompactRange(checking.at, [unb64u(one) for one in checking.edge])
    for leaf in leaves:
        tree.append(leaf_hash(leaf.jws))
    false, gaps = _judge(checking.log, leaves)
    is_root = checking.is_root
    if checking.published is not None and tree.size == checking.published[0]:
        is_root = b64u(tree.root()) == checking.published[1]
    return replace(
        checking,
        at=end,
        edge=tuple(b64u(one) for one in tree.edge),
        false=(*checking.false, *false)[:SHOWN],
        false_count=checking.false_count + len(false),
        gaps=(*checking.gaps, *gaps)[:SHOWN],
        gap_count=checking.gap_count + len(gaps),
        is_root=is_root,
    )


def _judge(log: LogName, leaves: list[Leaf]) -> tuple[list[int], list[int]]:
    ring = the_ring(log)
    read = {leaf.index: _read(leaf) for leaf in leaves}
    false = [
        index
        for index, one in read.items()
        if one is None or (key := ring.key(one.event.kid)) is None or reason_against(one, key) is not None
    ]
    prevs = {index: one.event.prev for index, one in read.items() if one is not None and one.event.prev}
    known = the_store().places(log, {Eid(prev) for prev in prevs.values()})
    return false, [index for index, prev in prevs.items() if prev not in known]


def _read(leaf: Leaf) -> Envelope | None:
    try:
        envelope = read_event(leaf.jws)
    except BadEvent:
        return None
    return envelope if envelope.event.eid == leaf.eid else None


def _finish(checking: Checking) -> Checking:
    tree = CompactRange(checking.size, [unb64u(one) for one in checking.edge])
    head = the_store().head(checking.log)
    is_head = tree.root() == head.root() if head.size == checking.size else None
    # A device that signed more events than its highest number signed two with one number.
    forks = sum(one.count > one.seq for one in the_store().device_heads(checking.log))
    return replace(checking, is_head=is_head, forks=forks)

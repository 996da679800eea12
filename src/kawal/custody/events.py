"""Payload shapes of custody events, and of the convoy events that put boxes on the road."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from kawal.election.manifests import BadManifest, Blobs, Item, read_items
from kawal.ledger.encoding import NotCanonical
from kawal.ledger.event import Event, Kid
from kawal.ledger.events import BadShape, text, whole

Answer = Literal["ok", "diff", "no"]
Condition = Literal["damaged", "destroyed", "seized", "lost", "found"]
Difference = Literal["missing", "extra", "seal"]


@dataclass(frozen=True, slots=True)
class Seal:
    """Seals of one kind, or one numbered seal. `serial` None where it bears none; `count` None where not given."""

    kind: str
    serial: str | None
    count: int | None


@dataclass(frozen=True, slots=True)
class Listed:
    """The boxes an event names. items None: the list's manifest is not at hand, only its number."""

    items: tuple[Item, ...] | None
    count: int | None


@dataclass(frozen=True, slots=True)
class Offered:
    """`custody.offer` of boxes."""

    to: Kid
    listed: Listed


@dataclass(frozen=True, slots=True)
class Accepted:
    """`custody.accept`. differences: box -> (kind, serials seen)."""

    answer: Answer
    differences: Mapping[str, tuple[Difference, tuple[str, ...]]]


@dataclass(frozen=True, slots=True)
class SealSeen:
    """`custody.seal` and `custody.check`: the box and its seals; () of a check means not looked at."""

    box: str
    seals: tuple[Seal, ...]
    is_well: bool


@dataclass(frozen=True, slots=True)
class Opened:
    """`custody.open`."""

    boxes: tuple[str, ...]
    why: str
    doc: str
    present: frozenset[str]
    note: str


@dataclass(frozen=True, slots=True)
class OnPaper:
    """`custody.paper`: a wet-ink hand-over between two units at the written time (UNIX seconds)."""

    giver: str
    receiver: str
    at: int
    listed: Listed


@dataclass(frozen=True, slots=True)
class Moved:
    """`custody.move`: an emergency move."""

    listed: Listed
    to_site: str


@dataclass(frozen=True, slots=True)
class Conditioned:
    """`custody.state`."""

    box: str
    condition: Condition


@dataclass(frozen=True, slots=True)
class OnTheRoad:
    """`convoy.depart` or `convoy.arrive`."""

    convoy: str
    vehicle: str
    listed: Listed


def read_listed(members: Mapping[str, Any], blobs: Blobs) -> Listed:
    """Read the boxes an event names: `items`, `boxes`, or a manifest by `mh`. Raises: BadShape."""
    count = members.get("n")
    number = count if type(count) is int else None
    if "items" in members:
        return Listed(tuple(_item(one) for one in _rows(members["items"])), number)
    if "boxes" in members:
        return Listed(tuple(Item(_box(one), ()) for one in _rows(members["boxes"])), number)
    if "box" in members:
        return Listed((Item(text(members, "box"), ()),), number)
    if isinstance(members.get("mh"), str):
        return Listed(_manifest(members["mh"], blobs), number)
    return Listed(None, number)


def _manifest(mh: str, blobs: Blobs) -> tuple[Item, ...] | None:
    try:
        data = blobs.read(mh)
        return None if data is None else read_items(data)
    except (BadManifest, NotCanonical) as error:
        raise BadShape(str(error)) from error


def _rows(value: object) -> list[Any]:
    if not isinstance(value, list):
        raise BadShape("daftar kotak bukan daftar / the list of boxes is no list")
    return value


def _box(value: object) -> str:
    if not isinstance(value, str):
        raise BadShape("nomor kotak bukan teks / a box id is no text")
    return value


def _item(value: object) -> Item:
    if isinstance(value, list) and len(value) == 2 and isinstance(value[1], list):
        return Item(_box(value[0]), tuple(str(serial) for serial in value[1] if serial is not None))
    raise BadShape("bukan [kotak, [segel]] / not [box, [seals]]")


def read_offered(event: Event, blobs: Blobs) -> Offered | None:
    """Read an offer of boxes; None where it offers a post or a vehicle. Raises: BadShape."""
    if event.payload.get("what", "box") != "box":
        return None
    return Offered(Kid(text(event.payload, "to")), read_listed(event.payload, blobs))


def read_accepted(event: Event) -> Accepted:
    """Read an accept. Raises: BadShape."""
    answer = event.payload.get("res")
    if answer not in ("ok", "diff", "no"):
        raise BadShape("res bukan ok, diff, atau no / res is not ok, diff or no")
    rows = _rows(event.payload.get("diff") or [])
    return Accepted(answer, dict(_difference(row) for row in rows))


def _difference(row: object) -> tuple[str, tuple[Difference, tuple[str, ...]]]:
    if not isinstance(row, list) or len(row) < 2 or row[1] not in ("missing", "extra", "seal"):
        raise BadShape("diff bukan [kotak, missing|extra|seal, [segel]] / not a difference row")
    serials = row[2] if len(row) > 2 and isinstance(row[2], list) else []
    return _box(row[0]), (row[1], tuple(str(serial) for serial in serials if serial is not None))


def read_seal_seen(event: Event) -> SealSeen:
    """Read `custody.seal` or `custody.check`. Raises: BadShape."""
    rows = _rows(event.payload.get("seals") or [])
    return SealSeen(text(event.payload, "box"), tuple(_seal(row) for row in rows), event.payload.get("ok") is not False)


def _seal(row: object) -> Seal:
    if not isinstance(row, dict):
        raise BadShape("segel bukan {k,s,n} / a seal is not {k,s,n}")
    serial, count = row.get("s"), row.get("n")
    return Seal(
        str(row.get("k", "")), str(serial) if serial is not None else None, count if type(count) is int else None
    )


def read_opened(event: Event) -> Opened:
    """Read `custody.open`. Raises: BadShape."""
    boxes = event.payload.get("boxes", [event.payload["box"]] if "box" in event.payload else None)
    present = event.payload.get("present") or []
    return Opened(
        tuple(_box(one) for one in _rows(boxes)),
        str(event.payload.get("why", "")),
        str(event.payload.get("doc") or ""),
        frozenset(str(role) for role in _rows(present)),
        str(event.payload.get("note") or ""),
    )


def read_on_paper(event: Event, blobs: Blobs) -> OnPaper:
    """Read `custody.paper`. Raises: BadShape."""
    members = event.payload
    return OnPaper(text(members, "from"), text(members, "to"), whole(members, "at"), read_listed(members, blobs))


def read_moved(event: Event, blobs: Blobs) -> Moved:
    """Read `custody.move`. Raises: BadShape."""
    return Moved(read_listed(event.payload, blobs), text(event.payload, "to", ""))


def read_conditioned(event: Event) -> Conditioned:
    """Read `custody.state`. Raises: BadShape."""
    condition = event.payload.get("is")
    if condition not in ("damaged", "destroyed", "seized", "lost", "found"):
        raise BadShape("is bukan keadaan kotak / is names no state of a box")
    return Conditioned(text(event.payload, "box"), condition)


def read_on_the_road(event: Event, blobs: Blobs) -> OnTheRoad:
    """Read `convoy.depart` or `convoy.arrive`. Raises: BadShape."""
    return OnTheRoad(
        text(event.payload, "convoy"), text(event.payload, "vehicle", ""), read_listed(event.payload, blobs)
    )

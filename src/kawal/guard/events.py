"""Payload shapes of guard events and of the relief of a post."""

from dataclasses import dataclass
from typing import Literal

from kawal.election.geometry import Position, read_position
from kawal.ledger.encoding import is_digest
from kawal.ledger.event import Event, Kid
from kawal.ledger.events import BadShape, text

Answer = Literal["ok", "diff", "no"]
GUARD_EVENTS = ("guard.on", "guard.off", "guard.beat", "guard.log", "guard.visitor")


@dataclass(frozen=True, slots=True)
class AtPost:
    """`guard.on`, `off` and `beat`. present: people with this phone, its holder included; None where not given."""

    post: str
    order: str
    present: int | None
    sop: str


@dataclass(frozen=True, slots=True)
class Visited:
    """`guard.visitor`. beside: the roles that were there with the visitor."""

    post: str
    way: str
    why: str
    doc: str
    beside: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReliefOffered:
    """`custody.offer` of a post. to: "" where it names no receiver; boxes: None where they were not seen."""

    post: str
    to: Kid
    boxes: int | None


@dataclass(frozen=True, slots=True)
class ReliefAccepted:
    """`custody.accept` of a post. boxes: None where they were not seen."""

    answer: Answer
    boxes: int | None


@dataclass(frozen=True, slots=True)
class Fix:
    """Where a phone says it is, and how well it knows: metres."""

    position: Position
    accuracy_m: int


def read_at_post(event: Event) -> AtPost:
    """Read `guard.on`, `off` or `beat`. Raises: BadShape."""
    members = event.payload
    sop = members.get("sop")
    order = members.get("order")
    return AtPost(
        _post(event),
        order if isinstance(order, str) else "",
        _present(members.get("n")),
        sop if isinstance(sop, str) and is_digest(sop) else "",
    )


def read_note(event: Event) -> tuple[str, str]:
    """Read `guard.log`: the post and the line of its log book. Raises: BadShape."""
    return _post(event), str(event.payload.get("note") or "")


def read_visited(event: Event) -> Visited:
    """Read `guard.visitor`. Raises: BadShape."""
    members = event.payload
    beside = members.get("with")
    roles = tuple(str(one) for one in beside) if isinstance(beside, list) else ()
    way, why, doc = (str(members.get(name) or "") for name in ("dir", "why", "doc"))
    return Visited(_post(event), way, why, doc, roles)


def read_relief_offered(event: Event) -> ReliefOffered | None:
    """Read an offer of a post; None where it offers something else. Raises: BadShape."""
    if event.payload.get("what") != "post":
        return None
    to = event.payload.get("to")
    return ReliefOffered(_post(event), Kid(to if isinstance(to, str) else ""), _boxes(event))


def read_relief_accepted(event: Event) -> ReliefAccepted:
    """Read the answer to an offer of a post. Raises: BadShape.

    A relief says `ok` where boxes have `res`: an answer without `res` is taken over, whatever was found.
    """
    answer = event.payload.get("res")
    if answer is not None and answer not in ("ok", "diff", "no"):
        raise BadShape("res bukan ok, diff, atau no / res is not ok, diff or no")
    return ReliefAccepted(answer or "ok", _boxes(event))


def read_fix(event: Event) -> Fix | None:
    """The phone's position with its accuracy; without an accuracy nobody can say that it was not there."""
    position, pos = read_position(event), event.payload.get("pos")
    if position is None or not isinstance(pos, list) or len(pos) < 3 or type(pos[2]) is not int or pos[2] < 0:
        return None
    return Fix(position, pos[2])


def _post(event: Event) -> str:
    post = text(event.payload, "post")
    if not post:
        raise BadShape("post kosong / post is empty")
    return post


def _present(value: object) -> int | None:
    # A number that cannot be is none given: whoever signed is there all the same.
    return value if type(value) is int and value >= 1 else None


def _boxes(event: Event) -> int | None:
    count = event.payload.get("n")
    return count if type(count) is int else None

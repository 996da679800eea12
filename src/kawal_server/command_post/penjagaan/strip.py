"""One post over one day as a strip: how many were there against how many had to be, planned duty, and silence."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from kawal_server.store.models import DutyLine, FindingLine, PlannedLine, PostLine

DAY_S = 86_400
LATE_S = 10 * 60


@dataclass(frozen=True)
class Piece:
    """A stretch of a strip: minutes from the day's beginning. `look`: kosong where nothing was asked."""

    start: int
    width: int
    people: int
    wanted: int
    look: str

    @property
    def end(self) -> int:
        """The minute at which it ends."""
        return self.start + self.width


@dataclass(frozen=True)
class Shade:
    """A stretch laid over a strip: `silent`, or `planned` duty still to come; minutes."""

    kind: str
    start: int
    width: int


@dataclass(frozen=True)
class Late:
    """Somebody whose planned duty has begun and who has not come on. since: UNIX seconds."""

    who: str
    since: int


@dataclass(frozen=True)
class Strip:
    """A day of one post. `now`: minutes from its beginning, None where now is another day."""

    pieces: tuple[Piece, ...]
    shades: tuple[Shade, ...]
    late: tuple[Late, ...]
    now: int | None


def draw(
    post: PostLine,
    duties: Sequence[DutyLine],
    planned: Sequence[PlannedLine],
    silences: Iterable[FindingLine],
    *,
    day: int,
    now: int,
) -> Strip:
    """Draw a day of a post. day: UNIX second of its local midnight; duties, planned: of this post alone."""
    end = min(day + DAY_S, max(now, day))
    steps = _steps(duties, end)
    pieces = [
        piece for since, until in _cuts(post, steps, day, end) if (piece := _piece(post, duties, day, since, until))
    ]
    shades = [
        *(_shade("silent", day, one.since, now if one.until is None else one.until) for one in silences),
        *(_shade("planned", day, max(one.since, now), one.until) for one in planned if one.until > now),
    ]
    is_today = day <= now < day + DAY_S
    return Strip(
        tuple(_joined(pieces)),
        tuple(one for one in shades if one.width > 0),
        late(duties, planned, now=now) if is_today else (),
        (now - day) // 60 if is_today else None,
    )


def late(duties: Sequence[DutyLine], planned: Iterable[PlannedLine], *, now: int) -> tuple[Late, ...]:
    """Those whose planned duty began over ten minutes ago, still lasts, and who never came on for it."""
    found = []
    for one in planned:
        if not one.since + LATE_S <= now < one.until:
            continue
        has_come = any(
            duty.who == one.who and duty.on_at < one.until and (duty.left_at is None or duty.left_at > one.since)
            for duty in duties
        )
        if not has_come:
            found.append(Late(one.who, one.since))
    return tuple(found)


def _steps(duties: Iterable[DutyLine], end: int) -> list[int]:
    return [at for duty in duties for at in (duty.on_at, end if duty.left_at is None else duty.left_at)]


def _cuts(post: PostLine, steps: Iterable[int], day: int, end: int) -> list[tuple[int, int]]:
    """The stretches of the day between which nothing changes."""
    edges = {at for since, until, _, _ in post.periods for at in (since, until)} | set(steps) | {day, end}
    line = sorted(at for at in edges if day <= at <= end)
    return list(pairwise(line))


def _piece(post: PostLine, duties: Iterable[DutyLine], day: int, since: int, until: int) -> Piece | None:
    start, stop = (since - day) // 60, (until - day) // 60
    if start == stop:
        return None
    wanted = next((strength for begin, finish, strength, _ in post.periods if begin <= since < finish), 0)
    there = {
        duty.who: duty.people
        for duty in duties
        if duty.on_at <= since and (duty.left_at is None or since < duty.left_at)
    }
    people = sum(there.values())
    return Piece(start, stop - start, people, wanted, _look(people, wanted))


def _look(people: int, wanted: int) -> str:
    if people < wanted:
        return "bahaya"
    return "aman" if people else "kosong"


def _joined(pieces: Iterable[Piece]) -> list[Piece]:
    joined: list[Piece] = []
    for piece in pieces:
        last = joined[-1] if joined else None
        same = last is not None and (last.people, last.wanted) == (piece.people, piece.wanted)
        if last is not None and same and last.start + last.width == piece.start:
            joined[-1] = Piece(last.start, last.width + piece.width, last.people, last.wanted, last.look)
        else:
            joined.append(piece)
    return joined


def _shade(kind: str, day: int, since: int, until: int) -> Shade:
    start, stop = max(since, day), min(until, day + DAY_S)
    return Shade(kind, (start - day) // 60, max(0, (stop - start) // 60))

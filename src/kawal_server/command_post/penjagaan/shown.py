"""The posts as the page shows them: each with its strip, its findings that last, and who is late."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from kawal_server.command_post.penjagaan.strip import DAY_S, Strip, draw
from kawal_server.store.models import DutyLine, FindingLine, Machine, PlannedLine, PostLine, PostPlan

Row = TypeVar("Row", DutyLine, PlannedLine)


@dataclass(frozen=True)
class PostShown:
    """One post of the board."""

    line: PostLine
    name: str
    strip: Strip

    @property
    def is_short(self) -> bool:
        """Whether fewer are there than must be."""
        return self.line.present < self.line.wanted


def posts_shown(lines: Sequence[PostLine], *, day: int, now: int) -> list[PostShown]:
    """Posts with their strips. day: UNIX second of the local midnight; five queries, however many posts."""
    named = [line.post for line in lines]
    names = {
        **dict(Machine.objects.filter(post__in=named).values_list("post", "name")),
        **dict(PostPlan.objects.filter(post__in=named).values_list("post", "name")),
    }
    until = day + DAY_S
    duties = _by_post(
        DutyLine.objects.filter(post__in=named, on_at__lt=until).exclude(left_at__lte=day).order_by("on_at", "eid")
    )
    planned = _by_post(PlannedLine.objects.filter(post__in=named, since__lt=until, until__gt=day))
    silences = defaultdict(list)
    for one in FindingLine.objects.filter(code="guard.silent", subject__in=named, since__lt=until):
        silences[one.subject].append(one)
    return [
        PostShown(
            line,
            names.get(line.post, ""),
            draw(line, duties[line.post], planned[line.post], silences[line.post], day=day, now=now),
        )
        for line in lines
    ]


def _by_post(rows: Iterable[Row]) -> defaultdict[str, list[Row]]:
    found: defaultdict[str, list[Row]] = defaultdict(list)
    for row in rows:
        found[row.post].append(row)
    return found

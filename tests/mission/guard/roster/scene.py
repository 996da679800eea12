"""A few people and posts to plan with: small enough to be counted through by hand or by brute force."""

from collections.abc import Sequence

from kawal.guard.roster.problem import DAY, HOUR, Limit, Person, Post, Rest, RosterProblem, Rules, Share, Slot
from kawal.guard.roster.shifts import THREE_BY_EIGHT, slots_of

ZONE = 8
FRIDAY = 20_056 * DAY - ZONE * HOUR
"""Midnight in WITA before Friday, 29 November 2024."""
SATURDAY = FRIDAY + DAY
ORDER = "sprin/123"
STORE = Post("ppk-640217", "Pos PPK Marang Kayu", "ppk-640217", "640217", "storage", "prone")
OFFICE = Post("kpu-6474", "Pos KPU Bontang", "kpu-6474", "6474", "office", "less")
REST_ONLY = Rules(rests=(Rest("rest", 8, ORDER),))


def guards(n: int, *, leaders: int = 0, **members: object) -> tuple[Person, ...]:
    """Guards p-0, p-1 …; the first ones may lead."""
    return tuple(
        Person(f"p-{at}", skills=frozenset({"leader"} if at < leaders else ()), **members)  # type: ignore[arg-type]
        for at in range(n)
    )


def shifts(post: Post, need: int, *, days: float = 1, since: int = SATURDAY, **members: object) -> tuple[Slot, ...]:
    """Three shifts a day at a post."""
    pattern = Slot(post.post, since, since + round(days * DAY), need, **members)  # type: ignore[arg-type]
    return slots_of(pattern, THREE_BY_EIGHT, zone_hours=ZONE)


def problem(
    people: Sequence[Person],
    slots: Sequence[Slot],
    *,
    posts: Sequence[Post] = (STORE, OFFICE),
    rules: Rules = REST_ONLY,
) -> RosterProblem:
    """A problem with these people and hours."""
    return RosterProblem(tuple(people), tuple(posts), tuple(slots), rules)


STRICT = Rules(
    rests=(Rest("rest", 16, ORDER),),
    limits=(
        Limit("days", "days", 2, 3, ORDER),
        Limit("nights", "nights", 1, 2, ORDER),
        Limit("duties", "duties", 3, 14, ORDER),
        Limit("hours", "hours", 24, 14, ORDER),
    ),
    shares=(Share("linmas-share", "linmas", 3, ORDER),),
)

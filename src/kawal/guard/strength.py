"""How many stood at a post when: duties as a step function over time."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kawal.guard.record import Duty
from kawal.ledger.event import Eid


@dataclass(frozen=True, slots=True)
class Strength:
    """From this second on, until the next step: persons on duty, and how many stand there with them.

    changed_by: the events that made the step; is_left: somebody went in it.
    """

    at: int
    persons: int
    people: int
    changed_by: tuple[Eid, ...]
    is_left: bool


@dataclass(frozen=True, slots=True)
class _Stay:
    """One number of people with one person, without change. until None while they are there."""

    who: str
    people: int
    since: int
    until: int | None
    begun_by: Eid
    ended_by: Eid | None


def strengths(duties: Iterable[Duty]) -> list[Strength]:
    """The steps in order of time. One person counts once, however many duties overlap through false clocks."""
    edges: dict[int, list[tuple[_Stay, bool]]] = {}
    for stay in (stay for duty in duties for stay in _stays(duty)):
        edges.setdefault(stay.since, []).append((stay, True))
        if stay.until is not None:
            edges.setdefault(stay.until, []).append((stay, False))
    there: dict[str, list[int]] = {}
    steps, people = [], 0
    for at in sorted(edges):
        went: set[str] = set()
        came: set[str] = set()
        for stay, begins in edges[at]:
            many = there.setdefault(stay.who, [])
            people -= max(many, default=0)
            if begins:
                many.append(stay.people)
            else:
                many.remove(stay.people)
            people += max(many, default=0)
            (came if begins else went).add(stay.who)
            if not many:
                del there[stay.who]
        changed = dict.fromkeys(eid for stay, begins in edges[at] if (eid := _cause(stay, begins)) is not None)
        steps.append(Strength(at, len(there), people, tuple(changed), is_left=bool(went - came)))
    return steps


def _cause(stay: _Stay, begins: bool) -> Eid | None:
    return stay.begun_by if begins else stay.ended_by


def _stays(duty: Duty) -> Iterator[_Stay]:
    """The numbers a person gave in one duty, each from when it was given; a later one of the same second counts."""
    last = duty.left_at
    told: dict[int, tuple[int, Eid]] = {}
    for at, people, eid in duty.people:
        if last is None or at < last:
            told[max(at, duty.on_at)] = (people, eid)
    line = sorted(told.items())
    # Whoever left in the second in which they came was never there.
    for number, (since, (people, eid)) in enumerate(line, 1):
        until, by = (last, duty.left_by) if number == len(line) else (line[number][0], line[number][1][1])
        yield _Stay(duty.who, people, since, until, eid, by)

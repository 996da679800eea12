"""The smallest change that would fill a shortage: ease a rule for so many people, move demand, or ask for BKO."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from kawal.guard.roster.blocking import BUSY, REST, blocks, rest_left, served
from kawal.guard.roster.explain import Shortage, fits
from kawal.guard.roster.problem import Roster, RosterProblem, Slot
from kawal.guard.roster.says import hours_of, lacking, reason_of

FixKind = Literal["ease", "move", "bko", "order"]


@dataclass(frozen=True)
class Fix:
    """One way to fill a shortage. people: whom it concerns. rest_hours: what they would still rest, where eased."""

    kind: FixKind
    n: int
    people: tuple[str, ...]
    says_id: str
    says_en: str
    rest_hours: float | None = None
    from_post: str = ""


@dataclass(frozen=True)
class BkoRequest:
    """A request for lent people drafted from shortages: how many at once, from when to when, with which skills."""

    area: str
    n: int
    since: int
    until: int
    skills: tuple[tuple[str, int], ...]
    posts: tuple[str, ...]
    says_id: str
    says_en: str


def fixes(problem: RosterProblem, roster: Roster, shortage: Shortage) -> tuple[Fix, ...]:
    """What would fill a shortage, the smallest first: nobody moved, then somebody moved, then somebody asked for."""
    if shortage.rule == "order":
        return (_longer_order(problem, shortage),)
    return (*_eased(problem, roster, shortage), *_moved(problem, roster, shortage), _asked(problem, shortage))


def _eased(problem: RosterProblem, roster: Roster, shortage: Shortage) -> Iterator[Fix]:
    """Ease the binding rule for just enough of those whom it alone keeps away, the best rested first."""
    stands = served(problem, roster)
    rested = {
        who: min(_rest(rest_left(stands, stands.person[who], slot)) for slot in shortage.slots)
        for who in shortage.only.get(shortage.rule, ())
    }
    able = [who for who in rested if shortage.rule != REST or rested[who] >= problem.rules.rest_floor]
    limits = {one.rule for one in problem.rules.limits}
    if len(able) < shortage.n or shortage.rule not in {REST, *limits}:
        return
    chosen = sorted(able, key=lambda who: (-rested[who], who))[: shortage.n]
    why_id, why_en = reason_of(problem.rules, shortage.rule, shortage.slots[0].ends - shortage.slots[0].starts)
    least = min(rested[who] for who in chosen)
    left_id, left_en = (f", tersisa {least:g} jam", f", {least:g} hours left") if shortage.rule == REST else ("", "")
    yield Fix(
        "ease",
        shortage.n,
        tuple(chosen),
        f"Longgarkan {why_id} untuk {shortage.n} orang{left_id}.",
        f"Ease {why_en} for {shortage.n} people{left_en}.",
        rest_hours=least if shortage.rule == REST else None,
    )


def _rest(hours: float | None) -> float:
    return 24.0 if hours is None else hours


def _moved(problem: RosterProblem, roster: Roster, shortage: Shortage) -> Iterator[Fix]:
    """Take people from a post of less risk at the same hours: it is then short instead, which the commander sees."""
    stands, weights, post_of = served(problem, roster), problem.weights, problem.post_of
    own = weights.of_risk(post_of[shortage.post].risk)
    best: tuple[float, str, tuple[str, ...]] | None = None
    for slot in problem.slots:
        risk = weights.of_risk(post_of[slot.post].risk)
        if slot.post == shortage.post or (slot.starts, slot.ends) != _hours(shortage.slots[0]) or risk >= own:
            continue
        able = tuple(
            who
            for who in stands.team.get((slot.post, slot.starts, slot.ends), ())
            if blocks(stands, stands.person[who], shortage.slots[0]) == {BUSY}
            and fits(stands.person[who], shortage.lacks)
        )
        if len(able) >= shortage.n and (best is None or (risk, slot.post) < best[:2]):
            best = (risk, slot.post, able[: shortage.n])
    if best is not None and len(shortage.slots) == 1:
        name = post_of[best[1]].name
        yield Fix(
            "move",
            shortage.n,
            best[2],
            f"Pindahkan {shortage.n} orang dari {name}, yang lebih rendah risikonya dan lalu kurang {shortage.n}.",
            f"Move {shortage.n} people from {name}, of less risk, which is then {shortage.n} short.",
            from_post=best[1],
        )


def _hours(slot: Slot) -> tuple[int, int]:
    return slot.starts, slot.ends


def _asked(problem: RosterProblem, shortage: Shortage) -> Fix:
    request = bko_request(problem, [shortage])
    return Fix("bko", request.n, (), request.says_id, request.says_en)


def _longer_order(problem: RosterProblem, shortage: Shortage) -> Fix:
    name = problem.post_of[shortage.post].name
    return Fix(
        "order",
        shortage.n,
        (),
        f"Terbitkan perintah baru untuk {name}, atau tutup posnya.",
        f"Issue a new order for {name}, or close the post.",
    )


def bko_requests(problem: RosterProblem, shortages: Iterable[Shortage]) -> tuple[BkoRequest, ...]:
    """One request for each kecamatan in which somebody is short, in order of area."""
    by_area: dict[str, list[Shortage]] = defaultdict(list)
    for one in shortages:
        if one.rule != "order":
            by_area[problem.post_of[one.post].area[:6]].append(one)
    return tuple(bko_request(problem, by_area[area]) for area in sorted(by_area))


def bko_request(problem: RosterProblem, shortages: Sequence[Shortage]) -> BkoRequest:
    """How many fresh people fill these shortages, each with the rest that the rules give him.

    Hours with their rest are intervals: as many people are needed as are short at one time, resting included. A leader
    who is missing from a team that is short anyway is one of those asked for, not one more.
    """
    skills = sorted({one.lacks for one in shortages if one.lacks})
    wanted = tuple((skill, _at_once(problem, [one for one in shortages if one.lacks == skill])) for skill in skills)
    n = _at_once(problem, shortages)
    since, until = min(one.starts for one in shortages), max(one.ends for one in shortages)
    posts = tuple(dict.fromkeys(one.post for one in shortages))
    when = hours_of(problem, since, until)
    names = ", ".join(problem.post_of[post].name for post in posts)
    with_id = "".join(f", di antaranya {count} {lacking(skill)[0]}" for skill, count in wanted)
    with_en = "".join(f", {count} of them {lacking(skill)[1]}" for skill, count in wanted)
    return BkoRequest(
        problem.post_of[posts[0]].area[:6],
        n,
        since,
        until,
        wanted,
        posts,
        f"Minta BKO {n} orang{with_id} untuk {names}, {when[0]}.",
        f"Ask for {n} people under BKO{with_en} for {names}, {when[1]}.",
    )


def _at_once(problem: RosterProblem, shortages: Sequence[Shortage]) -> int:
    short: dict[Slot, int] = defaultdict(int)
    for one in shortages:
        for slot in one.slots:
            short[slot] = max(short[slot], one.n)
    rules = problem.rules
    ready = {slot: slot.ends + rules.rest_after(slot.ends - slot.starts) for slot in short}
    return max(
        sum(n for slot, n in short.items() if slot.starts <= at < ready[slot]) for at in {s.starts for s in short}
    )

"""Why hours are uncovered: the rule that binds, found by asking of each person everything that keeps him away."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from kawal.guard.roster.blocking import BUSY, ORDER, REST, Served, blocks, served
from kawal.guard.roster.fitness import LEADER
from kawal.guard.roster.problem import CORE_AGENCY, Person, Roster, RosterProblem, Slot
from kawal.guard.roster.says import hours_of, reason_of, short_sentence


@dataclass(frozen=True)
class Shortage:
    """Hours of a post at which somebody is missing. lacks: "" for people, else leader, core, a skill or an agency.

    rule: the one that binds: most people are kept away by it alone. blocked: rule -> how many it keeps away (a person
    may be kept by several); only: rule -> whom it alone keeps away.
    """

    post: str
    starts: int
    ends: int
    n: int
    lacks: str
    rule: str
    blocked: Mapping[str, int]
    only: Mapping[str, tuple[str, ...]]
    slots: tuple[Slot, ...]
    says_id: str
    says_en: str


def explain(problem: RosterProblem, roster: Roster) -> tuple[Shortage, ...]:
    """Every shortage with its reason, in order of post and time; neighbouring hours of one post are one."""
    stands = served(problem, roster)
    found = [one for slot in problem.slots for one in _of_slot(stands, slot)]
    order = sorted(found, key=lambda one: (one.post, one.lacks, one.starts))
    return tuple(sorted(_merged(problem, order), key=lambda one: (one.starts, one.post, one.lacks)))


def _of_slot(stands: Served, slot: Slot) -> Iterator[Shortage]:
    short = stands.short(slot)
    if short:
        yield _shortage(stands, slot, short, "")
    for lacks, wanted in _asked(slot):
        team = [stands.person[who] for who in stands.team.get((slot.post, slot.starts, slot.ends), ())]
        missing = wanted - sum(fits(person, lacks) for person in team) - _lent(stands, slot, lacks)
        # Where people are short anyway, a missing skill is told only if it is more than them; a leader always.
        if missing > (0 if lacks == LEADER else short):
            yield _shortage(stands, slot, missing, lacks)


def _asked(slot: Slot) -> Iterator[tuple[str, int]]:
    if slot.leader:
        yield LEADER, 1
    if slot.core:
        yield "core", slot.core
    yield from slot.skills
    yield from slot.agencies


def fits(person: Person, lacks: str) -> bool:
    """Whether somebody has what is missing."""
    if not lacks:
        return True
    return lacks in person.skills or lacks == person.agency or (lacks == "core" and person.agency == CORE_AGENCY)


def _lent(stands: Served, slot: Slot, lacks: str) -> int:
    """Forces count for their agency and their skills; who of them leads is their commander's to name."""
    force = {one.force: one for one in stands.problem.forces}
    return sum(
        one.n
        for one in stands.strengths.get((slot.post, slot.starts, slot.ends), ())
        if lacks in force[one.force].skills or lacks == force[one.force].agency
    )


def _shortage(stands: Served, slot: Slot, n: int, lacks: str) -> Shortage:
    blocked: Counter[str] = Counter()
    only: dict[str, list[str]] = {}
    here = set(stands.team.get((slot.post, slot.starts, slot.ends), ()))
    for person in stands.problem.people:
        if person.who in here or not fits(person, lacks):
            continue
        rules = blocks(stands, person, slot)
        blocked.update(rules or {"free"})
        if len(rules) <= 1:
            only.setdefault(next(iter(rules), "free"), []).append(person.who)
    rule = binding(blocked, {rule: len(people) for rule, people in only.items()})
    bare = Shortage(
        slot.post,
        slot.starts,
        slot.ends,
        n,
        lacks,
        rule,
        blocked,
        {r: tuple(p) for r, p in only.items()},
        (slot,),
        "",
        "",
    )
    return _told(stands.problem, bare)


def binding(blocked: Mapping[str, int], only: Mapping[str, int]) -> str:
    """The rule that binds: of those that could be eased the one that alone keeps most people away.

    Duties elsewhere come after them, since whoever leaves one leaves a gap; what nobody can ease comes last.
    """
    if ORDER in blocked:
        return ORDER
    if only.get("free"):
        return "free"
    eased = {rule: n for rule, n in only.items() if rule not in _FIXED and rule != BUSY}
    if eased:
        return max(sorted(eased), key=lambda rule: (eased[rule], rule == REST))
    if only.get(BUSY):
        return BUSY
    return max(sorted(blocked), key=lambda rule: blocked[rule], default="")


_FIXED = frozenset({"leave", "dates", "exclusion", "place"})


def _told(problem: RosterProblem, one: Shortage) -> Shortage:
    post = problem.post_of[one.post]
    length = one.slots[0].ends - one.slots[0].starts
    says_id, says_en = short_sentence(
        post.name, one.n, one.lacks, hours_of(problem, one.starts, one.ends), reason_of(problem.rules, one.rule, length)
    )
    return replace(one, says_id=says_id, says_en=says_en)


def _merged(problem: RosterProblem, found: Sequence[Shortage]) -> Iterator[Shortage]:
    open_one: Shortage | None = None
    for one in found:
        if open_one is not None and _goes_on(open_one, one):
            open_one = _told(
                problem,
                replace(
                    open_one,
                    ends=one.ends,
                    blocked=_most(open_one.blocked, one.blocked),
                    only={rule: people for rule, people in open_one.only.items() if rule in one.only},
                    slots=(*open_one.slots, *one.slots),
                ),
            )
            continue
        if open_one is not None:
            yield open_one
        open_one = one
    if open_one is not None:
        yield open_one


def _goes_on(one: Shortage, following: Shortage) -> bool:
    return (one.post, one.lacks, one.n, one.rule, one.ends) == (
        following.post, following.lacks, following.n, following.rule, following.starts,
    )  # fmt: skip


def _most(one: Mapping[str, int], other: Mapping[str, int]) -> Mapping[str, int]:
    return {rule: max(one.get(rule, 0), other.get(rule, 0)) for rule in one.keys() | other.keys()}

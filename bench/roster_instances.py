"""Rosters of no real place, in the shape of the five districts: PPK stores, pleno rooms, offices, a warehouse, patrols.

A public generator, so that whoever doubts a figure can make the instance again: same numbers, same instance.
"""

from dataclasses import replace
from random import Random

from kawal.guard.roster.problem import DAY, HOUR, Person, Post, RosterProblem, Slot, Span
from kawal.guard.roster.rules import usual_rules
from kawal.guard.roster.shifts import THREE_BY_EIGHT, slots_of

ZONE_HOURS = 8
START = 20_055 * DAY - ZONE_HOURS * HOUR
"""Midnight in WITA, 28 November 2024."""
DUTIES_EACH = 10
"""Duties of one person in a fortnight that make load 1."""
ZONES = ("640101", "640102", "640103", "640104")
_ALWAYS = ("storage", "office", "office")
"""The warehouse, KPU and Bawaslu come first and never close."""
_KINDS = ("storage", "storage", "pleno", "storage", "patrol", "storage", "pleno", "reserve")
_ACTIVE_DAYS = {"storage": (4, 9), "pleno": (2, 5), "patrol": (5, 10), "reserve": (4, 8)}
_RISKS = ("less", "less", "prone", "prone", "high")


def instance(
    people: int, *, posts: int, load: float, leave: float = 0.08, days: int = 14, seed: int = 1
) -> RosterProblem:
    """People at posts in three shifts. load: demand against ten duties a person and fortnight. leave: part of them."""
    dice = Random(seed)
    made = tuple(_post(dice, at) for at in range(posts))
    slots = _slots(dice, made, people * DUTIES_EACH * load * days / 14, days)
    return RosterProblem(
        tuple(_person(dice, at, made, leave, days) for at in range(people)), made, slots, usual_rules()
    )


def _post(dice: Random, at: int) -> Post:
    place = _ALWAYS[at] if at < len(_ALWAYS) else _KINDS[at % len(_KINDS)]
    risk = "high" if at == 0 else dice.choice(_RISKS)
    return Post(f"pos-{at:03d}", f"Pos {at}", f"site-{at:03d}", dice.choice(ZONES), place, risk)


def _slots(dice: Random, posts: tuple[Post, ...], demand: float, days: int) -> tuple[Slot, ...]:
    """Stores stand until their pleno is over, plenos by day and evening, warehouse, KPU and Bawaslu all the time."""
    active = [(post, slot) for at, post in enumerate(posts) for slot in _hours(dice, at, post, days)]
    shares = {"storage": 1.2, "pleno": 1.5, "office": 1.0, "patrol": 1.0, "reserve": 0.6}
    weights = [shares[post.place] * dice.uniform(0.8, 1.25) for post, _ in active]
    scale = demand / sum(weights)
    return tuple(
        _asking(post, slot, max(1, round(weight * scale))) for (post, slot), weight in zip(active, weights, strict=True)
    )


def _hours(dice: Random, at: int, post: Post, days: int) -> list[Slot]:
    first, last = 0, days
    if at >= len(_ALWAYS):
        length = min(days, dice.randint(*_ACTIVE_DAYS[post.place]))
        first = dice.randint(0, days - length)
        last = first + length
    whole = Slot(post.post, START + first * DAY, START + last * DAY, 1)
    slots = slots_of(whole, THREE_BY_EIGHT, zone_hours=ZONE_HOURS)
    by_night = post.place not in ("pleno", "reserve")
    return [slot for slot in slots if by_night or (slot.starts + ZONE_HOURS * HOUR) % DAY >= 8 * HOUR]


def _asking(post: Post, slot: Slot, need: int) -> Slot:
    is_mobile = post.place in ("patrol", "reserve")
    return Slot(
        slot.post,
        slot.starts,
        slot.ends,
        need,
        leader=not is_mobile,
        core=-(-need // 2),
        skills=(("experienced", 1),) if post.place == "patrol" else (),
    )


def _person(dice: Random, at: int, posts: tuple[Post, ...], leave: float, days: int) -> Person:
    unit, agency = dice.choices(
        (("polres", "polri"), ("bko", "polri"), ("kodim", "tni"), ("linmas", "linmas")), (58, 17, 8, 17)
    )[0]
    skills = set()
    if agency == "polri" and dice.random() < 0.30:
        skills.add("leader")
    if agency == "polri" and dice.random() < 0.35:
        skills.add("experienced")
    excluded = frozenset({dice.choice(posts).post}) if dice.random() < 0.05 else frozenset()
    return Person(
        f"p-{at:04x}",
        unit,
        agency,
        skills=frozenset(skills),
        home="" if unit == "bko" else dice.choice(ZONES),
        exclusions=excluded,
        leave=_absence(dice, leave, days),
        requests=_wish(dice, days),
        contingent="bko-samapta-64" if unit == "bko" else "",
    )


def _absence(dice: Random, leave: float, days: int) -> tuple[Span, ...]:
    if dice.random() >= leave:
        return ()
    first = dice.randrange(days)
    return (Span(START + first * DAY, START + min(days, first + dice.randrange(2, 6)) * DAY),)


def _wish(dice: Random, days: int) -> tuple[Span, ...]:
    if dice.random() >= 0.2:
        return ()
    day = dice.randrange(days)
    return (Span(START + day * DAY, START + (day + 1) * DAY),)


SICK = 0.03
NOW_DAY = 7


def event(asked: RosterProblem, *, seed: int = 1) -> tuple[RosterProblem, int, int]:
    """Day 8: three in a hundred fall sick for three days, two stores need four more for 48 hours, a pleno slips.

    Gives the new problem, the moment, and how many duties more there are to fill than before.
    """
    dice, now = Random(seed), START + NOW_DAY * DAY
    sick = set(dice.sample([person.who for person in asked.people], round(len(asked.people) * SICK)))
    people = tuple(
        replace(one, leave=(*one.leave, Span(now, now + 3 * DAY))) if one.who in sick else one for one in asked.people
    )
    soon = {slot.post for slot in asked.slots if now <= slot.starts < now + 2 * DAY}
    stores = [post.post for post in asked.posts if post.place == "storage" and post.post in soon]
    larger = set(dice.sample(stores, min(2, len(stores))))
    slots = [_larger(slot, now) if slot.post in larger else slot for slot in asked.slots]
    slips = next((post for post in stores if post not in larger and _last(slots, post).ends < START + 12 * DAY), None)
    extra = [replace(slot, starts=at, ends=at + 8 * HOUR) for slot, at in _two_days_more(slots, slips)] if slips else []
    more = sum(slot.need for slot in (*slots, *extra)) - sum(slot.need for slot in asked.slots)
    return replace(asked, people=people, slots=(*slots, *extra)), now, more


def _larger(slot: Slot, now: int) -> Slot:
    return replace(slot, need=slot.need + 4) if now <= slot.starts < now + 2 * DAY else slot


def _last(slots: list[Slot], post: str) -> Slot:
    return max((slot for slot in slots if slot.post == post), key=lambda slot: slot.ends)


def _two_days_more(slots: list[Slot], post: str) -> list[tuple[Slot, int]]:
    last = _last(slots, post)
    return [(last, last.ends + at * 8 * HOUR) for at in range(6)]

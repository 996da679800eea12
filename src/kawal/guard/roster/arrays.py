"""A roster problem as arrays: what the planners work on. The checker never sees these."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from kawal.guard.roster.calendar import Bools, Calendar, Floats, Ints, calendar_of, history_use
from kawal.guard.roster.fair import Fair, fair_of
from kawal.guard.roster.fitness import asks_of, features_of, is_away, is_excluded, is_lapsed, may_enter
from kawal.guard.roster.problem import Duty, Person, Roster, RosterProblem, Span, Strength, UnknownToTheRoster

COMMON_EXCLUSION = 0.1
"""Exclusions from more than this part of the posts make a type of their own; fewer are met person by person."""


@dataclass(frozen=True)
class Asks:
    """Numbers within slots: at least (reqs, with a weight) or at most (caps, weight 0) n of those with a feature."""

    slot: Ints
    feature: Ints
    n: Ints
    weight: Floats


@dataclass(frozen=True)
class Slots:
    """S slots. weight: of one person missing. least: the two-man rule. is_open: False after the order's end."""

    post: Ints
    period: Ints
    need: Ints
    weight: Floats
    least: Ints
    is_open: Bools
    reqs: Asks
    caps: Asks
    index: Mapping[tuple[str, int, int], int]

    def at(self, post: str, starts: int, ends: int) -> int:
        """The index of a slot. Raises: UnknownToTheRoster."""
        try:
            return self.index[post, starts, ends]
        except KeyError as error:
            raise UnknownToTheRoster(
                f"pos {post} tidak memiliki jam {starts}-{ends}; perbarui jam jaganya / no such hours of that post"
            ) from error


@dataclass(frozen=True)
class Types:
    """K types: people who are equal to every slot, then one for each force. has: (K, features). can: (K, posts)."""

    of_person: Ints
    has: Bools
    can: Bools
    people: int


@dataclass(frozen=True)
class Staff:
    """P people. can: (P, posts). is_open, refuses: (P, T). away: (P, posts). left: (P, L), what limits leave them.

    rare: has exclusions that his type does not know.
    """

    can: Bools
    rare: Bools
    is_open: Bools
    refuses: Bools
    away: Bools
    left: Floats
    index: Mapping[str, int]


@dataclass(frozen=True)
class Forces:
    """F forces. strength: (F,). is_open: (F, T)."""

    strength: Ints
    is_open: Bools
    index: Mapping[str, int]


@dataclass
class Filled:
    """A roster in the making. at: (P, T) slot or -1. force: (F, S) how many of each force."""

    at: Ints
    force: Ints

    def copy(self) -> "Filled":
        """The same, to be changed."""
        return Filled(self.at.copy(), self.force.copy())


@dataclass(frozen=True)
class Arrays:
    """All of it. pinned: what stands whatever else changes."""

    problem: RosterProblem
    calendar: Calendar
    slots: Slots
    types: Types
    staff: Staff
    forces: Forces
    fair: Fair
    pinned: Filled

    @property
    def shape(self) -> tuple[int, int]:
        """People and periods."""
        return self.staff.is_open.shape[0], self.staff.is_open.shape[1]

    def empty(self) -> Filled:
        """Nobody anywhere."""
        return Filled(
            np.full(self.shape, -1, dtype=np.int64),
            np.zeros((len(self.forces.strength), len(self.slots.need)), dtype=np.int64),
        )


def arrays_of(problem: RosterProblem) -> Arrays:
    """Lay a problem out. Raises: UnknownToTheRoster."""
    calendar = calendar_of(problem)
    names = _feature_names(problem)
    slots = _slots(problem, calendar, names)
    staff = _staff(problem, calendar)
    types, rare = _types(problem, names, staff.can)
    staff = Staff(staff.can, rare, staff.is_open, staff.refuses, staff.away, staff.left, staff.index)
    forces = _forces(problem, calendar)
    fair = fair_of(calendar, staff.is_open, forces.strength, slots.need, slots.period)
    bare = Arrays(problem, calendar, slots, types, staff, forces, fair, Filled(_ints([]), _ints([])))
    return Arrays(problem, calendar, slots, types, staff, forces, fair, filled_of(bare, problem.pinned))


def filled_of(arrays: Arrays, roster: Roster) -> Filled:
    """A roster as arrays. Raises: UnknownToTheRoster."""
    filled = arrays.empty()
    for duty in roster.duties:
        if duty.who not in arrays.staff.index:
            raise UnknownToTheRoster(f"{duty.who}: tidak ada di daftar personel / not among the people")
        slot = arrays.slots.at(duty.post, duty.starts, duty.ends)
        filled.at[arrays.staff.index[duty.who], arrays.slots.period[slot]] = slot
    for one in roster.strengths:
        if one.force not in arrays.forces.index:
            raise UnknownToTheRoster(f"{one.force}: tidak ada di daftar kekuatan / not among the forces")
        filled.force[arrays.forces.index[one.force], arrays.slots.at(one.post, one.starts, one.ends)] += one.n
    return filled


def roster_of(arrays: Arrays, filled: Filled) -> Roster:
    """Arrays as a roster, in order of time, post and person."""
    slots, people, forces = arrays.problem.slots, arrays.problem.people, arrays.problem.forces
    duties = [
        Duty(slots[at].starts, slots[at].post, people[p].who, slots[at].ends)
        for p, t in zip(*np.nonzero(filled.at >= 0), strict=True)
        for at in (int(filled.at[p, t]),)
    ]
    strengths = [
        Strength(slots[s].starts, slots[s].post, forces[f].force, slots[s].ends, int(filled.force[f, s]))
        for f, s in zip(*np.nonzero(filled.force), strict=True)
    ]
    return Roster(tuple(sorted(duties)), tuple(sorted(strengths)))


def _feature_names(problem: RosterProblem) -> dict[str, int]:
    everybody = [*map(features_of, problem.people), *map(features_of, problem.forces)]
    asked = {feature for slot in problem.slots for feature, _, _ in asks_of(problem, slot)}
    shared = {f"agency:{share.agency}" for share in problem.rules.shares}
    return {name: at for at, name in enumerate(sorted(frozenset().union(*everybody, asked, shared)))}


def _slots(problem: RosterProblem, calendar: Calendar, names: Mapping[str, int]) -> Slots:
    posts = {post.post: at for at, post in enumerate(problem.posts)}
    periods = {span: at for at, span in enumerate(zip(calendar.starts.tolist(), calendar.ends.tolist(), strict=True))}
    index = {(slot.post, slot.starts, slot.ends): at for at, slot in enumerate(problem.slots)}
    if len(index) != len(problem.slots):
        raise UnknownToTheRoster(
            "dua kebutuhan untuk pos dan jam yang sama; satukan / the same hours twice; merge them"
        )
    if unknown := {slot.post for slot in problem.slots} - posts.keys():
        raise UnknownToTheRoster(f"pos tidak dikenal / unknown posts: {', '.join(sorted(unknown))}")
    of_post = [problem.posts[posts[slot.post]] for slot in problem.slots]
    risk = [problem.weights.of_risk(post.risk) for post in of_post]
    reqs = [
        (at, names[feature], n, weight * risk[at])
        for at, slot in enumerate(problem.slots)
        for feature, n, weight in asks_of(problem, slot)
    ]
    caps = [
        (at, names[f"agency:{share.agency}"], slot.need // share.one_in, 0.0)
        for at, slot in enumerate(problem.slots)
        for share in problem.rules.shares
    ]
    return Slots(
        _ints([posts[slot.post] for slot in problem.slots]),
        _ints([periods[slot.starts, slot.ends] for slot in problem.slots]),
        _ints([slot.need for slot in problem.slots]),
        np.array(risk) * problem.weights.uncovered,
        _ints([post.min_team for post in of_post]),
        np.array(
            [not is_lapsed(post, slot) for post, slot in zip(of_post, problem.slots, strict=True)], dtype=np.bool_
        ),
        _asks(reqs),
        _asks(caps),
        index,
    )


def _asks(rows: Sequence[tuple[int, int, int, float]]) -> Asks:
    slot, feature, n, weight = zip(*rows, strict=True) if rows else ((), (), (), ())
    return Asks(_ints(slot), _ints(feature), _ints(n), np.array(weight, dtype=np.float64))


def _ints(values: Iterable[int]) -> Ints:
    return np.array(list(values), dtype=np.int64)


def _bools(rows: Iterable[object], shape: tuple[int, int]) -> Bools:
    return np.array(list(rows), dtype=np.bool_).reshape(shape)


def _staff(problem: RosterProblem, calendar: Calendar) -> Staff:
    people, posts = problem.people, problem.posts
    by_post = (len(people), len(posts))
    by_period = (len(people), len(calendar.starts))
    can = [[may_enter(problem, p, q) and not is_excluded(p, q) for q in posts] for p in people]
    left = [calendar.most - history_use(calendar, problem, p.history) for p in people]
    return Staff(
        _bools(can, by_post),
        np.zeros(len(people), dtype=np.bool_),
        _bools((_open(problem, calendar, p) for p in people), by_period),
        _bools((_meets(calendar, p.requests) for p in people), by_period),
        _bools(([is_away(p, q) for q in posts] for p in people), by_post),
        np.array(left, dtype=np.float64).reshape(len(people), len(calendar.most)),
        {person.who: at for at, person in enumerate(people)},
    )


def _open(problem: RosterProblem, calendar: Calendar, person: Person) -> Bools:
    """Periods a person can serve at all: not on leave, within BKO dates, rested from what he did before."""
    ready = max((one.ends + problem.rules.rest_after(one.ends - one.starts) for one in person.history), default=0)
    return _dates(calendar, person.since, person.until) & ~_meets(calendar, person.leave) & (calendar.starts >= ready)


def _dates(calendar: Calendar, since: int | None, until: int | None) -> Bools:
    is_open = np.ones(len(calendar.starts), dtype=np.bool_)
    if since is not None:
        is_open &= calendar.starts >= since
    return is_open if until is None else is_open & (calendar.ends <= until)


def _meets(calendar: Calendar, spans: Iterable[Span]) -> Bools:
    met = np.zeros(len(calendar.starts), dtype=np.bool_)
    for span in spans:
        met |= (span.starts < calendar.ends) & (calendar.starts < span.ends)
    return met


def _forces(problem: RosterProblem, calendar: Calendar) -> Forces:
    forces = problem.forces
    return Forces(
        _ints([one.strength for one in forces]),
        _bools((_dates(calendar, f.since, f.until) for f in forces), (len(forces), len(calendar.starts))),
        {one.force: at for at, one in enumerate(forces)},
    )


def _types(problem: RosterProblem, names: Mapping[str, int], can: Bools) -> tuple[Types, Bools]:
    keys: dict[tuple[frozenset[str], bytes], int] = {}
    of_person: list[int] = []
    has: list[list[bool]] = []
    type_can: list[Bools] = []
    rare: list[bool] = []
    for at, person in enumerate(problem.people):
        unhindered = np.array([may_enter(problem, person, post) for post in problem.posts], dtype=np.bool_)
        lost = int((unhindered & ~can[at]).sum())
        is_own = lost > COMMON_EXCLUSION * len(problem.posts)
        row = can[at] if is_own else unhindered
        features = features_of(person)
        of_person.append(keys.setdefault((features, row.tobytes()), len(keys)))
        rare.append(lost > 0 and not is_own)
        if len(has) < len(keys):
            has.append([name in features for name in names])
            type_can.append(row)
    for force in problem.forces:
        has.append([name in features_of(force) for name in names])
        type_can.append(np.array([may_enter(problem, force, post) for post in problem.posts], dtype=np.bool_))
    types = Types(
        _ints(of_person),
        _bools(has, (len(has), len(names))),
        _bools(type_can, (len(has), len(problem.posts))),
        len(keys),
    )
    return types, np.array(rare, dtype=np.bool_)

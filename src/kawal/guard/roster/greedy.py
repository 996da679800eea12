"""The roster a careful duty officer makes by hand: hour by hour, the riskiest post first, whoever served least."""

from functools import cached_property

import numpy as np

from kawal.guard.roster.arrays import Arrays, Filled
from kawal.guard.roster.calendar import Bools, Floats, Ints

_NOBODY = 1e9
_SCARCE = 0.5
"""A feature fewer people have than this part of all is scarce."""


def greedy(arrays: Arrays) -> Filled:
    """Fill every slot as well as one pass can; never breaks a rule, and keeps what is pinned."""
    return _Officer(arrays).run()


class _Officer:
    """Where the pass stands. busy: (P, C) cliques in which somebody serves. used: (P, L) of his limits."""

    def __init__(self, arrays: Arrays) -> None:
        self.arrays = arrays
        self.filled = arrays.pinned.copy()
        on = (self.filled.at >= 0).astype(np.float64)
        self.busy: Bools = on @ arrays.calendar.cliques.T > 0
        self.used: Floats = on @ arrays.calendar.limits.T
        self.lent: Ints = self.filled.force @ arrays.calendar.cliques.T[arrays.slots.period]
        self.total = on.sum(axis=1)
        self.last_post = np.full(arrays.shape[0], -1, dtype=np.int64)

    def run(self) -> Filled:
        slots = self.arrays.slots
        for period in range(self.arrays.shape[1]):
            here = np.nonzero((slots.period == period) & slots.is_open)[0]
            free = self._free(period)
            for slot in here[np.lexsort((here, -slots.weight[here]))]:
                self._fill(int(slot), period, free)
        return self.filled

    def _free(self, period: int) -> Bools:
        calendar = self.arrays.calendar
        counts = calendar.limits[:, period]
        over = (self.used + counts > self.arrays.staff.left + 1e-9)[:, counts > 0].any(axis=1)
        return self.arrays.staff.is_open[:, period] & ~self.busy[:, calendar.cliques[:, period]].any(axis=1) & ~over

    def _fill(self, slot: int, period: int, free: Bools) -> None:
        team = self._team(slot, period, free)
        lent = self._lendable(slot, period, len(team))
        present = self._present(slot, period) + len(team) + int(lent.sum())
        if present < min(self.arrays.slots.least[slot], self.arrays.slots.need[slot]):
            return
        cliques = self.arrays.calendar.cliques[:, period]
        self.filled.at[team, period] = slot
        free[team] = False
        self.last_post[team] = self.arrays.slots.post[slot]
        self.busy[team] |= cliques
        self.used[team] += self.arrays.calendar.limits[:, period]
        self.total[team] += 1
        self.filled.force[:, slot] += lent
        self.lent += lent[:, None] * cliques

    def _present(self, slot: int, period: int) -> int:
        return int((self.filled.at[:, period] == slot).sum() + self.filled.force[:, slot].sum())

    def _team(self, slot: int, period: int, free: Bools) -> Ints:
        """Those asked for first (leader, skills, core), then anybody, within what each agency may be."""
        post = self.arrays.slots.post[slot]
        able = free & self.arrays.staff.can[:, post]
        price = self.total + 0.4 * self.arrays.staff.away[:, post] + 0.3 * (self.last_post != post)
        price = price + 0.5 * self.scarce
        room = int(self.arrays.slots.need[slot]) - self._present(slot, period)
        here = self.filled.at[:, period] == slot
        chosen: list[int] = []
        everybody = (np.ones(len(able), dtype=np.bool_), int(self.arrays.slots.need[slot]))
        for has, wanted in (*self._wanted(slot), everybody):
            counted = int(has[chosen].sum()) + int((has & here).sum())
            while counted < wanted and len(chosen) < room:
                open_to = able & has & self._within_caps(slot, here, chosen)
                open_to[chosen] = False
                if not open_to.any():
                    break
                chosen.append(int(np.argmin(np.where(open_to, price, _NOBODY))))
                counted += 1
        return np.array(chosen, dtype=np.int64)

    @cached_property
    def scarce(self) -> Bools:
        """Leaders and the like, kept for what asks for them."""
        types = self.arrays.types
        asked = np.unique(self.arrays.slots.reqs.feature)
        rare = [feature for feature in asked if types.has[types.of_person, feature].mean() < _SCARCE]
        scarce: Bools = types.has[np.ix_(types.of_person, rare)].any(axis=1)
        return scarce

    def _wanted(self, slot: int) -> list[tuple[Bools, int]]:
        reqs, types = self.arrays.slots.reqs, self.arrays.types
        rows = np.nonzero(reqs.slot == slot)[0]
        return [(types.has[types.of_person, reqs.feature[row]], int(reqs.n[row])) for row in rows]

    def _within_caps(self, slot: int, here: Bools, chosen: list[int]) -> Bools:
        caps, types = self.arrays.slots.caps, self.arrays.types
        allowed = np.ones(len(self.total), dtype=np.bool_)
        for row in np.nonzero(caps.slot == slot)[0]:
            has = types.has[types.of_person, caps.feature[row]]
            forces = types.has[types.people :, caps.feature[row]] @ self.filled.force[:, slot]
            if has[chosen].sum() + (has & here).sum() + forces >= caps.n[row]:
                allowed &= ~has
        return allowed

    def _lendable(self, slot: int, period: int, team: int) -> Ints:
        """What is still short comes from the forces that may stand there: (F,)."""
        arrays = self.arrays
        lent = np.zeros(len(arrays.forces.strength), dtype=np.int64)
        cliques = arrays.calendar.cliques[:, period]
        for at, strength in enumerate(arrays.forces.strength):
            kind = arrays.types.people + at
            if not (arrays.types.can[kind, arrays.slots.post[slot]] and arrays.forces.is_open[at, period]):
                continue
            room = int(arrays.slots.need[slot]) - self._present(slot, period) - team - int(lent.sum())
            spare = min(int(strength - self.lent[at, cliques].max(initial=0)), room, self._cap_left(slot, period, kind))
            lent[at] = max(0, spare)
        return lent

    def _cap_left(self, slot: int, period: int, kind: int) -> int:
        caps, types = self.arrays.slots.caps, self.arrays.types
        left = int(self.arrays.slots.need[slot])
        for row in np.nonzero((caps.slot == slot) & types.has[kind, caps.feature])[0]:
            people = types.has[types.of_person, caps.feature[row]] & (self.filled.at[:, period] == slot)
            forces = types.has[types.people :, caps.feature[row]] @ self.filled.force[:, slot]
            left = min(left, int(caps.n[row]) - int(people.sum()) - int(forces))
        return left

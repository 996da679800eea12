"""What if the commander insists: a slot is filled whatever it costs, and he is shown who gives and what it costs."""

from dataclasses import dataclass, replace

import numpy as np

from kawal.guard.roster.arrays import arrays_of, filled_of, roster_of
from kawal.guard.roster.check import check
from kawal.guard.roster.costs import cost_of, counts_of, short_of
from kawal.guard.roster.improve import Budget
from kawal.guard.roster.naming import named
from kawal.guard.roster.plan import BreaksRules
from kawal.guard.roster.problem import Duty, Roster, RosterProblem, Slot
from kawal.guard.roster.window import Window, solve_window


@dataclass(frozen=True)
class WhatIf:
    """roster: None where no roster fills the slot within the rules. extra_cost: against the roster as it is.

    gives: (slot, how many more are short there now). taken, added: duties that go and come.
    """

    slot: Slot
    roster: Roster | None
    extra_cost: float = 0.0
    gives: tuple[tuple[Slot, int], ...] = ()
    taken: tuple[Duty, ...] = ()
    added: tuple[Duty, ...] = ()


def what_if(
    problem: RosterProblem, roster: Roster, slot: Slot, budget: Budget, *, now: int | None = None, window_days: int = 3
) -> WhatIf:
    """Fill a slot by force, within the days around it. now: nothing that began before it changes.

    Raises: BreaksRules, UnknownToTheRoster.
    """
    arrays = arrays_of(problem)
    stands = filled_of(arrays, roster)
    at = arrays.slots.at(slot.post, slot.starts, slot.ends)
    day = int(arrays.calendar.day[arrays.slots.period[at]])
    periods = (arrays.calendar.day >= day - window_days // 2) & (arrays.calendar.day <= day + window_days // 2)
    if now is not None:
        periods &= arrays.calendar.starts >= now
    chosen = solve_window(arrays, stands, Window(periods, published=stands, full=(at,)), budget.effort(0, gap=1e-3))
    if chosen is None:
        return WhatIf(slot, None)
    filled = named(arrays, stands, chosen, periods, stands)
    before, after = (short_of(arrays, counts_of(arrays, one)) for one in (stands, filled))
    if after[at]:
        return WhatIf(slot, None)
    made = roster_of(arrays, filled)
    if breaches := check(problem, made):
        raise BreaksRules(breaches)
    worse = [(problem.slots[one], int(after[one] - before[one])) for one in np.nonzero(after > before)[0]]
    old, new = set(roster.duties), set(made.duties)
    return WhatIf(
        slot,
        made,
        cost_of(arrays, filled) - cost_of(arrays, stands),
        tuple(worse),
        tuple(sorted(old - new)),
        tuple(sorted(new - old)),
    )


def with_rest(problem: RosterProblem, hours: int) -> RosterProblem:
    """The same problem with another rest, to be asked again."""
    rests = tuple(replace(one, hours=min(one.hours, hours)) for one in problem.rules.rests)
    return replace(problem, rules=replace(problem.rules, rests=rests))

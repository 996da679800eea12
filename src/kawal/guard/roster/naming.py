"""From strengths to names: who of a type stands in which of its slots, period by period."""

import numpy as np
from scipy.optimize import linear_sum_assignment

from kawal.guard.roster.arrays import Arrays, Filled
from kawal.guard.roster.calendar import Bools, Floats, Ints
from kawal.guard.roster.window import Chosen

_NEVER = 1e6
_ALWAYS = -1e6


def named(arrays: Arrays, filled: Filled, chosen: Chosen, periods: Bools, published: Filled | None = None) -> Filled:
    """Give the slots of some periods their people: near home, at the post they know, never where they may not be.

    Somebody for whom no slot is left stays off duty: the slot is then short, and the cost says so.
    """
    made = filled.copy()
    made.at[:, periods] = -1
    inside = periods[arrays.slots.period]
    made.force[:, inside] = chosen.counts[arrays.types.people :, inside]
    posts = np.append(arrays.slots.post, -1)
    for period in np.nonzero(periods)[0]:
        slots = np.nonzero(arrays.slots.period == period)[0]
        known = _last_posts(made, posts, int(period))
        for kind in range(arrays.types.people):
            people = np.nonzero(chosen.on[:, period] & (arrays.types.of_person == kind))[0]
            places = np.repeat(slots, chosen.counts[kind, slots])
            if len(people) and len(places):
                price = _price(arrays, people, places, known[people])
                if published is not None:
                    price += _kept(arrays, places, posts[published.at[people, period]])
                price[arrays.pinned.at[people, period][:, None] == places] = _ALWAYS
                _assign(made, people, places, price, int(period))
    return made


def _last_posts(made: Filled, posts: Ints, period: int) -> Ints:
    """The post of each person's duty before a period, -1 where there is none."""
    if period == 0:
        return np.full(len(made.at), -1, dtype=np.int64)
    before = made.at[:, :period][:, ::-1]
    last = before[np.arange(len(before)), (before >= 0).argmax(axis=1)]
    known: Ints = posts[last]
    return known


def _price(arrays: Arrays, people: Ints, places: Ints, known: Ints) -> Floats:
    weights = arrays.problem.weights
    posts = arrays.slots.post[places]
    price = weights.zone * arrays.staff.away[np.ix_(people, posts)].astype(np.float64)
    price += weights.moved * ((known[:, None] != posts) & (known[:, None] >= 0))
    price[~arrays.staff.can[np.ix_(people, posts)]] = _NEVER
    return price


def _kept(arrays: Arrays, places: Ints, was: Ints) -> Floats:
    """What leaving one's published post costs."""
    kept: Floats = arrays.problem.weights.keep_post * (
        (was[:, None] >= 0) & (was[:, None] != arrays.slots.post[places])
    )
    return kept


def _assign(made: Filled, people: Ints, places: Ints, price: Floats, period: int) -> None:
    rows, columns = linear_sum_assignment(price)
    fits = price[rows, columns] < _NEVER
    made.at[people[rows[fits]], period] = places[columns[fits]]

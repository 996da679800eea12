"""What a roster costs, tier by tier, as the planners see it; `check.py` counts again on its own."""

from collections.abc import Mapping

import numpy as np

from kawal.guard.roster.arrays import Arrays, Asks, Filled
from kawal.guard.roster.calendar import Floats, Ints

TIERS = ("uncovered", "missing", "changes", "fairness", "wishes")


def counts_of(arrays: Arrays, filled: Filled) -> Ints:
    """How many of each type stand in each slot: (K, S)."""
    counts = np.zeros((len(arrays.types.has), len(arrays.slots.need)), dtype=np.int64)
    people, periods = np.nonzero(filled.at >= 0)
    np.add.at(counts, (arrays.types.of_person[people], filled.at[people, periods]), 1)
    counts[arrays.types.people :] = filled.force
    return counts


def short_of(arrays: Arrays, counts: Ints) -> Ints:
    """People missing in each slot: (S,)."""
    short: Ints = np.maximum(0, arrays.slots.need - counts.sum(axis=0))
    return short


def missing_of(arrays: Arrays, counts: Ints, asks: Asks) -> Ints:
    """How many each least number lacks: (R,)."""
    had = (arrays.types.has[:, asks.feature] * counts[:, asks.slot]).sum(axis=0)
    missing: Ints = np.maximum(0, asks.n - had)
    return missing


def tiers_of(arrays: Arrays, filled: Filled, published: Filled | None = None) -> Mapping[str, float]:
    """The cost of each tier. published: what a re-plan starts from."""
    weights, slots = arrays.problem.weights, arrays.slots
    counts = counts_of(arrays, filled)
    return {
        "uncovered": float(short_of(arrays, counts) @ slots.weight),
        "missing": float(missing_of(arrays, counts, slots.reqs) @ slots.reqs.weight),
        "changes": 0.0 if published is None else _changes(arrays, filled, published),
        "fairness": weights.fairness * float(outside_of(arrays, filled).sum())
        + weights.night * float(over_nights_of(arrays, filled).sum()),
        "wishes": _wishes(arrays, filled),
    }


def cost_of(arrays: Arrays, filled: Filled, published: Filled | None = None) -> float:
    """The sum of all tiers."""
    return sum(tiers_of(arrays, filled, published).values())


def outside_of(arrays: Arrays, filled: Filled) -> Ints:
    """Duties by which each person lies outside his fair band: (P,)."""
    total = (filled.at >= 0).sum(axis=1)
    outside: Ints = np.maximum(0, total - arrays.fair.high) + np.maximum(0, arrays.fair.low - total)
    return outside


def over_nights_of(arrays: Arrays, filled: Filled) -> Ints:
    """Nights beyond each person's fair number: (P,)."""
    total = (filled.at[:, arrays.calendar.night] >= 0).sum(axis=1)
    over: Ints = np.maximum(0, total - arrays.fair.nights)
    return over


def _changes(arrays: Arrays, filled: Filled, published: Filled) -> float:
    on, was = filled.at >= 0, published.at >= 0
    posts = np.append(arrays.slots.post, -1)
    moved = on & was & (posts[filled.at] != posts[published.at])
    weights = arrays.problem.weights
    lent = np.abs(filled.force - published.force).sum()
    return weights.change * float((on != was).sum() + lent) + weights.keep_post * float(moved.sum())


def _wishes(arrays: Arrays, filled: Filled) -> float:
    on, weights = filled.at >= 0, arrays.problem.weights
    refused = float((on & arrays.staff.refuses).sum())
    people, periods = np.nonzero(on)
    posts = arrays.slots.post[filled.at[people, periods]]
    away = float(arrays.staff.away[people, posts].sum())
    # Row by row in order of time, so that neighbours in the list are a person's duties one after the other.
    moved = float(((people[1:] == people[:-1]) & (posts[1:] != posts[:-1])).sum())
    return weights.request * refused + weights.zone * away + weights.moved * moved


def weighed(arrays: Arrays, counts: Ints) -> Floats:
    """What is wrong in each slot, weighed: (S,); where a planner should look first."""
    found = short_of(arrays, counts) * arrays.slots.weight
    missing = missing_of(arrays, counts, arrays.slots.reqs) * arrays.slots.reqs.weight
    np.add.at(found, arrays.slots.reqs.slot, missing)
    return found

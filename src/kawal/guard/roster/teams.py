"""The part of a model that fills slots: how many of each type stand where, and what is short. Of windows and bound."""

from collections.abc import Sequence

import numpy as np

from kawal.guard.roster.arrays import Arrays, Asks, Filled
from kawal.guard.roster.calendar import Bools, Ints
from kawal.guard.roster.costs import counts_of
from kawal.guard.roster.model import Model


class Teams:
    """Columns y: so many of type `kind` stand in `slot`. slots: those that the model may fill."""

    def __init__(self, arrays: Arrays, model: Model, slots: Ints, *, is_whole: bool = True) -> None:
        self.arrays, self.model, self.slots = arrays, model, slots
        can = arrays.types.can[:, arrays.slots.post[slots]] & arrays.slots.is_open[slots]
        can[arrays.types.people :] &= arrays.forces.is_open[:, arrays.slots.period[slots]]
        pinned = counts_of(arrays, arrays.pinned)[:, slots]
        self.kind, at = np.nonzero(can | (pinned > 0))
        self.slot: Ints = slots[at]
        self.pinned: Ints = pinned.sum(axis=0)
        least = pinned[self.kind, at]
        most = np.maximum(arrays.slots.need[self.slot], least)
        self.y = model.add_columns(len(self.kind), lower=least, upper=most, is_whole=is_whole)
        self.row_of_slot: Ints = np.full(len(arrays.slots.need), -1, dtype=np.int64)

    def cover(self, full: Sequence[int] = ()) -> None:
        """Whoever stands in a slot and what is short make its need. full: slots where nothing may be short."""
        slots = self.arrays.slots
        need = slots.need[self.slots].astype(np.float64)
        upper = np.where(np.isin(self.slots, full), 0.0, need)
        short = self.model.add_columns(len(self.slots), cost=slots.weight[self.slots], upper=upper)
        rows = self.model.add_rows(len(self.slots), lower=need, upper=np.maximum(need, self.pinned))
        self.row_of_slot[self.slots] = rows
        self.model.enter(self.row_of_slot[self.slot], self.y)
        self.model.enter(rows, short)

    def numbers(self) -> None:
        """Least numbers (leader, skills, core, agencies), which may fall short, and shares, which are never passed."""
        reqs, caps = self.arrays.slots.reqs, self.arrays.slots.caps
        asked = self._of_slots(reqs)
        rows = self.model.add_rows(len(asked), lower=reqs.n[asked])
        missing = self.model.add_columns(len(asked), cost=reqs.weight[asked], upper=reqs.n[asked])
        self.model.enter(rows, missing)
        self._enter(reqs, asked, rows)
        capped = self._of_slots(caps)
        self._enter(caps, capped, self.model.add_rows(len(capped), upper=caps.n[capped]))

    def _of_slots(self, asks: Asks) -> Ints:
        return np.nonzero(self.row_of_slot[asks.slot] >= 0)[0]

    def _enter(self, asks: Asks, asked: Ints, rows: Ints) -> None:
        for row, ask in zip(rows, asked, strict=True):
            fits = (self.slot == asks.slot[ask]) & self.arrays.types.has[self.kind, asks.feature[ask]]
            self.model.enter(np.full(int(fits.sum()), row), self.y[fits])

    def lend(self, filled: Filled, periods: Bools) -> None:
        """A force is its strength at any time, counted with the rest that its people need."""
        arrays, model = self.arrays, self.model
        outside = ~periods[arrays.slots.period]
        touched = arrays.calendar.cliques[(arrays.calendar.cliques & periods).any(axis=1)]
        for at, strength in enumerate(arrays.forces.strength):
            mine = self.kind == arrays.types.people + at
            for clique in touched:
                within = mine & clique[arrays.slots.period[self.slot]]
                used = filled.force[at, outside & clique[arrays.slots.period]].sum()
                row = model.add_rows(1, upper=float(strength - used))
                model.enter(np.full(int(within.sum()), row[0]), self.y[within])

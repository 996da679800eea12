"""Fix and optimise: window after window is filled anew while everything else stands, as long as the cost falls.

A monolithic model of a fortnight never gets off the ground; a window of three days is nearly whole by itself. A window
is taken only where the full cost, names and all, does not rise: one that the clock cut off may be far worse.
Source: planning.md section 3.1, measured.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from kawal.guard.roster.arrays import Arrays, Filled
from kawal.guard.roster.calendar import Bools
from kawal.guard.roster.costs import cost_of
from kawal.guard.roster.model import Effort
from kawal.guard.roster.naming import named
from kawal.guard.roster.window import Window, solve_window

WINDOW_DAYS = (3, 4, 5)
WINDOW_SECONDS = 8.0
LEAST_SECONDS = 0.3
"""A window begun with less time left than this would only be cut off."""
CLOSE = 1e-5
"""A roster this near its bound is as good as proven."""


def _forever() -> float:
    return float("inf")


def _never() -> bool:
    return False


def _silent(_: "Progress") -> None:
    return None


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a plan is. done, of: windows of this round. cost: of the best roster so far."""

    stage: str
    done: int
    of: int
    cost: float
    bound: float | None = None


@dataclass(frozen=True)
class Budget:
    """How long may be planned. The planner has no clock of its own.

    remaining: seconds left. windows: the most windows, which makes a plan repeatable for a seed where `remaining`
    never ends; nodes: of each window's search tree, to the same end. stretch: seconds of the wall for each of
    `remaining`, where that counts another time (a benchmark on a busy machine).
    """

    remaining: Callable[[], float] = _forever
    is_cancelled: Callable[[], bool] = _never
    report: Callable[[Progress], None] = _silent
    windows: int | None = None
    nodes: int | None = None
    stretch: float = 1.0

    @property
    def is_over(self) -> bool:
        """Whether to stop and give what there is."""
        return self.is_cancelled() or self.remaining() < LEAST_SECONDS

    def effort(self, seed: int, *, most: float = WINDOW_SECONDS, gap: float = 1e-4) -> Effort:
        """What one window may take of it."""
        left = self.remaining()
        seconds = None if left == float("inf") else self.stretch * min(most, left)
        return Effort(seconds, self.nodes, gap, seed, self.is_cancelled if self.is_cancelled is not _never else None)


@dataclass(frozen=True)
class Improved:
    """The best roster found, after how many windows."""

    filled: Filled
    cost: float
    windows: int


def improve(arrays: Arrays, start: Filled, budget: Budget, *, seed: int = 0, enough: float | None = None) -> Improved:
    """Improve a valid roster until the time is over, no window gains anything, or a bound (`enough`) is reached."""
    best, cost, tried = start, cost_of(arrays, start), 0
    for round_number, days in enumerate(_sizes(arrays.calendar.days)):
        windows = list(_windows(arrays, days, seed + round_number))
        before = cost
        for done, periods in enumerate(windows):
            if budget.is_over or tried == budget.windows or (enough is not None and cost <= enough * (1 + CLOSE)):
                return Improved(best, cost, tried)
            budget.report(Progress(f"{days}", done, len(windows), cost))
            best, cost = _better(arrays, best, cost, periods, budget.effort(seed))
            tried += 1
        if before - cost < 1e-6 and days >= min(WINDOW_DAYS[-1], arrays.calendar.days):
            break
    return Improved(best, cost, tried)


def _better(arrays: Arrays, best: Filled, cost: float, periods: Bools, effort: Effort) -> tuple[Filled, float]:
    chosen = solve_window(arrays, best, Window(periods), effort)
    if chosen is None:
        return best, cost
    made = named(arrays, best, chosen, periods)
    new = cost_of(arrays, made)
    return (made, new) if new <= cost + 1e-9 else (best, cost)


def _sizes(days: int) -> Iterator[int]:
    """Three days, then four, then five, and so on in turn: as many rounds as it takes."""
    yield from (min(size, days) for size in WINDOW_DAYS)
    while True:
        yield from (min(size, days) for size in WINDOW_DAYS[1:])


def _windows(arrays: Arrays, days: int, seed: int) -> Iterator[Bools]:
    """Every window of so many days, in strides: neighbours never follow each other. The seed turns the order."""
    starts = np.arange(max(1, arrays.calendar.days - days + 1))
    order = [at for offset in range(days) for at in starts[(offset + seed) % days :: days]]
    for first in order:
        yield (arrays.calendar.day >= first) & (arrays.calendar.day < first + days)

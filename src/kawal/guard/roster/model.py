"""A mixed integer programme put together in blocks of arrays, and solved by HiGHS within a given time."""

from collections.abc import Callable
from dataclasses import dataclass, field

import highspy
import numpy as np
from numpy.typing import ArrayLike
from scipy.sparse import coo_array

from kawal.guard.roster.calendar import Floats, Ints

SOLVER = f"HiGHS {highspy.HIGHS_VERSION_MAJOR}.{highspy.HIGHS_VERSION_MINOR}.{highspy.HIGHS_VERSION_PATCH}"


@dataclass(frozen=True)
class Solved:
    """values: of each column, None where nothing was found. bound, gap: proven. is_optimal: within the gap asked."""

    values: Floats | None
    bound: float
    gap: float
    is_optimal: bool
    is_impossible: bool


@dataclass(frozen=True)
class Effort:
    """How long to try. seconds: of the wall, None for no limit; nodes: of the tree, which makes a stop repeatable."""

    seconds: float | None = None
    nodes: int | None = None
    gap: float = 1e-4
    seed: int = 0
    is_cancelled: Callable[[], bool] | None = None


@dataclass
class Model:
    """Columns and rows, minimised. Every block of rows numbers its own rows from 0."""

    columns: int = 0
    rows: int = 0
    offset: float = 0.0
    _costs: list[Floats] = field(default_factory=list)
    _lowers: list[Floats] = field(default_factory=list)
    _uppers: list[Floats] = field(default_factory=list)
    _whole: list[Ints] = field(default_factory=list)
    _row_lowers: list[Floats] = field(default_factory=list)
    _row_uppers: list[Floats] = field(default_factory=list)
    _at: list[tuple[Ints, Ints, Floats]] = field(default_factory=list)

    def add_columns(
        self,
        n: int,
        *,
        cost: ArrayLike = 0.0,
        lower: ArrayLike = 0.0,
        upper: ArrayLike = np.inf,
        is_whole: bool = False,
    ) -> Ints:
        """Add n columns; gives their numbers."""
        for kept, value in ((self._costs, cost), (self._lowers, lower), (self._uppers, upper)):
            kept.append(np.broadcast_to(np.asarray(value, dtype=np.float64), (n,)))
        self._whole.append(np.full(n, int(is_whole), dtype=np.int64))
        self.columns += n
        return np.arange(self.columns - n, self.columns, dtype=np.int64)

    def add_rows(self, n: int, *, lower: ArrayLike = -np.inf, upper: ArrayLike = np.inf) -> Ints:
        """Add n rows without any entry; gives their numbers."""
        self._row_lowers.append(np.broadcast_to(np.asarray(lower, dtype=np.float64), (n,)))
        self._row_uppers.append(np.broadcast_to(np.asarray(upper, dtype=np.float64), (n,)))
        self.rows += n
        return np.arange(self.rows - n, self.rows, dtype=np.int64)

    def enter(self, rows: Ints, columns: Ints, values: ArrayLike = 1.0) -> None:
        """Put entries into rows; those of one place add up."""
        self._at.append((rows, columns, np.broadcast_to(np.asarray(values, dtype=np.float64), rows.shape)))

    def solve(self, effort: Effort, start: tuple[Ints, Floats] | None = None) -> Solved:
        """Solve it. start: columns and values of a solution to begin from."""
        highs = self._passed(effort)
        if start is not None:
            highs.setSolution(len(start[0]), start[0].astype(np.int32), start[1])
        highs.run()
        return self._read(highs)

    def _passed(self, effort: Effort) -> highspy.Highs:
        highs = highspy.Highs()
        highs.setOptionValue("output_flag", False)
        highs.setOptionValue("threads", 1)
        highs.setOptionValue("random_seed", effort.seed)
        highs.setOptionValue("mip_rel_gap", effort.gap)
        if not any(block.any() for block in self._whole):
            highs.setOptionValue("solver", "ipm")  # of flows four times as fast as the simplex, measured
        if effort.seconds is not None:
            highs.setOptionValue("time_limit", max(0.01, effort.seconds))
        if effort.nodes is not None:
            highs.setOptionValue("mip_max_nodes", effort.nodes)
        if effort.is_cancelled is not None:
            _interruptible(highs, effort.is_cancelled)
        matrix = self._matrix()
        highs.passModel(
            self.columns,
            self.rows,
            matrix.nnz,
            2,
            1,
            self.offset,
            _joined(self._costs),
            _joined(self._lowers),
            _joined(self._uppers),
            _joined(self._row_lowers),
            _joined(self._row_uppers),
            matrix.indptr.astype(np.int32),
            matrix.indices.astype(np.int32),
            matrix.data,
            np.concatenate(self._whole).astype(np.int32),
        )
        return highs

    def _matrix(self) -> "coo_array":
        rows, columns, values = (np.concatenate([block[at] for block in self._at]) for at in range(3))
        return coo_array((values, (rows, columns)), shape=(self.rows, self.columns)).tocsr()

    def _read(self, highs: highspy.Highs) -> Solved:
        status, about = highs.getModelStatus(), highs.getInfo()
        is_mip = any(block.any() for block in self._whole)
        is_found = about.primal_solution_status == 2
        is_optimal = status == highspy.HighsModelStatus.kOptimal
        bound = about.mip_dual_bound if is_mip else (about.objective_function_value if is_optimal else -np.inf)
        return Solved(
            np.array(highs.getSolution().col_value) if is_found else None,
            float(bound),
            float(about.mip_gap) if is_mip else 0.0,
            is_optimal,
            status == highspy.HighsModelStatus.kInfeasible,
        )


def _joined(blocks: list[Floats]) -> Floats:
    return np.concatenate(blocks) if blocks else np.empty(0)


def _interruptible(highs: highspy.Highs, is_cancelled: Callable[[], bool]) -> None:
    def ask(event: "highspy.HighsCallbackEvent") -> None:
        if is_cancelled():
            event.interrupt()

    highs.cbMipInterrupt += ask

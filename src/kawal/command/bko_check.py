"""Every hard rule of a BKO distribution checked again, and its figures counted again, by code that plans nothing."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from math import isclose

from kawal.command.bko_plan import BkoPlan, BkoProblem


@dataclass(frozen=True, slots=True, order=True)
class BkoBreach:
    """A rule that a distribution breaks, and at which unit."""

    rule: str
    unit: str
    says_id: str
    says_en: str


def check_bko(problem: BkoProblem, plan: BkoPlan) -> tuple[BkoBreach, ...]:
    """Every breach; none means that the distribution may stand."""
    return tuple(
        sorted({*_roads(problem, plan), *_supplies(problem, plan), *_needs(problem, plan), *_figures(problem, plan)})
    )


def _roads(problem: BkoProblem, plan: BkoPlan) -> Iterator[BkoBreach]:
    block = {one.unit: one.block for one in problem.sources}
    needs = {one.unit for one in problem.needs}
    for move in plan.moves:
        if move.source not in block or move.to not in needs:
            yield BkoBreach("unknown", move.source, f"{move.source} ke {move.to} tidak dikenal.", "An unknown unit.")
            continue
        if move.n <= 0 or move.n % block[move.source]:
            says = f"{move.n} orang bukan kelipatan {block[move.source]}."
            yield BkoBreach("block", move.source, says, f"{move.n} people are no multiple of {block[move.source]}.")
        hours = problem.hours.get((move.source, move.to))
        if hours is None or (problem.most_hours is not None and hours > problem.most_hours):
            yield BkoBreach("travel", move.to, f"{move.source} terlalu jauh.", f"{move.source} is too far away.")


def _supplies(problem: BkoProblem, plan: BkoPlan) -> Iterator[BkoBreach]:
    sent: Counter[str] = Counter()
    for move in plan.moves:
        sent[move.source] += move.n
    for source in problem.sources:
        if sent[source.unit] > source.supply * (1 - source.reserve) + 1e-6:
            says_id = f"mengirim {sent[source.unit]} dari {source.supply}, cadangan {source.reserve:.0%} tidak tersisa."
            says_en = f"sends {sent[source.unit]} of {source.supply}, its reserve of {source.reserve:.0%} is not left."
            yield BkoBreach("supply", source.unit, f"{source.unit} {says_id}", f"{source.unit} {says_en}")


def _needs(problem: BkoProblem, plan: BkoPlan) -> Iterator[BkoBreach]:
    sent: Counter[str] = Counter()
    largest: dict[str, int] = {}
    block = {one.unit: one.block for one in problem.sources}
    for move in plan.moves:
        sent[move.to] += move.n
        largest[move.to] = max(largest.get(move.to, 0), block.get(move.source, 0))
    for need in problem.needs:
        short = max(0, need.need - sent[need.unit])
        if plan.shortfall.get(need.unit, 0) != short:
            says = f"{need.unit} kurang {short}, rencana menyebut {plan.shortfall.get(need.unit, 0)}."
            yield BkoBreach("shortfall", need.unit, says, f"{need.unit} is {short} short, the plan says otherwise.")
        reachable = max(
            (block[one.unit] for one in problem.sources if (one.unit, need.unit) in problem.hours), default=0
        )
        if sent[need.unit] > need.need + max(0, reachable - 1):
            says = f"{need.unit} menerima {sent[need.unit]} untuk {need.need}."
            yield BkoBreach("too-many", need.unit, says, f"{need.unit} gets {sent[need.unit]} for {need.need}.")


def _figures(problem: BkoProblem, plan: BkoPlan) -> Iterator[BkoBreach]:
    sent: Counter[str] = Counter()
    for move in plan.moves:
        sent[move.to] += move.n
    short = {one.unit: max(0, one.need - sent[one.unit]) for one in problem.needs}
    worst = max((one.weight * short[one.unit] / one.need for one in problem.needs if one.need), default=0.0)
    weighted = sum(one.weight * short[one.unit] for one in problem.needs)
    travel = sum(move.n * problem.hours.get((move.source, move.to), 0.0) for move in plan.moves)
    for name, said, is_so in (
        ("worst", plan.worst, worst),
        ("weighted", plan.weighted, weighted),
        ("travel", plan.travel, travel),
    ):
        if not isclose(said, is_so, rel_tol=1e-6, abs_tol=1e-6):
            yield BkoBreach("figure", name, f"{name}: {is_so:g}, bukan {said:g}.", f"{name}: {is_so:g}, not {said:g}.")

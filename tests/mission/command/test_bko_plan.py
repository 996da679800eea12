"""Lent people go in whole squads to where they lack most; whoever stays short is never forgotten."""

from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kawal.command.bko_check import check_bko
from kawal.command.bko_plan import (
    PELETON,
    BkoMove,
    BkoNeed,
    BkoPlan,
    BkoProblem,
    BkoSource,
    distribute,
    proportional,
)

BONTANG, TTU, BALANGAN = "polres-6474", "polres-5303", "polres-6311"
SAMAPTA, BRIMOB = "ditsamapta-64", "brimob-64"


def asked(**changes: object) -> BkoProblem:
    made = BkoProblem(
        (BkoSource(SAMAPTA, 40), BkoSource(BRIMOB, 100, block=PELETON)),
        (BkoNeed(BONTANG, 40, 3.0), BkoNeed(TTU, 25, 1.0), BkoNeed(BALANGAN, 34, 2.0)),
        {
            (s, n): float(1 + i + 2 * j)
            for i, s in enumerate((SAMAPTA, BRIMOB))
            for j, n in enumerate((BONTANG, TTU, BALANGAN))
        },
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def test_everybody_gets_enough_where_there_is_enough() -> None:
    plan = distribute(asked())
    assert (plan.shortfall, plan.worst, plan.is_optimal) == ({}, 0.0, True)
    assert check_bko(asked(), plan) == ()


def test_the_gravest_shortfall_is_filled_first() -> None:
    scarce = asked(sources=(BkoSource(SAMAPTA, 40),))
    plan = distribute(scarce)
    assert check_bko(scarce, plan) == ()
    assert sum(move.n for move in plan.moves) == 40
    assert plan.worst < proportional(scarce).worst


def test_a_reserve_stays_at_home() -> None:
    plan = distribute(asked(sources=(BkoSource(SAMAPTA, 40, reserve=0.3),)))
    assert sum(move.n for move in plan.moves) == 20


def test_nobody_is_sent_further_than_the_limit() -> None:
    near = asked(most_hours=2.0)
    plan = distribute(near)
    assert {move.to for move in plan.moves} == {BONTANG}
    assert set(plan.shortfall) == {TTU, BALANGAN}
    assert check_bko(near, plan) == ()


def test_without_any_road_all_demand_stays_unmet() -> None:
    plan = distribute(asked(hours={}))
    assert plan.shortfall == {BONTANG: 40, TTU: 25, BALANGAN: 34}
    assert plan.is_optimal


def test_of_two_equal_ways_the_shorter_is_taken() -> None:
    two = BkoProblem(
        (BkoSource("far", 10), BkoSource("near", 10)), (BkoNeed(TTU, 10),), {("far", TTU): 9.0, ("near", TTU): 1.0}
    )
    assert distribute(two).moves == (BkoMove("near", TTU, 10),)


needs = st.lists(st.tuples(st.integers(1, 35), st.sampled_from([1.0, 2.0, 3.0])), min_size=1, max_size=3)


@settings(max_examples=25, deadline=None)
@given(needs, st.integers(0, 5), st.integers(0, 2))
def test_it_finds_what_trying_everything_finds(lacking: list[tuple[int, float]], squads: int, platoons: int) -> None:
    problem = BkoProblem(
        (BkoSource(SAMAPTA, 10 * squads), BkoSource(BRIMOB, 30 * platoons, block=PELETON)),
        tuple(BkoNeed(f"n-{at}", need, weight) for at, (need, weight) in enumerate(lacking)),
        {(source, f"n-{at}"): 1.0 + at for source in (SAMAPTA, BRIMOB) for at in range(len(lacking))},
    )
    plan = distribute(problem)
    assert check_bko(problem, plan) == ()
    assert (plan.worst, plan.weighted) == pytest.approx(best_of(problem))


def best_of(problem: BkoProblem) -> tuple[float, float]:
    """Every split of both sources over the needs; the worst first, then the sum."""
    squads, platoons = (source.blocks for source in problem.sources)
    n = len(problem.needs)
    splits = [[one for one in product(range(most + 1), repeat=n) if sum(one) <= most] for most in (squads, platoons)]
    return min(_valued(problem, tens, thirties) for tens in splits[0] for thirties in splits[1])


def _valued(problem: BkoProblem, tens: tuple[int, ...], thirties: tuple[int, ...]) -> tuple[float, float]:
    short = [max(0, one.need - 10 * a - 30 * b) for one, a, b in zip(problem.needs, tens, thirties, strict=True)]
    worst = max(one.weight * n / one.need for one, n in zip(problem.needs, short, strict=True))
    return worst, sum(one.weight * n for one, n in zip(problem.needs, short, strict=True))


PLAN = distribute(asked(sources=(BkoSource(SAMAPTA, 40),)))


@pytest.mark.parametrize(
    ("rule", "broken"),
    [
        ("block", replace(PLAN, moves=(BkoMove(SAMAPTA, BONTANG, 7),))),
        ("supply", replace(PLAN, moves=(*PLAN.moves, BkoMove(SAMAPTA, TTU, 50)))),
        ("travel", replace(PLAN, moves=(BkoMove(SAMAPTA, "polres-9999", 10),))),
        ("unknown", replace(PLAN, moves=(BkoMove("polda-99", BONTANG, 10),))),
        ("shortfall", replace(PLAN, shortfall={})),
        ("too-many", replace(PLAN, moves=(BkoMove(SAMAPTA, TTU, 40),))),
        ("figure", replace(PLAN, weighted=PLAN.weighted + 1)),
        ("figure", replace(PLAN, worst=0.0)),
        ("figure", replace(PLAN, travel=0.0)),
    ],
)
def test_a_broken_distribution_is_named(rule: str, broken: BkoPlan) -> None:
    with_stranger = asked(sources=(BkoSource(SAMAPTA, 40),), needs=(*asked().needs, BkoNeed("polres-9999", 5)))
    problem = with_stranger if rule == "travel" else asked(sources=(BkoSource(SAMAPTA, 40),))
    assert rule in {one.rule for one in check_bko(problem, broken)}

"""What a planning process does, one function a task: the problem in, progress and results out."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from kawal.command.bko_check import check_bko
from kawal.command.bko_plan import BkoNeed, BkoProblem, BkoSource, distribute
from kawal.guard.roster.as_json import as_json, read_problem, read_roster
from kawal.guard.roster.improve import Budget
from kawal.guard.roster.plan import BreaksRules, plan_roster, vouched
from kawal.guard.roster.replan import replan
from kawal.guard.roster.what_if import what_if

Say = Callable[[dict[str, Any]], None]
MARGIN = 0.03
"""Of the time: to check the last roster and write it down."""


def run(order: dict[str, Any], say: Say) -> None:
    """Do a task. Raises: ValueError for an order that cannot be done."""
    try:
        TASKS[order["task"]](order, say)
    except BreaksRules as error:
        say({"error": str(error)})


def _budget(order: dict[str, Any], say: Say) -> Budget:
    ends = time.monotonic() + order["seconds"] * (1 - MARGIN)
    cancel_file = Path(order["cancel_file"])
    return Budget(
        remaining=lambda: ends - time.monotonic(),
        is_cancelled=cancel_file.exists,
        report=lambda progress: say({"progress": as_json(progress)}),
    )


def _roster(order: dict[str, Any], say: Say) -> None:
    problem = read_problem(order["problem"])
    budget = _budget(order, say)
    plan = plan_roster(problem, budget, seed=order["seed"], found=lambda plan: say({"found": as_json(plan)}))
    say({"found": as_json(plan)})


def _replan(order: dict[str, Any], say: Say) -> None:
    problem, published = read_problem(order["problem"]), read_roster(order["published"])
    say({"found": as_json(replan(problem, published, order["now"], _budget(order, say)))})


def _what_if(order: dict[str, Any], say: Say) -> None:
    """Fill a slot by force; the roster that does it comes as a plan under `plan`, None where there is none."""
    problem, roster = read_problem(order["problem"]), read_roster(order["roster"])
    named = order["slot"]
    slot = next(
        (
            one
            for one in problem.slots
            if (one.post, one.starts, one.ends) == (named["post"], named["starts"], named["ends"])
        ),
        None,
    )
    if slot is None:
        raise ValueError(f"bukan jam jaga / no hours of a post: {named}")
    found = what_if(problem, roster, slot, _budget(order, say), now=order.get("now"))
    plan = None if found.roster is None else vouched(problem, found.roster, 0.0, None, 0, 1)
    say({"found": {**as_json(found), "plan": as_json(plan)}})


def _bko(order: dict[str, Any], say: Say) -> None:
    problem = bko_problem(order["problem"])
    ends = time.monotonic() + order["seconds"]
    plan = distribute(problem, remaining=lambda: ends - time.monotonic())
    if breaches := check_bko(problem, plan):
        say({"error": "; ".join(one.says_id for one in breaches[:5])})
        return
    say({"found": as_json(plan)})


def bko_problem(value: dict[str, Any]) -> BkoProblem:
    """Read a BKO problem: sources, needs, hours as [source, need, hours]. Raises: ValueError."""
    try:
        return BkoProblem(
            tuple(BkoSource(**one) for one in value["sources"]),
            tuple(BkoNeed(**one) for one in value["needs"]),
            {(str(source), str(need)): float(hours) for source, need, hours in value["hours"]},
            value.get("most_hours"),
        )
    except (KeyError, TypeError) as error:
        raise ValueError(f"bukan soal BKO / no BKO problem: {error}") from error


TASKS: dict[str, Callable[[dict[str, Any], Say], None]] = {
    "roster": _roster,
    "replan": _replan,
    "what_if": _what_if,
    "bko": _bko,
}

"""What a roster came to, told on a terminal: its gap, every shortage as a sentence with its smallest fix, fairness."""

from collections.abc import Callable

from rich.console import Console
from rich.table import Table

from kawal.guard.roster.arrays import arrays_of, roster_of
from kawal.guard.roster.explain import explain
from kawal.guard.roster.fairness import Fairness, fairness
from kawal.guard.roster.fixes import bko_requests, fixes
from kawal.guard.roster.greedy import greedy
from kawal.guard.roster.problem import RosterPlan, RosterProblem
from kawal_cli.words import plain, say

MOST_SENTENCES = 40


def tell(problem: RosterProblem, plan: RosterPlan, console: Console) -> bool:
    """Print it; gives whether every hour is filled."""
    shortages = explain(problem, plan.roster)
    for one in shortages[:MOST_SENTENCES]:
        console.print(plain("▲ " + say(one.says_id, one.says_en)))
        fix = fixes(problem, plan.roster, one)[0]
        console.print(plain("  → " + say(fix.says_id, fix.says_en)))
    if len(shortages) > MOST_SENTENCES:
        more = len(shortages) - MOST_SENTENCES
        console.print(
            plain(say(f"… dan {more} lagi, semua di shortages.txt", f"… and {more} more, all in shortages.txt"))
        )
    for request in bko_requests(problem, shortages):
        console.print(plain("✎ " + say(request.says_id, request.says_en)))
    by_hand = roster_of(arrays := arrays_of(problem), greedy(arrays))
    console.print(_fairness(fairness(problem, by_hand), fairness(problem, plan.roster)))
    console.print(plain(_quality(plan)))
    return not shortages


def _quality(plan: RosterPlan) -> str:
    ratio = plan.cost / plan.start_cost if plan.start_cost else 1.0
    cost = say(
        f"Biaya {plan.cost:,.0f} ({ratio:.2f} dari jadwal tangan)",
        f"Cost {plan.cost:,.0f} ({ratio:.2f} of one by hand)",
    )
    if plan.gap is None:
        return cost + say("; batas bawah belum ada.", "; no lower bound yet.")
    if plan.status == "proven":
        return cost + say("; terbukti terbaik.", "; proven optimal.")
    return cost + say(f"; terbukti dalam {plan.gap:.2%}.", f"; proven within {plan.gap:.2%}.")


def _fairness(before: Fairness, after: Fairness) -> Table:
    table = Table(say("keadilan", "fairness"), say("jadwal tangan", "by hand"), say("rencana", "planned"))
    rows: tuple[tuple[str, Callable[[Fairness], str]], ...] = (
        (say("dinas, paling sedikit-banyak", "duties, fewest-most"), lambda one: f"{one.fewest}-{one.most}"),
        (say("sebaran dinas", "spread of duties"), lambda one: f"{one.spread:.2f}"),
        (say("di luar batas adil", "outside the fair band"), lambda one: f"{one.outside:.0%}"),
        (say("malam terbanyak", "most nights"), lambda one: str(one.most_nights)),
        (say("jauh dari rumah", "away from home"), lambda one: f"{one.away:.0%}"),
    )
    for title, shown in rows:
        table.add_row(title, shown(before), shown(after))
    return table

"""BKO over the country in shape: 34 lenders, 508 districts that lack people, hours by distance on a map of no place."""

from random import Random

from kawal.command.bko_plan import PELETON, REGU, BkoNeed, BkoProblem, BkoSource


def country(needs: int = 508, sources: int = 34, *, seed: int = 1, part: float = 0.8) -> BkoProblem:
    """part: what can be lent against what is lacking. Everybody lends squads of ten, every fifth one platoons."""
    dice = Random(seed)
    lenders = [(dice.random() * 40, dice.random() * 12) for _ in range(sources)]
    places = [(dice.random() * 40, dice.random() * 12) for _ in range(needs)]
    lacking = tuple(
        BkoNeed(f"polres-{at:03d}", dice.randrange(4, 90), dice.choice((1.0, 1.0, 2.0, 3.0))) for at in range(needs)
    )
    each = sum(one.need for one in lacking) * part / sources
    lending = tuple(
        BkoSource(f"polda-{at:02d}", round(each / 0.9 * dice.uniform(0.5, 1.5)), 0.1, PELETON if at % 5 == 4 else REGU)
        for at in range(sources)
    )
    hours = {
        (lending[a].unit, lacking[b].unit): round(((x - u) ** 2 + (y - v) ** 2) ** 0.5 * 2, 1)
        for a, (x, y) in enumerate(lenders)
        for b, (u, v) in enumerate(places)
    }
    return BkoProblem(lending, lacking, hours, most_hours=36.0)

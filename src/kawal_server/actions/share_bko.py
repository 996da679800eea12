"""Propose who of the lent forces at hand goes where: whole squads to the needs that were written, gravest first.

The proposal is planned anew each time and kept nowhere. Accepting it signs a task for each contingent, as by hand.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from time import monotonic

from kawal.command.bko_check import BkoBreach, check_bko
from kawal.command.bko_plan import REGU, BkoMove, BkoPlan, BkoProblem, BkoSource, distribute
from kawal.command.bko_plan import BkoNeed as Need
from kawal.election.geometry import Position, distance_km
from kawal.risk.classes import RiskClass, weight_of
from kawal.risk.score import assess
from kawal_machine.centres import CENTRE_OF_DISTRICT, CENTRE_OF_REGENCY
from kawal_server.accounts.access import may, within_reach
from kawal_server.accounts.models import Officer
from kawal_server.actions.reach_risk import readable
from kawal_server.actions.step_bko import Said, take_step
from kawal_server.store.models import BkoNeed, ContingentLine, ContingentTaskLine
from kawal_server.store.risk_register import by_place, the_cuts, the_weights
from kawal_server.store.units import the_units

RESERVE = Fraction(1, 10)
MOST_RESERVE = 90
SECONDS = 5.0
KM_PER_HOUR, HOURS_UNKNOWN = 30, 2.0
TASK = "hot-area"


class ProposalBroken(RuntimeError):
    """The planner gave what its checker refuses. Nothing of it is shown."""

    def __init__(self, breaches: Iterable[BkoBreach]) -> None:
        super().__init__("; ".join(f"{one.says_id} / {one.says_en}" for one in breaches))


class ProposalStale(RuntimeError):
    """What was accepted is not what is proposed now."""

    def __init__(self) -> None:
        super().__init__(
            "Keadaan berubah sejak usulan ini dibuat. Baca usulan yang baru. / "
            "Things changed since this was proposed. Read the new proposal."
        )


@dataclass(frozen=True)
class Share:
    """So many of a contingent for one need."""

    contingent: ContingentLine
    need: BkoNeed
    people: int
    risk: RiskClass | None

    @property
    def place(self) -> str:
        """Where they go: the kecamatan of the need, else its unit."""
        return self.need.area or self.need.unit


@dataclass(frozen=True)
class Proposal:
    """Who goes where. held: contingent -> people who stay free; short: the needs not met, with how many they lack.

    worst: the need that is the worst off, weighted by its class; None where every need is met.
    """

    shares: tuple[Share, ...]
    held: tuple[tuple[ContingentLine, int], ...]
    short: tuple[tuple[BkoNeed, int], ...]
    worst: BkoNeed | None
    reserve: Fraction
    is_optimal: bool

    @property
    def token(self) -> str:
        """What an officer accepts: the same only while the same is proposed."""
        return " ".join(f"{one.contingent.name}>{one.need.pk}>{one.people}" for one in self.shares)


def propose(officer: Officer, *, at: int, reserve: Fraction = RESERVE) -> Proposal:
    """Plan a distribution of those who are here and have no task. at: UNIX seconds. Raises: ProposalBroken."""
    needs = {str(one.pk): one for one in needs_of(officer) if one.ends > at}
    lines = {one.name: one for one in at_hand(officer, at)}
    risks = _risks(officer, needs.values())
    problem = BkoProblem(
        tuple(BkoSource(name, idle(line), float(reserve), REGU) for name, line in sorted(lines.items())),
        tuple(Need(key, one.count, float(weight_of(risks[one.area]))) for key, one in sorted(needs.items())),
        _hours(lines, needs),
    )
    until = monotonic() + SECONDS
    plan = distribute(problem, remaining=lambda: until - monotonic())
    breaches = check_bko(problem, plan)
    if breaches:
        raise ProposalBroken(breaches)
    return _proposal(plan, problem, lines, needs, risks, reserve)


def _proposal(
    plan: BkoPlan,
    problem: BkoProblem,
    lines: Mapping[str, ContingentLine],
    needs: Mapping[str, BkoNeed],
    risks: Mapping[str, RiskClass | None],
    reserve: Fraction,
) -> Proposal:
    sent: Counter[str] = Counter()
    for move in plan.moves:
        sent[move.source] += move.n
    weight = {one.unit: one.weight / one.need for one in problem.needs}
    worst = max(plan.shortfall, key=lambda key: (weight[key] * plan.shortfall[key], key), default=None)
    return Proposal(
        tuple(_share(move, lines, needs, risks) for move in plan.moves),
        tuple((line, idle(line) - sent[name]) for name, line in sorted(lines.items()) if idle(line) > sent[name]),
        tuple((needs[key], lacks) for key, lacks in plan.shortfall.items()),
        needs[worst] if worst is not None else None,
        reserve,
        plan.is_optimal,
    )


def _share(
    move: BkoMove,
    lines: Mapping[str, ContingentLine],
    needs: Mapping[str, BkoNeed],
    risks: Mapping[str, RiskClass | None],
) -> Share:
    need = needs[move.to]
    return Share(lines[move.source], need, move.n, risks[need.area])


def accept(officer: Officer, token: str, *, at: int, reserve: Fraction = RESERVE) -> Proposal:
    """Sign the tasks of the proposal that an officer read, if it is still what is proposed. at: UNIX seconds.

    Raises: ProposalStale, ProposalBroken, PermissionError, StepRefused, kawal_server.actions.sign_command.CannotSign.
    """
    proposal = propose(officer, at=at, reserve=reserve)
    if not proposal.shares or token != proposal.token:
        raise ProposalStale
    lines = {one.contingent.name: one.contingent for one in proposal.shares}
    if not all(may(officer, "decide-bko", unit=line.unit) for line in lines.values()):
        raise PermissionError("decide-bko")
    for share in proposal.shares:
        take_step(share.contingent, "tasked", _said(share, proposal.shares), at=at)
        _met(share)
    return proposal


def _said(share: Share, shares: Sequence[Share]) -> Said:
    """The task as it will stand: a later word about the same place replaces the earlier, so it names them all."""
    there = ContingentTaskLine.objects.filter(contingent=share.contingent.name, task=TASK, to=share.place)
    before = sum(there.values_list("count", flat=True))
    given = sum(
        one.people for one in shares if (one.contingent.name, one.place) == (share.contingent.name, share.place)
    )
    return Said(before + given, to=share.place, task=TASK, why=share.need.reason)


def _met(share: Share) -> None:
    """A need that is met bears the contingent; what it still lacks stays a need."""
    need = BkoNeed.objects.get(pk=share.need.pk)
    if share.people >= need.count:
        need.contingent = share.contingent.name
    else:
        need.count -= share.people
    need.save(update_fields=["count", "contingent"])


def needs_of(officer: Officer) -> list[BkoNeed]:
    """What is needed and not asked for yet, within reach. A skill cannot be promised by a squad, so these stay out."""
    return list(within_reach(officer, "ask-bko", BkoNeed.objects.filter(contingent="", skill="")))


def at_hand(officer: Officer, at: int) -> list[ContingentLine]:
    """The contingents within reach that are here and have people without a task."""
    lines = within_reach(officer, "ask-bko", ContingentLine.objects.exclude(arrived=None))
    return [one for one in lines if idle(one) > 0 and (one.until is None or one.until >= at)]


def idle(line: ContingentLine) -> int:
    """How many of a contingent have no task."""
    return max(0, line.strength - line.tasked)


def _risks(officer: Officer, needs: Iterable[BkoNeed]) -> dict[str, RiskClass | None]:
    """The class of each place that needs somebody, as far as the officer may read it; else it counts as vulnerable."""
    areas = {one.area for one in needs}
    entries, cuts, weights = by_place(readable(officer).filter(place__in=areas)), the_cuts(), the_weights()
    return {area: assess(area, entries.get(area, ()), cuts=cuts, weights=weights).risk for area in areas}


def _hours(lines: Mapping[str, ContingentLine], needs: Mapping[str, BkoNeed]) -> dict[tuple[str, str], float]:
    """Who may be sent where, and how long the way is: only to units under the one that a contingent is lent to."""
    units = the_units()
    area_of = {name: one.area for name, one in units.by_name.items()}
    return {
        (name, key): _way(area_of.get(line.unit, ""), need.area or area_of.get(need.unit, ""))
        for name, line in lines.items()
        for key, need in needs.items()
        if units.is_within(need.unit, line.unit)
    }


def _way(one: str, other: str) -> float:
    """Hours as the crow flies; where nobody typed in a centre, the same for all."""
    here, there = _centre(one), _centre(other)
    return HOURS_UNKNOWN if here is None or there is None else distance_km(here, there) / KM_PER_HOUR


def _centre(area: str) -> Position | None:
    found = CENTRE_OF_DISTRICT.get(area[:6]) or CENTRE_OF_REGENCY.get(area[:4])
    return None if found is None else Position(round(found[0] * 1e6), round(found[1] * 1e6))

"""Why hours are short: the rule that is named is the one without which they would not be."""

from dataclasses import replace

import pytest

from kawal.guard.roster.explain import binding, explain
from kawal.guard.roster.fixes import bko_request, fixes
from kawal.guard.roster.improve import Budget
from kawal.guard.roster.plan import plan_roster
from kawal.guard.roster.problem import (
    DAY,
    HOUR,
    Ban,
    Duty,
    Limit,
    Rest,
    Roster,
    RosterProblem,
    Rules,
    Share,
    Span,
)
from tests.mission.guard.roster.scene import OFFICE, ORDER, REST_ONLY, SATURDAY, STORE, guards, problem, shifts

NIGHT, MORNING, EVENING = shifts(STORE, 1)


def serving(*starts: int, who: str = "p-0") -> Roster:
    return Roster(tuple(Duty(at, STORE.post, who, at + 8 * HOUR) for at in starts))


def asked(rules: Rules = REST_ONLY, **members: object) -> RosterProblem:
    return problem(guards(1, leaders=0, **members), shifts(STORE, 1, days=3), rules=rules)


def rule_at(problem_asked: RosterProblem, roster: Roster, at: int) -> str:
    return next(one.rule for one in explain(problem_asked, roster) if one.starts <= at < one.ends)


LIMITED = replace(
    REST_ONLY, limits=(Limit("nights-3", "nights", 1, 3, ORDER), Limit("duties-3", "duties", 2, 3, ORDER))
)
NEXT_NIGHT = SATURDAY + DAY


@pytest.mark.parametrize(
    ("rule", "case", "roster", "at"),
    [
        ("rest", asked(), serving(SATURDAY), SATURDAY + 8 * HOUR),
        ("nights-3", asked(LIMITED), serving(SATURDAY), NEXT_NIGHT),
        ("duties-3", asked(LIMITED), serving(SATURDAY, SATURDAY + DAY + 8 * HOUR), SATURDAY + 2 * DAY + 8 * HOUR),
        ("leave", asked(leave=(Span(SATURDAY, SATURDAY + HOUR),)), Roster(), SATURDAY),
        ("dates", asked(since=NEXT_NIGHT), Roster(), SATURDAY),
        ("exclusion", asked(exclusions=frozenset({"640217"})), Roster(), SATURDAY),
        ("place", asked(replace(REST_ONLY, bans=(Ban("b", "polri", "storage", ORDER),))), Roster(), SATURDAY),
        ("share", asked(replace(REST_ONLY, shares=(Share("s", "polri", 2, ORDER),))), Roster(), SATURDAY),
        ("free", asked(), Roster(), SATURDAY),
    ],
)
def test_the_rule_that_binds_is_named(rule: str, case: RosterProblem, roster: Roster, at: int) -> None:
    assert rule_at(case, roster, at) == rule


def test_whoever_serves_elsewhere_is_busy() -> None:
    case = problem(guards(1), (*shifts(STORE, 1), *shifts(OFFICE, 1)))
    busy = explain(case, Roster((Duty(SATURDAY, OFFICE.post, "p-0", SATURDAY + 8 * HOUR),)))
    assert [one.says_id for one in busy if one.post == STORE.post][:1] == [
        "Pos PPK Marang Kayu kurang 1 orang Sabtu 00.00-08.00 karena semua yang boleh sedang bertugas di pos lain"
    ]


def test_hours_after_the_order_are_short_because_it_ends() -> None:
    case = replace(asked(), posts=(replace(STORE, until=SATURDAY + DAY), OFFICE))
    (short,) = [one for one in explain(case, Roster()) if one.rule == "order"]
    assert (short.starts, short.ends) == (SATURDAY + DAY, SATURDAY + 3 * DAY)
    assert [one.kind for one in fixes(case, Roster(), short)] == ["order"]


def test_neighbouring_hours_of_one_post_are_one_sentence() -> None:
    case = problem((), shifts(STORE, 2, days=2))
    assert [one.says_id for one in explain(case, Roster())] == [
        "Pos PPK Marang Kayu kurang 2 orang Sabtu 00.00-Minggu 24.00 karena tidak ada personel"
    ]


def test_a_roster_longer_than_a_week_says_the_date_too() -> None:
    case = problem((), shifts(STORE, 2, days=9)[3:4] + shifts(OFFICE, 1, days=9)[-1:])
    assert explain(case, Roster())[0].says_id.startswith("Pos PPK Marang Kayu kurang 2 orang Minggu 1 Des 00.00-08.00")


def test_a_team_without_its_leader_is_told() -> None:
    case = problem(guards(1), shifts(STORE, 1, leader=True)[:1])
    (short,) = explain(case, serving(SATURDAY))
    assert (short.lacks, short.n) == ("leader", 1)
    assert short.says_id == "Pos PPK Marang Kayu kurang 1 komandan jaga Sabtu 00.00-08.00 karena tidak ada personel"


def test_it_offers_to_ease_the_rule_for_just_enough_people() -> None:
    rules = Rules(rests=(Rest("rest", 16, ORDER),))
    case = problem(guards(2), shifts(STORE, 1)[::2], rules=rules)
    both = Roster((Duty(SATURDAY, STORE.post, "p-0", SATURDAY + 8 * HOUR),))
    alone = replace(case, people=case.people[:1])
    (short,) = explain(alone, both)
    ease, ask = fixes(alone, both, short)
    assert (ease.kind, ease.people, ease.rest_hours) == ("ease", ("p-0",), 8.0)
    assert ease.says_id == "Longgarkan batas istirahat 16 jam untuk 1 orang, tersisa 8 jam."
    assert (ask.kind, ask.n) == ("bko", 1)


def test_what_is_eased_does_fill_the_hours() -> None:
    rules = Rules(rests=(Rest("rest", 16, ORDER),))
    case = problem(guards(1), shifts(STORE, 1)[::2], rules=rules)
    eased = replace(case, rules=Rules(rests=(Rest("rest", 8, ORDER),)))
    assert explain(case, plan_roster(case, Budget(windows=2)).roster)
    assert explain(eased, plan_roster(eased, Budget(windows=2)).roster) == ()


def test_it_offers_to_move_somebody_from_a_post_of_less_risk() -> None:
    case = problem(guards(1), (*shifts(STORE, 1)[:1], *shifts(OFFICE, 1)[:1]))
    roster = Roster((Duty(SATURDAY, OFFICE.post, "p-0", SATURDAY + 8 * HOUR),))
    (short,) = explain(case, roster)
    move, _ = fixes(case, roster, short)
    assert (move.kind, move.from_post, move.people) == ("move", OFFICE.post, ("p-0",))


def test_a_bko_request_asks_for_as_many_as_the_rest_of_each_needs() -> None:
    case = problem((), shifts(STORE, 2, days=1, leader=True), rules=Rules(rests=(Rest("rest", 16, ORDER),)))
    request = bko_request(case, explain(case, Roster()))
    assert (request.area, request.n, request.skills) == ("640217", 6, (("leader", 3),))
    assert request.says_id == (
        "Minta BKO 6 orang, di antaranya 3 komandan jaga untuk Pos PPK Marang Kayu, Sabtu 00.00-24.00."
    )


def test_of_two_rules_the_one_that_alone_keeps_more_away_binds() -> None:
    assert binding({"rest": 9, "nights-3": 9}, {"rest": 2, "nights-3": 3}) == "nights-3"
    assert binding({"busy": 9, "rest": 1}, {"busy": 9, "rest": 1}) == "rest"
    assert binding({"leave": 2, "busy": 1}, {"leave": 2, "busy": 1}) == "busy"

"""BKO: asked for, approved, sent, arrived, tasked, released; what nobody gave is kept, and two forties stay two."""

from typing import Any

import pytest

from kawal.command.contingents import Contingent, chains
from kawal.command.units import Unit, Units
from tests.mission.command.orders_kit import DAY, END, HOUR, POLRES, SPRIN, VOTE, Orders

SAMAPTA, STAFF = "ditsamapta-64", "polda-64"
UNITS = Units(
    [
        Unit(STAFF, "polda", "Polda Kaltim", "polri", "64"),
        Unit(SAMAPTA, "other", "Ditsamapta Polda Kaltim", "polri", "64", commanded_by=STAFF),
        Unit(POLRES, "polres", "Polres Bontang", "polri", "6474", commanded_by=STAFF),
    ]
)


def lend(
    operation: Orders, name: str = "bko-a", *, origin: str = SAMAPTA, number: str = SPRIN, n: int = 40, **at: Any
) -> None:
    """The whole way of a contingent: asked, approved, sent, arrived."""
    for step, hours in (("requested", 0), ("approved", 5), ("sent", 20), ("arrived", 30)):
        named: dict[str, Any] = {"from_": origin, "to": POLRES} | ({"number": number} if step != "requested" else {})
        operation.step(name, step, VOTE + hours * HOUR, n=at.get(step, n), **named)


def lent(operation: Orders, name: str = "bko-a") -> Contingent:
    return operation.command().contingents[name]


def test_a_contingent_is_told_by_its_origin_and_its_order() -> None:
    operation = Orders()
    lend(operation)
    one = lent(operation)
    assert (one.origin, one.number, one.receiver) == (SAMAPTA, SPRIN, POLRES)
    assert (one.reached, one.strength, one.unmet, one.oddities) == ("arrived", 40, 0, ())


def test_two_contingents_of_forty_from_one_polda_stay_two() -> None:
    operation = Orders()
    lend(operation, "bko-samapta-64-101", origin=SAMAPTA, number="Sprin/101")
    lend(operation, "bko-staf-64-102", origin=STAFF, number="Sprin/102")
    contingents = operation.command().contingents
    assert [(one.origin, one.strength) for one in contingents.values()] == [(SAMAPTA, 40), (STAFF, 40)]
    assert [one.oddities for one in contingents.values()] == [(), ()]


def test_one_contingent_entered_twice_is_noticed() -> None:
    operation = Orders()
    lend(operation, "bko-a")
    lend(operation, "bko-b")
    assert [one.oddities for one in operation.command().contingents.values()] == [("same order",), ("same order",)]


def test_demand_that_nobody_met_is_kept_with_its_reason() -> None:
    operation = Orders()
    lend(operation, requested=100, approved=60, sent=60, arrived=57)
    operation.step("bko-a", "approved", VOTE + 6 * HOUR, n=60, number=SPRIN, note="cadangan Polda terbatas")
    one = lent(operation)
    assert [(s.before, s.after, s.count, s.why) for s in one.shortfalls] == [
        ("requested", "approved", 40, "cadangan Polda terbatas"),
        ("sent", "arrived", 3, ""),
    ]
    assert (one.unmet, one.strength) == (43, 57)


def test_more_than_asked_is_a_difference_and_no_unmet_demand() -> None:
    operation = Orders()
    lend(operation, requested=30)
    one = lent(operation)
    assert ([s.count for s in one.shortfalls], one.unmet) == ([-10], 0)


def test_what_nobody_has_answered_is_open_and_not_unmet() -> None:
    operation = Orders()
    operation.step("bko-a", "requested", VOTE, n=100)
    assert (lent(operation).unmet, lent(operation).reached) == (0, "requested")
    operation.step("bko-a", "approved", VOTE + HOUR, n=0, note="ditolak")
    assert lent(operation).unmet == 100


def test_tasks_share_a_contingent_out_and_a_later_word_replaces_the_earlier() -> None:
    operation = Orders()
    lend(operation)
    for hour, task, to, n in (
        (31, "escort", "", 20), (32, "hot-area", "640205", 10), (33, "hot-area", "640217", 5), (34, "escort", "", 15),
        (35, "reserve", "", 8), (36, "hot-area", "640217", 0),
    ):  # fmt: skip
        operation.step("bko-a", "tasked", VOTE + hour * HOUR, task=task, to=to, n=n)
    one = lent(operation)
    assert [(s.task, s.to, s.count) for s in one.shares] == [
        ("escort", "", 15), ("hot-area", "640205", 10), ("reserve", "", 8)
    ]  # fmt: skip
    assert one.oddities == ()


def test_tasks_for_more_people_than_there_are_show() -> None:
    operation = Orders()
    lend(operation)
    operation.step("bko-a", "tasked", VOTE + 31 * HOUR, task="escort", n=30)
    operation.step("bko-a", "tasked", VOTE + 32 * HOUR, task="reserve", n=11)
    assert lent(operation).oddities == ("over strength",)


def test_steps_out_of_order_are_kept_and_shown() -> None:
    operation = Orders()
    operation.step("bko-a", "arrived", VOTE, n=40, from_=SAMAPTA)
    assert lent(operation).oddities == ("not approved",)
    operation.step("bko-a", "ordered", VOTE + DAY, n=40, from_=SAMAPTA, number=SPRIN)
    one = lent(operation)
    assert (one.oddities, one.reached, len(one.steps)) == (("out of order",), "arrived", 2)


def test_a_step_under_another_order_or_from_another_unit_shows() -> None:
    operation = Orders()
    lend(operation)
    operation.step("bko-a", "arrived", VOTE + 31 * HOUR, n=40, from_=STAFF, number="Sprin/9")
    one = lent(operation)
    assert (one.origin, one.number, one.oddities) == (SAMAPTA, SPRIN, ("other origin", "other number"))


def test_some_go_home_and_then_the_rest() -> None:
    operation = Orders()
    lend(operation)
    operation.step("bko-a", "released", VOTE + 40 * HOUR, n=15)
    assert (lent(operation).strength, lent(operation).is_lent(VOTE + 41 * HOUR)) == (25, True)
    operation.step("bko-a", "released", VOTE + 50 * HOUR)
    one = lent(operation)
    assert (one.strength, one.is_lent(VOTE + 49 * HOUR), one.is_lent(VOTE + 50 * HOUR)) == (0, True, False)
    operation.step("bko-a", "tasked", VOTE + 51 * HOUR, task="escort", n=1)
    assert lent(operation).oddities == ("after release",)


def test_somebody_under_bko_answers_to_two_chains_and_returns_by_themselves() -> None:
    operation = Orders()
    lend(operation)
    operation.step("bko-a", "approved", VOTE + 5 * HOUR, n=40, number=SPRIN, to=POLRES, exp=END)
    one = lent(operation)
    home = (SAMAPTA, STAFF)
    assert chains(SAMAPTA, one, UNITS, at=VOTE) == chains(SAMAPTA, None, UNITS, at=VOTE)
    during = chains(SAMAPTA, one, UNITS, at=VOTE + 40 * HOUR)
    assert (during.operational, during.home) == ((POLRES, STAFF), home)
    assert chains(SAMAPTA, one, UNITS, at=END + 1).operational == home


def test_the_end_of_the_order_of_that_number_ends_the_lending() -> None:
    operation = Orders()
    sprin = operation.issue(VOTE, [POLRES], no=SPRIN, exp=END)
    lend(operation)
    assert lent(operation).until == END
    operation.issue(VOTE + DAY, [POLRES], no="Sprin/200", exp=END + 5 * DAY, of=sprin)
    assert lent(operation).until == END + 5 * DAY
    assert chains(SAMAPTA, lent(operation), UNITS, at=END + DAY).operational == (POLRES, STAFF)


def test_an_order_superseded_by_a_shorter_one_ends_with_it() -> None:
    operation = Orders()
    sprin = operation.issue(VOTE, [POLRES], no=SPRIN, exp=END)
    operation.issue(VOTE + DAY, [POLRES], no="Sprin/200", exp=END - DAY, of=sprin)
    lend(operation)
    assert lent(operation).until == END - DAY


@pytest.mark.parametrize(
    "members",
    [{"step": "vanished"}, {"n": -1}, {"n": "40"}, {"contingent": ""}, {"step": "tasked", "task": "party"}, {"to": 4}],
)
def test_a_step_of_a_wrong_shape_is_passed_over_and_named(members: dict[str, Any]) -> None:
    operation = Orders()
    given = {"contingent": "bko-a", "step": "requested", "n": 40, **members}
    eid = operation.say(operation.kabagops, "bko.step", VOTE, **given)
    command = operation.command()
    assert (command.contingents, list(command.unreadable)) == ({}, [eid])

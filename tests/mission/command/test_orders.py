"""Orders: who has them, who has not, until when, and what no order ever does: change."""

import random
from typing import Any

import pytest

from kawal.command.orders import Order
from kawal.ledger.event import Eid
from tests.mission.command.orders_kit import BARAT, DAY, END, EXTENDED, HOUR, SPRIN, UTARA, VOTE, Orders

SOON_S = 12 * HOUR


def only(orders: dict[Eid, Order]) -> Order:
    [order] = orders.values()
    return order


def test_who_has_not_taken_an_order_on_is_known_by_unit() -> None:
    operation = Orders()
    sprin = operation.issue(VOTE)
    operation.ack(operation.utara, sprin, VOTE + HOUR)
    order = only(operation.command().orders)
    assert (order.issued.number, order.by, order.at) == (SPRIN, "polres-6474", VOTE)
    assert order.ack_at(UTARA) == VOTE + HOUR
    assert order.awaited == (BARAT,)


def test_reading_an_order_is_not_taking_it_on() -> None:
    operation = Orders()
    sprin = operation.issue(VOTE)
    operation.ack(operation.barat, sprin, VOTE + 60, do="read")
    order = only(operation.command().orders)
    assert (order.read_at(BARAT), order.ack_at(BARAT)) == (VOTE + 60, None)
    assert order.awaited == (UTARA, BARAT)


def test_one_of_a_unit_is_enough_and_the_first_word_stands() -> None:
    operation = Orders()
    sprin = operation.issue(VOTE)
    operation.ack(operation.utara_too, sprin, VOTE + 5 * HOUR)
    operation.ack(operation.utara, sprin, VOTE + HOUR)
    operation.ack(operation.utara, sprin, VOTE + 2 * HOUR)
    order = only(operation.command().orders)
    assert (order.ack_at(UTARA), len(order.acks)) == (VOTE + HOUR, 3)


def test_a_unit_that_was_not_addressed_is_kept_apart() -> None:
    operation = Orders()
    sprin = operation.issue(VOTE, [UTARA])
    operation.ack(operation.barat, sprin, VOTE + 60)
    operation.ack(operation.panwas, sprin, VOTE + 90)
    order = only(operation.command().orders)
    assert [one.unit for one in order.from_others] == [BARAT, "panwascam-647401"]
    assert order.awaited == (UTARA,)


def test_the_posts_own_key_takes_nothing_on_for_a_unit() -> None:
    operation = Orders()
    sprin = operation.issue(VOTE)
    operation.ack(operation.admin_polri, sprin, VOTE + 60)
    assert only(operation.command().orders).awaited == (UTARA, BARAT)


def test_an_order_expires_and_says_so_beforehand() -> None:
    operation = Orders()
    operation.issue(VOTE)
    order = only(operation.command().orders)
    states = [order.state(at, within_s=SOON_S) for at in (VOTE, END - SOON_S, END, END + 1)]
    assert states == ["in force", "expiring", "expiring", "expired"]


def test_an_order_without_an_end_stands() -> None:
    operation = Orders()
    operation.issue(VOTE, exp=None)
    assert only(operation.command().orders).state(END + 900 * DAY, within_s=SOON_S) == "in force"


def test_an_order_is_never_changed_but_superseded() -> None:
    operation = Orders()
    first = operation.issue(VOTE)
    later = operation.issue(VOTE + DAY, of=first, no=EXTENDED, exp=END + 9 * DAY)
    orders = operation.command().orders
    assert orders[Eid(first)].state(VOTE + DAY, within_s=SOON_S) == "superseded"
    assert orders[Eid(first)].issued.until == END
    assert orders[Eid(later)].state(END + DAY, within_s=SOON_S) == "in force"


def test_an_order_may_extend_one_that_no_log_holds() -> None:
    operation = Orders()
    operation.issue(VOTE, of="A" * 43)
    order = only(operation.command().orders)
    assert order.issued.extends == "A" * 43
    assert order.superseded_by == []


def test_taking_on_an_unknown_order_is_kept() -> None:
    operation = Orders()
    operation.ack(operation.utara, "A" * 43, VOTE)
    command = operation.command()
    assert [(eid, ack.unit) for eid, ack in command.loose_acks] == [("A" * 43, UTARA)]


def test_whoever_is_not_the_police_command_orders_nobody() -> None:
    operation = Orders()
    for stranger in (operation.admin_kpu, operation.admin_bawaslu, operation.utara, operation.panwas):
        operation.issue(VOTE, by=stranger)
        operation.step("bko-x", "requested", VOTE, by=stranger, n=40)
    operation.issue(VOTE, by=operation.admin_polri)
    command = operation.command()
    assert len(command.orders) == 1
    assert command.contingents == {}
    assert len(command.unheard) == 8


@pytest.mark.parametrize(
    "members", [{"to": "polsek-647401"}, {"to": [1]}, {"mh": 7}, {"exp": "soon"}, {"no": 5}, {"exp": []}]
)
def test_an_order_of_a_wrong_shape_is_passed_over_and_named(members: dict[str, Any]) -> None:
    operation = Orders()
    given = {"mh": "A" * 43, "to": [UTARA], "exp": END, **members}
    eid = operation.say(operation.kabagops, "order.issue", VOTE, **given)
    command = operation.command()
    assert (command.orders, list(command.unreadable)) == ({}, [eid])


def test_the_log_of_command_hears_the_command_and_the_field() -> None:
    operation = Orders()
    operation.say(operation.kabagops, "command.log", VOTE, note="jelas", kind="check", about=UTARA)
    operation.say(operation.utara, "command.log", VOTE + 1, note="patroli", kind="activity", mode="preventive")
    operation.say(operation.kabagops, "command.log", VOTE + 2, note="x", kind="poem", mode="lyrical")
    operation.say(operation.panwas, "command.log", VOTE + 3, note="x")
    command = operation.command()
    said = [(line.unit, line.said.kind, line.said.mode, line.said.about) for line in command.lines]
    assert said == [
        ("polres-6474", "check", None, UTARA),
        (UTARA, "activity", "preventive", ""),
        ("polres-6474", "message", None, ""),
    ]
    assert [one.role for one in command.unheard] == ["supervisor"]


def test_the_order_of_arrival_and_doubling_change_nothing() -> None:
    operation = Orders()
    sprin = operation.issue(VOTE)
    operation.ack(operation.utara, sprin, VOTE + HOUR)
    operation.issue(VOTE + DAY, of=sprin, no=EXTENDED)
    operation.step("bko-a", "requested", VOTE, n=40, from_="polda-64")
    operation.step("bko-a", "approved", VOTE + HOUR, n=30, number=SPRIN)
    operation.step("bko-a", "tasked", VOTE + 2 * HOUR, n=10, task="escort", to=UTARA)
    operation.say(operation.kabagops, "command.log", VOTE, note="x")
    expected = operation.command()
    genesis, rest = operation.lines[0], operation.lines[1:]
    for seed in range(20):
        shuffled = [*rest, *rest]
        random.Random(seed).shuffle(shuffled)
        assert operation.command([genesis, *shuffled]) == expected

"""Orders issued, acknowledged and extended; lent forces from the request to the release; the command's own log."""

from collections import Counter, defaultdict

import pytest

from kawal.ledger.event import Event
from kawal_cli.simulate import Simulated
from tests.simulation.record import Record

HOUR_S = 3600
STEPS = ["requested", "approved", "sent", "arrived", "tasked", "released"]


@pytest.fixture(scope="module")
def record(clean: Simulated) -> Record:
    return Record(clean.out)


@pytest.fixture(scope="module", name="polres_bontang")
def of_bontang(bontang: Simulated) -> Record:
    return Record(bontang.out)


def by_contingent(record: Record) -> dict[str, list[Event]]:
    steps: dict[str, list[Event]] = defaultdict(list)
    for event in sorted(record.of("bko.step"), key=lambda one: one.ts):
        steps[str(event.payload["contingent"])].append(event)
    return steps


def numbers(steps: list[Event], step: str) -> list[int]:
    return [int(one.payload["n"]) for one in steps if one.payload["step"] == step]


def test_an_order_has_a_number_a_stage_and_an_end_and_every_unit_takes_it_on(record: Record) -> None:
    orders = record.of("order.issue")
    taken: dict[str, set[str]] = defaultdict(set)
    for one in record.of("order.ack"):
        if one.payload.get("do") != "read":
            taken[str(one.payload["of"])].add(record.unit(one))
    assert len({one.payload["no"] for one in orders}) == len(orders) > 2
    for order in orders:
        assert order.payload["stage"] in ("pungut-hitung", "rekap-kec")
        assert int(order.payload["exp"]) > order.ts
        assert set(order.payload["to"]) == taken[order.eid]


def test_the_first_order_is_extended_before_it_ends(record: Record) -> None:
    first, second = sorted(record.of("order.issue"), key=lambda one: one.ts)[:2]
    assert second.payload["of"] == first.eid
    assert second.ts < int(first.payload["exp"]) < int(second.payload["exp"])


def test_most_units_take_an_order_on_within_hours_and_one_reads_it_and_lets_a_day_pass(record: Record) -> None:
    first = min(record.of("order.issue"), key=lambda one: one.ts)
    answers = [one for one in record.of("order.ack") if one.payload["of"] == first.eid]
    reads = [one for one in answers if one.payload.get("do") == "read"]
    waits = sorted(one.ts - first.ts for one in answers if one not in reads)
    assert len(reads) == 1
    assert waits[-1] > 20 * HOUR_S
    assert waits[-2] < 3 * HOUR_S


def test_the_contingents_of_bontang_are_those_of_the_source_texts(polres_bontang: Record) -> None:
    steps = by_contingent(polres_bontang)
    arrived = {name: numbers(many, "arrived") for name, many in steps.items()}
    assert arrived == {"bko-staf-6474-121": [40], "bko-samapta-6474-122": [40], "bko-brimob-6474-123": [100]}
    assert {str(one.payload["from"]) for one in steps["bko-staf-6474-121"]} == {"polda-64"}
    assert {str(one.payload["from"]) for one in steps["bko-samapta-6474-122"]} == {"polda-64"}
    hot = {one.payload["to"] for one in polres_bontang.of("bko.step") if one.payload.get("task") == "hot-area"}
    assert hot == {"640205", "640217"}
    unmet = {name: numbers(many, "requested")[0] - numbers(many, "approved")[0] for name, many in steps.items()}
    assert unmet["bko-brimob-6474-123"] == 20


@pytest.mark.parametrize("which", ["record", "polres_bontang"])
def test_a_contingent_goes_through_every_step_and_is_never_tasked_beyond_its_strength(
    which: str, request: pytest.FixtureRequest
) -> None:
    steps = by_contingent(request.getfixturevalue(which))
    assert steps
    for many in steps.values():
        assert list(dict.fromkeys(str(one.payload["step"]) for one in many)) == STEPS
        assert sum(numbers(many, "tasked")) <= numbers(many, "arrived")[0] <= numbers(many, "approved")[0]
        assert len({one.payload["number"] for one in many}) == 1
        assert {one.payload["task"] for one in many if "task" in one.payload} <= {"escort", "hot-area", "reserve"}


def test_lent_people_stand_at_posts_of_the_hot_areas_while_they_are_lent_and_never_else(polres_bontang: Record) -> None:
    steps = by_contingent(polres_bontang)["bko-brimob-6474-123"]
    first, last = (next(one.ts for one in steps if one.payload["step"] == step) for step in ("arrived", "released"))
    duties = [one for one in polres_bontang.of("guard.on") if polres_bontang.unit(one) == "brimob-64"]
    assert {one.payload["post"] for one in duties} == {"pos-ppk-640205", "pos-ppk-640217"}
    assert all(first < one.ts < last for one in duties)


def test_the_command_checks_communication_twice_a_day_and_counts_what_it_does_by_mode(record: Record) -> None:
    lines = record.of("command.log")
    kinds = Counter(str(one.payload["kind"]) for one in lines)
    assert kinds["check"] >= 20
    modes = Counter(str(one.payload["mode"]) for one in lines if one.payload["kind"] == "activity")
    assert set(modes) == {"preemptive", "preventive", "repressive"}
    assert kinds["activity"] == sum(modes.values())

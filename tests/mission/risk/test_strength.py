"""A post's least strength, and the weight of a place, follow from class, ring and priority."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kawal.risk.classes import CLASSES, gravest, name_of
from kawal.risk.sites import PRIORITIES, BadSite, Strategic, check, in_order, patrol_weight, usual
from kawal.risk.strength import LEAST, demand_weight, required_strength

GUDANG = Strategic("gudang-5303", "warehouse", "Gudang KPU TTU", "530305", 1, "semua kotak berakhir di sini")
OTHER: Any = 4
risks = st.none() | st.sampled_from(CLASSES)
priorities = st.none() | st.sampled_from(PRIORITIES)


def test_the_room_with_the_boxes_asks_for_more_in_a_graver_place() -> None:
    assert [required_strength(one, "ring 1") for one in CLASSES] == [2, 3, 4, 4]
    assert [required_strength(one, "jalan") for one in CLASSES] == [2, 2, 3, 3]


def test_the_first_priority_adds_a_guard() -> None:
    assert required_strength("high", "1", 1) == 5
    assert required_strength("high", "1", 2) == 4


def test_an_operation_may_hand_in_a_table_of_its_own() -> None:
    table = {"inner": dict.fromkeys(CLASSES, 9), "outer": dict.fromkeys(CLASSES, 1)}
    assert required_strength("less", "dalam", table=table) == 9  # type: ignore[arg-type]
    assert required_strength("less", "luar", table=table) == LEAST  # type: ignore[arg-type]


@given(risks, st.text(max_size=12), priorities)
def test_nobody_stands_alone_and_unknown_is_never_less(risk: str | None, ring: str, priority: int | None) -> None:
    need = required_strength(risk, ring, priority)  # type: ignore[arg-type]
    assert need >= LEAST
    assert required_strength(None, ring, priority) >= required_strength("less", ring, priority)  # type: ignore[arg-type]
    assert demand_weight(None, priority) >= demand_weight("less", priority)  # type: ignore[arg-type]


def test_the_weights_are_three_two_and_one() -> None:
    assert [demand_weight(one) for one in (None, *CLASSES)] == [2, 1, 2, 3, 3]
    assert [patrol_weight("less", one) for one in PRIORITIES] == [3, 2, 1]
    assert patrol_weight("high", 3) == 3


def test_priority_then_gravity_orders_the_sites() -> None:
    ppk = Strategic("ppk-530306", "ppk", "PPK", "530306", 2, "kotak kecamatan")
    other = Strategic("ppk-530301", "ppk", "A", "530301", 2, "kotak kecamatan")
    assert in_order([other, ppk, GUDANG], {"530306": "high", "530301": "less"}) == [GUDANG, ppk, other]


@pytest.mark.parametrize(
    "wrong",
    [
        replace(GUDANG, name=" "),
        replace(GUDANG, site="Gudang!"),
        replace(GUDANG, area="5303012001003"),
        replace(GUDANG, kind=OTHER),
        replace(GUDANG, priority=OTHER),
        replace(GUDANG, reason=""),
    ],
)
def test_a_site_without_name_place_kind_priority_or_reason_is_refused(wrong: Strategic) -> None:
    with pytest.raises(BadSite):
        check(wrong)


def test_a_registered_warehouse_comes_first_until_somebody_says_otherwise() -> None:
    assert check(GUDANG).priority == usual("warehouse")[0] == 1
    assert usual("kantor pos")[0] == 3


def test_the_gravest_of_nothing_is_unknown_and_unknown_has_a_name() -> None:
    assert gravest([]) is None
    assert gravest(["less", None, "prone"]) is None
    assert gravest([None, "high"]) == "high"
    assert (name_of(None), name_of("high", "en")) == ("tidak diketahui", "highly vulnerable")

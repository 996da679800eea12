"""A place's class follows from its sources and says which had which part; what nobody knows is never less."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kawal.risk.classes import CLASSES, gravity, known_or_prone, weight_of
from kawal.risk.indicators import VARIABLES
from kawal.risk.register import INSTRUMENTS, USUAL_CUTS, Cut, Entry
from kawal.risk.score import assess, class_at
from kawal.risk.weights import USUAL, BadWeights, Weights, check
from tests.mission.risk.register import IPKP_DAY, KECAMATAN, STATION, entry

YAHUKIMO, PUNCAK, MAYBRAT = Decimal("67.55"), Decimal("67.33"), Decimal("56.40")
GIVEN_CUT = Cut("ipkp", "regency", Decimal(40), Decimal(60), "Baintelkam, dimasukkan Karendalops")
indicators = st.frozensets(st.sampled_from([key for one in VARIABLES for key in one.indicators]))
values = st.one_of(st.sampled_from(CLASSES), st.decimals(0, 100, places=2))
entries = st.lists(
    st.builds(
        lambda number, instrument, value, day: entry(
            number, instrument=instrument, value=value, on=IPKP_DAY.replace(day=day)
        ),
        st.integers(1, 99),
        st.sampled_from(INSTRUMENTS),
        values,
        st.integers(1, 28),
    ),
    max_size=8,
    unique_by=lambda one: one.entry,
)
weights = st.builds(
    Weights, st.fixed_dictionaries({name: st.integers(0, 100) for name in INSTRUMENTS}), st.just(USUAL.variables)
)


def ipkp(score: Decimal, place: str = "9113") -> Entry:
    return entry(place=place, instrument="ipkp", stage="tahap-1", on=IPKP_DAY, value=score, source="dataloka.id/207")


def test_a_place_of_which_nothing_is_known_is_unknown() -> None:
    standing = assess(KECAMATAN, [], cuts=USUAL_CUTS)
    assert (standing.risk, standing.points, standing.contributions) == (None, None, ())


def test_bawaslus_own_cuts_give_bawaslus_classes() -> None:
    for score, risk in (("13.46", "less"), ("13.47", "prone"), ("49.32", "prone"), ("49.33", "high")):
        one = entry(place="5303", instrument="ikp", value=Decimal(score))
        assert assess("5303", [one], cuts=USUAL_CUTS).risk == risk


def test_the_polices_index_has_no_class_until_somebody_gives_its_cuts() -> None:
    standing = assess("9113", [ipkp(YAHUKIMO)], cuts=USUAL_CUTS)
    assert standing.risk is None
    assert "belum diketahui" in standing.contributions[0].why_id
    assert [assess("9113", [ipkp(one)], cuts=[*USUAL_CUTS, GIVEN_CUT]).risk for one in (YAHUKIMO, PUNCAK, MAYBRAT)] == [
        "high", "high", "prone",
    ]  # fmt: skip


def test_a_source_that_cannot_be_read_keeps_a_place_from_being_less() -> None:
    less, unread = entry(1, place="9113", value="less"), ipkp(YAHUKIMO)
    assert assess("9113", [less], cuts=USUAL_CUTS).risk == "less"
    assert assess("9113", [less, unread], cuts=USUAL_CUTS).risk is None
    assert assess("9113", [entry(1, place="9113", value="high"), unread], cuts=USUAL_CUTS).risk == "high"


def test_one_indicator_found_makes_a_station_rawan_and_none_found_makes_it_less() -> None:
    def found(*keys: str) -> object:
        one = entry(place=STATION, instrument="tps-rawan", value=frozenset(keys))
        return assess(STATION, [one], cuts=USUAL_CUTS).risk

    assert (found(), found("no-power")) == ("less", "prone")
    assert found("no-power", "conflict-area", "violence-before", "money-near-station", "goods-late") == "high"


def test_khusus_is_given_and_stays() -> None:
    special, less = entry(1, value="special"), entry(2, instrument="ipkp", value="less")
    assert assess(KECAMATAN, [special, less], cuts=USUAL_CUTS).risk == "special"


def test_the_explanation_says_who_had_which_part() -> None:
    own, index = entry(1, value="high"), entry(2, instrument="ikp", value="less")
    standing = assess(KECAMATAN, [own, index], cuts=USUAL_CUTS, weights=Weights({**USUAL.instruments, "local": 3}))
    assert [(one.entry.instrument, one.points, one.weight) for one in standing.contributions] == [
        ("ikp", 17, 1), ("local", 83, 3),
    ]  # fmt: skip
    assert (standing.points, standing.risk) == (67, "high")


def test_a_weight_of_nothing_takes_an_instrument_out() -> None:
    own, index = entry(1, value="high"), entry(2, instrument="ikp", value="less")
    off = Weights({**USUAL.instruments, "local": 0})
    assert assess(KECAMATAN, [own, index], cuts=USUAL_CUTS, weights=off).risk == "less"
    assert assess(KECAMATAN, [own], cuts=USUAL_CUTS, weights=off).risk is None


def test_a_close_race_only_adds() -> None:
    own = entry(value="less")
    assert assess(KECAMATAN, [own], cuts=USUAL_CUTS, added=10).points == 27
    assert assess(KECAMATAN, [], cuts=USUAL_CUTS, added=10).risk is None


@pytest.mark.parametrize(
    "wrong",
    [
        Weights({"local": 1}),
        Weights(dict.fromkeys(INSTRUMENTS, 0)),
        Weights({**USUAL.instruments, "local": -1}),
        Weights({**USUAL.instruments, "local": 101}),
        Weights(USUAL.instruments, {"security": 1}),
    ],
)
def test_weights_that_give_no_score_are_refused(wrong: Weights) -> None:
    with pytest.raises(BadWeights):
        check(wrong)


def test_the_usual_weights_can_be_used() -> None:
    assert check(USUAL) is USUAL


@given(entries, weights, st.randoms())
def test_the_order_of_entries_is_irrelevant(many: list[Entry], own: Weights, dice: object) -> None:
    shuffled = sorted(many, key=lambda _one: dice.random())  # type: ignore[attr-defined]
    assert assess(KECAMATAN, shuffled, cuts=USUAL_CUTS, weights=own) == assess(
        KECAMATAN, many, cuts=USUAL_CUTS, weights=own
    )


@given(entries, weights)
def test_unknown_never_counts_as_less(many: list[Entry], own: Weights) -> None:
    standing = assess(KECAMATAN, many, cuts=USUAL_CUTS, weights=own)
    assert (standing.risk is None) == (standing.points is None)
    if standing.risk is None:
        assert weight_of(None) > weight_of("less")
        assert gravity(None) > gravity("less")
        assert known_or_prone(None) == "prone"
    if standing.risk == "less":
        assert any(one.points is not None and one.weight for one in standing.contributions)
        assert all(one.points is not None for one in standing.contributions if one.weight)


@given(entries, st.integers(0, 10))
def test_every_entry_is_either_counted_or_superseded(many: list[Entry], added: int) -> None:
    standing = assess(KECAMATAN, many, cuts=USUAL_CUTS, added=added)
    seen = [one.entry.entry for one in standing.contributions] + [one.entry for one in standing.superseded]
    assert sorted(seen) == sorted(one.entry for one in many)


@given(st.decimals(0, 100, places=2), st.decimals(0, 100, places=2))
def test_a_higher_score_never_gives_a_lower_one_here(one: Decimal, other: Decimal) -> None:
    low, high = sorted((one, other))
    points = [
        assess("5303", [entry(place="5303", instrument="ikp", value=score)], cuts=USUAL_CUTS).points or 0
        for score in (low, high)
    ]
    assert points[0] <= points[1]
    assert class_at(points[1]) in CLASSES


@given(indicators, indicators)
def test_more_indicators_never_make_a_station_safer(one: frozenset[str], other: frozenset[str]) -> None:
    few, many = (
        assess(STATION, [entry(place=STATION, instrument="tps-rawan", value=found)], cuts=USUAL_CUTS).points or 0
        for found in (one, one | other)
    )
    assert few <= many

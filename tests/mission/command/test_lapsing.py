"""The algebra of stages: moving an end lengthens nothing, nothing outlives its stage, and order does not matter."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from kawal.command.lapsing import Bound, Extension, PostHoldsBoxes, moving, standings
from kawal.command.stages import Stage, by_time

STAGES = (Stage("a", 0, 1_000), Stage("b", 500, 2_000), Stage("c", 2_500, 4_000))
TIMES = st.integers(min_value=1, max_value=5_000)
NAMES = st.sampled_from(["a", "b", "c", ""])
EXTENSIONS = st.lists(st.builds(Extension, st.sampled_from(["x", "y"]), st.just("Sprin"), TIMES, NAMES), max_size=2)
BOUND = st.lists(
    st.builds(
        Bound,
        st.sampled_from(["post", "order", "roster"]),
        st.sampled_from(["one", "two", "three"]),
        st.just("title"),
        NAMES,
        TIMES,
        st.sampled_from(["s1", "s2"]),
        EXTENSIONS.map(tuple),
    ),
    max_size=6,
)


@given(BOUND, TIMES, TIMES)
def test_moving_an_end_lengthens_nothing_beyond_its_own_end(bound: list[Bound], new_end: int, now: int) -> None:
    stage = STAGES[1]
    moved = {one.stage: replace(one, ends=new_end) if one.stage == "b" else one for one in STAGES}
    for thing in bound:
        own = max([thing.ends, *(one.until for one in thing.extensions)])
        assert thing.until(moved) <= own
    if new_end <= 500 or new_end < min(now, 2_000):
        return
    done = moving(stage, new_end, bound, stages=STAGES, now=now, boxes_at={}, zone="Asia/Jakarta")
    before = {one.stage: one for one in STAGES}
    for one in done.lapses:
        assert one.at == one.thing.until(moved)
        assert one.at < (one.thing.until(before) if new_end < 2_000 else new_end)


@given(BOUND)
def test_nothing_outlives_its_stage_without_an_order(bound: list[Bound]) -> None:
    by_name = {one.stage: one for one in STAGES}
    for thing in bound:
        alone = replace(thing, extensions=())
        found = by_name.get(alone.stage)
        assert alone.until(by_name) <= (alone.ends if found is None or found.ends is None else found.ends)


@given(BOUND, st.permutations(["s1", "s2"]), TIMES)
def test_a_post_at_boxes_never_lapses(bound: list[Bound], sites: list[str], now: int) -> None:
    boxes = {sites[0]: 3}
    for one in standings(bound, STAGES, now=now, boxes_at=boxes):
        if one.thing.kind == "post" and one.thing.site == sites[0]:
            assert one.state != "lapsed"
        else:
            assert one.state != "stays"


@given(BOUND, TIMES)
def test_an_earlier_end_takes_no_post_from_its_boxes(bound: list[Bound], new_end: int) -> None:
    try:
        done = moving(STAGES[1], 501 + new_end % 1_499, bound, stages=STAGES, now=0, boxes_at={"s1": 1}, zone="")
    except PostHoldsBoxes:
        return
    assert not any(one.stays for one in done.lapses)


def test_what_nobody_bound_belongs_to_the_first_stage_to_end_that_it_ends_in() -> None:
    assert by_time(STAGES, 900) == "a"
    assert by_time(STAGES, 1_500) == "b"
    assert by_time(STAGES, 2_200) == ""
    assert by_time([replace(STAGES[0], is_left_out=True), STAGES[1]], 900) == "b"

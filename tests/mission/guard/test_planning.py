"""A planned post becomes rows of the manifest: a row a ring, and no heartbeat where silence is expected."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kawal.guard.planning import BadPlan, PlannedPost, Quiet, Zone, manifest_rows

HOUR, DAY, WITA = 3600, 86_400, 8 * 3600
MIDNIGHT = 1_732_636_800  # 27 November 2024, 00.00 WITA
ROOM, ROAD = Zone(1, "room", 2), Zone(3, "road", 1)
NIGHT = Quiet(22 * HOUR, 5 * HOUR)


def planned(**changes: object) -> PlannedPost:
    fields: dict[str, object] = {
        "post": "pos-ppk-640217",
        "site": "ppk-640217",
        "zones": (ROOM, ROAD),
        "beat_s": HOUR,
        "starts": MIDNIGHT,
        "ends": MIDNIGHT + 2 * DAY,
    }
    return PlannedPost(**{**fields, **changes})  # type: ignore[arg-type]


def test_each_ring_is_a_row_of_its_own() -> None:
    rows = manifest_rows([planned()], utc_offset_s=WITA)
    assert rows == [
        ("pos-ppk-640217", "ppk-640217", 1, 2, HOUR, MIDNIGHT, MIDNIGHT + 2 * DAY),
        ("pos-ppk-640217", "ppk-640217", 3, 1, HOUR, MIDNIGHT, MIDNIGHT + 2 * DAY),
    ]


def test_a_night_without_signal_asks_for_no_heartbeat_and_for_the_same_strength() -> None:
    rows = manifest_rows([planned(zones=(ROOM,), quiet=(NIGHT,))], utc_offset_s=WITA)
    assert [(beat, (since - MIDNIGHT) // HOUR, (until - MIDNIGHT) // HOUR) for *_, beat, since, until in rows] == [
        (0, 0, 5),
        (HOUR, 5, 22),
        (0, 22, 29),
        (HOUR, 29, 46),
        (0, 46, 48),
    ]
    assert {row[3] for row in rows} == {2}


@given(st.lists(st.tuples(st.integers(0, 86_399), st.integers(0, 86_399)), max_size=4), st.integers(1, 400_000))
def test_the_rows_cover_the_whole_plan_once_whatever_hours_are_quiet(hours: list[tuple[int, int]], length: int) -> None:
    quiet = tuple(Quiet(since, until) for since, until in hours)
    rows = manifest_rows([planned(zones=(ROOM,), quiet=quiet, ends=MIDNIGHT + length)], utc_offset_s=WITA)
    spans = [(since, until) for *_, since, until in rows]
    assert spans[0][0] == MIDNIGHT
    assert spans[-1][1] == MIDNIGHT + length
    assert all(before[1] == after[0] for before, after in pairwise(spans))
    assert all(since < until for since, until in spans)


@pytest.mark.parametrize(
    "changes",
    [
        {"ends": MIDNIGHT},
        {"zones": ()},
        {"zones": (ROOM, Zone(1, "yard", 1))},
        {"zones": (Zone(0, "room", 1),)},
        {"zones": (Zone(1, "room", -1),)},
        {"beat_s": -1},
    ],
)
def test_a_plan_that_cannot_be_stood_is_refused(changes: dict[str, object]) -> None:
    with pytest.raises(BadPlan, match="pos-ppk-640217"):
        manifest_rows([planned(**changes)], utc_offset_s=WITA)

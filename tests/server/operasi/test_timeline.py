"""The picture of the stages: every bar inside it, months in order, and marks where things lapse."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from kawal.command.lapsing import Bound, Standing
from kawal.command.stages import Stage, usual_stages
from kawal_server.command_post.operasi.timeline import draw
from kawal_server.command_post.standing import look
from tests.mission.command.scene import at

ZONE = "Asia/Makassar"
NOW = at("2024-12-01")
STAGES = usual_stages(date(2024, 11, 27), ZONE)


def percent(text: str) -> float:
    assert text.endswith("%")
    return float(text[:-1])


def standing(until: int, *, state: str = "runs", stage: str = "rekap-kab") -> Standing:
    return Standing(Bound("post", "pos-1", "1", stage, until), state, until)  # type: ignore[arg-type]


def test_bars_follow_their_days_and_undated_stages_have_none() -> None:
    drawn = {row.stage.stage: row for row in draw(STAGES, [], now=NOW, zone=ZONE).rows}
    assert percent(drawn["tenang"].x) == 0
    assert drawn["psu"].x == ""
    assert percent(drawn["rekap-prov"].x) + percent(drawn["rekap-prov"].width) == 100
    assert drawn["rekap-kec"].state == "running"


def test_things_of_one_look_that_lapse_together_are_one_mark() -> None:
    ends = at("2024-12-07")
    drawn = draw(STAGES, [standing(ends), standing(ends), standing(ends, state="stays")], now=NOW, zone=ZONE)
    [row] = [one for one in drawn.rows if one.stage.stage == "rekap-kab"]
    assert [(one.look, one.count) for one in row.marks] == [("aman", 2), ("bahaya", 1)]
    assert row.needs == 1


def test_what_lapses_within_two_days_asks_for_attention() -> None:
    assert look(standing(NOW + 47 * 3600), NOW) == "perhatian"
    assert look(standing(NOW + 49 * 3600), NOW) == "aman"
    assert look(standing(NOW - 1, state="lapsed"), NOW) == "tidak diketahui"


def test_now_outside_the_picture_is_not_drawn_and_no_dates_draw_nothing() -> None:
    assert draw(STAGES, [], now=at("2026-01-01"), zone=ZONE).now == ""
    empty = draw([Stage("psu"), Stage("phpu", is_left_out=True)], [], now=NOW, zone=ZONE)
    assert [row.x for row in empty.rows] == ["", ""]
    assert empty.months == []


@given(st.lists(st.tuples(st.integers(0, 2_000_000_000), st.integers(1, 60_000_000)), min_size=1, max_size=8))
def test_nothing_is_drawn_outside_the_picture(spans: list[tuple[int, int]]) -> None:
    stages = [Stage(f"s{number}", start, start + length) for number, (start, length) in enumerate(spans)]
    drawn = draw(stages, [standing(2**40, stage="s0")], now=1, zone=ZONE)
    for row in drawn.rows:
        assert 0 <= percent(row.x) <= 100
        assert percent(row.x) + percent(row.width) <= 100.02
        assert all(0 <= percent(one.x) <= 100 for one in row.marks)
    assert len(drawn.months) <= 13
    assert [percent(one.x) for one in drawn.months] == sorted(percent(one.x) for one in drawn.months)

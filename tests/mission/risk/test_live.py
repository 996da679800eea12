"""A live incident lifts the score of the places near it for all to see, and leaves exactly the base when it is gone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kawal.ledger.event import Eid
from kawal.risk.classes import gravity
from kawal.risk.live import AMOUNTS, FADE_S, LEVELS, Incident, Level, points_at, shift, touches
from kawal.risk.register import USUAL_CUTS
from kawal.risk.score import Standing, assess
from tests.mission.risk.register import KECAMATAN, STATION, entry
from tests.mission.risk.test_score import entries

NOON = 1_732_700_000


def incident(
    level: Level = "actual", area: str = KECAMATAN, *, closed_at: int | None = None, eid: str = "a"
) -> Incident:
    return Incident(Eid(eid * 43), level, "crowd", f"ppk-{KECAMATAN}", area, NOON, closed_at)


def base(value: str | None = "less") -> Standing:
    return assess(KECAMATAN, [entry(value=value)] if value else [], cuts=USUAL_CUTS)


def test_an_actual_disturbance_lifts_a_quiet_kecamatan_by_a_whole_class() -> None:
    shifted = shift(base(), [incident()], NOON)
    assert (shifted.base.risk, shifted.base.points) == ("less", 17)
    assert (shifted.risk, shifted.points) == ("prone", 51)
    assert [(one.points, one.incident.about) for one in shifted.shifts] == [(AMOUNTS["actual"], f"ppk-{KECAMATAN}")]


def test_a_closed_incident_fades_and_then_is_gone() -> None:
    closed = incident(closed_at=NOON + 3600)
    assert points_at(closed, NOON + 3599) == 34
    assert points_at(closed, NOON + 3600 + FADE_S // 2) == 17
    assert points_at(closed, NOON + 3600 + FADE_S) == 0
    assert shift(base(), [closed], NOON + 3600 + FADE_S).points == base().points


def test_an_open_incident_never_fades_by_itself() -> None:
    assert points_at(incident(), NOON + 90 * 24 * 3600) == AMOUNTS["actual"]


def test_an_incident_in_a_place_nobody_assessed_lifts_it_above_rawan_and_leaves_it_unknown() -> None:
    assert shift(base(None), [incident()], NOON).risk == "high"
    after = shift(base(None), [], NOON)
    assert (after.risk, after.points) == (None, None)


@pytest.mark.parametrize(
    ("area", "place", "is_near"),
    [
        (STATION, KECAMATAN, True),
        (KECAMATAN, STATION, True),
        (STATION, "5303052001", True),
        (STATION, "530306", False),
        (KECAMATAN, "5303", False),
        ("5303", KECAMATAN, False),
        ("", KECAMATAN, False),
    ],
)
def test_an_incident_moves_what_lies_in_it_and_its_kecamatan_and_no_more(area: str, place: str, is_near: bool) -> None:
    assert touches(incident(area=area), place) is is_near


incidents = st.lists(
    st.builds(
        lambda level, eid, closed: incident(level, eid=eid, closed_at=closed),
        st.sampled_from(LEVELS),
        st.sampled_from("abcdefgh"),
        st.none() | st.integers(NOON, NOON + 2 * FADE_S),
    ),
    max_size=6,
    unique_by=lambda one: one.eid,
)
moments = st.integers(NOON - 3600, NOON + 4 * FADE_S)


@given(entries, incidents, incidents, moments)
def test_adding_an_incident_never_lowers_a_score(
    said: list[object], some: list[Incident], more: list[Incident], now: int
) -> None:
    standing = assess(KECAMATAN, said, cuts=USUAL_CUTS)  # type: ignore[arg-type]
    before, after = shift(standing, some, now), shift(standing, [*some, *more], now)
    assert gravity(after.risk) >= gravity(before.risk) or (before.risk is None and after.risk == "prone")
    assert (after.points or 0) >= (before.points or 0)


@given(entries, incidents, moments)
def test_taking_the_incidents_away_gives_back_exactly_the_base(
    said: list[object], some: list[Incident], now: int
) -> None:
    standing = assess(KECAMATAN, said, cuts=USUAL_CUTS)  # type: ignore[arg-type]
    shifted = shift(standing, some, now)
    again = shift(shifted.base, [], now)
    assert (again.base, again.risk, again.points, again.shifts) == (standing, standing.risk, standing.points, ())


@given(entries, incidents, moments, st.randoms())
def test_the_order_of_incidents_is_irrelevant(said: list[object], some: list[Incident], now: int, dice: object) -> None:
    standing = assess(KECAMATAN, said, cuts=USUAL_CUTS)  # type: ignore[arg-type]
    shuffled = sorted(some, key=lambda _one: dice.random())  # type: ignore[attr-defined]
    assert shift(standing, shuffled, now) == shift(standing, some, now)

"""The simulated world has the real codes, and exactly the boxes that the arithmetic asks for."""

import pytest

from kawal.election.boxes import read_box_id
from kawal.election.regions import below
from kawal_cli.simulate import counts
from kawal_cli.simulate.area import CannotSimulate, elections_of, read_area
from kawal_cli.simulate.days import day_of, hour_of, moment
from kawal_cli.simulate.figures import TPS_OF_DISTRICT, TPS_OF_PROVINCE
from kawal_cli.simulate.world import World, build_world
from kawal_machine.centres import zone_of
from kawal_machine.regions import official_codes

CODES = official_codes()


def world(*area: str, scale: float = 1.0, seed: int = 1) -> World:
    return build_world(CODES, read_area(CODES, area, scale), seed=seed)


@pytest.fixture(params=["counts beside the checkout", "typed in alone"])
def _both_sources(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if request.param == "typed in alone":
        monkeypatch.setattr(counts, "known_counts", lambda: TPS_OF_DISTRICT)
    elif not counts.SHARED_COUNTS.is_file():
        pytest.skip(f"{counts.SHARED_COUNTS} is not here")


@pytest.mark.usefixtures("_both_sources")
@pytest.mark.parametrize(
    ("area", "districts", "stations"),
    [("5303", 24, 445), ("6474", 3, 277), ("6311", 8, 262), ("1603", 22, 954), ("6402", 20, 1447), ("62", 136, 4446)],
)
def test_a_known_area_has_its_real_number_of_stations_and_the_boxes_that_follow(
    area: str, districts: int, stations: int
) -> None:
    made = world(area)
    assert (len(made.districts), made.station_count) == (districts, stations)
    assert len(made.boxes) == 2 * stations + 2 * districts


def test_the_two_districts_that_everybody_quotes_have_938_and_560_boxes() -> None:
    assert len(world("53.03").boxes) == 938
    assert len(world("64.74").boxes) == 560


def test_a_police_area_may_cross_two_regencies() -> None:
    made = world("6474", "64.02.05", "640217")
    assert made.station_count == 277 + 95 + 51
    assert {regency.code for regency in made.regencies} == {"6402", "6474"}


@pytest.mark.parametrize(
    ("area", "district", "polres"),
    [
        (("6474", "640205", "640217"), "640205", "polres-6474"),
        (("6474", "640205", "640217"), "647401", "polres-6474"),
        (("64.02.05", "64.74"), "640205", "polres-6474"),
        (("6311", "6474", "640205"), "640205", "polres-6474"),
        (("6474", "6402"), "640205", "polres-6402"),
        (("64", "640205", "6474"), "640205", "polres-6402"),
        (("640205", "640217"), "640205", "polres-6402"),
        (("6402", "640205"), "640205", "polres-6402"),
    ],
)
def test_kecamatan_named_beside_another_kabupaten_belong_to_its_polres(
    area: tuple[str, ...], district: str, polres: str
) -> None:
    assert read_area(CODES, area, 1).jurisdiction.polres(district) == polres


def test_one_polres_answers_to_two_kpu() -> None:
    made = world("6474", "640205", "640217")
    assert {regency.polres for regency in made.regencies} == {"polres-6474"}
    assert made.jurisdiction.kpus("polres-6474") == ("kpu-6402", "kpu-6474")


def test_the_typed_in_provinces_add_up_to_the_nation() -> None:
    assert sum(TPS_OF_PROVINCE.values()) == 435_296
    assert set(TPS_OF_PROVINCE) == {province.code for province in CODES.children("")}


def test_every_village_and_box_bears_a_real_code() -> None:
    made = world("1603")
    real = {village.code for village in below(CODES, "1603", "village")}
    assert {village.code for district in made.districts for village in district.villages} <= real
    ids = [box.id for box in made.boxes]
    assert len(set(ids)) == len(ids)
    assert all(read_box_id(box.id).district == box.district for box in made.boxes)


def test_stations_of_a_village_count_up_from_one() -> None:
    for village in world("6474").districts[0].villages:
        numbers = [int(station.code[10:]) for station in village.stations]
        assert numbers == list(range(1, len(numbers) + 1))


@pytest.mark.parametrize(
    ("regency", "elections"),
    [("5303", ("GUB", "BUP")), ("6474", ("GUB", "WAKO")), ("3171", ("GUB",)), ("3401", ("BUP",)), ("3471", ("WAKO",))],
)
def test_jakarta_votes_for_a_governor_only_and_yogyakarta_for_none(regency: str, elections: tuple[str, ...]) -> None:
    assert elections_of(regency) == elections


@pytest.mark.parametrize(
    ("region", "zone"),
    [
        *(("11", "Asia/Jakarta"), ("35", "Asia/Jakarta"), ("62", "Asia/Pontianak"), ("5303", "Asia/Makassar")),
        *(("6474", "Asia/Makassar"), ("82", "Asia/Jayapura"), ("95", "Asia/Jayapura")),
    ],
)
def test_each_region_keeps_its_own_hours(region: str, zone: str) -> None:
    assert zone_of(region) == zone
    noon = moment(zone, 0, 12.5)
    assert (day_of(zone, noon), hour_of(zone, noon)) == (0, 12.5)


def test_the_vote_is_on_27_november_2024_in_the_east_first() -> None:
    assert moment("Asia/Jayapura", 0, 7) == 1_732_658_400
    assert moment("Asia/Jakarta", 0, 7) - moment("Asia/Jayapura", 0, 7) == 2 * 3600


@pytest.mark.parametrize("scale", [1.0, 0.5, 0.25, 0.1, 0.02, 0.001])
def test_a_smaller_scale_keeps_fewer_stations_and_never_none(scale: float) -> None:
    made = world("5303", scale=scale)
    assert 1 <= made.station_count <= 445 * scale * 1.6 + 20
    assert all(district.stations for district in made.districts)


@pytest.mark.parametrize(
    ("area", "scale"), [([], 1.0), ([""], 1.0), (["5399"], 1.0), (["53030"], 1.0), (["5303"], 0.0), (["5303"], 1.5)]
)
def test_an_area_or_scale_that_is_none_is_refused_with_a_reason(area: list[str], scale: float) -> None:
    with pytest.raises(CannotSimulate, match=r"--area|--scale"):
        read_area(CODES, area, scale)

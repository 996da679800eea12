"""After the vote: from the PPS up to the PPK, and after its plenos from the PPK to the warehouse."""

from dataclasses import dataclass
from functools import partial

from kawal_cli.simulate.acts import arrive, attest, depart, end_shift, hand_over, loads
from kawal_cli.simulate.days import day_of
from kawal_cli.simulate.devices import Device
from kawal_cli.simulate.road import tracked
from kawal_cli.simulate.stage import Scene
from kawal_cli.simulate.story import Story, convoy_in, convoy_up, trip
from kawal_cli.simulate.world import Box, District, Regency, Village

HAUL_HOURS = (6.0, 13.0)
RETURN_HOURS = (5.8, 6.8)


def haul_hour(story: Story, village: Village) -> float:
    """The local hour at which a village's convoy leaves."""
    return story.dice("naik", village.code).uniform(*HAUL_HOURS)


def return_hour(story: Story, district: District) -> float:
    """The local hour at which a kecamatan's convoy leaves for the warehouse."""
    return story.dice("kembali", district.code).uniform(*RETURN_HOURS)


def haul(story: Story, district: District, village: Village) -> Scene:
    """Bring a village's boxes to the PPK, and end the village's shift."""
    stage, crew = story.stage, story.village_crew(village.code)
    yield story.hour(village.place, village.leaves_day, haul_hour(story, village))
    yield from stage.play("haul", village.code, partial(carry_up, story, district, village, list(village.store)))
    village.is_done = True
    yield stage.now + 3600
    for device in (crew.pps, crew.supervisor, crew.escort):
        end_shift(stage, device)


def carry_up(story: Story, district: District, village: Village, boxes: list[Box]) -> Scene:
    """Escort these boxes from the PPS to the PPK."""
    if boxes:
        yield from ride_up(story, district, village, boxes)
        yield from take_arrived(story, district, village, boxes)


def ride_up(story: Story, district: District, village: Village, boxes: list[Box]) -> Scene:
    """The road from the PPS to the PPK."""
    stage, crew = story.stage, story.village_crew(village.code)
    convoy = convoy_up(village)
    for load in loads(convoy, boxes):
        depart(stage, crew.escort, load, village.place)
    yield stage.now + trip(story, village.place, district.place, convoy)[1]
    district.busy += 1
    for load in loads(convoy, boxes):
        arrive(stage, crew.escort, load, district.place)
    yield stage.now + 11 * 60


def take_arrived(story: Story, district: District, village: Village, boxes: list[Box]) -> Scene:
    """Hand over at the PPK what has arrived; `ride_up` goes before."""
    play = story.stage.play
    yield from play("take-up", village.code, partial(take_up, story, district, village, boxes))
    district.busy -= 1


def take_up(story: Story, district: District, village: Village, boxes: list[Box]) -> Scene:
    """The PPK takes the boxes over."""
    stage, crew, above = story.stage, story.village_crew(village.code), story.district_crew(district.code)
    handed = yield from hand_over(stage, crew.pps, above.ppk[0], boxes, district.place)
    yield stage.now + 240
    attest(stage, (crew.escort, above.supervisor), [handed.accept])
    received(village, district, boxes)


def received(village: Village, district: District, boxes: list[Box]) -> None:
    """These boxes lie at the PPK now."""
    gone = set(boxes)
    village.store = [box for box in village.store if box not in gone]
    district.store.extend(box for box in boxes if box not in set(district.store))


def bring_back(story: Story, regency: Regency, district: District) -> Scene:
    """The morning after the plenos closed, all boxes go to the warehouse."""
    stage = story.stage
    yield from stage.until(lambda: district.is_closed)
    zone = district.place.zone
    day = day_of(zone, max(district.closed_at.values())) + 1
    yield story.hour(district.place, day, return_hour(story, district))
    yield from stage.play("return", district.code, partial(carry_back, story, regency, district))
    district.is_delivered = True


@dataclass(frozen=True, slots=True)
class Ride:
    """How a convoy to the warehouse goes when a fault changes it. `takes_s`: on the road; `escort`: brings it in."""

    takes_s: int | None = None
    escort: Device | None = None


def carry_back(story: Story, regency: Regency, district: District, ride: Ride = Ride()) -> Scene:
    """Escort the PPK's boxes to the warehouse."""
    stage, crew, boxes = story.stage, story.district_crew(district.code), list(district.store)
    convoy = convoy_in(district)
    if not boxes:
        return
    for load in loads(convoy, boxes):
        depart(stage, crew.escort, load, district.place)
    district.store = []
    takes = ride.takes_s or trip(story, district.place, regency.warehouse, convoy)[1]
    yield from tracked(story, crew.escort, convoy, district.place, regency.warehouse, takes)
    yield from take_back(story, regency, district, boxes, ride.escort or crew.escort)


def take_back(story: Story, regency: Regency, district: District, boxes: list[Box], escort: Device) -> Scene:
    """Unload at the warehouse; KPU takes over."""
    stage, crew, above = story.stage, story.district_crew(district.code), story.regency_crew(regency.code)
    regency.busy += 1
    for load in loads(convoy_in(district), boxes):
        arrive(stage, escort, load, regency.warehouse)
    yield stage.now + 12 * 60
    sealer = above.sealers[int(district.code[4:]) % len(above.sealers)]
    handed = yield from hand_over(stage, crew.ppk[0], sealer, boxes, regency.warehouse)
    yield stage.now + 300
    attest(stage, (escort, above.supervisor), [handed.accept])
    regency.store.extend(boxes)
    regency.busy -= 1

"""Before the vote: empty boxes are sealed at the warehouse and go out to PPK, PPS and KPPS, leg by leg."""

from functools import partial

from kawal_cli.simulate.acts import arrive, attest, count, depart, hand_over, loads, seal
from kawal_cli.simulate.road import tracked
from kawal_cli.simulate.stage import Scene
from kawal_cli.simulate.story import Story, convoy_out, trip
from kawal_cli.simulate.world import Box, District, Regency, Station, Village

SEALING_DAYS = (-7, -6, -5, -4)
TO_PPK, TO_PPS, TO_KPPS = -3, -2, -1
SEALING_HOURS = 8
ROUND_HOURS = 8.5
VISIT_S = 22 * 60


def seal_empty(story: Story, regency: Regency) -> Scene:
    """Start every sealer at the warehouse on its share of the boxes, four days long."""
    sealers = story.regency_crew(regency.code).sealers
    numbered = {district.code: district.numbered for district in regency.districts}
    boxes = regency.boxes
    for number in range(len(sealers)):
        mine = boxes[number :: len(sealers)]
        story.stage.start(_seal_share(story, regency, number, mine, numbered), story.stage.now)
    yield from ()


def _seal_share(story: Story, regency: Regency, sealer: int, boxes: list[Box], numbered: dict[str, bool]) -> Scene:
    stage, device = story.stage, story.regency_crew(regency.code).sealers[sealer]
    a_day = -(-len(boxes) // len(SEALING_DAYS))
    pause = max(1, SEALING_HOURS * 3600 // (a_day + 1))
    for number, box in enumerate(boxes):
        day, place = divmod(number, a_day)
        yield story.hour(regency.warehouse, SEALING_DAYS[day], 8) + 60 * sealer + place * pause
        seal(stage, device, box, regency.warehouse, numbered=numbered[box.district], why="kosong")
        regency.store.append(box)


def leaving_at(story: Story, district: District) -> int:
    """UNIX second at which a kecamatan's boxes leave the warehouse."""
    return story.hour(district.place, TO_PPK, 6 + 2.5 * story.dice("kirim", district.code).random())


def distribute(story: Story, regency: Regency, district: District) -> Scene:
    """Bring a kecamatan its boxes: KPU holds them on the road, and the PPK takes them over at its office."""
    stage, crew = story.stage, story.district_crew(district.code)
    boxes = [box for box in district.boxes if box in set(regency.store)]
    yield leaving_at(story, district)
    for load in loads(convoy_out(district), boxes):
        depart(stage, crew.escort, load, regency.warehouse)
    gone = set(boxes)
    regency.store = [box for box in regency.store if box not in gone]
    _, takes = trip(story, regency.warehouse, district.place, convoy_out(district))
    yield from tracked(story, crew.escort, convoy_out(district), regency.warehouse, district.place, takes)
    for load in loads(convoy_out(district), boxes):
        arrive(stage, crew.escort, load, district.place)
    yield stage.now + 12 * 60
    yield from stage.play("take-out", district.code, partial(take_out, story, district, boxes))


def take_out(story: Story, district: District, boxes: list[Box]) -> Scene:
    """The PPK takes over what KPU's officer brought."""
    stage, crew = story.stage, story.district_crew(district.code)
    handed = yield from hand_over(stage, crew.officer, crew.ppk[0], boxes, district.place)
    yield stage.now + 240
    attest(stage, (crew.escort, crew.supervisor), [handed.accept])
    district.store.extend(boxes)


def fetch(story: Story, district: District, village: Village) -> Scene:
    """A PPS fetches its boxes at the PPK, and counts them at home."""
    stage, above, crew = story.stage, story.district_crew(district.code), story.village_crew(village.code)
    stream = story.dice("ambil", village.code)
    yield story.hour(district.place, TO_PPS, 7.5 + 5.5 * stream.random())
    handed = yield from hand_over(stage, above.ppk[0], crew.pps, village.boxes, district.place)
    yield stage.now + 180
    attest(stage, (crew.escort, crew.supervisor), [handed.accept])
    gone = set(village.boxes)
    district.store = [box for box in district.store if box not in gone]
    yield stage.now + trip(story, district.place, village.place, f"turun-{village.code}")[1]
    village.store.extend(village.boxes)
    count(stage, crew.pps, village.boxes, village.place)


def deliver_round(story: Story, village: Village) -> Scene:
    """A PPS goes from station to station; escort and supervisor ride along and attest at the end."""
    stage, crew = story.stage, story.village_crew(village.code)
    stream = story.dice("bagi", village.code)
    yield story.hour(village.place, TO_KPPS, 7.2 + stream.random())
    visit = min(VISIT_S, int(ROUND_HOURS * 3600 / len(village.stations)))
    story.received[village.code] = []
    for station in village.stations:
        arrives = stage.now + visit
        yield from stage.play("deliver", station.code, partial(deliver, story, village, station))
        yield max(stage.now, arrives)
    attest(stage, (crew.escort, crew.supervisor), story.received.pop(village.code))


def deliver(story: Story, village: Village, station: Station) -> Scene:
    """The KPPS takes over its boxes at the station."""
    giver, receiver = story.village_crew(village.code).pps, story.kpps(station)
    handed = yield from hand_over(story.stage, giver, receiver, station.boxes, station.place)
    story.received[village.code].append(handed.accept)
    gone = set(station.boxes)
    village.store = [box for box in village.store if box not in gone]

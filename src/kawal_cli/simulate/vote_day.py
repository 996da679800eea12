"""27 November: the count ends, the KPPS seals its boxes and brings them to the PPS the same day."""

from functools import partial

from kawal_cli.simulate.acts import attest, count, end_shift, hand_over, seal
from kawal_cli.simulate.geography import trip_s
from kawal_cli.simulate.stage import Scene
from kawal_cli.simulate.story import Story
from kawal_cli.simulate.world import District, Station, Village

BOXES_CLOSED_HOUR = (15.2, 20.5)


def close_station(story: Story, district: District, village: Village, station: Station) -> Scene:
    """Seal after the count, then go."""
    stage, kpps = story.stage, story.kpps(station)
    stream = story.dice("hitung", station.code)
    yield story.hour(station.place, 0, stream.uniform(*BOXES_CLOSED_HOUR))
    yield from stage.play("reseal", station.code, partial(reseal, story, district, station))
    yield stage.now + min(40 * 60, trip_s(station.place.point, village.place.point))
    yield from stage.play("bring", station.code, partial(bring, story, village, station))
    station.is_done = True
    yield stage.now + 3600
    end_shift(stage, kpps)


def reseal(story: Story, district: District, station: Station) -> Scene:
    """One box after the other, some minutes apart."""
    stage, stream = story.stage, story.dice("segel", station.code)
    for box in station.boxes:
        yield stage.now + stream.randint(240, 1200)
        seal(stage, story.kpps(station), box, station.place, numbered=district.numbered, why="selesai hitung")


def bring(story: Story, village: Village, station: Station) -> Scene:
    """The PPS takes over; escort and supervisor attest once all have come."""
    pps = story.village_crew(village.code).pps
    handed = yield from hand_over(story.stage, story.kpps(station), pps, station.boxes, village.place)
    story.received.setdefault(village.code, []).append(handed.accept)
    village.store.extend(station.boxes)


def evening(story: Story, village: Village) -> Scene:
    """Wait for the last station, attest, and count."""
    stage = story.stage
    yield from stage.until(lambda: all(station.is_done for station in village.stations))
    yield stage.now + 600
    yield from stage.play("evening", village.code, partial(attest_all, story, village))


def attest_all(story: Story, village: Village) -> Scene:
    """Escort and supervisor attest what came in, and the PPS counts it."""
    stage, crew = story.stage, story.village_crew(village.code)
    attest(stage, (crew.escort, crew.supervisor), story.received.pop(village.code, []))
    yield stage.now + 300
    if village.store:
        count(stage, crew.pps, village.store, village.place)

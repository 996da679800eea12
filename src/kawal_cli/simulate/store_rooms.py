"""Where boxes lie: evening counts at PPK and warehouse, the supervisor's look in the morning, the last stock-take."""

from functools import partial

from kawal_cli.simulate.acts import attest, check, count, end_shift
from kawal_cli.simulate.days import day_of
from kawal_cli.simulate.stage import Scene
from kawal_cli.simulate.story import Story
from kawal_cli.simulate.world import District, Regency

COUNT_HOUR, LOOK_HOUR, FINAL_HOUR = 20.2, 5.2, 10.0
LOOKED_AT = 2


def keep_ppk(story: Story, district: District) -> Scene:
    """Every evening the PPK counts, every morning after the vote the supervisor looks at two boxes' seals."""
    stage, crew = story.stage, story.district_crew(district.code)
    stream = story.dice("periksa", district.code)
    day = -3
    while not district.is_delivered:
        yield story.hour(district.place, day, COUNT_HOUR)
        yield from stage.until(lambda: district.busy == 0)
        yield from stage.play("dusk", district.code, partial(count_ppk, story, district))
        day += 1
        yield story.hour(district.place, day, LOOK_HOUR)
        if day > 1 and not district.is_delivered:
            for box in stream.sample(district.store, min(LOOKED_AT, len(district.store))):
                check(stage, crew.supervisor, box, district.place)


def count_ppk(story: Story, district: District) -> Scene:
    """The PPK's own count of what lies there."""
    if district.store:
        count(story.stage, story.district_crew(district.code).ppk[1], district.store, district.place)
    yield from ()


def keep_warehouse(story: Story, regency: Regency) -> Scene:
    """Every evening KPU counts; the day after the last kecamatan came, it takes stock before Bawaslu."""
    stage = story.stage
    day = -7
    while not all(district.is_delivered for district in regency.districts):
        yield story.hour(regency.warehouse, day, COUNT_HOUR)
        yield from stage.until(lambda: regency.busy == 0)
        yield from stage.play("stock", regency.code, partial(count_warehouse, story, regency))
        day += 1
    day = max(day, day_of(regency.zone, stage.now) + 1)
    yield story.hour(regency.warehouse, day, FINAL_HOUR)
    yield from stage.play("final", regency.code, partial(take_stock, story, regency))
    regency.is_done = True
    yield stage.now + 3600
    _end_shifts(story, regency)


def count_warehouse(story: Story, regency: Regency) -> Scene:
    """KPU's own count of what lies there."""
    if regency.store:
        count(story.stage, story.regency_crew(regency.code).sealers[0], regency.store, regency.warehouse)
    yield from ()


def take_stock(story: Story, regency: Regency) -> Scene:
    """Every box with its seals, attested by Bawaslu and the escort."""
    stage, crew = story.stage, story.regency_crew(regency.code)
    taken = count(stage, crew.sealers[0], regency.store, regency.warehouse, with_seals=True)
    yield stage.now + 900
    attest(stage, (crew.supervisor, crew.escort), [taken])


def _end_shifts(story: Story, regency: Regency) -> None:
    crew = story.regency_crew(regency.code)
    for device in (*crew.sealers, crew.supervisor, crew.escort):
        end_shift(story.stage, device)
    for district in regency.districts:
        below = story.district_crew(district.code)
        for device in (*below.ppk, below.officer, below.escort, below.supervisor, below.witness, below.observer):
            end_shift(story.stage, device)

"""On the road: positions signed in segments of ten minutes."""

from kawal.ledger.log_of import PENGAMANAN
from kawal_cli.simulate.devices import Device
from kawal_cli.simulate.geography import between
from kawal_cli.simulate.stage import Scene
from kawal_cli.simulate.story import Story
from kawal_cli.simulate.world import Place

SEGMENT_S = 600
FIXES = 5


def tracked(story: Story, escort: Device, convoy: str, start: Place, end: Place, takes: int) -> Scene:
    """Drive for `takes` seconds and sign where the first vehicle was."""
    stage, left = story.stage, story.stage.now
    while left + takes - stage.now > SEGMENT_S:
        yield stage.now + SEGMENT_S
        times = [stage.now - SEGMENT_S + (number + 1) * SEGMENT_S // FIXES for number in range(FIXES)]
        points = [between(start.point, end.point, (at - left) / takes) for at in times]
        fixes = [[at + escort.skew_s, *point.e6] for at, point in zip(times, points, strict=True)]
        stage.sign(escort, "convoy.track", log=PENGAMANAN, convoy=convoy, vehicle=f"{convoy}-truk1", fixes=fixes)
    yield left + takes

"""Cameras at the warehouses: machines that are posts without people, and beat through the command post's own device."""

from collections.abc import Iterator

from kawal.ledger.log_of import PENGAMANAN
from kawal_cli.simulate.days import moment
from kawal_cli.simulate.orders import LAST_DAY, register
from kawal_cli.simulate.outbound import SEALING_DAYS
from kawal_cli.simulate.polres import Polres
from kawal_cli.simulate.posts import FIRST_SHIFT
from kawal_cli.simulate.stage import Scene
from kawal_cli.simulate.story import Story
from kawal_cli.simulate.world import Regency

BEAT_S = 3600
OUTSIDE = 3
"""The zone a camera looks at."""


def register_cameras(story: Story, polres: Polres) -> None:
    """The cameras of all warehouses of a Polres, until the second order ends."""
    rows = [row for regency in polres.regencies for row in _rows(regency, moment(polres.zone, LAST_DAY, FIRST_SHIFT))]
    register(story, polres, "posts", rows)


def beat(story: Story, polres: Polres, regency: Regency) -> Scene:
    """A picture came: the camera lives. It is switched off when the warehouse's post is lifted."""
    yield _from(regency)
    while not regency.is_done:
        story.stage.sign(
            polres.crew.desk, "guard.beat", log=PENGAMANAN, site=regency.warehouse.site, post=_name(regency)
        )
        yield story.stage.now + BEAT_S
    register(story, polres, "posts", _rows(regency, story.stage.now))


def _rows(regency: Regency, until: int) -> Iterator[tuple[object, ...]]:
    yield _name(regency), regency.warehouse.site, OUTSIDE, 0, BEAT_S, _from(regency), until


def _name(regency: Regency) -> str:
    return f"kamera-{regency.warehouse.site}"


def _from(regency: Regency) -> int:
    return moment(regency.zone, SEALING_DAYS[0], FIRST_SHIFT)

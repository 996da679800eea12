"""What Kerawanan asks of a registered place now: its class, and how many a post there needs to begin with."""

from collections.abc import Callable

from kawal.risk.classes import RiskClass
from kawal.risk.closeness import added_to
from kawal.risk.live import shift
from kawal.risk.score import assess
from kawal.risk.sites import usual
from kawal.risk.strength import required_strength
from kawal_server import clock
from kawal_server.store.models import RiskEntry, SiteLine, StrategicSite
from kawal_server.store.risk_register import (
    by_place,
    strategic_of,
    the_closeness,
    the_cuts,
    the_incidents,
    the_weights,
)


def class_finder() -> Callable[[str], RiskClass | None]:
    """Region code -> the class now of its kecamatan or kabupaten, None where nobody knows; it reads the rows once."""
    said, now = by_place(RiskEntry.objects.all()), clock.now()
    cuts, weights, close, incidents = the_cuts(), the_weights(), the_closeness(), the_incidents()

    def find(area: str) -> RiskClass | None:
        place = area[:6]
        base = assess(place, said.get(place, ()), cuts=cuts, weights=weights, added=added_to(place, close))
        return shift(base, incidents, now, area=place).risk

    return find


def strength_finder() -> Callable[[SiteLine, str], int]:
    """Site and ring -> the least strength there now; it reads the rows once."""
    class_of = class_finder()
    priorities = {one.site: one.priority for one in strategic_of(StrategicSite.objects.all())}

    def find(site: SiteLine, ring: str) -> int:
        return required_strength(class_of(site.area), ring, priorities.get(site.site, usual(site.kind)[0]))

    return find

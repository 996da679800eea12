"""What every scene of the story has at hand."""

from dataclasses import dataclass, field
from random import Random

from kawal.ledger.event import Eid
from kawal_cli.simulate.crew import Crew, DistrictCrew, RegencyCrew, VillageCrew
from kawal_cli.simulate.days import moment
from kawal_cli.simulate.devices import Device
from kawal_cli.simulate.dice import dice
from kawal_cli.simulate.geography import trip_s
from kawal_cli.simulate.lent import Contingent
from kawal_cli.simulate.polres import Polres
from kawal_cli.simulate.posts import Post
from kawal_cli.simulate.sessions import Session
from kawal_cli.simulate.stage import Stage
from kawal_cli.simulate.world import District, Place, Regency, Station, Village, World


@dataclass(slots=True)
class Story:
    """The stage, the cast, and what the scenes tell each other. received: accepts at a PPS not yet attested."""

    stage: Stage
    crew: Crew
    world: World
    received: dict[str, list[Eid]] = field(default_factory=dict)
    finished: dict[str, set[str]] = field(default_factory=dict)
    sessions: dict[str, Session] = field(default_factory=dict)
    posts: dict[str, Post] = field(default_factory=dict)
    polres: dict[str, Polres] = field(default_factory=dict)
    contingents: dict[str, list[Contingent]] = field(default_factory=dict)

    def dice(self, *names: str) -> Random:
        """A stream of chance of its own."""
        return dice(self.world.seed, *names)

    def regency(self, region: str) -> Regency:
        """The kabupaten or kota that a code lies in."""
        return next(one for one in self.world.regencies if one.code == region[:4])

    def post_at(self, place: Place) -> Post:
        """The post that guards a place."""
        return self.posts[f"pos-{place.site}"]

    def polres_of(self, region: str) -> Polres:
        """The Polres that polices a region."""
        return self.polres[self.regency(region).polres]

    def regency_crew(self, region: str) -> RegencyCrew:
        """Its phones."""
        return self.crew.regencies[region[:4]]

    def district_crew(self, region: str) -> DistrictCrew:
        """The phones of the kecamatan that a code lies in."""
        return self.crew.districts[region[:6]]

    def village_crew(self, region: str) -> VillageCrew:
        """The phones of the village that a code lies in."""
        return self.crew.villages[region[:10]]

    def kpps(self, station: Station) -> Device:
        """The KPPS phone of a station."""
        return self.crew.kpps(station)

    def hour(self, place: Place, day: int, hour: float) -> int:
        """UNIX second of a local time at a place."""
        return moment(place.zone, day, hour)


def trip(story: Story, one: Place, other: Place, name: str) -> tuple[int, int]:
    """Seconds a trip is planned to take, and takes: within a fifth of the plan."""
    planned = trip_s(one.point, other.point)
    return planned, int(planned * story.dice("jalan", name).uniform(0.85, 1.2))


def convoy_out(district: District) -> str:
    """The convoy that brings a kecamatan its empty boxes."""
    return f"kirim-{district.code}"


def convoy_in(district: District) -> str:
    """The convoy that brings a kecamatan's boxes back to the warehouse."""
    return f"kembali-{district.code}"


def convoy_up(village: Village) -> str:
    """The convoy that brings a village's boxes to the PPK."""
    return f"naik-{village.code}"

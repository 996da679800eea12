"""Where faults fall: each gets boxes, a village, a kecamatan or a phone of its own, so that none hides another."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from random import Random

from kawal_cli.simulate.posts import Post
from kawal_cli.simulate.stage import Stage
from kawal_cli.simulate.story import Story
from kawal_cli.simulate.truth import Truth
from kawal_cli.simulate.world import Box, District, Regency, Station, Village

POOL = 400
"""So many stations are looked at for each fault: enough to choose from, few enough for a province."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A station and all it stands in."""

    regency: Regency
    district: District
    village: Village
    station: Station

    @property
    def boxes(self) -> list[Box]:
        """The station's boxes."""
        return self.station.boxes


Suits = Callable[[Spot], bool]


def anywhere(_: Spot) -> bool:
    """Suits wherever it is."""
    return True


def numbered(spot: Spot) -> bool:
    """Only where seals bear serials."""
    return spot.district.numbered


def any_post(_: Post) -> bool:
    """Suits whatever the post."""
    return True


def ids(boxes: Iterable[Box]) -> list[str]:
    """Their ids."""
    return [box.id for box in boxes]


class Allotment:
    """Hands out places. Nothing is taken twice; `None` or an empty list where the area is too small."""

    def __init__(self, story: Story) -> None:
        self.story = story
        self._taken: set[str] = set()
        self._locked: set[str] = set()
        self._of_village: Counter[str] = Counter()
        self._of_district: Counter[str] = Counter()
        self._moments: set[tuple[str, str]] = set()

    @property
    def stage(self) -> Stage:
        """The stage."""
        return self.story.stage

    @property
    def truth(self) -> Truth:
        """Where truths are written."""
        return self.story.stage.truth

    def dice(self, fault: str) -> Random:
        """The chances of one fault."""
        return self.story.dice("gangguan", fault)

    def station(self, fault: str, suits: Suits = anywhere) -> Spot | None:
        """A station that no other fault touches, in a village that few do."""
        free = [spot for spot in self._pool(fault) if self._is_free(spot) and suits(spot)]
        return self._take(min(free, key=self._crowd)) if free else None

    def neighbours(self, fault: str, count: int, suits: Suits = anywhere) -> list[Spot]:
        """So many free stations of one village; none where no village has them."""
        for spot in sorted(self._pool(fault), key=self._crowd):
            here = [one for one in _spots(spot.regency, spot.district, spot.village) if self._is_free(one)]
            if len(here) >= count and suits(spot):
                return [self._take(one) for one in here[:count]]
        return []

    def village(self, fault: str, suits: Suits = anywhere) -> Spot | None:
        """A whole village that no other fault touches; gives one of its stations."""
        free = [
            spot
            for spot in self._pool(fault)
            if not self._of_village[spot.village.code] and spot.village.code not in self._locked and suits(spot)
        ]
        if not free:
            return None
        chosen = min(free, key=lambda spot: (len(spot.village.stations), self._crowd(spot)))
        self._locked.add(chosen.village.code)
        return self._take(chosen)

    def district(self, fault: str, moment: str, suits: Suits = anywhere, *, needs_station: bool = False) -> Spot | None:
        """A kecamatan where no other fault has this moment; gives one of its stations, which stays free.

        needs_station: only where a station is free for `stations_of`.
        """
        free = [
            spot
            for spot in self._pool(fault)
            if not self.has(moment, spot) and suits(spot) and (self._is_free(spot) or not needs_station)
        ]
        if not free:
            return None
        chosen = min(free, key=lambda spot: self._of_district[spot.district.code])
        self._moments.add((chosen.district.code, moment))
        self._of_district[chosen.district.code] += 3
        return chosen

    def post(self, fault: str, *days: int, suits: Callable[[Post], bool] = any_post) -> tuple[District, Post] | None:
        """The post of a PPK that no other fault touches on these days, counted from the vote."""
        moments = [f"post on day {day}" for day in days]

        def is_free(spot: Spot) -> bool:
            return not any(self.has(moment, spot) for moment in moments) and suits(self._post(spot))

        spot = self.district(fault, moments[0], is_free)
        if spot is None:
            return None
        for moment in moments:
            self.mark(moment, spot)
        return spot.district, self._post(spot)

    def _post(self, spot: Spot) -> Post:
        return self.story.post_at(spot.district.place)

    def mark(self, moment: str, spot: Spot) -> None:
        """Keep a moment of the spot's kecamatan for the fault that has it already."""
        self._moments.add((spot.district.code, moment))

    def has(self, moment: str, spot: Spot) -> bool:
        """Whether a fault has this moment of the spot's kecamatan."""
        return (spot.district.code, moment) in self._moments

    def stations_of(self, spot: Spot, count: int) -> list[Spot]:
        """Up to so many free stations of a kecamatan."""
        here = [one for village in spot.district.villages for one in _spots(spot.regency, spot.district, village)]
        free = [one for one in here if self._is_free(one)]
        return [self._take(one) for one in free[:count]]

    def _pool(self, fault: str) -> list[Spot]:
        stream = self.dice(fault)
        every = [
            (regency, district, village)
            for regency in self.story.world.regencies
            for district in regency.districts
            for village in district.villages
        ]
        chosen = stream.sample(every, min(POOL, len(every)))
        pool = [spot for regency, district, village in chosen for spot in _spots(regency, district, village)]
        stream.shuffle(pool)
        return pool

    def _is_free(self, spot: Spot) -> bool:
        return spot.station.code not in self._taken and spot.village.code not in self._locked

    def _crowd(self, spot: Spot) -> tuple[int, int]:
        return self._of_village[spot.village.code], self._of_district[spot.district.code]

    def _take(self, spot: Spot) -> Spot:
        self._taken.add(spot.station.code)
        self._of_village[spot.village.code] += 1
        self._of_district[spot.district.code] += 1
        return spot


def _spots(regency: Regency, district: District, village: Village) -> list[Spot]:
    return [Spot(regency, district, village, station) for station in village.stations]


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault by name. `inject` sets it up and says whether there was room for it."""

    says: str
    inject: Callable[[Allotment], bool]

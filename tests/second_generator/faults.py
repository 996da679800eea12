"""The faults by name, what each must show, and which box or station each one hits."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from .area import Area, Station

Need = Literal["station", "box", "bup-box", "nothing"]


@dataclass(frozen=True)
class Fault:
    """What a fault shows (`finding`, and honestly `also`) and how much room it needs."""

    finding: str | None
    also: tuple[str, ...] = ()
    need: Need = "box"


_GAP = "custody.gap"
_MISSING = "custody.missing"

FAULTS: dict[str, Fault] = {
    "box-swapped": Fault("custody.count", (_GAP, _MISSING), "station"),
    "seal-reused": Fault("custody.seal-reused", (), "station"),
    "one-sided": Fault("custody.one-sided", (_MISSING,), "station"),
    "same-person": Fault("custody.same-person", (), "station"),
    "guard-as-holder": Fault("custody.wrong-roles", (), "station"),
    "dropped-event": Fault("ledger.chain-gap", (), "station"),
    "forked-device": Fault("ledger.fork", ("custody.seal-mismatch",), "station"),
    "revoked-device": Fault("ledger.revoked", (), "station"),
    "early": Fault("custody.early", (), "bup-box"),
    "seal-swapped": Fault("custody.seal-mismatch"),
    "short": Fault("custody.count", (_MISSING,)),
    "opened-outside-session": Fault("custody.opened"),
    "opened-without-supervisor": Fault("custody.opened"),
    "clone": Fault("custody.two-places", (_GAP,)),
    "never-arrived": Fault(_MISSING),
    "vanished-hand-over": Fault(_GAP),
    "unsealed": Fault("custody.unsealed"),
    "unenrolled-device": Fault("ledger.unenrolled"),
    "destroyed-without-evidence": Fault(None),
    "seal-swapped-unseen": Fault(None),
    "unknown-box": Fault("custody.unknown", (), "nothing"),
}
UNKNOWN_STATION = "977"
TWO_STATIONS = ("box-swapped", "seal-reused")


@dataclass
class FaultPlan:
    """Which stations and boxes the chosen faults hit; no box is hit twice."""

    names: tuple[str, ...]
    stations: dict[str, tuple[Station, ...]] = field(default_factory=dict)
    boxes: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def hits(self, fault: str, box: str) -> bool:
        """Say whether this fault is about this box."""
        return box in self.boxes.get(fault, ())

    def station_of(self, fault: str) -> Station | None:
        """Return the (first) station of a station-level fault, if it was chosen."""
        found = self.stations.get(fault)
        return found[0] if found else None

    def has_station(self, fault: str, station: Station) -> bool:
        """Say whether this station-level fault is played at this station."""
        return station in self.stations.get(fault, ())

    @property
    def protected_boxes(self) -> frozenset[str]:
        """Boxes whose labels and seal serials stay right, so that the fault can show."""
        return frozenset(box for boxes in self.boxes.values() for box in boxes)


def plan_faults(names: Sequence[str], area: Area, *, seed: int) -> FaultPlan:
    """Spread the faults over stations, desa and kecamatan as widely as the area allows.

    Raises: ValueError for an unknown name, or where the area is too small.
    """
    unknown = sorted(set(names) - set(FAULTS))
    if unknown:
        raise ValueError(f"no such fault: {', '.join(unknown)}")
    plan = FaultPlan(tuple(name for name in FAULTS if name in names))
    _Spread(area, plan, random.Random(f"{seed}/faults")).place_all()
    return plan


class _Spread:
    def __init__(self, area: Area, plan: FaultPlan, dice: random.Random) -> None:
        self._plan = plan
        self._all = area.stations
        self._free = list(area.stations)
        dice.shuffle(self._free)
        self._taken: set[str] = set()
        self._load: Counter[str] = Counter()

    def place_all(self) -> None:
        for name in self._plan.names:
            match FAULTS[name].need:
                case "station" if name in TWO_STATIONS:
                    self._place_pair(name)
                case "station":
                    self._place_station(name, self._lightest(self._free, name))
                case "box" | "bup-box":
                    self._place_box(name)
                case _:
                    desa = self._lightest(self._free or list(self._all), name).desa
                    self._plan.boxes[name] = (f"GUB-{desa}{UNKNOWN_STATION}",)

    def _place_pair(self, name: str) -> None:
        desa_sizes = Counter(station.desa for station in self._free)
        first = self._lightest([s for s in self._free if desa_sizes[s.desa] > 1], name)
        second = self._lightest([s for s in self._free if s.desa == first.desa and s != first], name)
        self._use(first)
        self._use(second)
        self._plan.stations[name] = (first, second)
        self._plan.boxes[name] = (first.boxes[0], second.boxes[0])

    def _place_station(self, name: str, station: Station) -> None:
        self._use(station)
        self._plan.stations[name] = (station,)
        self._plan.boxes[name] = station.boxes[1:] if name == "one-sided" else station.boxes

    def _place_box(self, name: str) -> None:
        first = 1 if FAULTS[name].need == "bup-box" else 0
        open_stations = [s for s in self._free if set(s.boxes[first:]) - self._taken]
        station = self._lightest(open_stations, name)
        box = next(box for box in station.boxes[first:] if box not in self._taken)
        self._taken.add(box)
        self._count(station)
        self._plan.boxes[name] = (box,)

    def _lightest(self, stations: list[Station], name: str) -> Station:
        if not stations:
            raise ValueError(f"the area is too small for the fault {name}")
        return min(
            stations,
            key=lambda s: (self._load[s.code], self._load[s.desa], self._load[s.kecamatan]),
        )

    def _use(self, station: Station) -> None:
        self._free.remove(station)
        self._count(station)

    def _count(self, station: Station) -> None:
        self._load.update((station.code, station.desa, station.kecamatan))

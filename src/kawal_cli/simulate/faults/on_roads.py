"""Faults on the road back to the warehouse: overturned, sheltering from rain, overdue, another escort."""

from collections.abc import Callable
from functools import partial

from kawal.ledger.log_of import PENGAMANAN
from kawal_cli.simulate.devices import Device
from kawal_cli.simulate.faults.allotment import Allotment, Fault, Spot, ids
from kawal_cli.simulate.geography import trip_s
from kawal_cli.simulate.return_legs import Ride, carry_back
from kawal_cli.simulate.stage import Members, Scene, Stage
from kawal_cli.simulate.story import convoy_in

Scenes = Callable[[], Scene]
OVERDUE, SHELTERED, LONGEST_S = 1.9, 1.3, 9 * 3600
LIMIT = 1.5


def _is_short(spot: Spot) -> bool:
    """Whether a late convoy still comes the same day, so that nothing else is wrong."""
    return _planned_s(spot) * OVERDUE < LONGEST_S


def _planned_s(spot: Spot) -> int:
    return trip_s(spot.district.place.point, spot.regency.warehouse.point)


def _late_ride(allot: Allotment, fault: str, says: str, stop: str) -> bool:
    spot = allot.district(fault, "return", _is_short)
    if spot is None:
        return False
    planned = _planned_s(spot)

    def ride(stage: Stage, _: Scenes) -> Scene:
        boxes, left = list(spot.district.store), stage.now
        if stop:
            _stop(allot, spot, fault, why=stop, at=left + planned // 2, lasts=int(planned * 0.8))
        takes = int(planned * OVERDUE)
        yield from carry_back(allot.story, spot.regency, spot.district, Ride(takes))
        allot.truth.add(
            fault,
            "custody.overdue",
            ids(boxes),
            since=left + int(planned * LIMIT),
            until=left + takes,
            holder=f"ppk-{spot.district.code}",
            says=says,
        )

    allot.stage.twist("return", spot.district.code, ride)
    return True


def _stop(allot: Allotment, spot: Spot, fault: str, *, why: str, at: int, lasts: int) -> None:
    stage, escort = allot.stage, allot.story.district_crew(spot.district.code).escort
    named: Members = {"convoy": convoy_in(spot.district), "vehicle": f"{convoy_in(spot.district)}-truk1"}

    def stop() -> Scene:
        stage.sign(escort, "convoy.stop", log=PENGAMANAN, why=why, **named)
        begun = stage.now
        yield stage.now + lasts
        stage.sign(escort, "convoy.resume", log=PENGAMANAN, **named)
        allot.truth.add(
            fault,
            None,
            named["vehicle"],
            since=begun,
            until=stage.now,
            log=PENGAMANAN,
            part="convoy",
            later="convoy.stopped",
            says=f"An unplanned stop: {why}.",
        )

    stage.start(stop(), at)


def _shelter(allot: Allotment) -> bool:
    spot = allot.district("f12-rain-shelter", "return", _is_short)
    if spot is None:
        return False
    planned = _planned_s(spot)

    def shelter(stage: Stage, _: Scenes) -> Scene:
        _stop(allot, spot, "f12-rain-shelter", why="hujan, berteduh", at=stage.now + planned // 2, lasts=planned // 4)
        yield from carry_back(allot.story, spot.regency, spot.district, Ride(int(planned * SHELTERED)))

    allot.stage.twist("return", spot.district.code, shelter)
    return True


def _other_escort(allot: Allotment) -> bool:
    spot = allot.district("escort-changed", "return")
    if spot is None:
        return False
    other: Device = allot.story.regency_crew(spot.regency.code).escort

    def change(stage: Stage, _: Scenes) -> Scene:
        left = stage.now
        yield from carry_back(allot.story, spot.regency, spot.district, Ride(escort=other))
        allot.truth.add(
            "escort-changed",
            None,
            convoy_in(spot.district),
            since=left,
            until=stage.now,
            log=PENGAMANAN,
            part="convoy",
            says="The escort that brought the convoy in is not the one it left with.",
        )

    allot.stage.twist("return", spot.district.code, change)
    return True


_OVERTURNED = "A truck overturned; its boxes were reloaded by the road, and the convoy came very late."
_OVERDUE = "The convoy was on the road nearly twice as long as planned."

FAULTS: dict[str, Fault] = {
    "f11-truck-overturned": Fault(
        "a truck overturns and its load changes vehicle",
        partial(_late_ride, fault="f11-truck-overturned", says=_OVERTURNED, stop="truk terguling"),
    ),
    "f12-rain-shelter": Fault("a convoy shelters from rain at a house (convoy part)", _shelter),
    "overdue-convoy": Fault(
        "a convoy takes nearly twice as long as planned",
        partial(_late_ride, fault="overdue-convoy", says=_OVERDUE, stop=""),
    ),
    "escort-changed": Fault("the escort changes on the way (convoy part)", _other_escort),
}

"""`guard.away`: reports from outside the fence, and everything that accuses nobody."""

import pytest

from tests.contracts.conftest import Audited
from tests.contracts.duty import ENDS, FAR, HERE, POST, STARTS, Duty, row
from tests.contracts.scene import HOUR, PPK
from tests.contracts.signing import Json


def begun(*, sites: bool = True, **members: Json) -> Duty:
    duty = Duty(sites=sites)
    duty.on(duty.ari, STARTS, **members)
    return duty


def test_reports_from_two_kilometres_away_are_one_stretch(audited: Audited) -> None:
    duty = begun(pos=HERE)
    first = duty.beat(duty.ari, STARTS + HOUR, pos=FAR)
    second = duty.beat(duty.ari, STARTS + 2 * HOUR, pos=FAR)
    back = duty.beat(duty.ari, STARTS + 3 * HOUR, pos=HERE)
    found = audited(duty, now=ENDS).only("guard.away", POST)
    assert (found["severity"], found["from"], found["to"]) == ("warn", first.ts, back.ts)
    assert {first.eid, second.eid} <= set(found["evidence"])
    assert POST in found["says"]["en"]
    assert duty.ari.who not in str(found["says"])


def test_while_they_are_on_duty_it_lasts(audited: Audited) -> None:
    duty = begun(pos=FAR)
    found = audited(duty, now=ENDS).only("guard.away", POST)
    assert (found["from"], found["to"]) == (STARTS, None)


@pytest.mark.parametrize("pos", [FAR, None])
def test_signing_off_ends_it(audited: Audited, pos: Json) -> None:
    duty = begun(pos=HERE)
    away = duty.beat(duty.ari, STARTS + HOUR, pos=FAR)
    off = duty.off(duty.ari, ENDS, pos=pos)
    found = audited(duty, now=ENDS).only("guard.away", POST)
    assert (found["from"], found["to"]) == (away.ts, off.ts)


def test_two_stretches_are_two_and_so_are_two_persons(audited: Audited) -> None:
    duty = begun(pos=FAR)
    duty.on(duty.budi, STARTS, pos=FAR)
    duty.beat(duty.ari, STARTS + HOUR, pos=HERE)
    duty.beat(duty.ari, STARTS + 2 * HOUR, pos=FAR)
    found = audited(duty, now=ENDS).of("guard.away", POST)
    assert sorted((one["from"], one["to"] or 0) for one in found) == [
        (STARTS, 0), (STARTS, STARTS + HOUR), (STARTS + 2 * HOUR, 0)
    ]  # fmt: skip


# 200 m are 1,799 microdegrees of latitude.
@pytest.mark.parametrize(
    ("north_e6", "accuracy_m", "codes"),
    [(1790, 0, []), (1810, 0, ["guard.away"]), (1810, 10, []), (3600, 150, ["guard.away"]), (3600, 210, [])],
)
def test_the_fence_is_the_radius_and_the_accuracy_is_believed(
    audited: Audited, north_e6: int, accuracy_m: int, codes: list[str]
) -> None:
    duty = begun(pos=[-9460000 + north_e6, 124490000, accuracy_m])
    assert audited(duty, now=ENDS).codes == codes


@pytest.mark.parametrize("pos", [None, [], [-9480000, 124490000], ["a", "b", "c"], [91_000_000, 0, 5], "here", 7])
def test_a_position_that_is_none_accuses_nobody(audited: Audited, pos: Json) -> None:
    assert audited(begun(pos=pos), now=ENDS).findings == []


def test_an_unknown_place_accuses_nobody(audited: Audited) -> None:
    assert audited(begun(sites=False, pos=FAR), now=ENDS).findings == []
    duty = Duty(row(site="tidak-terdaftar"))
    duty.on(duty.ari, STARTS, pos=FAR)
    assert audited(duty, now=ENDS).findings == []


def test_a_site_without_a_radius_accuses_nobody(audited: Audited) -> None:
    duty = begun(pos=FAR)
    duty.register(
        "sites", "site,kind,area,lat_e6,lon_e6,radius_m,zone", f"{PPK},ppk,530305,-9460000,124490000,0,Asia/Makassar"
    )
    assert audited(duty, now=ENDS).findings == []


def test_a_mistyped_point_accuses_nobody(audited: Audited) -> None:
    """The list has the PPK a degree away; phones of two units agree on where it is."""
    duty = Duty()
    duty.register(
        "sites", "site,kind,area,lat_e6,lon_e6,radius_m,zone", f"{PPK},ppk,530305,-8460000,124490000,200,Asia/Makassar"
    )
    for phone in (duty.ari, duty.budi, duty.citra):
        duty.on(phone, STARTS, pos=HERE)
    assert audited(duty, now=ENDS).findings == []


def test_an_officer_who_passes_by_is_not_judged(audited: Audited) -> None:
    duty = begun(pos=HERE)
    duty.beat(duty.commander, STARTS + HOUR, pos=FAR)
    assert audited(duty, now=ENDS).findings == []

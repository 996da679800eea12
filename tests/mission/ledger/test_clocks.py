"""No clock is trusted, a false one is found by those it met, and times are read in the zone of the place."""

import pytest

from kawal.ledger.clock import clock, duration
from kawal.ledger.clocks import clock_offsets
from kawal.ledger.event import Event
from tests.mission.ledger.scene import DAWN, Device, Log, event_of, kotak


def met(log: Log, *, ahead: dict[str, int], rounds: int = 2) -> tuple[dict[str, Device], list[Event]]:
    """Four phones hand over in a ring; ahead: seconds by which a phone's clock is ahead."""
    names = ("kpps", "pps", "ppk", "kpu-5303")
    phones = {name: log.enrols(name) for name in names}
    for number in range(rounds * 4):
        giver, receiver = names[number % 4], names[(number + 1) % 4]
        at = 3600 + number * 1200
        offer = log.add(phones[giver].signs("custody.offer", at + ahead.get(giver, 0), what="box"))
        log.add(phones[receiver].signs("custody.accept", at + 60 + ahead.get(receiver, 0), of=offer))
    return phones, [event_of(jws) for jws in log.leaves]


def test_honest_clocks_are_left_alone() -> None:
    _, events = met(kotak(), ahead={"pps": 120, "ppk": -90})
    assert clock_offsets(events) == {}


@pytest.mark.parametrize("seconds", [3600, -3600])
def test_a_clock_an_hour_off_is_told_by_the_phones_it_met(seconds: int) -> None:
    phones, events = met(kotak(), ahead={"ppk": seconds})
    offsets = clock_offsets(events)
    assert offsets.keys() == {phones["ppk"].kid}
    assert abs(offsets[phones["ppk"].kid] - seconds) <= 120


def test_where_nobody_else_decides_neither_clock_is_named() -> None:
    log = kotak()
    one, other = log.enrols("one"), log.enrols("other")
    for number in range(6):
        offer = log.add(one.signs("custody.offer", 3600 * (number + 2), what="box"))
        log.add(other.signs("custody.accept", 3600 * (number + 2) - 3000, of=offer))
    assert clock_offsets([event_of(jws) for jws in log.leaves]) == {}


def test_a_phone_that_slept_between_offer_and_answer_has_no_false_clock() -> None:
    log = kotak()
    phones = [log.enrols(name) for name in ("one", "two", "three")]
    for number in range(6):
        offer = log.add(phones[number % 2].signs("custody.offer", 86_400 * (number + 1), what="box"))
        log.add(phones[2].signs("custody.accept", 86_400 * (number + 1) + 5 * 3600, of=offer))
    assert clock_offsets([event_of(jws) for jws in log.leaves]) == {}


@pytest.mark.parametrize(
    ("zone", "said"),
    [
        ("Asia/Jakarta", "Rab 27 Nov 07.00 WIB"),
        ("Asia/Makassar", "Rab 27 Nov 08.00 WITA"),
        ("Asia/Jayapura", "Rab 27 Nov 09.00 WIT"),
        ("Europe/Oslo", "Rab 27 Nov 00.00 UTC"),
    ],
)
def test_a_time_is_read_in_the_zone_of_the_place(zone: str, said: str) -> None:
    assert clock(DAWN, zone) == said
    assert clock(DAWN, zone, language="en").startswith("Wed 27 Nov")


@pytest.mark.parametrize("at", [2**53 - 1, 253_402_300_799, -1])
def test_a_claim_beyond_the_calendar_stops_nobody(at: int) -> None:
    assert clock(at, "Asia/Jayapura") == f"detik {at}"
    assert clock(at, "Asia/Jayapura", language="en") == f"second {at}"


def test_the_last_days_of_the_calendar_are_still_read() -> None:
    assert clock(253_402_300_799 - 9 * 3600, "Asia/Jayapura").endswith("31 Des 23.59 WIT")


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(-5, "0 mnt"), (59, "0 mnt"), (3599, "59 mnt"), (3600, "1 j 00 mnt"), (7500, "2 j 05 mnt"), (200_000, "2 hr 7 j")],
)
def test_a_length_of_time_is_read_in_its_two_largest_units(seconds: int, said: str) -> None:
    assert duration(seconds) == said

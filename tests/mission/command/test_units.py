"""Units in two trees: those that are listed, and the election bodies that are too many to list."""

import pytest

from kawal.command.units import Unit, Units, unlisted


def test_an_election_body_that_nobody_listed_stands_where_its_id_says() -> None:
    units = Units([Unit("kpu-5303", "kpu", "KPU TTU", "kpu", "5303")])
    assert units.chain("kpps-5303052001003", "election") == (
        "kpps-5303052001003",
        "pps-5303052001",
        "ppk-530305",
        "kpu-5303",
    )
    assert units.is_within("pps-5303052001", "kpu-5303", "election")
    assert not units.is_within("pps-5303052001", "kpu-5304", "election")
    assert (found := units.find("pkd-5303052001")) is not None
    assert (found.agency, found.elected_under) == ("bawaslu", "panwascam-530305")


@pytest.mark.parametrize("unit", ["pps-53", "pps-530305200x", "polsek-530305", "kpps", "", "pps-٥٣٠٣٠٥٢٠٠١"])
def test_an_id_that_tells_nothing_is_no_unit(unit: str) -> None:
    assert unlisted(unit) is None

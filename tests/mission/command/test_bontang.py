"""Polres Bontang: three kecamatan of its own kota and two of Kutai Kartanegara, and so two KPUs to answer to."""

import pytest

from kawal.command.escorting import Crossing, crossings, legs_home, polres_at
from kawal.command.units import GoesInCircles, Unit, Units, usual_jurisdiction, usual_units

BONTANG = ("647401", "647402", "647403")
MUARA_BADAK, MARANG_KAYU, TENGGARONG = "640205", "640217", "640206"
LENT = {MUARA_BADAK: "polres-6474", MARANG_KAYU: "polres-6474"}
NAMES = {"64": "Kalimantan Timur", "6474": "Bontang", "6402": "Kutai Kartanegara", MUARA_BADAK: "Muara Badak"}
JURISDICTION = usual_jurisdiction([*BONTANG, MUARA_BADAK, MARANG_KAYU, TENGGARONG], of=LENT)


def test_polres_bontang_polices_five_kecamatan_and_answers_to_two_kpus() -> None:
    assert JURISDICTION.districts("polres-6474") == (MUARA_BADAK, MARANG_KAYU, *BONTANG)
    assert JURISDICTION.kpus("polres-6474") == ("kpu-6402", "kpu-6474")
    assert JURISDICTION.kpus("polres-6402") == ("kpu-6402",)


def test_a_polsek_stands_under_bontang_and_its_ppk_under_kutai_kartanegara() -> None:
    units = Units(usual_units(JURISDICTION, NAMES))
    assert units.chain("polsek-640205") == ("polsek-640205", "polres-6474", "polda-64")
    assert units.chain("ppk-640205", "election") == ("ppk-640205", "kpu-6402", "kpu-64")
    assert units.is_within("polsek-640217", "polres-6474")
    assert not units.is_within("polsek-640206", "polres-6474")
    assert units.by_name["polsek-640205"].name == "Polsek Muara Badak"


def test_only_the_boxes_of_another_kabupaten_leave_the_polres_area() -> None:
    home = legs_home(JURISDICTION, "polres-6474")
    left = crossings(JURISDICTION, home.items())
    assert left == (
        Crossing(MUARA_BADAK, "6402", "polres-6474", "polres-6402"),
        Crossing(MARANG_KAYU, "6402", "polres-6474", "polres-6402"),
    )
    assert {district for district in home if home[district] == "6474"} == set(BONTANG)


def test_the_seat_of_a_kabupaten_is_policed_by_its_own_polres_even_where_others_police_most_of_it() -> None:
    only_lent = usual_jurisdiction([MUARA_BADAK, MARANG_KAYU], of=LENT)
    assert polres_at(only_lent, "6402") == "polres-6402"
    assert polres_at(only_lent, MARANG_KAYU) == "polres-6474"


def test_an_escort_within_one_polres_is_no_crossing() -> None:
    assert crossings(JURISDICTION, [(BONTANG[0], "6474"), (TENGGARONG, "6402")]) == ()


def test_no_unit_stands_above_itself() -> None:
    ring = [Unit("a", "polres", "A", "polri", "64", "b"), Unit("b", "polres", "B", "polri", "64", "a")]
    with pytest.raises(GoesInCircles):
        Units(ring)

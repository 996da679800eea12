"""The register takes a statement with instrument, stage, date and source, and says what is missing from any other."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from kawal.risk.indicators import OFFICIAL_COUNT, VARIABLES, UnknownIndicator, variables_of, words_of
from kawal.risk.register import BadEntry, Cut, check, check_cut, is_station, place_kind, read_value, standing_of
from tests.mission.risk.register import STATION, entry


def test_an_assessment_with_its_source_stands() -> None:
    assert check(entry()).value == "prone"


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("place", "Kefamenanu!", "bukan kode wilayah"),
        ("instrument", "rumor", "tidak dikenal"),
        ("stage", "", "Isi tahapnya"),
        ("source", " ", "Isi sumbernya"),
        ("confidentiality", "secret", "Kerahasiaan"),
        ("value", "aman sekali", "bukan kelas dan bukan skor"),
        ("value", Decimal("100.1"), "0 sampai 100"),
        ("value", None, "Isi kelas"),
        ("value", frozenset({"no-power"}), "hanya untuk instrumen TPS rawan"),
    ],
)
def test_what_is_missing_is_asked_for(field: str, value: Any, says: str) -> None:
    with pytest.raises(BadEntry, match=says):
        check(entry(**{field: value}))


def test_the_class_of_one_station_is_never_public() -> None:
    with pytest.raises(BadEntry, match="tidak pernah umum"):
        check(entry(place=STATION, confidentiality="public"))
    assert check(entry(place=STATION, confidentiality="internal")).place == STATION


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Rawan", "prone"),
        ("sangat  rawan", "high"),
        ("TINGGI", "high"),
        ("rendah", "less"),
        ("49,33", Decimal("49.33")),
    ],
)
def test_classes_and_scores_are_read_as_offices_write_them(text: str, value: object) -> None:
    assert read_value(text) == value


@pytest.mark.parametrize("text", ["", "2-4-8", "rawan?", "NaN", "-1", "1e9", "1e-999999", "٤٩", "0x10", "100.01"])
def test_what_is_neither_is_refused(text: str) -> None:
    with pytest.raises(BadEntry):
        read_value(text)


def test_a_place_is_a_region_a_station_or_a_site() -> None:
    assert [place_kind(one) for one in ("53", "5303", "530305", "5303052001", STATION, "gudang-5303")] == [
        *("province", "regency", "district", "village", "station", "site")
    ]
    assert is_station(STATION)
    assert not is_station("530305")


def test_bawaslus_list_has_eight_variables_and_the_indicators_that_could_be_read() -> None:
    keys = [key for one in VARIABLES for key in one.indicators]
    assert len(VARIABLES) == 8
    assert len(keys) == len(set(keys)) == 26
    assert OFFICIAL_COUNT == 28
    assert all(words_of(key) != words_of(key, "en") for key in (*keys, *(one.key for one in VARIABLES)))


def test_an_indicator_nobody_knows_is_refused() -> None:
    assert variables_of(["no-power", "no-internet", "security"]) == {"network", "security"}
    with pytest.raises(UnknownIndicator):
        variables_of(["full-moon"])


def test_the_newest_of_an_instrument_counts_and_the_older_stays() -> None:
    first = entry(1, instrument="ipkp", stage="tahap-1", on=date(2024, 5, 23), value="less")
    second = entry(2, instrument="ipkp", stage="tahap-2", on=date(2024, 10, 1), value="high")
    assert standing_of([second, first]) == ((second,), (first,))


def test_a_correction_takes_the_place_of_what_it_corrects_whatever_its_date() -> None:
    wrong = entry(1, on=date(2024, 11, 20), value="less")
    right = entry(2, on=date(2024, 11, 1), value="high", replaces=wrong.entry)
    assert standing_of([wrong, right]) == ((right,), (wrong,))


def test_an_entry_can_be_withdrawn_and_is_still_there_to_read() -> None:
    wrong = entry(1)
    gone = check(entry(2, value=None, replaces=wrong.entry))
    assert standing_of([gone, wrong]) == ((), (wrong, gone))


def test_a_cut_needs_its_source_and_its_order() -> None:
    cut = Cut("ipkp", "regency", Decimal(40), Decimal(60), "Baintelkam, surat 12/2024")
    assert check_cut(cut) == (Decimal(40), Decimal(60))
    for prone, high, source in (
        (None, Decimal(60), "sumber"),
        (Decimal(60), Decimal(40), "sumber"),
        (*(Decimal(40), Decimal(60)), ""),
    ):
        with pytest.raises(BadEntry):
            check_cut(Cut("ipkp", "regency", prone, high, source))

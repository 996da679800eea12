"""The force follows from class by named numbers, the arithmetic in the open, on figures that were published."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kawal.risk.classes import CLASSES
from kawal.risk.force import Balance, NoPattern, difference, required, together
from kawal.risk.patterns import BadPattern, BareTriple, Pattern, check, pattern_for, read_pattern

SOURCE = "pagaralampos 718944"
PAGAR_ALAM = (
    Pattern("less", 2, 4, 8, SOURCE),
    Pattern("prone", 2, 2, 4, SOURCE),
    Pattern("high", 2, 1, 2, SOURCE),
)
KHUSUS_2020 = Pattern("special", 2, 1, 2, "Polri 2020 (voi, infopublik)")
LAMPUNG = {"less": 12_604, "prone": 580, "high": 72, "special": 21}


def test_pagar_alams_patterns_say_what_each_number_is() -> None:
    assert [one.says() for one in PAGAR_ALAM] == [
        "2 Polri untuk 4 TPS, 8 Linmas", "2 Polri untuk 2 TPS, 4 Linmas", "2 Polri untuk 1 TPS, 2 Linmas",
    ]  # fmt: skip


def test_lampungs_classes_add_up_to_its_stations() -> None:
    assert difference(LAMPUNG, 13_277) == 0
    assert difference({**LAMPUNG, "less": 12_600}, 13_277) == 4


def test_lampungs_stations_by_pagar_alams_patterns() -> None:
    need = required(LAMPUNG, [*PAGAR_ALAM, KHUSUS_2020])
    assert [one.polri for one in need.lines] == [3151 * 2, 290 * 2, 72 * 2, 21 * 2]
    assert (need.polri, need.stations) == (7_068, 13_277)
    assert need.linmas == 2 * 13_277
    assert need.lines[0].says() == (
        "kurang rawan: 12604 TPS ÷ 4 = 3151 kelompok × 2 Polri = 6302 Polri; Linmas 12604 × 8 ÷ 4 = 25208"
    )


def test_bontangs_two_areas_are_reckoned_together_by_jurisdiction() -> None:
    psu = Pattern("prone", 2, 1, 2, "Polres Bontang, PSU April 2025", area="6402")
    kota = required({"less": 277}, PAGAR_ALAM, area="6474")
    kukar = required({"prone": 95 + 51}, [*PAGAR_ALAM, psu], area="6402")
    need = together([kota, kukar])
    assert need.stations == 423
    assert (kota.polri, kukar.polri) == (70 * 2, 146 * 2)
    assert need.linmas == 846


def test_the_last_incomplete_group_needs_a_whole_one() -> None:
    line = required({"less": 10}, PAGAR_ALAM).lines[0]
    assert (line.groups, line.polri, line.linmas) == (3, 6, 20)


def test_stations_nobody_assessed_are_reckoned_as_rawan_and_say_so() -> None:
    need = required({"unknown": 6}, PAGAR_ALAM)
    assert need.polri == 6
    assert need.lines[0].says("en").startswith("unknown (reckoned as vulnerable): 6 TPS ÷ 2 = 3 groups")


def test_a_class_without_a_pattern_is_asked_for_by_name() -> None:
    with pytest.raises(NoPattern, match="kelas khusus"):
        required(LAMPUNG, PAGAR_ALAM)


def test_no_other_class_and_no_negative_number_is_reckoned() -> None:
    with pytest.raises(ValueError, match="tidak dikenal"):
        required({"aman": 3}, PAGAR_ALAM)
    with pytest.raises(ValueError, match="negatif"):
        required({"less": -3}, PAGAR_ALAM)


@pytest.mark.parametrize("text", ["2-4-8", "2–16–8", "pola 4/2/6", "2 4 8", "2 Polri 4", "Polri dan Linmas"])
def test_a_bare_triple_is_refused_until_its_numbers_are_named(text: str) -> None:
    with pytest.raises(BareTriple, match="Isi ketiganya dengan namanya"):
        read_pattern(text, "less", SOURCE)


@pytest.mark.parametrize("text", ["2 polisi 2-3..2-10 TPS", "2 Polri untuk 3 sampai 10 TPS", "2-4-8 atau 2-8-16"])
def test_a_range_is_no_pattern(text: str) -> None:
    with pytest.raises(BadPattern):
        read_pattern(text, "less", SOURCE)


def test_a_triple_is_read_once_somebody_states_its_order() -> None:
    read = read_pattern("2-4-8", "less", SOURCE, order=("polri", "stations", "linmas"))
    assert (read.polri, read.stations, read.linmas) == (2, 4, 8)
    other = read_pattern("4-2-6", "less", SOURCE, order=("stations", "polri", "linmas"))
    assert (other.polri, other.stations, other.linmas) == (2, 4, 6)


@pytest.mark.parametrize(
    "text", ["2 Polri per 4 TPS, Linmas 8", "4 TPS dijaga 2 polisi dan 8 Linmas", "Polri: 2, TPS: 4, Linmas: 8"]
)
def test_named_numbers_are_read_in_any_order(text: str) -> None:
    read = read_pattern(text, "less", SOURCE)
    assert (read.polri, read.stations, read.linmas) == (2, 4, 8)


@pytest.mark.parametrize(
    "wrong", [Pattern("less", 0, 4, 8, SOURCE), Pattern("less", 2, 0, 8, SOURCE), Pattern("less", 2, 4, 8, "")]
)
def test_a_pattern_without_people_stations_or_a_source_is_refused(wrong: Pattern) -> None:
    with pytest.raises(BadPattern):
        check(wrong)


def test_the_narrowest_area_wins_and_the_last_word_in_it() -> None:
    island = Pattern("less", 2, 1, 2, SOURCE, area="647402")
    later = Pattern("less", 3, 1, 2, SOURCE, area="647402")
    assert pattern_for([island, *PAGAR_ALAM], "less", "647402") is island
    assert pattern_for([island, later], "less", "647402") is later
    assert pattern_for([island, *PAGAR_ALAM], "less", "647401") is PAGAR_ALAM[0]
    assert pattern_for([], "less", "") is None


def test_bontangs_shortage_becomes_a_request() -> None:
    balance = Balance(need=432, strength=240, share=Fraction(2, 3), lent=40)
    assert (balance.at_hand, balance.short, balance.spare) == (200, 232, 0)
    assert balance.draft() == (
        "Mohon BKO 232 personel Polri: kebutuhan 432, yang dapat digerakkan 200 (2/3 dari 240 + 40 BKO)."
    )
    enough = Balance(need=100, strength=240, share=Fraction(2, 3), lent=0)
    assert (enough.short, enough.spare, enough.draft()) == (0, 60, "")


@given(st.dictionaries(st.sampled_from(CLASSES), st.integers(0, 2_000)), st.sampled_from(CLASSES))
def test_one_more_station_never_needs_fewer(stations: dict[str, int], risk: str) -> None:
    patterns = [*PAGAR_ALAM, KHUSUS_2020]
    before, after = required(stations, patterns), required({**stations, risk: stations.get(risk, 0) + 1}, patterns)
    assert after.polri >= before.polri
    assert after.linmas > before.linmas

"""People: ranks as they are written, numbers as lists may show them, and leave."""

from dataclasses import replace
from datetime import date

import pytest

from kawal.command.people import RANKS, PersonRefused, masked, rank_order, read_leave, read_person

TYPED = {"name": " Arif  Setiawan ", "rank": "aiptu", "nrp": "8112 0012", "unit": "polsek-530305", "agency": "polri"}


def test_a_person_is_read_as_the_office_writes_them() -> None:
    arif = read_person("p-1", {**TYPED, "skills": "Perahu, perahu, P3K", "phone": "0812-3456-7890"})
    assert (arif.name, arif.rank, arif.nrp, arif.phone) == ("Arif Setiawan", "Aiptu", "81120012", "081234567890")
    assert arif.skills == ("perahu", "p3k")


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("name", "A", "Tulis namanya"),
        ("rank", "Sersan", "Pangkat tidak dikenal"),
        ("rank", "", "Pangkat tidak dikenal"),
        ("nrp", "12ab", "NRP hanya angka"),
        ("agency", "kpu", "Pilih instansinya"),
        ("phone", "nol delapan", "Nomor telepon hanya angka"),
        ("home_district", "5303", "6 angka"),
    ],
)
def test_what_is_wrong_with_a_person_is_said_beside_its_field(field: str, value: str, says: str) -> None:
    with pytest.raises(PersonRefused) as refused:
        read_person("p-1", {**TYPED, field: value})
    assert list(refused.value.fields) == [field]
    assert says in refused.value.fields[field]


def test_linmas_have_no_rank_and_need_none() -> None:
    dewi = read_person("p-2", {**TYPED, "agency": "linmas", "rank": "", "nrp": ""})
    assert (dewi.rank, dewi.nrp, rank_order(dewi.rank, dewi.agency)) == ("", "", 0)


@pytest.mark.parametrize(
    ("typed", "rank"), [("KOMBES", "Kombes Pol"), ("Brigadir", "Brigpol"), ("kombes pol.", "Kombes Pol")]
)
def test_a_rank_is_known_by_its_other_words(typed: str, rank: str) -> None:
    assert read_person("p-1", {**TYPED, "rank": typed}).rank == rank


def test_ranks_stand_one_above_the_other() -> None:
    for agency, ranks in RANKS.items():
        assert [rank_order(one, agency) for one in ranks] == list(range(1, len(ranks) + 1))
    assert rank_order("AKP", "polri") > rank_order("Iptu", "polri") > rank_order("Bripka", "polri")
    assert rank_order("AKP", "tni") == 0


def test_a_list_never_shows_a_day_of_birth() -> None:
    assert masked("81120012") == "•••••012"
    assert masked("12") == "12"
    assert masked("") == ""


def test_a_leave_counts_both_its_days() -> None:
    arif = read_person("p-1", TYPED)
    away = replace(arif, leave=(read_leave("2024-11-27", "2024-11-28"),))
    assert [away.is_away(date(2024, 11, day)) for day in (26, 27, 28, 29)] == [False, True, True, False]
    with pytest.raises(PersonRefused, match="berakhir sebelum mulai"):
        read_leave("2024-11-28", "2024-11-27")
    with pytest.raises(PersonRefused, match="Isi kedua tanggal"):
        read_leave("besok", "")

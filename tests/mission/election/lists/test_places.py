"""A row's region is found by code or name, a near spelling is read as what it must be, and a twin is never guessed."""

import pytest

from kawal.election.lists.names import distance, is_near
from kawal.election.lists.places import Given
from kawal.election.lists.problems import RowRefused
from tests.mission.election.lists.decree import HEAD, codes_of, errors, read, some_places


@pytest.mark.parametrize(
    "code",
    ["53.03.05.1002", "5303051002", 5303051002, 5303051002.0, "'5303051002", "53 03 05 1002", "5303051002007"],
    ids=repr,
)
def test_a_code_is_read_in_every_spelling(code: str | float) -> None:
    assert some_places().village(Given(code=code)).region.name == "Aplasi"


def test_a_four_digit_code_counts_in_its_kecamatan() -> None:
    assert some_places().village(Given(district="Kota Kefamenanu", code="1002")).region.code == "5303051002"


@pytest.mark.parametrize(
    ("district", "village", "code", "how"),
    [
        ("KOTA KEFAMENANU", "APLASI", "5303051002", "name"),
        ("Kec. Kota-Kefamenanu", "Kel. Aplasi", "5303051002", "name"),
        ("KOTA KEFAMENANU", "APLASSI", "5303051002", "sound"),
        ("KOTA KEFAMENANU", "Kefamenannu Utara", "5303051001", "sound"),
        ("KOTA KEFAMENANU", "Kefamenamu Utara", "5303051001", "near"),
        ("MIOMAFO TIMUR", "Bokon", "5303012005", "name"),
        ("Bikomi Selatan", "Bokon", "5303142002", "name"),
        (None, "Oelami", "5303142001", "name"),
    ],
)
def test_a_name_is_found_inside_its_kecamatan(district: str | None, village: str, code: str, how: str) -> None:
    found = some_places().village(Given(district, village))
    assert (found.region.code, found.how) == (code, how)


@pytest.mark.parametrize(
    ("given", "why"),
    [
        (Given("Kota Kefamenanu", "Kefamenanu Timur"), "No village"),
        (Given("Kota Kefamenanu", "Bokon"), "No village"),
        (Given(None, "Bokon"), "Fill its kecamatan or its code"),
        (Given(None, "Oelamu"), "No village"),
        (Given("Kota Kefamenanu", "Oesao"), "Desa Oesao (53.03.05.2010)"),
        (Given("Insana", "Aplasi"), "No kecamatan"),
        (Given(code="5304011001"), "not in this operation"),
        (Given(code="53.03"), "not a village code"),
        (Given("Kota Kefamenanu", "Aplasi", "5303051001"), "Correct one of them"),
        (Given("Kota Kefamenanu", '=HYPERLINK("x")'), "not a village name"),
        (Given("Kota Kefamenanu", 12), "not a village name"),
    ],
)
def test_what_may_be_two_or_none_is_refused_with_the_choices(given: Given, why: str) -> None:
    with pytest.raises(RowRefused) as refused:
        some_places().village(given)
    assert why in refused.value.says_en


@pytest.mark.parametrize(
    ("given", "code"),
    [
        (Given("Kota Kefamenanu", "Desa Oesao"), "5303052010"),
        (Given("Kota Kefamenanu", "Kel. Oesao"), "5303051011"),
        (Given("Kota Kefamenanu", "Oesao", kind="Kelurahan"), "5303051011"),
        (Given("Kota Kefamenanu", "Oesao", "5303052010"), "5303052010"),
    ],
)
def test_a_twin_in_one_kecamatan_is_told_by_its_type_or_code(given: Given, code: str) -> None:
    assert some_places().village(given).region.code == code


def test_a_slip_is_not_read_as_a_village_that_the_list_already_has() -> None:
    alone = read([HEAD, [1, "Kota Kefamenanu", "Kefamenamu Utara", 1]])
    beside = read([HEAD, [1, "Kota Kefamenanu", "Kefamenamu Utara", 1], [2, None, "Kefamenanu Utara", 2]])
    assert (codes_of(alone), alone.read_as[0].name) == (["5303051001001"], "Kefamenanu Utara")
    assert (len(beside.stations), errors(beside)[0][0]) == (2, 2)


def test_a_code_that_the_set_does_not_have_gives_way_to_a_sure_name_and_says_so() -> None:
    found = some_places().village(Given("Kota Kefamenanu", "Aplasi", "5303059999"))
    assert (found.region.code, found.doubts[0].field) == ("5303051002", "code")


@pytest.mark.parametrize(
    ("one", "other", "is_one"),
    [
        ("Miomafo Timur", "Miomaffo Timur", True),
        ("Sungai Pinang I", "Sungai Pinang II", False),
        ("Paringin Selatan", "Paringin", False),
        ("Biboki Utara", "Biboki Selatan", False),
        ("Tanjung Baru", "Tanjung Batu", False),
        ("Ains", "Aims", False),
    ],
)
def test_names_that_tell_neighbours_apart_are_never_near(one: str, other: str, is_one: bool) -> None:
    assert is_near(one, other) is is_one


def test_the_distance_counts_changed_lost_and_swapped_letters() -> None:
    assert [
        distance(a, b, most=3) for a, b in (("abcd", "abcd"), ("abcd", "abdc"), ("abcd", "abc"), ("abcd", "xyzw"))
    ] == [0, 1, 1, 4]

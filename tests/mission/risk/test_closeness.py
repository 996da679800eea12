"""How close a race is stands as one of three words with a public source; a share or a count of votes is refused."""

from datetime import date

import pytest

from kawal.risk.closeness import BadCloseness, Closeness, added_to, check

DAY = date(2024, 11, 29)


def close(
    step: str = "ketat", source: str = "https://palpos.example/unggul-tipis-oku", race: str = "BUP-1601"
) -> Closeness:
    return Closeness(race, step, source, DAY)  # type: ignore[arg-type]


def test_unggul_tipis_is_kept_as_a_word_with_its_source() -> None:
    assert check(close()).step == "ketat"


@pytest.mark.parametrize(
    "source",
    [
        "unggul 0,8 %",
        "selisih 1persen saja",
        "menang 51 percent",
        "beda 1.234 suara",
        "unggul ５１％",
        "selisih 2 poin",
        "٣٪ dan 3%",
    ],
)
def test_a_share_or_a_count_of_votes_is_refused(source: str) -> None:
    with pytest.raises(BadCloseness, match="tidak dicatat"):
        check(close(source=source))


@pytest.mark.parametrize(
    "wrong", [close("tipis"), close(source=""), close(race="OKU"), close(race="KADES-16"), close(source="x" * 301)]
)
def test_what_is_no_closeness_is_refused(wrong: Closeness) -> None:
    with pytest.raises(BadCloseness):
        check(wrong)


def test_a_close_race_adds_to_where_people_vote_in_it_and_takes_from_nowhere() -> None:
    given = [close("ketat"), close("longgar", race="GUB-16")]
    assert added_to("160101", given) == 10
    assert added_to("160301", given) == 0
    later = Closeness("BUP-1601", "sedang", "https://kpu.example/putusan", date(2024, 12, 8))
    assert added_to("160101", [later, *given]) == 5

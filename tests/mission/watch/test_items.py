"""Findings as things to do: one item for each post and kind, and never posts and boxes in one."""

from kawal.ledger.finding import SEVERITY, Finding, Says, found
from kawal.watch.items import ITEM_LIMIT, items
from kawal.watch.titles import TITLES


def finding(code: str, subject: str, since: int = 1, cause: str = "") -> Finding:
    said = Says("id", "en")
    return found(code, subject, since=since, until=None, evidence=(), says=said, cause=cause or f"{code}:{subject}")


def test_silences_of_one_post_are_one_item() -> None:
    made = items([finding("guard.silent", "pos-a", at) for at in range(5)] + [finding("guard.silent", "pos-b")])
    assert sorted((item.cause, len(item.findings)) for item in made) == [
        ("guard.silent:pos-a", 5),
        ("guard.silent:pos-b", 1),
    ]


def test_kinds_of_one_post_stay_apart_and_the_alarm_stands_first() -> None:
    made = items([finding("guard.relief-gap", "pos-a"), finding("guard.uncovered", "pos-a")])
    assert [item.codes for item in made] == [("guard.uncovered",), ("guard.relief-gap",)]


def test_however_many_there_are_no_item_joins_posts_and_boxes() -> None:
    codes = [code for code, severity in SEVERITY.items() if severity != "info"]
    many = [finding(code, f"{code}-{number}") for code in codes for number in range(3)]
    made = items(many)
    assert sum(len(item.findings) for item in made) == len(many)
    for item in made:
        assert len({code.startswith("guard.") for code in item.codes}) == 1
    assert len(made) <= ITEM_LIMIT


def test_every_code_has_a_title_in_both_languages() -> None:
    assert SEVERITY.keys() <= TITLES.keys()

"""Whom an open finding at a post is told to, and when: Polsek, Polres, Polda."""

from kawal.command.units import Units, usual_jurisdiction, usual_units
from kawal.ledger.finding import Finding, Says, found
from kawal.ledger.limits import Limits, default_limits, read_limits
from kawal.watch.standing import STANDING_CODES, Told, escalations
from kawal.watch.titles import TITLES

BEGAN = 1_732_700_000
MINUTE = 60
POST = "pos-ppk-640205"
STORE = "pos-gudang-6474"
AREAS = {POST: "640205", STORE: "6474", "pos-desa": "6402052001"}
# Marang Kayu and Muara Badak lie in Kutai Kartanegara and are policed from Bontang.
JURISDICTION = usual_jurisdiction(
    ["647401", "647402", "640205", "640217", "640201"], of={"640205": "polres-6474", "640217": "polres-6474"}
)
UNITS = Units(usual_units(JURISDICTION, {}))


def finding(code: str = "guard.silent", post: str = POST, *, until: int | None = None, since: int = BEGAN) -> Finding:
    return found(code, post, since=since, until=until, evidence=(), says=Says("id", "en"))


def told(
    *findings: Finding, after_min: int, limits: Limits | None = None, answered: dict[str, int] | None = None
) -> list[Told]:
    return escalations(
        findings or [finding()],
        BEGAN + after_min * MINUTE,
        UNITS,
        JURISDICTION,
        lambda post: AREAS.get(post, ""),
        limits or default_limits(),
        answered=answered,
    )


def units(many: list[Told]) -> list[str]:
    return [one.unit for one in many]


def test_the_polsek_is_told_at_once_and_the_ranks_above_in_their_time() -> None:
    assert units(told(after_min=0)) == ["polsek-640205"]
    assert units(told(after_min=14)) == ["polsek-640205"]
    assert units(told(after_min=15)) == ["polsek-640205", "polres-6474"]
    assert units(told(after_min=59)) == ["polsek-640205", "polres-6474"]
    assert units(told(after_min=60)) == ["polsek-640205", "polres-6474", "polda-64"]


def test_each_is_told_from_its_own_minute() -> None:
    assert [(one.since, one.at - BEGAN) for one in told(after_min=90)] == [(BEGAN, 0), (BEGAN, 900), (BEGAN, 3600)]


def test_the_polres_is_the_one_that_polices_the_kecamatan_whatever_its_kabupaten() -> None:
    assert "polres-6402" not in units(told(after_min=90))
    assert units(told(finding(post="pos-desa"), after_min=90)) == ["polsek-640205", "polres-6474", "polda-64"]


def test_a_store_of_the_kabupaten_has_no_polsek_so_its_polres_is_told_at_once() -> None:
    many = told(finding(post=STORE), after_min=60)
    assert [(one.unit, one.at - BEGAN) for one in many] == [("polres-6474", 0), ("polda-64", 3600)]
    assert units(told(finding(post=STORE), after_min=0)) == ["polres-6474"]


def test_a_post_whose_place_nobody_knows_goes_to_the_top_at_once() -> None:
    assert units(told(finding(post="pos-entah"), after_min=0)) == ["polda-64"]


def test_what_is_over_or_still_to_come_is_told_to_nobody() -> None:
    assert told(finding(until=BEGAN + MINUTE), after_min=90) == []
    assert told(finding(since=BEGAN + 100 * MINUTE), after_min=90) == []


def test_what_is_no_matter_of_a_post_is_told_elsewhere() -> None:
    assert told(finding("custody.gap", "GUB-6402052001001"), finding("guard.fatigue", "p-1"), after_min=90) == []


def test_an_answer_is_shown_and_stops_no_clock() -> None:
    many = told(after_min=60, answered={POST: BEGAN + 5 * MINUTE})
    assert units(many) == ["polsek-640205", "polres-6474", "polda-64"]
    assert {one.answered_at for one in many} == {BEGAN + 5 * MINUTE}
    assert all("sudah ditanggapi" in one.why.id and "taken up" in one.why.en for one in many)


def test_an_answer_from_before_answers_something_else() -> None:
    assert {one.answered_at for one in told(after_min=60, answered={POST: BEGAN - 1})} == {None}
    assert {one.answered_at for one in told(after_min=60, answered={STORE: BEGAN + 1})} == {None}


def test_an_operation_sets_its_own_minutes() -> None:
    limits = read_limits('["watch.escalation"]\npolres_min = 5\npolda_min = 10\n', source="mh")
    assert units(told(after_min=10, limits=limits)) == ["polsek-640205", "polres-6474", "polda-64"]


def test_two_findings_of_a_post_are_told_each() -> None:
    many = told(finding("guard.uncovered"), finding("guard.silent"), after_min=0)
    assert [(one.code, one.unit) for one in many] == [
        ("guard.silent", "polsek-640205"),
        ("guard.uncovered", "polsek-640205"),
    ]


def test_the_sentence_names_the_post_how_long_and_what_to_do() -> None:
    last = told(after_min=75)[-1]
    assert POST in last.why.id
    assert "1 j 00 mnt" in last.why.id
    assert "1 h 00 min" in last.why.en
    assert "laporkan" in last.why.id


def test_every_code_told_upward_has_its_words() -> None:
    assert set(STANDING_CODES) <= TITLES.keys()

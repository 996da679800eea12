"""Each hard rule broken once: the checker names it, and it alone."""

from dataclasses import replace

import pytest

from kawal.guard.roster.check import check, check_frozen
from kawal.guard.roster.problem import (
    DAY,
    HOUR,
    Ban,
    Duty,
    Force,
    Limit,
    Person,
    Roster,
    RosterProblem,
    Rules,
    Share,
    Slot,
    Span,
    Strength,
)
from tests.mission.guard.roster.scene import OFFICE, ORDER, REST_ONLY, SATURDAY, STORE, guards, problem, shifts

STORE_SHIFTS = shifts(STORE, 2, days=4)
OFFICE_SHIFTS = shifts(OFFICE, 3, days=4)
LIMITS = (
    Limit("days-3", "days", 2, 3, ORDER),
    Limit("nights-2", "nights", 1, 2, ORDER),
    Limit("duties-4", "duties", 3, 4, ORDER),
    Limit("hours-2", "hours", 16, 2, ORDER),
)


def asked(**changes: object) -> RosterProblem:
    made = problem((*guards(3), Person("p-linmas", agency="linmas")), (*STORE_SHIFTS, *OFFICE_SHIFTS))
    return replace(made, **changes)  # type: ignore[arg-type]


def with_guard(**members: object) -> RosterProblem:
    return asked(people=(replace(guards(1)[0], **members), *guards(3)[1:], Person("p-linmas", agency="linmas")))  # type: ignore[arg-type]


def limited(*limits: Limit) -> RosterProblem:
    return asked(rules=replace(REST_ONLY, limits=limits))


def on(*slots: Slot, who: str = "p-0") -> Roster:
    return Roster(tuple(Duty(slot.starts, slot.post, who, slot.ends) for slot in slots))


def lent(n: int, *slots: Slot, force: str = "linmas-1") -> Roster:
    return Roster((), tuple(Strength(slot.starts, slot.post, force, slot.ends, n) for slot in slots))


NIGHT, MORNING, EVENING = STORE_SHIFTS[:3]
HALF = Rules(rests=REST_ONLY.rests, shares=(Share("linmas-share", "linmas", 3, ORDER),))
LINMAS = (Force("linmas-1", "linmas", "linmas", 2, until=SATURDAY + DAY),)

BROKEN: tuple[tuple[str, RosterProblem, Roster], ...] = (
    ("double", asked(), on(NIGHT, OFFICE_SHIFTS[0])),
    ("rest", asked(), on(NIGHT, MORNING)),
    ("rest", with_guard(history=(Span(SATURDAY - 8 * HOUR, SATURDAY),)), on(NIGHT)),
    ("days-3", limited(LIMITS[0]), on(MORNING, STORE_SHIFTS[4], STORE_SHIFTS[7])),
    ("nights-2", limited(LIMITS[1]), on(NIGHT, STORE_SHIFTS[3])),
    ("duties-4", limited(LIMITS[2]), on(NIGHT, EVENING, STORE_SHIFTS[4], STORE_SHIFTS[6])),
    ("hours-2", limited(LIMITS[3]), on(NIGHT, EVENING, STORE_SHIFTS[4])),
    ("leave", with_guard(leave=(Span(SATURDAY, SATURDAY + HOUR),)), on(NIGHT)),
    ("dates", with_guard(since=SATURDAY + HOUR), on(NIGHT)),
    ("dates", with_guard(until=SATURDAY + HOUR), on(NIGHT)),
    ("exclusion", with_guard(exclusions=frozenset({STORE.post})), on(NIGHT)),
    ("exclusion", with_guard(exclusions=frozenset({"6402"})), on(NIGHT)),
    ("agency", asked(posts=(replace(STORE, agencies=frozenset({"polri"})), OFFICE)), on(NIGHT, who="p-linmas")),
    (
        "no-store",
        asked(rules=replace(REST_ONLY, bans=(Ban("no-store", "linmas", "storage", ORDER),))),
        on(NIGHT, who="p-linmas"),
    ),
    ("linmas-share", asked(rules=HALF), on(NIGHT, who="p-linmas")),
    ("order", asked(posts=(replace(STORE, until=SATURDAY + HOUR), OFFICE)), on(NIGHT)),
    ("overfull", asked(), Roster((*on(NIGHT).duties, *on(NIGHT, who="p-1").duties, *on(NIGHT, who="p-2").duties))),
    ("team", asked(posts=(replace(STORE, min_team=2), OFFICE)), on(NIGHT)),
    ("unknown", asked(), on(NIGHT, who="p-nobody")),
    ("unknown", asked(), on(Slot(STORE.post, SATURDAY + HOUR, SATURDAY + 9 * HOUR, 1))),
    ("unknown", asked(), lent(1, NIGHT, force="nobody")),
    ("strength", asked(forces=LINMAS), lent(2, OFFICE_SHIFTS[0], MORNING)),
    ("dates", asked(forces=LINMAS), lent(1, STORE_SHIFTS[3])),
    ("pinned", asked(pinned=on(NIGHT)), on(EVENING)),
    ("pinned", asked(pinned=lent(1, NIGHT), forces=LINMAS), Roster()),
)


@pytest.mark.parametrize(
    ("rule", "asked_for", "roster"), BROKEN, ids=[f"{at}-{one[0]}" for at, one in enumerate(BROKEN)]
)
def test_a_broken_rule_is_named_and_no_other(rule: str, asked_for: RosterProblem, roster: Roster) -> None:
    breaches = check(asked_for, roster)
    assert {one.rule for one in breaches} == {rule}
    assert all(one.says_id and one.says_en for one in breaches)


@pytest.mark.parametrize("roster", [on(NIGHT, EVENING), on(MORNING, STORE_SHIFTS[4]), Roster(), lent(2, NIGHT)])
def test_what_keeps_the_rules_is_let_pass(roster: Roster) -> None:
    assert check(asked(forces=LINMAS), roster) == ()


def test_limits_count_what_somebody_did_before_the_roster() -> None:
    before = (Span(SATURDAY - DAY, SATURDAY - 16 * HOUR),)
    person = replace(guards(1)[0], history=before)
    breaches = check(replace(limited(LIMITS[1]), people=(person,)), on(NIGHT))
    assert [one.rule for one in breaches] == ["nights-2"]


def test_what_has_begun_is_frozen() -> None:
    published, changed = on(NIGHT, EVENING), on(EVENING)
    assert [one.rule for one in check_frozen(published, changed, SATURDAY + HOUR)] == ["frozen"]
    assert check_frozen(published, on(NIGHT), SATURDAY + HOUR) == ()

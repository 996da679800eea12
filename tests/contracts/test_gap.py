"""`custody.gap`, `one-sided`, `same-person` and `wrong-roles`: each with the twin that must stay silent."""

import pytest

from tests.contracts.conftest import Audited
from tests.contracts.scene import BOX, DAWN, HOUR, PPK, PPS, TPS, Scene


def sealed(*, policy: str | None = None) -> Scene:
    scene = Scene(policy=policy)
    scene.seal(scene.kpps, DAWN + 9 * HOUR)
    return scene


def test_a_box_with_a_committee_that_never_accepted_it_is_a_gap(audited: Audited) -> None:
    scene = sealed()
    accepted = scene.hand_over(scene.kpps, scene.pps, DAWN + 10 * HOUR)
    seen = scene.check(scene.ppk, DAWN + 12 * HOUR, site=PPK)
    answer = audited(scene)
    found = answer.only("custody.gap", BOX)
    assert answer.code == 1
    assert (found["severity"], found["from"], found["to"]) == ("alarm", accepted.ts, None)
    assert {accepted.eid, seen.eid} <= set(found["evidence"])
    assert BOX in found["says"]["id"]
    assert BOX in found["says"]["en"]


def test_the_holder_may_move_a_box(audited: Audited) -> None:
    scene = sealed()
    scene.check(scene.kpps, DAWN + 12 * HOUR, site=PPS)
    assert audited(scene).findings == []


@pytest.mark.parametrize(("site", "codes"), [(TPS, []), (PPK, ["custody.gap"])])
def test_a_guard_sees_it_where_it_was_or_elsewhere(audited: Audited, site: str, codes: list[str]) -> None:
    scene = sealed()
    scene.check(scene.guard, DAWN + 12 * HOUR, site=site)
    assert audited(scene).codes == codes


@pytest.mark.parametrize(("attested", "severity"), [(True, "info"), (False, "alarm")])
def test_a_stock_take_closes_a_gap_and_an_attested_one_softens_it(
    audited: Audited, attested: bool, severity: str
) -> None:
    scene = sealed()
    scene.check(scene.ppk, DAWN + 12 * HOUR, site=PPK)
    counted = scene.write(scene.ppk, "custody.count", DAWN + 14 * HOUR, site=PPK, boxes=[BOX], n=1)
    if attested:
        scene.attest(scene.supervisor, DAWN + 14 * HOUR + 60, counted)
    found = audited(scene).only("custody.gap", BOX)
    assert (found["severity"], found["to"]) == (severity, counted.ts)
    assert "hand-over." not in found["says"]["en"].rsplit("Restored", 1)[1], "a count restored it, no hand-over did"


@pytest.mark.parametrize(("minutes", "codes"), [(29, []), (31, ["custody.one-sided"])])
def test_an_offer_waits_half_an_hour_for_its_answer(audited: Audited, minutes: int, codes: list[str]) -> None:
    scene = sealed()
    scene.offer(scene.kpps, scene.pps, DAWN + 10 * HOUR)
    assert audited(scene, now=DAWN + 10 * HOUR + minutes * 60).codes == codes


@pytest.mark.parametrize(("limit", "codes"), [(90, []), (10, ["custody.one-sided"])])
def test_the_policy_of_the_register_sets_the_limit(audited: Audited, limit: int, codes: list[str]) -> None:
    scene = sealed(policy=f'["custody.one-sided"]\nlimit_min = {limit}\n')
    scene.offer(scene.kpps, scene.pps, DAWN + 10 * HOUR)
    assert audited(scene, now=DAWN + 10 * HOUR + 20 * 60).codes == codes


def test_one_person_with_two_phones_is_one_person(audited: Audited) -> None:
    scene = sealed()
    other_phone = scene.member("pps", "pps-5303052001", "pps", name="second phone", who=scene.kpps.who)
    scene.hand_over(scene.kpps, other_phone, DAWN + 10 * HOUR)
    assert audited(scene).only("custody.same-person", BOX)["severity"] == "alarm"


def test_an_officer_of_the_same_unit_is_another_person(audited: Audited) -> None:
    scene = sealed()
    scene.hand_over(scene.kpps, scene.member("kpps", scene.kpps.unit, "kpps", name="colleague"), DAWN + 10 * HOUR)
    assert audited(scene).findings == []


def test_a_guard_who_receives_and_an_escort_who_gives_are_in_wrong_roles(audited: Audited) -> None:
    scene = sealed()
    scene.hand_over(scene.kpps, scene.guard, DAWN + 10 * HOUR)
    assert audited(scene).only("custody.wrong-roles", BOX)["severity"] == "alarm"
    scene = sealed()
    scene.hand_over(scene.escort, scene.pps, DAWN + 10 * HOUR)
    assert audited(scene).only("custody.wrong-roles", BOX)["severity"] == "alarm"


@pytest.mark.parametrize(
    ("attesters", "codes"),
    [
        (("guard", "witness"), []),
        (("escort", "supervisor"), []),
        (("escort",), ["custody.wrong-roles"]),
        (("supervisor", "witness"), ["custody.wrong-roles"]),
    ],
)
def test_escort_and_observer_attest_before_the_next_hand_over(
    audited: Audited, attesters: tuple[str, ...], codes: list[str]
) -> None:
    scene = sealed()
    accepted = scene.hand_over(scene.kpps, scene.pps, DAWN + 10 * HOUR, attested=False)
    for name in attesters:
        scene.attest(getattr(scene, name), DAWN + 10 * HOUR + 200, accepted)
    scene.hand_over(scene.pps, scene.ppk, DAWN + 12 * HOUR, site=PPK)
    answer = audited(scene)
    assert (answer.codes, answer.code) == (codes, 0)

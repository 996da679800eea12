"""Who looks on at a hand-over, what a paper record does, how an offer ends."""

import pytest

from tests.contracts.conftest import Audited
from tests.contracts.scene import BOX, DAWN, HOUR, PPK, PPS, Scene
from tests.contracts.signing import Json


def sealed() -> Scene:
    scene = Scene()
    scene.seal(scene.kpps, DAWN + 9 * HOUR)
    return scene


def paper(scene: Scene, by: str, ts: int, to: str, **members: Json) -> None:
    fixed: dict[str, Json] = {"from": scene.kpps.unit, "to": to, "at": ts - 300, "site": PPK, "number": "BA-1"}
    if "mh" not in members:
        fixed["boxes"] = [BOX]
    scene.write(getattr(scene, by), "custody.paper", ts, **(fixed | members))


@pytest.mark.parametrize(("hours", "codes"), [(11, []), (13, ["custody.wrong-roles"])])
def test_a_last_hand_over_is_attested_within_twelve_hours(audited: Audited, hours: int, codes: list[str]) -> None:
    scene = sealed()
    accepted = scene.hand_over(scene.kpps, scene.pps, DAWN + 10 * HOUR, attested=False)
    answer = audited(scene, now=accepted.ts + hours * HOUR)
    assert answer.codes == codes
    assert all((one["subject"], one["severity"]) == (BOX, "warn") for one in answer.findings)


def test_an_attest_after_the_next_hand_over_comes_too_late(audited: Audited) -> None:
    scene = sealed()
    first = scene.hand_over(scene.kpps, scene.pps, DAWN + 10 * HOUR, attested=False)
    scene.hand_over(scene.pps, scene.ppk, DAWN + 12 * HOUR, site=PPK)
    for one in (scene.guard, scene.witness):
        scene.attest(one, DAWN + 13 * HOUR, first)
    assert audited(scene).only("custody.wrong-roles", BOX)["severity"] == "warn"


def test_a_hand_over_inside_one_unit_needs_nobody_to_look_on(audited: Audited) -> None:
    scene = sealed()
    colleague = scene.member("kpps", scene.kpps.unit, "kpps", name="colleague")
    accepted = scene.hand_over(scene.kpps, colleague, DAWN + 10 * HOUR, attested=False)
    assert audited(scene, now=accepted.ts + 20 * HOUR).findings == []


def test_one_device_cannot_give_to_itself(audited: Audited) -> None:
    scene = sealed()
    scene.hand_over(scene.kpps, scene.kpps, DAWN + 10 * HOUR)
    assert audited(scene).only("custody.same-person", BOX)["severity"] == "alarm"


def test_a_voided_offer_waits_for_nobody(audited: Audited) -> None:
    scene = sealed()
    offered = scene.offer(scene.kpps, scene.pps, DAWN + 10 * HOUR)
    scene.write(scene.kpps, "custody.void", DAWN + 10 * HOUR + 600, of=offered.eid)
    assert audited(scene, now=DAWN + 12 * HOUR).findings == []


def test_an_answer_after_the_limit_ends_what_was_one_sided(audited: Audited) -> None:
    scene = sealed()
    offered = scene.offer(scene.kpps, scene.pps, DAWN + 10 * HOUR)
    accepted = scene.accept(scene.pps, offered, DAWN + 10 * HOUR + 31 * 60)
    found = audited(scene, now=DAWN + 12 * HOUR).only("custody.one-sided", BOX)
    assert (found["severity"], found["to"]) == ("warn", accepted.ts)


def test_an_attested_stock_take_softens_a_one_sided_hand_over(audited: Audited) -> None:
    scene = sealed()
    scene.offer(scene.kpps, scene.pps, DAWN + 10 * HOUR)
    counted = scene.write(scene.pps, "custody.count", DAWN + 13 * HOUR, site=PPS, boxes=[BOX], n=1)
    scene.attest(scene.supervisor, DAWN + 13 * HOUR + 60, counted)
    answer = audited(scene, now=DAWN + 14 * HOUR)
    assert [(one["code"], one["severity"]) for one in answer.findings] == [
        ("custody.gap", "info"),
        ("custody.one-sided", "info"),
    ]
    assert answer.code == 0


def test_a_stock_take_by_another_unit_is_a_gap_up_to_it(audited: Audited) -> None:
    scene = sealed()
    counted = scene.write(scene.ppk, "custody.count", DAWN + 14 * HOUR, site=PPK, boxes=[BOX], n=1)
    found = audited(scene).only("custody.gap", BOX)
    assert (found["from"], found["to"]) == (DAWN + 9 * HOUR, counted.ts)


def test_a_gap_closes_at_the_next_hand_over(audited: Audited) -> None:
    scene = sealed()
    scene.check(scene.ppk, DAWN + 12 * HOUR, site=PPK)
    accepted = scene.hand_over(scene.kpps, scene.ppk, DAWN + 14 * HOUR, site=PPK)
    found = audited(scene).only("custody.gap", BOX)
    assert (found["severity"], found["to"]) == ("alarm", accepted.ts)


# --- Paper ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("by", ["guard", "supervisor", "pps", "ppk", "kpu"])
def test_a_paper_record_moves_the_box(audited: Audited, by: str) -> None:
    scene = sealed()
    paper(scene, by, DAWN + 10 * HOUR, scene.ppk.unit)
    scene.check(scene.ppk, DAWN + 12 * HOUR, site=PPK)
    assert audited(scene).findings == []


def test_a_paper_record_may_name_its_boxes_in_a_list(audited: Audited) -> None:
    scene = sealed()
    mh, n = scene.table("box,seals", f"{BOX},S1 S2")
    paper(scene, "guard", DAWN + 10 * HOUR, scene.ppk.unit, mh=mh, n=n)
    scene.check(scene.ppk, DAWN + 12 * HOUR, site=PPK)
    assert audited(scene).findings == []


def test_an_offer_with_a_paper_record_is_answered(audited: Audited) -> None:
    scene = sealed()
    scene.offer(scene.kpps, scene.ppk, DAWN + 10 * HOUR)
    paper(scene, "guard", DAWN + 10 * HOUR + 20 * 60, scene.ppk.unit)
    assert audited(scene, now=DAWN + 13 * HOUR).findings == []


def test_a_paper_record_entered_later_explains_what_came_between(audited: Audited) -> None:
    scene = sealed()
    scene.check(scene.ppk, DAWN + 12 * HOUR, site=PPK)
    paper(scene, "guard", DAWN + 14 * HOUR, scene.ppk.unit, at=DAWN + 10 * HOUR)
    assert audited(scene).findings == []


def test_paper_gives_a_box_to_the_police_no_more_than_phones_do(audited: Audited) -> None:
    scene = sealed()
    paper(scene, "guard", DAWN + 10 * HOUR, "polres-5303")
    assert audited(scene).only("custody.wrong-roles", BOX)["severity"] == "alarm"
